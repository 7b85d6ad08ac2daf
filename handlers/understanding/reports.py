"""What a text tells of which measure: mentions, standings, days and links put together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from handlers.topics.report_line import SETTLED
from handlers.understanding.corrections import (
    MEANT,
    live_mentions,
    without_corrected,
    without_denied,
)
from handlers.understanding.days import days
from handlers.understanding.deciding import Decided, is_mixed, like_before, round_in, standing_of
from handlers.understanding.folding import TAKEN, Folded
from handlers.understanding.hinting import hinted
from handlers.understanding.keeping import output_of
from handlers.understanding.likely import likely_of, which
from handlers.understanding.naming import (
    NOT_YET,
    Mention,
    bare_mentions,
    enumerators,
    mentions,
    numbers_before,
    title_mentions,
)
from handlers.understanding.parts import Part, Reading, parts_of
from handlers.understanding.relating import told_of
from handlers.understanding.standing import Mark, marks
from handlers.understanding.values import Ask, Facts, Told
from handlers.understanding.words import ONLY_POLITE
from ita.measures import THAI_STATUS, Measure
from ita.outstanding import belongs_to


@dataclass(frozen=True, slots=True)
class Account:
    """All that a text says about progress. `asked` says that it asks rather than tells."""

    told: tuple[Told, ...]
    unnamed: Told | None
    likely: tuple[Measure, ...]
    ask: Ask | None
    mentions: tuple[Mention, ...]
    hints: tuple[Measure, ...]
    """Where none is named, the measures that share a word with the text."""
    asked: bool
    settled: bool
    """Whether it is the answer to a question, which says what is so in its first words."""
    progress: bool
    """Whether words of progress stand there, and in `clear` whether they say how far it is."""
    clear: bool
    amount: bool
    """Whether a percent stands there that may be of something else."""


def account(folded: Folded, facts: Facts, begins: int, *, command: bool) -> Account:
    """Read a text as a report, whoever wrote it and whether it is one or not."""
    text = TAKEN * begins + folded.text[begins:]
    found_days, text = days(text, facts.today)
    settled = _settled_at(folded.text, begins) if command else len(text)
    text = _taken(text, [(settled, len(text))])
    named, text = mentions(facts.measures, text)
    listed = enumerators(folded.text, named)
    text = _taken(text, listed)
    titles = title_mentions(facts.measures, without_denied(text))
    if command and not titles:  # รายงานผล may begin a title
        whole = title_mentions(facts.measures, folded.text)
        titles = [replace(each, start=begins, end=begins, unknown=True) for each in whole]
    if not named:
        text = _taken(text, [(each.start, each.end) for each in titles if each.sure])
    found, rest = marks(folded, text)
    named = _named(facts, folded.text, rest, named, titles, found, begins, command=command)
    live, struck = live_mentions(folded.text, named, found)
    found = without_corrected(folded.text, found)
    live = told_of(folded.text, live, found, command=command)
    cuts = (
        *((each.start, each.end) for each in (*live, *struck) if not each.title),
        *listed,
    )
    reading = Reading(
        folded, rest, facts, command, begins, tuple(found_days), tuple(found), cuts, settled
    )
    doubtful = [each for each in live or titles if not each.sure]
    words = without_denied(rest) if not live or doubtful else ""
    return _account(reading, live, titles, hinted(facts.measures, words))


def _taken(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + TAKEN * (end - start) + text[end:]
    return text


_SETTLES: Final = re.compile(
    rf"(?:\d{{1,3}}%|{'|'.join(map(re.escape, THAI_STATUS.values()))}) {SETTLED} "
)


def _settled_at(text: str, begins: int) -> int:
    """Where the words behind the answer to a question begin: รายงานผล 3 80% – …"""
    found = _SETTLES.search(text, begins)
    return found.end() if found else len(text)


def _account(
    reading: Reading,
    live: Sequence[Mention],
    titles: Sequence[Mention],
    hints: tuple[Measure, ...],
) -> Account:
    parts = parts_of(reading, live) or [Part((), 0, len(reading.folded.text), reading.marks)]
    told, asks = [], []
    before: Decided = (None, None, ())
    for part in parts:
        standing, ask = standing_of(reading, part)
        ask = like_before(reading, part, before, ask)
        before = standing
        told += [
            _told(reading, part, standing, mention) for mention in part.mentions if mention.sure
        ]
        asks += [which(reading.facts, hints, each) for each in part.mentions if not each.sure]
        asks += [
            replace(ask, about=each.measures[0]) for each in part.mentions if each.sure and ask
        ]
        asks += _ask_days(reading, part)
    nameless = [part for part in parts if not all(each.sure for each in part.mentions)]
    unnamed = None
    if nameless or not told:
        part = (nameless or parts)[0]
        unnamed = _told(reading, part, standing_of(reading, part)[0], None)
    if not live:
        asks = [which(reading.facts, hints, *titles)]
    first = min(asks, key=lambda each: _ORDER.index(each.what), default=None)
    likely = likely_of(reading.facts, hints, live or titles) if not told or _is_which(first) else ()
    return Account(
        tuple(told), unnamed, likely, first, tuple(live), hints,
        asked=any(mark.asked for mark in reading.marks),
        settled=reading.settled < len(reading.folded.text),
        progress=bool(reading.marks), clear=any(mark.says for mark in reading.marks),
        amount=any(not (mark.says or mark.unclear) for mark in reading.marks),
    )  # fmt: skip


_ORDER: Final = ("which_measure", "how_far", "date", "fiscal_year")


def _is_which(ask: Ask | None) -> bool:
    return ask is not None and ask.what == "which_measure"


def _named(
    facts: Facts, folded: str, rest: str, named: list[Mention], titles: Sequence[Mention],
    found: Sequence[Mark], begins: int, *, command: bool,
) -> list[Mention]:  # fmt: skip
    """The mentions that count: by number or code, a number alone in its place, else by title."""
    bare = bare_mentions(facts.measures, rest, begins)
    first = bool(bare) and bare[0].sure and (command or _followed(folded, bare[-1], found))
    if named and first:
        return _with_bare(folded, bare, [each for each in named if not each.detail])
    if named:
        return _against_title(named, titles)
    not_yet = [each.start() for each in NOT_YET.finditer(rest)]
    starts = [*(mark.start for mark in found), *not_yet]
    more = numbers_before(facts.measures, rest, bare[-1].end, starts) if bare else []
    if bare and (command or _followed(folded, bare[-1], found) or (more and not_yet)):
        in_lines = all(folded[: each.start].rstrip(" ").endswith("\n") for each in more)
        return bare + more if in_lines else _own_numbers(facts, [*bare, *more])
    meant = None if titles else MEANT.search(folded)
    return bare_mentions(facts.measures, rest, meant.end()) if meant else list(titles)


def _with_bare(folded: str, bare: list[Mention], named: list[Mention]) -> list[Mention]:
    """A number alone and measures by name; right before one it may be anything: 10 ม3 เสร็จ."""
    if not named or folded[bare[-1].end : named[0].start].strip():
        return [*bare, *named]
    either = tuple(dict.fromkeys(one for each in (*bare, *named) for one in each.measures))
    return [replace(each, measures=either, unknown=True) for each in named]


def _own_numbers(facts: Facts, bare: list[Mention]) -> list[Mention]:
    """3 เสร็จ 5 ยัง is of two measures for whom both are their own; else it may count something."""
    own = all(belongs_to(one.unit, facts.units) for each in bare for one in each.measures)
    known = all(each.measures for each in bare)
    if known and (own or not facts.units):
        return bare
    either = tuple(dict.fromkeys(one for each in bare for one in each.measures))
    return [replace(each, measures=either, unknown=True) for each in bare]


def _followed(folded: str, bare: Mention, found: Sequence[Mark]) -> bool:
    """Whether a standing comes right after a number alone: 3 80%."""
    following = [mark for mark in found if mark.start >= bare.end]
    return bool(following) and bool(ONLY_POLITE.match(folded[bare.end : following[0].start]))


def _against_title(named: list[Mention], titles: Sequence[Mention]) -> list[Mention]:
    """A number and the title of another measure beside it: which of the two is asked."""
    if len(named) != 1 or not titles or not (titles[0].sure and named[0].sure):
        return named
    number, title = named[0], titles[0]
    beside = 0 <= title.start - number.end <= 1
    named_so = title.whole or title.end - title.start >= _LONG_ENOUGH
    if not beside or not named_so or title.measures == number.measures:
        return named
    return [Mention(number.start, number.end, (*number.measures, *title.measures), unknown=True)]


_LONG_ENOUGH: Final = 10
"""So many letters of another measure's title are more than a word that any report may use."""


