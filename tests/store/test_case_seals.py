"""A stolen database: what of a case leads to staff, chats or the journal, and what opens at all."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ita.agency import Person, Role
from ita.changes import EraseIdentity, KeepUpload, NoteWrongCode
from ita.complaints import OwnCase, Part, Place, Upload
from store import (
    buttons,
    cases,
    coordinators,
    evidence,
    invitations,
    journal,
    messages,
    people,
    richmenus,
    steps,
    tally,
)
from store.cases import seals, uploads
from store.cases.filing import CASE_IDS
from store.database import Database, Transaction
from store.keyring import Keyring
from store.tampering import ALERT
from tests.rows import Rows
from tests.store.test_cases import LINE, NOW, OTHER, STORY, TODAY, TOMORROW, bribe, file, lamp

MASTER = b"test-master-key-of-32-bytes-only"
CASE_TABLES = (
    "case_file", "case_party", "case_entry", "case_evidence", "case_upload", "case_pace",
)  # fmt: skip
OF_THE_SHEET = ("outbox", "mirror")
"""What waits for the shared sheet, and what was seen there: of cases what stands there, too."""
NOT_OURS = ("alembic_version", "every_job")
LONGEST_COMMON = 7
"""Characters: shorter values are words, counts and kinds."""
PLAIN = frozenset({"grievance", "corruption", "received"})
"""Kinds and statuses: many rows have them."""
Dump = dict[str, list[dict[str, Any]]]


@pytest.fixture
def lived(database: Database) -> Database:
    """Somebody of the staff works, and files cases from the same account, in the same minutes."""
    with database.agency("one") as tx:
        ref, chat = chat_of(tx, LINE)
        people.put(tx, Person(ref, Role.STAFF, ("กองช่าง",)), 1001)
        coordinators.remember(tx, LINE, TODAY)
        richmenus.note(tx, ref, chat)
        evidence.keep(tx, "76", "image", "", ref, NOW)
        invitations.apply(tx, NoteWrongCode(ref), ref, NOW)
    for turn in range(8):
        line = LINE if turn % 2 else OTHER
        with database.agency("one") as tx:
            live(tx, line, turn)
    return database


def chat_of(tx: Transaction, line: str) -> tuple[str, str]:
    """Person and chat as the journal knows them."""
    chat = tx.keyring.reference(tx.agency, "chat", line)
    return people.find(tx, line).ref, chat


def live(tx: Transaction, line: str, turn: int) -> None:
    """One delivery, as a turn handles it: with a case, an answer, buttons and a step."""
    ref, chat = chat_of(tx, line)
    event = {"message": {"id": f"77{turn}", "text": STORY}, "source": {"userId": line}}
    journal.lock_chat(tx, chat)
    journal.accept(tx, journal.Arrival(f"event-{turn:020}", chat, NOW, NOW, event))
    waiting = journal.next_waiting(tx, chat)
    assert waiting is not None
    photo = Upload(cases.upload_id(tx, f"77{turn}"), bytes([turn]) * 32)
    uploads.keep(tx, KeepUpload(photo, f"77{turn}", "ทดสอบ.jpg"), TODAY)
    uploads.settle(tx, photo.id, "ready")
    change = (lamp if turn % 3 else bribe)(
        f"CASE-{turn:04}", parts=(Part(STORY, f"77{turn}"),), uploads=(photo,)
    )
    party = file(tx, change, line, on=TOMORROW).party
    buttons.keep(tx, ref, chat, [{"do": "case", "party": party}], TODAY)
    steps.keep(tx, chat, ref, {"do": "case", "party": party}, TODAY)
    journal.remember_line_id(tx, chat, line, TODAY)
    messages.put(tx, chat, waiting.id, messages.Body("", []), NOW, TODAY)
    journal.handled(tx, waiting.id, NOW)


def dumped(rows: Rows) -> Dump:
    """All rows as their owner reads them, in the order in which they lie, with who wrote them."""
    with rows.engine.connect() as sql:
        here = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        names = [name for name in sql.scalars(sa.text(here)) if not name.startswith(NOT_OURS)]
        query = "SELECT xmin::text AS written_by, * FROM {}"
        return {
            name: [dict(row) for row in sql.execute(sa.text(query.format(name))).mappings()]
            for name in names
        }


def values(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Every value that could be compared: whole, and each longer word in it."""
    for row in found:
        for column, value in row.items():
            if column not in ("agency", "written_by") and not isinstance(value, date):
                text = value.hex() if isinstance(value, bytes) else str(value)
                yield text
                yield from re.findall(r"[\w-]{8,}", text)


