"""What stands in a cell: how input is understood and how a value is shown.

Formulas are kept but NOT evaluated. A bare literal (`=5`, `="text"`) and HYPERLINK show their
value; every other formula shows `#NAME?`, so that nobody takes a computed figure from here.
"""

import calendar
import re
from datetime import date, datetime, timedelta
from typing import Any

from sandbox.google.errors import invalid
from sandbox.google.schema import Json

MAX_TEXT = 50_000
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's serial day has no zone
_NUMBER = re.compile(r"([+-]?)(?:\d+|\d{1,3}(?:,\d{3})+)?(\.\d+)?(?:[eE][+-]?\d+)?(%?)")
_DATE = re.compile(r"(\d{1,4})([-/])(\d{1,2})(?:\2(\d{1,4}))?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_LINK = re.compile(r'=HYPERLINK\("([^"]*)"(?:\s*[,;]\s*"([^"]*)")?\)', re.IGNORECASE)
_LITERAL = re.compile(r'=\s*(?:"([^"]*)"|([+-]?\d+(?:\.\d+)?))')
_SECONDS = 86_400
_LARGE = 1e15  # beyond, a sheet writes 1E+15
_SHORT_YEAR = 2


def entered(value: Any, place: str) -> Json | None:
    """Return the ExtendedValue of a RAW input; None for a blank, 400 for a list or an object."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if isinstance(value, str):
        return {"stringValue": _short(value)}
    kind = "list_value" if isinstance(value, list) else "struct_value"
    raise invalid(f"Invalid {place}: {kind} {{ }}")


def typed(value: Any, place: str, locale: str, old_format: Json) -> tuple[Json | None, Json | None]:
    """Return ExtendedValue and number format (None: as it was) of input as if typed by a person."""
    if not isinstance(value, str) or not value:
        return entered(value, place), None
    if value.startswith("'"):
        return {"stringValue": _short(value[1:])}, None
    if old_format.get("numberFormat", {}).get("type") == "TEXT":
        return {"stringValue": _short(value)}, None
    if value.startswith("=") and len(value) > 1:
        return {"formulaValue": _short(value)}, None
    if value.upper() in ("TRUE", "FALSE"):
        return {"boolValue": value.upper() == "TRUE"}, None
    number = _typed_number(value.strip()) or _typed_date(value.strip(), locale)
    return number or ({"stringValue": _short(value)}, None)


def _short(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise invalid(
            "Your input contains more than the maximum of 50000 characters in a single cell."
        )
    return text


def _typed_number(text: str) -> tuple[Json, Json | None] | None:
    found = _NUMBER.fullmatch(text)
    if not found or not any(mark.isdigit() for mark in text):
        return None
    number = float(text.replace(",", "").rstrip("%"))
    if found[3]:
        pattern = "0.00%" if found[2] else "0%"
        return {"numberValue": number / 100}, {"type": "PERCENT", "pattern": pattern}
    style = {"type": "NUMBER", "pattern": "#,##0.00" if found[2] else "#,##0"}
    return {"numberValue": tidy(number)}, style if "," in text else None


def _typed_date(text: str, locale: str) -> tuple[Json, Json | None] | None:
    """Read `1-2`, `1/2/2026`, `2026-01-02`, `10:30` and a date with a time."""
    day_text, _, time_text = text.partition(" ")
    if not time_text and ":" in day_text:
        day_text, time_text = "", day_text
    day = _day(day_text, locale) if day_text else 0
    seconds = _seconds(time_text) if time_text else 0
    if day is None or seconds is None:
        return None
    kind = "DATE_TIME" if day_text and time_text else "DATE" if day_text else "TIME"
    return {"numberValue": tidy(day + seconds / _SECONDS)}, {"type": kind}


def _day(text: str, locale: str) -> int | None:
    found = _DATE.fullmatch(text)
    if not found:
        return None
    first, second, third = int(found[1]), int(found[3]), found[4]
    month_first = locale == "en_US"
    if len(found[1]) == 4 and third:  # noqa: PLR2004 - a year of four digits comes first
        year, month, day = first, second, int(third)
    else:
        month, day = (first, second) if month_first else (second, first)
        year = int(third) if third else datetime.now().year  # noqa: DTZ005 - the sheet's own today
    try:
        return (date(year + 2000 if year < 100 else year, month, day) - _EPOCH.date()).days  # noqa: PLR2004 - two digits of a year
    except ValueError:
        return None


def _seconds(text: str) -> int | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    return hours * 3600 + minutes * 60 + seconds if hours < 24 and minutes < 60 else None  # noqa: PLR2004 - a day's clock


def tidy(number: float) -> int | float:
    """Return a whole number as an int, as it stands in Google's JSON."""
    return int(number) if number == int(number) and abs(number) < _LARGE else number


def effective(cell: Json) -> Json | None:
    """Return the cell's effective ExtendedValue, None if it is blank."""
    value: Json | None = cell.get("userEnteredValue")
    if value is None or "formulaValue" not in value:
        return value
    formula = value["formulaValue"]
    link, literal = _LINK.fullmatch(formula), _LITERAL.fullmatch(formula)
    if link:
        return {"stringValue": link[2] if link[2] is not None else link[1]}
    if literal:
        text, number = literal.groups()
        return {"stringValue": text} if text is not None else {"numberValue": tidy(float(number))}
    return {"errorValue": {"type": "NAME", "message": "The sandbox does not evaluate formulas."}}


def shown(cell: Json) -> str:
    """Return the formatted value, as a person sees it; empty if the cell is blank."""
    value = effective(cell) or {}
    if "errorValue" in value:
        return "#NAME?"
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
    if "numberValue" in value:
        style = cell.get("userEnteredFormat", {}).get("numberFormat", {})
        return _shown_number(value["numberValue"], style)
    text: str = value.get("stringValue", "")
    return text


def _shown_number(number: float, style: Json) -> str:
    kind, pattern = style.get("type"), style.get("pattern", "")
    if kind in ("DATE", "TIME", "DATE_TIME"):
        return _shown_date(number, kind, pattern)
    if not pattern or kind == "TEXT":
        return _general(number)
    decimals = re.search(r"0\.(0+)", pattern)
    places = len(decimals[1]) if decimals else 0
    if "%" in pattern:
        return f"{number * 100:.{places}f}%"
    return f"{number:,.{places}f}" if "," in pattern else f"{number:.{places}f}"


def _general(number: float) -> str:
    if number == int(number) and abs(number) < _LARGE:
        return str(int(number))
    return f"{number:.10g}"


_PARTS = re.compile(r"y+|m+|d+|h+|s+|[^ymdhs]+", re.IGNORECASE)
_DEFAULT_PATTERN = {"DATE": "m/d/yyyy", "TIME": "h:mm:ss", "DATE_TIME": "m/d/yyyy h:mm:ss"}


def _shown_date(number: float, kind: str, pattern: str) -> str:
    moment = _EPOCH + timedelta(seconds=round(number * _SECONDS))
    text, after_hour = "", False
    for part in _PARTS.findall(pattern or _DEFAULT_PATTERN[kind]):
        letter = part[0].lower()
        text += _date_part(moment, letter, part, after_hour)
        after_hour = letter == "h" or (after_hour and letter not in "ymds")
    return text


def _date_part(moment: datetime, letter: str, part: str, after_hour: bool) -> str:
    """Write one part of a date pattern; `m` is the minute after an hour, else the month."""
    size = len(part)
    if letter == "y":
        return f"{moment.year % 100:02d}" if size <= _SHORT_YEAR else str(moment.year)
    if letter == "m" and not after_hour:
        names = {3: calendar.month_abbr, 4: calendar.month_name}
        return names[size][moment.month] if size in names else f"{moment.month:0{size}d}"
    values = {"d": moment.day, "h": moment.hour, "m": moment.minute, "s": moment.second}
    return f"{values[letter]:0{size}d}" if letter in values else part


def rendered(cell: Json, value_option: str, date_option: str) -> Any:
    """Return the cell as values.get shows it: text, number, boolean, or empty text for a blank."""
    value = cell.get("userEnteredValue", {})
    if value_option == "FORMULA" and "formulaValue" in value:
        return value["formulaValue"]
    effective_value = effective(cell) or {}
    style = cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type", "")
    is_date = style in ("DATE", "TIME", "DATE_TIME") and date_option == "FORMATTED_STRING"
    if value_option in ("", "FORMATTED_VALUE") or is_date or "errorValue" in effective_value:
        return shown(cell)
    return next(iter(effective_value.values()), "")
