"""Members are reminded: within hours, once, within the budget, and the rest with a reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import doctor, metrics
from bot.agencies import BadAgency, load
from bot.clock import BANGKOK, freeze
from bot.deliver import deliver
from bot.reminders import Left, left, meet, remind, reminding
from bot.turn import turn
from handlers import events
from handlers.cards import reminder_card
from handlers.desk import Message
from ita.agency import Person, Role
from ita.changes import ReportProgress, WishReminders
from ita.dates import read_period
from ita.measures import Measure, Progress, Status
from ita.reminders import Reminder, Wish
from sandbox.script import texts_in
from sandbox.town import AGENCIES
from store import evidence, journal, people, register, reminders, sheet_state
from store.keyring import KeyGone
from tests.bot.test_way import raw_event
from tests.bot.town import Process, Town, eventually

AGENCY = "dongmuang"
MONDAY = datetime(2025, 3, 24, 10, 0, tzinfo=BANGKOK)
FIVE = ("one", "two", "three", "four", "five")


def unit(slug: str) -> str:
    return f"กองทดสอบ {slug}"


@dataclass
class Office:
    """The town with people and measures of the test's own, and a clock that stands still."""

    town: Town

    def at(self, moment: datetime) -> "Office":
        freeze(self.town.sandbox.clock_file, moment)
        return self

    def member(self, slug: str, role: Role = Role.STAFF, units: Sequence[str] = ()) -> Person:
        """A member who wrote the day before."""
        user = self.user(slug)
        with self.town.program.database.agency(AGENCY) as tx:
            person = people.register(tx, user, role, units or (unit(slug),))
            reminders.remember(tx, person.ref, user, self.today - timedelta(days=1))
        return person

    def user(self, slug: str) -> str:
        return self.town.sandbox.line.person(AGENCY, slug).line_user_id

    def chat(self, slug: str) -> str:
        return self.town.program.keyring.reference(AGENCY, "chat", self.user(slug))

    def measure(self, number: int, slug: str, due: str) -> None:
        known = Measure(0, 2568, number, f"เรื่องของ {slug}", unit(slug), read_period(due, 2568))
        with self.town.program.database.agency(AGENCY) as tx:
            assert register.add_measure(tx, known)

    @property
    def today(self) -> date:
        return self.town.program.clock().date()

    def remind(self) -> None:
        """The periodic job, and what it decided on is sent."""
        remind(self.town.program, AGENCY)
        self.deliver()

    def deliver(self) -> None:
        for slug in FIVE:
            deliver(self.town.program, AGENCY, self.chat(slug))

    def write(self, slug: str, text: str = "ช่วยเหลือ") -> list[str]:
        """A person writes and is answered; gives the texts of each message of the reply."""
        before, line = len(self.town.sent(slug)), self.town.sandbox.line
        now, name = self.town.program.clock(), f"{slug}{before}".upper()
        line.grant_reply(line.state(AGENCY), name, self.user(slug))
        raw = raw_event(self.town, slug, text, name, replyToken=name)
        with self.town.program.database.agency(AGENCY) as tx:
            arrival = journal.Arrival(raw["webhookEventId"], self.chat(slug), now, now, raw)
            assert journal.accept(tx, arrival)
        turn(self.town.program, AGENCY, self.chat(slug))
        said = self.town.sent(slug)[before:]
        assert {sent["via"] for sent in said} == {"reply"}
        return ["\n".join(texts_in(sent["message"])) for sent in said]

    def told(self, slug: str) -> list[str]:
        """How each reminder reached a person."""
        return [
            sent["via"]
            for sent in self.town.sent(slug)
            if "เตือนงาน" in sent["message"].get("altText", "")
        ]

    def sql(self, text: str, **values: object) -> list[sa.Row[tuple[object, ...]]]:
        with self.town.program.database.agency(AGENCY) as tx:
            result = tx.sql.execute(sa.text(text), values)
            return list(result.all()) if result.returns_rows else []

    def channel(self, **changes: object) -> None:
        """The agency's file says something else of its channel."""
        agency = self.town.program.agencies[AGENCY]
        line = agency.line.model_copy(update=changes)
        self.town.program.agencies[AGENCY] = agency.model_copy(update={"line": line})


