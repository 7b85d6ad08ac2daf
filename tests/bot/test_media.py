"""Photos and files through LINE's content call to the link in the sheet, and taken back again."""

import base64
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa
from PIL import Image

from bot import conversation, media
from bot.clock import freeze, real_clock
from bot.line import LineError, TooLarge
from bot.queue import MEDIA
from bot.tasks import Sweeper, tidy, wake_again
from bot.turn import turn
from handlers.desk import Event, Outcome
from handlers.evidence import WHY
from ita.changes import KeepEvidence, ReportProgress, Unsend
from ita.measures import Measure, Progress, Status
from sandbox.line.state import Content
from store import evidence, people, register
from tests.bot.test_turn import _accept, _chat
from tests.bot.test_way import REPORT, settle
from tests.bot.town import Process, Town, eventually
from tests.files import CANARY, HEIC, PDF, photo
from tests.logs import logged

AGENCY, CLERK = "dongmuang", "clerk"
FILE_NAME = "ชื่อไฟล์ทดสอบ.pdf"
SIDEWAYS = photo(orientation=6)  # made here, as Pillow logs what it writes


def send(town: Town, content: bytes, kind: str = "image/jpeg", not_ready: int = 0) -> str:
    """LINE has something for the bot, which did not hear of it; LINE's id of the message."""
    line = town.sandbox.line
    message = line.message_id()
    line.keep_content(line.state(AGENCY), message, Content(content, kind, not_ready))
    return message


def apply(town: Town, *changes: KeepEvidence | Unsend | ReportProgress, wake: bool = True) -> None:
    """What a conversation decided on, in the clerk's chat; `wake` False: and nobody was woken."""
    now, user = town.program.clock(), town.user_id(CLERK)
    with town.program.database.agency(AGENCY) as tx:
        person = people.find(tx, user)
        conversation.apply(
            town.program, tx, Event("message", now), Outcome((), changes), person, user, now
        )
        if not wake:
            tx.sql.execute(sa.text("DELETE FROM procrastinate_jobs WHERE queue_name = 'media'"))


def keep(town: Town, message: str, kind: str = "image", *, wake: bool = True) -> str:
    """Have it kept; its link."""
    apply(town, KeepEvidence(message, kind, FILE_NAME), wake=wake)
    return link(town, message)


def link(town: Town, message: str) -> str:
    return town.bot_url + evidence.link_path(town.program.keyring, AGENCY, message)


def look(url: str) -> requests.Response:
    return requests.get(url, timeout=10)


def name(url: str) -> str:
    """The file's name, and its row's id."""
    return url.rpartition("/")[2].partition(".")[0]


def state(town: Town, url: str) -> str | None:
    known = name(url)
    with town.program.database.agency(AGENCY) as tx:
        found = evidence.find(tx, known)
    return found.state if found else None


def becomes(town: Town, url: str, wanted: str | None) -> None:
    eventually(lambda: state(town, url) == wanted, f"the evidence is {wanted}")


def files(town: Town) -> list[Path]:
    folder = Path(town.program.settings.evidence)
    return [path for path in folder.rglob("*") if path.is_file()]


def everything(town: Town) -> str:
    """Every row of every table, jobs too, as text."""
    found = []
    with town.program.database.agency(AGENCY) as tx:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        for table in tx.sql.scalars(sa.text(query)).all():
            if table != "alembic_version":
                rows = tx.sql.execute(sa.text(f"SELECT t::text FROM {table} AS t")).all()
                found += [str(row) for row in rows]
    return "\n".join(found)


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    """All that is logged, at DEBUG."""
    with logged() as written:
        yield written


# Fetched


def test_a_photo_reaches_its_link_without_what_the_phone_added(
    town: Town, output: io.StringIO
) -> None:
    message = send(town, SIDEWAYS, not_ready=2)
    town.sandbox.faults("line").add("content", "hold_before")
    url = keep(town, message)
    eventually(lambda: town.sandbox.faults("line").held, "LINE is asked")
    early = look(url)
    assert (early.status_code, early.headers["Refresh"]) == (202, "5")
    assert "กำลังรับไฟล์" in early.text
    jobs = everything(town)
    town.sandbox.faults("line").release()
    becomes(town, url, "ready")

    answer = look(url)
    assert answer.status_code == 200
    with Image.open(io.BytesIO(answer.content)) as clean:
        assert clean.size == (32, 64), "upright"
    (file,) = files(town)
    assert file.read_bytes() == answer.content
    for secret in (CANARY, message, FILE_NAME):
        assert secret.encode() not in answer.content
        for place in (output.getvalue(), jobs, everything(town)):
            assert secret not in place
    assert "evidence settled" in output.getvalue()


