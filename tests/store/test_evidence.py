"""Evidence: links that are known at once and cannot be guessed, states, and what was unsent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ita.changes import ReportProgress
from ita.dates import Period
from ita.measures import Measure, Progress, Status
from store import evidence, register, sheet_state
from store.database import Database, Transaction
from store.evidence_files import EvidenceAway, EvidenceFiles
from store.keyring import KeyGone, Keyring

NOW = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
MESSAGE, NAME = "584711223344556677", "ทดสอบ-CANARY.pdf"


def link(tx: Transaction, message: str = MESSAGE) -> str:
    return "https://sujarit.example" + evidence.link_path(tx.keyring, tx.agency, message)


def keep(tx: Transaction, message: str = MESSAGE, kind: str = "file") -> str | None:
    return evidence.keep(tx, message, kind, NAME, "p", NOW)


# Links


def test_a_link_is_the_same_at_any_time_and_tells_nothing(keyring: Keyring) -> None:
    path = evidence.link_path(keyring, "one", MESSAGE)
    assert path == evidence.link_path(keyring, "one", MESSAGE)
    assert MESSAGE not in path
    known, signature = path.removeprefix("/evidence/one/").split(".")
    assert evidence.opened(keyring, "one", f"{known}.{signature}") == known
    assert evidence.LINK.search(path)
    others = {evidence.link_path(keyring, "one", str(n)) for n in range(50)}
    assert len(others | {path}) == 51


@pytest.mark.parametrize(
    "change",
    [
        lambda known, signature: f"{known}.",
        lambda known, signature: known,
        lambda known, signature: f"{known}.{signature[:-1]}",
        lambda known, signature: f"{known}.{signature}0",
        lambda known, signature: f"{known}.{signature.upper()}",
        lambda known, signature: f"{signature}.{known}",
        lambda known, signature: f"{'0' * 32}.{signature}",
        lambda known, signature: f"../{known}.{signature}",
        lambda known, signature: f"{known}.{'ก' * 32}",
        lambda known, signature: "\ud800.\ud800",
        lambda known, signature: "",
    ],
)
def test_a_link_that_we_did_not_sign_opens_nothing(keyring: Keyring, change: object) -> None:
    assert callable(change)
    known, signature = evidence.link_path(keyring, "one", MESSAGE).split("/")[-1].split(".")
    assert evidence.opened(keyring, "one", change(known, signature)) is None
    assert evidence.opened(keyring, "two", f"{known}.{signature}") is None, "another agency's"


# Rows


def test_what_waits_is_fetched_once_and_its_origin_is_gone_then(database: Database) -> None:
    with database.agency("one") as tx:
        known = keep(tx)
        assert known is not None
        assert keep(tx) == known, "a second time changes nothing"
        item = evidence.find(tx, known)
        assert item is not None
        assert (item.state, item.kind, item.attempts) == ("waiting", "file", 0)
        assert evidence.origin(tx, item, NOW.date()) == evidence.Origin(MESSAGE, NAME)
        assert evidence.ready(tx, known, "application/pdf", 10)
        assert not evidence.ready(tx, known, "application/pdf", 10)
        assert not evidence.give_up(tx, known, "gone", "gone"), "it is ready"
        item = evidence.find(tx, known)
        assert item is not None
        assert (item.state, item.type) == ("ready", "application/pdf")
        with pytest.raises(KeyGone):
            evidence.origin(tx, item, NOW.date())
        assert evidence.lost(tx, "p", NOW.date()) == []


def test_nothing_in_the_table_says_who_sent_what(database: Database) -> None:
    with database.agency("one") as tx:
        keep(tx)
        evidence.unsend(tx, "998877", NOW)
        for table in ("evidence", "unsent"):
            row = str(tx.sql.execute(sa.text(f"SELECT * FROM {table}")).one())
            for secret in (MESSAGE, "998877", "CANARY"):
                assert secret not in row


def test_what_cannot_be_kept_is_said_once_to_whoever_sent_it(database: Database) -> None:
    with database.agency("one") as tx:
        known = keep(tx)
        assert known is not None
        assert keep(tx, "2", "video") is None, "nothing to fetch"
        assert evidence.give_up(tx, known, "refused", "heic")
        assert evidence.lost(tx, "q", NOW.date()) == []
        told = evidence.lost(tx, "p", NOW.date())
        assert {(one.kind, one.why, one.file_name) for one in told} == {
            ("file", "heic", NAME),
            ("video", "kind", NAME),
        }
        assert evidence.lost(tx, "p", NOW.date()) == []


def test_the_name_is_gone_with_the_days_key(database: Database) -> None:
    with database.agency("one") as tx:
        known = keep(tx)
        assert known is not None
        evidence.give_up(tx, known, "gone", "gone")
        later = NOW.date() + timedelta(days=7)
        tx.keyring.destroy_days_before(later)
        assert [one.file_name for one in evidence.lost(tx, "p", later)] == [""]


def test_whoever_left_is_told_nothing(database: Database) -> None:
    with database.agency("one") as tx:
        keep(tx, "2", "video")
        evidence.forget_person(tx, "p")
        assert evidence.lost(tx, "p", NOW.date()) == []
        assert "'p'" not in str(tx.sql.execute(sa.text("SELECT person FROM evidence")).all())


def test_what_fell_down_is_found_in_all_agencies_and_only_once_due(database: Database) -> None:
    for agency in ("one", "two", "three"):
        with database.agency(agency) as tx:
            known = keep(tx)
            assert known is not None
            if agency == "two":
                item = evidence.find(tx, known)
                assert item is not None
                evidence.later(tx, item, NOW, 60)
            if agency == "three":
                evidence.ready(tx, known, "image/png", 1)

    def due(at: datetime) -> list[str]:
        found = evidence.waiting(database, ["one", "two", "three"], at, made_before=at)
        return [agency for agency, _ in found]

    assert due(NOW) == []
    assert due(NOW + timedelta(seconds=59)) == ["one"]
    assert due(NOW + timedelta(seconds=60)) == ["one", "two"]


# Taken back


def test_a_message_unsent_before_it_came_is_never_kept(database: Database) -> None:
    with database.agency("one") as tx:
        assert not evidence.was_unsent(tx, MESSAGE)
        assert evidence.unsend(tx, MESSAGE, NOW) is None
        assert evidence.unsend(tx, MESSAGE, NOW) is None, "a second time changes nothing"
        assert evidence.was_unsent(tx, MESSAGE)
        assert keep(tx) is None
        assert evidence.still_there(tx, [link(tx), "https://a.go.th/x"]) == ["https://a.go.th/x"]
    with database.agency("two") as tx:
        assert not evidence.was_unsent(tx, MESSAGE), "another agency's message"
    with database.agency("one") as tx:
        evidence.forget_unsent(tx, NOW)
        assert evidence.was_unsent(tx, MESSAGE)
        evidence.forget_unsent(tx, NOW + timedelta(seconds=1))
        assert not evidence.was_unsent(tx, MESSAGE)


def test_a_message_unsent_later_waits_for_its_file_to_be_deleted(database: Database) -> None:
    with database.agency("one") as tx:
        known = keep(tx)
        assert known is not None
        evidence.ready(tx, known, "image/png", 1)
        assert evidence.still_there(tx, [link(tx)]) == [link(tx)]
        assert evidence.unsend(tx, MESSAGE, NOW) == known
        item = evidence.find(tx, known)
        assert item is not None
        assert item.state == "unsent"
        assert not evidence.ready(tx, known, "image/png", 1), "whoever fetches it comes too late"
    found = evidence.waiting(database, ["one"], NOW, NOW + timedelta(seconds=1))
    assert found == [("one", known)]


def test_what_a_report_is_about_to_name_is_not_given_up_before_it_is_written(
    database: Database,
) -> None:
    with database.agency("one") as tx:
        known = keep(tx)
        assert known is not None
    with database.agency("one") as writing:
        assert evidence.still_there(writing, [link(writing)]) == [link(writing)]
        with database.agency("one") as giving_up:
            giving_up.sql.execute(sa.text("SET LOCAL lock_timeout = '50ms'"))
            with pytest.raises(sa.exc.OperationalError), giving_up.sql.begin_nested():
                evidence.give_up(giving_up, known, "refused", "type")
    with database.agency("one") as tx:
        assert evidence.give_up(tx, known, "refused", "type")
        assert evidence.still_there(tx, [link(tx)]) == []


def test_what_no_report_names_goes_after_a_while(database: Database) -> None:
    kinds = {"unnamed": "image", "refused": "video", "in a measure": "file", "in a report": "file"}
    with database.agency("one") as tx:
        for message, kind in kinds.items():
            keep(tx, message, kind)
        sheet_state.enter(tx, "sheet-of-one")
        new = Measure(
            0, 2568, 1, "เรื่องทดสอบ", "กองทดสอบ", Period("", "unknown"),
            evidence=("คำอธิบาย", link(tx, "in a measure")),
        )  # fmt: skip
        added = register.add_measure(tx, new)
        assert added is not None
        late = Progress(
            added.id, NOW, "กองทดสอบ", Status.IN_PROGRESS, None, "", (link(tx, "in a report"),)
        )
        register.apply(tx, ReportProgress(late))
        register.change_measure(tx, added)
        evidence.drop_unnamed(tx, NOW)
        assert len(there(tx, *kinds)) == 3, "all came too lately"
        evidence.drop_unnamed(tx, NOW + timedelta(seconds=1))
        assert there(tx, *kinds) == ["in a measure", "in a report"]
        assert keep(tx, "of today") is not None
    soon = NOW + timedelta(seconds=1)
    assert len(evidence.waiting(database, ["one"], soon, soon)) == 5, "two are to be deleted"
    with database.agency("one") as tx:
        for _, known in evidence.waiting(database, ["one"], soon, soon):
            evidence.forget(tx, known)
        assert tx.sql.scalar(sa.text("SELECT count(*) FROM evidence")) == 3
        assert there(tx, "unnamed") == [], "what an old draft holds is no evidence"


def there(tx: Transaction, *messages: str) -> list[str]:
    """Those whose links a report may name."""
    return [each for each in messages if evidence.still_there(tx, [link(tx, each)])]


# Files


def test_files_are_whole_replaced_and_removed(tmp_path: Path) -> None:
    files = EvidenceFiles(str(tmp_path / "evidence"))
    assert files.get("one", "a") is None
    files.put("one", "a", b"first")
    files.put("one", "a", b"second")
    assert files.get("one", "a") == b"second"
    assert files.get("two", "a") is None
    files.remove("one", "a")
    files.remove("one", "a")
    assert files.get("one", "a") is None


def test_drafts_of_somebody_who_was_killed_are_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / ".a-killed").write_bytes(b"hal")
    (folder / ".b-at-work").write_bytes(b"hal")
    files = EvidenceFiles(str(tmp_path))
    files.put("one", "a", b"whole")
    assert sorted(path.name for path in folder.iterdir()) == [".b-at-work", "a"]
    assert (folder / "a").stat().st_mode & 0o077 == 0, "nobody else reads it"


def test_a_bucket_does_the_same() -> None:
    files = EvidenceFiles("memory://evidence-test")
    files.put("one", "a", b"x")
    assert files.get("one", "a") == b"x"
    files.remove("one", "a")
    assert files.get("one", "a") is None


def test_a_folder_that_is_away_is_said_without_its_path(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("a file stands where the folder should be")
    with pytest.raises(EvidenceAway) as away:
        EvidenceFiles(str(tmp_path / "evidence")).put("one", "a", b"x")
    assert str(tmp_path) not in str(away.value)
