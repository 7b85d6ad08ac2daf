"""Answers about a case are never pushed: a push rings on whatever lies open beside others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
import sqlalchemy as sa

from bot.conversation import is_confidential
from handlers.desk import Event
from ita.complaints import Kind, OwnCase
from tests.bot.pages import DOORS as WITH_RECEIVERS
from tests.bot.test_way import body, open_work, raw_event, settle
from tests.bot.town import Town, bot_inside, eventually
from tests.handlers.case_double import DOORS, CaseDouble
from tests.handlers.desk_double import CITIZEN, DeskDouble
from tests.handlers.talk import Talk
from tests.handlers.test_own_cases import own

AGENCY, WRITER = "dongmuang", "citizen"
STORY = "มีการเรียกเงินในการอนุมัติงานตัวอย่าง"
PROTECTED = own(kind=Kind.CORRUPTION)
NOBODY_LEFT = replace(DOORS, receivers=(), substitute=None)
Turn = str | Mapping[str, Any]
"""What is written, or what the button that is pressed does."""


@dataclass
class Heard(Talk):
    """Notes of the newest answer whether it is confidential."""

    confidential: bool = False

    def _happens(self, event: Event) -> str:
        before = self.step
        read = super()._happens(event)
        self.confidential = is_confidential(event, before, self.said)
        return read


def heard(*turns: Turn, cases: CaseDouble | None = None, mine: OwnCase | None = PROTECTED) -> bool:
    """Whether the answer to the last turn is confidential."""
    known = cases or CaseDouble(of={CITIZEN.ref: [mine] if mine else []})
    one = Heard(CITIZEN, DeskDouble(cases=known))
    for turn in turns:
        if isinstance(turn, str):
            one.say(turn)
        else:
            one.do(next((each for each in one.actions if {**each, **turn} == each), turn))
    return one.confidential


@pytest.mark.parametrize(
    "turns",
    [
        ("ติดตาม", {"go": "withdraw"}, {"go": "withdraw_now"}),
        ("ติดตาม", {"go": "withdraw"}, {"go": "look"}),
        ("ติดตาม", {"go": "notices"}, {"when": "morning"}),
        ("ติดตาม", {"go": "add"}, "ยังมีอีก"),
        ("ติดตาม", {"go": "add"}, "..."),
        ("ลบข้อมูลของฉัน",),
        ("ลบข้อมูลของฉัน", {"go": "erase"}),
        ("ลบข้อมูลของฉัน", {"go": "keep"}),
        ("ร้องเรียนทุจริต",),
        ("ร้องเรียนทุจริต", "ยกเลิก"),
        ("ร้องเรียนทุจริต", STORY, {"go": "cancel"}),
        ({"do": "protected", "go": "send", "case": "gone"},),
        ({"do": "case", "go": "look", "party": "party-gone"},),
        ("ติดตาม 8765 4321 8765 4321",),
    ],
    ids=str,
)
def test_of_a_case_or_the_protected_door_it_is(turns: tuple[Turn, ...]) -> None:
    assert heard(*turns)


def test_where_only_bodies_outside_are_left_it_is() -> None:
    assert heard("ร้องเรียนทุจริต", cases=CaseDouble(doors=NOBODY_LEFT))


@pytest.mark.parametrize(
    "turns",
    [("คะแนน",), ("ช่วยเหลือ",), ("ติดตาม",), ("แจ้งเหตุ",), ("แจ้งเหตุ", "ไฟถนนดับหน้าศาลาทดสอบ")],
    ids=str,
)
def test_of_nothing_of_the_kind_it_is_not(turns: tuple[Turn, ...]) -> None:
    assert not heard(*turns, mine=None)


@pytest.fixture
def doors(made: Town) -> Iterator[Town]:
    """The town with receivers of protected reports, and the bot at work."""
    config = made.program.agencies[AGENCY]
    made.program.agencies[AGENCY] = config.model_copy(update={"complaints": WITH_RECEIVERS})
    with bot_inside(made):
        yield made


def test_an_answer_without_a_reply_token_waits_for_the_next(doors: Town) -> None:
    doors.say(WRITER, f"ร้องเรียนทุจริต {STORY}")
    settle(doors)
    before = len(doors.sent(WRITER))
    doors.deliver(body(doors, raw_event(doors, WRITER, "ยกเลิก", "LATE")))
    eventually(lambda: waits(doors), "the answer waits")
    eventually(lambda: not open_work(doors), "nobody tries to send it")
    assert len(doors.sent(WRITER)) == before
    doors.say(WRITER, "คะแนน")
    settle(doors)
    found = doors.sent(WRITER)[before:]
    assert {one["via"] for one in found} == {"reply"}
    assert "ไม่มีอะไรถูกส่ง" in str(found[0]["message"])


def waits(town: Town) -> bool:
    doubtful = "SELECT count(*) FROM message WHERE settled_at IS NULL AND attempted_at IS NOT NULL"
    with town.program.database.agency(AGENCY) as tx:
        return bool(tx.sql.scalar(sa.text(doubtful)))
