"""What is outstanding (งานที่ต้องรายงาน) on a day, and whose it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from ita.measures import Acceptance, Measure, Status
from ita.text import normalise

NEAR_DAYS = 30
"""A measure is near due from this many days before its day."""
_UNKNOWN: Mapping[int, Decimal] = MappingProxyType({})


class Why(StrEnum):
    """Why a measure is outstanding, the worst first."""

    OVERDUE = "overdue"
    NEAR_DUE = "near_due"
    RETURNED = "returned"
    NEVER_REPORTED = "never_reported"
    AWAITING_ACCEPTANCE = "awaiting_acceptance"


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A measure that waits for someone. `days_left` is negative when late, None without a date.

    `worth` are the points of the total (unrounded) that it would still bring, 0 where that is
    not known.
    """

    measure: Measure
    why: Why
    days_left: int | None
    worth: Decimal = Decimal()


def outstanding(
    measures: Sequence[Measure], today: date, worths: Mapping[int, Decimal] = _UNKNOWN
) -> tuple[Outstanding, ...]:
    """What is outstanding today, worst first, then by date, by worth (the most first), by number.

    A measure that is done never appears, nor one that was reported and is due later than
    `NEAR_DAYS`, unless it was sent back. One that waits for acceptance is nobody's lateness any
    more. `worths` are points of the total by the measures' ids.
    """
    found = [item for measure in measures if (item := _judge(measure, today, worths))]
    return tuple(sorted(found, key=_worst_first))


def belongs_to(measure_unit: str, units: Sequence[str]) -> bool:
    """Whether a measure's unit, as the agency writes it, names one of these units.

    Every unit has its part in what ทุกส่วนราชการ must do, and an office in what its section does.

    >>> belongs_to("งาน ประชาสัมพันธ์ สำนักปลัด", ["สำนักปลัดเทศบาล"])
    True
    >>> belongs_to("กองช่าง", ["กองคลัง"])
    False
    """
    mine = {_canonical(unit) for unit in units} - {""}
    parts = [_canonical(part) for part in (measure_unit, *_SEPARATORS.split(measure_unit))]
    return any(_names(part, unit) for part in parts for unit in mine)


def shared_by_all(measure_unit: str) -> bool:
    """Whether every unit of the agency has its part in a measure (ทุกส่วนราชการ).

    >>> shared_by_all("เจ้าหน้าที่ประชาสัมพันธ์/ทุกส่วนราชการ")
    True
    """
    return any(_ALL.match(_canonical(part)) for part in _SEPARATORS.split(measure_unit))


def _judge(measure: Measure, today: date, worths: Mapping[int, Decimal]) -> Outstanding | None:
    if measure.status is Status.DONE:
        return None
    end = measure.period.end
    days_left = (end - today).days if end else None
    why = _why(measure, days_left)
    if why is None:
        return None
    return Outstanding(measure, why, days_left, worths.get(measure.id, Decimal()))


def _why(measure: Measure, days_left: int | None) -> Why | None:
    if measure.status is Status.AWAITING_ACCEPTANCE:
        return Why.AWAITING_ACCEPTANCE
    if days_left is not None and days_left < 0:
        return Why.OVERDUE
    if days_left is not None and days_left <= NEAR_DAYS:
        return Why.NEAR_DUE
    if measure.acceptance is Acceptance.RETURNED:
        return Why.RETURNED
    reported = measure.last_report_at is not None or measure.output
    return None if reported else Why.NEVER_REPORTED


def _worst_first(item: Outstanding) -> tuple[int, bool, int, Decimal, int]:
    days = item.days_left
    return list(Why).index(item.why), days is None, days or 0, -item.worth, item.measure.number


# และ stands inside names too (กองยุทธศาสตร์และงบประมาณ): it parts only what begins like a unit.
_SEPARATORS = re.compile(
    r"[,/;()\n]|\s(?=กอง|สำนัก|ฝ่าย)|และ(?=\s?(?:กอง|สำนัก|งาน(?!บ)|ฝ่าย|หน่วย|ทุก|เจ้าหน้าที่))"
)
_CLERK_OFFICE = re.compile(r"สำนัก(?:งาน)?ปลัด.*")
_ALL = re.compile(r"ทุก(?:ส่วน|กอง|สำนัก|หน่วย|ฝ่าย|งาน)")
_SECTION = re.compile(r"งาน|กลุ่มงาน|ฝ่าย|เจ้าหน้าที่")
_OFFICE = re.compile(r"สำนัก|กอง|ฝ่าย")


def _canonical(unit: str) -> str:
    """One spelling of a unit: an agency has one clerk's office, whatever it adds to its name."""
    return _CLERK_OFFICE.sub("สำนักปลัด", re.sub(r"[\s.\-]", "", normalise(unit)))


def _names(part: str, unit: str) -> bool:
    if part == unit or _ALL.match(part):
        return True
    of_office = part.endswith(unit) and _SECTION.match(part)
    of_section = part.startswith(unit) and _OFFICE.match(part, len(unit))
    return bool(of_office or of_section)
