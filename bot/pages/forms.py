"""What a person typed into the pages of a door, and what is to be mended in it. Pure.

Between the pages it travels in hidden fields and lies nowhere here, so every page reads and checks
all of it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from werkzeug.datastructures import MultiDict

from ita.complaints import Kind, Place
from ita.text import arabic_digits, clean

MOST_STORY: Final = 10_000
MOST_LINE: Final = 200
FEWEST_PHONE_DIGITS, MOST_PHONE_DIGITS = 9, 15
UNSURE: Final = "-"
"""Chosen where the report is about nobody in the list, or the person is not sure."""
PROTECTED_KINDS: Final = tuple(kind for kind in Kind if kind.is_protected)


@dataclass(frozen=True, slots=True)
class Told:
    """All fields of both doors. `near` is one of the agency's places, `place` free words beside it.

    `join` is how the page named an open case that this one is the same as, "" for none.
    `about` are units (or UNSURE), `offices` keys of receivers that it is about, `struck` keys of
    those who shall not see it either.
    """

    kind: Kind | None = None
    story: str = field(default="", repr=False)
    near: str = field(default="", repr=False)
    place: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    join: str = field(default="", repr=False)
    about: tuple[str, ...] = field(default=(), repr=False)
    offices: tuple[str, ...] = field(default=(), repr=False)
    struck: tuple[str, ...] = field(default=(), repr=False)

    @property
    def where(self) -> Place:
        """The place in one."""
        return Place(" ".join(part for part in (self.near, self.place) if part))


def read(form: MultiDict[str, str]) -> Told:
    """The fields as they were sent, made safe to keep; whatever is not known is left out."""
    kind = form.get("kind", "")
    return Told(
        kind=Kind(kind) if kind in PROTECTED_KINDS else None,
        story=clean(form.get("story", ""), len(form.get("story", ""))).strip(),
        near=_line(form, "near"),
        place=_line(form, "place"),
        name=_line(form, "name"),
        phone=arabic_digits(_line(form, "phone")),
        join=_line(form, "join"),
        about=tuple(form.getlist("about")),
        offices=tuple(form.getlist("offices")),
        struck=tuple(form.getlist("struck")),
    )


def faults(page: str, told: Told, *, is_grievance: bool) -> Mapping[str, str]:
    """What is to be mended on a page: field → code of the sentence that says how."""
    if page == "about":
        lacks = {"kind": told.kind is None, "about": not (told.about or told.offices)}
        return {name: f"{name}_missing" for name, missing in lacks.items() if missing}
    if page != "story":
        return {}
    found = {}
    if not told.story:
        found["story"] = "story_missing"
    elif len(told.story) > MOST_STORY:
        found["story"] = "story_long"
    if is_grievance and not told.where.words:
        found["place"] = "place_missing"
    if told.phone and not _is_phone(told.phone):
        found["phone"] = "phone_odd"
    return found


def receipt_code(typed: str) -> str:
    """A receipt code as it is looked for: its digits, however they were grouped.

    >>> receipt_code(" ๑๒๓๔ 5678-1234 5678")
    '1234567812345678'
    """
    return "".join(letter for letter in arabic_digits(typed) if letter in "0123456789")


def _is_phone(typed: str) -> bool:
    digits = sum(letter.isdigit() for letter in typed)
    return (
        FEWEST_PHONE_DIGITS <= digits <= MOST_PHONE_DIGITS
        and not typed.strip("0123456789+-() .").strip()
    )


def _line(form: MultiDict[str, str], name: str) -> str:
    typed = form.get(name, "")
    return " ".join(clean(typed, len(typed)).split())[:MOST_LINE]
