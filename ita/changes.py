"""The changes that may be made to the register. Handlers propose them, the store applies them."""

from dataclasses import dataclass, field
from datetime import datetime

from ita.agency import Role
from ita.complaints import Kind, Notices, Part, Place, Upload
from ita.measures import Progress
from ita.reminders import Wish


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """A person reported on a measure.

    `messages` are LINE's ids of the earlier messages that its words were written in, beside the
    one that is being answered: whoever takes one of them back takes the report back.
    `instead_of` is the id of the report that it corrects, whose messages count as its own.
    """

    progress: Progress
    messages: tuple[str, ...] = field(default=(), repr=False)
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class AttachEvidence:
    """More evidence for a report that stands in the log already, by its id."""

    report: int
    links: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CancelReport:
    """A person takes back his report: the measure is again as it was before.

    The log keeps the report and gets a row of its own for this, with `note` as its words.
    """

    report: int
    at: datetime
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileCase:
    """A person filed a case: `number` and `receipt` (16 digits) are the ones that he was shown.

    `about` are the units that a protected report is about, `struck` the keys of receivers that its
    writer struck out. `contact` are a name and a telephone number that were given, if any. `title`
    is a few words for the sheet, masked ("" for a protected case). `join` is the id of the case
    that this one only adds to: then its number counts. With `look_first` an officer looks at it
    before it counts, as so much came from where it came from. `place_from` and `contact_from` are
    LINE's ids of the messages that said so ("" for none), so that they can be unsent.
    """

    number: str
    kind: Kind
    receipt: str = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)
    place: Place = field(default=Place(), repr=False)
    uploads: tuple[Upload, ...] = field(default=(), repr=False)
    about: tuple[str, ...] = field(default=(), repr=False)
    struck: tuple[str, ...] = field(default=(), repr=False)
    contact: tuple[str, str] = field(default=("", ""), repr=False)
    notices: Notices = Notices.NONE
    title: str = ""
    join: int | None = None
    look_first: bool = False
    place_from: str = field(default="", repr=False)
    contact_from: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class KeepUpload:
    """Fetch what a message carries into the store of uploads, sealed under the upload's own key.

    `kind` is LINE's message type: "image", "audio", "video" or "file".
    """

    upload: Upload
    message_id: str = field(repr=False)
    file_name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DropUploads:
    """A draft was given up: what was fetched for it goes, by the uploads' ids."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddToCase:
    """Whoever filed a case (by party) adds to it."""

    party: str
    parts: tuple[Part, ...] = field(default=(), repr=False)
    uploads: tuple[Upload, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class WithdrawCase:
    """Whoever filed a case asks to take it back: a grievance ends, a protected case does not."""

    party: str


@dataclass(frozen=True, slots=True)
class ConfirmResolved:
    """Whoever filed a grievance says whether it is mended indeed."""

    party: str
    is_resolved: bool


@dataclass(frozen=True, slots=True)
class ChooseNotices:
    """When whoever filed a case wants to hear of it."""

    party: str
    notices: Notices


@dataclass(frozen=True, slots=True)
class SawCase:
    """Whoever filed a case (by party) looked at it: what there was to tell has been told."""

    party: str


@dataclass(frozen=True, slots=True)
class EraseIdentity:
    """Nobody can find out any more who filed these cases (by party)."""

    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteWrongReceipt:
    """A person (by reference) typed a receipt code that opens nothing."""

    ref: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AcceptMeasure:
    """A coordinator took a measure as done."""

    measure_id: int


@dataclass(frozen=True, slots=True)
class SendBack:
    """A coordinator asks for more, and says what."""

    measure_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class KeepEvidence:
    """Fetch and keep what a message carries; `kind` is LINE's message type ("image", "file").

    Its link is Desk.evidence_link(message_id), known at once. What cannot be kept is said with
    that person's next reply, and its link is taken out of the reports that name it.
    """

    message_id: str = field(repr=False)
    kind: str
    file_name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unsend:
    """Somebody took a message back: so is what was stored from it, as far as it still stands."""

    message_id: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Invite:
    """A coordinator invites. `code` are the letters that the invited get; only its HMAC is kept.

    `replaces` is the number of the member who makes room, or None.
    """

    code: str = field(repr=False)
    role: Role
    units: tuple[str, ...]
    uses: int
    expires_at: datetime
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawInvitation:
    """An invitation is not to be used any more."""

    invitation: int


@dataclass(frozen=True, slots=True)
class Join:
    """A person (by reference) consents to what an invitation offers; `number` is his from now."""

    ref: str = field(repr=False)
    invitation: int
    number: int


@dataclass(frozen=True, slots=True)
class NoteWrongCode:
    """A person typed a code that opens nothing."""

    ref: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ConfirmPerson:
    """The one who asked under this number is who he should be; he takes his role now."""

    number: int


@dataclass(frozen=True, slots=True)
class RefusePerson:
    """The one who asked under this number is not."""

    number: int


@dataclass(frozen=True, slots=True)
class Revoke:
    """The member with this number has no role any more."""

    number: int


@dataclass(frozen=True, slots=True)
class Leave:
    """A person (by reference) goes; nothing is kept of him but what he reported for his unit."""

    ref: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoteBlocked:
    """A member blocked the account, or follows it again."""

    ref: str = field(repr=False)
    blocked: bool


@dataclass(frozen=True, slots=True)
class LeaveChat:
    """The account goes out of this group, once its goodbye has been said."""


@dataclass(frozen=True, slots=True)
class WishReminders:
    """What a person (by reference) wishes of reminders from now on."""

    ref: str = field(repr=False)
    wish: Wish


RegisterChange = ReportProgress | AttachEvidence | CancelReport | AcceptMeasure | SendBack
"""What the shared sheet must show."""
PeopleChange = (
    Invite | WithdrawInvitation | Join | NoteWrongCode | ConfirmPerson | RefusePerson | Revoke
    | Leave | NoteBlocked
)  # fmt: skip
"""Who may do what in the agency's name; of no concern to the sheet."""
RoleChange = Join | ConfirmPerson | RefusePerson | Revoke | Leave
"""Those of them after which somebody may have another role, or none."""
EvidenceChange = KeepEvidence | Unsend
"""What people sent beside words, and what they took back."""
CaseChange = (
    FileCase | KeepUpload | DropUploads | AddToCase | WithdrawCase | ConfirmResolved
    | ChooseNotices | SawCase | EraseIdentity | NoteWrongReceipt
)  # fmt: skip
"""What whoever complains does; the store seals it (store.cases)."""
Change = (
    RegisterChange | PeopleChange | EvidenceChange | CaseChange | LeaveChat | WishReminders
)  # fmt: skip
