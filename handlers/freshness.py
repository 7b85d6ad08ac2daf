"""How old an answer is that rests on what was last read of the shared sheet."""

from datetime import datetime, timedelta
from typing import Final

from handlers.asked import Asked
from handlers.events import BANGKOK
from handlers.texts import say
from ita.dates import thai_date

FRESH: Final = timedelta(minutes=1)


def age_words(asked: Asked) -> str:
    """When the sheet was last read, where that is more than a minute ago; else nothing."""
    read_at = asked.desk.sheet_read_at()
    if read_at is None or asked.now - read_at <= FRESH:
        return ""
    minutes = int((asked.now - read_at).total_seconds() // 60)
    key = "citizen.freshness.minutes" if minutes < 60 else "citizen.freshness.as_of"  # noqa: PLR2004 - an hour
    return say(asked.language, key, moment=_moment(read_at, asked.now), minutes=minutes)


def _moment(read_at: datetime, now: datetime) -> str:
    """The time of day, with the day before it where that is not today."""
    local = read_at.astimezone(BANGKOK)
    today = local.date() == now.astimezone(BANGKOK).date()
    return f"{local:%H:%M}" if today else f"{thai_date(local.date())} {local:%H:%M}"
