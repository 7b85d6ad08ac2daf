"""Dates and periods printed in a document's own style."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from ita.dates.fiscal import BUDDHIST_OFFSET, fiscal_year_of, month_span
from ita.dates.points import LONG_MONTHS, POINT, POINT_YEAR, SHORT_MONTHS, TO
from ita.dates.reading import FISCAL_YEAR, Period, PeriodKind, Span, read_period, spans_of
from ita.text import arabic_digits, clean, thai_digits

_LEAP_YEAR = 2567
"""Any fiscal year will do to tell an expression's kind, if only it has a 29 ก.พ."""
_SHORT_YEARS = range(2550, 2600)  # those that two digits are read as
_DASH = re.compile(rf" ?{TO} ?")
_JOINER = re.compile(r" ?(?:,|และ) ?")
_BETWEEN_DAYS = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class Style:
    """How a document writes dates; the defaults are the plainest: 27 ธ.ค. 2567.

    `gap` stands between month and year, `era` (พ.ศ. and its space) before the year, `joiner`
    between the last two of several dates. `frame` is an expression's own words around its dates
    (one piece: words without dates); they are used for periods of `kind` only.
    """

    thai_digits: bool = False
    long_months: bool = False
    short_years: bool = False
    gap: str = " "
    era: str = ""
    dash: str = " - "
    joiner: str = " และ "
    whole_months: bool = False
    kind: PeriodKind | None = None
    frame: tuple[str, ...] = ("", "")


PLAIN: Final = Style()


def thai_date(day: date) -> str:
    """A day as the agencies' documents print it, in the Buddhist era.

    >>> thai_date(date(2024, 12, 27))
    '27 ธ.ค. 2567'
    """
    return print_date(day, PLAIN)


def thai_month(day: date) -> str:
    """A day's month in the same way.

    >>> thai_month(date(2024, 12, 27))
    'ธ.ค. 2567'
    """
    return _month(day, PLAIN)


def print_date(day: date, style: Style) -> str:
    """A day in a style.

    >>> print_date(date(2024, 12, 27), style_of("๑ ต.ค.๖๗"))
    '๒๗ ธ.ค.๖๗'
    """
    return _digits(_day(day, style), style)


def print_period(period: Period, style: Style = PLAIN) -> str:
    """A period in a style: the words of the style where they mean the period, else plain ones.

    What it gives is read back as the same period, in the fiscal year of its end. A period that
    recurs keeps its own words, and so does one without days: they are all that is known of it.

    >>> print_period(read_period("ภายในเดือนธันวาคม ๒๕๖๖"), style_of("ภายในเดือน มี.ค. 67"))
    'ภายในเดือน ธ.ค. 66'
    """
    if period.start is None or period.end is None:
        return _digits(period.raw, style)
    for text in _wordings(period, style):
        if _means(text, period):
            return _digits(text, style)
    return period.raw


def style_of(raw: str) -> Style:
    """The style that an expression is written in; the plain one where it shows none.

    >>> style_of("ต.ค. ๖๗ – ก.ย. ๖๘").dash
    ' – '
    """
    shown = " ".join(clean(raw, len(raw)).split())
    text = arabic_digits(shown)
    found = list(POINT.finditer(text))
    kind = read_period(shown, _LEAP_YEAR).kind
    style = Style(thai_digits=shown != text, kind=kind, frame=_words_around_year(shown, text))
    if not found:
        return replace(style, short_years=_is_short(FISCAL_YEAR.search(text), 1))
    first, last = found[0], found[-1]
    dated = next((match for match in found if match[POINT_YEAR]), first)
    between = _BETWEEN_DAYS.findall(first["days"] or "")
    between += [text[one.end() : _start(other)] for one, other in pairwise(found)]
    gap, era = _before_year(dated)
    return replace(
        style,
        long_months="." not in first["month"],
        short_years=_is_short(dated, POINT_YEAR),
        gap=gap,
        era=era,
        dash=next(filter(_DASH.fullmatch, between), PLAIN.dash),
        joiner=next(filter(_JOINER.fullmatch, reversed(between)), PLAIN.joiner),
        whole_months=not any(match["days"] for match in found),
        frame=(shown[: _start(first)], shown[last.end() :]),
    )


