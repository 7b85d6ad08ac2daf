"""The two complaint doors on the web, for whoever does not want LINE to know.

GET /complaints/<agency> to choose, /grievance and /protected to file, /follow with a receipt code.
Plain forms without JavaScript. No address of anybody is written down, and no draft is kept here.
"""

from collections.abc import Callable, Mapping
from typing import Final

import sqlalchemy as sa
import structlog
from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import RequestEntityTooLarge

from bot.pages import doors, following, photos
from bot.pages.pace import Pace
from bot.pages.visit import visit
from bot.program import Program
from ita.complaints import THAI_KIND, receipt_shown
from ita.dates import thai_date

DOORS = {door.name: door for door in (doors.GRIEVANCE, doors.PROTECTED)}
FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "thai_date": thai_date,
    "kind_words": THAI_KIND.__getitem__,
    "groups": lambda code: receipt_shown(code).split(),
}

log = structlog.get_logger()


def complaint_pages(program: Program) -> Blueprint:
    """All of them."""
    room, pace = Blueprint("complaints", __name__, template_folder="templates"), Pace()

    @room.get("/complaints/<agency>")
    def choose(agency: str) -> Response:
        return visit(program, agency).page("choose.html")

    @room.route("/complaints/<agency>/<name>", methods=["GET", "POST"])
    def door(agency: str, name: str) -> Response:
        here = visit(program, agency)
        if name not in DOORS:
            abort(404)
        if request.method != "POST":
            return doors.begin(here, DOORS[name])
        with photos.awaited(program):
            return doors.go_on(here, DOORS[name], pace)

    @room.route("/complaints/<agency>/follow", methods=["GET", "POST"])
    def follow(agency: str) -> Response:
        here = visit(program, agency)
        if request.method != "POST":
            return following.begin(here)
        with photos.awaited(program):
            return following.go_on(here, pace)

    def too_large(_error: Exception) -> Response:
        return visit(program, _agency()).page("too_large.html", 413)

    def away(error: Exception) -> Response:
        log.error("store away from the pages", exc_info=error)
        return visit(program, _agency()).page("away.html", 503)

    room.register_error_handler(RequestEntityTooLarge, too_large)
    room.register_error_handler(sa.exc.SQLAlchemyError, away)
    room.register_error_handler(OSError, away)
    for word, how in FILTERS.items():
        room.add_app_template_filter(how, word)
    return room


def _agency() -> str:
    return str((request.view_args or {})["agency"])
