"""An agency's official results, as its rows: an indicator's points, an answer to an OIT item."""

from dataclasses import dataclass
from decimal import Decimal

THAI_PRESENT = {True: "มี", False: "ไม่มี"}
"""The words of the NACC's own form."""


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """An indicator's official points (0..100) of a Buddhist year; None where nobody entered them.

    `id` is its row's identity in the agency's sheet (int32).
    """

    id: int
    fiscal_year: int
    indicator: int
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class OitItem:
    """The answer to one OIT item of a Buddhist fiscal year; `present` None where nobody answered.

    `id` is its row's identity in the agency's sheet (int32); `code` is in the form "o13"; `url`
    is where it is published, an http(s) link or "".
    """

    id: int
    fiscal_year: int
    code: str
    present: bool | None = None
    url: str = ""
