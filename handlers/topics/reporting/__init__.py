"""Reporting step by step: choose a measure, answer one question at a time, look, confirm.

`start` is รายงานผล without words, `press` and `take_words` go on with it, `take_media` takes photos
and files, `afterwards`, `undo` and `correct` change what was reported last; `carried` keeps what
is unfinished.
"""

from handlers.topics.reporting.afterwards import afterwards
from handlers.topics.reporting.draft import REPORTING, is_being_written, measure_at_choice
from handlers.topics.reporting.going import take_words
from handlers.topics.reporting.media import take_media
from handlers.topics.reporting.parking import carried
from handlers.topics.reporting.picking import start, start_on
from handlers.topics.reporting.pressing import press
from handlers.topics.reporting.undoing import correct, give_up, undo

__all__ = [
    "REPORTING",
    "afterwards",
    "carried",
    "correct",
    "give_up",
    "is_being_written",
    "measure_at_choice",
    "press",
    "start",
    "start_on",
    "take_media",
    "take_words",
    "undo",
]
