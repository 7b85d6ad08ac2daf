"""What a person does with a case: adds, withdraws, confirms, chooses notices, erases who he is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from handlers.asked import Asked
from handlers.cards.protected import read_along_card
from handlers.desk import Outcome
from handlers.flex import text_message
from handlers.pressing import ask_by_press, pressed, unknown_press
from handlers.spoken import gives_thanks, gives_up, greets
from handlers.texts import Language, say
from handlers.topics.complaints.asking import GRIEVANCE, Ask, ask
from handlers.topics.complaints.carrying import WAITING, waiting
from handlers.topics.complaints.draft import MOST_IN_A_CASE, Draft, draft_of
from handlers.topics.complaints.following import (
    act,
    asked_in,
    nothing_there,
    own_list,
    show_case,
    tap,
)
from handlers.topics.complaints.typed import withdraws
from handlers.topics.complaints.which_door import may_now_accuse
from handlers.topics.reporting.reading import means, says_something
from ita.changes import (
    AddToCase,
    ChooseNotices,
    ConfirmResolved,
    DropUploads,
    EraseIdentity,
    KeepUpload,
    WithdrawCase,
)
from ita.complaints import Kind, Notices, OwnCase, Part, may_object

ADDING: Final = "adding"
WAIT: Final = timedelta(hours=1)
"""So long what is written belongs to the case; later words are about something else."""
_DONE: Final = (
    *("เสร็จ", "เสร็จแล้ว", "พอแล้ว", "หมดแล้ว", "ไม่มีแล้ว", "แค่นี้", "เท่านี้", "ยกเลิก", "done", "cancel"),
    *("ข้าม", "ย้อนกลับ", "skip", "back"),
)


def press_on_case(asked: Asked) -> Outcome:
    """A button about one's own case."""
    facts = pressed(asked)
    asked = asked_in(asked, facts.get("language"))
    verb = str(facts.get("go"))
    if verb in _WITHOUT_CASE:
        return _WITHOUT_CASE[verb](asked, facts)
    if verb not in _WITH_CASE:
        return unknown_press(asked)
    own = _meant(asked, facts)
    return _WITH_CASE[verb](asked, own, facts) if own else nothing_there(asked)


def is_over(asked: Asked) -> bool:
    """Whether it was too long ago that a case was to be added to: this is about something else."""
    step = asked.step or {}
    chosen = step.get("since") if step.get("do") == ADDING else None
    return chosen is not None and asked.now - datetime.fromisoformat(chosen) > WAIT


def take_words(asked: Asked) -> Outcome:
    """What is typed while a case is added to. No accusation comes into a grievance by this way
    either: it is asked first which door it is for."""
    asked = asked_in(asked, (asked.step or {}).get("language"))
    own = _being_added_to(asked)
    if own is None or not own.case.is_open or _is_read_by_others(asked, own):
        return _not_added(asked, own)
    if withdraws(asked.words):
        return _withdraw(asked, own, {})
    if means(asked.words, *_DONE) or gives_up(asked.words) or gives_thanks(asked.words):
        return show_case(asked, own)
    if greets(asked.words) or not says_something(asked.words):
        return _add(asked, own, {})
    before = "\n".join(one.text for one in own.said if not one.by_office)
    if not own.case.kind.is_protected and may_now_accuse(before, asked.words, asked.today):
        return _which_door(asked, own)
    part = Part(asked.words, asked.event.message_id)
    return _added(asked, own, AddToCase(own.party, (part,)))


def take_media(asked: Asked) -> Outcome:
    """A photo, a voice or a file while a case is added to."""
    asked = asked_in(asked, (asked.step or {}).get("language"))
    own = _being_added_to(asked)
    if own is None or not own.case.is_open or _is_read_by_others(asked, own):
        return _not_added(asked, own)
    event = asked.event
    if event.message_kind not in ("image", "audio", "file"):
        return _adding(asked, own, say(asked.language, "citizen.protected.not_taken"))
    if own.evidence >= MOST_IN_A_CASE:
        return _adding(asked, own, _full(asked))
    upload = asked.desk.cases.new_upload(event.message_id, event.message_kind)
    kept = KeepUpload(upload, event.message_id, event.file_name)
    said = _added(asked, own, AddToCase(own.party, uploads=(upload,)))
    return replace(said, changes=(kept, *said.changes))


def add_told(asked: Asked, draft: Draft) -> Outcome | None:
    """What it was asked about goes into its case; None where that one has ended or is gone."""
    own = _open(asked, draft.adds_to)
    if own is None:
        return None
    room = max(0, MOST_IN_A_CASE - own.evidence)
    beyond = draft.uploads[room:]
    added = say(asked.language, "citizen.control.added")
    words = "\n\n".join([added, _full(asked)] if beyond else [added])
    change = AddToCase(own.party, draft.parts, draft.uploads[:room])
    dropped = (DropUploads(tuple(one.id for one in beyond)),) if beyond else ()
    return replace(_adding_again(asked, own, words), changes=(change, *dropped))


