"""What a year's criteria consist of. Weights, marks, totals and scores run from 0 to 100."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

STRICT = ConfigDict(extra="forbid", allow_inf_nan=False)

Points = Annotated[Decimal, Field(ge=0, le=100)]
Code = Annotated[str, Field(pattern=r"^o[1-9]\d?$")]


class NoCriteria(LookupError):
    """What a year's answer rests on is not known; str() says so in one sentence."""

    def __init__(self, fiscal_year: int, what: str = "criteria", state: str = "known") -> None:
        super().__init__(f"The ITA {what} of fiscal year {fiscal_year} are not {state}.")
        self.fiscal_year = fiscal_year


class NotPublished(NoCriteria):
    """The year's criteria are not known because they are not published yet."""

    def __init__(self, fiscal_year: int) -> None:
        super().__init__(fiscal_year, state="published yet, so nothing can be worked out for it")


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument (แบบวัด). `weight` is in percent of the total, None where not confirmed.

    `parts` gives the weights of an instrument that is measured in parts (EIT ส่วนที่ 1 and 2).
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    indicators: Annotated[tuple[int, ...], Field(min_length=1)]
    weight: Points | None = None
    parts: dict[str, Points] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubIndicator:
    """A sub-indicator (ตัวชี้วัดย่อย) of the OIT and the codes of its items."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    code: str
    name: str
    items: Annotated[tuple[Code, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator (ตัวชี้วัด). Only those of the OIT have sub-indicators."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    number: int
    name: str
    sub_indicators: tuple[SubIndicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An OIT item (ข้อคำถาม): its short title, "" where not known, and what is to be published.

    `requires` is one Thai phrase in words of ours, "" where no source says it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    title: str = ""
    requires: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the result: the least total, and the least of every instrument if there is one."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    total: Points
    each_instrument: Points | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """An entry of the year's calendar: a span of days and what is done for it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Criteria:
    """One year's criteria. What is not known is empty or None, and `unverified` names it.

    `levels` run from the best to the worst; `items` are by code (o1), in order; `item_count` is
    known in some years whose items are not; `item_scores` are the only points that an item can
    get, empty where any may be. `sources` says for each part of the file where it comes from.
    `not_published` is a Thai sentence where the NACC has published nothing for the year yet.
    """

    fiscal_year: int
    instruments: tuple[Instrument, ...] = ()
    indicators: dict[int, Indicator] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    item_count: int | None = None
    item_scores: tuple[Decimal, ...] = ()
    pass_mark: Decimal | None = None
    levels: tuple[Level, ...] = ()
    calendar: tuple[Milestone, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    unverified: tuple[str, ...] = ()
    not_published: str = ""

    def indicator_name(self, number: int) -> str:
        """The indicator's name, or its number in words where the year's names are not known."""
        known = self.indicators.get(number)
        return known.name if known else f"ตัวชี้วัดที่ {number}"

    def item_title(self, code: str) -> str | None:
        """The short title of an OIT item such as "o13"; None where it is not known."""
        return self._item(code).title or None

    def item_requires(self, code: str) -> str | None:
        """What an OIT item asks to be published; None where it is not known."""
        return self._item(code).requires or None

    def lack(self, what: str) -> NoCriteria:
        """The error that says that an answer needs `what`, and the year's criteria lack it."""
        if self.not_published:
            return NotPublished(self.fiscal_year)
        return NoCriteria(self.fiscal_year, what)

    def _item(self, code: str) -> Item:
        return self.items.get(code.casefold(), Item())
