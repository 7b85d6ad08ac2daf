"""Cases whose every field sings: filed on the whole way, then looked for wherever others look."""

import base64
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa

from bot import case_clock, case_notices
from bot.app import create_app
from bot.clock import real_clock, set_offset
from handlers.texts import say
from ita.complaints import CaseStatus
from sandbox.demo import DEMO_TIME
from store import cases, tally
from store.tampering import ALERT
from tests.bot.canaries import AGENCY, canary, dresses, jobs, leaks, log, pages, places, words_of
from tests.bot.pages import ADDRESS, DOORS, Browser, file_grievance, file_protected
from tests.bot.test_pressing import buttons, press_event
from tests.bot.test_way import body, settle
from tests.bot.town import Furnishing, Town, bot_inside, built, eventually
from tests.files import PDF, photo
from tests.rows import Rows
from tests.store.test_case_seals import dumped, of_cases, of_people, telling

__all__ = ["jobs", "log"]
WRITER = "citizen"
SLOT = date(2025, 1, 16)
"""The working day after the one on which cases are filed here."""
METRICS = "a-token-for-the-metrics-of-a-test"
CODE = r"\b\d{4} \d{4} \d{4} \d{4}\b"


@dataclass
class Talk:
    """One who files a case, in a chat of his own."""

    town: Town
    person: str = WRITER
    taps: int = 0

    def say(self, message: object, content: bytes | None = None, *, wait: bool = True) -> None:
        body = {"agency": AGENCY, "person": self.person, "message": message}
        if content is not None:
            body["content"] = base64.b64encode(content).decode()
        self._post("say", body, wait=wait)

    def tap(self, label: str, *, wait: bool = True) -> None:
        self.taps += 1
        found = buttons(self.town, self.person)
        assert label in found, f"{label} is not among {list(found)}"
        event = {"type": "postback", "postback": {"data": found[label]}}
        self._post("event", {"agency": AGENCY, "person": self.person, "event": event}, wait=wait)

    def _post(self, what: str, body: object, *, wait: bool = True) -> None:
        asked = requests.post(f"{self.town.url}/_sandbox/line/{what}", json=body, timeout=30)
        assert asked.json()["status"] == 200
        if wait:
            settle(self.town)

    @property
    def receipt(self) -> str:
        """The code on the newest card."""
        (code,) = re.findall(CODE, self.newest)
        return str(code).replace(" ", "")

    @property
    def newest(self) -> str:
        return str(self.town.sent(self.person)[-1]["message"])


def tap_words(name: str) -> str:
    return say("th", f"citizen.{name}")


@pytest.fixture
def singing(
    tmp_path: Path,
    postgres: str,
    schema: str,
    furnishing: Furnishing,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Town]:
    """The town on a working day, with receivers of protected reports, and the bot at work."""
    monkeypatch.setenv("SUJARIT_METRICS_TOKEN", METRICS)
    with built(tmp_path, postgres, schema, furnish=furnishing) as town:
        config = town.program.agencies[AGENCY]
        town.program.agencies[AGENCY] = config.model_copy(update={"complaints": DOORS})
        set_offset(town.sandbox.clock_file, (DEMO_TIME - real_clock()).total_seconds())
        with bot_inside(town):
            yield town


def grievance(talk: Talk) -> str:
    """Everything that the everyday door takes; gives the receipt code."""
    begin_grievance(talk)
    talk.tap(tap_words("tap.send"))
    return talk.receipt


def begin_grievance(talk: Talk) -> None:
    """Up to the last look."""
    title = f"ไฟทางดับ โทร 0898765432 a.canary-9f@example.com {canary('title')}"
    talk.say(f"แจ้งเหตุ {title} {'เสาไฟข้างสนามดับทุกคืน ' * 5} {canary('story')}")
    talk.say(place())
    talk.say({"type": "image"}, photo())
    talk.say({"type": "audio", "duration": 1000}, canary("voice").encode())
    talk.say({"type": "file", "fileName": f"{canary('file')}.pdf"}, pdf())
    talk.tap(tap_words("tap.on"))


def place() -> dict[str, object]:
    return {
        "type": "location", "title": canary("place"), "address": canary("address"),
        "latitude": 15.874213, "longitude": 100.993155,
    }  # fmt: skip


def pdf() -> bytes:
    return PDF.replace(b"1 0 obj", f"% {canary('in_file')}\n1 0 obj".encode())


def protected(talk: Talk) -> str:
    """The same for the protected door; gives the receipt code."""
    begin_protected(talk)
    talk.tap(tap_words("protected_tap.send"))
    return talk.receipt


