"""Whoever has a receipt code follows a case, adds to it, takes it back, and has a name erased.

The code is typed into a form and stands in no address. What a page knows of the case afterwards is
a ticket that is good for an hour and for this browser alone. A code that is wrong, of another
agency, or typed too often, gets the very same page.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa
import structlog
from flask import Response, request

from bot import case_changes
from bot.pages import forms, photos
from bot.pages.filing import NOBODY
from bot.pages.pace import GUESSED, Pace
from bot.pages.visit import Visit, is_same_origin
from handlers.topics.complaints.draft import MOST_IN_A_CASE
from handlers.topics.complaints.which_door import may_now_accuse
from ita.changes import (
    AddToCase,
    CaseChange,
    ConfirmResolved,
    EraseIdentity,
    WithdrawCase,
)
from ita.complaints import (
    GRIEVANCE_WAY,
    RECEIPT_DIGITS,
    CaseStatus,
    OwnCase,
    Part,
    Upload,
    may_object,
    status_words,
)
from ita.text import clean
from store.database import Transaction

TICKET_LIFE: Final = timedelta(hours=1)
ACTIONS: Final = ("add", "withdraw", "erase", "mended", "not_mended")
SURE: Final = ("withdraw", "erase")
"""What is done only where a box beside the button was ticked."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Step:
    """What came of a request: the case, what was done or is to be mended, and words to keep."""

    own: OwnCase | None
    done: str = ""
    fault: str = ""
    words: str = ""


def begin(visit: Visit) -> Response:
    """Asks for the code."""
    return visit.page("code.html", fault="", words="")


def go_on(visit: Visit, pace: Pace) -> Response:
    """A code was typed, or a button of a case's page pressed."""
    words = _words()
    if not visit.is_own_form():
        if not is_same_origin():
            return visit.page("refused.html", 403)
        return visit.page("code.html", 403, fault="late", words=words)
    do = request.form.get("do", "")
    try:
        with visit.program.database.agency(visit.slug) as tx:
            step = _act(visit, tx, do, words) if do in ACTIONS else _open(visit, tx, pace, words)
            answer = _page(visit, tx, step) if step.own else None
    except (sa.exc.SQLAlchemyError, OSError) as error:
        log.error("store away from the pages", exc_info=error)
        return visit.page("code.html", 503, fault="away", words=words)
    return answer or visit.page("code.html", 422, fault=step.fault, words=words)


def _open(visit: Visit, tx: Transaction, pace: Pace, words: str) -> Step:
    """The case of a code."""
    code, now = forms.receipt_code(request.form.get("code", "")), visit.program.clock()
    desk = visit.cases(tx)
    slowed = pace.too_much(visit.slug, GUESSED, now) or desk.guesses_too_much(NOBODY)
    own = desk.by_receipt(code) if len(code) == RECEIPT_DIGITS else None
    if own is None or slowed:
        pace.count(visit.slug, GUESSED, now)
        return Step(None, fault="wrong", words=words)
    return Step(own, words=words)


def _act(visit: Visit, tx: Transaction, do: str, words: str) -> Step:
    """Do what a button says."""
    party = _party(visit, request.form.get("ticket", ""), visit.program.clock())
    own = visit.cases(tx).by_party(party) if party else None
    if own is None:
        return Step(None, fault="late", words=words)
    raws = photos.sent()
    if fault := _fault(own, do, words, raws, visit.cases(tx).today):
        return Step(own, fault=fault, words=words)
    try:
        change = _change(own, do, words, photos.put(visit.program, tx, raws))
    except photos.Refused as refused:
        return Step(own, fault=f"photo_{refused.why}", words=words)
    if change is not None and _apply(visit, tx, change):
        visit.program.queue.defer_sync(tx.sql, tx.agency)
    after = visit.cases(tx).by_party(own.party) or own
    return Step(after, done=_done(after, do))


def _fault(own: OwnCase, do: str, words: str, raws: list[bytes], today: date) -> str:
    """The code of what is to be mended first, "" for nothing."""
    is_sure = bool(request.form.get("sure"))
    if do in SURE and not is_sure:
        return f"{do}_sure"
    if do != "add":
        return ""
    if not own.case.is_open:
        return "ended"
    if fault := _fault_in_more(own, words, raws):
        return fault
    return "words_accuse" if not is_sure and _may_accuse(own, words, today) else ""


