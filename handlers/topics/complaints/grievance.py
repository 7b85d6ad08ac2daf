"""The grievance door (แจ้งเหตุ/ร้องทุกข์): a lamp, a road, water, rubbish; from anything that is sent.

A sentence, a photo, a voice message or a place begins it; what is lacking is asked for, one
question at a time. What sounds like an accusation is never filed here: that kind has its own door,
separate from general complaints (OIT item o28 of 2566), and no accusation may slip in by this one.
"""

from collections.abc import Sequence
from dataclasses import replace

from handlers.asked import Asked
from handlers.desk import KEEP, Outcome
from handlers.flex import text_message
from handlers.groups import privately
from handlers.pressing import pressed, with_presses
from handlers.spoken import gives_up
from handlers.texts import say
from handlers.topics.complaints import protected, telling
from handlers.topics.complaints.asking import GRIEVANCE, Ask, ask, go
from handlers.topics.complaints.carrying import WAITING, left, waiting
from handlers.topics.complaints.draft import Draft, draft_of
from handlers.topics.complaints.typed import tells, withdraws
from handlers.topics.help import not_text
from ita.changes import DropUploads
from ita.complaints import Kind

# --- Ways in


def file_grievance(asked: Asked) -> Outcome:
    """แจ้งเหตุ, with the matter or without; never in a group."""
    if not asked.one_to_one:
        return talk_privately(asked)
    unfinished = left(asked, GRIEVANCE)
    if tells(asked.words) or unfinished is None:
        return begin(asked)
    asked = replace(asked, language=unfinished.language)
    if unfinished.ask == Ask.WHICH:
        return telling.on(asked, unfinished)
    return ask(asked, unfinished, say(asked.language, "citizen.noted.going_on"))


def begin(asked: Asked) -> Outcome:
    """The first question about what the person tells; what was left unfinished is offered, too."""
    draft = _new(asked)
    if tells(asked.words):
        return _with_unfinished(asked, telling.told(asked, draft, asked.words))
    return _with_unfinished(asked, telling.on(asked, draft))


def complain(asked: Asked) -> Outcome:
    """ร้องเรียน may be a lamp or an official: ask which of the two; the words stay sealed."""
    if not asked.one_to_one:
        return talk_privately(asked)
    draft = _new(asked)
    if tells(asked.words):
        draft = draft.saying(asked.words, asked.event.message_id)
    return ask(asked, draft)


def protect(asked: Asked) -> Outcome:
    """The other door; with what was told where the two part, if that is where the person stands."""
    draft = draft_of(asked) if asked.one_to_one else None
    if draft is None or (draft.do, draft.ask) != (GRIEVANCE, Ask.WHICH) or draft.is_empty:
        return protected.open_door(asked)
    if tells(asked.words):
        draft = draft.saying(asked.words, asked.event.message_id)
    return telling.other_door(replace(asked, language=draft.language), draft)


def take_up(asked: Asked) -> Outcome | None:
    """ยกเลิก where nothing is being told: what was left in the middle is shown, to go on with or to
    give up; None where nothing waits."""
    behind = next(iter(waiting(asked)), None) if asked.one_to_one else None
    if behind is None or not gives_up(asked.words) or withdraws(asked.words):
        return None
    door = file_grievance if behind.do == GRIEVANCE else protected.open_door
    return door(replace(asked, words=""))


def take_media(asked: Asked) -> Outcome:
    """A photo, a voice message or a place: of the draft, or the beginning of one."""
    draft = draft_of(asked)
    if draft is not None:
        return telling.shown(replace(asked, language=draft.language), draft)
    event = asked.event
    if event.place is None and (event.message_kind not in telling.KINDS or not event.message_id):
        return not_text(asked)
    return _with_unfinished(asked, telling.shown(asked, _new(asked).asking(Ask.WHAT)))


def talk_privately(asked: Asked) -> Outcome:
    """Others read along: invite to a chat of one's own, and say nothing that needs an answer."""
    words = say(asked.language, "citizen.grievance.privately")
    return Outcome((privately(asked, words, say(asked.language, "citizen.button.grievance")),))


# --- On


def take_words(asked: Asked) -> Outcome:
    """The answer to the question at hand."""
    draft = draft_of(asked)
    if draft is None:
        return begin(asked)
    return telling.take_words(replace(asked, language=draft.language), draft)


def press_in_door(asked: Asked) -> Outcome:
    """A button of the door: of this draft, of the one that waits, or of one that is gone."""
    draft = draft_of(asked)
    if draft is not None and _is_of(asked, draft):
        return telling.take_press(replace(asked, language=draft.language), draft)
    behind = next((one for one in waiting(asked) if _is_of(asked, one)), None)
    if behind is not None:
        others = [one for one in waiting(asked) if one != behind]
        answer = _forget if pressed(asked).get("go") == "forget" else _resume
        return answer(asked, draft, behind, others)
    return Outcome((text_message(say(asked.language, "citizen.tell.over")),), step=KEEP)


def _resume(asked: Asked, draft: Draft | None, behind: Draft, others: Sequence[Draft]) -> Outcome:
    """The one that waited comes first now, and the one before it waits."""
    outcome = ask(replace(asked, language=behind.language), behind)
    waits = [*([draft] if draft and not draft.is_empty else []), *others]
    return _while_waiting(outcome, waits)


def _forget(asked: Asked, draft: Draft | None, behind: Draft, others: Sequence[Draft]) -> Outcome:
    """Nothing stays of the one that waited; what is being told goes on."""
    words = say(asked.language, "citizen.tell.forgotten")
    dropped = DropUploads(tuple(one.id for one in behind.uploads))
    if draft is None or draft.do != GRIEVANCE:
        before = asked.step if draft else None
        return _while_waiting(Outcome((text_message(words),), (dropped,), before), others)
    outcome = ask(replace(asked, language=draft.language), draft, words)
    return _while_waiting(replace(outcome, changes=(dropped,)), others)


def _while_waiting(outcome: Outcome, drafts: Sequence[Draft]) -> Outcome:
    waits = [one.step() for one in drafts]
    return replace(outcome, step={**(outcome.step or {}), WAITING: waits})


def _with_unfinished(asked: Asked, outcome: Outcome) -> Outcome:
    """With an offer to go on with what was left in the middle, or to drop it."""
    behind = left(asked, GRIEVANCE)
    if behind is None or not outcome.replies:
        return outcome
    *before, last = outcome.replies
    waits = text_message(say(asked.language, "citizen.noted.unfinished"))
    taps = [
        go(say(asked.language, f"citizen.tap.{verb}"), behind, verb)
        for verb in ("resume", "forget")
    ]
    usual = [item["action"] for item in last.get("quickReply", {}).get("items", [])]
    return replace(outcome, replies=(*before, waits, with_presses(last, [*taps, *usual])))


def _new(asked: Asked) -> Draft:
    return Draft(GRIEVANCE, asked.now, Ask.WHICH, Kind.GRIEVANCE, language=asked.language)


def _is_of(asked: Asked, draft: Draft) -> bool:
    return draft.do == GRIEVANCE and pressed(asked).get("case") == draft.begun.isoformat()
