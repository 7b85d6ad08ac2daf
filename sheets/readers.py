"""How each cell that people may write is read: a word of theirs becomes a change, or is refused."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from ita.complaints import Case, CaseStatus, may_move, status_words, statuses
from ita.complaints.kinds import ENDED
from ita.complaints.masking import masked
from ita.dates import read_period
from ita.measures import (
    THAI_ACCEPTANCE,
    THAI_STATUS,
    Acceptance,
    Measure,
    NotReportedDone,
    Status,
    accept,
    send_back,
    take_acceptance_back,
)
from ita.results import THAI_PRESENT, IndicatorScore, OitItem
from ita.text import arabic_digits, normalise
from store.doubts import PROTECTED_CASE

LAST_INDICATOR = 10
MOST_POINTS = Decimal(100)
_ITEM = re.compile(r"o([1-9][0-9]?)")
_BETWEEN_ITEMS = re.compile(r"[\s,;/]+")
_POINTS = re.compile(r"\d{1,3}(\.\d{1,2})?")
_LINK = re.compile(r"https?://[^\s]{3,2000}")
_STATUS = {normalise(words): status for status, words in THAI_STATUS.items()}
_ACCEPTANCE = {normalise(words): said for said, words in THAI_ACCEPTANCE.items()}
_NOT_IN_SHEET = frozenset({CaseStatus.NOT_TAKEN, CaseStatus.INFORMED, *ENDED})
"""How a protected case ends is not for everybody to say who may write into the sheet; nor that
whoever filed it was told, to whom no word is written there.
"""
_PRESENT = {normalise(words): present for present, words in THAI_PRESENT.items()}


class Refused(ValueError):
    """What stands in the cell cannot be taken in; `why` is the code of the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


Reader = Callable[[Any, str], Any]
"""From a row's value and a cell's text to the changed value; raises Refused."""
Units = Collection[str]
"""The names of an agency's units."""


# --- มาตรการ


def _title(measure: Measure, text: str) -> Measure:
    return replace(measure, title=_filled(text))


def _unit(measure: Measure, text: str) -> Measure:
    return replace(measure, unit=_filled(text))


def _filled(text: str) -> str:
    if not text:
        raise Refused("empty")
    return text


def _status(measure: Measure, text: str) -> Measure:
    """A coordinator who calls a measure done has accepted it."""
    status: Status | None = _STATUS.get(normalise(text))
    if status is None:
        raise Refused("unknown_status")
    kept = measure.acceptance if status is measure.status else None
    accepted = Acceptance.ACCEPTED if status is Status.DONE else kept
    return replace(measure, status=status, acceptance=accepted)


def _indicator(measure: Measure, text: str) -> Measure:
    digits = arabic_digits(text)
    if not digits:
        return replace(measure, indicator=None)
    if not digits.isdecimal() or not 1 <= int(digits[:9]) <= LAST_INDICATOR:
        raise Refused("not_an_indicator")
    return replace(measure, indicator=int(digits))


def _items(measure: Measure, text: str) -> Measure:
    """Codes in any of the ways people write them: "O13", "o13, o14", "o๑๓"."""
    codes = [code for code in _BETWEEN_ITEMS.split(normalise(text)) if code]
    if not all(_ITEM.fullmatch(code) for code in codes):
        raise Refused("not_items")
    return replace(measure, items=tuple(dict.fromkeys(codes)))


def _period(measure: Measure, text: str) -> Measure:
    period = read_period(text, measure.fiscal_year)
    if text and period.kind == "unknown":
        raise Refused("not_a_period")
    return replace(measure, period=period)


def _acceptance(measure: Measure, text: str) -> Measure:
    if not text:
        return take_acceptance_back(measure)
    said = _ACCEPTANCE.get(normalise(text))
    if said is None:
        raise Refused("unknown_acceptance")
    try:
        return accept(measure) if said is Acceptance.ACCEPTED else send_back(measure)
    except NotReportedDone:
        raise Refused("not_reported_done") from None


# --- คะแนน ITA, ข้อ OIT, เรื่องร้องเรียน


def _points(score: IndicatorScore, text: str) -> IndicatorScore:
    if not text:
        return replace(score, points=None)
    digits = arabic_digits(text).strip()
    try:
        points = Decimal(digits) if _POINTS.fullmatch(digits) else None
    except InvalidOperation:
        points = None
    if points is None or points > MOST_POINTS:
        raise Refused("not_points")
    return replace(score, points=points)


def _present(item: OitItem, text: str) -> OitItem:
    if not text:
        return replace(item, present=None)
    if normalise(text) not in _PRESENT:
        raise Refused("not_present")
    return replace(item, present=_PRESENT[normalise(text)])


def _url(item: OitItem, text: str) -> OitItem:
    if text and not _LINK.fullmatch(text):
        raise Refused("not_a_link")
    return replace(item, url=text)


def _case_status(case: Case, text: str) -> Case:
    known: dict[str, CaseStatus] = {
        normalise(status_words(case.kind, one)): one for one in statuses(case.kind)
    }
    status = known.get(normalise(text))
    if status is None:
        raise Refused("unknown_status")
    if status is case.status:
        return case
    if status in _NOT_IN_SHEET and case.kind.is_protected:
        raise Refused("end_of_protected")
    if not may_move(case, status):
        raise Refused("not_withdrawn" if status is CaseStatus.WITHDRAWN else "not_a_step")
    if status is CaseStatus.CLOSED and case.status is not CaseStatus.RESOLVED:
        raise Refused("not_resolved")
    return replace(case, status=status)


def _titled(case: Case, text: str) -> Case:
    """A coordinator's own words for a case, which may be shown to whoever reports the same."""
    return replace(case, title=masked(text), titled=bool(text))


def _case_unit(units: Units) -> Reader:
    """One of the agency's; any word where it has named none."""
    names = {normalise(name): name for name in units}

    def reader(case: Case, text: str) -> Case:
        if text and names and normalise(text) not in names:
            raise Refused("unknown_unit")
        return replace(case, unit=names.get(normalise(text), text))

    return reader


def _of_grievance(read: Reader) -> Reader:
    """What stays empty for protected cases."""

    def reader(case: Case, text: str) -> Any:
        if case.kind.is_protected and text:
            raise Refused(PROTECTED_CASE)
        return read(case, text)

    return reader


READERS: Mapping[str, Mapping[str, Reader]] = {
    "measures": {
        "title": _title,
        "keywords": lambda measure, text: replace(measure, keywords=text),
        "method": lambda measure, text: replace(measure, method=text),
        "indicator": _indicator,
        "items": _items,
        "period": _period,
        "budget": lambda measure, text: replace(measure, budget=text),
        "unit": _unit,
        "status": _status,
        "acceptance": _acceptance,
        "reason": lambda measure, text: replace(measure, reason=text),
    },
    "scores": {"points": _points},
    "items": {"present": _present, "url": _url},
    "cases": {
        "title": _of_grievance(_titled),
        "unit": _of_grievance(_case_unit(())),
        "status": _case_status,
        "result": _of_grievance(lambda case, text: replace(case, result=text)),
    },
}
"""By tab: which columns people change by writing, and how each is read."""


def reader_of(tab: str, column: str, units: Units) -> Reader:
    """How a cell is read in an agency with these units."""
    if (tab, column) == ("cases", "unit"):
        return _of_grievance(_case_unit(units))
    return READERS[tab][column]