def _fault_in_more(own: OwnCase, words: str, raws: list[bytes]) -> str:
    """The same of what is to be added."""
    if len(words) > forms.MOST_STORY:
        return "words_long"
    if raws and own.evidence + len(raws) > MOST_IN_A_CASE:
        return "photo_full"
    return "" if words or raws else "words_missing"


def _may_accuse(own: OwnCase, words: str, today: date) -> bool:
    """Whether it is to be asked if the words are for the other door, as at the door itself."""
    before = "\n".join(said.text for said in own.said if not said.by_office)
    return not own.case.kind.is_protected and may_now_accuse(before, words, today)


def _change(own: OwnCase, do: str, words: str, uploads: tuple[Upload, ...]) -> CaseChange | None:
    """The change of an action; none where it was done already, as by a page sent again."""
    if do == "add":
        mine = [said.text for said in own.said if not said.by_office]
        parts = (Part(words),) if words and words not in mine[-1:] else ()
        return AddToCase(own.party, parts, uploads) if parts or uploads else None
    if do == "withdraw":
        return WithdrawCase(own.party)
    if do == "erase":
        return EraseIdentity((own.party,))
    return ConfirmResolved(own.party, is_resolved=do == "mended")


def _apply(visit: Visit, tx: Transaction, change: CaseChange) -> bool:
    return case_changes.apply(visit.program, tx, change, NOBODY, "", visit.program.clock())


def _done(after: OwnCase, do: str) -> str:
    """The code of the sentence that says what is so now."""
    if do == "withdraw" and after.case.kind.is_protected:
        return "withdrawal_noted"
    if do == "withdraw":
        return "withdrawn" if after.case.status is CaseStatus.WITHDRAWN else "others_wait"
    return do


def _page(visit: Visit, tx: Transaction, step: Step) -> Response:
    """The case as whoever has its code may see it."""
    own = step.own
    assert own is not None  # noqa: S101 - whoever calls has seen to it
    case, now = own.case, visit.program.clock()
    deadline = visit.cases(tx).deadline(own)
    return visit.page(
        "case.html",
        422 if step.fault else 200,
        own=own,
        standing=status_words(case.kind, case.status),
        way=_way(own),
        may_object=may_object(case, visit.cases(tx).today),
        deadline=deadline,
        overdue=deadline is not None and deadline.ends < visit.cases(tx).today,
        said=[one for one in own.said if one.by_office or not case.kind.is_protected],
        ticket=_ticket(visit, own.party, now),
        done=step.done,
        fault=step.fault,
        words=step.words,
    )


def _way(own: OwnCase) -> list[tuple[str, bool, bool]]:
    """The steps of a grievance that is on its usual way: words, whether reached, whether here."""
    case = own.case
    if case.kind.is_protected or case.status not in GRIEVANCE_WAY:
        return []
    here = GRIEVANCE_WAY.index(case.status)
    return [
        (status_words(case.kind, status), at <= here, at == here)
        for at, status in enumerate(GRIEVANCE_WAY)
    ]


def _words() -> str:
    typed = request.form.get("words", "")
    return clean(typed, len(typed)).strip()


def _ticket(visit: Visit, party: str, now: datetime) -> str:
    until = int((now + TICKET_LIFE).timestamp())
    return f"{until}.{party}.{_signature(visit, until, party)}"


def _party(visit: Visit, ticket: str, now: datetime) -> str | None:
    """Whose ticket it is, as long as it is good."""
    until, _, rest = ticket.partition(".")
    party, _, signature = rest.partition(".")
    if not (until.isascii() and until.isdigit() and len(until) <= len("9999999999")):
        return None
    expected = _signature(visit, int(until), party)
    if not hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode()):
        return None
    return party if now.timestamp() < int(until) else None


def _signature(visit: Visit, until: int, party: str) -> str:
    return visit.reference("web ticket", f"{visit.secret}/{until}/{party}")
