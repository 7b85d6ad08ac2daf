"""What belongs to the report just made although it does not say so: แก้ไข, what puts it right, or a
link alone."""

from collections.abc import Callable, Mapping
from typing import Final

from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.topics.reporting.media import take_links
from handlers.topics.reporting.reading import means
from handlers.topics.reporting.retelling import retold
from handlers.topics.reporting.undoing import correct, give_up

_SPOKEN: Final[Mapping[str, Callable[[Asked], Outcome]]] = {
    "แก้ไข": correct,
    "แก้ไขรายงาน": correct,
    "พิมพ์ผิด": correct,
    "รายงานผิด": correct,
    "ยกเลิกรายงาน": give_up,
}
"""Short words: among others, people say them to each other."""


def afterwards(asked: Asked) -> Outcome | None:
    """The answer to it; None for any other message, and where others read along."""
    if not asked.by_staff or not asked.one_to_one:
        return None
    spoken = (topic for words, topic in _SPOKEN.items() if means(asked.words, words))
    topic = next(spoken, None)
    return topic(asked) if topic else retold(asked) or take_links(asked)
