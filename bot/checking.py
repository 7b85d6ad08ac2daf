"""`sujarit check`: the checker on a published file, or on what stands in an agency's sheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot import importing
from bot.clock import real_clock
from bot.program import Program
from bot.sheet_document import answers, sheet_document, years_in
from ita import checks
from ita.agency import Agency
from ita.checks import Finding, Severity, years_of
from ita.checks.answers import check_answers
from ita.criteria import Criteria, NoCriteria, criteria_for
from ita.tables import UnreadableTable, read_published
from sheets.layout import BY_KEY
from sheets.snapshot import Snapshot, read_snapshot
from store import results, sheet_state

CriteriaOf = Callable[[int], Criteria]

TABS = ("measures", "scores", "items")

_HEADS = {
    Severity.ERROR: "ควรแก้ก่อนเผยแพร่",
    Severity.WARNING: "ขอให้ตรวจดู",
    Severity.NOTE: "ควรเก็บให้เรียบร้อย",
}


class BadCheck(ValueError):
    """There is nothing that could be checked: one sentence that says what to do."""


@dataclass(frozen=True)
class Checked:
    """The findings, the gravest first, and in Thai what could not be held against criteria."""

    findings: tuple[Finding, ...]
    unverified: tuple[str, ...]


def check_file(file: Path) -> Checked:
    """Check a published file. Raises UnreadableTable with one sentence."""
    return _check_file(file, None, criteria_for, real_clock().date())


def check_file_for(program: Program, slug: str, file: Path) -> Checked:
    """Check a published file in an agency's name, by the criteria that the agency goes by."""
    agency = program.agencies[slug].facts()
    with program.database.agency(slug) as tx:
        today = program.clock().date()
        return _check_file(file, agency, lambda year: results.criteria(tx, year), today)


def check_sheet(program: Program, slug: str) -> Checked:
    """Check what stands in an agency's sheet, year by year. Raises BadCheck and SheetError."""
    agency = program.agencies[slug].facts()
    snapshot = _read(program, slug)
    years = years_in(snapshot, agency.fiscal_year)
    with program.database.agency(slug) as tx:
        criteria, unverified = _criteria(years, lambda year: results.criteria(tx, year))
    today = program.clock().date()
    found = [
        finding
        for year in sorted(years, reverse=True)
        for finding in _check_year(snapshot, year, agency, criteria, today)
    ]
    return Checked(checks.in_order(found), unverified)


def as_dict(checked: Checked) -> dict[str, Any]:
    """What was found, as `--json` prints it."""
    return {
        "findings": [asdict(finding) for finding in checked.findings],
        "unverified": list(checked.unverified),
    }


def as_text(checked: Checked) -> str:
    """The same for people."""
    lines = []
    for severity, head in _HEADS.items():
        group = [finding for finding in checked.findings if finding.severity is severity]
        if group:
            lines.append(f"{head} ({len(group)})")
            lines += [line for finding in group for line in _said(finding)]
            lines.append("")
    count = len(checked.findings)
    lines.append(f"รวม {count} เรื่อง" if count else "ไม่พบสิ่งที่ควรแก้")
    lines += [f"ยังไม่ยืนยัน: {fact}" for fact in checked.unverified]
    return "\n".join(lines)


def _said(finding: Finding) -> Iterator[str]:
    yield f"  • {finding.where}: {finding.message}"
    if finding.proposal:
        yield f"    เสนอ: {finding.proposal}"


def _check_file(file: Path, agency: Agency | None, criteria_of: CriteriaOf, today: date) -> Checked:
    document = importing.document(file)
    published = read_published(document)
    years = years_of(published) | ({agency.fiscal_year} if agency else set())
    criteria, unverified = _criteria(years, criteria_of)
    found = checks.check(document, published, criteria=criteria, agency=agency, today=today)
    return Checked(found, unverified)


def _check_year(
    snapshot: Snapshot, year: int, agency: Agency, criteria: Mapping[int, Criteria], today: date
) -> Iterator[Finding]:
    document = sheet_document(snapshot, year, agency.fiscal_year)
    try:
        published = read_published(document)
    except UnreadableTable:
        published = None  # no measure and no score of that year
    if published is not None:
        yield from checks.check(document, published, criteria=criteria, agency=agency, today=today)
    yield from check_answers(answers(snapshot, year, agency.fiscal_year), criteria.get(year))


def _read(program: Program, slug: str) -> Snapshot:
    with program.database.agency(slug) as tx:
        sheet = sheet_state.load(tx)
    if sheet is None or not sheet.tabs:
        raise BadCheck(
            f"{slug} has no sheet yet: run `sujarit sheet install --agency {slug}`,"
            " or name a FILE to check."
        )
    tabs = {key: sheet.tabs[key] for key in TABS if key in sheet.tabs}
    snapshot = read_snapshot(program.google.read(sheet.spreadsheet_id, list(tabs.values())), tabs)
    if "measures" not in snapshot.views:
        title = BY_KEY["measures"].title
        raise BadCheck(f"The tab {title} has lost its hidden column of ids: bring it back first.")
    return snapshot


def _criteria(
    years: Iterable[int], criteria_of: CriteriaOf
) -> tuple[dict[int, Criteria], tuple[str, ...]]:
    """What is known of these years, and what is not, in sentences."""
    known: dict[int, Criteria] = {}
    unverified: list[str] = []
    for year in sorted(years):
        try:
            known[year] = criteria_of(year)
        except NoCriteria:
            unverified.append(f"ยังไม่มีเกณฑ์ ITA ของปีงบประมาณ {year}")
            continue
        said = known[year].not_published
        unverified += [said] if said else known[year].unverified
    return known, tuple(unverified)