def telling(found: Iterable[dict[str, Any]]) -> set[str]:
    """Those that are not common."""
    return {one for one in values(found) if len(one) > LONGEST_COMMON} - PLAIN


def of_cases(dump: Dump) -> list[dict[str, Any]]:
    found = [row for table in (*CASE_TABLES, *OF_THE_SHEET) for row in dump[table]]
    return [row for row in found if row.get("tab", "cases") == "cases"]


def of_people(dump: Dump) -> list[dict[str, Any]]:
    """All but the cases, and but what the sheet was last asked to show, which stands there."""
    others = dump.keys() - {*CASE_TABLES, "case_register", "spreadsheet"}
    found = [row for table in sorted(others) for row in dump[table]]
    return [row for row in found if row.get("tab") != "cases"]


# A dump without keys


def test_no_value_joins_a_case_to_staff_chat_journal_button_step_or_message(
    lived: Database, rows: Rows
) -> None:
    dump = dumped(rows)
    assert len(dump["case_file"]) == len(dump["event"]) == len(dump["message"]) == 8
    assert all(dump[table] for table in (*CASE_TABLES, "person", "chat", "coordinator", "step"))
    assert telling(of_cases(dump)) & telling(of_people(dump)) == set()
    everything = "\n".join(values(row for found in dump.values() for row in found))
    for word in (LINE, OTHER, STORY, "0800000000", "ทดสอบ.jpg", "15.8742"):
        assert word not in everything, word
    assert not any("กองช่าง" in one for one in values(of_cases(dump))), "whom it is about"


def test_no_two_cases_of_an_account_share_a_value(lived: Database, rows: Rows) -> None:
    dump = dumped(rows)
    seen: dict[str, int] = {}
    for case in dump["case_file"]:
        mine = [
            row for table in CASE_TABLES for row in dump[table] if row.get("case_id") == case["id"]
        ]
        known = {row["upload"] for row in mine if "upload" in row}
        mine += [row for row in dump["case_upload"] if row["id"] in known]
        for value in telling([case, *mine]) - {"image/jpeg", "ไฟทางดับ"}:
            assert seen.setdefault(value, case["id"]) == case["id"], value


def test_no_moment_and_no_counted_id_leads_from_a_case_to_the_journal(
    lived: Database, rows: Rows
) -> None:
    dump = dumped(rows)
    moments = {
        column: value
        for row in of_cases(dump)
        for column, value in row.items()
        if isinstance(value, datetime)
    }
    assert moments.keys() <= {"since"}, "days, and since which hour a row waits for the sheet"
    assert all((one.minute, one.second, one.microsecond) == (0, 0, 0) for one in moments.values())
    ids = [row["id"] for row in dump["case_file"]]
    assert all(one in CASE_IDS for one in ids)
    counted = [value for row in of_people(dump) for value in row.values() if isinstance(value, int)]
    assert not any(one in CASE_IDS for one in counted)


def test_after_the_slot_neither_order_nor_transaction_leads_to_the_journal(
    lived: Database, rows: Rows
) -> None:
    before = dumped(rows)
    with lived.agency("one") as tx:
        cases.enter_sheet(tx, TOMORROW, when_closed=False)
    dump = dumped(rows)
    tables = (*CASE_TABLES, "case_register")
    wrote = {row["written_by"] for table in tables for row in dump[table]}
    assert len(wrote) == 1
    assert wrote.isdisjoint(row["written_by"] for row in of_people(dump))
    for table in tables:
        without = [{k: v for k, v in row.items() if k != "in_sheet"} for row in dump[table]]
        assert len(without) == len(before[table]), "nothing is lost"
    orders = [[row["id"] for row in found["case_file"]] for found in (before, dump)]
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1], "one in 40,320 times they are the same by chance"


