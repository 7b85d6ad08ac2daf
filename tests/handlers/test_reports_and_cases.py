"""Where reports and complaints meet: nothing of the one is ever taken for the other."""

import pytest

from ita.measures import Status
from tests.handlers.office import Office, office


def writing() -> Office:
    """A clerk who is asked what was done."""
    one = office()
    one.go("รายงานผล")
    one.do(one.data_of_measure(5))
    one.go("อยู่ระหว่างดำเนินการ")
    return one


@pytest.mark.parametrize(
    "words",
    [
        "ร้องทุกข์ 5 เรื่อง แก้ไขแล้วทั้งหมด",
        "แจ้งเหตุ 12 ราย แก้ไขแล้ว 10 ราย",
        "แจ้งเหตุ: ไม่มี",
        "แจ้งเหตุ: ติดป้ายแล้ว",
        "แจ้งปัญหา อุปสรรค ให้ ผอ. ทราบแล้ว",
        "ร้องเรียน 0 เรื่อง",
        "แจ้งเบาะแส 0 เรื่อง",
        "ร้องเรียนทุจริต: 0 เรื่อง",
    ],
)
def test_what_a_report_says_of_complaints_is_its_answer(words: str) -> None:
    one = writing()
    one.say(words)
    assert one.step is not None
    assert one.step["do"] == "reporting"
    if "เป็นคำตอบ" in one.labels:  # asked, as the sheet is read by many
        one.press("เป็นคำตอบ")
    assert one.step["draft"]["words"] == {"output": words}


@pytest.mark.parametrize(
    ("words", "door"),
    [("แจ้งเหตุ ไฟดับหน้าวัด", "grievance"), ("ร้องเรียนทุจริต นายกโกงค่าเสาไฟ", "protected")],
)
def test_a_matter_of_its_own_goes_through_its_door_and_the_report_waits(
    words: str, door: str
) -> None:
    one = writing()
    one.say(words)
    assert one.step is not None
    assert one.step["do"] == door
    assert one.step["draft"]["measure"] == 5


@pytest.mark.parametrize("look", ["มาตรการ 3", "มาตรการ ๓ ค่ะ"])
def test_a_measures_name_is_a_part_of_the_story(look: str) -> None:
    one = office()
    one.go("ร้องเรียนทุจริต", "การปฏิบัติหน้าที่ของเจ้าหน้าที่", "ไม่แน่ใจ/ไม่มีในนี้", "ต่อไป")
    one.go("เรื่องมาตรการ 3", look, "ม3 60% ไม่จริง หัวหน้าสั่งให้แต่งตัวเลข")
    assert one.step is not None
    assert one.step["do"] == "protected"
    assert len(one.step["parts"]) >= 3, "each is of the story"
    assert one.reports == []


@pytest.mark.parametrize(
    "words",
    [
        "ม3 60% ไม่จริง หัวหน้าสั่งให้แต่งตัวเลข",
        "ม5 90% ก็เท็จอีก",
        "ม3 เสร็จแล้วแต่ไม่ได้ทำจริง",
        "ม3 100% ปลัดบังคับให้กรอก",
    ],
)
def test_who_says_that_a_report_is_false_is_asked_what_it_is(words: str) -> None:
    one = office()
    one.say(words)
    assert one.reports == []
    assert "ร้องเรียนทุจริต" in str(one.said.replies)
    assert one.measure(3).status is Status.NOT_STARTED


@pytest.mark.parametrize("command", ["รายงานผลค่ะ", "รายงานผล ครับ", "รายงานผลหน่อยค่ะ"])
def test_a_polite_command_is_the_command(command: str) -> None:
    assert office().say(command) == office().say("รายงานผล")
