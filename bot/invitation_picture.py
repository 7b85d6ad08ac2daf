"""An invitation's QR picture, for chats: LINE wants an https address for a picture.

The code stands in the address sealed under the day's key, so no log and no proxy reads it, and
the address opens nothing once that key is gone. Nothing is stored.
"""

import base64
import io
from datetime import date, datetime
from urllib.parse import urlsplit

import segno
from flask import Blueprint, Response, abort

from bot.people_desk import chat_link
from bot.program import Program
from ita.invitations import spoken
from store.keyring import KeyGone, Tampered, day_key

COMMAND = "ลงทะเบียน"
MAX_SEALED = 100
"""Letters; eight letters of a code, sealed, are half of that."""


def address(program: Program, agency: str, code: str, now: datetime) -> str | None:
    """Where LINE finds the picture; None where nobody could see it, or it would lead nowhere."""
    public = program.settings.public_url
    if public is None or urlsplit(public).scheme != "https":
        return None
    if program.agencies[agency].line.basic_id is None:
        return None
    today = now.date()
    sealed = program.keyring.seal(day_key(today), _place(agency), code.encode())
    token = base64.urlsafe_b64encode(sealed).decode().rstrip("=")
    return f"{public}/invitation/{agency}/{today.isoformat()}.{token}.png"


def invitation_pictures(program: Program) -> Blueprint:
    """The one address. What it does not know gets the same 404, whatever is wrong with it."""
    room = Blueprint("invitations", __name__)

    @room.get("/invitation/<agency>/<day>.<token>.png")
    def picture(agency: str, day: str, token: str) -> Response:
        line = program.agencies[agency].line if agency in program.agencies else None
        code = _code(program, agency, day, token)
        if line is None or line.basic_id is None or code is None:
            abort(404)
        drawn = png(chat_link(line.basic_id, f"{COMMAND} {spoken(code)}"))
        headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
        return Response(drawn, mimetype="image/png", headers=headers)

    return room


def png(link: str) -> bytes:
    """The link as a QR picture that a phone reads from another phone's screen."""
    drawn = io.BytesIO()
    segno.make(link, error="m").save(drawn, kind="png", scale=8)
    return drawn.getvalue()


def _code(program: Program, agency: str, day: str, token: str) -> str | None:
    try:
        when = date.fromisoformat(day)
        sealed = base64.b64decode(token[:MAX_SEALED] + "==", altchars=b"-_", validate=True)
        plain = program.keyring.unseal(day_key(when), _place(agency), sealed)
    except (ValueError, KeyGone, Tampered):  # a keyring that is away is no 404 (bot.app)
        return None
    return plain.decode()


def _place(agency: str) -> tuple[str, ...]:
    return (agency, "invitation", "picture")
