"""Where it is: a place of the agency's that the words name, or what somebody typed."""

import re
from collections.abc import Sequence
from typing import Final

from handlers.texts import Language, say
from ita.complaints import Place
from ita.text import normalise

LONGEST: Final = 200
_VILLAGE: Final = re.compile(r"(?:หมู่(?:บ้าน)?(?:ที่)?|(?<![ก-๎])ม\.?|\bmoo)\s*(\d{1,2})(?!\d)")
SHORTEST_NAME: Final = 4


def typed(words: str) -> Place:
    """What somebody wrote, on one line and at most 200 characters."""
    return Place(" ".join(words.split())[:LONGEST].rstrip())


def named(words: str, places: Sequence[str]) -> Place | None:
    """The one place of the agency's that the words name, in full or by the number of its village.

    >>> named("ไฟดับ ม.2", ("หมู่ 1 บ้านเหนือ", "หมู่ 2 บ้านใต้")).words
    'หมู่ 2 บ้านใต้'
    """
    said, villages = normalise(words), set(_VILLAGE.findall(normalise(words)))
    found = [one for one in places if _is_named(normalise(one), said, villages)]
    return Place(found[0]) if len(found) == 1 else None


def _is_named(place: str, said: str, villages: set[str]) -> bool:
    name = _VILLAGE.sub("", place).strip()
    by_name = len(name) >= SHORTEST_NAME and name in said
    return by_name or bool(villages & set(_VILLAGE.findall(place)))


def shown(language: Language, place: Place) -> str:
    """The place in words; "" where none was told."""
    if place.words or place.latitude is None:
        return place.words
    return say(language, "citizen.tell.by_map")
