"""The part of an agency's file that is about its complaint doors: [complaints]."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ita.clocks import DEFAULT_CLOCKS, Clock
from ita.complaints import Kind
from ita.complaints.defaults import DANGERS, RETENTION_YEARS, outside_with
from ita.complaints.doors import Danger, Doors, OutsideBody, Receiver

Words = Annotated[str, Field(min_length=1, max_length=60)]
Told = Annotated[str, Field(min_length=1, max_length=60, pattern=r"\w")]
"""Of nothing but a gap everything would be told."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ReceiverFacts(_Strict):
    """An office, never a person's name, that receives protected reports, and the unit it is in."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
    title: Words
    unit: str = ""


class OutsideFacts(_Strict):
    """Where else one can turn."""

    name: Words
    phone: str = ""
    url: Annotated[str, Field(pattern=r"^(https://\S+)?$")] = ""


class DangerFacts(_Strict):
    """Words of danger and whom to call first (ita.complaints.doors.Danger)."""

    words: tuple[Told, ...]
    call: Words
    phone: Annotated[str, Field(pattern=r"^[0-9 -]{3,15}$")]
    unless: tuple[Told, ...] = ()


class ComplaintFacts(_Strict):
    """All of it; every part has a default (ita.complaints.defaults).

    `places` are villages and landmarks that people can tap; `retention_years` by kind; with
    `in_sheet = "when_closed"` a protected case has no row in the shared sheet before its end.
    """

    receivers: tuple[ReceiverFacts, ...] = ()
    substitute: ReceiverFacts | None = None
    outside: tuple[OutsideFacts, ...] | None = None
    places: tuple[Words, ...] = ()
    dangers: tuple[DangerFacts, ...] | None = None
    retention_years: dict[Kind, Annotated[int, Field(ge=1, le=30)]] = {}
    in_sheet: Annotated[str, Field(pattern="^(next_slot|when_closed)$")] = "next_slot"
    clocks: tuple[Clock, ...] = DEFAULT_CLOCKS

    @model_validator(mode="after")
    def _keys_differ(self) -> "ComplaintFacts":
        keys = [one.key for one in (*self.receivers, *filter(None, [self.substitute]))]
        if len(keys) != len(set(keys)):
            raise ValueError("two receivers have the same key")
        return self

    def units_named(self) -> tuple[tuple[str, str], ...]:
        """The unit of each office that receives reports, with where it stands in the file."""
        listed = [(f"unit of receiver {one.key}", one.unit) for one in self.receivers]
        if self.substitute is not None:
            listed.append(("substitute.unit", self.substitute.unit))
        return tuple(listed)

    def doors(self) -> Doors:
        """As the rules see it."""
        years = {**dict(RETENTION_YEARS), **self.retention_years}
        return Doors(
            receivers=tuple(map(_receiver, self.receivers)),
            substitute=_receiver(self.substitute) if self.substitute else None,
            outside=outside_with(
                None
                if self.outside is None
                else tuple(OutsideBody(one.name, one.phone, one.url) for one in self.outside)
            ),
            places=self.places,
            dangers=DANGERS
            if self.dangers is None
            else tuple(Danger(one.words, one.call, one.phone, one.unless) for one in self.dangers),
            retention_years=tuple(years.items()),
            in_sheet_when_closed=self.in_sheet == "when_closed",
        )


def _receiver(facts: ReceiverFacts) -> Receiver:
    return Receiver(facts.key, facts.title, facts.unit)
