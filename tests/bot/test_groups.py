"""A unit's group through webhook, turn and LINE: the bot comes, takes reports, and goes."""

import pytest
import requests

from sandbox.people import line_group_id
from sandbox.script import texts_in
from tests.bot.test_way import changed, settle
from tests.bot.town import Town, eventually

AGENCY, GROUP = "dongmuang", "กลุ่มสำนักปลัด"
GO = "สุจริตออกจากกลุ่ม"


def joins(town: Town) -> None:
    body = {"agency": AGENCY, "person": "clerk", "group": GROUP, "event": {"type": "join"}}
    asked = requests.post(f"{town.url}/_sandbox/line/event", json=body, timeout=30)
    assert asked.json()["status"] == 200


def says(town: Town, person: str, text: str) -> None:
    assert town.say(person, text, group=GROUP)["status"] == 200


def heard(town: Town) -> str:
    """All that the group has read from the bot."""
    answer = requests.get(
        f"{town.url}/_sandbox/line/sent", params={"agency": AGENCY, "group": GROUP}, timeout=30
    )
    sent = answer.json()["messages"]
    return "\n".join(text for one in sent for text in texts_in(one["message"]))


def is_member(town: Town) -> bool:
    """Whether the bot is in the group."""
    return line_group_id(AGENCY, GROUP) in town.sandbox.line.state(AGENCY).groups


def leave_calls(town: Town) -> int:
    return len([call for call in town.sandbox.line.calls if call.name == "leave"])


def test_it_comes_takes_a_report_and_goes_when_it_is_asked_to(town: Town) -> None:
    joins(town)
    eventually(lambda: GO in heard(town), "it introduced itself")
    settle(town)
    before = town.sheet()
    says(town, "clerk", "พรุ่งนี้ประชุมเก้าโมง")
    says(town, "clerk", "รายงานผล 3 60% ประกาศแล้ว")
    says(town, "citizen", "รายงานผล 3 70% ประกาศแล้ว")
    says(town, "citizen", "แจ้งเหตุ ไฟดับหน้าวัด")
    eventually(lambda: "รับรายงานแล้ว" in heard(town), "the report was taken")
    settle(town)
    rows = changed(before, town.sheet())
    assert {tab: len(found) for tab, found in rows.items()} == {"ความก้าวหน้า": 1, "มาตรการ": 1}
    assert "เลขที่เรื่อง" not in heard(town)
    assert town.sent("citizen") == []

    says(town, "citizen", GO)
    eventually(lambda: not is_member(town), "it left")
    assert "ขอออกจากกลุ่มนี้" in heard(town)


@pytest.mark.long
@pytest.mark.parametrize("fault", ["503", "429", "applied_then_503", "drop_after"])
def test_it_goes_although_line_fails_once(town: Town, fault: str) -> None:
    joins(town)
    eventually(lambda: GO in heard(town), "it introduced itself")
    town.fault("line", "leave", fault)
    says(town, "clerk", GO)
    eventually(lambda: not is_member(town), "it left")
    assert heard(town).count("ขอออกจากกลุ่มนี้") == 1


@pytest.mark.long
def test_the_goodbye_comes_first_although_it_is_late(town: Town) -> None:
    joins(town)
    eventually(lambda: GO in heard(town), "it introduced itself")
    town.fault("line", "reply", "503", times=2)
    says(town, "clerk", GO)
    eventually(lambda: not is_member(town), "it left")
    assert "ขอออกจากกลุ่มนี้" in heard(town)
    assert leave_calls(town) == 1
