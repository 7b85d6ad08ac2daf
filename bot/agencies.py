"""The agencies that this deployment serves: a TOML file each, validated at load.

Secrets stand in the files by reference only: "env:NAME" or "file:PATH". "sample:TEXT" is a
literal for the sandbox; production refuses it.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.complaint_facts import ComplaintFacts
from ita.agency import Agency, Unit
from ita.reminders import Hours

SECRET_LENGTH = 16
"""Shorter is not LINE's (32 letters), and an empty one would let anybody sign."""


class BadAgency(ValueError):
    """A file names no valid agency: the message names file, line and field, never a secret."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class UnitFacts(_Strict):
    """A unit in the agency's tree."""

    name: Annotated[str, Field(min_length=1)]
    parent: str | None = None


class LineChannel(_Strict):
    """The agency's Messaging API channel. `push` allows paid messages beside free replies.

    `monthly_pushes` bounds what reminders may cost: none is pushed any more once so many pushes
    were made in a month, for whatever reason. It is no more than the account's plan allows.
    `basic_id` is the account's id for people (@…), as LINE shows it; invitations link to it.
    """

    channel_id: Annotated[str, Field(pattern=r"^\d+$")]
    channel_secret: SecretStr
    bot_user_id: Annotated[str, Field(pattern=r"^U[0-9a-f]{32}$")]
    basic_id: Annotated[str, Field(pattern=r"^@[a-z0-9._-]{3,30}$")] | None = None
    push: bool = True
    monthly_pushes: Annotated[int, Field(ge=0, le=1_000_000)] = 200


class WorkingHours(_Strict):
    """When the agency works on its working days, in Bangkok."""

    begin: time = Hours().begin
    end: time = Hours().end

    @model_validator(mode="after")
    def _has_length(self) -> "WorkingHours":
        if self.begin >= self.end:
            raise ValueError("begin has to come before end")
        return self

    def facts(self) -> Hours:
        """The hours as the rules see them."""
        return Hours(self.begin, self.end)


class Sheet(_Strict):
    """The Google spreadsheet that the coordinators share.

    `people` are the addresses with which it is shared (@domain for all of one), so that
    `sujarit sheet install` can warn of others.
    """

    spreadsheet_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")]
    people: tuple[Annotated[str, Field(pattern=r"^[^@\s]*@[^@\s]+$")], ...] = ()


class AgencyConfig(_Strict):
    """One agency's file. `type` is for the titles of its heads, which no text says yet."""

    slug: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,30}$")]
    name: str
    short_name: str
    type: Literal["municipality", "sao"]
    district: str
    province: str
    fiscal_year: Annotated[int, Field(ge=2560, le=2650)]
    units: tuple[UnitFacts, ...] = ()
    line: LineChannel
    working_hours: WorkingHours = WorkingHours()
    sheet: Sheet
    complaints: ComplaintFacts = ComplaintFacts()

    @field_validator("units")
    @classmethod
    def _parents_are_units(cls, units: tuple[UnitFacts, ...]) -> tuple[UnitFacts, ...]:
        for unit in units:
            if unit.parent is not None:
                _refuse_unknown(f"parent of {unit.name}", unit.parent, units)
        return units

    @field_validator("complaints")
    @classmethod
    def _offices_are_in_units(cls, facts: ComplaintFacts, known: ValidationInfo) -> ComplaintFacts:
        """A unit that is none of the tree would keep nobody out of what is about it."""
        for key, unit in facts.units_named():
            if unit and "units" in known.data:
                _refuse_unknown(key, unit, known.data["units"])
        return facts

    def facts(self) -> Agency:
        """The agency as the rules see it."""
        return Agency(
            slug=self.slug,
            name=self.name,
            short_name=self.short_name,
            district=self.district,
            province=self.province,
            fiscal_year=self.fiscal_year,
            units=tuple(Unit(unit.name, unit.parent) for unit in self.units),
            pushes=self.line.push and self.line.monthly_pushes > 0,
        )


def _refuse_unknown(key: str, unit: str, units: tuple[UnitFacts, ...]) -> None:
    names = [each.name for each in units]
    if unit not in names:
        known = ", ".join(names) or "there are none"
        raise ValueError(f"{key}: {unit} is none of the units: {known}")


def load(folder: Path, *, samples: bool = False) -> dict[str, AgencyConfig]:
    """Every agency in `folder` (*.toml), by slug; `samples` allows literal sample secrets.

    Raises BadAgency for the first thing that is wrong in any of them.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise BadAgency(f"{folder} holds no agency file (*.toml): see docs/deploy.md.")
    loaded = {path: _read(path, samples=samples) for path in files}
    _refuse_sharing(loaded)
    return {agency.slug: agency for agency in loaded.values()}


def _read(path: Path, *, samples: bool) -> AgencyConfig:
    text = _text(path, str(path))
    try:
        facts = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadAgency(f"{path}: {error}") from None
    _resolve_secret(path, text, facts.get("line"), samples=samples)
    try:
        return AgencyConfig.model_validate(facts)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise BadAgency(f"{path}:{_line_of(text, first['loc'])}: {field}: {first['msg']}") from None


def _resolve_secret(path: Path, text: str, line: object, *, samples: bool) -> None:
    """Put the secret in the place of its reference."""
    if not isinstance(line, dict) or not isinstance(line.get("channel_secret"), str):
        return  # the model says what is missing
    kind, _, target = line["channel_secret"].partition(":")
    where = f"{path}:{_line_of(text, ('channel_secret',))}: line.channel_secret"
    if kind == "sample" and samples:
        secret = target
    elif kind == "env" and target in os.environ:
        secret = os.environ[target].strip()
    elif kind == "file" and Path(target).is_file():
        secret = _text(Path(target), where).strip()
    elif kind == "sample":
        raise BadAgency(f"{where}: a sample secret; name the real one as env:NAME or file:PATH")
    else:
        raise BadAgency(f"{where}: nothing found there; write env:NAME or file:PATH")
    if len(secret) < SECRET_LENGTH:
        raise BadAgency(f"{where}: what is found there has fewer than {SECRET_LENGTH} characters")
    line["channel_secret"] = secret


def _text(path: Path, where: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadAgency(f"{where}: not a text in UTF-8") from None
    except OSError as error:
        raise BadAgency(f"{where}: it cannot be read: {error.strerror}") from None


def _refuse_sharing(loaded: Mapping[Path, AgencyConfig]) -> None:
    """Two agencies share no slug, channel, secret or spreadsheet: messages would cross over."""
    for field in ("slug", "line.channel_id", "line.channel_secret", "sheet.spreadsheet_id"):
        seen: dict[Any, Path] = {}
        for path, agency in loaded.items():
            value: Any = agency
            for part in field.split("."):
                value = getattr(value, part)
            if value in seen:
                raise BadAgency(f"{path}: {field} is the same as in {seen[value]}")
            seen[value] = path


def _line_of(text: str, loc: tuple[int | str, ...]) -> int:
    """The line on which a field stands, as near as its name tells; 1 when it is missing."""
    names = [re.escape(part) for part in loc if isinstance(part, str)]
    for name in reversed(names):
        for number, line in enumerate(text.splitlines(), start=1):
            if re.match(rf"\s*(\[+\s*)?{name}\b", line):
                return number
    return 1
