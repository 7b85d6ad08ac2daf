"""The two doors: page after page to the review, and then it is sent; nothing is kept before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
import structlog
from flask import Response, request

from bot.pages import filing, forms, photos
from bot.pages.forms import Told
from bot.pages.pace import Pace
from bot.pages.visit import Visit, is_same_origin
from handlers.events import BANGKOK
from handlers.topics.complaints.which_door import may_accuse
from ita.complaints.doors import dangers_in

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Door:
    """A door and its pages in order; the last one is the review, on which ส่ง is pressed."""

    name: str
    pages: tuple[str, ...]

    @property
    def is_grievance(self) -> bool:
        """Whether it is the one for lamps and roads."""
        return self is GRIEVANCE


GRIEVANCE: Final = Door("grievance", ("story", "review"))
PROTECTED: Final = Door("protected", ("about", "story", "review"))
SEND: Final = "send"


def begin(visit: Visit, door: Door) -> Response:
    """The first page, empty; none where no office of the agency receives such reports."""
    if not door.is_grievance and filing.offered(visit, Told()).is_outside_only:
        return visit.page("outside.html", told=Told(), door=door)
    return _page(visit, door, door.pages[0], Told())


def go_on(visit: Visit, door: Door, pace: Pace) -> Response:
    """The page that the pressed button wants, or the one on which something is to be mended."""
    told, wanted = forms.read(request.form), request.form.get("do", "")
    if not visit.is_own_form():
        return _stale(visit, door, told, wanted)
    before = door.pages if wanted == SEND else door.pages[: _index(door, wanted)]
    for page in before:
        faults = forms.faults(page, told, is_grievance=door.is_grievance)
        if faults:
            return _page(visit, door, page, told, faults)
    if _nobody_left(visit, door, told, wanted):
        return visit.page("outside.html", told=told, door=door)
    if wanted == SEND:
        return _send(visit, door, pace, told)
    return _page(visit, door, door.pages[_index(door, wanted)], told)


def _send(visit: Visit, door: Door, pace: Pace, told: Told) -> Response:
    form = filing.form_id(request.form.get("form", ""))
    try:
        filed = filing.file(visit, pace, told, form)
    except photos.Refused as refused:
        return _page(visit, door, "review", told, {"photo": f"photo_{refused.why}"}, form=form)
    except (sa.exc.SQLAlchemyError, OSError) as error:
        log.error("store away from the pages", exc_info=error)
        return _page(visit, door, "review", told, {"": "away"}, status=503, form=form)
    return visit.last_page("filed.html", filed=filed, door=door)


def _stale(visit: Visit, door: Door, told: Told, wanted: str) -> Response:
    """The form is of another time, or another's: shown again if the browser vouches for it."""
    if not is_same_origin():
        return visit.page("refused.html", 403)
    number = filing.was_filed(visit, request.form.get("form", "")) if wanted == SEND else None
    if number is not None:
        return visit.page("already.html", 403, number=number)
    *before, page = door.pages[: max(1, _index(door, wanted))]
    amiss = (one for one in before if forms.faults(one, told, is_grievance=door.is_grievance))
    return _page(visit, door, next(amiss, page), told, {"": "stale"}, status=403)


def _nobody_left(visit: Visit, door: Door, told: Told, wanted: str) -> bool:
    """Whether no office of the agency may get it, as far as it was told by this page."""
    if door.is_grievance or wanted == "about":
        return False
    of = filing.offered if wanted == "story" else filing.receivers
    return of(visit, told).is_outside_only


def _page(
    visit: Visit,
    door: Door,
    page: str,
    told: Told,
    faults: Mapping[str, str] | None = None,
    status: int = 0,
    form: str = "",
) -> Response:
    shown = _of_grievance(visit, told, page) if door.is_grievance else _of_report(visit, told)
    if page == "review":
        shown |= {"form": filing.form_id(form), "dangers": dangers_in(visit.doors, told.story)}
    return visit.page(
        f"{door.name}_{page}.html",
        status or (422 if faults else 200),
        told=told,
        door=door,
        faults=faults or {},
        **shown,
    )


def _of_grievance(visit: Visit, told: Told, page: str) -> dict[str, Any]:
    """What the pages of the first door show beside what was told."""
    if page != "review":
        return {}
    today = visit.program.clock().astimezone(BANGKOK).date()
    return {"similar": filing.similar(visit, told), "may_accuse": may_accuse(told.story, today)}


def _of_report(visit: Visit, told: Told) -> dict[str, Any]:
    """What the pages of the second door show beside what was told."""
    return {
        "units": [unit.name for unit in visit.config.facts().units],
        "everybody": filing.everybody(visit),
        "offered": filing.offered(visit, told).receivers,
        "receivers": filing.receivers(visit, told).receivers,
    }


def _index(door: Door, wanted: str) -> int:
    """Which page a button leads to: the first one where it says nothing known."""
    if wanted == SEND:
        return len(door.pages)
    return door.pages.index(wanted) if wanted in door.pages else 0
