"""The published reports themselves, and the sample agencies made from their facts."""

import tomllib
from datetime import date
from pathlib import Path
from random import Random

import pytest

from ita.criteria import criteria_for
from ita.scores import assess
from ita.tables import Doubt, Published, ReadMeasure, read_published, text_document
from ita.tables.formats import read_document

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sandbox" / "sample"
AGENCIES = ("pathumrat", "phrathaen", "dongmuang", "chatturat", "khamphi")

OCT_1 = date(2024, 10, 1)
FY2568 = (OCT_1, date(2025, 9, 30))
DONGMUANG = [
    ("สำนักปลัด", "dates", OCT_1, date(2025, 4, 1)),
    ("กองคลัง", "date", date(2025, 10, 30), date(2025, 10, 30)),
    ("สำนักปลัด", "date", date(2024, 12, 27), date(2024, 12, 27)),
    ("สำนักปลัด", "range", *FY2568),
    ("สำนักปลัด", "date", date(2025, 6, 10), date(2025, 6, 10)),
    ("สำนักปลัด", "date", date(2025, 2, 25), date(2025, 2, 25)),
    ("สำนักปลัด", "range", *FY2568),
    ("สำนักปลัด", "date", OCT_1, OCT_1),
    ("สำนักปลัด", "date", OCT_1, OCT_1),
    ("กองคลัง", "date", OCT_1, OCT_1),
]
MISPRINTED_DATE = ("outside_fiscal_year", "๓๐ ต.ค.๖๘", "30 ต.ค. 2567")

STRATEGY, FINANCE, CLERK = "กองยุทธศาสตร์และงบประมาณ", "กองคลัง", "สำนักปลัดเทศบาล"
CHATTURAT = [
    ("e6", 7, STRATEGY, date(2024, 9, 30)),
    ("e7", 7, STRATEGY, date(2023, 12, 31)),
    ("e10", 7, CLERK, date(2023, 12, 31)),
    ("o13", 9, CLERK, date(2024, 3, 31)),
    ("o14", 9, CLERK, date(2024, 3, 31)),
    ("o21", 9, FINANCE, date(2024, 9, 30)),
    ("o22", 9, FINANCE, date(2024, 3, 31)),
    ("o27", 9, CLERK, date(2024, 3, 31)),
    ("o30", 9, STRATEGY, date(2024, 3, 31)),
    ("o32", 10, CLERK, date(2024, 3, 31)),
    ("o35", 10, CLERK, date(2024, 3, 31)),
    ("o36", 10, CLERK, date(2024, 3, 31)),
    ("o37", 10, CLERK, date(2024, 4, 30)),
    ("o38", 10, CLERK, date(2024, 3, 31)),
    ("o40", 10, CLERK, date(2024, 3, 31)),
    ("o43", 10, CLERK, date(2023, 12, 31)),
]


def _seed(shared: Path, name: str) -> Published:
    file = shared / "seeds" / name
    if not file.is_file():
        pytest.skip(f"needs ../shared/seeds/{name}, a published report, not in this project")
    return read_published(read_document(name, file.read_bytes()))


def _sample(slug: str) -> Published:
    name = f"{slug}.tsv"
    return read_published(read_document(name, (SAMPLE / "tables" / name).read_bytes()))


def _unit_and_period(measure: ReadMeasure) -> tuple[str, str, date | None, date | None]:
    period = measure.period
    return measure.unit, period.kind, period.start, period.end


def _of_kind(published: Published, kind: str) -> list[Doubt]:
    return [doubt for doubt in published.doubts if doubt.kind == kind]


def _asked(published: Published) -> list[tuple[str, str, str]]:
    return [(doubt.kind, doubt.raw, doubt.proposal) for doubt in published.doubts]


def test_pathumrat_as_published(shared: Path) -> None:
    published = _seed(shared, "000_b022a820d0604ae2.txt")
    assert (published.agency, published.fiscal_year) == ("เทศบาลตำบลปทุมรัตน์", 2567)
    assert [(one.number, one.unit, one.period.kind, one.budget) for one in published.measures] == [
        (1, "ทุกส่วนราชการ", "fiscal_year", "ไม่ใช้ งบประมาณ"),
        (2, "งาน ประชาสัมพันธ์ สำนักปลัด", "fiscal_year", "ไม่ใช้ งบประมาณ"),
    ]
    assert all(one.output and one.outcome and one.method for one in published.measures)
    assert "<p>" not in published.measures[1].output
    assert any("<p>" in cell for cell in published.measures[1].raw.values())
    assert published.doubts == ()


