"""Every place where a person can stand in a conversation, and the shortest way there."""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from handlers.topics.inviting import ASKED
from handlers.topics.reporting.draft import REPORTING
from ita.agency import Person
from ita.changes import (
    Change,
    DropUploads,
    KeepEvidence,
    KeepUpload,
    NoteBlocked,
    NoteWrongCode,
    NoteWrongReceipt,
    SawCase,
    Unsend,
    WishReminders,
)
from ita.dates import read_period
from ita.invitations import Applicant, Member
from ita.measures import Measure, Status
from tests.handlers.case_double import CaseDouble
from tests.handlers.chat import Chat
from tests.handlers.desk_double import (
    CITIZEN,
    CLERK,
    COORDINATOR,
    MEASURES,
    NOW,
    OFFICER,
    DeskDouble,
)
from tests.handlers.desk_double import measure as a_measure
from tests.handlers.people_double import PeopleDouble
from tests.handlers.test_grievance import ALIKE
from tests.handlers.test_own_cases import own

OUTPUT: Final = "ประกาศนโยบายหน้าเว็บไซต์และติดป้าย 3 จุด"
OUTCOME: Final = "พนักงานทุกคนรับทราบ และไม่มีผู้รับของขวัญ"
LAMP: Final = "ไฟถนนดับหน้าศาลาทดสอบ"
STORY: Final = "มีการเรียกเงินในการอนุมัติงานตัวอย่าง"
OTHERS: Final = "ม5 60% ประชุมแล้ว"
"""A report on another measure than that of any row."""

IN_A_REPORT: Final = ("รายงานผล 3", "อยู่ระหว่างดำเนินการ", OUTPUT)
TWICE: Final = a_measure(
    7, "รายงานการกำกับติดตาม", period=read_period("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘", 2568)
)
WAITS: Final = replace(
    MEASURES[2], status=Status.AWAITING_ACCEPTANCE, last_report_at=NOW - timedelta(days=1),
    output="ประกาศนโยบายแล้ว", evidence=("https://example.go.th/a",),
)  # fmt: skip
MEMBER: Final = Member(1001, "p-clerk", CLERK.role, CLERK.units, NOW)
HEAD: Final = Member(1002, COORDINATOR.ref, COORDINATOR.role, (), NOW)
ASKS: Final = Applicant(4821, "p-new", OFFICER.role, (), NOW, invited_by=COORDINATOR.ref)

NOTED: Final[tuple[type[Change], ...]] = (
    *(NoteBlocked, NoteWrongCode, NoteWrongReceipt, SawCase, Unsend, WishReminders),
)
"""What is no more than noted, whoever leaves a conversation; all else was wanted by somebody."""
SENT: Final = (KeepEvidence, KeepUpload)
LET_GO: Final = (DropUploads,)

_WALKED: Final[dict[str, bytes]] = {}

Turn = str | Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """A place in a conversation. `turns` lead there: what is pressed where such a button is there,
    else written; a mapping is what a button does; #image is a photo. `told` are the person's words
    by then; `back` leads back to it, with `button` where one is needed. `answer` goes on to `then`.
    """

    name: str
    person: Person
    turns: tuple[Turn, ...]
    told: str = ""
    back: str = ""
    button: str = ""
    answer: Turn = ""
    then: str = ""
    measures: tuple[Measure, ...] = (*MEASURES, TWICE)
    variant: str = ""

    @property
    def do(self) -> str:
        """The topic that goes on with it."""
        return self.name.partition(".")[0]

    def __str__(self) -> str:
        who = "" if self.person == CITIZEN else f" {self.person.role}"
        return f"{self.name}{self.variant and ' '}{self.variant}{who}"

    def reached(self) -> Chat:
        """Somebody who stands there; the way is walked once."""
        if str(self) not in _WALKED:
            _WALKED[str(self)] = pickle.dumps(self.walked())
        one = pickle.loads(_WALKED[str(self)])
        assert isinstance(one, Chat)
        return one

    def walked(self) -> Chat:
        """The same from the beginning."""
        cases = CaseDouble(of={self.person.ref: (own(),)})
        cases.like = ALIKE if self.name == "grievance.similar" else ()
        people = PeopleDouble(known=[MEMBER, HEAD], waiting=[ASKS])
        desk = DeskDouble(all_measures=self.measures, cases=cases, people=people)
        one = Chat(person=self.person, desk=desk)
        for turn in self.turns:
            go(one, turn)
        return one


def go(one: Chat, turn: Turn) -> str:
    """One turn, as Place tells them."""
    if isinstance(turn, Mapping):
        return one.tap(**turn)
    return one.send(turn[1:]) if turn.startswith("#") else one.go(turn)


def stands(step: Mapping[str, Any] | None) -> str:
    """The name of the place where a step stands; "" outside of any conversation."""
    if step is None:
        return ""
    do = str(step["do"])
    if do == REPORTING:
        return f"{do}.{step['draft']['at']}"
    if do == "invite":
        return f"{do}.{next(each for each in ASKED if each not in step)}"
    return f"{do}.{step['ask']}" if "ask" in step else do


