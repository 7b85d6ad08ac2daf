"""`sujarit score`: what it prints, and that what it cannot read gets one sentence and exit 2."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import main
from bot.scoring import BadScores, as_text, score
from ita.criteria import NoCriteria
from tests.bot.test_cli import SCORES_OF_SEED_003, refused, run

LACKING = (
    "o13",
    "o14",
    "o21",
    "o22",
    "o27",
    "o30",
    "o32",
    "o35",
    "o36",
    "o37",
    "o38",
    "o40",
    "o43",
)
WITH_ITEMS = {**SCORES_OF_SEED_003, "items": dict.fromkeys(LACKING, 0)}
SURVEYED = {
    "1": 98.01, "2": 93.22, "3": 92.14, "4": 91.21, "5": 88.18,
    "6": 88.45, "7": 84.85, "8": 85.61,
}  # fmt: skip


def answered(given: object) -> dict[str, Any]:
    result = run("score", "-", "--json", given=json.dumps(given))
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert isinstance(answer, dict)
    return answer


def year(number: object, **more: object) -> dict[str, object]:
    return {**SCORES_OF_SEED_003, "fiscal_year": number, **more}


def test_seed_003_with_its_thirteen_items() -> None:
    answer = answered(WITH_ITEMS)
    assert (answer["total"], answer["level"], answer["missing"]) == (78.41, "ต้องปรับปรุง", [])
    assert answer["unverified"] == answer["disagreements"] == answer["rebuilt_from_items"] == []
    assert answer["range"] == [78.41, 78.41]
    assert answer["distance"] == {"level": "ผ่าน", "points": 6.59, "instruments": {}}
    assert answer["projection"]["total"] == 93.66
    assert answer["projection"]["level"] == "ผ่านดี"
    assert answer["smallest_set"] == {
        "level": "ผ่าน",
        "items": ["o40", "o43", "o32", "o35", "o36"],
        "total": 86.16,
    }


@pytest.mark.parametrize("given", [SCORES_OF_SEED_003, WITH_ITEMS])
def test_every_item_is_listed_by_its_worth(given: dict[str, Any]) -> None:
    worth = answered(given)["worth"]
    points = {one["item"]: one["points"] for one in worth}
    assert len(points) == 43
    assert (points["o21"], points["o43"], points["o32"]) == (1.0, 2.0, 1.25)
    assert [one["points"] for one in worth] == sorted(points.values(), reverse=True)
    known = {one["item"]: (one["outstanding"], one["gain"]) for one in worth}
    assert known["o43"] == ((True, 2.0) if "items" in given else (None, None))
    assert known["o1"] == (None, None)


def test_an_item_that_is_there_brings_nothing() -> None:
    answer = answered({**SCORES_OF_SEED_003, "items": {"O43": "0", "o1": 100}})
    known = {one["item"]: (one["outstanding"], one["gain"]) for one in answer["worth"]}
    assert (known["o43"], known["o1"]) == ((True, 2.0), (False, 0.0))
    assert answer["outstanding"] == [{"item": "o43", "points": 2.0}]


def test_without_the_oit_the_span_is_said() -> None:
    answer = answered({"fiscal_year": 2566, "indicators": SURVEYED})
    assert (answer["total"], answer["level"]) == (None, None)
    assert answer["missing"] == ["9", "10"]
    assert answer["range"] == [53.66, 93.66]
    assert answer["levels"] == ["ต้องปรับปรุงโดยด่วน", "ผ่านดี"]
    assert answer["instruments"] == {"IIT": 92.55, "EIT": 86.3, "OIT": None}
    assert "53.66 ถึง 93.66" in answer["reason"]
    assert answer["projection"] is answer["smallest_set"] is answer["distance"] is None


def test_items_stand_in_for_their_indicators() -> None:
    items = {f"o{number}": 0 if f"o{number}" in LACKING else 100 for number in range(1, 44)}
    answer = answered({"fiscal_year": 2566, "indicators": SURVEYED, "items": items})
    assert (answer["total"], answer["rebuilt_from_items"]) == (78.41, ["9", "10"])
    del items["o43"]
    answer = answered({"fiscal_year": 2566, "indicators": SURVEYED, "items": items})
    assert (answer["range"], answer["missing"]) == ([78.41, 80.41], ["o43"])


def test_null_was_not_given() -> None:
    given = {"fiscal_year": 2566, "indicators": {**SURVEYED, "9": 75, "10": None}, "items": None}
    assert answered(given)["missing"] == ["10"]


def test_items_that_cannot_come_to_their_indicator_are_said() -> None:
    (said,) = answered({**WITH_ITEMS, "indicators": {**SURVEYED, "9": 90, "10": 48.75}})[
        "disagreements"
    ]
    assert "ตัวชี้วัดที่ 9 ให้มา 90.00 แต่คิดจากคะแนนรายข้อได้ 0.00 ถึง 75.00" in said


def test_2567_says_what_it_rests_on() -> None:
    answer = answered(year(2567))
    assert answer["total"] == 78.41
    assert answer["worth"] == []
    assert any("แหล่งรอง" in fact for fact in answer["unverified"])
    people = run("score", "-", given=json.dumps(year(2567))).stdout
    assert "ยังไม่ยืนยัน: น้ำหนักและเกณฑ์ระดับของปี 2567" in people


def test_for_people() -> None:
    people = run("score", "-", given=json.dumps(WITH_ITEMS)).stdout
    for words in (
        "IIT 92.55",
        "รวม 78.41 ต้องปรับปรุง",
        "อีก 6.59 คะแนนจะถึงระดับผ่าน",
        "o40 (+2.00), o43 (+2.00)",
        "ถ้าทำครบ 5 ข้อ (o40, o43, o32, o35, o36) จะได้ 86.16 ถึงระดับผ่าน",
        "ถ้าทำครบทั้ง 13 ข้อที่ยังขาด จะได้ 93.66 ระดับผ่านดี (เป็นการประมาณ ไม่ใช่คะแนนทางการ)",
    ):
        assert words in people
    partial = run("score", "-", given='{"fiscal_year": 2566, "indicators": {"1": 90}}').stdout
    assert "IIT ยังไม่ครบ" in partial
    assert "ยังไม่มีคะแนนของตัวชี้วัดที่ 2, 3" in partial


def test_a_file_as_windows_saves_it(tmp_path: Path) -> None:
    file = tmp_path / "scores.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(SCORES_OF_SEED_003, indent=1).encode())
    assert json.loads(run("score", str(file), "--json").stdout)["total"] == 78.41


YEARS = (
    (2555, "criteria of fiscal year 2555 are not known"),
    (2568, "weights and levels of fiscal year 2568 are not known"),
    (2569, "indicators of fiscal year 2569 are not known"),
    (2570, "criteria of fiscal year 2570 are not published yet"),
    (2571, "criteria of fiscal year 2571 are not published yet"),
)


@pytest.mark.parametrize(("number", "words"), YEARS)
def test_a_year_that_cannot_be_worked_out_is_said_plainly(number: int, words: str) -> None:
    assert words in refused(run("score", "-", given=json.dumps(year(number))))
    with_items = json.dumps(year(number, items={"o1": 0}))
    assert str(number) in refused(run("score", "-", given=with_items))


def test_items_of_a_year_whose_items_are_not_known() -> None:
    given = json.dumps(year(2567, items={"o1": 0}))
    assert "OIT items of fiscal year 2567 are not known" in refused(run("score", "-", given=given))


def _with(text: str) -> str:
    return json.dumps(SCORES_OF_SEED_003)[:-1] + f', "items": {text}}}'


BAD: tuple[tuple[str, str, str], ...] = (
    ("nothing", "", "looks like"),
    ("a number", "5", "looks like"),
    ("no indicators", '{"fiscal_year": 2566}', "looks like"),
    ("indicators in a list", '{"fiscal_year": 2566, "indicators": [1]}', '"indicators"'),
    ("items in a list", _with("[]"), '"items"'),
    ("items in a text", _with('"o13"'), '"items"'),
    ("not a number", _with('{"o13": NaN}'), "NaN is not a score"),
    ("without end", _with('{"o13": -Infinity}'), "-Infinity is not a score"),
    ("true", _with('{"o13": true}'), "points of o13"),
    ("a list of points", _with('{"o13": [0]}'), "points of o13"),
    ("half an item", _with('{"o13": 50}'), "scores 0 or 100, nothing else: o13"),
    ("less than nothing", _with('{"o13": -1}'), "between 0 and 100: o13"),
    ("more than all", _with('{"o13": 100.01}'), "between 0 and 100: o13"),
    ("far more than all", _with('{"o13": 1e999999}'), "between 0 and 100: o13"),
    ("beyond numbers", _with('{"o13": 1e99999999999999999999}'), "looks like"),
    ("too many digits", _with('{"o13": ' + "9" * 100_000 + "}"), "between 0 and 100"),
    ("an item that is not", _with('{"o44": 0}'), "do not know these: o44"),
    ("no item's code", _with('{"e7": 0}'), '"e7" is no code of items'),
    ("an item twice", _with('{"o13": 0, "o13": 100}'), "o13 stands twice"),
    ("an item twice, otherwise", _with('{"o13": 0, "O13": 100}'), "o13 stands twice"),
    ("a name of two lines", _with('{"o1\\n\\u0000' + "x" * 99 + '": 0}'), "is no code of items"),
    ("half a letter", _with('{"\\ud800": 0}'), "is no code of items"),
    ("indicator 0", '{"fiscal_year": 2566, "indicators": {"0": 1}}', "is no code of indicators"),
    ("indicator 1_0", '{"fiscal_year": 2566, "indicators": {"1_0": 1}}', "is no code"),
    ("indicator 11", '{"fiscal_year": 2566, "indicators": {"11": 1}}', "do not know these: 11"),
    ("points in words", '{"fiscal_year": 2566, "indicators": {"1": "1e3"}}', "points of 1"),
    ("a year in part", '{"fiscal_year": 2566.5, "indicators": {}}', "Buddhist era"),
    ("a year of words", '{"fiscal_year": "this", "indicators": {}}', "Buddhist era"),
    ("a year that is true", '{"fiscal_year": true, "indicators": {}}', "Buddhist era"),
    ("a year without end", '{"fiscal_year": 1e999999, "indicators": {}}', "Buddhist era"),
    ("deep", '{"fiscal_year": 2566, "indicators": ' + '{"a":' * 50_000, "looks like"),
    ("10 MB", " " * 10_000_000, "larger than"),
)


@pytest.mark.parametrize(("given", "words"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_what_is_wrong_is_said_in_one_sentence(given: str, words: str) -> None:
    assert words in refused(run("score", "-", "--json", given=given))


def test_what_is_no_text() -> None:
    result = CliRunner().invoke(main, ["score", "-"], input=b"\xff\xfe{}", catch_exceptions=False)
    assert "UTF-8" in refused(result)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["1", "9", "o1", "o13", "x", "indicators"]), inner)
    ),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {"fiscal_year": st.sampled_from([2566, 2567, 2568, 2569, 2570, 2599]) | JSON},
        optional={"indicators": JSON, "items": JSON},
    )
)
def test_any_json_is_answered_or_refused(given: dict[str, Any]) -> None:
    try:
        answer = score(json.dumps(given).encode())
    except (BadScores, NoCriteria) as refusal:
        answer, said = None, str(refusal)
    if answer is None:
        assert "\n" not in said
        return
    assert answer["total"] is None or 0 <= answer["total"] <= 100
    assert as_text(answer)


@given(st.binary(max_size=200))
def test_any_bytes_are_answered_or_refused(raw: bytes) -> None:
    with pytest.raises(BadScores):
        score(raw)
