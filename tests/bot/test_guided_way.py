"""A guided report through webhook, worker, database and sheet: confirmed, taken back, once each."""

from tests.bot.test_pressing import buttons, newest, press, press_event
from tests.bot.test_way import body, changed, settle
from tests.bot.town import Town

LINK = "https://example.go.th/nogift"


def say(town: Town, words: str) -> str:
    town.say("clerk", words)
    settle(town)
    return newest(town, "clerk")


def tap(town: Town, label: str, name: str) -> str:
    press(town, "clerk", buttons(town, "clerk")[label], name)
    return newest(town, "clerk")


def to_the_review(town: Town) -> None:
    """Measure 3 is called done in one line; what is missing is answered step by step."""
    assert "ยังไม่ถือว่าแล้วเสร็จ" in say(town, "ม3 เสร็จแล้ว ประกาศนโยบายหน้าเว็บแล้ว")
    assert "เกิดผลอะไร" in tap(town, "เพิ่มผลลัพธ์", "LEAD")
    assert "วันที่เท่าไร" in say(town, "เจ้าหน้าที่ทุกคนรับทราบนโยบาย")
    assert "ปีงบประมาณ 2568" in say(town, "๑๐ ต.ค. ๖๗")
    assert "หลักฐาน" in say(town, "ใช่")
    say(town, LINK)
    assert "ตรวจดูก่อนบันทึก" in tap(town, "ครบแล้ว (1)", "ENOUGH")


def test_what_is_missing_is_answered_and_waits_for_acceptance_in_the_sheet(town: Town) -> None:
    settle(town)
    to_the_review(town)
    before = town.sheet()
    confirm = press_event(town, "clerk", buttons(town, "clerk")["ยืนยัน"], "CONFIRM")
    for _ in range(3):  # LINE delivers it again
        assert town.deliver(body(town, confirm))["status"] == 200
    settle(town)
    assert "รอตรวจรับ" in newest(town, "clerk")
    rows = changed(before, town.sheet())
    (row,) = rows["มาตรการ"]
    for words in ("รอตรวจรับ", "ประกาศนโยบายหน้าเว็บแล้ว", "เจ้าหน้าที่ทุกคนรับทราบนโยบาย", LINK):
        assert words in row
    assert len(rows["ความก้าวหน้า"]) == 1, "one press, one report"

    before = town.sheet()
    assert "จะยกเลิกรายงานนี้" in say(town, "ยกเลิกรายงานล่าสุด")
    assert "สถานะกลับเป็น อยู่ระหว่างดำเนินการ" in tap(town, "ยกเลิกรายงานนี้", "UNDO")
    rows = changed(before, town.sheet())
    (row,) = rows["มาตรการ"]
    assert "อยู่ระหว่างดำเนินการ" in row
    assert LINK not in row
    (entry,) = rows["ความก้าวหน้า"]
    assert any("ยกเลิกรายงานเมื่อ" in cell for cell in entry), "the log keeps both"


def test_an_unfinished_report_is_offered_again(town: Town) -> None:
    to_the_review(town)
    say(town, "งานค้าง")
    assert "ยังไม่ได้ยืนยัน" in say(town, "รายงานผล")
    assert "ตรวจดูก่อนบันทึก" in tap(town, "ทำต่อ", "RESUME")