def _ask_days(reading: Reading, part: Part) -> list[Ask]:
    for day in reading.days:
        if part.start <= day.start < part.end:
            if day.date is None or day.ahead or day.date > reading.facts.today:
                return [Ask("date")]
            if day.years:
                return [Ask("fiscal_year", day.years)]
    return []


def _told(reading: Reading, part: Part, standing: Decided, mention: Mention | None) -> Told:
    status, percent, used = standing
    within = [day for day in reading.days if part.start <= day.start < part.end]
    past = [day.date for day in within if day.date and day.date <= reading.facts.today]
    day = past[0] if past and not any(each.ahead for each in within) else None
    folded = reading.folded
    first, last = folded.place(part.start), folded.place(part.end)
    links = dict.fromkeys(
        link for place, link in folded.links if first <= place < max(last, first + 1)
    )
    said = " ".join(folded.words(mark.start, mark.end).strip() for mark in _in_order(used))
    output = output_of(reading, part, used, decided=status is not None)
    mixed = status is None and is_mixed(reading, part, used)
    measure = mention.measures[0] if mention else None
    in_round = round_in(reading, part, measure, used) if measure else None
    return Told(measure, status, percent, said, day, tuple(links), output, mixed, in_round)


def _in_order(used: Sequence[Mark]) -> list[Mark]:
    return sorted(used, key=lambda mark: mark.start)