def _reporting() -> list[Place]:
    asked = ("status", "output", "outcome", "obstacle", "budget", "day", "evidence", "review")
    said = ("อยู่ระหว่างดำเนินการ", OUTPUT, OUTCOME, "ไม่มี", "ไม่ใช้งบประมาณ", "วันนี้", "ข้าม", "ยืนยัน")
    then = [f"reporting.{each}" for each in asked[1:]] + [""]

    def on(name: str, *turns: Turn, **more: Any) -> Place:
        resumed = {"back": "รายงานผล", "button": "ทำต่อ"} if len(turns) > 1 else {}
        told = OUTPUT if OUTPUT in turns else ""
        known = {"told": told, **resumed, **more}
        return Place(f"reporting.{name}", CLERK, turns, **known)

    places = [
        on(each, "รายงานผล 3", *said[:number], answer=said[number], then=then[number])
        for number, each in enumerate(asked)
    ]
    last = said[:-1]
    edited = ("รายงานผล 3", *last, "แก้ไข")
    whole = ("ยกเลิกรายงานล่าสุด", "แก้ไขรายงานล่าสุด")
    return [
        *places,
        on("part", "รายงานผล 7", answer={"value": 1}, then="reporting.status"),
        on("year", "รายงานผล 3", *said[:5], "5/11/67", answer="ใช่ค่ะ", then="reporting.evidence"),
        on("review", *edited, variant="menu", answer="ผลลัพธ์", then="reporting.outcome"),
        on(
            "output", *edited, "สรุปผลการดำเนินการ", variant="mending",
            answer=OUTPUT + "ใหม่", then="reporting.review",
        ),
        on(
            "outcome", "รายงานผล 3", *said[:2], OUTPUT, variant="copied",
            answer="ใช้ตามนี้", then="reporting.obstacle",
        ),
        on(
            "outcome", "รายงานผล 3", *said[:2], OTHERS, variant="whose",
            answer="คำตอบข้อนี้", then="reporting.obstacle",
        ),
        on(
            "review", f"ม3 80% {OUTPUT}", whole[1], variant="correcting", told=OUTPUT,
            answer="ยืนยัน", then="",
        ),
        Place(
            "parked", CLERK, ("รายงานผล 3", *said[:2], "งานค้าง"), OUTPUT,
            "รายงานผล", "ทำต่อ", "รายงานผล", "parked",
        ),
        Place(
            "parked", CLERK, ("รายงานผล 3", *said[:2], "งานค้าง", "รายงานผล"), OUTPUT,
            "รายงานผล", "ทำต่อ", "ทำต่อ", "reporting.outcome", variant="offered",
        ),
        Place("photos", CLERK, ("#image",), answer={"go": "on", "measure": 3},
              then="reporting.status"),
    ]  # fmt: skip


def _coordinating() -> list[Place]:
    invite = ("เชิญ", "กองคลัง", "เจ้าหน้าที่", "5 คน", "7 วัน")
    asks = [f"invite.{each}" for each in ASKED] + [""]
    waiting = (WAITS, *MEASURES[3:])
    return [
        *(
            Place(asks[n], COORDINATOR, invite[: n + 1], answer=invite[n + 1], then=asks[n + 1])
            for n in range(len(ASKED))
        ),
        Place(
            "send_back", COORDINATOR, ("ตรวจรับ", {"do": "send_back"}),
            answer="ขาดรูปถ่าย", then="", measures=waiting,
        ),
    ]  # fmt: skip


def _telling(person: Person) -> list[Place]:
    where = "หมู่ 1 บ้านตัวอย่าง"
    told = (f"แจ้งเหตุ {LAMP}", where, "ข้าม")

    def at(name: str, *turns: Turn, **more: Any) -> Place:
        known = {"told": LAMP, "back": "แจ้งเหตุ", **more}
        return Place(f"grievance.{name}", person, turns, **known)

    mends = {"what": "ย้อนกลับ", "where": "ย้อนกลับ", "evidence": "ย้อนกลับ"}
    return [
        at("which", "ร้องเรียน", told="", back="", answer="แจ้งเหตุ/ร้องทุกข์", then="grievance.what"),
        at(
            "which", f"ร้องเรียน {LAMP}", back="", variant="told",
            answer="แจ้งเหตุ/ร้องทุกข์", then="grievance.where",
        ),
        at("what", "แจ้งเหตุ", told="", back="", answer=LAMP, then="grievance.where"),
        at("where", *told[:1], answer=where, then="grievance.evidence"),
        at("evidence", *told[:2], answer="ข้าม", then="grievance.review"),
        at("similar", *told, answer="คนละเรื่อง", then="grievance.review"),
        at("review", *told, answer="ส่ง", then=""),
        at("menu", *told, "แก้ไข", answer="สถานที่", then="grievance.mend_where"),
        *(
            at(f"mend_{each}", *told, "แก้ไข", {"what": f"mend_{each}"},
               answer=word, then="grievance.review")
            for each, word in mends.items()
        ),
        Place("case_left", person, (told[0], "คะแนน"), LAMP, "แจ้งเหตุ", "", "แจ้งเหตุ",
              "grievance.where"),
    ]  # fmt: skip


