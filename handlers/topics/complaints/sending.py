"""A grievance is sent: its number, its receipt code, and what happens next."""

from handlers.asked import Asked
from handlers.cards import case_card
from handlers.desk import Outcome
from handlers.events import BANGKOK
from handlers.flex import with_quick_replies
from handlers.pressing import press
from handlers.replies import next_steps
from handlers.texts import say
from handlers.topics.complaints.draft import Draft
from handlers.topics.complaints.which_door import title_of
from ita.changes import FileCase
from ita.complaints import Notices


def send(asked: Asked, draft: Draft) -> Outcome:
    """File it, or add it to the case that it joins; beyond the limit, too, and that is said."""
    cases = asked.desk.cases
    filed = FileCase(
        number=cases.new_number(),
        kind=draft.kind,
        receipt=cases.new_receipt(),
        parts=draft.parts,
        place=draft.place,
        uploads=draft.uploads,
        notices=Notices.ANY_TIME if asked.desk.agency.pushes else Notices.NONE,
        title=_title(asked, draft),
        join=draft.join,
        place_from=draft.place_from,
    )
    of_case = {"case": filed.number, "language": draft.language}
    add = press(say(draft.language, "citizen.tap.add"), "case", go="add", **of_case)
    quiet = press(
        say(draft.language, "citizen.tap.quiet"), "case",
        go="choose", when=Notices.NONE.value, **of_case,
    )  # fmt: skip
    taps = [add, quiet] if asked.desk.agency.pushes else [add]
    card = case_card(
        draft.language, asked.agency_name, filed.number, filed.receipt,
        asked.event.at.astimezone(BANGKOK).date(),
        joins=filed.join is not None,
        slowed=cases.files_too_much(asked.person),
        taps=() if filed.join is not None else taps,
        notices=filed.notices,
    )  # fmt: skip
    return Outcome((with_quick_replies(card, next_steps(asked)),), (filed,))


def _title(asked: Asked, draft: Draft) -> str:
    """As it stands in the shared sheet: how it was sent, where there are no words."""
    if draft.story.strip():
        return title_of(draft.story, asked.today)
    voice = any(one.kind == "audio" for one in draft.uploads)
    return say("th", f"citizen.sheet_title.{'voice' if voice else 'file'}")
