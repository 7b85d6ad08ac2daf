"""The push by which somebody learns that there is news of a case: it says nothing of a case."""

from handlers.desk import Message
from handlers.flex import text_message
from handlers.texts import say
from ita.agency import Agency


def case_notice(agency: Agency) -> Message:
    """One neutral sentence, as whoever looks over a shoulder may read it."""
    return text_message(say("th", "citizen.case_notice.news", agency=agency.short_name))
