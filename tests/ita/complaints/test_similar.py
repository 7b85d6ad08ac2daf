"""Grievances that may be about the same: open, titled, near by and alike; nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from ita.complaints import Case, CaseStatus, Kind, Place
from ita.complaints.similar import MOST, likeness, similar

LAMP = Case(
    2**30, "TEST-0001", Kind.GRIEVANCE, CaseStatus.RECEIVED, date(2025, 1, 15),
    title="ไฟทางดับหน้าวัด", titled=True,
)  # fmt: skip
HERE = Place("หน้าวัดตัวอย่าง", 15.0, 100.0)
WORDS = "ไฟทางหน้าวัดดับมาสามคืนแล้ว"


def north(metres: float) -> Place:
    return Place("ที่อื่น", 15.0 + metres / 111_195, 100.0)


@pytest.mark.parametrize(
    ("there", "metres"),
    [
        (HERE, 0),
        (north(299), 299),
        (north(-299), 299),
        (Place("", 15.0, 100.0 + 299 / 111_195 / 0.9659258), 299),
    ],
)
def test_what_is_near_and_alike_is_offered_with_its_distance(there: Place, metres: int) -> None:
    (found,) = similar([(LAMP, there)], HERE, WORDS)
    assert (found.case_id, found.title, found.received_on) == (
        LAMP.id,
        LAMP.title,
        LAMP.received_on,
    )
    assert found.metres == pytest.approx(metres, abs=1)


@pytest.mark.parametrize(
    ("case", "there", "words"),
    [
        (LAMP, north(301), WORDS),
        (LAMP, HERE, "น้ำประปาไม่ไหล"),
        (LAMP, HERE, ""),
        (replace(LAMP, titled=False), HERE, WORDS),
        (replace(LAMP, title=""), HERE, WORDS),
        (replace(LAMP, kind=Kind.CORRUPTION), HERE, WORDS),
        (replace(LAMP, status=CaseStatus.CLOSED), HERE, WORDS),
        (replace(LAMP, status=CaseStatus.WITHDRAWN), HERE, WORDS),
        (LAMP, Place("ที่อื่น"), WORDS),
        (LAMP, Place(""), WORDS),
    ],
    ids=[
        "too far", "not alike", "no words", "not a coordinator's title", "no title", "protected",
        "over", "taken back", "elsewhere in words", "nowhere",
    ],
)  # fmt: skip
def test_nothing_else_is(case: Case, there: Place, words: str) -> None:
    assert similar([(case, there)], HERE, words) == []


def test_without_degrees_the_words_of_the_place_must_be_the_same() -> None:
    place = Place("หน้าวัด  ตัวอย่าง")
    (found,) = similar([(LAMP, Place("หน้าวัด ตัวอย่าง"))], place, WORDS)
    assert found.metres is None
    assert similar([(LAMP, Place(""))], Place(""), WORDS) == []


def test_the_nearest_come_first_and_no_more_than_three() -> None:
    many = [(replace(LAMP, id=2**30 + far), north(far)) for far in (250, 10, 120, 60, 200)]
    found = similar(many, HERE, WORDS)
    assert [one.case_id - 2**30 for one in found] == [10, 60, 120]
    assert len(found) == MOST


def test_likeness_is_the_share_of_the_title_that_was_said() -> None:
    assert likeness("ไฟทางดับ", "ไฟทางดับ") == 1
    assert likeness("ไฟทางดับ", "") == 0
    assert likeness("", "ไฟทางดับ") == 0
    assert likeness("ไฟ ทาง ดับ", "ไฟทางดับ") == 1