def begin_protected(talk: Talk) -> None:
    """Up to the last look."""
    talk.say("แจ้งทุจริต")
    talk.tap(tap_words("case_kind.corruption"))
    talk.tap("กองคลัง")
    talk.tap(tap_words("protected_tap.on"))
    talk.say(canary("protected_story"))
    talk.say(canary("more"))
    talk.tap(tap_words("protected_tap.on"))
    talk.say({"type": "image"}, photo())
    talk.say({"type": "file", "fileName": f"{canary('file')}.pdf"}, pdf())
    talk.tap(tap_words("protected_tap.on"))
    talk.tap(tap_words("protected_tap.give_contact"))
    talk.say(f"{canary('name')} โทร 0898765432")


def in_group(town: Town) -> None:
    """What is said where others read along."""
    for words in ("แจ้งเหตุ ไฟดับ", "ร้องเรียนทุจริต", "ร้องเรียน"):
        said = f"{words} {canary('group')}"
        assert town.say(WRITER, said, group="กลุ่มทดสอบ")["status"] == 200
    settle(town)


def answered(town: Town, receipt: str, status: CaseStatus) -> None:
    """The office moves the case and writes; whoever chose so is told that there is news."""
    today = town.program.clock().date()
    with town.program.database.agency(AGENCY) as tx:
        found = cases.by_receipt(tx, receipt)
        assert found is not None
        cases.move(tx, found.case.number, status, today)
        cases.answer(tx, found.case.number, canary("answer"), today)
        town.program.queue.defer_sync(tx.sql, AGENCY)
    settle(town)


def others_ask(town: Town) -> None:
    """Everybody else asks for whatever there is to ask for."""
    for person in ("citizen2", "clerk", "finance", "officer", "coordinator", "executive"):
        for words in ("ติดตาม", "ติดตาม 1234 5678 1234 5678", "สถิติ", "งานค้าง", "งานที่ต้องรายงาน"):
            assert town.say(person, words)["status"] == 200
    settle(town)


def numbers(town: Town) -> list[str]:
    with town.program.database.agency(AGENCY) as tx:
        return [case.number for case in cases.cases(tx)]


CONTROLS = {
    "sheet": "เรื่องร้องเรียน".encode(), "log": b"handled", "jobs": b"sujarit:turn",
    "database": b"grievance", "uploads": AGENCY.encode(), "pages": b"sujarit_",
}  # fmt: skip
"""What stands there in any case."""
TITLE = {("title", "sheet"), ("title", "database")}
"""The first words of a grievance, masked, are for the sheet."""


def found_in(
    town: Town, rows: Rows, log: io.StringIO, jobs: str, *receipts: str
) -> set[tuple[str, str]]:
    """Which field was found where."""
    settle(town)
    eventually(lambda: fetched(town), "what was sent was fetched")
    codes = {f"receipt {n}": code for n, code in enumerate(receipts)}
    spaced = {f"spaced {n}": " ".join(re.findall("....", code)) for n, code in enumerate(receipts)}
    looked_at = places(town, rows, log, jobs, METRICS)
    for place, control in CONTROLS.items():
        assert control in looked_at[place], f"there is nothing to be found in {place}"
    return leaks({**words_of(town), **codes, **spaced}, looked_at)


def test_a_canary_is_found_in_every_dress() -> None:
    """What finds nothing must be able to find."""
    word = canary("story")
    decomposed = "é".join(word.split("é"))
    for dressed in (
        word.encode(),
        decomposed.encode(),
        ascii(word).encode(),
        word.encode().hex().encode(),
        base64.b64encode(b"x" + word.encode()),
        base64.b64encode(b"xy" + word.encode() + b"z"),
        base64.urlsafe_b64encode(word.encode()),
        word[7:17].encode(),
        b"%C3%A9".join(part.encode() for part in word.split("é")),
    ):
        assert leaks({"story": word}, {"here": dressed, "there": b""}) == {("story", "here")}
    assert leaks({"story": word}, {"here": canary("other").encode()}) == set()
    assert all(len(one) >= 10 for one in dresses(word))


def test_nothing_of_a_grievance_or_a_protected_case_is_found_anywhere(
    log: io.StringIO, jobs: str, singing: Town, rows: Rows
) -> None:
    talk = Talk(singing)
    in_group(singing)
    lamp = grievance(talk)
    assert talk.taps <= 6
    bribe = protected(talk)
    assert talk.taps <= 6 + 8
    answered(singing, lamp, CaseStatus.IN_PROGRESS)
    answered(singing, bribe, CaseStatus.SUBMITTED)
    case_notices.tell(singing.program)
    case_clock.enter_sheet(singing.program, AGENCY, SLOT)
    eventually(
        lambda: "push" in {one["via"] for one in singing.sent(WRITER)},
        "whoever chose so is told that there is news",
    )
    others_ask(singing)
    settle(singing)
    shown = repr(singing.sheet()["เรื่องร้องเรียน"])
    assert all(number in shown for number in numbers(singing)), "both have a row"
    assert found_in(singing, rows, log, jobs, lamp, bribe) == TITLE


