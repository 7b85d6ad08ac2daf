"""เชิญ: a coordinator invites into a unit and a role; what was not typed is asked with buttons.

Everything asked so far stands in the buttons themselves ("draft"), so an older question can be
answered again; a typed answer finds the same draft in the conversation's step.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from handlers.asked import Asked
from handlers.desk import Message, Outcome
from handlers.flex import Box, cut, text_message
from handlers.pressing import ask_by_press, press, pressed, with_presses
from handlers.replies import answer_with
from handlers.spoken import gives_up
from handlers.texts import say
from handlers.topics.registering import THAI_ROLE, day_words, unit_words
from ita.agency import Role
from ita.changes import Invite, WithdrawInvitation
from ita.invitations import INVITED, MAX_DAYS, MAX_USES, needs_confirmation, spoken
from ita.text import normalise

Draft = dict[str, Any]
"""What is known of an invitation: "units" (names), "role", "uses", "days", "replaces"."""

ASKED: Final = ("units", "role", "uses", "days")
"""In this order."""
USES: Final = (1, 5, 10, 20)
DAYS: Final = (1, 7, 14, 30)
MAX_UNIT_BUTTONS: Final = 11
"""LINE takes 13 below a message: two more are for none of them, and for giving it up."""
CANCEL: Final = re.compile(r"ยกเลิก(?:คำเชิญ)?")
_COUNTS: Final = (
    ("uses", re.compile(r"(\d{1,4})\s*(?:คน|ครั้ง)"), MAX_USES),
    ("days", re.compile(r"(\d{1,4})\s*วัน"), MAX_DAYS),
)
_ROLE_WORDS: Final = tuple((THAI_ROLE[role], role) for role in INVITED)
_POLITE: Final = re.compile(r"(?:เข้า|เป็น|จำนวน|ภายใน|ครับ|ค่ะ|คะ|หน่อย|[\s,])+")


def invite(asked: Asked) -> Outcome:
    """`เชิญ`, with or without words, or a press of one of its buttons."""
    if asked.event.pressed:
        return _next(asked, {key: value for key, value in pressed(asked).items() if key != "do"})
    return _read(asked, {})


def go_on(asked: Asked) -> Outcome:
    """A typed answer to what was asked last."""
    draft = {key: value for key, value in (asked.step or {}).items() if key != "do"}
    if CANCEL.fullmatch(normalise(asked.words)) or gives_up(asked.words):
        return answer_with(asked, say("th", "staff.people.cancelled"))
    return _read(asked, draft)


def withdraw(asked: Asked) -> Outcome:
    """An invitation is not to be used any more."""
    number = pressed(asked)["invitation"]
    if all(one.id != number for one in asked.desk.people.invitations()):
        return answer_with(asked, say("th", "staff.people.invitation_over"))
    said = answer_with(asked, say("th", "staff.people.withdrawn"))
    return Outcome(said.replies, (WithdrawInvitation(number),))


def _read(asked: Asked, draft: Draft) -> Outcome:
    """Take what the words say into the draft; say what is not understood in them."""
    words = normalise(asked.words)
    if words.isdigit():
        words = _meant_by_a_number(words, draft)
    found, rest = _parsed(asked, words)
    draft = {**draft, **found}
    rest = _POLITE.sub("", rest)
    if rest:
        unknown = say("th", "staff.people.unknown", words=cut(rest, 60))
        return _next(asked, draft, unknown)
    beyond = [(key, most) for key, _, most in _COUNTS if not 1 <= found.get(key, 1) <= most]
    kept = {key: value for key, value in draft.items() if key not in dict(beyond)}
    notes = [say("th", f"staff.invite_most.{key}", most=most) for key, most in beyond]
    return _next(asked, kept, *notes)


def _meant_by_a_number(number: str, draft: Draft) -> str:
    """A bare number answers the question that is open."""
    wanted = _missing(draft)
    return number + {"uses": " คน", "days": " วัน"}.get(wanted or "", "")


def _parsed(asked: Asked, words: str) -> tuple[Draft, str]:
    """What the words name, and what is left of them."""
    found: Draft = {}
    for key, pattern, _ in _COUNTS:
        if count := pattern.search(words):
            found[key] = int(count[1])
            words = pattern.sub(" ", words, count=1)
    units, words = _units_in(asked, words)
    if units:
        found["units"] = units
    for word, role in _ROLE_WORDS:
        if word in words:
            found["role"] = role.value
            words = words.replace(word, " ")
    return found, words


def _units_in(asked: Asked, words: str) -> tuple[list[str], str]:
    """The agency's units that are named, longer names first: สำนักปลัด is in สำนักปลัดเทศบาล."""
    found = []
    for unit in sorted(asked.desk.agency.units, key=lambda unit: -len(unit.name)):
        name = normalise(unit.name)
        if name in words:
            found.append(unit.name)
            words = words.replace(name, " ")
    return found, words


