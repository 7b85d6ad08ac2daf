"""Complaint statistics: grievances by month, protected cases as the published half-year."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from handlers import flex
from handlers.cards.common import figure, soft
from handlers.desk import Agency, Message
from handlers.flex import Box, column, words
from handlers.texts import Language, say
from ita.complaints.statistics import FEWEST, MonthlyCases, Snapshot
from ita.dates import fiscal_year_of, thai_date, thai_month

MAX_MONTHS: Final = 12


def statistics_card(
    language: Language,
    agency: Agency,
    today: date,
    months: Sequence[MonthlyCases],
    overdue: int,
    published: Snapshot | None,
) -> Message:
    """`months` are those of today's fiscal year, newest first; `overdue` grievances of any year."""
    name, day = agency.short_name, _day(language, today)
    card = flex.bubble(
        say(language, "citizen.statistics.title"),
        soft(say(language, "citizen.statistics.as_of", agency=name, date=day)),
        _heading(say(language, "citizen.statistics.grievances", year=fiscal_year_of(today))),
        *_grievances(language, months, overdue),
        flex.separator(),
        _heading(say(language, "citizen.statistics.protected")),
        *_protected(language, published),
        soft(say(language, "citizen.statistics.only_here")),
    )
    return flex.flex_message(say(language, "citizen.statistics.alt", agency=name, date=day), card)


def _grievances(language: Language, months: Sequence[MonthlyCases], overdue: int) -> list[Box]:
    words_late = say(language, "citizen.statistics.overdue")
    late = [figure(words_late, str(overdue), flex.BAD)] if overdue else []
    if not months:
        return [words(say(language, "citizen.statistics.no_grievances")), *late]
    return [
        *_figures(
            language,
            sum(month.received for month in months),
            sum(month.completed for month in months),
            sum(month.in_progress for month in months),
        ),
        *late,
        *(_month_row(language, month) for month in months[:MAX_MONTHS]),
    ]


def _protected(language: Language, published: Snapshot | None) -> list[Box]:
    if published is None:
        return [words(say(language, "citizen.statistics.not_yet"))]
    first, last = _month(language, published.start), _month(language, published.end)
    period = soft(say(language, "citizen.statistics.half_year", first=first, last=last))
    if not published.received:
        return [period, words(say(language, "citizen.statistics.none"), weight="bold")]
    if published.completed is None or published.in_progress is None:
        received = figure(say(language, "citizen.statistics.received"), str(published.received))
        return [period, received, soft(say(language, "citizen.statistics.too_few", fewest=FEWEST))]
    kinds = [
        figure(say(language, f"citizen.statistics.{kind}"), str(count))
        for kind, count in published.by_kind.items()
    ]
    counts = (published.received, published.completed, published.in_progress)
    return [period, *_figures(language, *counts), *kinds]


def _figures(language: Language, received: int, completed: int, in_progress: int) -> list[Box]:
    return [
        figure(say(language, "citizen.statistics.received"), str(received)),
        figure(say(language, "citizen.statistics.completed"), str(completed), flex.GOOD),
        figure(say(language, "citizen.statistics.in_progress"), str(in_progress), flex.BUSY),
    ]


def _month_row(language: Language, of: MonthlyCases) -> Box:
    counts = say(
        language,
        "citizen.statistics.month",
        received=of.received,
        completed=of.completed,
        in_progress=of.in_progress,
    )
    name = words(_month(language, of.month), size="xs", weight="bold")
    return column(name, soft(counts))


def _heading(text: str) -> Box:
    return words(text, weight="bold", color=flex.BRAND)


def _day(language: Language, day: date) -> str:
    return thai_date(day) if language == "th" else f"{day.day} {day:%B %Y}"


def _month(language: Language, day: date) -> str:
    return thai_month(day) if language == "th" else f"{day:%B %Y}"
