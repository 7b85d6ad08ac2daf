"""สมาชิก: who has a role, who waits to be confirmed, which invitations are open; for coordinators.

People stand here by number, role and unit: no name is kept, so nobody's is shown.
"""

import re
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.flex import SOFT, Box, bubble, cut, flex_message, separator, words
from handlers.pressing import ask_by_press, press, pressed, with_presses
from handlers.replies import answer_with
from handlers.texts import say
from handlers.topics.registering import THAI_ROLE, day_words, unit_words
from ita.agency import Role
from ita.changes import ConfirmPerson, RefusePerson, Revoke
from ita.invitations import (
    OPERATOR,
    Applicant,
    Invitation,
    Member,
    confirmers,
    is_last,
    needs_confirmation,
)
from ita.text import arabic_digits

SHOWN: Final = 25
"""Members; the rest is counted."""
BUTTONS: Final = 4
"""Requests and invitations that are shown and get buttons below the chat; the rest is counted."""
_M = TypeVar("_M", bound=Member)
_NUMBER: Final = re.compile(r"\d{4}")


def members(asked: Asked) -> Outcome:
    """All, or the one whose number was typed."""
    if asked.words:
        return _one(asked, asked.words)
    people = asked.desk.people
    known, invitations = people.members(), people.invitations()
    applicants = people.applicants()
    mine = _mine(asked, applicants, known)
    waiting = sorted(applicants, key=lambda one: one not in mine)
    card = bubble(
        say("th", "staff.people.title", count=len(known)),
        *_section("waiting", [_applicant(one, mine) for one in waiting], BUTTONS),
        *_section("invitations", [_invitation(one) for one in invitations], BUTTONS),
        *_section("known", [_person(one) for one in known], SHOWN),
        words(say("th", "staff.people.hint"), color=SOFT, size="xs"),
    )
    alt = say("th", "staff.people.alt", count=len(known), waiting=len(waiting))
    return Outcome((with_presses(flex_message(alt, card), _presses(waiting, mine, invitations)),))


def confirm(asked: Asked) -> Outcome:
    """The person is who he should be."""
    found = _waiting(asked)
    if found is None:
        return answer_with(asked, say("th", "staff.people.nobody_waits"))
    if found.ref == asked.person.ref:
        return answer_with(asked, say("th", "staff.people.not_oneself"))
    if not _mine(asked, [found], asked.desk.people.members()):
        whose = say("th", f"staff.confirms.{_whose_word(found)}", number=found.number)
        return answer_with(asked, whose)
    number, role = found.number, THAI_ROLE[found.role]
    said = answer_with(asked, say("th", "staff.people.confirmed", number=number, role=role))
    return Outcome(said.replies, (ConfirmPerson(number),))


def refuse(asked: Asked) -> Outcome:
    """The person is not."""
    found = _waiting(asked)
    if found is None:
        return answer_with(asked, say("th", "staff.people.nobody_waits"))
    said = answer_with(asked, say("th", "staff.people.turned_down", number=found.number))
    return Outcome(said.replies, (RefusePerson(found.number),))


def revoke(asked: Asked) -> Outcome:
    """A member has no role any more."""
    found = _member(asked.desk.people.members(), pressed(asked)["number"])
    if found is None or found.ref != pressed(asked)["ref"]:
        return answer_with(asked, say("th", "staff.people.no_member"))
    if is_last(found.ref, asked.desk.people.hold_coordinators()):
        return answer_with(asked, say("th", "staff.people.last"))
    said = answer_with(asked, say("th", "staff.people.revoked", number=found.number))
    return Outcome(said.replies, (Revoke(found.number),))


