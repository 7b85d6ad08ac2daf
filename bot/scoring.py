"""`sujarit score`: the rules of scoring on a JSON file."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from bot.score_file import BadScores, Given, bytes_of, read
from ita.criteria import Criteria, criteria_for
from ita.partial import Partial, assess_partly, completed, disagreements
from ita.projections import ItemWorth, outstanding_items, project, ranked_worths, smallest_set
from ita.scores import Assessment, Distance, IncompleteScores, assess, rounded

__all__ = ["BadScores", "as_text", "bytes_of", "score"]

_LISTED = 5


def score(raw: bytes) -> dict[str, Any]:
    """The result as `--json` prints it. Raises BadScores or ita.criteria.NoCriteria.

    Without all indicators `total` and `level` are null, `range` and `levels` say what they can
    still become. `projection` and `smallest_set` are no scores: what the result would be if the
    items that were given less than 100 were fulfilled, and the fewest of them for the next level.
    """
    given = read(raw)
    criteria = criteria_for(given.fiscal_year)
    try:
        return _answer(criteria, given)
    except IncompleteScores as error:
        raise BadScores(f"{error}.") from None


def _answer(criteria: Criteria, given: Given) -> dict[str, Any]:
    indicators = completed(criteria, given.indicators, given.items)
    rebuilt = sorted(indicators.keys() - given.indicators.keys())
    whole = indicators.keys() >= criteria.indicators.keys()
    result = (
        _whole(criteria, indicators, given.items)
        if whole
        else _partial(assess_partly(criteria, given.indicators, given.items))
    )
    odd = disagreements(criteria, given.indicators, given.items)
    return {
        "fiscal_year": given.fiscal_year,
        **result,
        "worth": _worth(criteria, given.items),
        "outstanding": _points(outstanding_items(criteria, given.items)),
        "rebuilt_from_items": [str(number) for number in rebuilt],
        "disagreements": [one.thai for one in odd],
        "unverified": list(criteria.unverified),
    }


def _whole(
    criteria: Criteria, indicators: Mapping[int, Decimal], items: Mapping[str, Decimal]
) -> dict[str, Any]:
    result = assess(criteria, indicators)
    return {
        "instruments": {name: _number(mean) for name, mean in result.instruments.items()},
        "total": _number(result.total),
        "level": result.level,
        "reason": result.reason,
        "range": [_number(result.total)] * 2,
        "levels": [result.level] * 2,
        "distance": _distance(result.distance),
        "missing": [],
        "projection": _projection(criteria, indicators, items),
        "smallest_set": _smallest_set(criteria, result, indicators, items),
    }


def _partial(result: Partial) -> dict[str, Any]:
    return {
        "instruments": {
            name: _number(low) if low == high else None
            for name, (low, high) in result.instruments.items()
        },
        "total": None,
        "level": None,
        "reason": result.reason,
        "range": [_number(end) for end in result.total],
        "levels": list(result.levels),
        "distance": None,
        "missing": list(result.missing),
        "projection": None,
        "smallest_set": None,
    }


def _projection(
    criteria: Criteria, indicators: Mapping[int, Decimal], items: Mapping[str, Decimal]
) -> dict[str, Any] | None:
    outstanding = [one.code for one in outstanding_items(criteria, items)]
    if not outstanding:
        return None
    projected = project(criteria, indicators, items, outstanding)
    return {
        "items": len(outstanding),
        "total": _number(projected.projected_total),
        "level": projected.projected_level,
        "reason": projected.projected_reason,
    }


def _smallest_set(
    criteria: Criteria,
    result: Assessment,
    indicators: Mapping[int, Decimal],
    items: Mapping[str, Decimal],
) -> dict[str, Any] | None:
    """For the next level; null at the best one, and where the items given cannot bring it."""
    better = {level.name: level for level in criteria.levels}
    target = better.get(result.distance.level) if result.distance else None
    chosen = smallest_set(criteria, indicators, items, target) if target else None
    if target is None or chosen is None:
        return None
    projected = project(criteria, indicators, items, chosen)
    return {
        "level": target.name,
        "items": list(chosen),
        "total": _number(projected.projected_total),
    }


def _worth(criteria: Criteria, items: Mapping[str, Decimal]) -> list[dict[str, Any]]:
    """Every item of the year; `outstanding` and `gain` are null where its points were not given."""
    gains = {one.code: one.points for one in outstanding_items(criteria, items)}
    return [
        {
            "item": one.code,
            "points": _number(one.points),
            "title": criteria.item_title(one.code),
            "outstanding": one.code in gains if one.code in items else None,
            "gain": _number(gains.get(one.code, Decimal())) if one.code in items else None,
        }
        for one in ranked_worths(criteria)
    ]


def _points(worths: Iterable[ItemWorth]) -> list[dict[str, Any]]:
    return [{"item": one.code, "points": _number(one.points)} for one in worths]


def _distance(distance: Distance | None) -> dict[str, Any] | None:
    if distance is None:
        return None
    short = {name: _number(points) for name, points in distance.instruments.items()}
    return {"level": distance.level, "points": _number(distance.points), "instruments": short}


def _number(value: Decimal) -> float:
    return float(rounded(value))


def as_text(result: dict[str, Any]) -> str:
    """The same for people."""
    lines = [f"{name} {_shown(mean)}" for name, mean in result["instruments"].items()]
    if result["total"] is not None:
        lines.append(f"รวม {result['total']:.2f} {result['level']}")
    lines.append(result["reason"])
    if result["rebuilt_from_items"]:
        lines.append(f"คิดจากคะแนนรายข้อ: ตัวชี้วัดที่ {', '.join(result['rebuilt_from_items'])}")
    lines += _way_up(result)
    lines += result["disagreements"]
    lines += [f"ยังไม่ยืนยัน: {fact}" for fact in result["unverified"]]
    return "\n".join(lines)


def _shown(mean: float | None) -> str:
    return "ยังไม่ครบ" if mean is None else f"{mean:.2f}"


def _way_up(result: dict[str, Any]) -> list[str]:
    """How far the next level is, and what would bring it."""
    lines = []
    if distance := result["distance"]:
        lines.append(f"อีก {distance['points']:.2f} คะแนนจะถึงระดับ{distance['level']}")
    if result["outstanding"]:
        most = result["outstanding"][:_LISTED]
        named = ", ".join(f"{one['item']} (+{one['points']:.2f})" for one in most)
        lines.append(f"ข้อที่เพิ่มคะแนนได้มากที่สุด: {named}")
    if smallest := result["smallest_set"]:
        named = ", ".join(smallest["items"])
        lines.append(
            f"ถ้าทำครบ {len(smallest['items'])} ข้อ ({named}) จะได้ {smallest['total']:.2f}"
            f" ถึงระดับ{smallest['level']}"
        )
    if projected := result["projection"]:
        lines.append(
            f"ถ้าทำครบทั้ง {projected['items']} ข้อที่ยังขาด จะได้ {projected['total']:.2f}"
            f" ระดับ{projected['level']} (เป็นการประมาณ ไม่ใช่คะแนนทางการ)"
        )
    return lines