def go_on_adding(asked: Asked, draft: Draft) -> Outcome | None:
    """Without what it was asked about; None where nothing can be added any more."""
    own = _open(asked, draft.adds_to)
    return _adding_again(asked, own, _to_add(asked, own)) if own else None


def as_adding(asked: Asked, draft: Draft) -> Asked | None:
    """As if nothing had been asked: all of what it was asked about was taken back. None where
    something is left, or where it was too long ago."""
    if not draft.adds_to or not draft.is_empty:
        return None
    adding = replace(asked, step=_step(draft.adds_to, draft.begun, draft.language))
    return None if is_over(adding) else adding


def erase_me(asked: Asked) -> Outcome:
    """ลบข้อมูลของฉัน: what goes at once, what stays sealed until decided; asked once more.

    Where nothing was sent yet there is nothing to ask: the draft goes.
    """
    parties = asked.desk.cases.parties(asked.person)
    if not parties:
        return _erase_drafts(asked)
    erase = say(asked.language, "citizen.own_tap.erase", count=len(parties))
    keep = say(asked.language, "citizen.own_tap.keep")
    return ask_by_press(
        say(asked.language, "citizen.control.erase", count=len(parties), agency=asked.agency_name),
        act(asked, erase, "erase", party=list(parties)),
        act(asked, keep, "keep", party=[]),
    )


def _erase_drafts(asked: Asked) -> Outcome:
    drafts = _drafts(asked)
    if not drafts:
        return Outcome((text_message(say(asked.language, "citizen.control.nothing_to_erase")),))
    said = text_message(say(asked.language, "citizen.control.draft_erased"))
    return Outcome((said,), (_dropped(drafts),), {WAITING: None})


def _erase(asked: Asked, facts: Mapping[str, Any]) -> Outcome:
    """Of what was shown, what is his still; a draft goes with it."""
    known = asked.desk.cases.parties(asked.person)
    parties = tuple(party for party in known if party in facts["party"])
    if not parties:
        return nothing_there(asked)
    said = text_message(say(asked.language, "citizen.control.erased", count=len(parties)))
    dropped = _dropped(_drafts(asked))
    return Outcome((said,), (EraseIdentity(parties), dropped), {WAITING: None})


def _drafts(asked: Asked) -> list[Draft]:
    """What was told and not sent."""
    return [one for one in (draft_of(asked), *waiting(asked)) if one is not None]


def _dropped(drafts: Sequence[Draft]) -> DropUploads:
    return DropUploads(tuple(one.id for draft in drafts for one in draft.uploads))


def _keep(asked: Asked, _facts: Mapping[str, Any]) -> Outcome:
    return Outcome((text_message(say(asked.language, "citizen.control.kept")),))


def _list(asked: Asked, facts: Mapping[str, Any]) -> Outcome:
    return own_list(asked, int(facts["first"]))


def _look(asked: Asked, own: OwnCase, _facts: Mapping[str, Any]) -> Outcome:
    return show_case(asked, own)


def _add(asked: Asked, own: OwnCase, _facts: Mapping[str, Any]) -> Outcome:
    if not own.case.is_open:
        return show_case(asked, own, say(asked.language, "citizen.control.ended"))
    if _is_read_by_others(asked, own):
        return _read_along(asked)
    return _adding(asked, own, _to_add(asked, own))


def _is_read_by_others(asked: Asked, own: OwnCase) -> bool:
    """Whether administrators of the account would read what is added to a protected case."""
    return own.case.kind.is_protected and asked.desk.cases.others_read is True


def _read_along(asked: Asked) -> Outcome:
    cases = asked.desk.cases
    outside, web = cases.doors.outside, cases.web_address
    return Outcome((read_along_card(asked.language, asked.agency_name, outside, web),))


def _withdraw(asked: Asked, own: OwnCase, _facts: Mapping[str, Any]) -> Outcome:
    """What withdrawing does is said first."""
    if not own.case.is_open:
        return show_case(asked, own, say(asked.language, "citizen.control.ended"))
    protected = own.case.kind.is_protected
    key = "citizen.control.withdraw_protected" if protected else "citizen.control.withdraw"
    return ask_by_press(
        say(asked.language, key, number=own.case.number),
        tap(asked, "withdraw_now", "withdraw_now", own),
        tap(asked, "keep", "look", own),
    )


def _withdraw_now(asked: Asked, own: OwnCase, _facts: Mapping[str, Any]) -> Outcome:
    if not own.case.is_open:
        return show_case(asked, own, say(asked.language, "citizen.control.ended"))
    done = "others_wait" if own.others_wait else "withdrawn"
    key = "asked_to_withdraw" if own.case.kind.is_protected else done
    said = text_message(say(asked.language, f"citizen.control.{key}", number=own.case.number))
    return Outcome((said,), (WithdrawCase(own.party),))


