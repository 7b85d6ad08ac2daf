"""The agency (หน่วยงาน) and its people, as the rules see them: roles and units, no identities."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the agency. Everyone who is not known is a citizen."""

    CITIZEN = "citizen"
    STAFF = "staff"
    OFFICER = "officer"
    COORDINATOR = "coordinator"
    EXECUTIVE = "executive"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (ส่วนราชการ: กอง, สำนัก, งาน); units form a tree by the parent's name."""

    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """One local government. `fiscal_year` is the Buddhist year it works in now; `pushes` is whether
    its LINE account writes to people who did not just write to it."""

    slug: str
    name: str
    short_name: str
    district: str
    province: str
    fiscal_year: int
    units: tuple[Unit, ...] = ()
    pushes: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who writes to the account. `ref` is an opaque id, never a LINE user id."""

    ref: str
    role: Role = Role.CITIZEN
    units: tuple[str, ...] = ()
