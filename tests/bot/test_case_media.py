"""What is sent for a case: sealed before it lies anywhere, and gone where it is taken back."""

import io
import os
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from bot import case_media
from bot.media import MEGABYTE, Verdict
from bot.queue import UPLOADS
from bot.tasks import Sweeper, tidy, wake_again
from ita.changes import DropUploads, Unsend
from ita.complaints import Kind, Notices, Upload
from store import cases, tally
from store.evidence_files import EvidenceAway
from store.keyring import seal_with
from store.tampering import ALERT
from tests.bot.cases import AGENCY, NAME, Desk
from tests.bot.town import Process, Town, eventually
from tests.files import CANARY, HEIC, PDF, office, photo
from tests.logs import logged

VOICE = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(64)
SIDEWAYS = photo(orientation=6)  # made here, as Pillow logs what it writes
WORD = office("word/document.xml")


@pytest.fixture
def desk(made: Town) -> Desk:
    """No bot at work: the test does each job itself."""
    return Desk(made)


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    """All that is logged."""
    with logged() as written:
        yield written


def fetch(desk: Desk, upload: Upload) -> str | None:
    """Do the job, and say what became of it."""
    case_media.fetch(desk.town.program, AGENCY, upload.id)
    return desk.state(upload)


def read(desk: Desk, upload: Upload, *, original: bool = False) -> bytes | None:
    program = desk.town.program
    with program.database.agency(AGENCY) as tx:
        return case_media.read(program, tx, upload.id, upload.key, original=original)


def alarms(desk: Desk) -> int:
    with desk.town.program.database.house() as sql:
        return tally.counts(sql).get(ALERT, 0)


def paused(desk: Desk) -> bool:
    """Something is to be tried again."""
    return bool(desk.sql("SELECT FROM case_upload WHERE retry_at IS NOT NULL"))


def due(desk: Desk) -> None:
    """The pauses are over."""
    desk.sql("UPDATE case_upload SET retry_at = NULL")


def test_a_photo_through_the_queue_and_nothing_of_it_anywhere(
    town: Town, output: io.StringIO
) -> None:
    desk = Desk(town)
    message = desk.send(SIDEWAYS, not_ready=1)
    town.sandbox.faults("line").add("content", "hold_before")
    upload = desk.keep(message)
    eventually(lambda: town.sandbox.faults("line").held, "LINE is asked")
    waiting = desk.everything()
    town.sandbox.faults("line").release()
    eventually(lambda: paused(desk), "it is not ready")
    waiting += desk.everything()
    due(desk)
    eventually(lambda: desk.state(upload) == "ready", "the sweeper has had it tried again")

    bare = read(desk, upload)
    assert bare is not None
    with Image.open(io.BytesIO(bare)) as clean:
        assert clean.size == (32, 64), "upright"
    assert CANARY.encode() not in bare
    assert read(desk, upload, original=True) == SIDEWAYS
    files = desk.files()
    assert len(files) == 2
    for secret in (CANARY, message, NAME, upload.key.hex(), desk.user):
        assert not any(secret.encode() in file.read_bytes() for file in files)
        for place in (output.getvalue(), waiting, desk.everything(), str(files)):
            assert secret not in place
    assert upload.id not in str(files), "a file's hour does not lead to the case"
    assert "evidence settled" in output.getvalue(), "as of a report"
    assert upload.id not in output.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (VOICE, "audio"),
        (b"\x00\x00\x00\x18ftypM4A \x00\x00", "file"),
        (b"ID3\x03" + bytes(20), "file"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "file"),
        (PDF, "file"),
        (WORD, "file"),
    ],
    ids=["a voice message", "m4a", "mp3", "wav", "pdf", "word"],
)
def test_all_else_is_sealed_as_it_came(desk: Desk, content: bytes, kind: str) -> None:
    upload = desk.keep(desk.send(content, kind), kind)
    assert fetch(desk, upload) == "ready"
    assert read(desk, upload) == content
    assert read(desk, upload, original=True) is None
    (file,) = desk.files()
    assert content not in file.read_bytes()


