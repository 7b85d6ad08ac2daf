"""`sujarit import`: a published table, read by the rules and entered into the register."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.program import Program
from ita.agency import Agency
from ita.measures import THAI_STATUS, Measure, Status
from ita.tables import Document, Doubt, Published, ReadMeasure, UnreadableTable, read_published
from ita.tables.formats import LARGEST, read_document
from store import register, results

_LINK = re.compile(r"https://[^\s<>'\"]{1,2000}")
_SAID = {
    THAI_STATUS[status]: status
    for status in (Status.NOT_STARTED, Status.IN_PROGRESS, Status.AWAITING_ACCEPTANCE)
}


class BadImport(ValueError):
    """What was read cannot be entered: one sentence that says what to do."""


@dataclass(frozen=True)
class Entered:
    """How many measures were new, how many were there already, and how many scores."""

    new: int
    known: int
    scores: int


def read(file: Path) -> Published:
    """Read a published document of any format. Raises UnreadableTable with one sentence."""
    return read_published(document(file))


def document(file: Path) -> Document:
    """The lines of a file of any format. Raises UnreadableTable with one sentence."""
    if not file.is_file():
        raise UnreadableTable(f"ไม่พบไฟล์ {file}")
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)  # one more than is read tells that it is too large
    except OSError:
        raise UnreadableTable(f"เปิดไฟล์ {file} ไม่ได้ กรุณาตรวจสิทธิ์การอ่านไฟล์") from None
    return read_document(file.name, data)


def enter(program: Program, agency: Agency, published: Published) -> Entered:
    """Enter measures and scores in one transaction; a number that is taken stays as it is."""
    year = published.fiscal_year or agency.fiscal_year
    new = scores = 0
    try:
        with program.database.agency(agency.slug) as tx:
            for measure in published.measures:
                new += register.add_measure(tx, as_measure(measure, year)) is not None
            for score in published.scores:
                if score.points is not None:
                    results.set_score(tx, score.fiscal_year or year, score.indicator, score.points)
                    scores += 1
            program.queue.defer_sync(tx.sql, agency.slug)
    except sa.exc.NoResultFound:
        raise BadImport(
            f"{agency.slug} has no sheet yet: run `sujarit sheet install --agency {agency.slug}`."
        ) from None
    return Entered(new, len(published.measures) - new, scores)


def as_dict(published: Published) -> dict[str, Any]:
    """What was read, as `--json` prints it; dates are ISO, CE."""
    return {
        "agency": published.agency,
        "fiscal_year": published.fiscal_year,
        "measures": [_plain(asdict(measure)) for measure in published.measures],
        "scores": [_plain(asdict(score)) for score in published.scores],
        "issues": [_plain(asdict(issue)) for issue in published.issues],
        "doubts": [_plain(asdict(doubt)) for doubt in published.doubts],
    }


def as_text(published: Published, entered: Entered | None) -> str:
    """The same for people."""
    lines = [f"{published.agency or '(ไม่พบชื่อหน่วยงาน)'} ปีงบประมาณ {published.fiscal_year or '?'}"]
    lines += [f"  {m.number:>2}  {m.unit}  {m.period.raw}  {m.title}" for m in published.measures]
    lines += [f"  ตัวชี้วัดที่ {s.indicator}: {s.points or s.raw}" for s in published.scores]
    lines += [f"  โปรดตรวจ {_asked(doubt)}" for doubt in published.doubts]
    if entered:
        lines.append(
            f"นำเข้า {entered.new} มาตรการ มีอยู่แล้ว {entered.known} มาตรการ"
            f" คะแนน {entered.scores} ตัวชี้วัด"
        )
    return "\n".join(lines)


def _asked(doubt: Doubt) -> str:
    """A doubt on one line: where, why, what stands there and what it may be."""
    line = f"{doubt.where}: {doubt.reason}"
    line += f" พบว่า “{doubt.raw}”" if doubt.raw else ""
    line += f" น่าจะเป็น “{doubt.proposal}”" if doubt.proposal else ""
    return line.replace("\n", " ")


def as_measure(row: ReadMeasure, fiscal_year: int) -> Measure:
    """A row as the register keeps it; `fiscal_year` is for one that names none of its own."""
    return Measure(
        id=0,
        fiscal_year=row.fiscal_year or fiscal_year,
        number=row.number,
        title=row.title,
        unit=row.unit,
        period=row.period,
        indicator=row.indicator,
        items=row.items,
        method=row.method,
        budget=row.budget,
        status=_status(row),
        output=row.output,
        outcome=row.outcome,
        evidence=tuple(dict.fromkeys(_LINK.findall(row.evidence))),
        raw=row.raw,
    )


def _status(row: ReadMeasure) -> Status:
    """A published result says that something was done, not that anybody accepted it."""
    default = Status.IN_PROGRESS if row.output else Status.NOT_STARTED
    return _SAID.get(row.status, default)


def _plain(value: Any) -> Any:
    """Dates as ISO text and numbers of Decimal as numbers, all the way down."""
    match value:
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case date():
            return value.isoformat()
        case None | bool() | int() | str():
            return value
    return float(value)
