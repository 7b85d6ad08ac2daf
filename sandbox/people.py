"""The sandbox's sample people: made-up citizens and officials of each sample agency.

The same slugs in every agency; a slug that is not in the file is a fresh citizen.
"""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SAMPLE_FILE = Path(__file__).parent / "sample" / "people.toml"
ROLES = ("coordinator", "staff", "officer", "executive", "citizen")


@dataclass(frozen=True)
class Person:
    """One made-up person of one agency; `units` are the agency's own unit names."""

    agency: str
    slug: str
    name: str
    role: str
    units: tuple[str, ...]

    @property
    def line_user_id(self) -> str:
        """The person's LINE user ID in this agency's provider."""
        return line_user_id(self.agency, self.slug)


def line_user_id(agency: str, slug: str) -> str:
    """Derive a person's LINE user ID: U and 32 hex digits, the same on every machine."""
    return "U" + _digits(f"{agency}/{slug}")


def line_group_id(agency: str, slug: str) -> str:
    """Derive a group chat's LINE ID: C and 32 hex digits."""
    return "C" + _digits(f"{agency}/group/{slug}")


def _digits(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def load_people(path: Path = SAMPLE_FILE) -> tuple[Person, ...]:
    """Read the people of all agencies; ValueError names file, person and field."""
    agencies = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        _person(path, agency, slug, facts)
        for agency, people in agencies.items()
        for slug, facts in people.items()
    )


def _person(path: Path, agency: str, slug: str, facts: dict[str, object]) -> Person:
    where = f"{path}: [{agency}.{slug}]"
    name, role, units = facts.get("name"), facts.get("role"), facts.get("units", [])
    if not isinstance(name, str) or not name:
        raise ValueError(f"{where} name: a text is needed")
    if not isinstance(role, str) or role not in ROLES:
        raise ValueError(f"{where} role: one of {', '.join(ROLES)} is needed")
    if not isinstance(units, list) or not all(isinstance(unit, str) for unit in units):
        raise ValueError(f"{where} units: a list of texts is needed")
    return Person(agency, slug, name, role, tuple(units))


def stranger(agency: str, slug: str) -> Person:
    """Make the fresh citizen whom an unknown slug stands for."""
    return Person(agency, slug, f"ประชาชนทดสอบ {slug}", "citizen", ())


def find(people: Iterable[Person], agency: str, slug: str) -> Person:
    """Return that agency's sample person of this slug, or a fresh citizen."""
    for person in people:
        if (person.agency, person.slug) == (agency, slug):
            return person
    return stranger(agency, slug)
