"""The complaint pages on a small phone: no script, no sideways scrolling, the keyboard alone."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from werkzeug.serving import make_server

from bot.app import create_app
from tests.bot.pages import PATH, program_with_doors
from tests.bot.town import _Quiet, free_port
from tests.files import HEIC
from tests.rows import Rows

FOCUSED = "() => { const it = document.activeElement; return it.id || it.innerText || ''; }"
MEASURED = """() => {
  const body = document.body.getBoundingClientRect();
  return [body.right, Math.ceil(body.bottom + scrollY), document.documentElement.scrollWidth];
}"""
PHONE: ViewportSize = {"width": 360, "height": 740}
REFUSED = ("Failed to load resource: the server responded with a status of 4",)
"""A page on which something is to be mended says so by its status, too."""
LONGEST = "คำยาวมากที่ไม่มีวรรค" * 12


@pytest.fixture
def address(postgres: str, schema: str, rows: Rows, tmp_path: Path) -> Iterator[str]:
    """The pages, served."""
    rows.empty()
    port = free_port()
    program = program_with_doors(postgres, schema, tmp_path, f"http://127.0.0.1:{port}")
    web = make_server("127.0.0.1", port, create_app(program), threaded=True, request_handler=_Quiet)
    serving = threading.Thread(target=web.serve_forever, args=(0.05,), daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{port}"
    web.shutdown()
    serving.join()
    web.server_close()
    program.database.close()


@pytest.fixture
def phone(browser: Browser, address: str, tmp_path: Path) -> Iterator[Page]:
    """A small screen without JavaScript; whatever goes wrong on a page fails the test."""
    context = browser.new_context(
        viewport=PHONE, java_script_enabled=False, base_url=address, has_touch=True
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text))  # broken policies, above all
    page.on("requestfailed", lambda request: problems.append(request.url))
    page.goto(PATH)
    yield page
    context.close()
    assert [said for said in problems if not said.startswith(REFUSED)] == []


def go(page: Page, words: str) -> None:
    """Tap the button or link that begins with these words, and wait for the page behind it."""
    with page.expect_navigation():
        page.locator("button, a", has_text=re.compile(f"^{re.escape(words)}")).first.tap()


def looks_well(page: Page, name: str, folder: Path) -> None:
    """Nothing sticks out on the right, and everything that is tapped is large enough."""
    right, bottom, width = page.evaluate(MEASURED)
    assert (right, width) == (PHONE["width"], PHONE["width"]), name
    page.set_viewport_size({"width": PHONE["width"], "height": bottom})
    page.screenshot(path=folder / f"{name}.png")
    page.set_viewport_size(PHONE)
    for tapped in page.locator("button:visible, .button:visible, .choice:visible").all():
        box = tapped.bounding_box()
        assert box is not None
        assert box["height"] >= 44, (name, tapped.inner_text())
    for field in page.locator("input:not([type=hidden]), textarea, select").all():
        assert page.locator(f"label[for='{field.get_attribute('id')}']").count() == 1 or (
            field.evaluate("one => one.closest('label') !== null")
        ), (name, field.get_attribute("name"))


def test_a_grievance_on_a_small_phone(phone: Page, tmp_path: Path) -> None:
    looks_well(phone, "1-choose", tmp_path)
    go(phone, "แจ้งเหตุ/ร้องทุกข์")
    looks_well(phone, "2-grievance", tmp_path)
    go(phone, "ต่อไป")
    looks_well(phone, "3-grievance-mistakes", tmp_path)
    phone.get_by_role("link", name="เล่าเรื่องสั้น").tap()
    phone.get_by_label("เกิดอะไรขึ้น").fill(f"สายไฟขาดหน้าบ้าน {LONGEST}")
    phone.get_by_label("หมู่บ้านหรือจุดใกล้เคียง").select_option("หมู่ 1 บ้านตัวอย่าง")
    go(phone, "ต่อไป")
    looks_well(phone, "4-grievance-review", tmp_path)
    go(phone, "ส่ง")
    looks_well(phone, "5-grievance-filed", tmp_path)
    code = phone.locator(".code").inner_text()
    go(phone, "ไปหน้าติดตามเรื่อง")
    looks_well(phone, "6-follow", tmp_path)
    phone.get_by_label("รหัสติดตาม").fill("0000")
    go(phone, "เปิดเรื่อง")
    looks_well(phone, "7-follow-wrong", tmp_path)
    phone.get_by_label("รหัสติดตาม").fill(code)
    go(phone, "เปิดเรื่อง")
    for closed in phone.locator("summary").all():
        closed.click()
    looks_well(phone, "8-case", tmp_path)
    phone.get_by_label("ส่งข้อความเพิ่ม").fill(LONGEST)
    go(phone, "ส่งข้อความ")
    expect(phone.get_by_role("status")).to_have_text("ส่งข้อความเพิ่มแล้ว")
    looks_well(phone, "9-case-added", tmp_path)


def test_a_protected_report_on_a_small_phone(phone: Page, tmp_path: Path) -> None:
    go(phone, "ร้องเรียนเจ้าหน้าที่/ทุจริต")
    looks_well(phone, "1-about", tmp_path)
    go(phone, "ต่อไป")
    looks_well(phone, "2-about-mistakes", tmp_path)
    phone.get_by_label("ทุจริตและประพฤติมิชอบ").tap()
    phone.get_by_label("กองคลัง").tap()
    go(phone, "ต่อไป")
    looks_well(phone, "3-receivers-and-story", tmp_path)
    phone.get_by_label("ไม่ให้ ปลัด เห็น").tap()
    phone.get_by_label("เกิดอะไรขึ้น").fill("เรื่องทดสอบ\nบรรทัดที่สอง")
    go(phone, "ต่อไป")
    looks_well(phone, "4-review", tmp_path)
    go(phone, "ส่ง")
    looks_well(phone, "5-filed", tmp_path)
    code = phone.locator(".code").inner_text()
    phone.reload()  # sends the form again, as the browser does it
    looks_well(phone, "6-reloaded", tmp_path)
    expect(phone.locator("body")).not_to_contain_text(code)
    phone.goto(f"{PATH}/follow")
    phone.get_by_label("รหัสติดตาม").fill(code)
    go(phone, "เปิดเรื่อง")
    looks_well(phone, "7-case", tmp_path)


def test_nobody_is_left_on_a_small_phone(phone: Page, tmp_path: Path) -> None:
    phone.goto(f"{PATH}/protected")
    phone.get_by_label("การปฏิบัติหน้าที่").tap()
    for office in ("ปลัด", "นายก", "ท้องถิ่นอำเภอ"):
        phone.get_by_label(office, exact=True).tap()
    go(phone, "ต่อไป")
    expect(phone.locator("main")).to_contain_text("ไม่เหลือผู้รับเรื่อง")
    looks_well(phone, "1-outside", tmp_path)


@pytest.mark.long
def test_an_accusation_goes_over_to_the_other_door(phone: Page, tmp_path: Path) -> None:
    go(phone, "แจ้งเหตุ/ร้องทุกข์")
    phone.get_by_label("เกิดอะไรขึ้น").fill("เจ้าหน้าที่เรียกเงินใต้โต๊ะ")
    phone.get_by_label("บอกจุดให้หาเจอ").fill("สำนักงาน")
    phone.get_by_label("เบอร์โทร").fill("1")
    go(phone, "ต่อไป")
    looks_well(phone, "1-mistake", tmp_path)
    phone.get_by_label("เบอร์โทร").fill("")
    go(phone, "ต่อไป")
    looks_well(phone, "2-accuses", tmp_path)
    phone.get_by_label("แนบรูปหรือ PDF").set_input_files(
        {"name": "a.heic", "mimeType": "image/heic", "buffer": HEIC}
    )
    go(phone, "ส่ง")
    looks_well(phone, "3-photo-refused", tmp_path)
    go(phone, "ไปช่องทางร้องเรียนเจ้าหน้าที่/ทุจริต")
    phone.get_by_label("ทุจริตและประพฤติมิชอบ").tap()
    phone.get_by_label("ไม่แน่ใจ").tap()
    go(phone, "ต่อไป")
    expect(phone.get_by_label("เกิดอะไรขึ้น")).to_have_value("เจ้าหน้าที่เรียกเงินใต้โต๊ะ")


def test_the_keyboard_alone_files_a_grievance(phone: Page) -> None:
    def tab_to(words: str) -> None:
        for _ in range(60):
            phone.keyboard.press("Tab")
            if words in phone.evaluate(FOCUSED):
                return
        pytest.fail(f"the keyboard does not reach {words}")

    tab_to("แจ้งเหตุ")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("แจ้งเหตุ/ร้องทุกข์")
    tab_to("story")
    phone.keyboard.type("ไฟดับ")
    tab_to("place")
    phone.keyboard.type("หน้าวัด")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("ตรวจก่อนส่ง")
    tab_to("ส่ง")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("รับเรื่องแล้ว")
