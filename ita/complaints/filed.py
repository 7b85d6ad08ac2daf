"""What people tell of a case, on its way into the seals. Nothing of it is shown in a repr."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ita.complaints.case import Case


class Notices(StrEnum):
    """When whoever filed a case wants to hear that there is news of it, always silently."""

    NONE = "none"
    ANY_TIME = "any_time"
    MORNING = "morning"
    NOON = "noon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Part:
    """A message of the story; `message_id` is LINE's, so that it can be unsent ("" on the web)."""

    text: str = field(repr=False)
    message_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is: in words (a village, a landmark, a pole's number), by degrees, or both."""

    words: str = field(default="", repr=False)
    latitude: float | None = field(default=None, repr=False)
    longitude: float | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Upload:
    """A photo, a voice or a file: its id among the uploads, and the key that it lies under."""

    id: str
    key: bytes = field(repr=False)
    kind: str = "image"


@dataclass(frozen=True, slots=True)
class Said:
    """A message in a case, by whoever filed it or by the office, on a day."""

    on: date
    by_office: bool
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case as whoever filed it sees it. `party` is the opaque id by which he acts on it.

    `first_words` are the beginning of the story, "" where it was erased; `place`, as
    he told it, likewise. `evidence` counts photos and files, `lost` those that could not be kept.
    `has_identity` is False once it was erased or never given. `withdrew_on` is the day on which he
    himself took a grievance back, `others_wait` whether anybody else waits for it.
    """

    case: Case
    party: str
    first_words: str = field(default="", repr=False)
    place: Place = Place()
    said: tuple[Said, ...] = ()
    evidence: int = 0
    lost: int = 0
    notices: Notices = Notices.NONE
    has_identity: bool = True
    withdrew_on: date | None = None
    others_wait: bool = False


@dataclass(frozen=True, slots=True)
class Similar:
    """An open grievance that a coordinator has titled, near by and alike; to be joined.

    How near is not told: from some distances a reporter's home could be reckoned.
    """

    case_id: int
    title: str
    received_on: date