def test_no_row_names_a_file_of_the_keyring(lived: Database, rows: Rows, tmp_path: Path) -> None:
    """Beside each file stands the moment at which it was made."""
    files = [path for path in (tmp_path / "keyring").rglob("*") if path.is_file()]
    names = {path.name for path in files if path.parent.name not in ("days", "drafts")}
    names |= {path.parent.name for path in files if path.parent.parent.parent.name == "accounts"}
    assert len(names) == 3 * 8 + 8 + 2, "three keys a case, who filed it, and two accounts"
    everything = "\n".join(values(row for found in dumped(rows).values() for row in found))
    assert not any(name in everything for name in names)


def test_whoever_has_the_database_alone_opens_nothing(
    lived: Database, postgres: str, schema: str, tmp_path: Path
) -> None:
    thief = Database(postgres, Keyring(str(tmp_path / "empty"), MASTER), schema=schema)
    with thief.agency("one") as tx:
        assert cases.own(tx, LINE) == [], "not even with the master key"
        for case in cases.cases(tx):
            assert cases.places_of(tx, case.id) == []
            assert cases.routing_of(tx, case.id) is None
        found = cases.by_receipt(tx, lamp("CASE-0001").receipt)
        assert found is not None
        assert found.said == ()
    thief.close()


# Erased


@pytest.fixture
def older(lived: Database, rows: Rows) -> Callable[[], None]:
    """Puts back what the database was like before anything was erased."""
    rows.save("older")
    return lambda: rows.put_back("older")


def test_an_erased_identity_is_erased_in_older_backups_too(
    lived: Database, older: Callable[[], None], rows: Rows
) -> None:
    with lived.agency("one") as tx:
        mine = cases.own(tx, LINE)
        assert len(mine) == 4
        erased = mine[0]
        cases.erase_identity(tx, EraseIdentity((erased.party,)))
    older()
    with lived.agency("one") as tx:
        left = cases.own(tx, LINE)
        assert erased.case.number not in [one.case.number for one in left]
        assert identity(tx, erased) is None
        assert identity(tx, mine[1]) is not None
    with lived.agency("one") as tx:
        cases.erase_identity(tx, EraseIdentity(tuple(one.party for one in mine)))
    older()
    with lived.agency("one") as tx:
        assert cases.own(tx, LINE) == []
        assert len(cases.own(tx, OTHER)) == 4


@contextlib.contextmanager
def failing(database: Database) -> Iterator[Transaction]:
    """What is done here is never committed."""
    with contextlib.suppress(RuntimeError), database.agency("one") as tx:
        yield tx
        raise RuntimeError


def test_who_erases_one_case_keeps_the_others_also_where_that_fails(lived: Database) -> None:
    with lived.agency("one") as tx:
        mine = cases.own(tx, LINE)
    with failing(lived) as tx:
        cases.erase_identity(tx, EraseIdentity((mine[0].party,)))
    with lived.agency("one") as tx:
        assert cases.own(tx, LINE) == mine[1:]
        for _ in range(2):
            cases.erase(tx, mine[1].case.id, TOMORROW)
            assert cases.own(tx, LINE) == mine[2:]
        assert all(identity(tx, one) is not None for one in mine[2:])


def test_a_filing_that_fails_leaves_nobody_a_case(database: Database) -> None:
    with failing(database) as tx:
        file(tx, lamp("CASE-0001"))
    with database.agency("one") as tx:
        assert cases.own(tx, LINE) == []
        assert cases.parties_of(tx, LINE) == []
        assert file(tx, lamp("CASE-0001")).case == cases.own(tx, LINE)[0].case


def test_a_restored_older_database_still_knows_whose_its_cases_are(
    lived: Database, older: Callable[[], None]
) -> None:
    with lived.agency("one") as tx:
        before = cases.own(tx, LINE)
        new = file(tx, lamp("CASE-0099"))
        cases.erase_identity(tx, EraseIdentity((new.party, before[0].party)))
    older()
    with lived.agency("one") as tx:
        assert cases.own(tx, LINE) == before[1:]


