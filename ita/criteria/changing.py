"""Changes of one fact in a year's criteria, as an agency's sheet may ask for them.

Each takes criteria, what the row is about (o21, iit, ผ่านดี: normalised, without spaces) and its
value, and gives the criteria that follow; BadValue says in Thai why it cannot. What is taken in
need not agree with the rest.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from ita.criteria.consistency import rank
from ita.criteria.facts import Criteria, Indicator, Instrument, Item, Level, SubIndicator
from ita.text import normalise

_NONE = "ไม่มี"
_MOST = 100
_MOST_ITEMS = 99
_POINTS = re.compile(r"(?:ร้อยละ ?)?(\d{1,3}(?:\.\d{1,2})?) ?(?:%|คะแนน)?")
_SUB_INDICATOR = re.compile(r"([1-9]\d?)\.[1-9]\d?")
_COUNT = re.compile(r"([1-9]\d?)(?: ?ข้อ)?")
_INSTRUMENT = re.compile(r"[a-zA-Z]{1,10}")


class BadValue(ValueError):
    """A value that a fact cannot have; str() is Thai and follows the word เพราะ."""


def measured_by(criteria: Criteria, about: str, value: str) -> Criteria:
    """The instrument of an indicator; both are made where they are not known."""
    number = int(about)
    if not _INSTRUMENT.fullmatch(value):
        raise BadValue(f"“{value}” ไม่ใช่ชื่อแบบวัด เช่น IIT")
    moved = [
        replace(one, indicators=_without(one.indicators, number)) for one in criteria.instruments
    ]
    changed = _with_indicator(replace(criteria, instruments=tuple(moved)), number)
    known = _instrument(changed, value)
    indicators = tuple(sorted((*known.indicators, number)))
    return _put_instrument(changed, replace(known, indicators=indicators))


def indicator_name(criteria: Criteria, about: str, value: str) -> Criteria:
    """The name of an indicator."""
    number = int(about)
    changed = _with_indicator(criteria, number)
    named = replace(changed.indicators[number], name=value)
    return replace(changed, indicators={**changed.indicators, number: named})


def weight(criteria: Criteria, about: str, value: str) -> Criteria:
    """The weight of an instrument; parts that no longer add up to it are not known any more."""
    known, points = _instrument(criteria, about), _points(value)
    parts = known.parts if points == known.weight else {}
    return _put_instrument(criteria, replace(known, weight=points, parts=parts))


def part(criteria: Criteria, about: str, value: str) -> Criteria:
    """The weight of a part of an instrument (EIT ส่วนที่ 1)."""
    instrument, number = about.split("ส่วนที่")
    known = _instrument(criteria, instrument)
    parts = {**known.parts, f"ส่วนที่ {number}": _points(value)}
    return _put_instrument(criteria, replace(known, parts=parts))


def placed(criteria: Criteria, about: str, value: str) -> Criteria:
    """The sub-indicator of an item; item, sub-indicator and indicator are made where not known."""
    bare = _without_item(criteria, about)
    if value == _NONE:
        return replace(bare, items={key: one for key, one in bare.items.items() if key != about})
    found = _SUB_INDICATOR.fullmatch(value)
    if not found:
        raise BadValue(f"“{value}” ไม่ใช่ตัวชี้วัดย่อย เช่น 9.3")
    changed = _with_item(_with_indicator(bare, int(found[1])), about)
    indicator = changed.indicators[int(found[1])]
    parts = {one.code: one for one in indicator.sub_indicators}
    items = parts[value].items if value in parts else ()
    name = next((one.name for one in _parts(criteria, int(found[1])) if one.code == value), "")
    parts[value] = SubIndicator(value, name, _in_order((*items, about)))
    return _put_parts(changed, indicator, parts.values())


def sub_indicator_name(criteria: Criteria, about: str, value: str) -> Criteria:
    """The name of a sub-indicator that has items."""
    number = int(about.split(".", maxsplit=1)[0])
    parts = {one.code: one for one in _parts(criteria, number)}
    if about not in parts:
        raise BadValue(f"ยังไม่มีข้อใดอยู่ในตัวชี้วัดย่อย {about}")
    parts[about] = replace(parts[about], name=value)
    return _put_parts(criteria, criteria.indicators[number], parts.values())


def title(criteria: Criteria, about: str, value: str) -> Criteria:
    """The title of an item; what it asks for is not known of an item of another title."""
    changed = _with_item(criteria, about)
    known = changed.items[about]
    item = known if known.title == value else Item(value)
    return replace(changed, items={**changed.items, about: item})


def item_count(criteria: Criteria, _about: str, value: str) -> Criteria:
    """The number of the year's items."""
    found = _COUNT.fullmatch(value)
    if not found:
        raise BadValue(f"“{value}” ไม่ใช่จำนวนข้อ 1 ถึง {_MOST_ITEMS}")
    return replace(criteria, item_count=int(found[1]))


