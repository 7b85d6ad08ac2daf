"""The exporter's half: a report in an agency's own columns, its cells as they were published."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.importing import as_measure
from ita.criteria import criteria_for
from ita.layouts import LAYOUTS, SCORE_HEADINGS, LayoutRow, rows, score_rows
from ita.measures import Measure
from ita.tables import Published, read_published, text_document
from ita.tables.headings import Column, read_headings
from tests.ita.made import measure
from tests.ita.reports import SCORES_2566, clean_rows, report

SEEDS = {
    "pathumrat": "000_b022a820d0604ae2.txt",
    "dongmuang": "002_cd183b99c7d21b1c.txt",
    "chatturat": "003_04e3c4b60f406543.txt",
}


def _text(shared: Path, slug: str) -> str:
    file = shared / "seeds" / SEEDS[slug]
    if not file.is_file():
        pytest.skip(f"needs ../shared/seeds/{file.name}, a published report, not in this project")
    return file.read_text(encoding="utf-8")


def _entered(published: Published) -> list[Measure]:
    """The register's measures, as an import makes them."""
    return [as_measure(one, published.fiscal_year or 0) for one in published.measures]


def _raw(found: Sequence[LayoutRow]) -> list[list[str]]:
    return [[cell.raw for cell in row.cells] for row in found]


@pytest.mark.parametrize("slug", SEEDS)
def test_seed_to_register_to_the_agencys_own_layout(shared: Path, slug: str) -> None:
    """Every cell as it stood, in the seed's own order; clean ones beside."""
    text = _text(shared, slug)
    published = read_published(text_document(text))
    found = rows(LAYOUTS[slug], _entered(published))
    width = len(LAYOUTS[slug].heads)
    lines = [line.split("\t") for line in text.splitlines()]
    in_seed = [cells for cells in lines if len(cells) == width and not read_headings(cells)]
    assert _raw(found) == in_seed[-len(found) :]
    assert len(found) == {"pathumrat": 2, "dongmuang": 10, "chatturat": 16}[slug]
    texts = [cell.text for row in found for cell in row.cells]
    assert not any("<p>" in text or "<a" in text or "  " in text for text in texts)


@pytest.mark.parametrize("slug", SEEDS)
def test_the_headings_are_the_seeds(shared: Path, slug: str) -> None:
    """Exactly, but for the breaks that the scan made spaces of."""
    headings = [heading.replace(" ", "") for heading in LAYOUTS[slug].headings]
    lines = [line.replace(" ", "").split("\t") for line in _text(shared, slug).splitlines()]
    assert headings in lines


@pytest.mark.parametrize("slug", LAYOUTS)
def test_every_heading_is_read_as_what_it_is(slug: str) -> None:
    """What we print can be imported again."""
    read = read_headings(list(LAYOUTS[slug].headings))
    assert read is not None
    assert [one.column for one in read] == [head.column for head in LAYOUTS[slug].heads]


@pytest.mark.parametrize("slug", LAYOUTS)
def test_a_report_comes_back_as_it_was(slug: str) -> None:
    text = report(clean_rows(2568), slug=slug)
    published = read_published(text_document(text))
    lines = [line.split("\t") for line in text.splitlines()[3:]]
    assert _raw(rows(LAYOUTS[slug], published.measures)) == lines
    assert _raw(rows(LAYOUTS[slug], _entered(published))) == lines


_CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30)


@given(
    cells=st.lists(
        _CELL | st.sampled_from(["๑. ก", "มาตรการที่ ๒ ข", "- ค", "<p>ง</p>"]), min_size=6, max_size=6
    )
)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_cell_comes_back(cells: list[str]) -> None:
    text = report(clean_rows(2568)[:2], slug="khamphi") + "\n" + "\t".join(cells)
    published = read_published(text_document(text))
    found = rows(LAYOUTS["khamphi"], published.measures)
    assert _raw(found) == [list(one.raw.values()) for one in published.measures]