def test_what_a_browser_is_told(town: Town) -> None:
    kinds = {"image": photo(), "file": PDF}
    for kind, content in kinds.items():
        url = keep(town, send(town, content), kind)
        becomes(town, url, "ready")
        answer = look(url)
        told = answer.headers
        assert told["Content-Type"] == {"image": "image/jpeg", "file": "application/pdf"}[kind]
        assert told["Content-Disposition"].startswith('inline; filename="evidence-')
        assert told["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in told["Content-Security-Policy"]
        assert "default-src 'none'" in told["Content-Security-Policy"]
        assert told["Cache-Control"] == "private, no-store"
        assert told["Referrer-Policy"] == "no-referrer"
        assert "noindex" in told["X-Robots-Tag"]
        assert "Set-Cookie" not in told


def test_what_is_no_link_of_ours_gets_one_and_the_same_answer(town: Town) -> None:
    url = keep(town, send(town, photo()))
    becomes(town, url, "ready")
    wrong = (
        url[:-1] + ("0" if url[-1] != "0" else "1"),
        url + "0",
        url.rpartition(".")[0],
        url.replace("/dongmuang/", "/khamphi/"),
        url.replace("/dongmuang/", "/nobody/"),
        f"{town.bot_url}/evidence/dongmuang/x.y",
    )
    answers = [look(each) for each in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    unheard = {"Date"}
    told = [{k: v for k, v in answer.headers.items() if k not in unheard} for answer in answers]
    assert all(each == told[0] for each in told)


@pytest.mark.parametrize(
    ("content", "kind", "outcome", "why"),
    [
        (HEIC, "file", "refused", "heic"),
        pytest.param(b"MZ" + bytes(99), "file", "refused", "type", marks=pytest.mark.long),
        pytest.param(photo()[:300], "image", "refused", "broken", marks=pytest.mark.long),
        (b"\xff\xd8\xff" + bytes(10 * media.MEGABYTE), "image", "refused", "size"),
        (b"video", "video", "refused", "kind"),
        (None, "image", "gone", "gone"),
    ],
    ids=["heic", "a program", "half a photo", "too large", "a video", "unsent at LINE's"],
)
def test_what_cannot_be_kept_is_said_with_the_next_reply(
    town: Town, content: bytes | None, kind: str, outcome: str, why: str
) -> None:
    message = send(town, content or photo())
    settle(town)
    if content is None:
        town.sandbox.line.state(AGENCY).unsent.add(message)
    url = link(town, message)
    apply(town, KeepEvidence(message, kind, FILE_NAME), report_with(first_measure(town), url))
    becomes(town, url, outcome)
    assert look(url).status_code == 410
    assert "ไม่มีไฟล์นี้แล้ว" in look(url).text
    assert files(town) == []
    assert url not in first_measure(town).evidence, "no report names it"
    before = len(town.sent(CLERK))
    town.say(CLERK, "คะแนน")
    eventually(lambda: len(town.sent(CLERK)) > before, "a reply")
    settle(town)
    assert WHY[why] in town.words(CLERK)
    town.say(CLERK, "คะแนน")
    settle(town)
    assert town.words(CLERK).count(WHY[why]) == 1


@pytest.mark.long
def test_line_away_is_tried_again(town: Town) -> None:
    message = send(town, photo())
    for fault in ("503", "drop_after", "expired_token", "429"):
        town.fault("line", "content", fault)
    url = keep(town, message)
    becomes(town, url, "ready")


def test_the_folder_away_is_tried_again_and_nothing_is_given_up(
    made: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = keep(made, send(made, photo()))
    folder = Path(made.program.settings.evidence)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("something else stands there")
    known = name(url)
    media.fetch(made.program, AGENCY, known)
    assert state(made, url) == "waiting"
    folder.unlink()
    media.fetch(made.program, AGENCY, known)
    assert state(made, url) == "waiting", "its pause is not over"
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text("UPDATE evidence SET retry_at = NULL"))
    media.fetch(made.program, AGENCY, known)
    assert state(made, url) == "ready"


def test_a_photo_in_the_chat_is_kept_without_anybody_saying_so(town: Town) -> None:
    """Through webhook, turn and queue; the same delivery twice is one file."""
    content = base64.b64encode(SIDEWAYS).decode()
    said = town.say(CLERK, {"type": "image"}, content=content, duplicates=2)
    url = link(town, said["message_ids"][0])
    becomes(town, url, "ready")
    settle(town)
    assert len(files(town)) == 1
    assert look(url).status_code == 200
    assert len(town.sent(CLERK)) == 1


@pytest.mark.long
def test_what_nobody_was_woken_for_is_fetched_all_the_same(town: Town) -> None:
    url = keep(town, send(town, photo()), wake=False)
    becomes(town, url, "ready")


def test_the_job_of_a_dead_worker_is_written_anew_and_once(made: Town) -> None:
    for _ in range(2):
        wake_again(made.program, MEDIA, {"agency": AGENCY, "evidence": "abc"})
    with made.program.database.house() as sql:
        query = "SELECT args FROM procrastinate_jobs WHERE queue_name = 'media'"
        assert sql.scalars(sa.text(query)).all() == [{"agency": AGENCY, "evidence": "abc"}]


def test_lines_content_call(made: Town) -> None:
    line, message = made.program.line(AGENCY), send(made, PDF)
    assert line.content(message, len(PDF)) == PDF
    with pytest.raises(TooLarge):
        line.content(message, len(PDF) - 1)
    with pytest.raises(LineError) as unknown:
        line.content("99", 100)
    assert (unknown.value.kind, unknown.value.status) == ("permanent", 404)
    later = send(made, b"", not_ready=1)
    assert line.content(later, 100) is None
    assert line.content(later, 100) == b""


@pytest.mark.long
def test_killed_while_line_holds_the_content(made: Town, process: Process) -> None:
    """One file, whole, whatever moment it was."""
    process.start()
    message = send(made, photo())
    faults = made.sandbox.faults("line")
    faults.add("content", "hold_before")
    url = keep(made, message)
    eventually(lambda: faults.held, "LINE holds the content")
    process.kill()
    faults.release()
    assert files(made) == []
    process.start()
    becomes(made, url, "ready")
    (file,) = files(made)
    assert look(url).content == file.read_bytes()


@pytest.mark.parametrize("state_meanwhile", ["unsent", "gone", None])
def test_a_worker_that_comes_too_late_leaves_no_file(
    made: Town, monkeypatch: pytest.MonkeyPatch, state_meanwhile: str | None
) -> None:
    """It froze before it wrote; meanwhile others settled it."""
    url = keep(made, send(made, photo()))
    put = made.program.evidence.put

    def late(agency: str, known: str, content: bytes) -> None:
        with made.program.database.agency(AGENCY) as tx:
            if state_meanwhile is None:
                tx.sql.execute(sa.text("DELETE FROM evidence"))
            else:
                values = {"state": state_meanwhile}
                tx.sql.execute(sa.text("UPDATE evidence SET state = :state"), values)
        put(agency, known, content)
        assert len(files(made)) == 1

    monkeypatch.setattr(made.program.evidence, "put", late)
    media.fetch(made.program, AGENCY, name(url))
    assert files(made) == []
    assert state(made, url) == ("gone" if state_meanwhile == "gone" else None)


def test_what_line_never_gets_ready_is_given_up_after_a_day(made: Town) -> None:
    url = keep(made, send(made, photo(), not_ready=9))
    media.fetch(made.program, AGENCY, name(url))
    assert state(made, url) == "waiting"
    with made.program.database.agency(AGENCY) as tx:
        tx.sql.execute(
            sa.text("UPDATE evidence SET retry_at = NULL, made_at = made_at - interval '25 hours'")
        )
    media.fetch(made.program, AGENCY, name(url))
    assert state(made, url) == "gone"


@pytest.mark.parametrize("after", ["410", "a day"])
def test_what_a_killed_worker_put_there_goes_when_it_is_given_up(made: Town, after: str) -> None:
    """It was killed between file and row; then LINE has the content no more, or never again."""
    message = send(made, photo(), not_ready=9)
    url = keep(made, message)
    made.program.evidence.put(AGENCY, name(url), b"of the worker that was killed")
    if after == "410":
        made.sandbox.line.state(AGENCY).unsent.add(message)
    else:
        with made.program.database.agency(AGENCY) as tx:
            tx.sql.execute(sa.text("UPDATE evidence SET made_at = made_at - interval '25 hours'"))
    media.fetch(made.program, AGENCY, name(url))
    assert (state(made, url), files(made)) == ("gone", [])


def test_a_photo_that_no_report_ever_named_is_tidied_away(made: Town) -> None:
    """Of the two that came, the one in a report stays."""
    urls = [keep(made, send(made, photo()), wake=False) for _ in range(2)]
    for url in urls:
        media.fetch(made.program, AGENCY, name(url))
    apply(made, report_with(first_measure(made), urls[0]))
    _accept(made, "LONG-AGO", "คะแนน", CLERK)  # it came with the photos
    turn(made.program, AGENCY, _chat(made, CLERK))
    freeze(made.sandbox.clock_file, made.program.clock() + timedelta(days=40))
    tidy(made.program)
    assert state(made, urls[1]) == "unsent"
    Sweeper(made.program).sweep()
    assert media_jobs(made) == [name(urls[1])]
    media.fetch(made.program, AGENCY, name(urls[1]))
    assert [file.name for file in files(made)] == [name(urls[0])]
    assert [state(made, url) for url in urls] == ["ready", None]


def media_jobs(town: Town) -> list[str]:
    """The evidence that somebody was woken for."""
    query = "SELECT args ->> 'evidence' FROM procrastinate_jobs WHERE queue_name = 'media'"
    with town.program.database.house() as sql:
        return list(sql.scalars(sa.text(query)))


# Taken back


def first_measure(town: Town) -> Measure:
    with town.program.database.agency(AGENCY) as tx:
        return register.measures(tx)[0]


def report_with(measure: Measure, url: str) -> ReportProgress:
    at = real_clock()
    written = Progress(measure.id, at, "กองทดสอบ", Status.IN_PROGRESS, None, "ทดสอบ", (url,))
    return ReportProgress(written)


def unsend(town: Town, message: str) -> None:
    """LINE tells of it; the stand-in forgets the content too."""
    event = {"type": "unsend", "unsend": {"messageId": message}}
    body = {"agency": AGENCY, "person": CLERK, "event": event}
    answer = requests.post(f"{town.url}/_sandbox/line/event", json=body, timeout=30)
    assert answer.json()["status"] == 200


def in_sheet(town: Town, words: str) -> bool:
    return words in str(town.sheet()["มาตรการ"])


def test_an_unsent_photo_leaves_folder_table_measure_and_sheet(town: Town) -> None:
    message = send(town, photo())
    url = keep(town, message)
    becomes(town, url, "ready")
    apply(town, report_with(first_measure(town), url))
    with town.program.database.agency(AGENCY) as tx:
        town.program.queue.defer_sync(tx.sql, AGENCY)
    eventually(lambda: in_sheet(town, url), "the sheet shows the link")
    unsend(town, message)
    becomes(town, url, None)
    assert files(town) == []
    assert url not in first_measure(town).evidence
    assert look(url).status_code == 410
    eventually(lambda: not in_sheet(town, url), "the sheet shows it no more")


def test_unsent_while_line_holds_the_content(town: Town) -> None:
    message = send(town, photo())
    faults = town.sandbox.faults("line")
    faults.add("content", "hold_after")
    url = keep(town, message)
    eventually(lambda: faults.held, "LINE has sent it, the last of it is on its way")
    unsend(town, message)
    eventually(lambda: state(town, url) == "unsent", "it is known to be unsent")
    faults.release()
    becomes(town, url, None)
    assert files(town) == []


@pytest.mark.long
def test_an_unsent_text_takes_its_report_back(town: Town) -> None:
    settle(town)
    before = town.sheet()["มาตรการ"]
    said = town.say(CLERK, REPORT)
    settle(town)
    assert town.sheet()["มาตรการ"] != before
    replies = len(town.sent(CLERK))
    unsend(town, said["message_ids"][0])
    eventually(lambda: town.sheet()["มาตรการ"] == before, "the measure is as it was")
    settle(town)
    assert len(town.sent(CLERK)) == replies, "nobody is answered for it"


def test_a_text_that_was_unsent_before_it_came_is_not_handled(town: Town) -> None:
    settle(town)
    before = town.sheet()["มาตรการ"]
    unsend(town, "700800900")
    settle(town)
    town.say(CLERK, {"type": "text", "text": REPORT, "id": "700800900"})
    settle(town)
    assert town.sheet()["มาตรการ"] == before
    assert town.sent(CLERK) == []
