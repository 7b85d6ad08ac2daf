"""An answer that rests on the sheet says how old it is, once that is more than a minute."""

from datetime import timedelta

import pytest

from handlers.desk import Outcome
from ita.agency import Person
from tests.handlers.desk_double import CITIZEN, CLERK, NOW, DeskDouble, readable, said

ASKED = [("งานค้าง", CLERK), ("คะแนน", CITIZEN)]


def asked(words: str, person: Person, **age: float) -> Outcome:
    return said(words, person, DeskDouble(read_at=NOW - timedelta(**age)))


@pytest.mark.parametrize(("words", "person"), ASKED)
def test_age_is_told_from_a_minute_on(words: str, person: Person) -> None:
    assert "ข้อมูลตามชีต" not in readable(asked(words, person, seconds=60))
    assert "ณ 09:27 น. (3 นาทีที่แล้ว)" in readable(asked(words, person, minutes=3))


def test_after_an_hour_the_moment_counts_and_after_midnight_the_day() -> None:
    assert "ณ 07:30 น. (อ่านไว้นานแล้ว" in readable(asked("คะแนน", CITIZEN, hours=2))
    assert "ณ 14 ม.ค. 2568 09:30 น." in readable(asked("คะแนน", CITIZEN, days=1))


def test_nothing_outstanding_is_an_answer_with_an_age_too() -> None:
    desk = DeskDouble(all_measures=(), read_at=NOW - timedelta(minutes=3))
    assert "3 นาทีที่แล้ว" in readable(said("งานค้าง", CLERK, desk))


def test_without_a_sheet_there_is_no_age() -> None:
    assert "ข้อมูลตามชีต" not in readable(said("งานค้าง", CLERK, DeskDouble(read_at=None)))
