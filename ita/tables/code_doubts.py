"""Doubts on codes of items and questions: damaged ones, and those that a row lacks.

What a code should be follows from its digits, and from the same words standing elsewhere in the
document under another code.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ita.tables.codes import (
    EITHER,
    damaged_code,
    has_code,
    mentioned_codes,
    own_code,
    without_code,
)  # fmt: skip
from ita.tables.document import Document
from ita.tables.meanings import bones
from ita.tables.published import Doubt
from ita.text import normalise

_EXCERPT = 60
_COMPARED = 160
_SHORTEST = 8
_SAME = 0.8
_MOST_KNOWN = 200


@dataclass(frozen=True, slots=True)
class Coded:
    """The title of a measure or an issue, at its place, in the table at a line.

    `is_coded`: a code beyond doubt stands in it or beside it.
    """

    table: int
    where: str
    title: str
    is_coded: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """The words that stand somewhere under a code."""

    code: str
    words: str
    row: Coded


def code_doubts(rows: Sequence[Coded], document: Document) -> list[Doubt]:
    """Damaged codes of rows, rows without one where most have one, and damaged ones in texts."""
    known = _all_known(rows)
    mostly = _mostly_coded(rows)
    doubts = [
        doubt
        for row in rows
        if (doubt := _of_row(row, known, missing=row.table in mostly and not _has_code(row)))
    ]
    return list(_with_mentions(doubts, document))


def _mostly_coded(rows: Iterable[Coded]) -> set[int]:
    tables: dict[int, list[bool]] = {}
    for row in rows:
        tables.setdefault(row.table, []).append(_has_code(row))
    return {table for table, coded in tables.items() if 2 * sum(coded) > len(coded)}


def _has_code(row: Coded) -> bool:
    return row.is_coded or has_code(row.title)


def _all_known(rows: Iterable[Coded]) -> list[_Known]:
    """The words under every code, once a table."""
    known = {(row.table, one.code): one for row in rows if (one := _known(row))}
    return list(known.values())[:_MOST_KNOWN]


def _known(row: Coded) -> _Known | None:
    code = own_code(row.title) or (damaged_code(row.title) or ("", ""))[1]
    words = _words(row.title)
    return _Known(code, words, row) if code and EITHER not in code and words else None


def _words(title: str) -> str:
    words = bones(normalise(without_code(title)[:_COMPARED]))
    return words if len(words) >= _SHORTEST else ""


def _of_row(row: Coded, known: Sequence[_Known], *, missing: bool) -> Doubt | None:
    if missing:
        alike = _alike(row, known)
        reason = "แถวอื่นในตารางนี้มีรหัสข้อ แต่แถวนี้ไม่มี" + _said(alike)
        return Doubt(
            "item_code", row.where, row.title[:_EXCERPT], alike.code if alike else "", reason
        )
    damaged = damaged_code(row.title)
    if damaged is None or row.is_coded:
        return None
    raw, proposal = damaged
    alike = _alike(row, known)
    proposed = [*filter(None, proposal.split(EITHER))]
    if alike and alike.code not in proposed:
        proposed.append(alike.code)
    reason = "รหัสข้อน่าจะเพี้ยนจากการสแกน กรุณายืนยันว่าเป็นข้อใด"
    said = _said(alike) if len(proposed) > 1 else ""
    return Doubt("item_code", row.where, raw, EITHER.join(proposed), reason + said)


def _said(alike: _Known | None) -> str:
    return f" (ข้อความเหมือนข้อ {alike.code} ที่{alike.row.where})" if alike else ""


def _alike(row: Coded, known: Iterable[_Known]) -> _Known | None:
    """What stands under the same words in another table, best of all."""
    words = _words(row.title)
    best: tuple[float, _Known | None] = (_SAME, None)
    matcher = SequenceMatcher(None, "", words, autojunk=False)
    for one in known if words else ():
        if one.row.table == row.table:
            continue
        matcher.set_seq1(one.words)
        if matcher.real_quick_ratio() >= best[0] and matcher.quick_ratio() >= best[0]:
            best = max(best, (matcher.ratio(), one), key=lambda pair: pair[0])
    return best[1]


def _with_mentions(doubts: Sequence[Doubt], document: Document) -> Iterator[Doubt]:
    yield from doubts
    asked = {(doubt.where, doubt.raw) for doubt in doubts}
    reason = "รหัสข้อที่อ้างถึงในข้อความน่าจะเพี้ยนจากการสแกน กรุณายืนยันว่าเป็นข้อใด"
    for line in document.lines:
        for cell in line.cells:
            for raw, proposal in mentioned_codes(cell):
                if (line.where, raw) not in asked:
                    asked.add((line.where, raw))
                    yield Doubt("item_reference", line.where, raw, proposal, reason)
