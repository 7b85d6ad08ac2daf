"""The page by itself, in front of stand-ins without a bot: cards, actions, keyboard, safety."""

import struct
import zlib
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, expect

from tests.sandbox.console.screen import AGENCY, Screen, StandIns

HOSTILE = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"


def png(width: int, height: int) -> bytes:
    """A plain picture of this size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\x00" + b"\xcc" * width) * height
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def bubble(*contents: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"type": "box", "layout": "vertical", "contents": list(contents)}
    return {"type": "bubble", "body": body, **more}


def card(contents: dict[str, Any]) -> dict[str, Any]:
    return {"type": "flex", "altText": "การ์ด", "contents": contents}


def tap(label: str, **action: Any) -> dict[str, Any]:
    return {"type": "button", "action": {"label": label, **action}}


# Cards and what their buttons do


def test_a_card_looks_as_it_says(glass: Screen, alone: StandIns) -> None:
    texts: list[dict[str, Any]] = [
        {"type": "text", "text": "หัวข้อ", "size": "xl", "weight": "bold", "color": "#0f5c4d"},
        {"type": "text", "contents": [{"type": "span", "text": "แดง", "color": "#aa0000"}]},
    ]
    bar = {
        "type": "box", "layout": "vertical", "height": "8px", "backgroundColor": "#dddddd",
        "contents": [
            {"type": "box", "layout": "vertical", "contents": [], "width": "75%", "height": "8px",
             "backgroundColor": "#00aa00"},
        ],
    }  # fmt: skip
    row = {
        "type": "box", "layout": "horizontal", "spacing": "md", "cornerRadius": "lg",
        "paddingAll": "10px", "contents": [
            {"type": "text", "text": "ซ้าย", "flex": 3},
            {"type": "text", "text": "ขวา", "flex": 1, "align": "end"},
        ],
    }  # fmt: skip
    picture = {"type": "image", "url": "https://example.go.th/a.png", "size": "full",
               "aspectRatio": "20:13", "aspectMode": "cover"}  # fmt: skip
    line = {"type": "separator", "margin": "lg"}
    alone.push(card(bubble(*texts, bar, row, picture, line, size="kilo")))
    page = glass.page
    shown = page.locator(".card")
    expect(shown).to_have_css("width", "260px")
    title = shown.get_by_text("หัวข้อ")
    expect(title).to_have_css("font-size", "22px")
    expect(title).to_have_css("font-weight", "700")
    expect(title).to_have_css("color", "rgb(15, 92, 77)")
    expect(shown.get_by_text("แดง")).to_have_css("color", "rgb(170, 0, 0)")
    expect(shown.get_by_text("ขวา")).to_have_css("text-align", "end")
    expect(shown.locator(".box.horizontal")).to_have_css("border-radius", "12px")
    left, right = shown.get_by_text("ซ้าย").bounding_box(), shown.get_by_text("ขวา").bounding_box()
    assert left is not None
    assert right is not None
    assert left["width"] == pytest.approx(3 * right["width"], abs=2)
    full = shown.locator(".block > .box > .box.vertical").bounding_box()
    part = shown.locator(".block > .box > .box.vertical > .box").bounding_box()
    assert full is not None
    assert part is not None
    assert part["width"] == pytest.approx(0.75 * full["width"], abs=1)
    # a picture from elsewhere is not fetched, its place is kept
    outside = shown.locator(".elsewhere").bounding_box()
    assert outside is not None
    assert outside["width"] / outside["height"] == pytest.approx(20 / 13, abs=0.02)


@pytest.mark.long
def test_a_carousel_shows_its_cards_side_by_side(glass: Screen, alone: StandIns) -> None:
    cards = [bubble({"type": "text", "text": f"ใบที่ {n}"}, size="micro") for n in range(5)]
    alone.push(card({"type": "carousel", "contents": cards}))
    expect(glass.page.locator(".carousel .card")).to_have_count(5)
    boxes = [one.bounding_box() for one in glass.page.locator(".carousel .card").all()]
    assert len({box["y"] for box in boxes if box}) == 1


@pytest.mark.long
def test_buttons_do_what_they_say(glass: Screen, alone: StandIns) -> None:
    alone.push(
        card(
            bubble(
                tap("พูด", type="message", text="สวัสดี"),
                tap("ส่ง", type="postback", data="a=1", displayText="เลือกแล้ว"),
                tap("วัน", type="datetimepicker", data="day", mode="date", initial="2025-01-20"),
                tap("เว็บ", type="uri", uri="https://example.go.th/"),
            )
        )
    )
    page = glass.page
    page.get_by_role("button", name="พูด").click()
    expect(page.locator(".own").nth(0)).to_contain_text("สวัสดี")
    page.get_by_role("button", name="ส่ง", exact=True).first.click()
    expect(page.locator(".own").nth(1)).to_contain_text("เลือกแล้ว")
    page.get_by_role("button", name="วัน", exact=True).click()
    page.get_by_role("button", name="ตกลง").click()
    expect(page.locator(".own").nth(2)).to_contain_text("2025-01-20")
    postbacks = [event["postback"] for event in alone.events() if event["type"] == "postback"]
    assert postbacks == [{"data": "a=1"}, {"data": "day", "params": {"date": "2025-01-20"}}]
    link = page.get_by_role("link", name="เว็บ")
    expect(link).to_have_attribute("href", "https://example.go.th/")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("target", "_blank")


@pytest.mark.long
def test_quick_replies_stand_under_the_last_message_only(glass: Screen, alone: StandIns) -> None:
    action = {"type": "message", "label": "งานค้าง", "text": "งานค้าง"}
    items = [{"type": "action", "action": action}]
    alone.push({"type": "text", "text": "หนึ่ง", "quickReply": {"items": items}})
    expect(glass.page.locator("#quick button")).to_have_text("งานค้าง")
    alone.push({"type": "text", "text": "สอง"})
    expect(glass.page.locator("#quick button")).to_have_count(0)


def test_a_rich_menu_is_there_and_its_areas_work(glass: Screen, alone: StandIns) -> None:
    area = {
        "bounds": {"x": 0, "y": 0, "width": 400, "height": 270},
        "action": {"type": "message", "label": "คะแนน", "text": "คะแนน"},
    }
    menu = {
        "size": {"width": 800, "height": 270}, "selected": True, "name": "เมนู",
        "chatBarText": "เมนู", "areas": [area],
    }  # fmt: skip
    alone.rich_menu(menu, png(800, 270))
    glass.page.get_by_role("button", name="คะแนน").click()
    expect(glass.page.locator(".own")).to_contain_text("คะแนน")


@pytest.mark.long
def test_what_a_person_can_send(glass: Screen, alone: StandIns) -> None:
    page = glass.page
    for kind in ("รูปภาพ", "ตำแหน่ง", "สติกเกอร์", "ไฟล์", "เสียง", "วิดีโอ"):
        page.locator("#more").click()
        page.locator("#attachments").get_by_role("button", name=kind).click()
    expect(page.locator(".own")).to_have_count(6)
    kinds = [event["message"]["type"] for event in alone.events()]
    assert sorted(kinds) == ["audio", "file", "image", "location", "sticker", "video"]
    picture = page.locator(".own img.photo")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100


def test_the_same_event_again_and_unsend(glass: Screen, alone: StandIns) -> None:
    glass.write("ผิดไปแล้ว")
    own = glass.page.locator(".own")
    expect(own.locator(".bad")).to_contain_text("บอตไม่ตอบ")
    own.get_by_role("button", name="ส่งซ้ำ").click()
    expect(own.locator(".bad")).to_contain_text("ส่งแล้ว 3 ครั้ง")
    own.get_by_role("button", name="ยกเลิกข้อความ").click()
    expect(own).to_contain_text("ยกเลิกข้อความแล้ว")
    assert [event["type"] for event in alone.events()] == ["message", "unsend"]


def test_a_new_citizen_by_name(glass: Screen, alone: StandIns) -> None:
    page = glass.page
    page.locator("#newcomer").click()
    page.locator("dialog input").fill("สมมติ")
    page.keyboard.press("Enter")
    glass.write("สวัสดี")
    expect(page.locator(".own")).to_contain_text("สวัสดี")
    expect(page.locator("#person")).to_have_value("สมมติ")
    (said,) = alone.events()
    assert said["source"]["userId"] == alone.sandbox.line.person(AGENCY, "สมมติ").line_user_id


# The sheet


@pytest.mark.long
def test_rows_are_put_in_moved_sorted_and_taken_out(glass: Screen, alone: StandIns) -> None:
    alone.fill(["ค"], ["ก"], ["ข"])
    page = glass.page
    expect(glass.cell(2, 0)).to_have_text("ข")
    glass.cell(0, 0).click()
    page.get_by_role("button", name="เรียง ก–ฮ").click()
    expect(glass.cell(0, 0)).to_have_text("ก")
    glass.cell(2, 0).click()
    page.get_by_role("button", name="เลื่อนขึ้น").click()
    expect(glass.cell(1, 0)).to_have_text("ค")
    page.get_by_role("button", name="แทรกแถวล่าง").click()
    expect(glass.cell(3, 0)).to_have_text("ข")
    glass.cell(0, 0).click()
    page.get_by_role("button", name="ลบแถว").click()
    expect(glass.cell(0, 0)).to_have_text("ค")
    assert alone.values() == [["ค"], [], ["ข"]]


@pytest.mark.long
def test_hidden_columns_are_shown_greyed_on_demand(glass: Screen, alone: StandIns) -> None:
    alone.fill(["ซ่อน", "เห็น"])
    column = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    hide = {"range": column, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    change(alone, {"updateDimensionProperties": hide})
    expect(glass.cell(0, 0)).to_have_count(0)
    expect(glass.cell(0, 1)).to_have_text("เห็น")
    glass.page.get_by_label("แสดงส่วนที่ซ่อน").check()
    expect(glass.cell(0, 0)).to_contain_class("hidden-line")


@pytest.mark.long
def test_a_dropdown_offers_its_choices(glass: Screen, alone: StandIns) -> None:
    alone.fill(["สถานะ"], ["เริ่ม"])
    values = [{"userEnteredValue": word} for word in ("เริ่ม", "เสร็จ")]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True}
    below = {"sheetId": 0, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    change(alone, {"setDataValidation": {"range": below, "rule": rule}})
    expect(glass.cell(1, 0)).to_contain_class("list")
    glass.cell(1, 0).dblclick()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        glass.page.keyboard.press(key)
    expect(glass.cell(1, 0)).to_have_text("เสร็จ")
    glass.type_in(1, 0, "อย่างอื่น")
    expect(glass.page.locator("#refusal")).to_contain_text("ไม่อยู่ในตัวเลือก")
    assert alone.values() == [["สถานะ"], ["เสร็จ"]]


@pytest.mark.long
def test_what_google_refuses_is_told_in_words(glass: Screen, alone: StandIns) -> None:
    alone.fill(["หัว"], ["ปิด"])
    key = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2}
    fence = {"addProtectedRange": {"protectedRange": {"range": key, "editors": {"users": []}}}}
    answer = requests.post(
        f"{alone.url}/v4/spreadsheets/sandbox-{AGENCY}:batchUpdate",
        json={"requests": [fence]},
        headers={"Authorization": "Bearer person:coordinator@owner.sandbox.example"},
        timeout=10,
    )
    assert answer.ok, answer.text
    expect(glass.cell(1, 0)).to_have_attribute("aria-readonly", "true")
    glass.type_in(1, 0, "ลองแก้")
    expect(glass.page.locator("#refusal")).to_contain_text("ป้องกันไว้")
    expect(glass.cell(1, 0)).to_have_text("ปิด")
    glass.page.locator("#language").click()
    expect(glass.page.locator("#refusal")).to_contain_text("protected")
    glass.type_in(0, 0, "แก้ได้")
    expect(glass.page.locator("#refusal")).to_be_hidden()


@pytest.mark.long
def test_an_open_cell_keeps_its_row_when_others_move_it(glass: Screen, alone: StandIns) -> None:
    """Somebody else puts a row in above while a cell is being edited."""
    alone.fill(["หัว"], ["หนึ่ง"])
    mark = {"dimension": "ROWS", "sheetId": 0, "startIndex": 1, "endIndex": 2}
    tag = {"metadataKey": "row", "location": {"dimensionRange": mark}, "visibility": "DOCUMENT"}
    change(alone, {"createDeveloperMetadata": {"developerMetadata": tag}})
    expect(glass.cell(1, 0)).to_have_text("หนึ่ง")
    glass.page.wait_for_timeout(800)  # the page asks every 0.7 s; the tag shows nowhere
    glass.cell(1, 0).dblclick()
    glass.page.locator(".editor").fill("แก้แล้ว")
    change(alone, {"insertDimension": {"range": mark, "inheritFromBefore": False}})
    with glass.page.expect_response(lambda answer: '"used":3' in answer.text()):
        pass
    glass.page.keyboard.press("Enter")
    expect(glass.cell(2, 0)).to_have_text("แก้แล้ว")
    assert alone.values() == [["หัว"], [], ["แก้แล้ว"]]


def change(alone: StandIns, request: dict[str, Any]) -> None:
    answer = requests.post(
        f"{alone.url}/v4/spreadsheets/sandbox-{AGENCY}:batchUpdate",
        json={"requests": [request]},
        headers={"Authorization": "Bearer person:coordinator"},
        timeout=10,
    )
    assert answer.ok, answer.text


# By keyboard alone


def test_everything_by_keyboard(glass: Screen, alone: StandIns) -> None:
    alone.fill(["หัวข้อ", "สอง"], ["ก", "ข"])
    page, keys = glass.page, glass.page.keyboard
    expect(glass.cell(1, 0)).to_have_text("ก")
    keys.press("Alt+1")
    keys.type("สวัสดี")
    keys.press("Enter")
    expect(page.locator(".own")).to_contain_text("สวัสดี")

    keys.press("Alt+2")
    for key in ("Control+Home", "ArrowDown", "Enter"):
        keys.press(key)
    keys.press("End")
    keys.type("แก้")
    keys.press("Escape")
    expect(glass.cell(1, 0)).to_have_text("ก")
    keys.press("F2")
    keys.press("End")
    keys.type("แก้")
    keys.press("Tab")
    expect(glass.cell(1, 1)).to_be_focused()
    keys.type("new")  # the first letter opens the cell
    keys.press("Enter")
    expect(glass.cell(1, 1)).to_have_text("new")
    expect(glass.cell(2, 1)).to_be_focused()
    keys.press("ArrowUp")
    keys.press("Alt+ArrowUp")
    expect(glass.cell(0, 0)).to_have_text("กแก้")
    keys.press("Delete")
    expect(glass.cell(0, 1)).to_have_text("")
    assert alone.values() == [["กแก้"], ["หัวข้อ", "สอง"]]

    keys.press("Alt+3")
    expect(page.locator("#calls")).to_be_focused()
    keys.press("?")
    expect(page.locator("dialog")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()


@pytest.mark.long
def test_tab_leads_through_the_page_and_every_stop_is_named(glass: Screen) -> None:
    seen = set()
    for _ in range(60):
        glass.page.keyboard.press("Tab")
        stop = glass.page.evaluate(
            "() => { const at = document.activeElement; const name = at.ariaLabel || at.title ||"
            " at.closest('label')?.textContent || at.textContent; return [at.id, name.trim(),"
            " at.matches(':focus-visible'), at.tagName] }"
        )
        name, said, visible, kind = stop
        seen.add(name)
        assert kind == "BODY" or (visible and (said or "data-row" in kind or kind in "TDTH")), stop
    wanted = {"agency", "language", "help", "person", "group", "timeline", "text", "send",
              "more", "filter", "calls", "clear"}  # fmt: skip
    assert wanted <= seen


# Safety


def test_no_text_ever_becomes_script(glass: Screen, alone: StandIns) -> None:
    alone.fill([HOSTILE], ['=HYPERLINK("javascript:document.title=1","x")', HOSTILE])
    glass.write(HOSTILE)
    hostile = {"type": "text", "text": HOSTILE, "wrap": True, "color": "#111111"}
    alone.push(card(bubble(hostile)), {"type": "text", "text": HOSTILE})
    # what LINE would not accept either: straight into what has arrived
    state = alone.sandbox.line.state(AGENCY)
    message = state.sent[0].message
    script = tap(HOSTILE, type="uri", uri="javascript:document.title='pwned'")
    message["contents"]["body"]["contents"].append(script)
    message["contents"]["body"]["backgroundColor"] = "red;background:url(//example.com)"
    message["altText"] = HOSTILE
    page = glass.page
    expect(page.locator(".card")).to_contain_text("<script>")
    expect(page.locator(".own")).to_contain_text("<script>")
    expect(glass.cell(0, 0)).to_contain_text("<script>")
    page.locator(".flex-button").click()
    expect(page.locator("#said")).to_have_text("ห้องทดลองไม่ทำสิ่งนี้")
    assert page.title() == "สุจริต ห้องทดลอง"
    assert page.locator("#timeline script, #paper script, img[onerror]").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_the_page_may_load_nothing_but_its_own(alone: StandIns) -> None:
    for path in ("/", "/console/main.js", f"/_sandbox/state?agency={AGENCY}"):
        answer = requests.get(alone.url + path, timeout=10)
        assert answer.status_code == 200
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "[::1"},
    ],
)
def test_another_web_site_may_not_use_the_control_api(
    alone: StandIns, headers: dict[str, str]
) -> None:
    body = {"agency": AGENCY, "person": "clerk", "message": "ก"}
    path = f"{alone.url}/_sandbox/line/say"
    answer = requests.post(path, json=body, headers=headers, timeout=10)
    assert answer.status_code == 403
    assert alone.events() == []


@pytest.mark.parametrize("path", ["/", "/console/main.js", "/_sandbox/people"])
def test_a_name_that_was_bound_to_this_machine_reads_nothing(alone: StandIns, path: str) -> None:
    answer = requests.get(alone.url + path, headers={"Host": "evil.example:8090"}, timeout=10)
    assert answer.status_code == 403


def test_the_platforms_own_paths_do_not_mind_who_asks(alone: StandIns) -> None:
    """Behind a tunnel or in a container the stand-ins have other names."""
    answer = requests.get(alone.url + "/v2/bot/info", headers={"Host": "line.test"}, timeout=10)
    assert answer.status_code == 401


def test_a_page_of_another_site_gets_nothing_through(browser: Browser, alone: StandIns) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("https://evil.example/", lambda route: route.fulfill(body="<p>", status=200))
    page.goto("https://evil.example/")
    body = f'{{"agency": "{AGENCY}", "person": "clerk", "message": "ก"}}'
    page.evaluate(
        "([url, body]) => fetch(url, {method: 'POST', mode: 'no-cors', body}).catch(() => 0)",
        [f"{alone.url}/_sandbox/line/say", body],
    )
    assert alone.events() == []
    context.close()


def test_a_picture_that_is_none_is_not_served(alone: StandIns) -> None:
    said = {"agency": AGENCY, "person": "clerk", "message": {"type": "image"}}
    evil = {**said, "content": "PHNjcmlwdD4=", "content_type": "text/html"}
    sent = requests.post(f"{alone.url}/_sandbox/line/say", json=evil, timeout=10).json()
    answer = requests.get(
        f"{alone.url}/_sandbox/content",
        params={"agency": AGENCY, "message": sent["message_ids"][0]},
        timeout=10,
    )
    assert answer.status_code == 400
    assert answer.json() == {"error": "there is no such picture"}
