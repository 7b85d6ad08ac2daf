"""Cases by the clock: into the sheet together with a working day's slot, and erased in time."""

import re
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.agencies import BadAgency, load
from bot.case_clock import enter_sheet, retire, sheet_slot, years_before
from bot.clock import BANGKOK
from bot.tasks import tidy
from ita.changes import AddToCase, ChooseNotices, NoteWrongReceipt, WithdrawCase
from ita.complaints import CaseStatus, Kind, Notices, Part
from sandbox.town import AGENCIES
from store import cases, sheet_state, tampering
from store.cases import work
from tests.bot.cases import AGENCY, Desk
from tests.bot.test_doctor import found
from tests.bot.test_metrics import scraped
from tests.bot.town import Town, eventually
from tests.files import PDF
from tests.logs import logged

FRIDAY = datetime(2025, 3, 21, 15, 0, tzinfo=BANGKOK)
PROTECTED = (Kind.CONDUCT, Kind.PROCUREMENT, Kind.CORRUPTION)


@pytest.fixture
def desk(made: Town) -> Desk:
    """Friday, 15:00; no bot at work."""
    return Desk(made).at(FRIDAY)


def slot(desk: Desk) -> None:
    """A worker's look, by one that has just started."""
    sheet_slot(desk.town.program).step()


def shown(desk: Desk) -> list[str]:
    """The numbers in the sheet."""
    return [str(number) for (number,) in desk.sql("SELECT number FROM case_file WHERE in_sheet")]


def marked(desk: Desk) -> int:
    (found,) = desk.sql("SELECT count(*) FROM outbox WHERE tab = 'cases'")
    return int(str(found[0]))


def syncs(desk: Desk) -> int:
    query = "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'sync'"
    (found,) = desk.sql(query)
    return int(str(found[0]))


def close(desk: Desk, number: str) -> None:
    for status in (CaseStatus.NOT_TAKEN, CaseStatus.INFORMED, CaseStatus.CLOSED):
        with desk.town.program.database.agency(AGENCY) as tx:
            cases.move(tx, number, status, desk.today)


def configure(desk: Desk, **changes: object) -> None:
    """The agency's file says something else of its doors."""
    agency = desk.town.program.agencies[AGENCY]
    doors = agency.complaints.model_copy(update=changes)
    desk.town.program.agencies[AGENCY] = agency.model_copy(update={"complaints": doors})


# The slot


@pytest.mark.parametrize(
    ("at", "enters", "why"),
    [
        ("2025-03-21T16:00", False, "the day on which they were filed"),
        ("2025-03-22T10:00", False, "Saturday"),
        ("2025-03-23T10:00", False, "Sunday"),
        ("2025-03-24T08:29", False, "Monday, before the slot"),
        ("2025-03-24T08:30", True, "the slot"),
        ("2025-03-24T17:00", True, "it was missed, and is made up for"),
        ("2025-03-26T08:30", True, "days later"),
        ("2025-03-20T09:00", False, "the clock is set back"),
    ],
)
def test_protected_cases_enter_together_with_the_next_working_days_slot(
    desk: Desk, at: str, enters: bool, why: str
) -> None:
    numbers = [desk.file(kind) for kind in PROTECTED]
    assert shown(desk) == []
    desk.sql("DELETE FROM procrastinate_jobs")
    desk.at(datetime.fromisoformat(f"{at}:00+07:00"))
    slot(desk)
    assert sorted(shown(desk)) == (sorted(numbers) if enters else []), why
    assert (marked(desk), syncs(desk)) == ((3, 1) if enters else (0, 0))


def test_rows_are_written_anew_on_days_off_too(desk: Desk) -> None:
    for kind in PROTECTED:
        desk.file(kind)
    wrote = "SELECT count(DISTINCT xmin::text) FROM case_file"
    assert desk.sql(wrote) == [(3,)]
    desk.at(FRIDAY + timedelta(days=1))
    slot(desk)
    assert desk.sql(wrote) == [(1,)]
    assert shown(desk) == []


def test_holidays_and_the_agencys_own_days_have_no_slot(desk: Desk) -> None:
    with desk.town.program.database.agency(AGENCY) as tx:
        rows = [{"day": "24 มี.ค. 68", "kind": "", "name": "งาน"}]
        sheet_state.save_list(tx, "holidays", rows)
    number = desk.at(FRIDAY - timedelta(days=1)).file()
    desk.sql("UPDATE case_file SET sheet_on = '2025-03-24'")
    desk.at(FRIDAY + timedelta(days=3))
    slot(desk)
    assert shown(desk) == []
    desk.at(FRIDAY + timedelta(days=4))
    slot(desk)
    assert shown(desk) == [number]