@pytest.fixture
def office(made: Town) -> Office:
    """No measures yet, and nobody who wrote; Monday, 10:00."""
    office = Office(made).at(MONDAY)
    office.sql("UPDATE measure SET withdrawn = true")
    return office


@pytest.fixture
def one(office: Office) -> Office:
    """One member with one measure that is due in a week."""
    office.member("one")
    office.measure(101, "one", "31 มี.ค. 68")
    return office


def test_a_budget_of_two_for_five(office: Office) -> None:
    """The most late come first; the others are told with their next reply, once, for nothing."""
    office.channel(monthly_pushes=2)
    for number, (slug, days) in enumerate(zip(FIVE, (31, 3, 10, 28, 25), strict=True)):
        office.member(slug)
        office.measure(101 + number, slug, f"{days} มี.ค. 68")
    office.remind()
    assert {slug: office.told(slug) for slug in FIVE} == {
        "one": [], "two": ["push"], "three": ["push"], "four": [], "five": [],
    }  # fmt: skip
    assert left(office.town.program, [AGENCY]) == [Left(AGENCY, 0, 2)]
    reminder, *answer = office.write("four")
    assert "เรื่องของ four" in reminder
    assert "เรื่องของ one" not in reminder
    assert answer
    assert "เตือนงาน" not in "".join(office.write("four", "คะแนน")), "once"
    assert len(office.write("two")) == 1, "who got a push is not told again"
    office.at(MONDAY + timedelta(days=1)).remind()
    assert office.told("four") == ["reply"]
    assert office.told("one") == []


def test_what_was_reported_meanwhile_is_not_owed_any_more(one: Office) -> None:
    one.channel(monthly_pushes=0)
    one.remind()
    one.sql("UPDATE measure SET status = :done", done=Status.DONE.value)
    assert len(one.write("one")) == 1
    assert one.sql("SELECT owed FROM recipient") == [(False,)]


def test_a_new_month_has_a_new_budget(office: Office) -> None:
    office.channel(monthly_pushes=1)
    for number, slug in enumerate(FIVE[:2]):
        office.member(slug)
        office.measure(101 + number, slug, f"{28 + number} มี.ค. 68")
    office.remind()
    assert [office.told(slug) for slug in FIVE[:2]] == [["push"], []]
    office.at(datetime(2025, 4, 1, 9, tzinfo=BANGKOK)).remind()
    assert [office.told(slug) for slug in FIVE[:2]] == [["push", "push"], []], "the more late"


def test_other_pushes_count(one: Office) -> None:
    one.channel(monthly_pushes=1)
    one.sql(
        "INSERT INTO message (id, agency, chat, event, key_day, token_expires_at, settled_at,"
        " outcome) VALUES (gen_random_uuid(), :agency, 'c', 0, :day, :at, :at, 'pushed')",
        agency=AGENCY, day=one.today, at=MONDAY - timedelta(days=3),
    )  # fmt: skip
    one.remind()
    assert one.told("one") == []


def test_where_nothing_may_be_pushed_it_comes_with_the_reply(one: Office) -> None:
    one.channel(push=False)
    one.remind()
    assert one.told("one") == []
    assert "เรื่องของ one" in one.write("one")[0]


def test_one_card_a_day_and_each_stage_once(one: Office) -> None:
    one.measure(102, "one", "30 เม.ย. 68")
    for day, expected in (
        (0, 1),  # 7 days before the first
        (0, 1),
        (1, 1),
        (4, 2),  # the last working day before its day
        (7, 3),  # 30 days before the second
        (8, 4),  # the first is overdue
        (9, 4),
        (14, 4),
        (15, 5),  # a week later
    ):
        one.at(MONDAY + timedelta(days=day)).remind()
        assert len(one.told("one")) == expected, day
    second = [sent["message"] for sent in one.town.sent("one")][1]
    assert "เตือนงาน 1 เรื่อง" in second["altText"]


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=21)])
def test_the_clock_is_set_back(one: Office, back: timedelta) -> None:
    one.remind()
    one.at(MONDAY - back).remind()
    one.at(MONDAY).remind()
    assert one.told("one") == ["push"]


