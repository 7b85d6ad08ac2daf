"""People are told that there is news: silently, once, at their time of day, and of nothing else."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot import case_notices
from bot.clock import BANGKOK
from bot.queue import TURN
from bot.reminders import Left, left
from bot.tasks import Sweeper
from bot.turn import turn
from ita.changes import ChooseNotices, EraseIdentity
from ita.complaints import CaseStatus, Kind, Notices
from store import cases
from store.cases import seals
from tests.bot.cases import AGENCY, Desk
from tests.bot.town import Process, Town, eventually
from tests.logs import logged

FRIDAY = datetime(2025, 3, 21, 15, 0, tzinfo=BANGKOK)
MORNING = datetime(2025, 3, 24, 9, 0, tzinfo=BANGKOK)
WORDS = "มีข้อความใหม่จาก อบต.ดงเมือง พิมพ์ ติดตาม เพื่อดู"
CASES = ("case_file", "case_party", "case_entry", "case_evidence", "case_upload", "case_pace")
OTHERS = ("message", "chat", "event", "digest", "recipient", "procrastinate_jobs")


@pytest.fixture
def desk(made: Town) -> Desk:
    """Friday, 15:00; no bot at work."""
    return Desk(made).at(FRIDAY)


def news(desk: Desk, number: str, status: CaseStatus = CaseStatus.SCREENING) -> None:
    """The office moved a case."""
    with desk.town.program.database.agency(AGENCY) as tx:
        assert cases.move(tx, number, status, desk.today)


def owed(desk: Desk) -> int:
    return len(desk.sql("SELECT id FROM case_party WHERE owed"))


def party(desk: Desk) -> str:
    ((found,),) = desk.sql("SELECT id FROM case_party")
    return str(found)


def work(desk: Desk) -> None:
    """The periodic look, and whatever it woke the worker for."""
    case_notices.tell(desk.town.program)
    deliver(desk)


def deliver(desk: Desk) -> None:
    jobs = desk.sql("SELECT args ->> 'chat' FROM procrastinate_jobs WHERE queue_name = 'turn'")
    for (chat,) in jobs:
        turn(desk.town.program, AGENCY, str(chat))


def told(desk: Desk) -> list[str]:
    """What reached this person."""
    sent = desk.town.sent(desk.person)
    assert {(one["via"], one["silent"]) for one in sent} <= {("push", True)}
    return [one["message"]["text"] for one in sent]


def channel(desk: Desk, **changes: object) -> None:
    """The agency's file says something else of its channel."""
    agency = desk.town.program.agencies[AGENCY]
    line = agency.line.model_copy(update=changes)
    desk.town.program.agencies[AGENCY] = agency.model_copy(update={"line": line})


def test_one_silent_sentence_that_says_nothing_of_a_case(desk: Desk) -> None:
    number = desk.file(Kind.CORRUPTION, Notices.MORNING)
    assert owed(desk) == 0, "there is no news yet"
    news(desk, number)
    desk.at(MORNING)
    with logged() as output:
        work(desk)
    assert told(desk) == [WORDS]
    assert owed(desk) == 0
    for secret in (number, party(desk), desk.user):
        assert secret not in output.getvalue()


@pytest.mark.parametrize(
    ("hour", "comes_to"),
    [
        ("06:59", ""),
        ("07:00", "any_time"),
        ("08:00", "any_time morning"),
        ("09:59", "any_time morning"),
        ("10:00", "any_time"),
        ("11:30", "any_time noon"),
        ("13:29", "any_time noon"),
        ("13:30", "any_time"),
        ("17:00", "any_time evening"),
        ("19:59", "any_time evening"),
        ("20:00", ""),
        ("23:30", ""),
    ],
)
def test_at_the_time_of_day_that_was_chosen(desk: Desk, hour: str, comes_to: str) -> None:
    for chosen in Notices:
        news(desk, desk.file(Kind.CORRUPTION, chosen))
    desk.at(datetime.fromisoformat(f"2025-03-23T{hour}:00+07:00"))  # a Sunday is no matter
    work(desk)
    rows = desk.sql("SELECT notices FROM case_party WHERE NOT owed AND notices <> 'none'")
    assert sorted(str(chosen) for (chosen,) in rows) == comes_to.split()
    assert told(desk) == [WORDS][: len(rows)], "one for all the cases of a person"


def test_once_however_often_it_is_looked_at(desk: Desk) -> None:
    news(desk, desk.file(Kind.CORRUPTION, Notices.ANY_TIME))
    desk.at(MORNING)
    for _ in range(3):
        work(desk)
        Sweeper(desk.town.program).sweep()
        deliver(desk)
    assert told(desk) == [WORDS]


