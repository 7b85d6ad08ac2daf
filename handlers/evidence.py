"""What people read of photos and files: why one could not be kept, and the page under its link."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from handlers.desk import Message
from handlers.events import BANGKOK
from handlers.flex import cut, text_message
from handlers.texts import say
from ita.dates import thai_date

SHOWN: Final = 5
NAME: Final = 40
WHY: Final = {
    why: say("th", f"staff.evidence_why.{why}")
    for why in ("size", "type", "kind", "heic", "pixels", "broken", "gone")
}
"""Code → a sentence that says what to do."""


class Lost(Protocol):
    """Something that could not be kept; the name is "" where it had none."""

    @property
    def kind(self) -> str:
        """LINE's message type."""
        ...

    @property
    def why(self) -> str:
        """A key of WHY."""
        ...

    @property
    def made_at(self) -> datetime:
        """When it came."""
        ...

    @property
    def file_name(self) -> str:
        """Its name, cleaned."""
        ...


def could_not_keep(lost: Sequence[Lost]) -> Message:
    """What this person sent that is no evidence, each with what to do instead."""
    lines = [say("th", "staff.evidence.lost", count=len(lost))]
    lines += [f"• {_name(one)}\n{WHY[one.why]}" for one in lost[:SHOWN]]
    if len(lost) > SHOWN:
        lines.append(say("th", "staff.evidence.more", count=len(lost) - SHOWN))
    return text_message("\n\n".join(lines))


def page_words(state: str) -> str:
    """The sentence of the page where there is no file to show: "waiting", or anything else."""
    if state == "waiting":
        return say("th", "staff.evidence.waiting")
    return say("th", "staff.evidence.away")


def _name(one: Lost) -> str:
    if one.file_name:
        return cut(one.file_name, NAME)
    at = one.made_at.astimezone(BANGKOK)
    when = f"{thai_date(at.date())} {at:%H:%M} น."
    if one.kind == "image":
        return say("th", "staff.evidence.photo", when=when)
    return say("th", "staff.evidence.file", when=when)
