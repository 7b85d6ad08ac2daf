"""A desk without a database: it holds values of ita/, as the store's desk gives them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from handlers.desk import Event, OfficialScores, Outcome, Reported
from handlers.router import answer
from ita.agency import Agency, Person, Role, Unit
from ita.criteria import Criteria, criteria_for
from ita.dates import Period
from ita.measures import Measure, Progress
from ita.reminders import Wish
from tests.handlers.case_double import CaseDouble
from tests.handlers.people_double import PeopleDouble

BANGKOK = ZoneInfo("Asia/Bangkok")
NOW = datetime(2025, 1, 15, 9, 30, tzinfo=BANGKOK)

AGENCY = Agency(
    slug="sample",
    name="องค์การบริหารส่วนตำบลตัวอย่าง",
    short_name="อบต.ตัวอย่าง",
    district="เมือง",
    province="ตัวอย่าง",
    fiscal_year=2568,
    units=(Unit("สำนักปลัด"), Unit("กองคลัง"), Unit("กองช่าง")),
)

CITIZEN = Person("p-citizen")
CLERK = Person("p-clerk", Role.STAFF, ("สำนักปลัด",))
FINANCE = Person("p-finance", Role.STAFF, ("กองคลัง",))
OFFICER = Person("p-officer", Role.OFFICER, ("สำนักปลัด",))
COORDINATOR = Person("p-coordinator", Role.COORDINATOR)
EXECUTIVE = Person("p-executive", Role.EXECUTIVE)
UNPLACED = Person("p-unplaced", Role.STAFF)


def measure(number: int, title: str, unit: str = "สำนักปลัด", **more: object) -> Measure:
    """A measure of the sample agency, due on 31 March 2568 unless told otherwise."""
    due = Period("31 มี.ค. 68", "date", date(2025, 3, 31), date(2025, 3, 31))
    known: dict[str, object] = {"period": due, "indicator": number, **more}
    return Measure(id=number, fiscal_year=2568, number=number, title=title, unit=unit, **known)  # type: ignore[arg-type] # keyword tables in tests are not typed per field


MEASURES = (
    measure(1, "ปรับปรุงคู่มือการปฏิบัติหน้าที่", items=("o8",)),
    measure(2, "เผยแพร่แผนการใช้จ่ายงบประมาณ", "กองคลัง", items=("o6", "o13")),
    measure(3, "ประกาศนโยบายงดรับของขวัญ No Gift Policy", items=("o21",)),
    measure(4, "ทะเบียนคุมการยืมทรัพย์สิน", "กองคลัง"),
    measure(5, "ช่องทางแจ้งเบาะแสการทุจริต", "งานนิติการ สำนักปลัด"),
    measure(6, "ช่องทางรับฟังความคิดเห็น", "ทุกส่วนราชการ", indicator=5),
)

POINTS = ("98.01", "93.22", "92.14", "91.21", "88.18", "88.45", "84.85", "85.61", "75.00", "48.75")
SCORES_2566 = OfficialScores(2566, {n: Decimal(points) for n, points in enumerate(POINTS, start=1)})
"""The published scores of one agency, whose total is 78.41."""


@dataclass
class DeskDouble:
    """Everything a conversation may read."""

    agency: Agency = AGENCY
    all_measures: Sequence[Measure] = MEASURES
    official: OfficialScores | None = SCORES_2566
    read_at: datetime | None = NOW
    items: Mapping[int, Mapping[str, Decimal]] = field(default_factory=dict)
    reports: Sequence[Progress] = ()
    last: Mapping[str, Reported] = field(default_factory=dict)

    people: PeopleDouble = field(default_factory=PeopleDouble)
    cases: CaseDouble = field(default_factory=CaseDouble)
    called_done: Collection[tuple[int, str]] = ()
    wishes: Mapping[str, Wish] = field(default_factory=dict)

    def hold(self, measure_id: int) -> Measure | None:
        return next((one for one in self.all_measures if one.id == measure_id), None)

    def called_done_by(self, measure_id: int, person: Person) -> bool:
        return (measure_id, person.ref) in self.called_done

    def criteria(self, fiscal_year: int) -> Criteria:
        return criteria_for(fiscal_year)

    def item_points(self, fiscal_year: int) -> Mapping[str, Decimal]:
        return self.items.get(fiscal_year, {})

    def history(self, measure_id: int, limit: int) -> Sequence[Progress]:
        own = [report for report in self.reports if report.measure_id == measure_id]
        return sorted(own, key=lambda report: report.at, reverse=True)[:limit]

    def last_report(self, person: Person) -> Reported | None:
        return self.last.get(person.ref)

    def report_counts(self, since: datetime, until: datetime) -> Mapping[int, int]:
        return Counter(one.measure_id for one in self.reports if since <= one.at < until)

    def sheet_read_at(self) -> datetime | None:
        return self.read_at

    def reminder_wish(self, person: Person) -> Wish:
        return self.wishes.get(person.ref, Wish())

    def measures(self) -> Sequence[Measure]:
        return self.all_measures

    def scores(self) -> OfficialScores | None:
        return self.official

    def evidence_link(self, message_id: str) -> str:
        return f"https://sujarit.example/evidence/sample/{message_id}"


def text_event(text: str, *, chat: str = "user", mentioned: bool = False) -> Event:
    """A text message written just now."""
    return Event("message", NOW, chat, "text", text, mentioned)  # type: ignore[arg-type] # the table names the kind


def said(
    text: str,
    person: Person = CITIZEN,
    desk: DeskDouble | None = None,
    *,
    chat: str = "user",
    mentioned: bool = False,
) -> Outcome:
    """What the bot answers to a text."""
    event = text_event(text, chat=chat, mentioned=mentioned)
    return answer(event, person, desk or DeskDouble(), NOW)


def readable(outcome: Outcome) -> str:
    """All that people can read in the replies: texts, altTexts and the words on cards."""
    return "\n".join(_words(list(outcome.replies)))


def buttons(outcome: Outcome) -> list[str]:
    """What the quick replies of the last message would write."""
    items = outcome.replies[-1].get("quickReply", {}).get("items", [])
    return [item["action"]["text"] for item in items if "text" in item["action"]]


def _words(value: object) -> list[str]:
    if isinstance(value, list):
        return [word for each in value for word in _words(each)]
    if not isinstance(value, dict):
        return []
    own = [str(value[key]) for key in ("altText", "text") if key in value]
    inner = [word for key, each in value.items() if key != "quickReply" for word in _words(each)]
    return own + inner