def _confirm(asked: Asked, own: OwnCase, facts: Mapping[str, Any]) -> Outcome:
    """Whether what was mended is mended indeed."""
    is_resolved = facts["go"] == "resolved"
    if not may_object(own.case, asked.today) or (is_resolved and not own.case.is_open):
        return show_case(asked, own, say(asked.language, "citizen.control.not_waiting"))
    key = "citizen.control.resolved" if is_resolved else "citizen.control.unresolved"
    said = say(asked.language, key, number=own.case.number)
    change = ConfirmResolved(own.party, is_resolved)
    if is_resolved:
        return Outcome((text_message(said),), (change,))
    return replace(_adding(asked, own, said), changes=(change,))


def _notices(asked: Asked, own: OwnCase, _facts: Mapping[str, Any]) -> Outcome:
    """When to hear of it: what would be sent is said, never what it is about."""
    if not own.has_identity:
        return show_case(asked, own, say(asked.language, "citizen.control.no_account"))
    if not asked.desk.agency.pushes:
        return show_case(asked, own, say(asked.language, "citizen.own_notices.none"))
    words = say(asked.language, "citizen.control.notices", agency=asked.agency_name)
    return ask_by_press(
        words, *(tap(asked, f"at_{when}", "choose", own, when=when.value) for when in Notices)
    )


def _choose(asked: Asked, own: OwnCase, facts: Mapping[str, Any]) -> Outcome:
    when = Notices(facts["when"]) if asked.desk.agency.pushes else Notices.NONE
    said = text_message(say(asked.language, f"citizen.own_notices.{when}"))
    return Outcome((said,), (ChooseNotices(own.party, when),))


_WITHOUT_CASE: Final[Mapping[str, Callable[[Asked, Mapping[str, Any]], Outcome]]] = {
    "list": _list,
    "erase": _erase,
    "keep": _keep,
}
_WITH_CASE: Final[Mapping[str, Callable[[Asked, OwnCase, Mapping[str, Any]], Outcome]]] = {
    "look": _look,
    "done": _look,
    "add": _add,
    "withdraw": _withdraw,
    "withdraw_now": _withdraw_now,
    "resolved": _confirm,
    "unresolved": _confirm,
    "notices": _notices,
    "choose": _choose,
}


def _meant(asked: Asked, facts: Mapping[str, Any]) -> OwnCase | None:
    """The case that a button is about: by its party, or by its number among the person's own."""
    cases = asked.desk.cases
    if facts.get("party"):
        return cases.by_party(str(facts["party"]))
    number = facts.get("case")
    return next((one for one in cases.own(asked.person) if one.case.number == number), None)


def _being_added_to(asked: Asked) -> OwnCase | None:
    """The case that the person adds to; None once it is gone."""
    step = asked.step or {}
    return asked.desk.cases.by_party(str(step["party"])) if step.get("do") == ADDING else None


def _not_added(asked: Asked, own: OwnCase | None) -> Outcome:
    """The case ended meanwhile, or is gone, or others would read what is added."""
    if own and own.case.is_open:
        return _read_along(asked)
    ended = say(asked.language, "citizen.control.ended")
    return show_case(asked, own, ended) if own else nothing_there(asked)


def _open(asked: Asked, party: str) -> OwnCase | None:
    own = asked.desk.cases.by_party(party) if party else None
    return own if own and own.case.is_open else None


def _which_door(asked: Asked, own: OwnCase) -> Outcome:
    """Asked as at the door itself, with the words in a draft; nothing is added yet."""
    draft = Draft(
        GRIEVANCE, asked.now, Ask.WHICH, Kind.GRIEVANCE,
        language=asked.language, adds_to=own.party,
    )  # fmt: skip
    return ask(asked, draft.saying(asked.words, asked.event.message_id))


def _to_add(asked: Asked, own: OwnCase) -> str:
    return say(asked.language, "citizen.control.add", number=own.case.number)


def _full(asked: Asked) -> str:
    return say(asked.language, "citizen.control.full", count=MOST_IN_A_CASE)


def _added(asked: Asked, own: OwnCase, change: AddToCase) -> Outcome:
    said = _adding(asked, own, say(asked.language, "citizen.control.added"))
    return replace(said, changes=(change,))


def _adding_again(asked: Asked, own: OwnCase, words: str) -> Outcome:
    """Back from the question which door it is for: its draft is over, others wait as before."""
    outcome = _adding(asked, own, words)
    waits = [one.step() for one in waiting(asked)]
    return replace(outcome, step={**(outcome.step or {}), WAITING: waits})


def _adding(asked: Asked, own: OwnCase, words: str) -> Outcome:
    step = _step(own.party, asked.now, asked.language)
    return ask_by_press(words, tap(asked, "done", "done", own), step=step)


def _step(party: str, since: datetime, language: Language) -> Mapping[str, Any]:
    return {"do": ADDING, "party": party, "since": since.isoformat(), "language": language}