def test_a_grievance_is_there_at_once(desk: Desk) -> None:
    assert shown(desk.at(FRIDAY)) == []
    number = desk.file(Kind.GRIEVANCE)
    assert shown(desk) == [number]


def test_a_slot_that_comes_twice_is_empty(desk: Desk) -> None:
    desk.file()
    desk.at(FRIDAY + timedelta(days=3))
    for _ in range(2):
        slot(desk)
    desk.sql("DELETE FROM outbox")
    slot(desk)
    assert marked(desk) == 0


def test_one_worker_looks_once_a_day(desk: Desk) -> None:
    one = sheet_slot(desk.town.program)
    desk.at(FRIDAY + timedelta(days=3))
    one.step()
    number = desk.file()
    desk.sql("UPDATE case_file SET sheet_on = received_on")
    one.step()
    assert shown(desk) == [], "the day's slot is over"
    desk.at(FRIDAY + timedelta(days=4))
    one.step()
    assert shown(desk) == [number]


def test_what_is_held_back_waits_for_an_officer(desk: Desk) -> None:
    number = desk.file(Kind.CORRUPTION, look_first=True)
    desk.at(FRIDAY + timedelta(days=3))
    slot(desk)
    assert shown(desk) == []
    with desk.town.program.database.agency(AGENCY) as tx:
        assert cases.release(tx, number, desk.today)
    slot(desk)
    assert shown(desk) == [number]


def test_an_agency_may_show_a_case_only_once_it_is_closed(desk: Desk) -> None:
    configure(desk, in_sheet="when_closed")
    number = desk.file()
    desk.at(FRIDAY + timedelta(days=3))
    slot(desk)
    assert shown(desk) == []
    close(desk, number)
    slot(desk)
    assert shown(desk) == [], "not on the day on which it was closed"
    desk.at(FRIDAY + timedelta(days=4))
    slot(desk)
    assert shown(desk) == [number]


def test_an_agency_that_fails_holds_up_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, program = desk.file(), desk.town.program
    desk.at(FRIDAY + timedelta(days=3))
    monkeypatch.setitem(program.agencies, "chatturat", None)  # its file is read before ours
    with logged() as output:
        sheet_slot(program).step()
    assert shown(desk) == [number]
    assert "cases enter the sheet" in output.getvalue()


def test_a_transaction_that_fails_shows_nothing_and_is_made_up_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, program = desk.file(), desk.town.program
    desk.at(FRIDAY + timedelta(days=3))
    one = sheet_slot(program)

    def away(*_: object) -> None:
        raise OSError("the queue is away")

    with monkeypatch.context() as fault:
        fault.setattr(program.queue, "defer_sync", away)
        with pytest.raises(OSError, match="away"):
            one.step()
    assert (shown(desk), marked(desk)) == ([], 0)
    one.step()
    assert shown(desk) == [number]


def test_whoever_writes_during_the_slot_is_not_lost(desk: Desk) -> None:
    """All rows are written anew then; what waits for them finds the new ones."""
    upload = desk.keep(desk.send(PDF, "file"), "file")
    desk.file(Kind.CORRUPTION)
    ((party,),) = desk.sql("SELECT id FROM case_party")
    more = AddToCase(str(party), (Part("เพิ่มเติม", "m2"),), (upload,))
    changes = (more, WithdrawCase(str(party)), ChooseNotices(str(party), Notices.NOON))
    desk.at(FRIDAY + timedelta(days=3))
    with ThreadPoolExecutor(len(changes)) as pool:
        with desk.town.program.database.agency(AGENCY) as tx:
            cases.enter_sheet(tx, desk.today, when_closed=False)
            waiting = [pool.submit(desk.apply, change) for change in changes]
            time.sleep(0.5)  # for them to come to the rows
        for one in waiting:
            one.result()
    assert desk.sql("SELECT notices FROM case_party") == [("noon",)]
    assert desk.sql("SELECT withdrawal_on IS NOT NULL FROM case_file") == [(True,)]
    assert desk.sql("SELECT upload FROM case_evidence") == [(upload.id,)]
    assert desk.sql("SELECT count(*) FROM case_entry") == [(2,)]


