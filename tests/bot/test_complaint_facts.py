"""[complaints] of an agency's file: offices in units that there are, and the NACC always."""

from pathlib import Path

import pytest

from bot.agencies import BadAgency, load
from bot.complaint_facts import ComplaintFacts
from ita.complaints.doors import dangers_in
from tests.bot.test_agencies import GOOD, write

OFFICES = """
[[complaints.receivers]]
key = "clerk"
title = "ปลัด"
unit = "สำนักปลัด"

[[complaints.receivers]]
key = "chief"
title = "นายก"

[complaints.substitute]
key = "district"
title = "ท้องถิ่นอำเภอ"
unit = "งานนิติการ"
"""
SECTION = '[[units]]\nname = "งานนิติการ"\nparent = "สำนักปลัด"\n\n[line]'


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAMBON_SECRET", "the-secret-itself")


def agency_file(old: str = "", new: str = "") -> str:
    """A good file with units and offices, and one thing changed in it."""
    text = GOOD.replace("[line]", SECTION) + OFFICES
    assert old in text
    return text.replace(old, new, 1)


def test_offices_in_units_and_of_none(tmp_path: Path) -> None:
    facts = load(write(tmp_path, agency_file()))["tambon"].complaints
    assert [one.unit for one in facts.doors().receivers] == ["สำนักปลัด", ""]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'title = "ปลัด"\nunit = "สำนักปลัด"', 'title = "ปลัด"\nunit = "สำนักปลัต"',
            ("complaints: ", "receiver clerk: สำนักปลัต is none of the units: สำนักปลัด, งานนิติการ"),
        ),
        (
            'unit = "งานนิติการ"', 'unit = "สำนักปลัด "',
            ("complaints: ", "substitute.unit: สำนักปลัด  is none of the units"),
        ),
        (
            'parent = "สำนักปลัด"', 'parent = "สำนัก"',
            ("tambon.toml:9: units: ", "parent of งานนิติการ: สำนัก is none of the units: สำนักปลัด"),
        ),
    ],
)  # fmt: skip
def test_a_unit_that_is_none_is_refused(
    tmp_path: Path, old: str, new: str, says: tuple[str, ...]
) -> None:
    with pytest.raises(BadAgency) as refused:
        load(write(tmp_path, agency_file(old, new)))
    for each in says:
        assert each in str(refused.value)


def test_without_units_no_office_is_in_one(tmp_path: Path) -> None:
    text = GOOD.replace('[[units]]\nname = "สำนักปลัด"\n', "") + OFFICES
    with pytest.raises(BadAgency, match="there are none"):
        load(write(tmp_path, text))


def test_the_nacc_stands_before_the_agencys_own_list() -> None:
    own = ComplaintFacts.model_validate({"outside": [{"name": "ศูนย์ตัวอย่าง", "phone": "1111"}]})
    assert [one.phone for one in own.doors().outside] == ["1205", "1111"]


def test_words_of_danger_of_its_own() -> None:
    danger = {
        "words": ["ช้าง…เข้าสวน"], "call": "หน่วยทดสอบ", "phone": "1362", "unless": ["รูปปั้นช้าง"],
    }  # fmt: skip
    doors = ComplaintFacts.model_validate({"dangers": [danger]}).doors()
    assert dangers_in(doors, "ช้างป่าเข้าสวน")
    assert not dangers_in(doors, "รูปปั้นช้างเข้าสวน")


@pytest.mark.parametrize("nothing", ["…", " ", ""])
def test_a_gap_alone_is_no_word_of_danger(nothing: str) -> None:
    with pytest.raises(ValueError, match="words"):
        ComplaintFacts.model_validate(
            {"dangers": [{"words": [nothing], "call": "หน่วยทดสอบ", "phone": "1362"}]}
        )