def test_the_clock_jumps_ahead_and_back(one: Office) -> None:
    one.at(datetime(2025, 5, 6, 10, tzinfo=BANGKOK)).remind()
    one.at(MONDAY).remind()
    assert one.told("one") == ["push"], "a later stage was told"
    one.measure(102, "one", "28 มี.ค. 68")
    one.remind()
    assert one.told("one") == ["push", "push"], "and what is new is told as ever"


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2025-03-24T08:29:00+07:00", "before it opens"),
        ("2025-03-24T16:30:00+07:00", "it is closed"),
        ("2025-03-23T10:00:00+07:00", "Sunday"),
        ("2025-04-14T10:00:00+07:00", "Songkran"),
    ],
)
def test_never_outside_working_hours(one: Office, at: str, why: str) -> None:
    one.at(datetime.fromisoformat(at)).remind()
    assert one.told("one") == [], why


def test_the_agencys_own_hours_and_holidays(one: Office) -> None:
    with one.town.program.database.agency(AGENCY) as tx:
        sheet_state.save_list(tx, "holidays", [{"day": "24 มี.ค. 68", "kind": "", "name": "งาน"}])
    one.remind()
    assert one.told("one") == []
    agency = one.town.program.agencies[AGENCY]
    late = agency.working_hours.model_copy(update={"begin": time(13)})
    one.town.program.agencies[AGENCY] = agency.model_copy(update={"working_hours": late})
    one.at(MONDAY + timedelta(days=1)).remind()
    assert one.told("one") == []
    one.at(MONDAY + timedelta(days=1, hours=4)).remind()
    assert one.told("one") == ["push"]


def test_to_whoever_reports_and_to_coordinators_what_is_overdue(office: Office) -> None:
    office.member("one")
    office.member("two")
    office.member("three", Role.COORDINATOR, ("สำนักทดสอบ",))
    office.member("four", Role.EXECUTIVE, ("สำนักทดสอบ",))
    office.measure(101, "one", "3 มี.ค. 68")
    office.measure(102, "two", "31 มี.ค. 68")
    office.remind()
    assert [office.told(slug) for slug in FIVE] == [["push"], ["push"], ["push"], [], []]
    assert "เรื่องของ two" not in office.town.words("one")
    assert "เรื่องของ one" in office.town.words("three")
    assert "เรื่องของ two" not in office.town.words("three")


@pytest.mark.parametrize("fault", ["500", "429", "503", "drop_after", "applied_then_503"])
def test_a_push_that_fails_is_repeated_and_arrives_once(one: Office, fault: str) -> None:
    one.town.fault("line", "push", fault)
    one.remind()
    one.at(MONDAY + timedelta(minutes=1)).remind()
    one.at(MONDAY + timedelta(minutes=2)).remind()
    assert one.told("one") == ["push"]
    assert left(one.town.program, [AGENCY])[0].pushes == 199


def test_what_line_did_not_take_in_time_waits_for_the_next_day(one: Office) -> None:
    one.at(MONDAY.replace(hour=16, minute=29))
    one.town.fault("line", "push", "503")
    one.remind()
    for later in (MONDAY.replace(hour=16, minute=30), MONDAY.replace(hour=22)):
        one.at(later).remind()
        assert one.told("one") == []
    one.at(MONDAY.replace(hour=8, minute=30) + timedelta(days=1)).deliver()
    assert one.told("one") == ["push"]


@pytest.mark.long
def test_what_a_dead_worker_decided_on_waits_for_working_hours(one: Office) -> None:
    """Whoever wakes the chat in the evening, the reminder is no part of it."""
    remind(one.at(MONDAY.replace(hour=16, minute=29)).town.program, AGENCY)
    one.at(MONDAY.replace(hour=20)).deliver()
    assert len(one.write("one")) == 1
    assert one.told("one") == []
    one.at(MONDAY.replace(hour=8, minute=30) + timedelta(days=1)).deliver()
    assert one.told("one") == ["push"]


