"""Grievances that may be about the same: open, titled, near by and alike; nothing else."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita.complaints import Case, CaseStatus, Kind, Place, Similar
from ita.complaints.similar import CELL, MOST, alike, is_near, likeness, near_by

LAMP = Case(
    2**30, "TEST-0001", Kind.GRIEVANCE, CaseStatus.RECEIVED, date(2025, 1, 15),
    title="ไฟทางดับหน้าวัด", titled=True,
)  # fmt: skip
HERE = Place("หน้าวัดตัวอย่าง", 15.0011, 100.0011)
WORDS = "ไฟทางหน้าวัดดับมาสามคืนแล้ว"


def at(north: float, east: float = 0.0) -> Place:
    """So many cells from here."""
    return Place("ที่อื่น", 15.0011 + north * CELL, 100.0011 + east * CELL)


@pytest.mark.parametrize(
    ("there", "near"),
    [
        (HERE, True),
        (at(1), True),
        (at(-1, 1), True),
        (at(0, -1), True),
        (at(2), False),
        (at(-1, -2), False),
        (Place("ที่อื่น"), False),
        (Place(""), False),
        (Place("หน้าวัด ตัวอย่าง"), False),
        (Place("หน้าวัดตัวอย่าง"), True),
    ],
)
def test_near_is_the_same_cell_or_one_beside_it_else_the_same_words(
    there: Place, near: bool
) -> None:
    assert is_near(HERE, there) is is_near(there, HERE) is near
    assert [one.case_id for one in near_by([(LAMP, [there])], HERE)] == [LAMP.id] * near


def test_without_degrees_the_words_of_the_place_must_be_the_same() -> None:
    assert is_near(Place("หน้าวัด  ตัวอย่าง"), Place("หน้าวัด ตัวอย่าง"))
    assert not is_near(Place(""), Place(""))


INSIDE = st.floats(0.001, 0.999)


@given(INSIDE, INSIDE, st.integers(-3, 3), st.integers(-3, 3), INSIDE, INSIDE)
def test_whoever_tries_out_places_learns_no_more_than_a_cell(
    up: float, right: float, north: int, east: int, more: float, further: float
) -> None:
    """Wherever in its cell a place lies, the same tries find it."""
    lies = Place("", (7500 + up) * CELL, (50_000 + right) * CELL)
    tried = Place("", (7500 + north + more) * CELL, (50_000 + east + further) * CELL)
    assert is_near(lies, tried) is (abs(north) <= 1 and abs(east) <= 1)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (LAMP, "น้ำประปาไม่ไหล"),
        (LAMP, ""),
        (replace(LAMP, titled=False), WORDS),
        (replace(LAMP, title=""), WORDS),
        (replace(LAMP, kind=Kind.CORRUPTION), WORDS),
        (replace(LAMP, status=CaseStatus.CLOSED), WORDS),
        (replace(LAMP, status=CaseStatus.WITHDRAWN), WORDS),
    ],
    ids=[
        "not alike", "no words", "not a coordinator's title", "no title", "protected", "over",
        "taken back",
    ],
)  # fmt: skip
def test_what_is_not_open_titled_and_alike_is_not_offered(case: Case, words: str) -> None:
    assert alike([LAMP], WORDS) == [LAMP]
    assert alike([case], words) == []


def test_any_place_that_was_told_of_a_case_counts() -> None:
    assert near_by([(LAMP, [at(9), HERE])], HERE)
    assert near_by([(LAMP, [at(9), at(7)]), (LAMP, [])], HERE) == []


def test_no_more_than_three_the_newest_first_whichever_is_nearer() -> None:
    many = [
        (replace(LAMP, id=2**30 + day, received_on=date(2025, 1, day)), [at(day % 2)])
        for day in (5, 9, 1, 7, 3)
    ]
    found = near_by(many, HERE)
    assert [one.received_on.day for one in found] == [9, 7, 5]
    assert len(found) == MOST


def test_how_near_it_is_is_not_told() -> None:
    assert [one.name for one in fields(Similar)] == ["case_id", "title", "received_on"]


def test_likeness_is_the_share_of_the_title_that_was_said() -> None:
    assert likeness("ไฟทางดับ", "ไฟทางดับ") == 1
    assert likeness("ไฟทางดับ", "") == 0
    assert likeness("", "ไฟทางดับ") == 0
    assert likeness("ไฟ ทาง ดับ", "ไฟทางดับ") == 1
