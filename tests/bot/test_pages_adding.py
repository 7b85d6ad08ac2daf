"""What is added to a case on the web: asked about where it may accuse, and as much as it takes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import create_app
from bot.program import Program
from handlers.topics.complaints.draft import MOST_IN_A_CASE
from ita.changes import AddToCase
from ita.complaints import CaseStatus, OwnCase, Upload
from store import cases
from store.cases import uploads
from tests.bot.pages import (
    AGENCY,
    PATH,
    Browser,
    file_grievance,
    file_protected,
    program_with_doors,
)
from tests.files import photo
from tests.rows import Rows

ACCUSING = "ช่างมาแล้วขอเงิน 500 บาท"


@pytest.fixture
def program(postgres: str, schema: str, rows: Rows, tmp_path: Path) -> Iterator[Program]:
    """A program with the sample agencies, receivers in each, and an empty database."""
    rows.empty()
    chosen = program_with_doors(postgres, schema, tmp_path)
    yield chosen
    chosen.database.close()
    chosen.web_database.close()


@pytest.fixture
def browser(program: Program) -> Browser:
    return Browser(create_app(program).test_client())


def another(browser: Browser) -> Browser:
    """Another browser on the same pages."""
    return Browser(browser.client.application.test_client())


def follow(browser: Browser, code: str) -> Browser:
    return browser.open(f"{PATH}/follow").press("เปิดเรื่อง", code=code)


def own(program: Program, code: str) -> OwnCase:
    with program.database.agency(AGENCY) as tx:
        found = cases.by_receipt(tx, code)
    assert found is not None
    return found


def said(program: Program, code: str) -> list[str]:
    return [one.text for one in own(program, code).said]


def test_what_may_accuse_is_asked_about_before_it_is_added(
    browser: Browser, program: Program
) -> None:
    code = file_grievance(browser).receipt
    follow(browser, code).press("ส่งข้อความ", words=ACCUSING)
    assert browser.said == 422
    assert "อาจเกี่ยวกับเจ้าหน้าที่หรือการทุจริต" in browser.text
    assert ACCUSING in browser.text, "no word is lost"
    assert said(program, code) == ["ไฟถนนดับ"]
    browser.press("ส่งข้อความ")
    assert said(program, code) == ["ไฟถนนดับ"], "not without the box"
    browser.press("ส่งข้อความ", sure="1")
    assert said(program, code) == ["ไฟถนนดับ", ACCUSING]


def test_its_words_go_along_to_the_other_door(browser: Browser, program: Program) -> None:
    code = file_grievance(browser).receipt
    follow(browser, code).press("ส่งข้อความ", words=ACCUSING)
    fields, _ = browser.form("ไปช่องทางร้องเรียนเจ้าหน้าที่/ทุจริต")
    browser.post(f"{PATH}/protected", fields)
    browser.press("ต่อไป: ดูว่าใครจะได้รับ", kind="corruption", about="กองคลัง")
    assert ACCUSING in browser.page
    browser.press("ต่อไป: ตรวจก่อนส่ง").press("ส่ง")
    assert len(browser.receipt) == 16
    assert said(program, code) == ["ไฟถนนดับ"]


def test_an_office_first_and_then_the_money(browser: Browser, program: Program) -> None:
    code = file_grievance(browser).receipt
    follow(browser, code).press("ส่งข้อความ", words="ช่างมาดูแล้ว")
    browser.press("ส่งข้อความ", words="เขาขอเงิน 500")
    assert said(program, code) == ["ไฟถนนดับ", "ช่างมาดูแล้ว"]


def test_a_protected_case_takes_such_words(browser: Browser, program: Program) -> None:
    code = file_protected(browser).receipt
    follow(browser, code).press("ส่งข้อความ", words=ACCUSING)
    assert "ส่งข้อความเพิ่มแล้ว" in browser.text
    assert said(program, code)[-1] == ACCUSING


def test_a_case_takes_so_many_files_and_then_words(browser: Browser, program: Program) -> None:
    code = file_grievance(browser).receipt
    party = own(program, code).party
    with program.database.agency(AGENCY) as tx:
        kept = tuple(Upload(f"{number:032}", b"k" * 32) for number in range(MOST_IN_A_CASE - 1))
        for one in kept:
            uploads.enter(tx, one, program.clock().date())
        cases.add(tx, AddToCase(party, uploads=kept), program.clock().date())
    follow(browser, code).press("ส่งข้อความ", files=[photo(), photo()], words="ดูรูป")
    assert f"ไม่เกิน {MOST_IN_A_CASE} ไฟล์" in browser.text
    browser.press("ส่งข้อความ", files=[photo()])
    assert f"แนบไว้ {MOST_IN_A_CASE} รายการ" in browser.text
    browser.press("ส่งข้อความ", files=[photo()])
    assert f"ไม่เกิน {MOST_IN_A_CASE} ไฟล์" in browser.text
    browser.press("ส่งข้อความ", words="ยังดับอยู่")
    assert "ส่งข้อความเพิ่มแล้ว" in browser.text


def test_those_who_joined_wait_until_the_last_has_withdrawn(
    browser: Browser, program: Program
) -> None:
    first = file_grievance(browser, "ไฟทางดับ", "หมู่ 1").receipt
    with program.database.agency(AGENCY) as tx:
        case = cases.by_number(tx, browser.number)
        assert case is not None
        cases.change(tx, replace(case, title="ไฟทางดับ", titled=True), program.clock().date())
    assert not own(program, first).others_wait
    joining = another(browser).open(f"{PATH}/grievance")
    joining.press("ต่อไป: ตรวจก่อนส่ง", story="ไฟทางดับหลายวัน", place="หมู่ 1")
    (name,) = re.findall(r'name="join" value="(\w+)"', joining.page)
    second = joining.press("ส่ง", join=name).receipt
    assert own(program, first).others_wait
    assert own(program, second).others_wait

    follow(joining, second).press("ถอนเรื่อง", sure="1")
    assert "มีผู้อื่นร่วมแจ้งไว้" in joining.text
    assert "ขอถอนเรื่องเมื่อ" in follow(joining, second).text
    assert own(program, second).withdrew_on == program.clock().date()
    assert "ขอถอนเรื่องเมื่อ" not in follow(browser, first).text
    assert not own(program, first).others_wait
    follow(browser, first).press("ถอนเรื่อง", sure="1")
    assert "หน่วยงานจะไม่ดำเนินการต่อ" in browser.text
    assert own(program, second).case.status is CaseStatus.WITHDRAWN
