"""The edge: LINE's webhook. Verify raw bytes, write every event down with its job, answer 200.

No rule of the domain lives here. LINE delivers again whatever is not answered with 2xx within
two seconds, and the status codes are chosen for that.
"""

import base64
import hmac
import json
from hashlib import sha256
from typing import Any

import structlog
from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, Forbidden, LengthRequired, NotFound

from bot.agencies import AgencyConfig
from bot.incoming import RawEvent, chat_id, event_id
from bot.program import Program
from handlers.events import read
from store import journal

log = structlog.get_logger()


def webhook(program: Program) -> Blueprint:
    """POST /line/<agency>."""
    edge = Blueprint("webhook", __name__)

    @edge.post("/line/<slug>")
    def receive(slug: str) -> Response:
        agency = program.agencies.get(slug)
        if agency is None:
            raise NotFound("No such agency here.")
        if request.content_length is None:
            # Read in pieces, a body that goes on beyond the limit would only look shorter.
            raise LengthRequired("The body comes without its length.")
        raw = request.get_data()
        _verify(agency, raw, request.headers.get("x-line-signature", ""))
        events = _events(agency, raw)
        new = _accept(program, slug, events)
        log.info("accepted", agency=slug, events=len(events), new=new)
        return Response("OK", mimetype="text/plain")

    return edge


def _verify(agency: AgencyConfig, raw: bytes, signature: str) -> None:
    """Only LINE and the agency know the secret. On raw bytes: nothing is parsed before."""
    secret = agency.line.channel_secret.get_secret_value().encode()
    expected = base64.b64encode(hmac.digest(secret, raw, sha256))
    if not hmac.compare_digest(expected, signature.encode("utf-8", "replace")):
        raise Forbidden("The signature does not belong to this body.")


def _events(agency: AgencyConfig, raw: bytes) -> list[RawEvent]:
    """The events of a signed body. The console's Verify button sends none, and that is fine."""
    try:
        envelope: Any = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON.") from None
    if not isinstance(envelope, dict) or not isinstance(envelope.get("events"), list):
        raise BadRequest("The body is not a LINE webhook.")
    if envelope.get("destination") != agency.line.bot_user_id:
        # Not 2xx: LINE delivers again, and nothing is lost while somebody mends the settings.
        raise BadRequest("The destination is not this agency's account.")
    if not all(isinstance(event, dict) for event in envelope["events"]):
        raise BadRequest("An event is not an object.")
    events: list[RawEvent] = envelope["events"]
    return events


def _accept(program: Program, slug: str, events: list[RawEvent]) -> int:
    """Every event and its job in one transaction: all of the body is kept, or none."""
    now = program.clock()
    new = 0
    with program.web_database.agency(slug) as tx:
        for raw in events:
            arrival = journal.Arrival(
                webhook_event_id=event_id(raw),
                chat=tx.keyring.reference(slug, "chat", chat_id(raw)),
                occurred_at=read(raw, now).at,
                received_at=now,
                raw=raw,
            )
            if journal.accept(tx, arrival):
                program.queue.defer_turn(tx.sql, slug, arrival.chat)
                new += 1
    return new
