"""Criteria files: `criteria_data/<year>.toml`, checked when they are read."""

import tomllib
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ita.criteria.consistency import conflict
from ita.criteria.facts import (
    STRICT,
    Code,
    Criteria,
    Indicator,
    Instrument,
    Item,
    Level,
    Milestone,
    NoCriteria,
    Points,
)

_ABOUT = ("fiscal_year", "sources", "unverified")
"""What a file says of itself: no facts that need a source."""


class CriteriaError(ValueError):
    """A criteria file is wrong; the sentence names the file and the field."""


@cache
def criteria_for(fiscal_year: int) -> Criteria:
    """The criteria of a Buddhist fiscal year; NoCriteria when there is no file for it.

    A year whose criteria are not published yet has a file that says so, and nothing else.

    >>> criteria_for(2566).item_title("o13")
    'รายงานผล'
    """
    name = f"{fiscal_year}.toml"
    file = files("ita") / "criteria_data" / name
    if not file.is_file():
        raise NoCriteria(fiscal_year)
    return read_criteria(file.read_text(encoding="utf-8"), name)


def read_criteria(text: str, name: str) -> Criteria:
    """Criteria from the TOML text of the file `name`; CriteriaError names file and field."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
        written = TypeAdapter(_File).validate_python(data)
    except tomllib.TOMLDecodeError as error:
        raise CriteriaError(f"{name}: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise CriteriaError(f"{name}: {where}: {first['msg']}") from None
    criteria = _criteria(written)
    if wrong := _wrong(written, name) or _conflict(criteria):
        raise CriteriaError(f"{name}: {wrong}")
    return criteria


@dataclass(frozen=True, slots=True)
class _File:
    """A criteria file as it is written."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    fiscal_year: int
    sources: dict[str, str]
    unverified: tuple[str, ...]
    not_published: str = ""
    item_count: int | None = None
    item_scores: tuple[Points, ...] = ()
    pass_mark: Points | None = None
    instruments: tuple[Instrument, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    levels: tuple[Level, ...] = ()
    calendar: tuple[Milestone, ...] = ()
    items: dict[Code, Item] = field(default_factory=dict)


def _criteria(written: _File) -> Criteria:
    said = (written.not_published,) if written.not_published else ()
    return Criteria(
        fiscal_year=written.fiscal_year,
        instruments=written.instruments,
        indicators={indicator.number: indicator for indicator in written.indicators},
        items=written.items,
        item_count=written.item_count,
        item_scores=written.item_scores,
        pass_mark=written.pass_mark,
        levels=written.levels,
        calendar=written.calendar,
        sources=written.sources,
        unverified=said + written.unverified,
        not_published=written.not_published,
    )


def _wrong(written: _File, name: str) -> str | None:
    """What is wrong with a file as a file."""
    if name != f"{written.fiscal_year}.toml":
        return "fiscal_year: differs from the file's name"
    numbers = [indicator.number for indicator in written.indicators]
    if len(set(numbers)) != len(numbers):
        return "indicators: a number stands twice"
    parts = {one.name for one in fields(written) if getattr(written, one.name)} - {*_ABOUT}
    if written.not_published and parts != {"not_published"}:
        return "not_published: but the file has facts"
    if parts != set(written.sources):
        differing = ", ".join(sorted(parts ^ set(written.sources)))
        return f"sources: must name each part of the file and no other: {differing}"
    return None


def _conflict(criteria: Criteria) -> str | None:
    found = conflict(criteria)
    return f"{found.field}: {found.rule}" if found else None
