"""A case is filed from a page: once, however often the form arrives.

Number and receipt code are made of the form's own random id, so that a form that is sent again,
because its answer was lost on the way, finds what it filed. The code is made of the browser's
cookie, too, which is new after the answer: nobody gets the code by sending the form again later.
"""

import re
import secrets
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa

from bot import case_changes
from bot.pages import forms, photos
from bot.pages.pace import FILED, Pace
from bot.pages.visit import Visit
from handlers.events import BANGKOK
from handlers.topics.complaints.which_door import title_of
from ita.agency import Person
from ita.changes import FileCase
from ita.complaints import RECEIPT_DIGITS, Kind, Part, Similar, case_number
from ita.complaints.doors import Receiver, Route, route, whole_units
from store import cases
from store.database import Transaction

NOBODY: Final = Person("")
_FORM_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Filed:
    """What whoever filed a case is shown once."""

    number: str
    receipt: str = field(repr=False)


def form_id(known: str = "") -> str:
    """The id of a form that is to be sent: the one that it has, or a fresh one."""
    return known if _FORM_ID.fullmatch(known) else secrets.token_hex(16)


def receivers(visit: Visit, told: forms.Told) -> Route:
    """Who gets this report."""
    return route(visit.doors, _about(visit, told), _struck(visit, told))


def similar(visit: Visit, told: forms.Told) -> list[tuple[str, Similar]]:
    """Open grievances that may be about the same, each under the name that a page gives it.

    None while the store is away: that must not cost anybody the words on the page.
    """
    try:
        with visit.program.database.agency(visit.slug) as tx:
            found = visit.cases(tx).similar(told.where, told.story)
    except (sa.exc.SQLAlchemyError, OSError):
        return []
    return [(_name(visit, one), one) for one in found]


def everybody(visit: Visit) -> tuple[Receiver, ...]:
    """All who might get a report, the substitute last."""
    return (*visit.doors.receivers, *filter(None, [visit.doors.substitute]))


def offered(visit: Visit, told: forms.Told) -> Route:
    """Who may be struck out: who would get it otherwise, and whoever takes their place."""
    doors, about = visit.doors, _about(visit, told)
    usual = route(doors, about, told.offices).receivers
    instead = route(doors, about, {*told.offices, *(one.key for one in usual)}).receivers
    told_of = {*told.struck, *(one.key for one in receivers(visit, told).receivers)}
    return Route((*usual, *(one for one in instead if one.key in told_of)))


def file(visit: Visit, pace: Pace, told: forms.Told, form: str) -> Filed:
    """File it, or find what this form filed before. Raises photos.Refused."""
    try:
        with visit.program.database.agency(visit.slug) as tx:
            try:
                return _known(visit, tx, form) or _new(visit, tx, pace, told, form)
            except photos.Refused as error:
                refused = error  # what was kept before it belongs to no case: it goes tomorrow
        raise refused
    except sa.exc.IntegrityError:  # pressed twice, and the other one was quicker
        with visit.program.database.agency(visit.slug) as tx:
            if known := _known(visit, tx, form):
                return known
        raise


def was_filed(visit: Visit, form: str) -> str | None:
    """The number of what this form filed, whatever became of the cookie."""
    with visit.program.database.agency(visit.slug) as tx:
        known = cases.by_number(tx, _number(visit, form))
    return known.number if known else None


def _known(visit: Visit, tx: Transaction, form: str) -> Filed | None:
    receipt = _receipt(visit, form)
    known = visit.cases(tx).by_receipt(receipt)
    return Filed(known.case.number, receipt) if known else None


def _new(visit: Visit, tx: Transaction, pace: Pace, told: forms.Told, form: str) -> Filed:
    now = visit.program.clock()
    filed = Filed(_number(visit, form), _receipt(visit, form))
    kind = told.kind or Kind.GRIEVANCE
    look_first = pace.too_much(visit.slug, FILED, now)
    change = FileCase(
        number=filed.number,
        kind=kind,
        receipt=filed.receipt,
        parts=(Part(told.story),),
        uploads=photos.put(visit.program, tx, photos.sent(), pausing=look_first),
        place=told.where,
        about=_about(visit, told),
        struck=_struck(visit, told),
        contact=(told.name, told.phone),
        title="" if kind.is_protected else title_of(told.story, now.astimezone(BANGKOK).date()),
        join=_joined(visit, tx, told),
        look_first=look_first,
    )
    if case_changes.apply(visit.program, tx, change, NOBODY, "", now):
        visit.program.queue.defer_sync(tx.sql, tx.agency)
    pace.count(visit.slug, FILED, now)
    return _known(visit, tx, form) or filed  # with the number of the case that it joined


def _joined(visit: Visit, tx: Transaction, told: forms.Told) -> int | None:
    """The case that this one is the same as, as long as that one is open, near by and alike."""
    if not told.join or told.kind:
        return None
    found = visit.cases(tx).similar(told.where, told.story)
    return next((one.case_id for one in found if _name(visit, one) == told.join), None)


def _name(visit: Visit, case: Similar) -> str:
    """How a page names a case that it offers to join."""
    return visit.reference("web similar", str(case.case_id))


def _about(visit: Visit, told: forms.Told) -> tuple[str, ...]:
    """The units that it is about, with those of the offices that it is about."""
    units = visit.config.facts().units
    of_offices = {one.unit for one in everybody(visit) if one.key in told.offices}
    known = {unit.name for unit in units}
    return whole_units(units, known & {*told.about, *of_offices})


def _struck(visit: Visit, told: forms.Told) -> tuple[str, ...]:
    keys = {*told.struck, *told.offices}
    return tuple(one.key for one in everybody(visit) if one.key in keys)


def _number(visit: Visit, form: str) -> str:
    return case_number(bytes.fromhex(visit.reference("web case number", form))[:8])


def _receipt(visit: Visit, form: str) -> str:
    random = int(visit.reference("web receipt", f"{visit.secret}/{form}"), 16)
    return f"{random % 10**RECEIPT_DIGITS:0{RECEIPT_DIGITS}}"