def test_nothing_leads_from_a_file_to_its_row(desk: Desk) -> None:
    """Beside a file stand its length and its hour; the row leads on to the case."""
    upload, by_form, program = desk.keep(desk.send(SIDEWAYS)), by_web("file"), desk.town.program
    assert fetch(desk, upload) == "ready"
    with program.database.agency(AGENCY) as tx:
        assert case_media.put(program, AGENCY, tx, by_form, PDF) is None
    desk.file(Kind.CORRUPTION, Notices.NONE, upload, by_form)
    assert len(desk.files()) == 3
    sizes = {size for file in desk.files() for size in sizes_of(file)}
    kinds = {"image/jpeg", "application/pdf"}
    rows = desk.sql("SELECT * FROM case_upload") + desk.sql("SELECT * FROM case_evidence")
    assert not (sizes | kinds) & {value for row in rows for value in row}
    assert not any(isinstance(value, datetime) for row in rows for value in row)


def sizes_of(file: Path) -> tuple[int, int]:
    """Sealed, and as it came."""
    size = file.stat().st_size
    return size, size - len(seal_with(bytes(32), (), b""))


@pytest.mark.parametrize(
    ("content", "kind", "state", "why"),
    [
        (HEIC, "file", "refused", "heic"),
        (b"MZ" + bytes(99), "file", "refused", "type"),
        (VOICE, "file", "refused", "type"),
        (photo()[:300], "image", "refused", "broken"),
        (b"\xff\xd8\xff" + bytes(10 * MEGABYTE), "image", "refused", "size"),
        (b"video", "video", "refused", "kind"),
        (None, "image", "gone", "gone"),
    ],
    ids=["heic", "a program", "a video as a file", "half a photo", "too large", "a video", "gone"],
)
def test_what_cannot_be_kept_is_no_evidence_and_is_said(
    desk: Desk, content: bytes | None, kind: str, state: str, why: str
) -> None:
    message = desk.send(content or photo(), kind)
    if content is None:
        desk.town.sandbox.line.state(AGENCY).unsent.add(message)
    upload = desk.keep(message, kind)
    desk.file(Kind.CORRUPTION, Notices.NONE, upload)
    desk.file(Kind.GRIEVANCE, Notices.ANY_TIME, upload)
    assert fetch(desk, upload) == state
    assert desk.sql("SELECT why, sealed_origin, key_day FROM case_upload") == [(why, None, None)]
    assert desk.sql("SELECT DISTINCT kind FROM case_evidence") == [("lost",)]
    assert desk.files() == []
    with desk.town.program.database.agency(AGENCY) as tx:
        parties = tx.sql.execute(sa.text("SELECT id, notices, owed FROM case_party")).all()
        for party, notices, owed in parties:
            own = cases.by_party(tx, party)
            assert own is not None
            assert (own.evidence, own.lost) == (0, 1)
            assert owed == (notices != "none"), "told only who wants to be"
    desk.at(desk.town.program.clock() + timedelta(days=2))
    tidy(desk.town.program)
    assert fetch(desk, upload) is None, "nor does its row stay"


@pytest.mark.parametrize("fault", ["503", "drop_after", "429", "expired_token"])
def test_line_away_is_tried_again(desk: Desk, fault: str) -> None:
    upload = desk.keep(desk.send(photo()))
    desk.town.fault("line", "content", fault)
    first = fetch(desk, upload)
    due(desk)
    assert (first, fetch(desk, upload)) == (
        "ready" if fault == "expired_token" else "waiting",
        "ready",
    )
    assert len(desk.files()) == 2


def test_the_folder_away_is_tried_again_and_nothing_is_given_up(desk: Desk) -> None:
    upload = desk.keep(desk.send(photo()))
    folder = Path(desk.town.program.settings.case_files)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("something else stands there")
    assert fetch(desk, upload) == "waiting"
    folder.unlink()
    assert fetch(desk, upload) == "waiting", "its pause is not over"
    due(desk)
    assert fetch(desk, upload) == "ready"


