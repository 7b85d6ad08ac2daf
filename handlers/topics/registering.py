"""ลงทะเบียน and ออกจากระบบ: a person comes in with a code, is told what is kept and why, and goes.

A code that is wrong, over or used up gets the same answer, so trying teaches nothing.
"""

from dataclasses import replace
from datetime import datetime

from handlers.asked import Asked
from handlers.desk import Outcome, Person
from handlers.events import BANGKOK
from handlers.flex import bubble, column, cut, flex_message, words
from handlers.pressing import ask_by_press, button, press, pressed
from handlers.replies import answer_with
from handlers.texts import say
from ita.agency import Role
from ita.changes import Join, Leave, NoteWrongCode
from ita.dates import thai_date
from ita.invitations import Invitation, is_last, joined, needs_confirmation, read_code

THAI_ROLE = {
    Role.CITIZEN: "ประชาชน",
    Role.STAFF: "เจ้าหน้าที่",
    Role.OFFICER: "ผู้รับเรื่อง",
    Role.COORDINATOR: "ผู้ประสานงาน",
    Role.EXECUTIVE: "ผู้บริหาร",
}
"""The words that people read and type."""


def register(asked: Asked) -> Outcome:
    """Look at the code, show what will be kept, ask for consent."""
    if not asked.words:
        return answer_with(asked, say("th", "staff.register.how"))
    if asked.desk.people.guesses_too_much(asked.person):
        return answer_with(asked, say("th", "staff.register.wait"))
    code = read_code(asked.words)
    invitation = asked.desk.people.invitation_by_code(code) if code else None
    if invitation is None:
        change = NoteWrongCode(asked.person.ref)
        return replace(answer_with(asked, say("th", "staff.register.wrong")), changes=(change,))
    if joined(asked.person, invitation) == asked.person:
        return answer_with(asked, say("th", "staff.register.already"))
    return _ask_for_consent(asked, invitation)


def join(asked: Asked) -> Outcome:
    """The person consented: staff are in, others wait until somebody confirmed them."""
    invitation = asked.desk.people.invitation(pressed(asked)["invitation"])
    if invitation is None:
        return answer_with(asked, say("th", "staff.register.wrong"))
    known = joined(asked.person, invitation)
    if known == asked.person:
        return answer_with(asked, say("th", "staff.register.already"))
    number = asked.desk.people.number_for(asked.person)
    change = Join(asked.person.ref, invitation.id, number)
    if _waits(asked, invitation):
        role = THAI_ROLE[invitation.role]
        said = answer_with(asked, say("th", "staff.register.waits", role=role, number=number))
    else:
        agency, units = asked.agency_name, unit_words(known.units)
        welcome = say("th", "staff.register.in", agency=agency, units=units, number=number)
        said = answer_with(replace(asked, person=known), welcome)
    return replace(said, changes=(change,))


def decline(asked: Asked) -> Outcome:
    """The person does not consent: nothing is kept."""
    return answer_with(asked, say("th", "staff.register.declined"))


def leave(asked: Asked) -> Outcome:
    """Ask once before a role is given up; a request that waits is taken back at once."""
    if asked.by_staff:
        role = asked.person.role
        return ask_by_press(
            say("th", "staff.register.leave", role=THAI_ROLE[role]),
            press(say("th", "staff.button.leave"), "leave_now", role=role.value),
            press(say("th", "staff.button.stay"), "stay"),
        )
    if any(one.ref == asked.person.ref for one in asked.desk.people.applicants()):
        return leave_now(asked)
    return answer_with(asked, say("th", "staff.register.nobody"))


def leave_now(asked: Asked) -> Outcome:
    """Nothing is kept of the person any more."""
    if asked.event.pressed and pressed(asked)["role"] != asked.person.role.value:
        return stay(asked)  # the button is of another time
    if _is_last_coordinator(asked):
        return answer_with(asked, say("th", "staff.register.last"))
    citizen = replace(asked, person=Person(asked.person.ref))
    said = answer_with(citizen, say("th", "staff.register.left", agency=asked.agency_name))
    return replace(said, changes=(Leave(asked.person.ref),))


def stay(asked: Asked) -> Outcome:
    """All stays as it is."""
    role = THAI_ROLE[asked.person.role]
    return answer_with(asked, say("th", "staff.register.stays", role=role))


def _is_last_coordinator(asked: Asked) -> bool:
    """The coordinators are held for one of them alone: whoever goes waits for nobody."""
    if asked.person.role is not Role.COORDINATOR:
        return False
    return is_last(asked.person.ref, asked.desk.people.hold_coordinators())


def _waits(asked: Asked, invitation: Invitation) -> bool:
    """Whether the person has to be confirmed first."""
    revoked = asked.desk.people.was_revoked(asked.person)
    return needs_confirmation(invitation.role, revoked=revoked)


def _ask_for_consent(asked: Asked, invitation: Invitation) -> Outcome:
    """What will be kept and why, and two buttons."""
    role, units = THAI_ROLE[invitation.role], cut(unit_words(invitation.units), 200)
    offer = say("th", "staff.register.offer", agency=asked.agency_name, role=role, units=units)
    waits = _waits(asked, invitation)
    notes = [words(say("th", "staff.register.will_wait"))] if waits else []
    card = bubble(
        say("th", "staff.register.title"),
        words(offer, weight="bold"),
        words(say("th", "staff.register.kept"), limit=600),
        *notes,
        column(
            button(press(say("th", "staff.button.consent"), "join", invitation=invitation.id)),
            button(press(say("th", "staff.button.decline"), "decline"), "secondary"),
            spacing="sm",
        ),
    )
    return Outcome((flex_message(say("th", "staff.register.alt", offer=offer), card),))


def unit_words(units: tuple[str, ...]) -> str:
    """The units in one line; a word where there are none."""
    return ", ".join(units) or say("th", "staff.people.no_unit")


def day_words(moment: datetime) -> str:
    """A day in Thai, in Bangkok."""
    return thai_date(moment.astimezone(BANGKOK).date())