@pytest.mark.long
@pytest.mark.parametrize("kind", ["hold_before", "hold_after"])
def test_killed_while_line_holds_the_push(one: Office, process: Process, kind: str) -> None:
    faults = one.town.sandbox.faults("line")
    faults.add("push", kind)
    process.start()
    eventually(lambda: faults.held, "LINE holds the push")
    process.kill()
    faults.release()
    process.start()
    eventually(
        lambda: one.sql("SELECT count(*) FROM message WHERE settled_at IS NULL") == [(0,)],
        "the new process has done it",
    )
    assert one.told("one") == ["push"]
    assert one.user("one") not in process.log.read_text(encoding="utf-8")
    assert "เรื่องของ" not in process.log.read_text(encoding="utf-8")


def test_two_workers_take_the_last_push_once(office: Office) -> None:
    """Both have looked; the second one finds what the first one did."""
    office.channel(monthly_pushes=1)
    for number, slug in enumerate(FIVE[:2]):
        office.member(slug)
        office.measure(101 + number, slug, f"{3 + number} มี.ค. 68")
    steps = reminding(office.town.program), reminding(office.town.program)
    for step in steps:
        step.step()
    office.deliver()
    assert [office.told(slug) for slug in FIVE[:2]] == [["push"], []]


def test_the_job_looks_once_in_a_day_and_again_on_the_next(one: Office) -> None:
    rounds = reminding(one.town.program)
    rounds.step()
    one.measure(102, "one", "28 มี.ค. 68")
    one.sql("DELETE FROM digest")
    rounds.step()
    one.deliver()
    assert len(one.told("one")) == 1
    one.at(MONDAY + timedelta(days=1))
    rounds.step()
    one.deliver()
    assert len(one.told("one")) == 2


def test_whoever_has_just_come_is_reminded_from_the_next_day_on(office: Office) -> None:
    with office.town.program.database.agency(AGENCY) as tx:
        people.register(tx, office.user("one"), Role.STAFF, (unit("one"),))
    office.measure(101, "one", "31 มี.ค. 68")
    office.remind()
    assert office.told("one") == [], "who never wrote cannot be reached"
    assert len(office.write("one")) == 1
    office.remind()
    assert office.told("one") == []
    office.at(MONDAY + timedelta(days=1)).remind()
    assert office.told("one") == ["push"]


def test_the_day_begins_at_midnight_in_bangkok(office: Office) -> None:
    """Whoever comes early in the morning has come that day, whatever day it is in Greenwich."""
    with office.town.program.database.agency(AGENCY) as tx:
        people.register(tx, office.user("one"), Role.STAFF, (unit("one"),))
    office.measure(101, "one", "31 มี.ค. 68")
    office.at(MONDAY.replace(hour=6)).write("one", "เตือนต่อ")
    assert office.sql("SELECT since FROM recipient") == [(MONDAY.date(),)]
    office.at(MONDAY).remind()
    assert office.told("one") == []


def test_who_has_been_silent_for_weeks_is_reached(one: Office) -> None:
    """The day's key is gone, the person's own is not."""
    one.at(MONDAY + timedelta(days=30))
    one.town.program.keyring.destroy_days_before(one.today)
    one.remind()
    assert one.told("one") == ["push"]


def test_stopped_by_words_and_had_again(one: Office) -> None:
    assert "หยุดเตือนแล้ว" in one.write("one", "หยุดเตือน")[0]
    assert one.sql("SELECT stopped, sealed_line_id FROM recipient") == [(True, None)]
    one.remind()
    one.write("one", "คะแนน")
    assert one.told("one") == []
    assert one.sql("SELECT sealed_line_id FROM recipient") == [(None,)]
    one.write("one", "เตือนต่อ")
    one.remind()
    assert one.told("one") == ["push"]