def _reporting_wrongs(person: Person) -> list[Place]:
    turns: tuple[Turn, ...] = (
        "ร้องเรียนทุจริต", {"kind": "corruption"}, {"unit": "กองช่าง"}, {"ask": "story"}, STORY,
        {"go": "on"}, {"go": "on"}, {"ask": "contact"},
    )  # fmt: skip
    names = ("kind", "about", "receivers", "story", "evidence", "review", "contact")
    counts = (1, 2, 3, 5, 6, 7, 8)
    answers: tuple[Turn, ...] = (*turns[1:4], *turns[5:8], "ไม่เปิดเผยชื่อ")
    then = [f"protected.{each}" for each in (*names[1:], "review")]
    return [
        Place(
            f"protected.{name}", person, turns[:count], STORY if count > 4 else "",
            "ร้องเรียนทุจริต" if count > 2 else "", "", answer, after,
        )
        for name, count, answer, after in zip(names, counts, answers, then, strict=True)
    ]  # fmt: skip


def _own_case(person: Person) -> list[Place]:
    return [Place("adding", person, ("ติดตาม", {"go": "add"}), answer="เสร็จ", then="")]


PLACES: Final = (
    *_reporting(),
    *_coordinating(),
    *(place for one in (CITIZEN, CLERK) for place in _telling(one)),
    *(place for one in (CITIZEN, CLERK) for place in _reporting_wrongs(one)),
    *(place for one in (CITIZEN, CLERK) for place in _own_case(one)),
)


@dataclass(frozen=True)
class Question:
    """A question that is answered by its buttons alone, so that nothing waits for words. `yes` is
    the button that does something, as far as one does; `no` leaves all as it is."""

    name: str
    person: Person
    turns: tuple[Turn, ...]
    yes: Mapping[str, Any]
    no: Mapping[str, Any] | None = None
    measures: tuple[Measure, ...] = (*MEASURES, TWICE)

    def __str__(self) -> str:
        return self.name

    def reached(self) -> Chat:
        """Somebody who is asked it."""
        return Place(self.name, self.person, self.turns, measures=self.measures).reached()


def _of_case(name: str, yes: str, no: str | None, *turns: Turn) -> Question:
    asked = ("ติดตาม", *turns) if turns else (name,)
    return Question(name, CITIZEN, asked, {"go": yes}, {"go": no} if no else None)


QUESTIONS: Final = (
    Question("consent", CITIZEN, ("ลงทะเบียน ABCD-EFGH",), {"do": "join"}, {"do": "decline"}),
    Question("leaving", CLERK, ("ออกจากระบบ",), {"do": "leave_now"}, {"do": "stay"}),
    Question(
        "undoing", CLERK, ("ม3 80% ประชุมแล้ว", "ยกเลิกรายงานล่าสุด"), {"go": "undo"}, {"go": "keep"}
    ),
    Question("what is missing", CLERK, ("ม3 เสร็จแล้ว",), {"go": "complete", "at": "output"}),
    Question("which measure", CLERK, ("รายงานผล",), {"go": "on", "measure": 3}),
    Question("more measures", CLERK, ("#image",), {"go": "pick"}),
    Question("applicants", COORDINATOR, ("สมาชิก",), {"do": "confirm"}),
    Question("invitations", COORDINATOR, ("สมาชิก",), {"do": "withdraw", "invitation": 7}),
    Question("a member", COORDINATOR, ("สมาชิก 1001",), {"do": "revoke"}, {"do": "members"}),
    Question("accepting", COORDINATOR, ("ตรวจรับ",), {"do": "accept"}, measures=(WAITS,)),
    Question(
        "the next to accept", COORDINATOR, ("ตรวจรับ", {"do": "accept", "measure": 3}),
        {"do": "accepting"}, measures=(WAITS, replace(WAITS, id=4, number=4)),
    ),
    _of_case("withdrawing", "withdraw_now", "look", {"go": "withdraw"}),
    Question("notices", CITIZEN, ("ติดตาม", {"go": "notices"}), {"when": "none"}),
    Question("erasing", CITIZEN, ("ลบข้อมูลของฉัน",), {"go": "erase"}, {"go": "keep"}),
    Question(
        "two cases", CITIZEN, (f"แจ้งเหตุ {LAMP}", "แจ้งเหตุ น้ำประปาไม่ไหล"), {"go": "forget"},
        {"go": "resume"},
    ),
)  # fmt: skip