def test_again_when_there_is_something_new(desk: Desk) -> None:
    number = desk.file(Kind.CORRUPTION, Notices.ANY_TIME)
    for status in (CaseStatus.SCREENING, CaseStatus.SUBMITTED):
        news(desk.at(MORNING), number, status)
        work(desk)
    assert told(desk) == [WORDS, WORDS]


def test_each_gets_his_own(desk: Desk) -> None:
    other = Desk(desk.town, "citizen2")
    mine, theirs = desk.file(notices=Notices.MORNING), other.file(notices=Notices.EVENING)
    for number in (mine, theirs):
        news(desk, number)
    work(desk.at(MORNING))
    assert (told(desk), told(other)) == ([WORDS], [])
    work(desk.at(MORNING.replace(hour=18)))
    assert (told(desk), told(other)) == ([WORDS], [WORDS])


def test_who_changed_his_mind_is_not_told(desk: Desk) -> None:
    news(desk, desk.file(notices=Notices.MORNING))
    desk.apply(ChooseNotices(party(desk), Notices.NONE))
    work(desk.at(MORNING))
    assert told(desk) == []


def test_of_the_months_budget_and_in_the_next_month_the_rest(desk: Desk) -> None:
    other = Desk(desk.town, "citizen2")
    channel(desk, monthly_pushes=1)
    for number in (desk.file(notices=Notices.MORNING), other.file(notices=Notices.MORNING)):
        news(desk, number)
    work(desk.at(MORNING))
    assert sorted([*told(desk), *told(other)]) == [WORDS]
    assert owed(desk) == 1
    assert left(desk.town.program, [AGENCY]) == [Left(AGENCY, 0, 1)]
    work(desk.at(MORNING + timedelta(days=1)))
    assert owed(desk) == 1
    work(desk.at(datetime(2025, 4, 1, 8, 30, tzinfo=BANGKOK)))
    assert (told(desk), told(other)) == ([WORDS], [WORDS])


def test_where_nothing_may_be_pushed_it_stays_owed(desk: Desk) -> None:
    channel(desk, push=False)
    news(desk, desk.file(notices=Notices.ANY_TIME))
    work(desk.at(MORNING))
    assert (told(desk), owed(desk)) == ([], 1)


def test_whoever_cannot_be_reached_is_not_looked_at_for_ever(desk: Desk) -> None:
    """Filed on the web: there is nobody to push to."""
    news(desk, desk.file(notices=Notices.ANY_TIME))
    ((key,),) = desk.sql("SELECT key FROM case_file")
    with desk.town.program.database.agency(AGENCY) as tx:
        tx.keyring.destroy(seals.identity_key(tx, str(key), party(desk)))
    work(desk.at(MORNING))
    assert (told(desk), owed(desk)) == ([], 0)


# LINE away


@pytest.mark.parametrize("fault", ["503", "drop_after", "drop_before", "429"])
def test_line_away_for_a_moment(desk: Desk, fault: str) -> None:
    news(desk, desk.file(notices=Notices.MORNING))
    desk.at(MORNING).town.fault("line", "push", fault)
    work(desk)
    desk.at(MORNING + timedelta(minutes=1))
    Sweeper(desk.town.program).sweep()
    deliver(desk)
    assert told(desk) == [WORDS]
    assert left(desk.town.program, [AGENCY])[0].pushes == 199


def test_line_away_until_the_time_is_over(desk: Desk) -> None:
    """Nobody who chose the morning is told at night."""
    news(desk, desk.file(notices=Notices.MORNING))
    desk.at(MORNING).town.fault("line", "push", "503", 2)
    work(desk)
    for moment in ("24T10:05", "24T21:00", "25T03:00", "25T07:59"):
        desk.at(datetime.fromisoformat(f"2025-03-{moment}:00+07:00"))
        Sweeper(desk.town.program).sweep()
        work(desk)
        assert told(desk) == [], moment
    desk.at(MORNING + timedelta(hours=23))
    desk.town.sandbox.faults("line").clear()
    Sweeper(desk.town.program).sweep()
    deliver(desk)
    assert told(desk) == [WORDS]


def test_line_away_for_days_is_given_up_and_not_kept(desk: Desk) -> None:
    news(desk, desk.file(notices=Notices.MORNING))
    desk.at(MORNING).town.fault("line", "push", "503")
    work(desk)
    desk.at(MORNING + timedelta(days=2))
    Sweeper(desk.town.program).sweep()
    deliver(desk)
    assert told(desk) == []
    assert desk.sql("SELECT outcome, sealed_body FROM message") == [("dropped", None)]