def _one(asked: Asked, typed: str) -> Outcome:
    """One member, with what can be done."""
    number = _NUMBER.fullmatch(arabic_digits(typed).strip())
    found = _member(asked.desk.people.members(), int(number[0])) if number else None
    if found is None:
        return answer_with(asked, say("th", "staff.people.no_member"))
    again = {"units": list(found.units), "role": found.role.value, "uses": 1}
    return ask_by_press(
        say(
            "th", "staff.people.one",
            person=_name(found), units=cut(unit_words(found.units), 300),
            since=day_words(found.since),
        ),
        press(
            say("th", "staff.button.revoke", number=found.number), "revoke",
            number=found.number, ref=found.ref,
        ),
        press(say("th", "staff.button.replace"), "invite", replaces=found.number, **again),
        press(say("th", "staff.button.members"), "members"),
    )  # fmt: skip


def _mine(asked: Asked, waiting: Sequence[Applicant], members: Sequence[Member]) -> list[Applicant]:
    """Those whom the one who asks can confirm."""
    coordinators = [one for one in members if one.role is Role.COORDINATOR]
    return [one for one in waiting if asked.person.ref in confirmers(one, coordinators)]


def _whose_word(one: Applicant) -> str:
    """In the texts to whoever may not confirm him."""
    return "operator" if one.invited_by == OPERATOR else "inviter"


def _waiting(asked: Asked) -> Applicant | None:
    """Who asked under the number, if it still is the same request: none was made since."""
    action = pressed(asked)
    found = _member(asked.desk.people.applicants(), action["number"])
    return found if found and _request(found).items() <= action.items() else None


def _request(one: Applicant) -> dict[str, Any]:
    """A request, as a button names it: whoever asks for something else asks at another time."""
    asked_at = one.since.isoformat()
    return {"number": one.number, "ref": one.ref, "role": one.role.value, "asked_at": asked_at}


def _member(those: Sequence[_M], number: int) -> _M | None:
    return next((one for one in those if one.number == number), None)


def _section(key: str, rows: Sequence[Box], most: int) -> list[Box]:
    """A heading and its rows; nothing where there are none."""
    if not rows:
        return []
    heading = words(say("th", f"staff.people.{key}", count=len(rows)), weight="bold")
    rest = len(rows) - most
    more = [words(say("th", "staff.people.more", count=rest), color=SOFT)] if rest > 0 else []
    return [heading, *rows[:most], *more, separator()]


def _applicant(one: Applicant, mine: Sequence[Applicant]) -> Box:
    """Staff need not wait but for one reason."""
    shown = f"{_name(one)} · {cut(unit_words(one.units), 60)}"
    if not needs_confirmation(one.role):
        shown = say("th", "staff.people.revoked_before", person=shown)
    if one not in mine:
        shown = say("th", f"staff.awaits.{_whose_word(one)}", person=shown)
    return words(shown)


def _person(one: Member) -> Box:
    return words(f"{_name(one)} · {cut(unit_words(one.units), 60)}")


def _name(one: Member) -> str:
    """Number and role, and whether the account is blocked."""
    role = THAI_ROLE[one.role]
    if one.blocked:
        return say("th", "staff.people.blocked", number=one.number, role=role)
    return say("th", "staff.people.person", number=one.number, role=role)


def _invitation(one: Invitation) -> Box:
    offer = say(
        "th", "staff.people.invitation",
        id=one.id, role=THAI_ROLE[one.role], uses=one.uses_left, until=day_words(one.expires_at),
    )  # fmt: skip
    return words(f"{offer} · {cut(unit_words(one.units), 60)}")


def _presses(
    waiting: Sequence[Applicant], mine: Sequence[Applicant], invitations: Sequence[Invitation]
) -> list[Box]:
    """Confirm or refuse the first who wait; withdraw the newest invitations."""
    buttons = []
    for one in waiting[:BUTTONS]:
        for do in ("confirm", "refuse") if one in mine else ("refuse",):
            label = say("th", f"staff.button.{do}", number=one.number)
            buttons.append(press(label, do, **_request(one)))
    for offer in invitations[:BUTTONS]:
        label = say("th", "staff.button.withdraw", id=offer.id)
        buttons.append(press(label, "withdraw", invitation=offer.id))
    invite = press(say("th", "staff.button.invite"), "invite")
    return [*buttons, invite]