def test_raw_and_clean_stand_side_by_side() -> None:
    cells = clean_rows(2568)
    cells[0][Column.METHOD] = "<p>แจ้ง  12 กอง</p><p>ดู https://test.go.th/2568 ข้อ o13</p>"
    published = read_published(text_document(report(cells)))
    (cell,) = [
        one
        for one, head in zip(
            rows(LAYOUTS["pathumrat"], published.measures)[0].cells,
            LAYOUTS["pathumrat"].heads,
            strict=True,
        )
        if head.column is Column.METHOD
    ]
    assert cell.raw == cells[0][Column.METHOD]
    assert cell.text == "แจ้ง ๑๒ กอง\nดู https://test.go.th/2568 ข้อ o13"


@pytest.mark.parametrize(
    ("changes", "column", "shown"),
    [
        ({"title": "ชื่อใหม่"}, Column.MEASURE, "ชื่อใหม่"),
        ({"title": "(No Gift Policy)"}, Column.MEASURE, "(No Gift Policy)"),  # the end of the old
        ({"output": "อบรมแล้ว"}, Column.OUTPUT, "อบรมแล้ว"),
        ({"outcome": ""}, Column.OUTCOME, ""),
        ({"unit": "กองช่าง"}, Column.UNIT, "กองช่าง"),
        ({"number": 9}, Column.NUMBER, "๙"),
        ({}, Column.NUMBER, "๑."),
    ],
)
def test_what_the_register_knows_better_is_shown(
    changes: dict[str, object], column: Column, shown: str
) -> None:
    published = read_published(text_document(report(clean_rows(2568))))
    changed = replace(_entered(published)[0], **changes)  # type: ignore[arg-type]
    (row,) = rows(LAYOUTS["pathumrat"], [changed])
    place = [head.column for head in LAYOUTS["pathumrat"].heads].index(column)
    assert row.cells[place].raw == shown


@pytest.mark.parametrize(
    ("slug", "first"),
    [
        ("pathumrat", "๓"),
        ("phrathaen", "๓. ประชุมชี้แจง"),
        ("dongmuang", "ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร"),
        ("chatturat", "ประชุมชี้แจง"),
        ("khamphi", "๓. ประชุมชี้แจง"),
    ],
)
def test_a_measure_that_was_never_published(slug: str, first: str) -> None:
    (row,) = rows(LAYOUTS[slug], [measure(3, "ประชุมชี้แจง", indicator=7)], criteria_for(2566))
    assert row.cells[0].raw == first


def test_a_row_under_its_indicators_words_keeps_its_empty_cell() -> None:
    cells = clean_rows(2568)
    cells[0][Column.MEASURE] = ""
    text = report(cells, slug="dongmuang")
    published = read_published(text_document(text))
    assert rows(LAYOUTS["dongmuang"], _entered(published))[0].cells[1].raw == ""


def test_scores_in_chatturats_layout(shared: Path) -> None:
    """As seed 003 prints them, but for two names that it words differently (4 and 8)."""
    points = {n: Decimal(value) for n, value in enumerate(SCORES_2566.split(), 1)}
    made = [[cell.text for cell in row] for row in score_rows(points, criteria_for(2566))]
    lines = [line.split("\t") for line in _text(shared, "chatturat").splitlines()]
    first = lines.index(list(SCORE_HEADINGS)) + 1
    published = lines[first : first + 10]
    different = [
        (row[0], place)
        for row, printed in zip(made, published, strict=True)
        for place, (mine, theirs) in enumerate(zip(row, printed, strict=True))
        if mine != theirs
    ]
    assert different == [("๔", 2), ("๘", 2)]


def test_scores_of_a_year_without_a_pass_mark() -> None:
    ((*_, name, points, passed),) = score_rows({9: Decimal("75")}, criteria_for(2568))
    assert (name.text, points.text, passed.text) == ("การเปิดเผยข้อมูล", "๗๕.๐๐", "")


@pytest.mark.parametrize(("points", "passed"), [("85.00", "ผ่านเกณฑ์"), ("84.99", "ไม่ผ่านเกณฑ์")])
def test_who_passes_in_the_score_table(points: str, passed: str) -> None:
    ((*_, last),) = score_rows({9: Decimal(points)}, criteria_for(2566))
    assert last.text == passed
