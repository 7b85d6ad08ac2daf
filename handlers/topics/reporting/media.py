"""Photos and files from staff: evidence of the report they belong to, or asked what they show."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.asked import Asked
from handlers.cards import measure_name
from handlers.desk import NOTHING, Message, Outcome, Reported
from handlers.flex import SOFT, bubble, column, flex_message, text_message, words
from handlers.pressing import button, press
from handlers.replies import answer_with
from handlers.texts import say
from handlers.topics.help import not_text
from handlers.topics.reporting.answering import noted
from handlers.topics.reporting.draft import (
    MAX_LINKS,
    REPORTING,
    Draft,
    Step,
    draft_in,
    is_being_written,
    step_of,
    with_links,
)
from handlers.topics.reporting.going import ask_again
from handlers.topics.reporting.parking import photos_step, waiting_links, what_was_asked_at
from handlers.topics.reporting.parts import reports_on
from handlers.topics.reporting.picking import measure_press, most_urgent
from handlers.topics.reporting.reading import links_in, says_something, without_links
from handlers.topics.reporting.recording import lacking_presses, with_next
from handlers.topics.reporting.taking_back import last_report
from ita.changes import AttachEvidence, KeepEvidence
from ita.measures import Measure, Status, merged, with_evidence
from ita.rounds import judged

KINDS: Final = ("image", "file")
OTHER_MEDIA: Final = ("video", "audio")
BESIDE: Final = timedelta(minutes=10)
"""A photo so near to a report, before it or after it, belongs to it."""
QUIET: Final = timedelta(minutes=1)
"""So long nothing is said of photos that follow one that was asked about."""
OFFERED: Final = 3


def take_media(asked: Asked) -> Outcome:
    """Keep it, and put it where it belongs."""
    event = asked.event
    draft = draft_in(asked.step) if is_being_written(asked.step) else None
    measure = asked.desk.hold(draft.measure) if draft else None
    if event.message_kind not in KINDS or not event.message_id:
        return _not_kept(asked, draft, measure)
    kept = KeepEvidence(event.message_id, event.message_kind, event.file_name)
    link = asked.desk.evidence_link(event.message_id)
    if draft is not None and measure is not None:
        return _into_draft(asked, draft, measure, link, kept)
    attached = _to_report(asked, (link,))
    if attached is None:
        return _of_what(asked, link, kept)
    answer = _unless_more_follow(asked, attached)
    return replace(answer, changes=(kept, *attached.changes))


def take_links(asked: Asked) -> Outcome | None:
    """A message of links alone, soon after a report, is its evidence; None for any other."""
    links, unusable = links_in(asked.words)
    if not links or unusable:
        return None
    return None if says_something(without_links(asked.words)) else _to_report(asked, links)


def _not_kept(asked: Asked, draft: Draft | None, measure: Measure | None) -> Outcome:
    """That it is no evidence; in the middle of a report the question stands as before."""
    if draft is not None and measure is not None:
        return ask_again(asked, draft, measure, noted("not_taken"))
    if asked.event.message_kind in OTHER_MEDIA:
        return answer_with(asked, say("th", "staff.guided.not_kept"))
    return not_text(asked)


def _into_draft(
    asked: Asked, draft: Draft, measure: Measure, link: str, kept: KeepEvidence
) -> Outcome:
    """Part of the report that is being written; several photos sent together get one answer."""
    if len(draft.links) >= MAX_LINKS and link not in draft.links:
        full = say("th", "staff.guided.full", limit=MAX_LINKS)
        return _unless_more_follow(asked, ask_again(asked, draft, measure, full))
    known = with_links(draft, [link])
    answer = ask_again(asked, known, measure, noted("photo_kept"))
    return replace(_unless_more_follow(asked, answer), changes=(kept,), step=step_of(known))


def _to_report(asked: Asked, links: tuple[str, ...]) -> Outcome | None:
    """It belongs to what the person reported a moment ago; None where that is nothing."""
    reported = last_report(asked)
    if reported is None or abs(asked.event.at - reported.progress.at) > BESIDE:
        return None
    measure = asked.desk.hold(reported.progress.measure_id)
    return _attached(asked, reported, measure, links) if measure else None


def _attached(
    asked: Asked, reported: Reported, measure: Measure, links: tuple[str, ...]
) -> Outcome:
    known = with_evidence(measure, links)
    progress = replace(reported.progress, links=merged(reported.progress.links, links))
    earlier = [one for one in reports_on(asked, measure) if one != reported.progress]
    told = judged(known, asked.desk.agency.units, earlier, progress)
    complete = progress.says_done and not told.lacking and measure.status is Status.IN_PROGRESS
    wanted = [each.value for each in told.lacking]
    facts = {
        "measure": measure.id, "unit": progress.unit,
        "round": progress.round.isoformat() if progress.round else "",
    }  # fmt: skip
    hand_in = press(
        say("th", "staff.tap.hand_in"), REPORTING,
        go="complete", at=Step.REVIEW.value, asked=[Step.REVIEW.value], **facts,
    )  # fmt: skip
    missing = lacking_presses(told.lacking, "complete", asked=wanted, **facts)
    name = measure_name(measure, 60)
    text = text_message(say("th", "staff.guided.attached", name=name))
    message = with_next(asked, text, [hand_in] if complete else missing)
    return Outcome((message,), (AttachEvidence(reported.id, links),))


def _of_what(asked: Asked, link: str, kept: KeepEvidence) -> Outcome:
    """Nobody said yet what it shows: asked once, whatever follows joins what waits."""
    waiting = waiting_links(asked)
    is_full = len(waiting) >= MAX_LINKS and link not in waiting
    links = waiting if is_full else tuple(dict.fromkeys((*waiting, link)))
    said = _no_room(asked) if is_full else _question(asked, len(links))
    answer = _unless_more_follow(asked, said)
    told_at = asked.event.at if answer.replies else what_was_asked_at(asked)
    changes = () if is_full else (kept,)
    return replace(answer, changes=changes, step=photos_step(asked, links, told_at))


def _question(asked: Asked, count: int) -> Outcome:
    """What they show; while that is unanswered one line a minute says that more came."""
    before = what_was_asked_at(asked)
    if before is None:
        return Outcome((_choice(asked),))
    if abs(asked.event.at - before) < QUIET:
        return NOTHING
    return answer_with(asked, say("th", "staff.guided.more_kept", count=count))


def _no_room(asked: Asked) -> Outcome:
    """One too many; of more than that sent together the question comes with the last."""
    full = text_message(say("th", "staff.guided.full", limit=MAX_LINKS))
    return Outcome((full,) if what_was_asked_at(asked) else (full, _choice(asked)))


def _choice(asked: Asked) -> Message:
    """The likeliest measures as buttons of a card: they stay, whatever is sent after it."""
    urgent = most_urgent(asked)
    others = press(say("th", "staff.tap.other_measure"), REPORTING, go="pick")
    actions = [*map(measure_press, urgent[:OFFERED]), *([others] if urgent[OFFERED:] else [])]
    question = say("th", "staff.guided.what_of")
    card = bubble(
        say("th", "staff.guided.kept"),
        words(question, weight="bold"),
        *(words(measure_name(measure, 60)) for measure in urgent[:OFFERED]),
        *([column(*map(button, actions), spacing="sm")] if actions else []),
        words(say("th", "staff.guided.or_write"), color=SOFT, size="xs"),
    )
    return flex_message(f"{say('th', 'staff.guided.kept')} {question}", card)


def _unless_more_follow(asked: Asked, answer: Outcome) -> Outcome:
    """The answer, only to the last of photos that were sent together."""
    index, total = asked.event.image_set or (1, 1)
    return answer if index >= total else replace(answer, replies=())
