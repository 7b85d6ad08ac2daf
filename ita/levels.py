"""The level that a result reaches, why that one, and how far the next better one is.

Figures are compared as published: rounded half up at two digits, so that exactly 85.00 passes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from ita.criteria import Criteria, Instrument, Level

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Distance:
    """What the next better level still takes.

    `points` is the least by which the total has to rise; `instruments` holds the points that each
    instrument lacks for the level's condition, where one does.
    """

    level: str
    points: Decimal
    instruments: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level, the reason for it (one Thai sentence), and the way to the next; None at the top."""

    level: str
    reason: str
    distance: Distance | None


def rounded(value: Decimal) -> Decimal:
    """Two digits, half up, as scores are published and compared.

    >>> rounded(Decimal("84.995"))
    Decimal('85.00')
    """
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def reaches(level: Level, total: Decimal, instruments: Mapping[str, Decimal]) -> bool:
    """Whether a total and the instruments' means reach a level."""
    return rounded(total) >= level.total and not _lacking(level, instruments)


def judge(criteria: Criteria, total: Decimal, instruments: Mapping[str, Decimal]) -> Verdict:
    """The best level that is reached. The criteria have levels, the last of which begins at 0.

    An instrument that is measured in parts (EIT) is judged by its mean, because the published
    indicators join the parts; the reason says so wherever a part might decide otherwise.
    """
    levels, total = criteria.levels, rounded(total)
    at = next(i for i, level in enumerate(levels) if reaches(level, total, instruments))
    level, better = levels[at], levels[at - 1] if at else None
    reason = _reason(level, better, total, instruments) + _by_mean(criteria, level, instruments)
    distance = _distance(criteria, better, total, instruments) if better else None
    return Verdict(level.name, reason, distance)


def _lacking(level: Level, instruments: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The points that each instrument lacks for the level's condition."""
    least = level.each_instrument
    if least is None:
        return {}
    short = {name: least - rounded(mean) for name, mean in instruments.items()}
    return {name: points for name, points in short.items() if points > 0}


def _distance(
    criteria: Criteria, better: Level, total: Decimal, instruments: Mapping[str, Decimal]
) -> Distance:
    lacking = _lacking(better, instruments)
    weights = {one.name: one.weight or Decimal() for one in criteria.instruments}
    brought = sum((weights[name] * short for name, short in lacking.items()), Decimal()) / _HUNDRED
    points = rounded(max(better.total - total, brought))
    return Distance(better.name, points, {name: rounded(short) for name, short in lacking.items()})


def _reason(
    level: Level, better: Level | None, total: Decimal, instruments: Mapping[str, Decimal]
) -> str:
    if better is not None and total >= better.total:
        least = rounded(better.each_instrument or better.total)
        lacking = _lacking(better, instruments)
        low = " และ ".join(f"{name} ได้ {rounded(instruments[name])}" for name in lacking)
        reason = f"คะแนนรวม {total} ถึง {rounded(better.total)} แล้ว แต่ {low} ยังไม่ถึง {least}"
        return f"{reason} จึงอยู่ในระดับ{level.name} ไม่ใช่{better.name}"
    if level.each_instrument is not None:
        least = rounded(level.each_instrument)
        return f"คะแนนรวม {total} และทุกแบบวัดได้ {least} ขึ้นไป จึงอยู่ในระดับ{level.name}"
    if better is None:
        return f"คะแนนรวม {total} ถึง {rounded(level.total)} จึงอยู่ในระดับ{level.name}"
    return f"คะแนนรวม {total} ยังไม่ถึง {rounded(better.total)} จึงอยู่ในระดับ{level.name}"


def _by_mean(criteria: Criteria, level: Level, instruments: Mapping[str, Decimal]) -> str:
    """Which instruments were judged by their mean though a part of them may be below the level."""
    least = level.each_instrument
    if least is None:
        return ""
    unsure = [
        one
        for one in criteria.instruments
        if any(_least_of(one, part, instruments[one.name]) < least for part in one.parts.values())
    ]
    return "".join(
        f" ทั้งนี้ดู {one.name} จากคะแนนเฉลี่ย เพราะคะแนนที่ประกาศไม่ได้แยก{' กับ'.join(one.parts)}"
        for one in unsure
    )


def _least_of(instrument: Instrument, part: Decimal, mean: Decimal) -> Decimal:
    """The least that a part of this weight may have, when the other parts have all they can."""
    weight = sum(instrument.parts.values(), Decimal())
    if not part:
        return _HUNDRED
    return (weight * rounded(mean) - (weight - part) * _HUNDRED) / part