def test_two_workers_in_the_same_slot(desk: Desk) -> None:
    numbers = [desk.file(kind) for kind in (*PROTECTED, Kind.CONDUCT, Kind.CONDUCT)]
    desk.at(FRIDAY + timedelta(days=3))
    slots = [sheet_slot(desk.town.program) for _ in range(4)]
    with ThreadPoolExecutor(len(slots)) as pool:
        for done in [pool.submit(each.step) for each in slots]:
            done.result()
    assert sorted(shown(desk)) == sorted(numbers)


@pytest.mark.long
def test_through_the_worker_into_the_sheet(town: Town) -> None:
    """Number, kind, month, status and deadline, and nothing of what was said."""
    desk = Desk(town).at(FRIDAY)
    number = desk.file()
    assert number not in str(town.sheet())
    desk.at(FRIDAY + timedelta(days=3))
    enter_sheet(town.program, AGENCY, desk.today)
    eventually(lambda: number in str(town.sheet()), "the row is there")
    assert "CANARY" not in str(town.cells())


# Retention


@pytest.mark.parametrize(
    ("kind", "years"),
    [(Kind.GRIEVANCE, 2), (Kind.CONDUCT, 5), (Kind.PROCUREMENT, 5), (Kind.CORRUPTION, 10)],
)
def test_each_kind_is_kept_for_its_years_after_its_end(desk: Desk, kind: Kind, years: int) -> None:
    upload = desk.keep(desk.send(PDF, "file"), "file")
    number = desk.file(kind, Notices.NONE, upload)
    desk.file(kind)  # stays open
    desk.sql(
        "UPDATE case_file SET closed_on = :day WHERE number = :number", day=FRIDAY, number=number
    )
    for days, erased in ((0, False), (1, True), (2, True)):
        last = FRIDAY.replace(year=FRIDAY.year + years)
        desk.at(last + timedelta(days=days))
        retire(desk.town.program, AGENCY)
        query = "SELECT erased_on IS NOT NULL FROM case_file WHERE number = :number"
        assert desk.sql(query, number=number) == [(erased,)], days
    assert desk.sql("SELECT count(*) FROM case_entry") == [(1,)], "the other one's"
    assert desk.sql("SELECT state FROM case_upload") == [("unsent",)]
    jobs = desk.sql("SELECT args FROM procrastinate_jobs WHERE queue_name = 'media'")
    assert ({"agency": AGENCY},) in jobs
    keys = Path(desk.town.program.settings.keyring) / "cases" / AGENCY
    assert len([key for key in keys.rglob("*") if key.is_file()]) >= 1, "the other one's"


def test_an_agency_sets_its_own_years(desk: Desk) -> None:
    configure(desk, retention_years={Kind.CORRUPTION: 1})
    desk.file()
    desk.sql("UPDATE case_file SET closed_on = received_on, status = 'closed'")
    desk.at(FRIDAY.replace(year=FRIDAY.year + 1) + timedelta(days=1))
    retire(desk.town.program, AGENCY)
    assert desk.sql("SELECT count(*) FROM case_file WHERE erased_on IS NULL") == [(0,)]


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2028, 2, 29), 2, date(2026, 2, 28)),
        (date(2028, 2, 29), 4, date(2024, 2, 29)),
        (date(2027, 3, 1), 10, date(2017, 3, 1)),
    ],
)
def test_years_before(day: date, years: int, then: date) -> None:
    assert years_before(day, years) == then


def test_tidying_looks_after_every_agency_and_tells_counts_alone(desk: Desk) -> None:
    number = desk.file()
    desk.sql("UPDATE case_file SET closed_on = '2000-01-01'")
    desk.apply(NoteWrongReceipt("somebody"))
    desk.sql("UPDATE case_pace SET day = day - 3")
    with logged() as output:
        tidy(desk.town.program)
    assert desk.sql("SELECT count(*) FROM case_file WHERE erased_on IS NOT NULL") == [(1,)]
    assert desk.sql("SELECT count(*) FROM case_pace") == [(0,)]
    assert "cases erased" in output.getvalue()
    for secret in (number, *map(str, desk.sql("SELECT id, key FROM case_file")[0])):
        assert secret not in output.getvalue()


# How things stand