@pytest.mark.parametrize("how", ["removed", "stopped"])
def test_what_was_decided_on_before_is_not_sent_any_more(one: Office, how: str) -> None:
    remind(one.town.program, AGENCY)
    ref = one.town.program.keyring.reference(AGENCY, "person", one.user("one"))
    with one.town.program.database.agency(AGENCY) as tx:
        if how == "removed":
            people.remove(tx, ref)
        else:
            reminders.set_wish(tx, WishReminders(ref, Wish(stopped=True)), one.today)
    one.deliver()
    assert one.told("one") == []
    assert one.sql("SELECT id FROM message WHERE settled_at IS NULL") == []


def test_put_off_by_words(one: Office) -> None:
    assert "26 มี.ค. 2568" in one.write("one", "เลื่อนเตือน 2 วัน")[0]
    for day, expected in ((0, 0), (1, 0), (2, 1)):
        one.at(MONDAY + timedelta(days=day)).remind()
        assert len(one.told("one")) == expected


def test_what_is_owed_waits_too_while_it_is_put_off(one: Office) -> None:
    one.channel(monthly_pushes=0)
    one.remind()
    one.write("one", "เลื่อนเตือน 2 วัน")
    one.at(MONDAY + timedelta(days=1)).remind()
    one.write("one")
    assert one.told("one") == []
    one.at(MONDAY + timedelta(days=2)).remind()
    one.write("one")
    assert one.told("one") == ["reply"]


def test_who_blocked_the_account_costs_nothing(one: Office) -> None:
    person = Person(one.town.program.keyring.reference(AGENCY, "person", one.user("one")))
    for blocked, expected in ((MONDAY, 0), (None, 1)):
        with one.town.program.database.agency(AGENCY) as tx:
            people.note_blocked(tx, person.ref, blocked)
        one.remind()
        assert len(one.told("one")) == expected


@pytest.mark.parametrize("how", ["removed", "no member by the time of the job"])
def test_of_who_is_gone_nothing_is_kept(one: Office, how: str) -> None:
    one.remind()
    (ref,) = one.sql("SELECT ref FROM recipient")[0]
    keyring = one.town.program.keyring
    person = Person(
        keyring.reference(AGENCY, "person", one.user("one")), Role.STAFF, (unit("one"),)
    )
    with one.town.program.database.agency(AGENCY) as tx:
        if how == "removed":
            people.remove(tx, person.ref)
        else:
            tx.sql.execute(sa.text("DELETE FROM person"))
    one.at(MONDAY + timedelta(days=8)).remind()
    assert one.told("one") == ["push"]
    assert one.sql("SELECT ref FROM recipient") == one.sql("SELECT recipient FROM reminded") == []
    (spent,) = one.sql("SELECT recipient, day, pushed FROM digest")
    assert (spent.day, spent.pushed) == (MONDAY.date(), True)
    assert spent.recipient != ref, "not even whose it was"
    with pytest.raises(KeyGone):
        keyring.unseal(f"reminders/{AGENCY}/{ref}", ("",), b"")
    raw = raw_event(one.town, "one", "ออกจากระบบ", "GONE")
    with one.town.program.database.agency(AGENCY) as tx:
        event = events.read(raw, one.town.program.clock())
        assert meet(one.town.program, tx, event, person, one.user("one")) == ()
    assert one.sql("SELECT ref FROM recipient") == [], "not even by the message in which he left"


@pytest.mark.parametrize(
    ("role", "more"),
    [
        (Role.STAFF, {"source": {"type": "group", "groupId": "C" + "0" * 32}}),
        (Role.STAFF, {"mode": "standby"}),
        (Role.CITIZEN, {}),
        (Role.EXECUTIVE, {}),
    ],
)
def test_elsewhere_and_of_others_nothing_is_shown_nor_kept(
    one: Office, role: Role, more: dict[str, object]
) -> None:
    one.channel(monthly_pushes=0)
    one.remind()
    units = (unit("one"),) if role is Role.STAFF else ()
    raw = raw_event(one.town, "two", "สวัสดี", "ELSEWHERE", **more)
    with one.town.program.database.agency(AGENCY) as tx:
        person = people.register(tx, one.user("two"), role, units)
        event = events.read(raw, one.town.program.clock())
        assert meet(one.town.program, tx, event, person, one.user("two")) == ()
    assert len(one.sql("SELECT ref FROM recipient")) == 1