def test_dongmuang_as_published(shared: Path) -> None:
    published = _seed(shared, "002_cd183b99c7d21b1c.txt")
    measures = published.measures
    assert published.fiscal_year == 2568
    assert [(one.number, one.indicator) for one in measures] == [(n, n) for n in range(1, 11)]
    assert [_unit_and_period(one) for one in measures] == DONGMUANG
    assert all(one.title and one.method and one.output and one.outcome for one in measures)
    assert "No Gift Policy" in measures[2].title
    assert not any(one.title.startswith("-") or "<" in one.output for one in measures)
    assert _asked(published) == [
        ("agency", "องค์การบริหารส่วนตำบลเมือง", "องค์การบริหารส่วนตำบลดงเมือง"),
        ("heading", "ชี้วัด", "ตัวชี้วัด"),
        MISPRINTED_DATE,
    ]


def test_the_scores_of_chatturat_as_published(shared: Path) -> None:
    published = _seed(shared, "003_04e3c4b60f406543.txt")
    assert {score.fiscal_year for score in published.scores} == {2566}
    scores = {score.indicator: score.points for score in published.scores if score.points}
    result = assess(criteria_for(2566), scores)
    assert (f"{result.total}", result.level) == ("78.41", "ต้องปรับปรุง")


def test_the_plan_of_chatturat_as_published(shared: Path) -> None:
    """Its codes are damaged, so no item is taken, and each is asked about."""
    published = _seed(shared, "003_04e3c4b60f406543.txt")
    assert published.fiscal_year == 2567
    read = [(one.indicator, one.unit, one.period.end) for one in published.measures]
    assert read == [plan[1:] for plan in CHATTURAT]
    assert all(one.items == () for one in published.measures)
    proposals = {
        doubt.where: doubt.proposal for doubt in reversed(_of_kind(published, "item_code"))
    }
    codes = [plan[0] for plan in CHATTURAT]
    asked = [proposals[measure.where] for measure in published.measures]
    assert asked == [*codes[:3], "o3 หรือ o13", *codes[4:]]


def test_every_damaged_code_and_score_of_chatturat_is_asked_about(shared: Path) -> None:
    """The plan's, those of the weak points (all are printed with ๐), and those in running text."""
    published = _seed(shared, "003_04e3c4b60f406543.txt")
    codes = [(doubt.raw, doubt.proposal) for doubt in _of_kind(published, "item_code")]
    mentioned = [(doubt.raw, doubt.proposal) for doubt in _of_kind(published, "item_reference")]
    weak = [code for code, *_ in CHATTURAT[3:]]
    assert [proposal for raw, proposal in codes if raw[0] == "๐"][2:] == weak
    assert codes[0][1] == "e6"
    assert {("๕๗", "e7"), ("๕๑๐", "e10"), ("ข้อ ๐๓", "o3 หรือ o13"), ("ข้อ ๑๓๒", "o32")} <= {*codes}
    assert {("ข้อ ๐๕๐", "o40"), ("ข้อ ๐๕๓", "o43"), ("๐๑๓", "o13")} <= {*codes}
    assert len(codes) == len(CHATTURAT) + len(weak)
    assert mentioned == [("ข้อ ๐๔๒", "o42"), ("ข้อ ๐๓๖", "o36"), ("ข้อ ๐๕๒", "o42")]
    assert [(doubt.raw, doubt.proposal) for doubt in _of_kind(published, "score")] == [
        ("๓๙.๔๑", "78.41"),
        ("๓/๕.๐๐", "75.00"),
        ("๔๘.๓/๕", "48.75"),
        ("๔๘.๓๕", "48.75"),
    ]
    assert {doubt.kind for doubt in published.doubts} == {"item_code", "item_reference", "score"}
    assert all(doubt.where.startswith("บรรทัดที่ ") and doubt.reason for doubt in published.doubts)