@pytest.mark.long
def test_no_value_and_no_moment_joins_what_staff_filed_to_what_else_they_do(
    singing: Town, rows: Rows
) -> None:
    """The whole way, by one of the staff: he reports on a measure, and files two cases."""
    talk = Talk(singing, "clerk")
    talk.say("รายงานผล ตัวชี้วัด 3 80% ประกาศนโยบายแล้ว https://example.go.th/nogift")
    grievance(talk)
    protected(talk)
    talk.say("ติดตาม")
    talk.say("งานค้าง")
    eventually(lambda: fetched(singing), "what was sent was fetched")
    dump = dumped(rows)
    assert len(dump["case_file"]) == 2
    assert dump["progress"]
    assert dump["evidence"] == [], "what is sent for a case is none of a measure's"
    assert telling(of_cases(dump)) & telling(of_people(dump)) == set()
    assert not any(isinstance(value, datetime) for row in of_cases(dump) for value in row.values())


def fetched(town: Town) -> bool:
    """Nothing waits to be fetched; what is to be tried again at a whole minute is so now."""
    paused = "UPDATE case_upload SET retry_at = NULL WHERE retry_at IS NOT NULL"
    waiting = "SELECT count(*) FROM case_upload WHERE state = 'waiting'"
    busy = "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%uploads'"
    with town.program.database.agency(AGENCY) as tx:
        tx.sql.execute(sa.text(paused))
        return not (tx.sql.scalar(sa.text(waiting)) or tx.sql.scalar(sa.text(busy)))


# --- Whatever fails


@contextmanager
def failing(town: Town, rows: Rows, log: io.StringIO, what: str) -> Iterator[None]:
    """Something is away, or refuses, from before something is told or sent until it is noticed."""
    kind, name, fault = what.split()
    if kind == "table":
        with refusing(rows, name):
            yield
            eventually(lambda: failures(town) > 0, "a transaction failed")
    elif kind == "keyring":
        with away(Path(town.environment["SUJARIT_KEYRING"]) / name):
            yield
            eventually(lambda: "KeyringAway" in log.getvalue(), "the keyring was missed")
    elif kind == "folder":
        with away(Path(town.program.settings.case_files)):
            yield
            eventually(lambda: waiting_files(town), "the folder was missed")
    else:
        town.fault(kind, name, fault, times=2)
        yield


@contextmanager
def away(folder: Path) -> Iterator[None]:
    """Something else stands where a folder was."""
    folder.mkdir(exist_ok=True)
    elsewhere = folder.rename(folder.with_suffix(".away"))
    folder.write_bytes(b"")
    yield
    folder.unlink()
    elsewhere.rename(folder)


@contextmanager
def refusing(rows: Rows, table: str) -> Iterator[None]:
    """No row enters this table; what PostgreSQL says of it carries the row."""
    with rows.engine.connect() as sql:
        sql.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT boom CHECK (false) NOT VALID")
        yield
        sql.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT boom")


def failures(town: Town) -> int:
    with town.program.database.agency(AGENCY) as tx:
        return int(tx.sql.scalar(sa.text("SELECT coalesce(sum(attempts), 0) FROM event")) or 0)


def waiting_files(town: Town) -> bool:
    """Whether a file that was sent is to be tried again."""
    with town.program.database.agency(AGENCY) as tx:
        again = "SELECT EXISTS (SELECT FROM case_upload WHERE state = 'waiting' AND attempts > 0)"
        return bool(tx.sql.scalar(sa.text(again)))


