"""Levels, passes and the pass mark: what follows from points under the year's criteria."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ita.checks.finding import Finding, Kind, Severity
from ita.checks.result import Claim, Result, results_of, total_claims
from ita.checks.subject import Subject
from ita.criteria import Criteria
from ita.scores import rounded
from ita.tables.cells import one_line
from ita.tables.grid import Table
from ita.tables.headings import Column
from ita.tables.points import points
from ita.text import arabic_digits, normalise

_GRADE = re.compile(r"ระดับ\s{0,2}(?:ผลการประเมิน)?\s{0,3}[(“\"]?\s?(AA|[A-F])(?![A-Za-z])")
_FAILED = re.compile(r"(?:ยัง)?ไม่ผ่าน")
_PASSED = re.compile(r"ผ่าน(?:เกณฑ์)?(?: |$)")
_LEAST = re.compile(r"ผ่านเกณฑ์[^\d\n]{0,40}(\d{2,3}(?:\.\d{1,2})?)\s{0,2}คะแนน\s{0,2}ขึ้นไป")


def levels(subject: Subject) -> Iterator[Finding]:
    """A level that does not follow from the total it stands behind, in text or table."""
    for one in total_claims(subject):
        if one.result.criteria and one.result.criteria.levels:
            yield from _of_claim(one, one.result.criteria)
    for table, result in _tables_of_levels(subject):
        for row in table.rows:
            words = one_line(row.cells[table.columns.index(Column.LEVEL)])
            found = list(_judge(row.where, None, words, result))
            if found:
                yield found[0]  # the level is the whole's, so the other rows repeat it
                break


def passes(subject: Subject) -> Iterator[Finding]:
    """An indicator called passed below the pass mark, or failed above it."""
    for table in _tables_with_level(subject):
        criteria = subject.criteria_at(table.line)
        if "ระดับ" in _level_heading(table) or criteria is None or criteria.pass_mark is None:
            continue
        for row in table.rows:
            value = points(one_line(row.cells[table.columns.index(Column.POINTS)]))
            words = one_line(row.cells[table.columns.index(Column.LEVEL)])
            if value is not None:
                yield from _passed(
                    row.where, value, words, criteria.fiscal_year, criteria.pass_mark
                )


def pass_marks(subject: Subject) -> Iterator[Finding]:
    """A pass mark that is not the year's (seed 003: "๘๘ คะแนนขึ้นไป" for 85)."""
    for passage in subject.prose:
        for found in _LEAST.finditer(arabic_digits(passage.text)):
            criteria = subject.criteria_at(passage.index)
            if criteria is None or criteria.pass_mark is None:
                continue
            allowed = {criteria.pass_mark, *(level.total for level in criteria.levels)}
            if Decimal(found[1]) not in allowed:
                raw = passage.text[found.start(1) : found.end(1)]
                message = (
                    f"เกณฑ์ผ่าน {raw} คะแนน ไม่ตรงกับเกณฑ์ของปี {criteria.fiscal_year}"
                    f" ({criteria.pass_mark} คะแนน) ผู้อ่านอาจเข้าใจผลประเมินผิด"
                )
                proposal = f"{criteria.pass_mark} คะแนนขึ้นไป"
                yield Finding(Kind.LEAST_POINTS, Severity.WARNING, passage.where, message, proposal)


def _of_claim(one: Claim, criteria: Criteria) -> Iterator[Finding]:
    grade = _GRADE.search(one.after)
    if grade:
        message = (
            f"ระดับ {grade[1]} เป็นระดับแบบเดิม เกณฑ์ปี {criteria.fiscal_year} ใช้ระดับ"
            f"{' '.join(level.name for level in criteria.levels)} ผู้ตรวจจะเทียบผลไม่ได้"
        )
        proposal = " หรือ ".join(_possible(one.value, one.result))
        yield Finding(Kind.LEVEL, Severity.WARNING, one.where, message, proposal)
    elif "ระดับ" in one.after:
        yield from _judge(one.where, one.value, one.after, one.result)


def _judge(where: str, total: Decimal | None, words: str, result: Result) -> Iterator[Finding]:
    """A finding where words name a level that a total (None: the one worked out) cannot have."""
    named = _named_level(words, result.criteria)
    possible = _possible(total, result)
    if named is None or named in possible:
        return
    assessed = result.assessment
    known = assessed is not None and _is_it(total, assessed.total)
    why = (
        assessed.reason if assessed and known else f"คะแนนรวม {total} อยู่ใน{' หรือ '.join(possible)}"
    )
    message = f"ระดับ“{named}”ไม่ตรงกับเกณฑ์ของปี {result.fiscal_year}: {why}"
    yield Finding(Kind.LEVEL, Severity.ERROR, where, message, " หรือ ".join(possible))


def _possible(total: Decimal | None, result: Result) -> list[str]:
    """The levels that a total may be: one where the instruments are known, else several."""
    if result.assessment is not None and _is_it(total, result.assessment.total):
        return [result.assessment.level]
    every = result.criteria.levels if result.criteria else ()
    reached = [level for level in every if total is None or total >= level.total]
    sure = next((at for at, level in enumerate(reached) if level.each_instrument is None), None)
    return [level.name for level in (reached if sure is None else reached[: sure + 1])]


def _is_it(total: Decimal | None, assessed: Decimal) -> bool:
    return total is None or rounded(total) == assessed


def _named_level(text: str, criteria: Criteria | None) -> str | None:
    """The first level that a text names; ผ่านเกณฑ์ is none."""
    names = (
        sorted((level.name for level in criteria.levels), key=len, reverse=True) if criteria else []
    )
    pattern = "|".join(re.escape(name) for name in names)
    found = re.search(rf"({pattern})(?!เกณฑ์)", normalise(text)) if names else None
    return found[1] if found else None


def _passed(where: str, value: Decimal, words: str, year: int, mark: Decimal) -> Iterator[Finding]:
    passed = value >= mark
    if _FAILED.match(words) if passed else _PASSED.match(words):
        right = "ผ่านเกณฑ์" if passed else "ไม่ผ่านเกณฑ์"
        message = (
            f"คะแนน {value} เขียนว่า “{words}” แต่เกณฑ์ผ่านของปี {year} คือ {rounded(mark)} คะแนน"
            " จึงอาจวิเคราะห์ตัวชี้วัดนี้ผิดกลุ่ม"
        )
        yield Finding(Kind.PASSED, Severity.ERROR, where, message, right)


def _tables_of_levels(subject: Subject) -> Iterator[tuple[Table, Result]]:
    """Tables of scores with a column for the level of the whole, as our own sheet has it."""
    results = results_of(subject)
    for table in _tables_with_level(subject):
        result = results.get(subject.year_before(table.line) or subject.fiscal_year)
        if "ระดับ" in _level_heading(table) and result and result.assessment:
            yield table, result


def _tables_with_level(subject: Subject) -> Iterator[Table]:
    """Tables of one year's scores that judge them."""
    for table in subject.grid.tables:
        columns = table.columns
        if table.lists_scores and Column.LEVEL in columns and columns.count(Column.POINTS) == 1:
            yield table


def _level_heading(table: Table) -> str:
    return one_line(table.headings[table.columns.index(Column.LEVEL)].raw)
