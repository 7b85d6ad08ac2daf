"""เกี่ยวกับใคร: whom a protected report is about, by button, and who is left to receive it.

It is asked before the story, so that nobody whom the report names is ever on its way. A unit stands
for all that are below it; an office that is named takes the unit in which it works with it.
"""

from dataclasses import replace

from handlers.asked import Asked
from handlers.cards.protected import (
    Choice,
    about_card,
    outside_card,
    read_along_card,
    receivers_card,
)
from handlers.desk import Outcome
from handlers.pressing import press
from handlers.texts import say
from handlers.topics.complaints.carrying import WAITING, waiting
from handlers.topics.complaints.draft import Draft
from ita.changes import DropUploads
from ita.complaints.doors import Receiver, Route, route, whole_units

PROTECTED = "protected"
PAGE = 12
"""Units offered at once."""


def go(label: str, draft: Draft, verb: str, **facts: object) -> dict[str, object]:
    """A button of this draft, and of no other."""
    return press(label, PROTECTED, case=draft.begun.isoformat(), go=verb, **facts)


def tap(draft: Draft, name: str, verb: str, **facts: object) -> dict[str, object]:
    """The same with a label of the texts."""
    return go(say(draft.language, f"citizen.protected_tap.{name}"), draft, verb, **facts)


def who_is_left(asked: Asked, draft: Draft) -> Route:
    """Who may receive the report as it stands."""
    return route(asked.desk.cases.doors, draft.about, draft.struck)


def keys_left(asked: Asked, draft: Draft) -> list[str]:
    """The same by key, for a button to compare."""
    return [one.key for one in who_is_left(asked, draft).receivers]


def ask_about(asked: Asked, draft: Draft, note: str = "", first: int = 0) -> Outcome:
    """Whom it is about: the units from the one numbered `first` on, the receiving offices."""
    units = [unit.name for unit in asked.desk.agency.units]
    chosen = {*draft.about, *draft.struck}
    shown = [
        Choice(name, go(name, draft, "unit", unit=name), is_chosen=name in chosen)
        for name in units[first : first + PAGE]
    ]
    offices = [
        Choice(one.title, go(one.title, draft, "office", office=one.key), one.key in chosen)
        for one in _offices(asked)
    ]
    ways = [tap(draft, "not_sure", "unsure")]
    if len(units) > first + PAGE:
        ways.append(tap(draft, "more_units", "units", first=first + PAGE))
    elif first:
        ways.append(tap(draft, "first_units", "units", first=0))
    ways.append(tap(draft, "cancel", "cancel"))
    card = about_card(draft.language, asked.agency_name, shown, offices, ways, note)
    return Outcome((card,), step=draft.asking("about").step())


def ask_receivers(asked: Asked, draft: Draft, note: str = "") -> Outcome:
    """Who would receive it, each to be struck out; where nobody is left, where else to turn."""
    left = who_is_left(asked, draft)
    if left.is_outside_only:
        return outside_only(asked, draft)
    rows = [
        Choice(one.title, tap(draft, "strike", "strike", office=one.key)) for one in left.receivers
    ]
    ways = [
        tap(draft, "on", "ask", ask="story", left=keys_left(asked, draft)),
        tap(draft, "more_about", "units", first=0),
        *([tap(draft, "choose_anew", "anew")] if draft.about or draft.struck else []),
        tap(draft, "cancel", "cancel"),
    ]
    named = [unit for unit in draft.about if not _is_below(asked, unit, draft.about)]
    substitute = asked.desk.cases.doors.substitute
    by_substitute = substitute is not None and left.receivers == (substitute,)
    card = receivers_card(
        draft.language, asked.agency_name, named, rows, ways, note, by_substitute=by_substitute
    )
    return Outcome((card,), step=draft.asking("receivers").step())


def outside_only(asked: Asked, draft: Draft) -> Outcome:
    """Nobody of the office may see it: nothing is filed, nothing is kept."""
    card = outside_card(draft.language, asked.agency_name, asked.desk.cases.doors.outside)
    return Outcome((card,), (DropUploads(tuple(one.id for one in draft.uploads)),))


def read_along(asked: Asked, draft: Draft) -> Outcome:
    """Others read this chat: nothing is taken here, and nothing of the draft is kept."""
    cases = asked.desk.cases
    others = [one.step() for one in waiting(asked) if one.begun != draft.begun]
    card = read_along_card(
        draft.language, asked.agency_name, cases.doors.outside, cases.web_address
    )
    dropped = DropUploads(tuple(one.id for one in draft.uploads))
    return Outcome((card,), (dropped,), {WAITING: others})


def name_unit(asked: Asked, draft: Draft, unit: str) -> Draft:
    """It is about a unit, and so about all that are below it."""
    units = asked.desk.agency.units
    if unit not in (known.name for known in units):
        return draft
    return replace(draft, about=whole_units(units, {*draft.about, unit}))


def name_office(asked: Asked, draft: Draft, key: str) -> Draft:
    """It is about a receiving office: that one is struck out, and the unit that it is in."""
    office = next((one for one in _offices(asked) if one.key == key), None)
    if office is None:
        return draft
    named = strike(asked, draft, key)
    if not office.unit:
        return named
    units = asked.desk.agency.units
    return replace(named, about=whole_units(units, {*draft.about, office.unit}))


def strike(asked: Asked, draft: Draft, key: str) -> Draft:
    """A receiver that the writer does not trust with it."""
    if key in draft.struck or key not in (one.key for one in _everybody(asked)):
        return draft
    return replace(draft, struck=(*draft.struck, key))


def anew(draft: Draft) -> Draft:
    """Nobody named, nobody struck."""
    return replace(draft, about=(), struck=())


def _offices(asked: Asked) -> tuple[Receiver, ...]:
    return asked.desk.cases.doors.receivers


def _everybody(asked: Asked) -> tuple[Receiver, ...]:
    doors = asked.desk.cases.doors
    return (*doors.receivers, *filter(None, [doors.substitute]))


def _is_below(asked: Asked, name: str, others: tuple[str, ...]) -> bool:
    """Whether a unit is among them only as a part of another one."""
    parents = {unit.name: unit.parent for unit in asked.desk.agency.units}
    return parents.get(name) in others