def identity(tx: Transaction, of: OwnCase) -> Any:
    query = sa.text(
        "SELECT f.key, p.sealed_identity FROM case_party p JOIN case_file f ON f.id = p.case_id"
        " WHERE p.id = :party"
    )
    row = tx.sql.execute(query, {"party": of.party}).one()
    name = seals.identity_key(tx, row.key, of.party)
    return seals.opened(tx, name, "identity", row.sealed_identity)


def test_of_an_erased_case_nothing_opens_in_older_backups(
    lived: Database, older: Callable[[], None], keyring: Keyring
) -> None:
    with lived.agency("one") as tx:
        gone = cases.by_receipt(tx, bribe("CASE-0003").receipt)
        kept = cases.by_receipt(tx, bribe("CASE-0006").receipt)
        assert gone is not None
        assert kept is not None
        cases.erase(tx, gone.case.id, TOMORROW)
    older()
    with lived.agency("one") as tx:
        again = cases.by_receipt(tx, bribe("CASE-0003").receipt)
        assert again is not None
        assert (again.said, again.first_words, again.place) == ((), "", Place())
        assert identity(tx, gone) is None
        assert cases.routing_of(tx, gone.case.id) is None
        assert opened_keys(tx, gone) == [None]
        assert cases.by_receipt(tx, bribe("CASE-0006").receipt) == kept
        assert opened_keys(tx, kept) == [(bytes([6]) * 32).hex()]
        assert tally.counts(tx.sql).get(ALERT) is None, "erased is not tampered with"


def opened_keys(tx: Transaction, of: OwnCase) -> list[Any]:
    query = sa.text(
        "SELECT f.key, e.upload, e.sealed_key FROM case_evidence e"
        " JOIN case_file f ON f.id = e.case_id WHERE f.id = :id"
    )
    return [
        seals.opened(tx, seals.evidence_key(tx, row.key), f"upload/{row.upload}", row.sealed_key)
        for row in tx.sql.execute(query, {"id": of.case.id})
    ]


# Swapped

SWAPS = {
    "the place for the routing": "UPDATE case_party p SET sealed_place ="
    " (SELECT f.sealed_routing FROM case_file f WHERE f.id = p.case_id)",
    "the routing for the place": "UPDATE case_file f SET sealed_routing ="
    " (SELECT p.sealed_place FROM case_party p WHERE p.case_id = f.id LIMIT 1)",
    "the place for a message": "UPDATE case_party p SET sealed_place ="
    " (SELECT e.sealed_text FROM case_entry e WHERE e.case_id = p.case_id LIMIT 1)",
    "another party's place": "UPDATE case_party p SET sealed_place ="
    " (SELECT o.sealed_place FROM case_party o WHERE o.case_id = p.case_id AND o.id <> p.id)",
    "another case's place": "UPDATE case_party p SET sealed_place = (SELECT o.sealed_place"
    " FROM case_party o WHERE o.agency = p.agency AND o.case_id <> p.case_id LIMIT 1)",
    "another agency's place": "UPDATE case_party p SET sealed_place ="
    " (SELECT o.sealed_place FROM case_party o WHERE o.agency <> p.agency LIMIT 1)",
    "another case's words": "UPDATE case_entry e SET sealed_text = (SELECT o.sealed_text"
    " FROM case_entry o WHERE o.agency = e.agency AND o.case_id <> e.case_id LIMIT 1)",
    "another agency's words": "UPDATE case_entry e SET sealed_text ="
    " (SELECT o.sealed_text FROM case_entry o WHERE o.agency <> e.agency LIMIT 1)",
    "words out of order": "UPDATE case_entry e SET sealed_text = (SELECT o.sealed_text"
    " FROM case_entry o WHERE o.case_id = e.case_id AND o.position <> e.position LIMIT 1)",
    "words of another party": "UPDATE case_entry e SET party = (SELECT p.id FROM case_party p"
    " WHERE p.case_id = e.case_id AND p.id <> e.party)",
    "words of the office": "UPDATE case_entry SET party = NULL",
    "another receipt": "UPDATE case_party SET receipt = 'r' || receipt",
    "another's case": "UPDATE case_party p SET case_id = (SELECT o.case_id FROM case_party o"
    " WHERE o.agency = p.agency AND o.case_id <> p.case_id LIMIT 1)",
    "another name": "UPDATE case_file SET key = md5(key)",
    "cut short": "UPDATE case_entry SET sealed_text = substring(sealed_text for 11)",
    "nothing": "UPDATE case_entry SET sealed_text = ''",
    "a bit": "UPDATE case_party SET sealed_place = set_bit(sealed_place, 200,"
    " 1 - get_bit(sealed_place, 200))",
}