def test_no_job_and_no_pause_leads_from_what_waits_to_a_delivery(desk: Desk) -> None:
    """Beside a job stands the moment at which it was written; a case names its uploads."""
    uploads = [desk.keep(desk.send(photo(), not_ready=2)) for _ in range(3)]
    desk.file(Kind.CORRUPTION, Notices.NONE, *uploads)
    for _ in range(2):
        case_media.fetch_all(desk.town.program, AGENCY)
        ((attempts, retry_at),) = desk.sql("SELECT DISTINCT attempts, retry_at FROM case_upload")
        assert isinstance(retry_at, datetime)
        assert (retry_at.second, retry_at.microsecond) == (0, 0)
        assert timedelta() < retry_at - desk.town.program.clock() < timedelta(minutes=7)
        assert attempts == 1, "not before"
    jobs = desk.sql("SELECT args FROM procrastinate_jobs WHERE queue_name = 'media'")
    assert jobs == [({"agency": AGENCY},)], "one for all"
    for _ in range(2):
        due(desk)
        case_media.fetch_all(desk.town.program, AGENCY)
    assert {desk.state(upload) for upload in uploads} == {"ready"}


def test_what_cannot_be_settled_stops_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (desk.keep(desk.send(photo())) for _ in range(2))
    put = desk.town.program.case_files.put
    broken: list[str] = []

    def defect(agency: str, name: str, content: bytes) -> None:
        if not broken or name.startswith(broken[0]):
            broken[:] = [name.removesuffix(".original")]
            raise ZeroDivisionError
        put(agency, name, content)

    monkeypatch.setattr(desk.town.program.case_files, "put", defect)
    case_media.fetch_all(desk.town.program, AGENCY)
    assert {desk.state(one), desk.state(two)} == {"waiting", "ready"}


def test_the_clock_is_set_back_while_it_waits(desk: Desk) -> None:
    upload = desk.keep(desk.send(photo(), not_ready=1))
    assert fetch(desk, upload) == "waiting"
    desk.sql("UPDATE case_upload SET retry_at = retry_at + interval '30 days'")
    assert fetch(desk, upload) == "ready"


def test_what_line_never_gets_ready_is_given_up(desk: Desk) -> None:
    now = desk.town.program.clock()
    upload = desk.keep(desk.send(photo(), not_ready=9))
    for days, state in ((0, "waiting"), (1, "waiting"), (2, "gone")):
        due(desk.at(now + timedelta(days=days)))
        assert fetch(desk, upload) == state, days
    assert desk.files() == []


def test_a_key_that_is_gone_leaves_nothing_to_fetch(desk: Desk) -> None:
    now = desk.town.program.clock()
    upload = desk.keep(desk.send(photo()))
    desk.at(now + timedelta(days=7)).town.program.keyring.destroy_days_before(desk.today)
    assert fetch(desk, upload) == "gone"
    assert alarms(desk) == 0


# Taken back


@pytest.mark.parametrize("when", ["before", "during", "after"])
@pytest.mark.parametrize("how", ["unsent", "dropped"])
def test_what_is_taken_back_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, when: str, how: str
) -> None:
    message = desk.send(photo())
    upload = desk.keep(message)
    change = Unsend(message) if how == "unsent" else DropUploads((upload.id,))
    put = desk.town.program.case_files.put

    def late(agency: str, name: str, content: bytes) -> None:
        desk.apply(change)
        put(agency, name, content)

    if when == "before":
        desk.apply(change)
    if when == "during":
        monkeypatch.setattr(desk.town.program.case_files, "put", late)
    fetch(desk, upload)
    if when == "after":
        assert len(desk.files()) == 2
        desk.apply(change)
        jobs = desk.sql("SELECT args FROM procrastinate_jobs WHERE queue_name = 'media'")
        assert ({"agency": AGENCY},) in jobs
        fetch(desk, upload)
    assert desk.state(upload) is None
    assert desk.files() == []


