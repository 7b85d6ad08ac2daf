"""What an agency sets for its complaint doors: who receives, where else to turn, places, notices.

Whoever a protected report is about, or whom its writer strikes out, never gets to see it; nor does
anybody of a unit that it is about. If nobody is left, the agency's substitute receives it; if that
one is concerned, too, only the bodies outside are left.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ita.agency import Unit
from ita.complaints.kinds import Kind
from ita.text import normalise

GAP: Final = "…"
_GAP: Final = r"[^\n]{0,12}?"


@dataclass(frozen=True, slots=True)
class Receiver:
    """An office (never a person's name) that receives protected reports, and the unit it is in."""

    key: str
    title: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class OutsideBody:
    """Where else one can turn."""

    name: str
    phone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Danger:
    """Words of danger (any of them in a message) and whom to call first.

    "…" in a word stands for a few letters: สายไฟ…ขาด is in สายไฟฟ้าแรงสูงขาด, too. What is in
    `unless` counts for nothing: a road where รถชนกันบ่อย is no accident of now.
    """

    words: tuple[str, ...]
    call: str
    phone: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doors:
    """An agency's settings. `places` are villages or landmarks that people can tap.

    `retention_years` is how long sealed words are kept after the end, by kind; `in_sheet_when_
    closed` keeps protected cases out of the sheet until then.
    """

    receivers: tuple[Receiver, ...] = ()
    substitute: Receiver | None = None
    outside: tuple[OutsideBody, ...] = ()
    places: tuple[str, ...] = ()
    dangers: tuple[Danger, ...] = ()
    retention_years: tuple[tuple[Kind, int], ...] = ()
    in_sheet_when_closed: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """Who receives a protected report; nobody: it is for the bodies outside alone."""

    receivers: tuple[Receiver, ...]

    @property
    def is_outside_only(self) -> bool:
        """Whether no office of the agency may see it."""
        return not self.receivers


def route(doors: Doors, units: Collection[str], struck: Collection[str]) -> Route:
    """Who may receive a report about these units (by name) with these receivers (by key) struck.

    >>> clerk = Receiver("clerk", "ปลัด", "สำนักปลัด")
    >>> route(Doors(receivers=(clerk,)), {"กองช่าง"}, ()).receivers == (clerk,)
    True
    >>> route(Doors(receivers=(clerk,)), {"สำนักปลัด"}, ()).is_outside_only
    True
    """
    left = _unconcerned(doors.receivers, units, struck)
    if not left and doors.substitute is not None:
        left = _unconcerned((doors.substitute,), units, struck)
    return Route(left)


def whole_units(tree: Sequence[Unit], named: Collection[str]) -> tuple[str, ...]:
    """These units and all that are below them: whoever works in a part of one works in it.

    >>> whole_units((Unit("กองช่าง"), Unit("งานโยธา", "กองช่าง"), Unit("กองคลัง")), {"กองช่าง"})
    ('กองช่าง', 'งานโยธา')
    """
    found = set(named)
    while below := {unit.name for unit in tree if unit.parent in found} - found:
        found |= below
    known = [unit.name for unit in tree if unit.name in found]
    return (*known, *sorted(found - set(known)))


def dangers_in(doors: Doors, words: str) -> tuple[Danger, ...]:
    """The dangers that these words tell of, however they are spaced.

    >>> fire = Danger(("ไฟ…ไหม้", "fire"), "ดับเพลิง", "199", unless=("หลอดไฟไหม้",))
    >>> [bool(dangers_in(Doors(dangers=(fire,)), each)) for each in ("ไฟ กำลัง ไหม้", "หลอดไฟไหม้")]
    [True, False]
    >>> [bool(dangers_in(Doors(dangers=(fire,)), each)) for each in ("Fire!", "fired")]
    [True, False]
    """
    said = normalise(words)
    return tuple(one for one in doors.dangers if _tells_of(one, said))


def _tells_of(danger: Danger, said: str) -> bool:
    if danger.unless:
        said = _any_of(danger.unless).sub("\n", said)
    return _any_of(danger.words).search(said) is not None


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, words)))


def _pattern(word: str) -> str:
    """Latin words stand on their own; Thai ones stand in others, spaced anyhow."""
    parts = normalise(word).split(GAP)
    if word.replace(GAP, "").isascii():
        return rf"(?<![a-z]){_GAP.join(map(re.escape, parts))}(?![a-z])"
    return _GAP.join(" ?".join(map(re.escape, part.replace(" ", ""))) for part in parts)


def _unconcerned(
    receivers: Sequence[Receiver], units: Collection[str], struck: Collection[str]
) -> tuple[Receiver, ...]:
    return tuple(one for one in receivers if one.key not in struck and one.unit not in units)
