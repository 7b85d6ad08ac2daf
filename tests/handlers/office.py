"""A clerk's chat whose reports come to something: changes are applied as the register does it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from handlers.desk import KEEP, Event, Person, Reported
from handlers.router import answer
from ita.changes import (
    AttachEvidence,
    CancelReport,
    Change,
    KeepEvidence,
    ReportProgress,
    Unsend,
)
from ita.measures import Measure, Progress, after, with_evidence
from tests.handlers.desk_double import CLERK, MEASURES, NOW, DeskDouble, readable
from tests.handlers.sendable import assert_sendable, parts
from tests.handlers.talk import Talk


def office(*measures: Measure, person: Person = CLERK, now: datetime = NOW) -> "Office":
    """A clerk with these measures, or those of the sample agency."""
    desk = DeskDouble(all_measures=measures or MEASURES)
    return Office(person=person, desk=desk, now=now)


@dataclass
class Office(Talk):
    """One person's chat; every message comes a minute after the one before."""

    now: datetime = NOW
    made: list[Reported] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    photos: int = 0

    def photo(self, index: int = 1, total: int = 1, *, kind: str = "image") -> str:
        """A photo is sent, maybe with others."""
        self.photos += 1
        sent = Event(
            "message", self.now, message_kind=kind, message_id=f"photo{self.photos}",
            image_set=(index, total) if total > 1 else None,
        )  # fmt: skip
        return self._happens(sent)

    def unsend(self, message_id: str) -> str:
        """A message is taken back."""
        return self._happens(Event("unsend", self.now, message_id=message_id))

    def pick_day(self, day: str) -> str:
        """A day is picked with LINE's picker."""
        (picker,) = [one for one in self._actions() if one["type"] == "datetimepicker"]
        return self._happens(Event("postback", self.now, pressed=picker["data"], picked=day))

    def go(self, *answers: str) -> str:
        """Each answer pressed where such a button is there, else written; gives the last reply."""
        read = ""
        for each in answers:
            read = self.press(each) if each in self.labels else self.say(each)
        return read

    def data(self, label: str) -> dict[str, Any]:
        """What the button with this label does."""
        (action,) = [one for one in self._actions() if one.get("label") == label]
        found: dict[str, Any] = action["data"]
        return found

    def data_of_measure(self, number: int) -> dict[str, Any]:
        """What the button on a measure's card does."""
        (action,) = [one for one in self.actions if one.get("measure") == number]
        return action

    def wait(self, **time: float) -> None:
        """Time passes."""
        self.now += timedelta(**time)

    def measure(self, number: int) -> Measure:
        """A measure as it is now."""
        return next(one for one in self.desk.all_measures if one.number == number)

    @property
    def reports(self) -> list[Progress]:
        """The reports that count, oldest first."""
        return [one.progress for one in self.made if one.id not in self.cancelled]

    def _actions(self) -> list[dict[str, Any]]:
        return [
            one for one in parts(list(self.said.replies))
            if one.get("type") in ("postback", "datetimepicker")
        ]  # fmt: skip

    def _happens(self, event: Event) -> str:
        self.wait(minutes=1)
        named = event.message_id or f"message{len(self.made)}-{self.now:%H%M%S}"
        event = replace(event, at=self.now, message_id=named if event.kind != "postback" else "")
        self.said = answer(event, self.person, self.desk, self.now, self.step)
        assert_sendable(self.said.replies)
        for change in self.said.changes:
            self._apply(change)
        self._keep_step(event)
        return readable(self.said)

    def _keep_step(self, event: Event) -> None:
        if self.said.step is KEEP:
            return
        if self.said.step is not None:
            self.step = dict(self.said.step)
        elif event.kind == "postback" or event.message_kind == "text":
            self.step = None

    def _apply(self, change: Change) -> None:
        match change:
            case ReportProgress(progress=progress):
                self._report(progress)
            case AttachEvidence(number, links):
                self._attach(number, links)
            case CancelReport(number):
                self._cancel(number)
            case KeepEvidence() | Unsend():
                pass
            case _:
                raise AssertionError(change)
        self.desk.reports = self.reports
        alive = [one for one in self.made if one.id not in self.cancelled]
        self.desk.last = {self.person.ref: self._undoable(alive[-1])} if alive else {}

    def _report(self, progress: Progress) -> None:
        before = self.desk.hold(progress.measure_id)
        assert before is not None
        self.made.append(Reported(len(self.made) + 1, progress, before))
        self._put(after(before, progress))

    def _attach(self, number: int, links: tuple[str, ...]) -> None:
        reported = self.made[number - 1]
        told = reported.progress
        self.made[number - 1] = replace(
            reported, progress=replace(told, links=(*told.links, *links))
        )
        known = self.desk.hold(told.measure_id)
        assert known is not None
        self._put(with_evidence(known, links))

    def _cancel(self, number: int) -> None:
        before = self.made[number - 1].before
        assert before is not None
        self.cancelled.append(number)
        self._put(before)

    def _undoable(self, reported: Reported) -> Reported:
        known = self.desk.hold(reported.progress.measure_id)
        stands = known is not None and known.last_report_at == reported.progress.at
        accepted = known is not None and known.acceptance is not None
        return reported if stands and not accepted else replace(reported, before=None)

    def _put(self, changed: Measure) -> None:
        self.desk.all_measures = [
            changed if one.id == changed.id else one for one in self.desk.all_measures
        ]