def test_the_weak_points_of_chatturat_as_published(shared: Path) -> None:
    issues = _seed(shared, "003_04e3c4b60f406543.txt").issues
    assert [issue.code for issue in issues[:3]] == ["e6", "e7", "e10"]
    assert [str(issue.points) for issue in issues[:3]] == ["83.50", "80.20", "80.00"]
    assert sum(issue.points == 0 for issue in issues) == 13


def _scanned(text: str, run: int) -> str:
    """One letter of a hundred lost, another one, or with a space after it; no tab and no line."""
    chance = Random(run)
    letters = "กขคงจชซดตทนบปผพฟมยรลวสหอะาิีุูเแโ่้๊์๐๑๒๓๔๕๖๗๘๙"

    def worse(letter: str) -> str:
        if letter in "\n\t" or chance.random() > 0.01:
            return letter
        return chance.choice(("", chance.choice(letters), letter + " "))

    return "".join(map(worse, text))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("000_b022a820d0604ae2.txt", 2),
        ("002_cd183b99c7d21b1c.txt", 10),
        ("003_04e3c4b60f406543.txt", 16),
    ],
)
def test_a_bad_scan_loses_no_row_and_invents_none(shared: Path, name: str, count: int) -> None:
    _seed(shared, name)
    text = (shared / "seeds" / name).read_text(encoding="utf-8")
    for run in range(8):
        published = read_published(text_document(_scanned(text, run)))
        assert len(published.measures) == count, run


@pytest.mark.parametrize("slug", AGENCIES)
def test_each_sample_agency_is_a_whole_one(slug: str) -> None:
    agency = tomllib.loads((SAMPLE / "agencies" / f"{slug}.toml").read_text(encoding="utf-8"))
    published = _sample(slug)
    assert (agency["slug"], agency["name"]) == (slug, published.agency)
    assert agency["fiscal_year"] == published.fiscal_year
    assert agency["type"] in {"municipality", "sao"}
    names = [unit["name"] for unit in agency["units"]]
    assert all(unit.get("parent", names[0]) in names for unit in agency["units"])
    assert agency["line"]["channel_secret"].startswith("sample:")
    assert agency["sheet"]["spreadsheet_id"] == f"sandbox-{slug}"


def test_no_two_sample_agencies_share_a_channel_or_a_sheet() -> None:
    texts = [
        (SAMPLE / "agencies" / f"{slug}.toml").read_text(encoding="utf-8") for slug in AGENCIES
    ]
    agencies = [tomllib.loads(text) for text in texts]
    for key in ("channel_id", "channel_secret", "bot_user_id"):
        assert len({agency["line"][key] for agency in agencies}) == len(AGENCIES)


@pytest.mark.parametrize(("slug", "count"), list(zip(AGENCIES, (2, 7, 10, 16, 5), strict=True)))
def test_sample_tables_are_read_whole(slug: str, count: int) -> None:
    published = _sample(slug)
    assert [one.number for one in published.measures] == list(range(1, count + 1))
    assert all(one.unit and one.period.end for one in published.measures)
    assert all(one.output == one.outcome == "" for one in published.measures)
    assert _asked(published) == ([MISPRINTED_DATE] if slug == "dongmuang" else [])


def test_sample_of_dongmuang() -> None:
    measures = _sample("dongmuang").measures
    assert [_unit_and_period(one) for one in measures] == DONGMUANG
    assert [one.indicator for one in measures] == list(range(1, 11))
    assert "No Gift Policy" in measures[2].title
    assert "งดรับของขวัญ" in measures[2].title


def test_sample_of_chatturat() -> None:
    published = _sample("chatturat")
    read = [
        (one.title.split()[0], one.indicator, one.unit, one.period.end)
        for one in published.measures
    ]
    assert read == CHATTURAT
    assert [one.items for one in published.measures] == [
        () if code.startswith("e") else (code,) for code, *_ in CHATTURAT
    ]
    scores = {score.indicator: score.points for score in published.scores if score.points}
    assert f"{assess(criteria_for(2566), scores).total}" == "78.41"


def test_samples_of_the_two_reports_that_are_only_described() -> None:
    assert {one.period.kind for one in _sample("phrathaen").measures} == {"fiscal_year"}
    khamphi = _sample("khamphi").measures
    assert [one.period.end for one in khamphi] == [
        date(2023, 3, 31),
        *[date(2023, 9, 30)] * 4,
    ]
