"""What people wrote into rows of ours, understood as changes of the register. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sheets.layout import BY_KEY, Owner
from sheets.plan import Question
from sheets.readers import READERS, Refused, Units, reader_of
from sheets.rows import Cells
from store.doubts import CONFLICT


@dataclass(frozen=True, slots=True)
class Taken:
    """A row's value after people's edits; `refused` maps columns to why they were left out."""

    value: Any
    refused: dict[str, str]


def edited(tab: str, cells: Mapping[str, str], known: Mapping[str, str]) -> Cells:
    """The cells of people's and shared columns that are no longer as last known."""
    return {
        key: cells[key] for key in READERS[tab] if key in cells and cells[key] != known.get(key)
    }


def take(tab: str, value: Any, cells: Mapping[str, str], units: Units = ()) -> Taken:
    """Let edits of single cells change a value; what cannot be understood changes nothing.

    `units` are the agency's.
    """
    refused: dict[str, str] = {}
    for column, text in cells.items():
        try:
            value = reader_of(tab, column, units)(value, text)
        except Refused as error:
            refused[column] = error.why
    return Taken(value, refused)


def asked(
    tab: str,
    row_id: int,
    cells: Cells,
    known: Mapping[str, str],
    ours: Mapping[str, str],
    refused: Mapping[str, str],
) -> Iterator[Question]:
    """What to ask about edits of a row: why a word was left out, or what it crossed.

    `ours` are the cells as the register would have them, without the edits.
    """
    shared = {column.key for column in BY_KEY[tab].owned(Owner.SHARED)}
    for key, theirs in cells.items():
        why = refused.get(key)
        if why is None and key in shared and ours[key] not in (known[key], theirs):
            why = CONFLICT
        if why is not None:
            yield Question(tab, row_id, key, theirs, ours[key], why)
