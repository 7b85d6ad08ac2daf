"""A guided report through webhook, worker, database and sheet: confirmed, taken back, once each."""

from typing import Any

import pytest
import requests

from tests.bot.test_media import send
from tests.bot.test_pressing import buttons, newest, press, press_event
from tests.bot.test_way import body, changed, raw_event, settle
from tests.bot.town import Town, eventually
from tests.files import photo

LINK = "https://example.go.th/nogift"
Sheet = dict[str, list[list[str]]]


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


@pytest.mark.long
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


def row_of(sheet: Sheet, number: str) -> list[str]:
    """A measure's row."""
    (row,) = [row for row in sheet["มาตรการ"] if row[2:3] == [number]]
    return row


def test_a_report_on_the_wrong_measure_is_moved_with_its_words(town: Town) -> None:
    settle(town)
    before = town.sheet()
    say(town, "ม3 60% ประกาศนโยบายหน้าเว็บแล้ว")
    assert "ย้ายรายงานจากมาตรการ 3 เป็นมาตรการ 9" in say(town, "ไม่ใช่ ม3 หมายถึง ม9")
    assert "60%" in tap(town, "ยืนยัน", "MOVE")
    after = town.sheet()
    assert row_of(after, "3") == row_of(before, "3"), "as if nothing had been reported"
    assert {"60", "ประกาศนโยบายหน้าเว็บแล้ว"} <= set(row_of(after, "9"))
    entries = changed(before, after)["ความก้าวหน้า"]
    assert [entry[3] for entry in entries if "60" in entry] == ["3", "9"], "the log keeps both"
    assert any("ยกเลิกรายงานเมื่อ" in cell for entry in entries for cell in entry)


def test_an_unfinished_report_is_offered_again(town: Town) -> None:
    to_the_review(town)
    say(town, "งานค้าง")
    assert "ยังไม่ได้ยืนยัน" in say(town, "รายงานผล")
    assert "ตรวจดูก่อนบันทึก" in tap(town, "ทำต่อ", "RESUME")


def photo_event(town: Town, number: int, of: int, at: int) -> dict[str, Any]:
    """One of several photos that were sent together."""
    message = send(town, photo())
    image = {
        "id": message,
        "type": "image",
        "contentProvider": {"type": "line"},
        "imageSet": {"id": "SET", "index": number, "total": of},
    }
    return raw_event(town, "clerk", "", f"PHOTO{number}", message=image, timestamp=at)


def photos_and_words(town: Town) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Five photos sent together, and three texts of which the second is the report."""
    now = int(town.program.clock().timestamp() * 1000)
    said = ("ส่งงานค่ะ", "ม3 80% ประกาศนโยบายงดรับของขวัญแล้ว", "ขอบคุณค่ะ")
    texts = [
        raw_event(town, "clerk", words, f"TEXT{number}", timestamp=now + at)
        for number, (words, at) in enumerate(zip(said, (0, 6, 9), strict=True))
    ]
    for number, event in enumerate(texts):
        event["message"]["id"] = f"text-{number}"
    return [photo_event(town, number, 5, now + number) for number in range(1, 6)], texts


def one_report_and_its_measure(town: Town, before: Sheet) -> tuple[list[str], list[str]]:
    """The rows of the only report that came of it all, and of its measure with five photos."""
    eventually(lambda: "งดรับของขวัญแล้ว" in str(town.sheet()["ความก้าวหน้า"]), "it is in the sheet")
    settle(town)
    rows = changed(before, town.sheet())
    (entry,), (row,) = rows["ความก้าวหน้า"], rows["มาตรการ"]
    found = evidence_in(row)
    assert len(found) == 5
    assert all(requests.get(link, timeout=10).status_code == 200 for link in found)
    answers = "\n".join(str(sent["message"]) for sent in town.sent("clerk"))
    assert answers.count("ประกาศนโยบายงดรับของขวัญแล้ว") == 1, "one confirmation"
    return entry, row


def evidence_in(row: list[str]) -> list[str]:
    return " ".join(cell for cell in row if "/evidence/" in cell).split()


@pytest.mark.long
def test_photos_and_words_out_of_order_twice_while_google_is_away(town: Town) -> None:
    """Five photos and three texts: one report, all evidence, one confirmation."""
    settle(town)
    before = town.sheet()
    for call in ("batchUpdate", "getByDataFilter"):
        town.fault("google", call, "503", times=2)
    photos, texts = photos_and_words(town)
    mixed = [texts[1], photos[4], photos[0], texts[2], photos[2], texts[0], photos[3], photos[1]]
    for _ in range(2):  # LINE delivers it again
        assert town.post(mixed) == 200
    entry, row = one_report_and_its_measure(town, before)
    assert evidence_in(entry) == evidence_in(row)


@pytest.mark.long
@pytest.mark.parametrize(
    ("order", "answered"),
    [
        ("ptppptpt", ""),
        ("tpptpptp", "t"),
        ("ttpppppt", "tp"),
    ],
)
def test_photos_and_words_come_one_by_one_and_between_answers(
    town: Town, order: str, answered: str
) -> None:
    """Each in a delivery of its own, and again; `answered` are those after which the person reads
    the answer before he goes on."""
    settle(town)
    before = town.sheet()
    photos, texts = photos_and_words(town)
    waiting = {"p": iter(photos), "t": iter(texts)}
    for kind in order:
        event = next(waiting[kind])
        for _ in range(2):  # LINE delivers it again
            assert town.post([event]) == 200
        if kind in answered:
            settle(town)
    entry, row = one_report_and_its_measure(town, before)
    early = evidence_in(entry)  # what comes later does not change the log
    assert evidence_in(row)[: len(early)] == early


def test_photos_sent_one_by_one_twice_in_any_order_get_one_question(town: Town) -> None:
    settle(town)
    before, now = town.sheet(), int(town.program.clock().timestamp() * 1000)
    photos = [photo_event(town, number, 1, now + 1000 * number) for number in (1, 2, 3)]
    for number, event in enumerate(photos):
        del event["message"]["imageSet"]
        event["webhookEventId"] = f"SINGLE{number}"
    for _ in range(2):  # LINE delivers it again
        assert town.post([photos[1], photos[2], photos[0]]) == 200
        settle(town)
    (question,) = town.sent("clerk")
    label = next(iter(buttons(town, "clerk")))  # the most urgent measure
    assert "เป็นหลักฐานของมาตรการใด" in str(question)
    assert "รอบหรือส่วนใด" in tap(town, label, "MEASURE")
    tap(town, "1. รอบ 1 ต.ค. 2567", "PART")
    tap(town, "ส่งแค่หลักฐาน", "ONLY")
    tap(town, "ยืนยัน", "CONFIRM")
    (row,) = changed(before, town.sheet())["ความก้าวหน้า"]
    (links,) = [cell for cell in row if "/evidence/" in cell]
    assert len(links.split()) == 3