WHILE_TOLD = ("table step -", "table case_upload -", "folder case_files -")
"""What fails while something is told yet; anything else when a case is sent."""
FAILURES = (
    *WHILE_TOLD,
    "table case_file -", "table case_party -", "table case_entry -", "table case_evidence -",
    "table case_pace -", "table case_register -", "table button -",
    "table message -", "keyring cases -", "keyring accounts -", "line reply 500",
    "line reply drop_after", "line reply 429", "line content 500", "line content drop_before",
    "google * 500", "google batchUpdate drop_after",
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("what", FAILURES)
def test_nor_on_the_way_of_any_failure(
    what: str, log: io.StringIO, jobs: str, singing: Town, rows: Rows
) -> None:
    """The case is filed all the same, once, when what failed is there again."""
    talk, receipts = Talk(singing), []
    for begin, send in (
        (begin_grievance, "tap.send"),
        (begin_protected, "protected_tap.send"),
    ):
        begin(talk)
        with failing(singing, rows, log, what):
            if what in WHILE_TOLD:
                talk.say({"type": "image"}, photo(), wait=False)
            else:
                talk.tap(tap_words(send), wait=False)
        settle(singing)
        if what in WHILE_TOLD:
            talk.tap(tap_words(send))
        eventually(lambda: re.search(CODE, talk.newest), "the code was shown")
        receipts.append(talk.receipt)
    with singing.program.database.agency(AGENCY) as tx:
        filed = {one.case.id for code in receipts if (one := cases.by_receipt(tx, code))}
        assert filed == {case.id for case in cases.cases(tx)}
        assert len(filed) == 2
    assert found_in(singing, rows, log, jobs, *receipts) == TITLE


@pytest.mark.long
@pytest.mark.parametrize("fault", ["500", "429", "drop_after", "applied_then_503"])
def test_nor_where_a_notice_cannot_be_pushed(
    fault: str, log: io.StringIO, jobs: str, singing: Town, rows: Rows
) -> None:
    lamp = grievance(Talk(singing))
    answered(singing, lamp, CaseStatus.IN_PROGRESS)
    singing.fault("line", "push", fault, times=2)
    case_notices.tell(singing.program)
    eventually(lambda: "not sent" in log.getvalue(), "it cannot be told whether LINE took it")
    eventually(
        lambda: "push" in {one["via"] for one in singing.sent(WRITER)}, "it is sent all the same"
    )
    assert found_in(singing, rows, log, jobs, lamp) == TITLE


# --- What only the writer may see, and when


def test_a_card_of_a_case_is_never_pushed_but_comes_with_the_next_answer(singing: Town) -> None:
    """The reply token was stale: the receipt code waits until the writer is at the telephone."""
    talk = Talk(singing)
    begin_protected(talk)
    send = buttons(singing, WRITER)[tap_words("protected_tap.send")]
    before = len(singing.sent(WRITER))
    late = press_event(singing, WRITER, send, "LATE")
    assert "replyToken" not in late
    assert singing.deliver(body(singing, late))["status"] == 200
    with singing.program.database.agency(AGENCY) as tx:
        eventually(lambda: len(cases.cases(tx)) == 1, "the case was filed")
    eventually(lambda: waits(singing), "the card waits")
    assert len(singing.sent(WRITER)) == before
    talk.say("ติดตาม")
    found = singing.sent(WRITER)[before:]
    assert {one["via"] for one in found} == {"reply"}
    assert re.search(CODE, str(found[0]["message"]))


def waits(town: Town) -> bool:
    doubtful = "SELECT count(*) FROM message WHERE settled_at IS NULL AND attempted_at IS NOT NULL"
    with town.program.database.agency(AGENCY) as tx:
        return bool(tx.sql.scalar(sa.text(doubtful)))


# --- By the web


@pytest.mark.long
def test_nor_of_what_comes_by_the_web(
    log: io.StringIO, jobs: str, singing: Town, rows: Rows
) -> None:
    browser = Browser(create_app(singing.program).test_client())
    story = f"ไฟทางดับ โทร 0898765432 {canary('title')} {'ดับทุกคืน ' * 10} {canary('story')}"
    file_grievance(browser, story, canary("place"))
    receipts = [browser.receipt]
    private = {"name": canary("name"), "phone": "0898765432"}
    with refusing(rows, "case_party"):
        file_protected(browser, canary("protected_story"), [photo()], **private)
    assert browser.said == 503
    browser.press("ส่ง")
    receipts.append(browser.receipt)
    browser.open(f"/complaints/{AGENCY}/follow").press("เปิดเรื่อง", code=receipts[1])
    browser.post(f"/complaints/{AGENCY}/protected", {"story": [canary("more")], "do": ["send"]})
    assert browser.said == 403
    answered(singing, receipts[1], CaseStatus.SUBMITTED)
    case_clock.enter_sheet(singing.program, AGENCY, SLOT)
    others_ask(singing)
    assert found_in(singing, rows, log, jobs, *receipts) == TITLE
    assert leaks({"address": ADDRESS}, places(singing, rows, log, jobs, METRICS)) == set()


# --- Swapped bytes, on the whole way


def test_swapped_bytes_are_no_error_but_an_alarm(singing: Town, rows: Rows) -> None:
    talk = Talk(singing)
    lamp = grievance(talk)
    with rows.engine.connect() as sql:
        sql.exec_driver_sql(
            "UPDATE case_entry SET sealed_text = (SELECT sealed_place FROM case_party);"
            "UPDATE case_party SET sealed_place = (SELECT sealed_routing FROM case_file)"
        )
    for words in ("ติดตาม", f"ติดตาม {lamp}"):
        before = len(singing.sent(WRITER))
        talk.say(words)
        shown = str([one["message"] for one in singing.sent(WRITER)[before:]])
        assert "รับเรื่องแล้ว" in shown
        assert canary("place") not in shown
    assert failures(singing) == 0
    with singing.program.database.house() as sql:
        assert tally.counts(sql)[ALERT] > 0
    assert re.search(rb"sujarit_sealed_bytes_refused_total [1-9]", pages(singing, METRICS))