def test_a_draft_given_up_takes_nothing_from_a_case(desk: Desk) -> None:
    upload = desk.keep(desk.send(photo()))
    desk.file(Kind.CORRUPTION, Notices.NONE, upload)
    desk.apply(DropUploads((upload.id,)))
    assert fetch(desk, upload) == "ready"


def test_drafts_end_after_a_day_and_cases_do_not(desk: Desk) -> None:
    now = desk.town.program.clock().replace(hour=23, minute=0)
    desk.at(now)
    filed, left = (desk.keep(desk.send(photo())) for _ in range(2))
    desk.file(Kind.CONDUCT, Notices.NONE, filed)
    for upload in (filed, left):
        assert fetch(desk, upload) == "ready"
    for hours, there in ((24, {"ready"}), (26, {"ready", None})):
        desk.at(now + timedelta(hours=hours))
        tidy(desk.town.program)
        assert {fetch(desk, upload) for upload in (filed, left)} == there, hours
    assert desk.state(filed) == "ready"
    assert len(desk.files()) == 2
    assert read(desk, filed) is not None


# Lost and killed


def test_what_nobody_was_woken_for_is_fetched_and_deleted_all_the_same(desk: Desk) -> None:
    program = desk.town.program
    message = desk.send(photo())
    upload = desk.keep(message)
    jobs = "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'media'"
    desk.sql("DELETE FROM procrastinate_jobs")
    Sweeper(program).sweep()
    assert desk.sql(jobs) == [(1,)]
    Sweeper(program).sweep()
    assert desk.sql(jobs) == [(1,)], "once"
    fetch(desk, upload)
    desk.apply(Unsend(message))
    desk.sql("DELETE FROM procrastinate_jobs")
    Sweeper(program).sweep()
    assert desk.sql(jobs) == [(1,)]
    fetch(desk, upload)
    desk.sql("DELETE FROM procrastinate_jobs")
    Sweeper(program).sweep()
    assert desk.sql(jobs) == [(0,)], "there is nothing left to do"


def test_the_job_of_a_dead_worker_is_written_anew_and_once(desk: Desk) -> None:
    known = {"agency": AGENCY}
    for _ in range(2):
        wake_again(desk.town.program, UPLOADS, known)
    query = "SELECT args FROM procrastinate_jobs WHERE queue_name = 'media'"
    assert desk.sql(query) == [(known,)]


def test_no_log_line_says_that_somebody_is_woken_for_a_case(
    desk: Desk, output: io.StringIO
) -> None:
    """Beside the line of a chat's event it would tell that this chat sent something for a case."""
    for _ in range(2):
        desk.keep(desk.send(photo()))
    assert "woken already" in output.getvalue(), "as for all else"
    assert "upload" not in output.getvalue()


def test_fetched_twice_is_kept_once(desk: Desk) -> None:
    message = desk.send(photo())
    upload = desk.keep(message)
    assert fetch(desk, upload) == "ready"
    before = [file.read_bytes() for file in desk.files()]
    desk.keep(message)  # delivered again: with another key, which nobody has
    assert fetch(desk, upload) == "ready"
    assert [file.read_bytes() for file in desk.files()] == before
    assert read(desk, upload) is not None


@pytest.mark.parametrize("file", [1, 2])
def test_killed_between_the_files_and_the_row(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, file: int
) -> None:
    upload = desk.keep(desk.send(SIDEWAYS))
    put, written = desk.town.program.case_files.put, []

    def killed(agency: str, name: str, content: bytes) -> None:
        put(agency, name, content)
        written.append(name)
        if len(written) == file:
            raise KeyboardInterrupt

    monkeypatch.setattr(desk.town.program.case_files, "put", killed)
    with pytest.raises(KeyboardInterrupt):
        fetch(desk, upload)
    monkeypatch.undo()
    assert (desk.state(upload), len(desk.files())) == ("waiting", file)
    assert fetch(desk, upload) == "ready"
    assert read(desk, upload, original=True) == SIDEWAYS
    assert len(desk.files()) == 2