def test_a_lost_key_is_made_good_by_the_next_message(one: Office) -> None:
    (ref,) = one.sql("SELECT ref FROM recipient")[0]
    one.town.program.keyring.destroy(f"reminders/{AGENCY}/{ref}")
    one.remind()
    assert one.told("one") == []
    assert "เรื่องของ one" in one.write("one")[0], "it is owed"
    one.at(MONDAY + timedelta(days=4)).remind()
    assert one.told("one") == ["reply", "push"]


def test_what_is_kept_links_no_two_tables_and_names_nobody(one: Office) -> None:
    one.remind()
    known = {ref for (ref,) in one.sql("SELECT ref FROM person UNION SELECT ref FROM chat")}
    known |= {ref for (ref,) in one.sql("SELECT chat FROM message")}
    (row,) = one.sql("SELECT * FROM recipient")
    assert row.ref not in known
    assert one.user("one").encode() not in bytes(row.sealed_line_id)
    with one.town.program.database.house() as sql:
        jobs = str(sql.execute(sa.text("SELECT args FROM procrastinate_jobs")).all())
    assert one.user("one") not in jobs
    assert row.ref not in jobs


def test_a_wish_of_who_never_wrote_is_kept(office: Office) -> None:
    with office.town.program.database.agency(AGENCY) as tx:
        person = people.register(tx, office.user("one"), Role.STAFF, (unit("one"),))
        wish = Wish(until=date(2025, 4, 1))
        reminders.set_wish(tx, WishReminders(person.ref, wish), office.today)
        assert reminders.wish(tx, person.ref) == wish
        assert reminders.wish(tx, "somebody else") == Wish()


def test_the_doctor_and_the_metrics_say_what_is_left(one: Office) -> None:
    one.channel(monthly_pushes=1)
    assert spent(one) == 0
    one.remind()
    assert spent(one) == 1
    (found,) = doctor._pushes(one.town.program, [AGENCY])
    assert (found.state, "0 of 1" in found.says) == ("look", True)
    one.channel(monthly_pushes=5)
    assert spent(one) == 0
    (found,) = doctor._pushes(one.town.program, [AGENCY])
    assert (found.state, "4 of 5" in found.says) == ("ok", True)


@pytest.mark.parametrize(
    ("allowed", "state", "says"),
    [(None, "ok", "1 pushes"), (300, "ok", "1 of 300"), (100, "look", "1 of 100")],
)
def test_the_doctor_asks_line_what_it_allows(
    one: Office, allowed: int | None, state: str, says: str
) -> None:
    one.town.sandbox.line.state(AGENCY).quota = allowed
    one.remind()
    found = doctor._quota(one.town.program, AGENCY)
    assert (found.state, says in found.says) == (state, True)


def test_lines_own_limit_is_kept_too(one: Office) -> None:
    """What LINE does not take at all comes with the next reply, once."""
    one.town.sandbox.line.state(AGENCY).quota = 0
    one.remind()
    for hours in (1, 23, 24):
        one.at(MONDAY + timedelta(hours=hours)).deliver()
    assert one.told("one") == []
    one.at(MONDAY + timedelta(hours=25))
    one.write("one")
    one.write("one", "คะแนน")
    assert one.told("one") == ["reply"]


def test_one_agency_that_fails_holds_up_no_other(one: Office) -> None:
    with one.town.program.database.agency("chatturat") as tx:
        sheet_state.save_list(tx, "holidays", [{"day": 5}])  # type: ignore[dict-item] # a defect
    rounds = reminding(one.town.program)
    rounds.step()
    one.deliver()
    assert one.told("one") == ["push"]
    assert set(rounds._done) == set(one.town.program.agencies) - {"chatturat"}


