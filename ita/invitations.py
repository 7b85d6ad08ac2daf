"""Coming in (การลงทะเบียน): invitations, who waits to be confirmed, and who is a member.

People are known by a number of four digits that they can say aloud; no name is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from ita.agency import Person, Role
from ita.text import arabic_digits

LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that look like others: 0 and O, 1, I and L."""
HALF: Final = 4
INVITED: Final = (Role.STAFF, Role.OFFICER, Role.COORDINATOR, Role.EXECUTIVE)
"""The roles to which one is invited; everybody is a citizen without."""
MAX_USES: Final = 50
MAX_DAYS: Final = 30
NUMBERS: Final = range(1000, 10_000)
"""The numbers of members."""
OPERATOR: Final = ""
"""Who invites on the command line."""

WRONG_PAUSE: Final = timedelta(hours=1)
WRONG_OF_ONE: Final = 5
"""After so many wrong codes in the pause nobody looks at what this person types."""
WRONG_OF_ALL: Final = 100
"""After so many in the pause, of all people together, one wrong code of a person is enough."""

_CODE: Final = re.compile(r"([A-Z0-9]{4})[ -]?([A-Z0-9]{4})")


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can still be used. The code itself is known to whoever got it.

    `replaces` is the number of the member whose place the newcomer takes, or None; `invited_by` a
    person's reference, or OPERATOR.
    """

    id: int
    role: Role
    units: tuple[str, ...]
    uses_left: int
    expires_at: datetime
    replaces: int | None = None
    invited_by: str = field(default=OPERATOR, repr=False)


@dataclass(frozen=True, slots=True)
class Member:
    """Someone of the agency's. `ref` is the person's opaque id.

    `since` is when he came in or asked to; `blocked` says that he blocked the account.
    """

    number: int
    ref: str = field(repr=False)
    role: Role
    units: tuple[str, ...]
    since: datetime
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Applicant(Member):
    """Who waits to be someone of the agency's.

    `invited_by` is a person's reference, OPERATOR, or None where that person is gone since.
    """

    invited_by: str | None = field(default=OPERATOR, repr=False)


def read_code(text: str) -> str | None:
    """The eight letters of a code as people type it, or None where there are not eight.

    >>> read_code("abcd efgh"), read_code("เบี้ยผู้สูงอายุ")
    ('ABCDEFGH', None)
    """
    found = _CODE.fullmatch(arabic_digits(text).strip().upper())
    return found and found[1] + found[2]


def spoken(code: str) -> str:
    """The code as it is shown.

    >>> spoken("ABCDEFGH")
    'ABCD-EFGH'
    """
    return f"{code[:HALF]}-{code[HALF:]}"


def needs_confirmation(role: Role, *, revoked: bool = False) -> bool:
    """Whether an invitation to this role takes effect only once somebody confirmed the person.

    A code that went astray must not open the casework or the register to a stranger, nor one that
    has uses left let in again whoever was `revoked`.
    """
    return revoked or role is not Role.STAFF


def confirmers(one: Applicant, coordinators: Sequence[Member]) -> list[str]:
    """References of those whose word lets him in: the inviter's, who knows whom he gave the code.

    Of an inviter who is no coordinator any more, any other one's. None: that of the operator, whose
    word counts for everybody.
    """
    others = [known.ref for known in coordinators if known.ref != one.ref]
    if one.invited_by == OPERATOR:
        return []
    return [one.invited_by] if one.invited_by in others else others


def is_last(ref: str, coordinators: Sequence[Member]) -> bool:
    """Whether no coordinator would be left without this person."""
    return [one.ref for one in coordinators] == [ref]


def joined(person: Person, invitation: Invitation) -> Person:
    """The person once the invitation has its effect.

    Units add up. Whoever has a role keeps it when invited as staff of one more unit.
    """
    keeps = invitation.role is Role.STAFF and person.role is not Role.CITIZEN
    role = person.role if keeps else invitation.role
    units = tuple(dict.fromkeys((*person.units, *invitation.units)))
    return Person(person.ref, role, units)