def test_figures_of_all_agencies(desk: Desk) -> None:
    desk.file(Kind.GRIEVANCE)
    ended = desk.file(Kind.GRIEVANCE)
    desk.file(Kind.CORRUPTION, look_first=True)
    desk.sql("UPDATE case_file SET closed_on = received_on WHERE number = :number", number=ended)
    program = desk.town.program
    found = work.figures(program.database, ["khamphi", AGENCY])
    assert found == [work.Figures("khamphi", 0, 0, 0), work.Figures(AGENCY, 2, 1, 1)]
    with program.database.house() as sql:
        assert sql.scalar(sa.text("SELECT count(*) FROM case_file")) == 0, "nobody's rows are seen"


def test_metrics_count_grievances_and_alarms_and_no_protected_case(desk: Desk) -> None:
    before = scraped(desk.town)
    desk.file(Kind.GRIEVANCE)
    for kind in PROTECTED:
        desk.file(kind)
    with desk.town.program.database.agency(AGENCY) as tx:
        tampering.alarm(tx, "a test")
    after = scraped(desk.town)
    changed = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    changes = {name for name in changed if not name.startswith(("sujarit_jobs", "sujarit_sheet"))}
    assert changes == {
        "sujarit_grievances", "sujarit_grievances_open", "sujarit_sealed_bytes_refused_total",
    }  # fmt: skip
    assert {changed[name] for name in changes} == {1}
    rows = [value for name, value in changed.items() if name == "sujarit_sheet_rows_waiting"]
    assert rows == [1], "a row of the sheet is the grievance's"


def test_doctor_says_what_an_operator_has_to_know(desk: Desk, tmp_path: Path) -> None:
    desk.file(Kind.CORRUPTION, look_first=True)
    with desk.town.program.database.agency(AGENCY) as tx:
        tampering.alarm(tx, "a test")
    folder = tmp_path / "agencies"
    shutil.copytree(AGENCIES, folder)
    file = folder / f"{AGENCY}.toml"
    doors = re.compile(r"^\[\[?complaints[^\[]*", re.MULTILINE)
    file.write_text(doors.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    said = found(desk.town, "--agency", AGENCY, SUJARIT_AGENCIES=str(folder))
    looked = {about.removeprefix(f"agency {AGENCY}: ") for about in said}
    assert {
        "no office receives protected reports",
        "1 cases are over somebody's limit and wait for an officer's look",
        "seals: 1 times sealed bytes stood where they do not belong",
    } <= looked
    assert all(said.values()), "each says what to do"


def test_doctor_tries_the_folder_of_case_files(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "kept apart"
    said = found(desk.town, "--agency", AGENCY, SUJARIT_CASE_FILES=str(folder))
    assert not any(about.startswith("case files") for about in said)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    said = found(desk.town, "--agency", AGENCY, SUJARIT_CASE_FILES="/dev/null/files")
    advice = said["case files: its folder or bucket cannot be used: NotADirectoryError"]
    assert advice.startswith("check SUJARIT_CASE_FILES")


# The agency's file


DOCS = Path(__file__).parent.parent.parent / "docs" / "deploy.md"


def test_the_example_in_the_documents_is_a_good_file(tmp_path: Path) -> None:
    """What somebody copies from there loads as it stands."""
    blocks = DOCS.read_text(encoding="utf-8").split("```toml\n")[1:]
    agency, doors = (block.split("```")[0] for block in blocks[:2])
    agency = agency.replace("env:TAMBON_LINE_SECRET", "sample:" + "5" * 32)
    agency = agency.replace('"U…"', f'"U{"5" * 32}"').replace('"…"', '"sheet"')
    (tmp_path / "tambon.toml").write_text(agency + doors, encoding="utf-8")
    loaded = load(tmp_path, samples=True)["tambon"].complaints
    assert [one.key for one in loaded.receivers] == ["clerk", "mayor"]
    assert loaded.doors().in_sheet_when_closed is False
    assert loaded.clocks[0].days == 1
    bad = doors.replace('"next_slot"', '"at once"')
    (tmp_path / "tambon.toml").write_text(agency + bad, encoding="utf-8")
    with pytest.raises(BadAgency, match=r"tambon.toml:\d+: complaints.in_sheet"):
        load(tmp_path, samples=True)


def test_every_sample_agency_has_offices_that_receive_and_their_units_exist() -> None:
    for agency in load(AGENCIES, samples=True).values():
        doors, units = agency.complaints.doors(), {unit.name for unit in agency.units}
        assert len(doors.receivers) >= 2
        assert {one.unit for one in doors.receivers if one.unit} <= units
        assert doors.substitute is not None