def _missing(draft: Mapping[str, Any]) -> str | None:
    """What has to be asked next. Whoever must be confirmed is invited one by one."""
    alone = "role" in draft and needs_confirmation(Role(draft["role"]))
    given = {**draft, "uses": 1} if alone else draft
    return next((key for key in ASKED if key not in given), None)


def _next(asked: Asked, draft: Draft, *notes: str) -> Outcome:
    """The next question with its buttons, or the invitation."""
    wanted = _missing(draft)
    if wanted is None:
        return _issue(asked, draft)
    question = "\n\n".join((*notes, say("th", f"staff.invite_ask.{wanted}")))
    buttons = [_choice(draft, wanted, value, label) for value, label in _choices(asked, wanted)]
    cancel = press(say("th", "staff.button.cancel"), "cancel")
    return ask_by_press(question, *buttons, cancel, step={"do": "invite", **draft})


def _choices(asked: Asked, wanted: str) -> list[tuple[object, str]]:
    if wanted == "units":
        names = [unit.name for unit in asked.desk.agency.units[:MAX_UNIT_BUTTONS]]
        return [*(([name], name) for name in names), ([], say("th", "staff.people.no_unit"))]
    if wanted == "role":
        return [(role.value, THAI_ROLE[role]) for role in INVITED]
    counts = USES if wanted == "uses" else DAYS
    return [(count, say("th", f"staff.people.{wanted}", count=count)) for count in counts]


def _choice(draft: Draft, key: str, value: object, label: str) -> Box:
    return press(label, "invite", **{**draft, key: value})


def _issue(asked: Asked, draft: Draft) -> Outcome:
    """The code for the coordinator, and a message to forward."""
    role = Role(draft["role"])
    uses = 1 if needs_confirmation(role) else draft["uses"]
    expires_at = asked.now + timedelta(days=draft["days"])
    code = asked.desk.people.new_code()
    change = Invite(code, role, tuple(draft["units"]), uses, expires_at, draft.get("replaces"))
    offer = say(
        "th", "staff.people.offer",
        role=THAI_ROLE[role], units=cut(unit_words(change.units), 300), until=day_words(expires_at),
    )  # fmt: skip
    issued = say("th", "staff.people.issued", code=spoken(code), offer=offer, uses=uses)
    note = [say("th", "staff.people.to_confirm")] if needs_confirmation(role) else []
    replies = (text_message("\n\n".join((issued, *note))), *_to_forward(asked, code, offer))
    members = press(say("th", "staff.button.members"), "members")
    return Outcome((*replies[:-1], with_presses(replies[-1], [members])), (change,))


def _to_forward(asked: Asked, code: str, offer: str) -> list[Message]:
    """What the coordinator sends on: words with the link, and the QR picture where there is one."""
    command = say("th", "staff.people.command", code=spoken(code))
    link = asked.desk.people.link(command)
    agency = asked.agency_name
    parts = [say("th", "staff.people.forward", agency=agency, offer=offer)]
    parts += [say("th", "staff.people.by_link", link=link)] if link else []
    parts += [say("th", "staff.people.by_command", agency=agency, command=command)]
    messages = [text_message("\n\n".join(parts))]
    picture = asked.desk.people.picture(code)
    if picture:
        image = {"type": "image", "originalContentUrl": picture, "previewImageUrl": picture}
        messages.append(image)
    return messages
