"""Cases under their seals: filed, added to, followed, moved, withdrawn and erased.

A case never refers to a person: whoever filed it is found by an HMAC that no other row has, and the
way to answer lies sealed in it. See docs/adr/0011.
"""

from store.cases.control import (
    choose_notices,
    confirm,
    erase,
    erase_identity,
    over,
    unsend,
    upload_id,
    withdraw,
)
from store.cases.filing import add, file
from store.cases.moving import answer, change, enter_sheet, move, release, told
from store.cases.reading import (
    by_number,
    by_party,
    by_receipt,
    cases,
    counted,
    held_back,
    own,
    parties_owed,
    place_of,
    routing_of,
    sheet_cases,
)

__all__ = [
    "add", "answer", "by_number", "by_party", "by_receipt", "cases", "change", "choose_notices",
    "confirm", "counted", "enter_sheet", "erase", "erase_identity", "file", "held_back", "move",
    "over", "own", "parties_owed", "place_of", "release", "routing_of", "sheet_cases", "told",
    "unsend", "upload_id", "withdraw",
]  # fmt: skip