def _words_around_year(shown: str, text: str) -> tuple[str, ...]:
    """The words of an expression without dates, around its fiscal year if it names one."""
    named = FISCAL_YEAR.search(text)
    if named and named[1] and not named[2]:
        return shown[: named.start(1)], shown[named.end(1) :]
    return (shown,)


def _is_short(match: re.Match[str] | None, group: int) -> bool:
    return match is not None and len(match[group] or "") == len("67")


def _start(match: re.Match[str]) -> int:
    """Where the dates themselves begin, after เดือน and the like."""
    return match.start("days") if match["days"] else match.start("month")


def _before_year(match: re.Match[str]) -> tuple[str, str]:
    """The gap after the month, and the era before the year."""
    if not match[POINT_YEAR]:
        return PLAIN.gap, PLAIN.era
    between = match.string[match.end("month") : match.start(POINT_YEAR)]
    era = between.lstrip()
    return between.removesuffix(era), era


def _wordings(period: Period, style: Style) -> Iterator[str]:
    """Ways to say a period, the nearest to the style first."""
    if period.kind == "recurring":
        yield period.raw
    elif period.kind == style.kind:
        yield _dates(period, style).join(style.frame)
    plain = replace(style, whole_months=False)
    before = {"recurring": "เป็นประจำ ", "fiscal_year": f"ปีงบประมาณ {style.era}"}
    yield before.get(period.kind, "") + _dates(period, plain)


def _means(text: str, period: Period) -> bool:
    """Whether a text is read as the period, in the fiscal year of its end."""
    read = read_period(text, None if period.end is None else fiscal_year_of(period.end))
    same = (read.kind, read.start, read.end) == (period.kind, period.start, period.end)
    return same and spans_of(read) == spans_of(period)


def _dates(period: Period, style: Style) -> str:
    """The days, months or the year of a period, without words around them."""
    spans = spans_of(period)
    first, last = spans[0]
    if period.kind == "fiscal_year":
        return _year(last.year + BUDDHIST_OFFSET, style)
    if period.kind == "within_month" or (period.kind == "date" and style.whole_months):
        return _month(last, style)
    if period.kind == "dates":
        return _several(spans, style)
    return _span(first, last, style) if period.kind != "date" else _day(last, style)


def _several(spans: Sequence[Span], style: Style) -> str:
    """5 ต.ค. 67 และ 1 เม.ย. 68; the days of one month as 5, 15 และ 25 ต.ค. 67."""
    months = {(day.year, day.month) for span in spans for day in span}
    if len(months) == 1 and all(first == last for first, last in spans):
        parts = [str(day.day) for day, _ in spans]
        tail = " " + _month(spans[0][0], style)
    else:
        parts, tail = [_part(*span, style) for span in spans], ""
    return ", ".join(parts[:-1]) + style.joiner + parts[-1] + tail


def _part(first: date, last: date, style: Style) -> str:
    if first == last:
        return _day(first, style)
    if (first, last) == month_span(first.year, first.month):
        return _month(first, style)
    return _span(first, last, style)


def _span(first: date, last: date, style: Style) -> str:
    if style.whole_months:
        return style.dash.join(_month(day, style) for day in (first, last))
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{style.dash}{_day(last, style)}"
    return style.dash.join(_day(day, style) for day in (first, last))


def _day(day: date, style: Style) -> str:
    return f"{day.day} {_month(day, style)}"


def _month(day: date, style: Style) -> str:
    name = (LONG_MONTHS if style.long_months else SHORT_MONTHS)[day.month - 1]
    return name + style.gap + style.era + _year(day.year + BUDDHIST_OFFSET, style)


def _year(year: int, style: Style) -> str:
    short = style.short_years and year in _SHORT_YEARS
    return str(year)[-2:] if short else str(year)


def _digits(text: str, style: Style) -> str:
    return thai_digits(text) if style.thai_digits else arabic_digits(text)
