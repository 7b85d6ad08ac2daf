"""ตรวจรับ: a coordinator takes what was reported as done, or sends it back with a reason.

Whoever reported it as done does not accept it. Every press and every reason is compared with the
measure's state of that moment: what changed in between is shown, not overruled.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from handlers.asked import Asked
from handlers.cards import due_words, measure_name, state_words
from handlers.desk import Outcome
from handlers.flex import (
    SOFT,
    Box,
    bubble,
    column,
    cut,
    flex_message,
    link_button,
    link_uri,
    text_message,
    that_fit,
    words,
)
from handlers.pressing import ask_by_press, button, press, pressed, with_presses
from handlers.replies import answer_with
from handlers.spoken import gives_up, is_courtesy
from handlers.texts import say
from handlers.topics.reporting.reading import means, says_something
from ita.changes import AcceptMeasure, SendBack
from ita.measures import Measure, Status

CARDS: Final = 10
BYTES: Final = 28_000
"""Cards of one message, as they are sent; with long titles fewer than ten."""
LINKS: Final = 2
MAX_REASON: Final = 500


def list_waiting(asked: Asked) -> Outcome:
    """What waits to be accepted, the longest waiting first, each with its two buttons."""
    waiting = _waiting(asked)
    if not waiting:
        return answer_with(asked, say("th", "staff.accepting.none"))
    cards = that_fit([_card(measure) for measure in waiting[:CARDS]], BYTES)
    title = say("th", "staff.accepting.title", count=len(waiting))
    rest = len(waiting) - len(cards)
    more = [text_message(say("th", "staff.accepting.more", count=rest))] if rest else []
    return Outcome((flex_message(title, {"type": "carousel", "contents": cards}), *more))


def accept(asked: Asked) -> Outcome:
    """Take it as done."""
    measure = asked.desk.hold(pressed(asked)["measure"])
    if measure is None or version(measure) != pressed(asked)["version"]:
        return _changed(asked, measure)
    if asked.desk.called_done_by(measure.id, asked.person):
        return answer_with(asked, say("th", "staff.accepting.own", name=measure_name(measure)))
    said = say("th", "staff.accepting.accepted", name=measure_name(measure))
    return _then_next(asked, measure, said, AcceptMeasure(measure.id))


def send_back(asked: Asked) -> Outcome:
    """Ask for the reason; the next message is it."""
    measure = asked.desk.hold(pressed(asked)["measure"])
    if measure is None or version(measure) != pressed(asked)["version"]:
        return _changed(asked, measure)
    if asked.desk.called_done_by(measure.id, asked.person):
        return answer_with(asked, say("th", "staff.accepting.own", name=measure_name(measure)))
    step = {"do": "send_back", "measure": measure.id, "version": version(measure)}
    return _ask_reason(say("th", "staff.accepting.reason", name=measure_name(measure)), step)


def take_reason(asked: Asked) -> Outcome:
    """The reason was typed."""
    step: dict[str, Any] = dict(asked.step or {})
    if gives_up(asked.words) or means(asked.words, "ย้อนกลับ"):
        return cancel(asked)
    measure = asked.desk.hold(step["measure"])
    if measure is None or version(measure) != step["version"]:
        return _changed(asked, measure)
    reason = " ".join(asked.words.split())
    if not says_something(reason) or is_courtesy(reason) or means(reason, "ข้าม"):
        return _ask_reason(say("th", "staff.accepting.reason", name=measure_name(measure)), step)
    if len(reason) > MAX_REASON:
        return _ask_reason(say("th", "staff.accepting.long", limit=MAX_REASON), step)
    said = say("th", "staff.accepting.returned", name=measure_name(measure), reason=reason)
    return _then_next(asked, measure, said, SendBack(measure.id, reason))


def _ask_reason(question: str, step: Mapping[str, Any]) -> Outcome:
    return ask_by_press(question, press(say("th", "staff.button.cancel"), "cancel"), step=step)


def cancel(asked: Asked) -> Outcome:
    """Nothing was done, nothing is asked any more."""
    return answer_with(asked, say("th", "staff.people.cancelled"))


def version(measure: Measure) -> str:
    """What a button rests on: it is stale once any of this is different."""
    reported = measure.last_report_at.isoformat() if measure.last_report_at else ""
    shown = repr((measure.output, measure.outcome, measure.evidence))
    digest = hashlib.sha256(shown.encode()).hexdigest()[:16]
    return f"{measure.status} {reported} {measure.acceptance or ''} {digest}"


def _waiting(asked: Asked) -> list[Measure]:
    found = [m for m in asked.desk.measures() if m.status is Status.AWAITING_ACCEPTANCE]
    return sorted(found, key=lambda m: m.last_report_at or asked.now)


def _changed(asked: Asked, measure: Measure | None) -> Outcome:
    """The button is of another time: say how it is now."""
    if measure is None:
        return answer_with(asked, say("th", "staff.accepting.gone"))
    name, state = measure_name(measure), state_words(measure)
    return answer_with(asked, say("th", "staff.accepting.changed", name=name, state=state))


def _then_next(
    asked: Asked, measure: Measure, said: str, change: AcceptMeasure | SendBack
) -> Outcome:
    left = [other for other in _waiting(asked) if other.id != measure.id]
    if not left:
        return Outcome(answer_with(asked, said).replies, (change,))
    go_on = press(say("th", "staff.button.next", count=len(left)), "accepting")
    return Outcome((with_presses(text_message(said), [go_on]),), (change,))


def _card(measure: Measure) -> Box:
    """A measure as it was reported: what was done, the evidence, and two buttons."""
    facts = {"measure": measure.id, "version": version(measure)}
    links = [uri for link in reversed(measure.evidence) if (uri := link_uri(link))][:LINKS]
    shown = [
        link_button(say("th", "staff.measure.evidence", number=number), uri)
        for number, uri in enumerate(links, start=1)
    ]
    bare = [] if links else [words(say("th", "staff.accepting.no_evidence"), size="xs")]
    output = cut(measure.output, 200) or say("th", "staff.accepting.no_output")
    outcome = [words(cut(measure.outcome, 120), color=SOFT)] if measure.outcome.strip() else []
    return bubble(
        say("th", "staff.accepting.waits"),
        words(measure_name(measure, 120), weight="bold", maxLines=4),
        words(f"{cut(measure.unit, 60)} · {due_words(measure)}", color=SOFT, size="xs"),
        words(output, maxLines=6),
        *outcome,
        *shown,
        *bare,
        column(
            button(press(say("th", "staff.button.accept"), "accept", **facts)),
            button(press(say("th", "staff.button.send_back"), "send_back", **facts), "secondary"),
            spacing="sm",
        ),
    )