def test_a_transaction_that_fails_tells_nothing_and_owes_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    news(desk, desk.file(notices=Notices.MORNING))
    desk.at(MORNING)

    def away(*_: object) -> None:
        raise OSError("the queue is away")

    with monkeypatch.context() as fault:
        fault.setattr(desk.town.program.queue, "defer_swept_turn", away)
        with pytest.raises(OSError, match="away"):
            case_notices.tell(desk.town.program)
    assert (owed(desk), desk.sql("SELECT 1 FROM message")) == (1, [])
    assert left(desk.town.program, [AGENCY])[0].pushes == 200
    work(desk)
    assert told(desk) == [WORDS]


@pytest.mark.long
@pytest.mark.parametrize("kind", ["hold_before", "hold_after"])
def test_killed_while_line_holds_the_push(made: Town, process: Process, kind: str) -> None:
    """SIGKILL: one push, whatever moment it was."""
    desk = Desk(made).at(MORNING)
    news(desk, desk.file(notices=Notices.MORNING))
    faults = made.sandbox.faults("line")
    faults.add("push", kind)
    process.start()
    eventually(lambda: faults.held, "LINE holds the push")
    process.kill()
    faults.release()
    desk.at(MORNING + timedelta(minutes=2))
    process.start()
    eventually(lambda: desk.sql("SELECT 1 FROM message WHERE outcome = 'pushed'"), "it is settled")
    assert told(desk) == [WORDS]
    log = process.log.read_text(encoding="utf-8")
    for secret in (party(desk), desk.user):
        assert secret not in log


# What a stolen database tells


def values(desk: Desk, tables: tuple[str, ...]) -> set[str]:
    """All that stands in these tables in pieces of at least 8 letters, keys of objects aside."""
    query = "SELECT each.value FROM {0} AS t, jsonb_each_text(to_jsonb(t)) AS each"
    rows = [row for table in tables for row in desk.sql(query.format(table))]
    return {piece for (value,) in rows for piece in re.findall(r"[\w-]{8,}", str(value))}


def test_no_value_joins_a_notice_to_a_case_or_to_the_persons_chat(desk: Desk) -> None:
    news(desk, desk.file(notices=Notices.MORNING))
    desk.at(MORNING).town.fault("line", "push", "503")
    work(desk)
    waiting = values(desk, OTHERS)
    ((chat, event),) = desk.sql("SELECT chat, event FROM message")
    assert str(chat) in waiting, "a message waits"
    assert int(str(event)) < 0
    shared = waiting & values(desk, CASES)
    assert {value for value in shared if not re.fullmatch(r"\d{4}-\d\d-\d\d", value)} == {AGENCY}
    own = desk.town.program.keyring.reference(AGENCY, "chat", desk.user)
    assert own not in waiting, "the chat in which the person writes is none of these"


@pytest.mark.parametrize("when", ["before", "after"])
def test_who_erases_himself_is_not_told_and_leaves_no_address(desk: Desk, when: str) -> None:
    news(desk, desk.file(notices=Notices.MORNING))
    desk.at(MORNING).town.fault("line", "push", "503")
    if when == "after":
        work(desk)
        assert len(desk.sql("SELECT ref FROM chat WHERE sealed_line_id IS NOT NULL")) == 1
    desk.apply(EraseIdentity((party(desk),)))
    desk.at(MORNING + timedelta(minutes=5))
    desk.town.sandbox.faults("line").clear()
    work(desk)
    assert told(desk) == []
    assert desk.sql("SELECT 1 FROM message") == []
    assert desk.sql("SELECT ref FROM chat WHERE sealed_line_id IS NOT NULL") == []


def test_a_job_names_neither_case_nor_person(desk: Desk) -> None:
    number = desk.file(notices=Notices.MORNING)
    news(desk, number)
    case_notices.tell(desk.at(MORNING).town.program)
    query = "SELECT args::text FROM procrastinate_jobs WHERE queue_name = :queue"
    ((job,),) = desk.sql(query, queue=TURN)
    for secret in (number, party(desk), desk.user, *desk.sql("SELECT id, key FROM case_file")[0]):
        assert str(secret) not in str(job)


def test_sealed_identities_that_were_swapped_tell_nobody(desk: Desk) -> None:
    other = replace(desk, person="citizen2")
    for number in (desk.file(notices=Notices.MORNING), other.file(notices=Notices.MORNING)):
        news(desk, number)
    desk.sql(
        "UPDATE case_party p SET sealed_identity ="
        " (SELECT sealed_identity FROM case_party o WHERE o.id <> p.id)"
    )
    work(desk.at(MORNING))
    assert (told(desk), told(other)) == ([], [])
    ((alarms,),) = desk.sql("SELECT count FROM tally WHERE name LIKE 'alert%'")
    assert alarms == 2
