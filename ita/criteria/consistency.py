"""Whether a year's criteria agree with themselves, wherever they were written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ita.criteria.facts import Criteria, Level
from ita.dates import fiscal_year_span

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Conflict:
    """What does not agree: the field of the file, a rule in English, a sentence for people."""

    field: str
    rule: str
    thai: str


def conflict(criteria: Criteria) -> Conflict | None:
    """The first thing in the criteria that does not agree with the rest; None when all does."""
    checks = (_measured, _weights, _parts, _levels, _placed, _numbered, _counted, _calendar)
    return next((found for check in checks for found in check(criteria)), None)


def _measured(criteria: Criteria) -> Iterator[Conflict]:
    rule = "not each indicator exactly once"
    measured = Counter(number for one in criteria.instruments for number in one.indicators)
    for one in criteria.instruments:
        if not one.indicators:
            yield Conflict("instruments", rule, f"แบบวัด {one.name} ยังไม่มีตัวชี้วัด")
    for number in sorted({*criteria.indicators, *measured}):
        if number not in criteria.indicators or measured[number] != 1:
            thai = f"ยังไม่ได้บอกว่าตัวชี้วัดที่ {number} อยู่แบบวัดใด หรืออยู่มากกว่าหนึ่งแบบวัด"
            yield Conflict("instruments", rule, thai)
    if twice := _twice(one.name for one in criteria.instruments):
        yield Conflict("instruments", "a name stands twice", f"แบบวัด {twice} มีสองครั้ง")


def _weights(criteria: Criteria) -> Iterator[Conflict]:
    weights = {one.name: one.weight for one in criteria.instruments}
    known = [weight for weight in weights.values() if weight is not None]
    lacking = [name for name, weight in weights.items() if weight is None]
    if known and lacking:
        thai = f"ยังไม่มีน้ำหนักของแบบวัด {' '.join(lacking)}"
    elif known and sum(known) != _WHOLE:
        thai = f"น้ำหนักของทุกแบบวัดรวมกันได้ {_plain(sum(known))} ไม่ใช่ {_WHOLE}"
    else:
        return
    yield Conflict("instruments.weight", f"must add up to {_WHOLE}", thai)


def _parts(criteria: Criteria) -> Iterator[Conflict]:
    for one in criteria.instruments:
        total = sum(one.parts.values(), Decimal())
        if one.parts and total != one.weight:
            thai = f"น้ำหนักของทุกส่วนใน {one.name} รวมกันได้ {_plain(total)} ไม่เท่าน้ำหนักของ {one.name}"
            yield Conflict("instruments.parts", "must add up to the weight", thai)


def _levels(criteria: Criteria) -> Iterator[Conflict]:
    levels = criteria.levels
    if list(levels) != sorted(levels, key=rank, reverse=True):
        yield Conflict("levels.total", "must run from best to worst", "ระดับไม่ได้เรียงจากดีที่สุดไปน้อยที่สุด")
    if levels and (levels[-1].total or levels[-1].each_instrument is not None):
        thai = f"ยังไม่มีระดับที่เริ่มจาก 0 คะแนน ระดับต่ำสุดที่มีคือ{levels[-1].name}"
        yield Conflict("levels.total", "the last level must begin at 0, on no condition", thai)
    if twice := _twice(level.name for level in levels):
        yield Conflict("levels.name", "a name stands twice", f"ระดับ{twice}มีสองครั้ง")


def rank(level: Level) -> tuple[Decimal, Decimal]:
    """How good a level is: of two with the same total the one on a condition is better."""
    unconditional = Decimal(-1)
    each = level.each_instrument
    return level.total, unconditional if each is None else each


def _placed(criteria: Criteria) -> Iterator[Conflict]:
    rule = "not each item exactly once"
    placed = Counter(code for part in _sub_indicators(criteria) for code in part[1])
    for code in sorted({*criteria.items, *placed}) if placed else ():
        if code not in criteria.items or placed[code] != 1:
            thai = f"ยังไม่ได้บอกว่าข้อ {code} อยู่ตัวชี้วัดย่อยใด หรืออยู่มากกว่าหนึ่งแห่ง"
            yield Conflict("sub_indicators.items", rule, thai)


def _numbered(criteria: Criteria) -> Iterator[Conflict]:
    for indicator in criteria.indicators.values():
        for part in indicator.sub_indicators:
            if not part.code.startswith(f"{indicator.number}."):
                thai = f"ตัวชี้วัดย่อย {part.code} อยู่ใต้ตัวชี้วัดที่ {indicator.number}"
                yield Conflict("sub_indicators.code", "belongs to another indicator", thai)
    if twice := _twice(code for code, _ in _sub_indicators(criteria)):
        yield Conflict("sub_indicators.code", "stands twice", f"ตัวชี้วัดย่อย {twice} มีสองครั้ง")


def _counted(criteria: Criteria) -> Iterator[Conflict]:
    if criteria.items and len(criteria.items) != criteria.item_count:
        known = criteria.item_count
        thai = f"มีข้อ OIT {len(criteria.items)} ข้อ แต่จำนวนข้อของปีนี้คือ {known or 'ยังไม่ทราบ'}"
        yield Conflict("item_count", "differs from items", thai)


def _calendar(criteria: Criteria) -> Iterator[Conflict]:
    if not criteria.calendar:
        return
    first, last = fiscal_year_span(criteria.fiscal_year)
    for one in criteria.calendar:
        if not first <= one.starts <= one.ends <= last:
            yield Conflict("calendar", "outside the fiscal year", f"{one.name} อยู่นอกปีงบประมาณ")


def _sub_indicators(criteria: Criteria) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (part.code, part.items)
        for indicator in criteria.indicators.values()
        for part in indicator.sub_indicators
    ]


def _twice(names: Iterable[str]) -> str | None:
    return next((name for name, count in Counter(names).items() if count > 1), None)


def _plain(number: Decimal | int) -> str:
    return f"{number:f}"
