"""Thailand's public holidays by fiscal year, as a local government keeps them.

They are the list of the `holidays` package (categories public and government) without Labour Day,
which is the private sector's, and with what `holiday_data/<year>.toml` adds and strikes. The
package computes the lunar holidays (up to CE 2157) and substitution days; it lists วันพืชมงคล
(0.109: up to 2026) and the cabinet's special holidays only as they were announced at its release.
So each year has its file, which says what of it is unverified; a year without one is not known.

Holidays of some provinces only, such as those of the southern border, are an agency's own to add.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, ClassVar

import holidays
from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from ita.dates import fiscal_year_of, fiscal_year_span

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Year = Annotated[int, Field(ge=2500, le=2699)]
_STRICT = ConfigDict(extra="forbid")
_PRIVATE_SECTOR = "วันแรงงานแห่งชาติ"


class NoHolidays(LookupError):
    """The holidays of a year are not known; str() says so in one sentence."""

    def __init__(self, fiscal_year: int) -> None:
        super().__init__(f"The public holidays of fiscal year {fiscal_year} are not known.")
        self.fiscal_year = fiscal_year


class HolidayFileError(ValueError):
    """A holiday file is wrong; the sentence names the file and the field."""


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """A fiscal year's holidays by day with their Thai names, those on weekends among them."""

    fiscal_year: int
    days: Mapping[date, str]
    sources: tuple[str, ...]
    unverified: tuple[str, ...]


@cache
def holidays_of(fiscal_year: int) -> HolidayYear:
    """The holidays of a Buddhist fiscal year; NoHolidays when there is no file for it.

    >>> holidays_of(2568).days[date(2025, 4, 16)]
    'วันหยุดชดเชยวันสงกรานต์'
    """
    name = f"{fiscal_year}.toml"
    file = files("ita") / "holiday_data" / name
    if not file.is_file():
        raise NoHolidays(fiscal_year)
    return read_holidays(file.read_text(encoding="utf-8"), name)


def known_years() -> tuple[int, ...]:
    """The fiscal years that have a file, the earliest first."""
    names = (file.name for file in (files("ita") / "holiday_data").iterdir())
    stems = sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    return tuple(int(stem) for stem in stems)


def read_holidays(text: str, name: str) -> HolidayYear:
    """A year from the TOML text of the file `name`; HolidayFileError names file and field."""
    try:
        written = TypeAdapter(_File).validate_python(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise HolidayFileError(f"{name}: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise HolidayFileError(f"{name}: {where}: {first['msg']}") from None
    if wrong := _wrong(written, name):
        raise HolidayFileError(f"{name}: {wrong}")
    struck = {one.day for one in written.struck}
    days = {**_listed(written.fiscal_year), **{one.day: one.name for one in written.added}}
    kept = {day: days[day] for day in sorted(days) if day not in struck}
    return HolidayYear(written.fiscal_year, kept, written.sources, written.unverified)


@dataclass(frozen=True, slots=True)
class _Added:
    """A holiday that the package does not have."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    day: date
    name: _Words
    source: _Words


@dataclass(frozen=True, slots=True)
class _Struck:
    """A day that the package takes for a holiday, and is none."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    day: date
    source: _Words


@dataclass(frozen=True, slots=True)
class _File:
    """A holiday file as it is written."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    fiscal_year: _Year
    sources: tuple[_Words, ...]
    unverified: tuple[_Words, ...]
    added: tuple[_Added, ...] = ()
    struck: tuple[_Struck, ...] = ()


def _wrong(written: _File, name: str) -> str | None:
    """The first field that cannot be right, and why."""
    if name != f"{written.fiscal_year}.toml":
        return "fiscal_year: is not the year in the file's name"
    if not written.sources:
        return "sources: must say where the days are from"
    days = [("added", one.day) for one in written.added]
    days += [("struck", one.day) for one in written.struck]
    for field, day in days:
        if fiscal_year_of(day) != written.fiscal_year:
            return f"{field}: {day} is not in fiscal year {written.fiscal_year}"
        if [known for _, known in days].count(day) > 1:
            return f"{field}: {day} stands twice"
    return None


def _listed(fiscal_year: int) -> dict[date, str]:
    """The package's holidays of a fiscal year; of a day's names the shortest, which people use."""
    first, last = fiscal_year_span(fiscal_year)
    known = holidays.country_holidays(
        "TH",
        years=(first.year, last.year),
        categories=("public", "government"),
        language="th",
        expand=False,
    )
    named = {day: _government(known.get_list(day)) for day in known if first <= day <= last}
    return {day: min(names, key=len) for day, names in named.items() if names}


def _government(names: Iterable[str]) -> list[str]:
    kept = [name for name in names if _PRIVATE_SECTOR not in name]
    return [f"วันหยุด{name}" if name.startswith("ชดเชย") else name for name in kept]