def test_a_card_that_cannot_be_made_holds_up_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the less important members, nor the answer to what that person writes."""
    for number, slug in enumerate(FIVE[:2]):
        office.member(slug)
        office.measure(101 + number, slug, f"{28 + number} มี.ค. 68")

    def defective(found: Sequence[Reminder], **more: bool) -> Message:
        if found[0].measure.unit == unit("one"):
            raise ValueError
        return reminder_card(found, **more)

    monkeypatch.setattr("bot.reminders.reminder_card", defective)
    rounds = reminding(office.town.program)
    rounds.step()
    office.deliver()
    assert [office.told(slug) for slug in FIVE[:2]] == [[], ["push"]]
    assert AGENCY in rounds._done, "and nobody looks again every minute"
    office.sql("UPDATE recipient SET owed = true")
    assert len(office.write("one")) == 1
    monkeypatch.undo()
    assert "เรื่องของ one" in office.write("one")[0], "it is still owed"


def test_a_question_is_never_cut_off(office: Office) -> None:
    """What LINE leaves no room for before it is said before the next answer."""
    person = office.member("one", Role.COORDINATOR)
    for number in (101, 102, 103):
        office.measure(number, "one", "31 มี.ค. 68")
    office.channel(monthly_pushes=0)
    office.remind()
    with office.town.program.database.agency(AGENCY) as tx:
        evidence.keep(tx, "1", "video", "", person.ref, MONDAY)
    office.sql("UPDATE spreadsheet SET problem = 'no_access'")
    said = office.write("one", "ม101 40% ประชุม\nม102 50% อบรม\nม103 60% ประกาศ")
    assert [len(said), "60" in said[-1]] == [5, True], said
    assert "quickReply" in office.town.sent("one")[-1]["message"]
    assert office.told("one") == []
    office.write("one")
    assert office.told("one") == ["reply"]


def spent(office: Office) -> float:
    """How many agencies have spent their pushes, as the metrics say."""
    families = {family.name: family.samples for family in metrics.gather(office.town.program)}
    (only,) = families["sujarit_agencies_without_pushes"]
    return float(only.value)


def test_a_unit_that_has_done_its_part_is_left_alone(office: Office) -> None:
    """Of what all units share; the others are told of theirs."""
    offices = [each.name for each in office.town.program.agencies[AGENCY].facts().units][:2]
    for slug, name in zip(FIVE, offices, strict=False):
        office.member(slug, units=(name,))
    period = read_period("31 มี.ค. 68", 2568)
    shared = Measure(0, 2568, 101, "เรื่องของทุกหน่วย", "ทุกส่วนราชการ", period)
    with office.town.program.database.agency(AGENCY) as tx:
        added = register.add_measure(tx, shared)
        assert added is not None
        done = Progress(
            added.id, MONDAY - timedelta(days=3), offices[0], Status.IN_PROGRESS, None, "ทำแล้ว",
            ("https://example.go.th/x",), "ได้ผล", act_on=date(2025, 3, 21), says_done=True,
        )  # fmt: skip
        register.apply(tx, ReportProgress(done))
    office.remind()
    assert [office.told(slug) for slug in FIVE[:2]] == [[], ["push"]]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('[working_hours]\nbegin = "17:00"\n', "working_hours"),
        ('[working_hours]\nend = "half past four"\n', "working_hours.end"),
        ("[working_hours]\nlunch = 12:00:00\n", "working_hours.lunch"),
    ],
)
def test_hours_that_are_none(tmp_path: Path, text: str, field: str) -> None:
    file = (AGENCIES / f"{AGENCY}.toml").read_text(encoding="utf-8")
    (tmp_path / "agency.toml").write_text(f"{file}\n{text}", encoding="utf-8")
    with pytest.raises(BadAgency, match=rf"agency\.toml:\d+: {field}: "):
        load(tmp_path, samples=True)


def test_hours_as_they_are_written(tmp_path: Path) -> None:
    file = (AGENCIES / f"{AGENCY}.toml").read_text(encoding="utf-8")
    hours = '[working_hours]\nbegin = 09:00:00\nend = "15:30"\n'
    (tmp_path / "agency.toml").write_text(f"{file}\n{hours}", encoding="utf-8")
    found = load(tmp_path, samples=True)[AGENCY].working_hours.facts()
    assert (found.begin, found.end) == (time(9), time(15, 30))
