"""The sentences: complete in both languages, used, and in the house's tone."""

import ast
import re
from pathlib import Path

import pytest

import handlers
from handlers.texts import TEXTS, BadTexts, load, placeholders, say

SOURCES = sorted(Path(handlers.__file__).parent.rglob("*.py"))
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]
KEY = re.compile(r"(?:citizen|staff)\.[a-z_]+\.[a-z_]*")

BANNED = re.compile("ล้มเหลว|คำสั่งไม่ถูกต้อง|ตีกลับ|ต้อง|ครับ|ค่ะ|นะคะ|ผิดพลาด|ไม่สำเร็จ|ดิฉัน|ผมจะ")

OUTSTANDING = "งานที่ต้องรายงาน"
"""The field's own name for what is outstanding, and the only ต้อง that people read."""


def _constants() -> set[str]:
    nodes = (node for tree in TREES for node in ast.walk(tree))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and KEY.fullmatch(text)}


def _calls() -> list[tuple[str, frozenset[str]]]:
    """Every say(language, "literal key", name=…) of the package: the key and the names."""
    found = []
    for node in (node for tree in TREES for node in ast.walk(tree)):
        match node:
            case ast.Call(func=ast.Name(id="say"), args=[_, ast.Constant(value=str(key))]):
                names = frozenset(word.arg for word in node.keywords if word.arg is not None)
                found.append((key, names))
    return found


def test_every_key_that_is_used_exists() -> None:
    unknown = {key for key in _constants() if not key.endswith(".")} - TEXTS["th"].keys()
    assert unknown == set()


def test_every_text_is_used() -> None:
    used = _constants()
    beginnings = tuple(key for key in used if key.endswith("."))
    unused = {key for key in TEXTS["th"] if key not in used and not key.startswith(beginnings)}
    assert unused == set()


def test_every_call_fills_exactly_the_placeholders() -> None:
    calls = _calls()
    assert len(calls) > 40
    wrong = [(key, names) for key, names in calls if names != placeholders(TEXTS["th"][key])]
    assert wrong == []


def test_english_has_the_citizens_side_and_no_more() -> None:
    assert TEXTS["en"].keys() == {key for key in TEXTS["th"] if key.startswith("citizen.")}
    assert all(
        placeholders(text) == placeholders(TEXTS["th"][key]) for key, text in TEXTS["en"].items()
    )


@pytest.mark.parametrize("key", sorted(TEXTS["th"]))
def test_the_tone(key: str) -> None:
    assert not BANNED.search(TEXTS["th"][key].replace(OUTSTANDING, ""))


@pytest.mark.parametrize("key", [key for key in TEXTS["th"] if "{agency}" in TEXTS["th"][key]])
def test_the_agencys_name_stands_apart(key: str) -> None:
    assert not re.search("[\u0e00-\u0e7f]{agency}|{agency}[\u0e00-\u0e7f]", TEXTS["th"][key])


def test_a_case_number_has_the_name_that_it_has_in_the_sheet() -> None:
    assert "เลขที่เรื่อง" in TEXTS["th"]["citizen.grievance.number"]
    assert not [key for key, text in TEXTS["th"].items() if "เลขเรื่อง" in text]


@pytest.mark.parametrize("key", sorted(TEXTS["en"]))
def test_english_is_english(key: str) -> None:
    assert not re.search("[\u0e00-\u0e7f]", TEXTS["en"][key])


@pytest.mark.parametrize("key", [key for key in TEXTS["th"] if ".button." in key])
def test_buttons_fit(key: str) -> None:
    for texts in TEXTS.values():
        assert len(texts.get(key, "").replace("{days}", "365")) <= 20


@pytest.mark.parametrize(
    ("thai", "english", "complains"),
    [
        ('[citizen.a]\nb = "x"', "", "en.toml: citizen.a.b is missing"),
        ("", '[citizen.a]\nb = "x"', "th.toml: citizen.a.b is missing"),
        ('[citizen.a]\nb = "{x}"', '[citizen.a]\nb = "{y}"', "citizen.a.b has other placeholders"),
        ("[citizen.a]\nb = 1", "", "th.toml: citizen.a.b is not a text"),
        ('[citizen.a]\nb = " "', "", "th.toml: citizen.a.b is not a text"),
        ("", '[staff.a]\nb = "x"', "th.toml: staff.a.b is missing"),
    ],
)
def test_files_that_do_not_fit_fail_at_load(thai: str, english: str, complains: str) -> None:
    with pytest.raises(BadTexts, match=re.escape(complains)):
        load(thai, english)


def test_values_are_data_and_no_patterns() -> None:
    assert "{agency}" in say("th", "citizen.scores.none", agency="{agency}")