@pytest.mark.long
def test_killed_while_line_holds_the_content(made: Town, process: Process) -> None:
    """SIGKILL: what lies there then is whole, whatever moment it was."""
    desk = Desk(made)
    process.start()
    faults = made.sandbox.faults("line")
    faults.add("content", "hold_before")
    upload = desk.keep(desk.send(SIDEWAYS))
    eventually(lambda: faults.held, "LINE holds the content")
    process.kill()
    faults.release()
    assert (desk.state(upload), desk.files()) == ("waiting", [])
    process.start()
    eventually(lambda: desk.state(upload) == "ready", "another worker has fetched it")
    assert read(desk, upload, original=True) == SIDEWAYS
    assert len(desk.files()) == 2
    log = process.log.read_text(encoding="utf-8")
    for secret in (upload.key.hex(), NAME, desk.user):
        assert secret not in log


# Opened


def test_swapped_files_are_refused_with_an_alarm(desk: Desk) -> None:
    one, two = (desk.keep(desk.send(SIDEWAYS)) for _ in range(2))
    for upload in (one, two):
        assert fetch(desk, upload) == "ready"
    first, second = (file for file in desk.files() if file.name.endswith(".original"))
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)
    assert [read(desk, upload, original=True) for upload in (one, two)] == [None, None]
    assert alarms(desk) == 2
    assert None not in [read(desk, upload) for upload in (one, two)], "the others are whole"
    for original in (first, second):
        original.with_name(original.stem).write_bytes(original.read_bytes())
    assert [read(desk, upload) for upload in (one, two)] == [None, None], "nor one for the other"
    assert read(desk, Upload(one.id, os.urandom(32))) is None
    assert alarms(desk) == 5


def test_an_origin_of_another_upload_is_refused_with_an_alarm(desk: Desk) -> None:
    one, two = (desk.keep(desk.send(photo())) for _ in range(2))
    desk.sql(
        "UPDATE case_upload SET sealed_origin ="
        " (SELECT sealed_origin FROM case_upload WHERE id = :two) WHERE id = :one",
        one=one.id, two=two.id,
    )  # fmt: skip
    assert fetch(desk, one) == "gone"
    assert alarms(desk) == 1
    assert fetch(desk, two) == "ready"


# The web form


def by_web(kind: str = "image") -> Upload:
    return Upload(secrets.token_hex(16), os.urandom(32), kind)


def test_a_file_of_the_web_form_is_the_cases_at_once(desk: Desk) -> None:
    upload, program = by_web(), desk.town.program
    with program.database.agency(AGENCY) as tx:
        assert case_media.put(program, AGENCY, tx, upload, SIDEWAYS) is None
    desk.file(Kind.CORRUPTION, Notices.NONE, upload)
    assert desk.sql("SELECT upload FROM case_evidence") == [(upload.id,)]
    assert read(desk, upload, original=True) == SIDEWAYS
    assert CANARY.encode() not in (read(desk, upload) or b"")


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (b"MZ", "file", "type"),
        (bytes(10 * MEGABYTE + 1), "image", "size"),
        (photo()[:300], "image", "broken"),
    ],
)
def test_a_file_of_the_web_form_that_cannot_be_kept(
    desk: Desk, content: bytes, kind: str, why: str
) -> None:
    program = desk.town.program
    with program.database.agency(AGENCY) as tx:
        found = case_media.put(program, AGENCY, tx, by_web(kind), content)
    assert found == Verdict("refused", why)
    assert (desk.files(), desk.sql("SELECT id FROM case_upload")) == ([], [])


def test_a_web_form_whose_folder_is_away_files_nothing(desk: Desk) -> None:
    program, folder = desk.town.program, Path(desk.town.program.settings.case_files)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("something else stands there")
    with pytest.raises(EvidenceAway), program.database.agency(AGENCY) as tx:
        case_media.put(program, AGENCY, tx, by_web(), photo())
    assert desk.sql("SELECT id FROM case_upload") == []
