"""Cases under their seals: filed, added to, followed, moved, withdrawn and erased.

A case never refers to a person: whoever filed it is found by what stands in the keyring alone, and
the way to answer lies sealed in it. See docs/adr/0011.
"""

from store.cases.blending import blend
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
    parties_of,
    parties_owed,
    places_of,
    routing_of,
    sheet_cases,
    since,
)

__all__ = [
    "add", "answer", "blend", "by_number", "by_party", "by_receipt", "cases", "change",
    "choose_notices", "confirm", "counted", "enter_sheet", "erase", "erase_identity", "file",
    "held_back", "move", "over", "own", "parties_of", "parties_owed", "places_of", "release",
    "routing_of", "sheet_cases", "since", "told", "unsend", "upload_id", "withdraw",
]  # fmt: skip
