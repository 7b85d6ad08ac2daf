"""The page's files, read without a browser: small rooms, no markup from text, every word there."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "sandbox" / "console" / "static"
SCRIPTS = sorted(STATIC.glob("*.js"))
SINKS = (
    "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
    "DOMParser", "createContextualFragment", "srcdoc", ".cssText",
)  # fmt: skip


def words() -> dict[str, int]:
    """Key → in how many languages."""
    table = (STATIC / "strings.js").read_text(encoding="utf-8")
    rows = re.findall(r'^  "?(\w+)"?: \[("[^"]*"), ("[^"]*")\],$', table, re.MULTILINE)
    return {key: len([said for said in both if said != '""']) for key, *both in rows}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_makes_no_markup_of_text(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 300
    assert [sink for sink in SINKS if sink in text] == []


def test_every_word_of_the_page_is_in_the_table_in_both_languages() -> None:
    known = words()
    asked = set(re.findall(r'data-t(?:-label|-hint)?="(\w+)"', (STATIC / "index.html").read_text()))
    for script in SCRIPTS:
        asked |= set(re.findall(r'\bt\("(\w+)"', script.read_text(encoding="utf-8")))
    assert len(known) > 100
    assert asked - known.keys() == set()
    assert {key for key, languages in known.items() if languages != 2} == set()


def test_the_page_names_no_other_host() -> None:
    """No content delivery network, no fonts from elsewhere."""
    for file in STATIC.iterdir():
        if file.suffix in (".js", ".css", ".html"):
            found = re.findall(r"(?:https?:)?//[\w-]+\.[\w.]+", file.read_text(encoding="utf-8"))
            assert found == [], file.name