@pytest.mark.parametrize("swap", SWAPS)
def test_swapped_bytes_are_shown_to_nobody_and_alarm(
    database: Database, rows: Rows, swap: str
) -> None:
    """Whoever may write into the database, and has no key, makes the bot show nothing of others."""
    for agency in ("one", "two"):
        with database.agency(agency) as tx:
            first = file(tx, lamp("CASE-0001", parts=said("ก")), LINE)
            file(tx, lamp("CASE-0002", parts=said("ข"), join=first.case.id), OTHER)
            file(tx, bribe("CASE-0003", parts=said("ค"), place=Place(f"ที่ของ {agency}")), OTHER)
    with database.agency("one") as tx:
        before = {number: seen(tx, number) for number in ("CASE-0001", "CASE-0002", "CASE-0003")}
    with rows.engine.connect() as sql:
        sql.execute(sa.text(SWAPS[swap]))
    with database.agency("one") as tx:
        after = {number: seen(tx, number) for number in before}
        assert all(after[number] <= before[number] for number in before), "nothing of others"
        assert after != before
        for line in (LINE, OTHER):
            cases.own(tx, line)
        assert tally.counts(tx.sql)[ALERT] > 0


# Damaged


@pytest.mark.parametrize("damage", [b"", b"cut", bytes(60)])
def test_a_damaged_key_file_hides_one_case_and_stops_no_other(
    lived: Database, tmp_path: Path, damage: bytes
) -> None:
    with lived.agency("one") as tx:
        found = [cases.by_receipt(tx, lamp(f"CASE-{n:04}").receipt) for n in range(8)]
        key = tx.sql.scalar(sa.text("SELECT key FROM case_file WHERE number = 'CASE-0001'"))
        name = seals.narrative_key(tx, str(key))
    (tmp_path / "keyring" / name).write_bytes(damage)
    with lived.agency("one") as tx:
        again = [cases.by_receipt(tx, lamp(f"CASE-{n:04}").receipt) for n in range(8)]
        assert found[1] is not None
        assert again[1] == replace(found[1], said=(), first_words="", place=Place())
        assert again[2:] == found[2:]
        assert len(cases.own(tx, LINE)) == len(cases.own(tx, OTHER)) == 4
        assert tally.counts(tx.sql)[ALERT] > 0


def test_a_damaged_entry_of_an_account_hides_one_case_of_it(
    lived: Database, tmp_path: Path
) -> None:
    with lived.agency("one") as tx:
        mine = cases.own(tx, LINE)
        seals.forget_account(tx, LINE, mine[0].party)
        assert cases.own(tx, LINE) == mine[1:]
    entries = [path for path in (tmp_path / "keyring" / "accounts").rglob("*") if path.is_file()]
    assert len(entries) == 7
    for path in entries:
        path.write_bytes(b"damaged")
    with lived.agency("one") as tx:
        assert cases.own(tx, LINE) == []
        assert tally.counts(tx.sql)[ALERT] == 1


def said(letter: str) -> tuple[Part, ...]:
    return tuple(Part(f"{letter}{n}", f"{letter}{n}") for n in range(3))


def seen(tx: Transaction, number: str) -> set[str]:
    """All that a receipt code shows of the substance."""
    found = cases.by_receipt(tx, lamp(number).receipt)
    if found is None:
        return set()
    about, struck = cases.routing_of(tx, found.case.id) or ((), ())
    assert found.place in (*cases.places_of(tx, found.case.id), Place())
    words = [one.text for one in found.said]
    return {*words, *filter(None, [found.place.words]), *about, *struck, "case"}
