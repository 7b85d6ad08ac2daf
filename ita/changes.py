"""The changes that may be made to the register. Handlers propose them, the store applies them."""

from dataclasses import dataclass, field

from ita.complaints import Kind
from ita.measures import Progress


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """A person reported on a measure."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class FileCase:
    """A person filed a case. The narrative is sealed by the store and shown in no repr."""

    number: str
    kind: Kind
    narrative: str = field(repr=False)


Change = ReportProgress | FileCase