def pass_mark(criteria: Criteria, _about: str, value: str) -> Criteria:
    """The points at which an indicator passes."""
    return replace(criteria, pass_mark=_points(value))


def level(criteria: Criteria, about: str, value: str) -> Criteria:
    """The least total of a level; ไม่มี takes the level away."""
    known, others = _level(criteria, about)
    if value == _NONE:
        return replace(criteria, levels=tuple(others))
    known = known or Level(about.upper(), Decimal())
    return _put_levels(criteria, [*others, replace(known, total=_points(value))])


def level_condition(criteria: Criteria, about: str, value: str) -> Criteria:
    """The least of every instrument for a level; ไม่มี takes the condition away."""
    known, others = _level(criteria, about)
    if known is None:
        raise BadValue(f"ยังไม่มีระดับ{about} ขอให้เพิ่มแถว ระดับ {about} ด้วย")
    each = None if value == _NONE else _points(value)
    return _put_levels(criteria, [*others, replace(known, each_instrument=each)])


def completed(criteria: Criteria) -> Criteria:
    """The criteria with what follows from them: a count of items where nobody gave one."""
    instruments = tuple(one for one in criteria.instruments if one.indicators or one.weight)
    count = criteria.item_count or len(criteria.items) or None
    return replace(criteria, instruments=instruments, item_count=count)


def _points(value: str) -> Decimal:
    found = _POINTS.fullmatch(value)
    points = Decimal(found[1]) if found else None
    if points is None or points > _MOST:
        raise BadValue(f"“{value}” ไม่ใช่ตัวเลข 0 ถึง {_MOST}")
    return points


def _without(numbers: tuple[int, ...], number: int) -> tuple[int, ...]:
    return tuple(one for one in numbers if one != number)


def _instrument(criteria: Criteria, name: str) -> Instrument:
    """The instrument of this name, in whatever case, or a new one."""
    same = [one for one in criteria.instruments if one.name.casefold() == name.casefold()]
    return same[0] if same else Instrument(name.upper(), ())


def _put_instrument(criteria: Criteria, instrument: Instrument) -> Criteria:
    known = {one.name: one for one in criteria.instruments}
    return replace(criteria, instruments=tuple({**known, instrument.name: instrument}.values()))


def _level(criteria: Criteria, name: str) -> tuple[Level | None, list[Level]]:
    """The level of this name, if there is one, and the others."""
    same = [one for one in criteria.levels if normalise(one.name).replace(" ", "") == name]
    return next(iter(same), None), [one for one in criteria.levels if one not in same]


def _parts(criteria: Criteria, number: int) -> tuple[SubIndicator, ...]:
    indicator = criteria.indicators.get(number)
    return indicator.sub_indicators if indicator else ()


def _with_indicator(criteria: Criteria, number: int) -> Criteria:
    new = Indicator(number, criteria.indicator_name(number))
    indicators = {number: new, **criteria.indicators}
    return replace(criteria, indicators=dict(sorted(indicators.items())))


def _with_item(criteria: Criteria, code: str) -> Criteria:
    items = {code: Item(), **criteria.items}
    return replace(criteria, items={key: items[key] for key in _in_order(items)})


def _without_item(criteria: Criteria, code: str) -> Criteria:
    """The criteria with the item in no sub-indicator; a sub-indicator without items is none."""
    changed = criteria
    for indicator in criteria.indicators.values():
        parts = [
            replace(one, items=tuple(item for item in one.items if item != code))
            for one in indicator.sub_indicators
        ]
        changed = _put_parts(changed, indicator, [one for one in parts if one.items])
    return changed


def _put_parts(criteria: Criteria, indicator: Indicator, parts: Iterable[SubIndicator]) -> Criteria:
    ordered = sorted(parts, key=lambda one: int(one.code.split(".")[1]))
    put = replace(indicator, sub_indicators=tuple(ordered))
    return replace(criteria, indicators={**criteria.indicators, indicator.number: put})


def _put_levels(criteria: Criteria, levels: Iterable[Level]) -> Criteria:
    return replace(criteria, levels=tuple(sorted(levels, key=rank, reverse=True)))


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: int(code[1:])))
