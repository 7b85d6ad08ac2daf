"""What goes on between the bot and the platforms: calls, faults, quotas, the clock, the people."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sandbox.console import chats
from sandbox.faults import KINDS, Faults
from sandbox.google.api import CALL_NAMES as GOOGLE_CALLS
from sandbox.google.oauth import DOMAIN
from sandbox.line.api import CALL_NAMES as LINE_CALLS
from sandbox.line.state import ChannelState

if TYPE_CHECKING:  # the server registers what is built on this
    from sandbox.server import Sandbox

KEPT = 150
"""How many calls are shown, from the newest back."""
SERVICE_ACCOUNT = f"sujarit@{DOMAIN}"

Json = dict[str, Any]


def town(sandbox: "Sandbox") -> Json:
    """The agencies with their people, and what faults there can be."""
    return {
        "agencies": [
            {"slug": agency, "people": list(_people(sandbox, agency))}
            for agency in sandbox.line.agencies
        ],
        # Whoever is on the page is that person: hold the call, edit the sheet, release.
        "kinds": [kind for kind in KINDS if kind != "person_first"],
        "calls": calls(),
    }


def calls() -> dict[str, list[str]]:
    """The names of the calls of each platform, as faults and logs name them."""
    return {
        "line": ["token", *LINE_CALLS],
        "google": ["token", *GOOGLE_CALLS],
    }


def _people(sandbox: "Sandbox", agency: str) -> Iterator[Json]:
    sample = [person for person in sandbox.people if person.agency == agency]
    for person in sample:
        yield {
            "slug": person.slug,
            "name": person.name,
            "role": person.role,
            "units": list(person.units),
        }
    known = {person.slug for person in sample}
    with sandbox.line.lock:
        others = list(chats.strangers(sandbox.line.state(agency)))
    yield from (person for person in others if person["slug"] not in known)


def log(sandbox: "Sandbox") -> Json:
    """The newest calls of both platforms and the webhooks, in the order in which they began."""
    with sandbox.line.lock:
        entries = [*_line_calls(sandbox), *_webhooks(sandbox)]
    with sandbox.google.lock:
        entries += _google_calls(sandbox)
    entries.sort(key=lambda entry: float(entry["tick"]))
    return {"calls": entries[-KEPT:]}


def _line_calls(sandbox: "Sandbox") -> Iterator[Json]:
    for call in list(sandbox.line.calls)[-KEPT:]:
        yield {
            "tick": call.tick,
            "at": call.at.isoformat(),
            "service": "line",
            "who": call.agency or "",
            "call": call.name,
            "status": call.status,
            "fault": call.fault,
            "said": call.error,
        }


def _webhooks(sandbox: "Sandbox") -> Iterator[Json]:
    for agency in sandbox.line.agencies:
        for delivery in sandbox.line.state(agency).deliveries[-KEPT:]:
            yield {
                "tick": delivery.tick,
                "at": delivery.at.isoformat(),
                "service": "webhook",
                "who": agency,
                "call": "webhook",
                "status": delivery.status,
                "again": delivery.again,
            }


def _google_calls(sandbox: "Sandbox") -> Iterator[Json]:
    for call in list(sandbox.google.calls)[-KEPT:]:
        fault, said = _outcome(call["outcome"])
        yield {
            "tick": call["tick"],
            "at": call["time"],
            "service": "google",
            "who": call["who"].partition("@")[0],
            "call": call["call"] or call["path"],
            "status": call["status"],
            "fault": fault,
            "said": said,
        }


def _outcome(outcome: str) -> tuple[str, str]:
    """The fault that a call of Google met, and what Google said if it was no."""
    kind, _, rest = outcome.partition(": ")
    fault, said = (kind, rest) if kind in KINDS else ("", outcome)
    return fault, "" if said == "ok" else said


def desk(sandbox: "Sandbox", state: ChannelState) -> Json:
    """The clock, the faults to come, the calls that are held, and what is left of the quotas."""
    return {
        "now": sandbox.line.now().isoformat(timespec="seconds"),
        "clock": _clock(sandbox),
        "faults": {"line": _faults(sandbox.line.faults), "google": _faults(sandbox.google.faults)},
        "google": {
            "counted": sandbox.google.quota.on,
            **sandbox.google.quota.left(SERVICE_ACCOUNT),
        },
        "line": {"quota": state.quota, "used": state.used[sandbox.line.month()]},
        "switches": asdict(sandbox.google.switches),
    }


def _faults(faults: Faults) -> Json:
    return {"waiting": faults.waiting(), "held": faults.held}


def _clock(sandbox: "Sandbox") -> Json:
    try:
        setting: Json = json.loads(sandbox.clock_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"mode": "real"}
    return setting
