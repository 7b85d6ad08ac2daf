"""Reading one line of a report: measure, percent or status, what was done, links, in this order.

Nothing is guessed: what does not stand where it belongs stays part of the text, which is data.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from handlers.flex import link_uri
from handlers.spelling import any_of
from ita.measures import THAI_STATUS, Status
from ita.text import normalise

ALL_DONE: Final = 100
SETTLED: Final = "–"
"""Parts the answer to a question from the words that made it necessary, where they would be read
into it again: รายงานผล 3 80% – ประชุมเสร็จแล้ว."""

_SAID: Final = {
    Status.NOT_STARTED: (
        THAI_STATUS[Status.NOT_STARTED], "ยังไม่ดำเนินการ", "ยังไม่ได้ทำ", "ยังไม่ได้เริ่ม", "ยังไม่เริ่ม",
    ),
    Status.IN_PROGRESS: (
        THAI_STATUS[Status.IN_PROGRESS], "อยู่ระหว่างการดำเนินการ", "อยู่ในระหว่างดำเนินการ",
        "ระหว่างดำเนินการ", "กำลังดำเนินการ", "กำลังดำเนินการอยู่", "กำลังทำ", "กำลังทำอยู่",
    ),
    Status.AWAITING_ACCEPTANCE: (
        THAI_STATUS[Status.DONE], THAI_STATUS[Status.AWAITING_ACCEPTANCE], "เสร็จ", "เสร็จแล้ว",
        "แล้วเสร็จ", "เสร็จสิ้น", "เสร็จสิ้นแล้ว", "เสร็จเรียบร้อย", "เสร็จเรียบร้อยแล้ว", "ดำเนินการเสร็จแล้ว",
        "ดำเนินการเสร็จสิ้น", "ดำเนินการเสร็จสิ้นแล้ว", "ดำเนินการเรียบร้อยแล้ว",
    ),
}  # fmt: skip
"""What people write for a status. Whoever says "done" has it wait for the coordinator."""
_STATUS_OF: Final = {normalise(word): status for status, words in _SAID.items() for word in words}

_UNIT = r"\s*(?:[%％]|เปอร์เซ็นต์|เปอร์เซนต์)"
_AMOUNT: Final = re.compile(
    rf"(?<![^\s\u0e00-\u0e4f])(?:ร้อยละ\s*([-+]?\d[\d.,]*)(?:{_UNIT})?|([-+]?\d[\d.,]*){_UNIT})"
)
_WORD: Final = re.compile(rf"(?<!\S){any_of(tuple(_STATUS_OF))}(?=[\s,.;:]|$)")
_HEAD: Final = re.compile(  # possessive: runs of spaces are tried one way only
    r"\s*+(?:(?:มาตรการ|ตัวชี้วัด|ตชว\.?|ข้อ|ม\.?)\s*+(?:ที่)?\s*+){0,2}(?:โอ|o)?\s*+\d{1,3}"
    rf"(?![\d.,]*\d)(?!{_UNIT})(?!\w)",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"(?<![^\s\u0e00-\u0e7f])(?:https?://|www\.)\S*", re.IGNORECASE)
_BARE_AMOUNT: Final = re.compile(r"(\d{1,3})(?:\s*/\s*(\d{1,3}))?(?:\s+|\Z)")
_GAP = " \n.,:;"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a measure is, as the person said it (`said`).

    `percent` is 0..100; a percent that is no such number stands in `odd` as it was typed.
    """

    said: str
    status: Status | None = None
    percent: int | None = None
    odd: str = ""

    @property
    def differs(self) -> bool:
        """Whether a word and a percent stand there that cannot both be true."""
        both = self.status is not None and self.percent is not None
        return both and self.status is not status_at(self.percent or 0)

    def progress(self) -> tuple[Status, int | None]:
        """The status and percent to keep; who says "done" without a percent has done it all."""
        if self.percent is not None:
            return status_at(self.percent), self.percent
        status = self.status or Status.IN_PROGRESS
        return status, ALL_DONE if status is Status.AWAITING_ACCEPTANCE else None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What stands in a line.

    `numbered` says that `measure` is a number or code rather than words of a title. `tail` are
    the links at the line's end as typed, `links` all usable ones. `mixed` says that the output has
    words of progress in it.
    """

    measure: str
    numbered: bool
    standing: Standing | None
    output: str = field(repr=False)
    tail: str = field(repr=False)
    links: tuple[str, ...] = field(repr=False)
    unusable_links: tuple[str, ...] = field(repr=False)
    mixed: bool = False

    def bare_amount(self) -> tuple[int, "ReportLine"] | None:
        """A number before the text that may have been meant as percent, and the line without;
        8/10 is 80 of them."""
        found = _BARE_AMOUNT.match(self.output)
        if not found:
            return None
        some, whole = int(found[1]), int(found[2] or ALL_DONE)
        if some > whole or not whole:
            return None
        return round(ALL_DONE * some / whole), replace(self, output=self.output[found.end() :])


def status_at(percent: int) -> Status:
    """The status that a percent stands for; at 100 the coordinator has yet to accept."""
    if percent == 0:
        return Status.NOT_STARTED
    return Status.AWAITING_ACCEPTANCE if percent == ALL_DONE else Status.IN_PROGRESS


def read_line(words: str) -> ReportLine:
    """Read what follows the word รายงานผล. Never fails: what is missing stays empty.

    >>> line = read_line("ตัวชี้วัด ๓ ๘๐% จัดประชุมแล้ว https://example.go.th/a")
    >>> line.measure, line.standing.percent, line.output, line.links
    ('ตัวชี้วัด ๓', 80, 'จัดประชุมแล้ว', ('https://example.go.th/a',))
    """
    # Links are blanked out for the search: "%20" inside one is no percent.
    masked = _LINK.sub(lambda link: " " * len(link[0]), words)
    head = _HEAD.match(masked)
    start, end, standing = _standing_at(masked, head.end()) if head else _standing_in(masked)
    body, tail = _without_tail(words)
    links, unusable = _links(words)
    return ReportLine(
        measure=body[:start].strip(),
        numbered=head is not None,
        standing=standing,
        output=body[end:].strip(_GAP if standing else None),
        tail=tail,
        links=links,
        unusable_links=unusable,
    )


def _standing_at(text: str, start: int) -> tuple[int, int, Standing | None]:
    """Where the standing begins and ends, and it; both are `start` where none is."""
    begin = start + len(text[start:]) - len(text[start:].lstrip(_GAP))
    word = _WORD.match(text, begin)
    after_word = word.end() if word else begin
    gap = len(text[after_word:]) - len(text[after_word:].lstrip())
    amount = _AMOUNT.match(text, after_word + gap)
    if not word and not amount:
        return start, start, None
    end = amount.end() if amount else after_word
    return start, end, _read_standing(text[begin:end], word, amount)


def _standing_in(text: str) -> tuple[int, int, Standing | None]:
    """The first standing anywhere in the text; before it are words of the measure's title."""
    found = [each.start() for each in (_WORD.search(text), _AMOUNT.search(text)) if each]
    if not found:
        return len(text), len(text), None
    return _standing_at(text, min(found))


def _read_standing(said: str, word: re.Match[str] | None, amount: re.Match[str] | None) -> Standing:
    status = _STATUS_OF[normalise(word[0])] if word else None
    typed = (amount[1] or amount[2]) if amount else ""
    percent = int(typed) if typed.isdecimal() and len(typed) <= len("100") else None
    if percent is not None and percent > ALL_DONE:
        percent = None
    return Standing(said, status, percent, odd="" if percent is not None else typed)


def _without_tail(words: str) -> tuple[str, str]:
    start = len(words)
    for link in reversed(list(_LINK.finditer(words))):
        if words[link.end() : start].strip():
            break
        start = link.start()
    return words[:start], words[start:].strip()


def _links(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The links in the words, each once: those that can be kept, and those that cannot."""
    found = dict.fromkeys(_LINK.findall(words))
    usable = tuple(link for link in found if link_uri(link))
    return usable, tuple(link for link in found if link not in usable)
