"""Cases in the store: filed, found, added to, moved, withdrawn, confirmed, unsent and erased."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zlib import crc32

import pytest
import sqlalchemy as sa

from ita.changes import (
    AddToCase,
    ChooseNotices,
    ConfirmResolved,
    DropUploads,
    EraseIdentity,
    FileCase,
    KeepUpload,
    WithdrawCase,
)
from ita.complaints import (
    CaseStatus,
    Kind,
    NotAStep,
    Notices,
    OwnCase,
    Part,
    Place,
    Upload,
)
from ita.complaints.case import OBJECTION
from store import cases, evidence, journal, messages, outbox
from store.cases import pace, seals, telling, uploads
from store.cases.filing import CASE_IDS
from store.database import Database, Transaction
from store.keyring import Keyring
from tests.bot.town import eventually

TODAY, TOMORROW = date(2025, 1, 15), date(2025, 1, 16)
NOW = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
LINE, OTHER = "U" + "1" * 32, "U" + "2" * 32
STORY = "ไฟทางหน้าวัดดับมาสามคืน"
BLOCKED = "SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() <> pid AND NOT granted)"
PLACE = Place("หน้าวัดตัวอย่าง", 15.8742, 100.9931)


def lamp(number: str = "TEST-0001", **more: object) -> FileCase:
    receipt = f"{crc32(number.encode()):016}"
    made = FileCase(
        number, Kind.GRIEVANCE, receipt, (Part(STORY, "m1"), Part("เสาเลขที่ 12", "m2")), PLACE,
        title="ไฟทางดับ",
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def bribe(number: str = "TEST-0009", **more: object) -> FileCase:
    made = lamp(
        number, kind=Kind.CORRUPTION, title="ไม่ควรอยู่ที่ใด", about=("กองช่าง",), struck=("clerk",),
        contact=("ผู้ทดสอบ", "0800000000"),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def file(tx: Transaction, change: FileCase, line: str = LINE, on: date = TODAY) -> OwnCase:
    """File a case as a turn does; gives it as its receipt code shows it."""
    ref = tx.keyring.reference(tx.agency, "staff", line) if line else ""
    cases.file(tx, change, line, ref, TODAY, on)
    found = cases.by_receipt(tx, change.receipt)
    assert found is not None
    return found


def numbers(found: list[OwnCase]) -> list[str]:
    return [one.case.number for one in found]


def texts(of: OwnCase | None) -> list[tuple[bool, str]]:
    assert of is not None
    return [(one.by_office, one.text) for one in of.said]


def owed(tx: Transaction, chosen: Notices) -> list[str]:
    return sorted(party for party, _ in cases.parties_owed(tx, [chosen]))


def register_number(tx: Transaction, number: str) -> str | None:
    query = "SELECT key, sealed_register FROM case_file WHERE number = :number"
    row = tx.sql.execute(sa.text(query), {"number": number}).one()
    found: str | None = seals.opened(
        tx, seals.narrative_key(tx, row.key), "register", row.sealed_register
    )
    return found


# Filing and finding


def test_whoever_filed_finds_it_by_account_and_by_receipt_and_nobody_else_does(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        mine = file(tx, lamp())
        assert cases.own(tx, LINE) == [mine]
        assert cases.by_party(tx, mine.party) == mine
        assert (mine.case.number, mine.case.status) == ("TEST-0001", CaseStatus.RECEIVED)
        assert (mine.case.title, mine.case.titled) == ("ไฟทางดับ", False)
        assert texts(mine) == [(False, STORY), (False, "เสาเลขที่ 12")]
        assert mine.first_words == f"{STORY} เสาเลขที่ 12"
        assert (mine.place, mine.notices, mine.has_identity) == (PLACE, Notices.NONE, True)
        assert cases.own(tx, OTHER) == []
        assert cases.by_receipt(tx, "0" * 16) is None
        assert cases.by_party(tx, "0" * 32) is None
    with database.agency("two") as tx:
        assert cases.own(tx, LINE) == []
        assert cases.by_receipt(tx, lamp().receipt) is None
        assert cases.by_party(tx, mine.party) is None


def test_a_case_of_the_web_is_found_by_its_receipt_alone(database: Database) -> None:
    with database.agency("one") as tx:
        assert not file(tx, bribe(contact=("", "")), line="").has_identity
        assert file(tx, bribe("TEST-0010"), line="").has_identity, "a telephone number was given"
        assert cases.own(tx, "") == []
        assert cases.own(tx, LINE) == []


def test_a_protected_case_shows_no_title_and_no_words_outside_its_seals(database: Database) -> None:
    with database.agency("one") as tx:
        mine = file(tx, bribe(), on=TOMORROW)
        assert (mine.case.title, mine.case.unit, mine.case.result) == ("", "", "")
        assert cases.routing_of(tx, mine.case.id) == (("กองช่าง",), ("clerk",))
        assert cases.places_of(tx, mine.case.id) == [PLACE]
        assert [one.number for one in cases.cases(tx)] == ["TEST-0009"]
        assert cases.sheet_cases(tx) == []


def test_ids_and_names_are_random_and_far_from_counted_ones(database: Database) -> None:
    with database.agency("one") as tx:
        made = [file(tx, lamp(f"TEST-{n:04}")) for n in range(20)]
        ids = [one.case.id for one in made]
        assert all(one in CASE_IDS for one in ids)
        assert ids not in (sorted(ids), sorted(ids, reverse=True))
        keys = tx.sql.scalars(sa.text("SELECT key FROM case_file")).all()
        assert len(set(keys)) == 20


def test_the_register_counts_on_within_a_fiscal_year_and_only_under_the_seal(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        for number, day in (("A", TODAY), ("B", TODAY), ("C", date(2025, 10, 1)), ("D", TODAY)):
            cases.file(tx, lamp(number), LINE, "", day, day)
    with database.agency("two") as tx:
        file(tx, lamp("E"))
        assert register_number(tx, "E") == "1/2568"
    with database.agency("one") as tx:
        counted = {number: register_number(tx, number) for number in "ABCD"}
        assert counted == {"A": "1/2568", "B": "2/2568", "C": "1/2569", "D": "3/2568"}


def test_whoever_joins_has_his_own_words_and_receipt_in_the_one_case(database: Database) -> None:
    with database.agency("one") as tx:
        first = file(tx, lamp())
        joined = lamp("TEST-0002", join=first.case.id, parts=(Part("บ้านข้าง ๆ ก็มืด", "m9"),))
        second = file(tx, joined, OTHER)
        assert second.case == first.case
        assert second.party != first.party
        assert texts(second) == [(False, "บ้านข้าง ๆ ก็มืด")]
        assert texts(cases.by_party(tx, first.party)) == texts(first)
        cases.answer(tx, "TEST-0001", "จะไปซ่อมพรุ่งนี้", TODAY)
        for one in (first, second):
            assert (True, "จะไปซ่อมพรุ่งนี้") in texts(cases.by_party(tx, one.party))
        assert len(cases.cases(tx)) == 1


@pytest.mark.parametrize(
    "ended", [lambda first: bribe("TEST-0002", join=first), lambda _: lamp("TEST-0002", join=5)]
)
def test_what_cannot_be_joined_is_a_case_of_its_own(
    database: Database, ended: Callable[[int], FileCase]
) -> None:
    with database.agency("one") as tx:
        first = file(tx, lamp())
        second = file(tx, ended(first.case.id), OTHER)
        assert second.case.number == "TEST-0002"


def test_an_ended_case_is_not_joined(database: Database) -> None:
    with database.agency("one") as tx:
        first = file(tx, lamp())
        cases.withdraw(tx, WithdrawCase(first.party), TODAY)
        assert file(tx, lamp("TEST-0002", join=first.case.id), OTHER).case.number == "TEST-0002"


def test_a_grievance_goes_to_the_sheet_at_once_and_a_protected_case_at_its_slot(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        lamp_id = file(tx, lamp()).case.id
        bribe_id = file(tx, bribe(), on=TOMORROW).case.id
        assert [one.row_id for one in outbox.waiting(tx, "cases")] == [lamp_id]
        assert cases.enter_sheet(tx, TODAY, when_closed=False) == 0
        assert cases.enter_sheet(tx, TOMORROW, when_closed=True) == 0, "only when closed"
        assert cases.enter_sheet(tx, TOMORROW, when_closed=False) == 1
        assert {one.row_id for one in outbox.waiting(tx, "cases")} == {lamp_id, bribe_id}
        assert cases.enter_sheet(tx, TOMORROW, when_closed=False) == 0, "once"
        assert cases.by_receipt(tx, bribe().receipt) is not None, "written anew, and still there"
        assert cases.routing_of(tx, bribe_id) == (("กองช่าง",), ("clerk",))


# Going on


def test_whoever_filed_it_adds_to_it(database: Database) -> None:
    with database.agency("one") as tx:
        mine = file(tx, lamp())
        cases.add(tx, AddToCase(mine.party, (Part("วันนี้ก็ยังดับ", "m3"),)), TOMORROW)
        again = cases.by_party(tx, mine.party)
        assert texts(again)[-1] == (False, "วันนี้ก็ยังดับ")
        assert again is not None
        assert again.said[-1].on == TOMORROW
        cases.add(tx, AddToCase("0" * 32, (Part("ไม่มีเรื่องนี้", ""),)), TOMORROW)
        assert cases.by_party(tx, mine.party) == again


@pytest.mark.parametrize("then", ["assigned", "resolved", "closed"])
def test_a_step_that_the_rules_allow_is_taken_and_owed_to_whoever_chose_to_hear(
    database: Database, then: str
) -> None:
    with database.agency("one") as tx:
        told = file(tx, lamp(notices=Notices.NOON))
        file(tx, lamp("TEST-0002"), OTHER)
        for number in ("TEST-0001", "TEST-0002"):
            moved = cases.move(tx, number, CaseStatus(then), TOMORROW)
            assert moved is not None
            assert moved.status == then
            assert cases.by_number(tx, number) == moved
        owed = cases.parties_owed(tx, [Notices.NOON, Notices.NONE])
        assert [party for party, _ in owed] == [told.party]
        assert cases.parties_owed(tx, [Notices.EVENING]) == []
        cases.told(tx, told.party)
        assert cases.parties_owed(tx, [Notices.NOON]) == []


def test_a_step_that_the_rules_refuse_changes_nothing(database: Database) -> None:
    with database.agency("one") as tx:
        file(tx, bribe())
        before = cases.by_number(tx, "TEST-0009")
        with pytest.raises(NotAStep):
            cases.move(tx, "TEST-0009", CaseStatus.CLOSED, TODAY)
        assert cases.by_number(tx, "TEST-0009") == before
        assert cases.move(tx, "TEST-9999", CaseStatus.CLOSED, TODAY) is None
        assert cases.answer(tx, "TEST-9999", "ไม่มี", TODAY) is None


def test_a_withdrawn_grievance_ends_unless_others_wait_for_it(database: Database) -> None:
    with database.agency("one") as tx:
        alone, shared = file(tx, lamp()), file(tx, lamp("TEST-0002"))
        file(tx, lamp("TEST-0003", join=shared.case.id), OTHER)
        for one in (alone, shared):
            cases.withdraw(tx, WithdrawCase(one.party), TOMORROW)
        found = {case.number: case for case in cases.cases(tx)}
        assert found["TEST-0001"].status is CaseStatus.WITHDRAWN
        assert found["TEST-0001"].closed_on == TOMORROW
        assert found["TEST-0002"].status is CaseStatus.RECEIVED
        cases.withdraw(tx, WithdrawCase("0" * 32), TOMORROW)


def test_a_shared_grievance_ends_when_all_who_wait_for_it_took_it_back(database: Database) -> None:
    with database.agency("one") as tx:
        mine = file(tx, lamp())
        theirs = [file(tx, lamp(f"TEST-{n:04}", join=mine.case.id), OTHER) for n in (2, 3)]
        for one in (theirs[0], mine, theirs[0]):
            cases.withdraw(tx, WithdrawCase(one.party), TODAY)
            assert again(tx, mine).case == mine.case, "somebody waits for it yet"
        cases.withdraw(tx, WithdrawCase(theirs[1].party), TOMORROW)
        ended = again(tx, mine).case
        assert (ended.status, ended.closed_on) == (CaseStatus.WITHDRAWN, TOMORROW)
        assert ended.withdrawal_on == TOMORROW


def test_who_took_a_case_back_is_told_no_more_of_it_and_the_others_are(database: Database) -> None:
    with database.agency("one") as tx:
        mine = file(tx, lamp(notices=Notices.NOON))
        theirs = file(tx, lamp("TEST-0002", join=mine.case.id, notices=Notices.EVENING), OTHER)
        cases.move(tx, "TEST-0001", CaseStatus.ASSIGNED, TODAY)
        cases.withdraw(tx, WithdrawCase(mine.party), TODAY)
        assert owed(tx, Notices.NOON) == [], "nor of what was new before"
        for step in ("resolved", "in_progress"):
            cases.move(tx, "TEST-0001", CaseStatus(step), TODAY)
            cases.answer(tx, "TEST-0001", "จะไปซ่อมพรุ่งนี้", TODAY)
        assert owed(tx, Notices.NOON) == []
        assert owed(tx, Notices.EVENING) == [theirs.party]
        cases.choose_notices(tx, ChooseNotices(mine.party, Notices.ANY_TIME))
        cases.answer(tx, "TEST-0001", "ซ่อมแล้ว", TODAY)
        assert owed(tx, Notices.ANY_TIME) == []


def test_what_waits_to_be_sent_to_who_took_it_back_is_not_sent(database: Database) -> None:
    with database.agency("one") as tx:
        mine, other = file(tx, lamp()), file(tx, lamp("TEST-0002"))
        for one in (mine, other):
            where = telling.chat_of(tx, one.party)
            journal.lock_chat(tx, where)
            messages.put(tx, where, -2, messages.Body("", [{"text": "ข่าว"}]), NOW, TODAY)
        cases.withdraw(tx, WithdrawCase(mine.party), TODAY)
        waiting = tx.sql.scalars(sa.text("SELECT chat FROM message")).all()
        assert waiting == [telling.chat_of(tx, other.party)]


def test_two_who_take_a_shared_grievance_back_at_once_end_it(database: Database) -> None:
    with database.agency("one") as tx:
        mine = file(tx, lamp())
        his = file(tx, lamp("TEST-0002", join=mine.case.id), OTHER)

    def withdraw() -> None:
        with database.agency("one") as tx:
            cases.withdraw(tx, WithdrawCase(his.party), TODAY)

    other = threading.Thread(target=withdraw)
    with database.agency("one") as tx:
        cases.withdraw(tx, WithdrawCase(mine.party), TODAY)
        other.start()
        eventually(lambda: tx.sql.scalar(sa.text(BLOCKED)), "the other waits for the case")
    other.join()
    with database.agency("one") as tx:
        assert again(tx, mine).case.status is CaseStatus.WITHDRAWN


def test_a_protected_case_does_not_end_by_being_taken_back(database: Database) -> None:
    with database.agency("one") as tx:
        mine = file(tx, bribe())
        cases.withdraw(tx, WithdrawCase(mine.party), TOMORROW)
        cases.withdraw(tx, WithdrawCase(mine.party), TOMORROW + timedelta(days=1))
        found = cases.by_number(tx, "TEST-0009")
        assert found is not None
        assert (found.status, found.withdrawal_on) == (CaseStatus.RECEIVED, TOMORROW)


@pytest.mark.parametrize(
    ("status", "is_resolved", "then"),
    [
        ("resolved", True, "closed"),
        ("resolved", False, "in_progress"),
        ("assigned", True, "assigned"),
        ("closed", False, "reopened"),
        ("closed", True, "closed"),
    ],
)
def test_whoever_filed_it_says_whether_it_is_mended(
    database: Database, status: str, is_resolved: bool, then: str
) -> None:
    with database.agency("one") as tx:
        mine = file(tx, lamp(notices=Notices.NOON))
        cases.move(tx, "TEST-0001", CaseStatus(status), TODAY)
        cases.told(tx, mine.party)
        cases.confirm(tx, ConfirmResolved(mine.party, is_resolved), TOMORROW)
        found = cases.by_number(tx, "TEST-0001")
        assert found is not None
        assert found.status == then
        assert cases.parties_owed(tx, [Notices.NOON]) == [], "he caused it"


@pytest.mark.parametrize(
    ("status", "is_resolved"), [("resolved", True), ("resolved", False), ("closed", False)]
)
def test_what_one_says_of_a_shared_grievance_the_others_are_told_in_time_to_object(
    database: Database, status: str, is_resolved: bool
) -> None:
    with database.agency("one") as tx:
        first = file(tx, lamp(notices=Notices.NOON))
        joined = file(tx, lamp("TEST-0002", join=first.case.id, notices=Notices.NOON), OTHER)
        cases.move(tx, "TEST-0001", CaseStatus(status), TODAY)
        for one in (first, joined):
            cases.told(tx, one.party)
        cases.confirm(tx, ConfirmResolved(joined.party, is_resolved), TODAY)
        assert owed(tx, Notices.NOON) == [first.party]
        if is_resolved:
            in_time = TODAY + OBJECTION
            cases.confirm(tx, ConfirmResolved(first.party, is_resolved=False), in_time)
            assert again(tx, first).case.status is CaseStatus.REOPENED
            assert owed(tx, Notices.NOON) == sorted([first.party, joined.party])


def test_notices_are_chosen_by_each_for_himself(database: Database) -> None:
    with database.agency("one") as tx:
        mine, other = file(tx, lamp()), file(tx, lamp("TEST-0002"), OTHER)
        cases.choose_notices(tx, ChooseNotices(mine.party, Notices.MORNING))
        chosen = [cases.by_party(tx, one.party) for one in (mine, other)]
        assert [one and one.notices for one in chosen] == [Notices.MORNING, Notices.NONE]


def test_what_is_over_the_limit_is_kept_and_held_back_until_somebody_looked(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        for n in range(pace.MOST[pace.FILED] + 1):
            file(tx, lamp(f"TEST-{n:04}"))
        assert cases.held_back(tx) == {"TEST-0005"}
        assert "TEST-0005" not in [case.number for case in cases.sheet_cases(tx)]
        assert "TEST-0005" in numbers(cases.own(tx, LINE)), "nobody is silenced"
        file(tx, lamp("TEST-0099"), OTHER)
        assert cases.held_back(tx) == {"TEST-0005"}, "others are not slowed"
        assert cases.release(tx, "TEST-0005", TODAY)
        assert not cases.release(tx, "TEST-0005", TODAY)
        assert cases.enter_sheet(tx, TODAY, when_closed=False) == 1
        assert cases.held_back(tx) == frozenset()


def test_a_wish_of_the_moment_in_which_rows_are_written_anew_is_not_lost(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        mine = file(tx, bribe(), on=TOMORROW)

    def wish() -> None:
        with database.agency("one") as tx:
            cases.choose_notices(tx, ChooseNotices(mine.party, Notices.NOON))

    wishing = threading.Thread(target=wish)
    with database.agency("one") as tx:
        cases.enter_sheet(tx, TOMORROW, when_closed=False)
        wishing.start()
        with database.house() as other:
            eventually(lambda: other.scalar(sa.text(BLOCKED)), "the wish waits")
    wishing.join()
    with database.agency("one") as tx:
        found = cases.by_party(tx, mine.party)
        assert found is not None
        assert found.notices is Notices.NOON


# Uploads


def photo(tx: Transaction, message: str = "77") -> Upload:
    """A photo that was sent and fetched."""
    upload = Upload(cases.upload_id(tx, message), b"k" * 32)
    assert uploads.keep(tx, KeepUpload(upload, message, "ทดสอบ.jpg"), TODAY)
    assert not uploads.keep(tx, KeepUpload(upload, message), TODAY), "once"
    item = uploads.find(tx, upload.id)
    assert item is not None
    origin = uploads.origin(tx, item, TODAY)
    assert (origin.message_id, origin.key, origin.file_name) == (message, upload.key, "ทดสอบ.jpg")
    assert uploads.settle(tx, upload.id, "ready")
    return upload


def test_evidence_belongs_to_the_case_and_no_draft_takes_it_away(database: Database) -> None:
    with database.agency("one") as tx:
        filed, dropped, old = (photo(tx, message) for message in ("77", "78", "79"))
        mine = file(tx, lamp(uploads=(filed,)))
        assert mine.evidence == 1
        assert uploads.drop(tx, DropUploads((filed.id, dropped.id)).ids) == [dropped.id]
        assert uploads.drop_old(tx, TOMORROW) == [old.id]
        again = AddToCase(mine.party, uploads=(filed, dropped))
        cases.add(tx, again, TOMORROW)
        found = cases.by_party(tx, mine.party)
        assert found is not None
        assert found.evidence == 1, "the same once, and not what was given up"


def test_what_waits_is_not_settled_twice_nor_after_it_was_given_up(database: Database) -> None:
    with database.agency("one") as tx:
        ready = photo(tx)
        assert not uploads.settle(tx, ready.id, "gone")
        upload = Upload(cases.upload_id(tx, "78"), b"k" * 32)
        uploads.keep(tx, KeepUpload(upload, "78"), TODAY)
        assert uploads.drop(tx, [upload.id]) == [upload.id]
        assert not uploads.settle(tx, upload.id, "ready")
        assert uploads.find(tx, "0" * 32) is None


# Taking back and erasing


def test_an_unsent_message_leaves_the_case_with_what_it_carried(database: Database) -> None:
    with database.agency("one") as tx:
        shown = photo(tx)
        mine = file(tx, lamp(uploads=(shown,)))
        assert cases.unsend(tx, "m2") == []
        assert texts(cases.by_party(tx, mine.party)) == [(False, STORY)]
        assert cases.unsend(tx, "77") == [shown.id]
        found = cases.by_party(tx, mine.party)
        assert found is not None
        assert found.evidence == 0
        assert cases.unsend(tx, "never-heard-of") == []
        assert texts(found) == [(False, STORY)]


def test_what_was_unsent_before_it_was_filed_never_enters_the_case(database: Database) -> None:
    with database.agency("one") as tx:
        evidence.unsend(tx, "m1", NOW)
        mine = file(tx, lamp())
        assert texts(mine) == [(False, "เสาเลขที่ 12")]
        evidence.unsend(tx, "m3", NOW)
        cases.add(tx, AddToCase(mine.party, (Part("ถอนแล้ว", "m3"),)), TODAY)
        assert cases.by_party(tx, mine.party) == mine


def test_an_erased_identity_leaves_the_case_and_the_receipt(database: Database) -> None:
    with database.agency("one") as tx:
        mine, kept = file(tx, bribe(notices=Notices.NOON)), file(tx, lamp())
        cases.answer(tx, "TEST-0009", "รับไว้ตรวจสอบแล้ว", TODAY)
        for _ in range(2):
            cases.erase_identity(tx, EraseIdentity((mine.party,)))
        assert numbers(cases.own(tx, LINE)) == ["TEST-0001"], "what is left is still his"
        found = cases.by_receipt(tx, bribe().receipt)
        assert found is not None
        assert (found.has_identity, found.notices) == (False, Notices.NONE)
        assert texts(found)[0] == (False, STORY), "its substance stays until it is decided"
        assert cases.parties_owed(tx, list(Notices)) == []
        file(tx, lamp("TEST-0002"))
        assert numbers(cases.own(tx, LINE)) == ["TEST-0002", "TEST-0001"]
        cases.erase_identity(tx, EraseIdentity((kept.party,)))
        assert numbers(cases.own(tx, LINE)) == ["TEST-0002"]


def test_of_an_erased_case_number_kind_and_days_remain(database: Database) -> None:
    with database.agency("one") as tx:
        shown = photo(tx)
        mine = file(tx, lamp(uploads=(shown,)))
        cases.withdraw(tx, WithdrawCase(mine.party), TODAY)
        assert cases.over(tx, Kind.GRIEVANCE, TODAY) == []
        assert cases.over(tx, Kind.CORRUPTION, TOMORROW) == []
        assert cases.over(tx, Kind.GRIEVANCE, TOMORROW) == [mine.case.id]
        outbox.settle(tx, outbox.waiting(tx))
        for left in ([shown.id], []):
            assert cases.erase(tx, mine.case.id, TOMORROW) == left
        assert cases.over(tx, Kind.GRIEVANCE, TOMORROW) == []
        (found,) = cases.cases(tx)
        assert found == replace(
            mine.case,
            status=CaseStatus.WITHDRAWN,
            title="",
            withdrawal_on=TODAY,
            concluded_on=TODAY,
            informed_on=TODAY,
            closed_on=TODAY,
            ended_on=TODAY,
        )
        assert cases.places_of(tx, found.id) == []
        assert cases.routing_of(tx, found.id) is None
        assert cases.own(tx, LINE) == []
        assert cases.by_receipt(tx, lamp().receipt) is None
        assert [one.row_id for one in outbox.waiting(tx, "cases")] == [found.id], "its title goes"


# Several at once


def test_two_complainants_interleaved_get_each_their_own(database: Database) -> None:
    """By turns, with a photo each, one joining, one erasing, each seeing nothing of the other."""
    with database.agency("one") as tx:
        mine, his = file(tx, bribe()), file(tx, bribe("TEST-0002"), OTHER)
        for n in range(3):
            cases.add(tx, AddToCase(mine.party, (Part(f"ของฉัน {n}", f"a{n}"),)), TODAY)
            cases.add(tx, AddToCase(his.party, (Part(f"ของเขา {n}", f"b{n}"),)), TODAY)
        cases.answer(tx, "TEST-0009", "ถึงฉัน", TODAY)
        cases.answer(tx, "TEST-0002", "ถึงเขา", TODAY)
        cases.unsend(tx, "b1")
    for again in range(2):
        with database.agency("one") as tx:
            (found,), (other,) = cases.own(tx, LINE), cases.own(tx, OTHER)
            assert texts(found)[2:] == [*((False, f"ของฉัน {n}") for n in range(3)), (True, "ถึงฉัน")]
            assert texts(other)[2:] == [
                (False, "ของเขา 0"), (False, "ของเขา 2"), (True, "ถึงเขา"),
            ], again  # fmt: skip
    with database.agency("one") as tx:
        cases.erase_identity(tx, EraseIdentity((mine.party,)))
        assert cases.own(tx, LINE) == []
        assert numbers(cases.own(tx, OTHER)) == ["TEST-0002"]


# Messages that said more than the story

FACTS = {"place_from": "m7", "contact_from": "m8"}


def identity(tx: Transaction, of: OwnCase) -> dict[str, str] | None:
    query = "SELECT f.key, p.sealed_identity FROM case_party p JOIN case_file f ON f.id = p.case_id"
    row = tx.sql.execute(sa.text(f"{query} WHERE p.id = :id"), {"id": of.party}).one()
    name = seals.identity_key(tx, row.key, of.party)
    found: dict[str, str] | None = seals.opened(tx, name, "identity", row.sealed_identity)
    return found


def again(tx: Transaction, of: OwnCase) -> OwnCase:
    found = cases.by_party(tx, of.party)
    assert found is not None
    return found


@pytest.mark.parametrize("message", ["m1", "m2"])
def test_an_unsent_story_leaves_its_title_neither_here_nor_in_the_sheet(
    database: Database, message: str
) -> None:
    with database.agency("one") as tx:
        mine, other = file(tx, lamp()), file(tx, lamp("TEST-0002", parts=(Part("น้ำไม่ไหล", "m5"),)))
        outbox.settle(tx, outbox.waiting(tx))
        cases.unsend(tx, message)
        assert again(tx, mine).case.title == ""
        assert [one.row_id for one in outbox.waiting(tx, "cases")] == [mine.case.id]
        assert again(tx, other).case.title == "ไฟทางดับ"


def test_a_coordinators_title_and_what_was_added_later_are_another_matter(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        mine, titled = file(tx, lamp()), file(tx, lamp("TEST-0002", parts=(Part("ก", "m5"),)))
        cases.change(tx, replace(titled.case, title="ไฟทางดับหน้าวัด", titled=True), TODAY)
        cases.add(tx, AddToCase(mine.party, (Part("เพิ่มวันรุ่งขึ้น", "m6"),)), TOMORROW)
        outbox.settle(tx, outbox.waiting(tx))
        cases.unsend(tx, "m5")
        cases.unsend(tx, "m6")
        assert again(tx, titled).case.title == "ไฟทางดับหน้าวัด"
        assert again(tx, mine).case.title == "ไฟทางดับ"
        assert outbox.waiting(tx, "cases") == []


def test_words_added_the_same_day_take_no_title_along(database: Database) -> None:
    with database.agency("one") as tx:
        mine = file(tx, lamp(parts=(Part("ไฟทางดับ", "m5"), Part("หน้าวัด", "m6"))))
        cases.add(tx, AddToCase(mine.party, (Part("ยังดับอยู่", "m7"),)), TODAY)
        cases.unsend(tx, "m7")
        assert again(tx, mine).case.title == "ไฟทางดับ"
        cases.unsend(tx, "m6")
        assert again(tx, mine).case.title == "ไฟทางดับ", "as the first words alone give it"
        cases.unsend(tx, "m5")
        assert again(tx, mine).case.title == ""


def test_an_unsent_place_and_contact_leave_the_case(database: Database) -> None:
    with database.agency("one") as tx:
        mine, other = file(tx, bribe(**FACTS)), file(tx, bribe("TEST-0002"))
        assert identity(tx, mine) == {"line": LINE, "name": "ผู้ทดสอบ", "phone": "0800000000"}
        cases.unsend(tx, "m7")
        assert (again(tx, mine).place, cases.places_of(tx, mine.case.id)) == (Place(), [])
        assert identity(tx, mine) == identity(tx, other), "not whom to call yet"
        cases.unsend(tx, "m8")
        assert identity(tx, mine) == {"line": LINE, "name": "", "phone": ""}
        assert numbers(cases.own(tx, LINE)) == ["TEST-0009", "TEST-0002"], "his account still"
        assert again(tx, other) == other
        assert texts(again(tx, mine)) == texts(mine)


def test_what_was_unsent_before_it_was_filed_gives_no_title_place_or_contact(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        for message in ("m2", "m7", "m8"):
            evidence.unsend(tx, message, NOW)
        mine, his = file(tx, lamp(**FACTS)), file(tx, bribe(**FACTS))
        assert (mine.case.title, mine.place) == ("", Place())
        assert identity(tx, his) == {"line": LINE, "name": "", "phone": ""}


def test_whoever_joins_sees_his_own_place_and_nobody_elses(database: Database) -> None:
    with database.agency("one") as tx:
        first = file(tx, lamp())
        at_home = Place("บ้านข้าง ๆ", 15.8743, 100.9932)
        second = file(tx, lamp("TEST-0002", join=first.case.id, place=at_home), OTHER)
        nowhere = lamp("TEST-0003", join=first.case.id, place=Place())
        third = file(tx, nowhere, "U" + "3" * 32)
        assert [one.place for one in (first, second, third)] == [PLACE, at_home, Place()]
        known = cases.places_of(tx, first.case.id)
        assert sorted(known, key=lambda one: one.words) == sorted(
            [PLACE, at_home], key=lambda one: one.words
        )


def test_the_key_of_a_case_is_looked_up_once_however_much_it_says(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    look = Keyring.take

    def noted(keyring: Keyring, name: str, *, create: bool = False) -> bytes:
        looked_up.append(name)
        return look(keyring, name, create=create)

    with database.agency("one") as tx:
        mine = file(tx, lamp())
        more = tuple(Part(f"ข้อความ {n}", f"n{n}") for n in range(9))
        monkeypatch.setattr(Keyring, "take", noted)
        cases.add(tx, AddToCase(mine.party, more), TODAY)
        assert len(looked_up) == 1
        assert len(again(tx, mine).said) == 11
        assert cases.places_of(tx, mine.case.id) == [PLACE]
        assert len(looked_up) == 3


# The ways, in the store


def test_nothing_says_taken_back_that_nobody_asked_to_take_back(database: Database) -> None:
    with database.agency("one") as tx:
        mine = file(tx, bribe())
        file(tx, lamp())
        for number in ("TEST-0001", "TEST-0009"):
            with pytest.raises(NotAStep):
                cases.move(tx, number, CaseStatus.WITHDRAWN, TODAY)
        cases.withdraw(tx, WithdrawCase(mine.party), TODAY)
        ended = cases.move(tx, "TEST-0009", CaseStatus.WITHDRAWN, TOMORROW)
        assert ended is not None
        assert (ended.status, ended.withdrawal_on) == (CaseStatus.WITHDRAWN, TODAY)


@pytest.mark.parametrize(("days", "then"), [(30, "reopened"), (31, "closed")])
def test_a_closed_grievance_is_opened_by_whoever_filed_it_within_thirty_days(
    database: Database, days: int, then: str
) -> None:
    with database.agency("one") as tx:
        mine = file(tx, lamp())
        cases.move(tx, "TEST-0001", CaseStatus.CLOSED, TODAY)
        late = TODAY + timedelta(days=days)
        cases.confirm(tx, ConfirmResolved(mine.party, is_resolved=False), late)
        found = cases.by_number(tx, "TEST-0001")
        assert found is not None
        assert (found.status, found.ended_on) == (CaseStatus(then), TODAY)
        assert found.reopened_on == (late if then == "reopened" else None)
        assert found.is_open is (then == "reopened")


def test_what_an_officer_let_pass_counts_from_that_day(database: Database) -> None:
    with database.agency("one") as tx:
        file(tx, bribe(look_first=True))
        assert cases.counted(tx) == []
        assert cases.since(tx) is None
        assert cases.release(tx, "TEST-0009", TOMORROW)
        (found,) = cases.counted(tx)
        assert (found.received_on, found.counts_on) == (TODAY, TOMORROW)
        assert cases.since(tx) == TODAY


# Pace


def wrong(tx: Transaction, ref: str, times: int = 1, on: date = TODAY) -> None:
    for _ in range(times):
        pace.count(tx, ref, pace.GUESSED, on)


def times(tx: Transaction, what: str) -> int | None:
    query = sa.text("SELECT times FROM case_pace WHERE person = '' AND what = :what")
    found: int | None = tx.sql.scalar(query, {"what": what})
    return found


def test_one_account_locks_nobody_elses_receipt(database: Database) -> None:
    with database.agency("one") as tx:
        most = pace.MOST[pace.GUESSED]
        wrong(tx, "one", most - 1)
        assert not pace.guesses_too_much(tx, "one", TODAY)
        wrong(tx, "one", 50)
        assert pace.guesses_too_much(tx, "one", TODAY)
        assert not pace.guesses_too_much(tx, "one", TOMORROW)
        assert times(tx, pace.GUESSED) == most, "what is slowed already is not counted"
        assert not pace.guesses_too_much(tx, "two", TODAY)


def test_who_filed_and_guessed_cannot_be_tried_out_once_the_days_key_is_gone(
    database: Database, keyring: Keyring
) -> None:
    """An older backup and the living master key tell nobody: the same person has another value."""
    with database.agency("one") as tx:
        for _ in range(2):
            wrong(tx, LINE)
            pace.count(tx, LINE, pace.FILED, TODAY)
        query = sa.text("SELECT DISTINCT person FROM case_pace WHERE person <> ''")
        assert len(tx.sql.scalars(query).all()) == 1
        keyring.destroy_days_before(TODAY + timedelta(days=7))
        assert not pace.guesses_too_much(tx, LINE, TODAY)
        wrong(tx, LINE)
        assert len(tx.sql.scalars(query).all()) == 2


def test_what_all_did_together_slows_only_those_who_had_part_in_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pace.MOST_OF_ALL, pace.GUESSED, 3)
    with database.agency("one") as tx:
        for ref in ("one", "two", "three", "four"):
            wrong(tx, ref)
        assert times(tx, pace.GUESSED) == 4
        assert pace.guesses_too_much(tx, "one", TODAY)
        assert not pace.guesses_too_much(tx, "five", TODAY)
        assert not pace.guesses_too_much(tx, "", TODAY), "the web has a pace of its own"
        wrong(tx, "")
        assert times(tx, pace.GUESSED) == 4
    with database.agency("two") as tx:
        assert not pace.guesses_too_much(tx, "one", TODAY)


def test_many_cases_of_others_hold_back_nobodys_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pace.MOST_OF_ALL, pace.FILED, 3)
    with database.agency("one") as tx:
        for n in range(4):
            file(tx, lamp(f"TEST-{n:04}"), f"U{n}")
        file(tx, lamp("TEST-0010"), "U9")
        assert cases.held_back(tx) == frozenset()
        file(tx, lamp("TEST-0011"), "U9")
        assert cases.held_back(tx) == {"TEST-0011"}
        assert times(tx, pace.FILED) == 5, "what is held back is not counted"
