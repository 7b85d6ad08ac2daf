"""Every kind of fault, as an unmodified client meets it, and what is in the sheet afterwards."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import gspread
import pytest
import requests
from flask import Response

from sandbox.faults import KINDS, Faults
from tests.sandbox.google.stage import BOOK, Stage, batch, refused, rows, tag, write


def column(stage: Stage) -> list[str | None]:
    """The first column as the world has it, past every fault."""
    sheet = stage.world.files[BOOK].book.sheets[0]
    values = [sheet.cell(row, 0).get("userEnteredValue", {}) for row in range(3)]
    return [value.get("stringValue") for value in values]


ANSWERS = [
    ("429", 429, None),
    ("500", 500, None),
    ("503", 503, None),
    ("applied_then_503", 503, "x"),
]


@pytest.mark.parametrize(("kind", "code", "left"), ANSWERS)
def test_an_answer_that_is_an_error(
    stage: Stage, book: gspread.Spreadsheet, kind: str, code: int, left: str | None
) -> None:
    stage.world.faults.add("batchUpdate", kind)
    with refused(code):
        batch(book, write(0, 0, "x"))
    assert column(stage)[0] == left
    batch(book, write(0, 0, "again"))


@pytest.mark.parametrize(("kind", "left"), [("drop_before", None), ("drop_after", "x")])
def test_a_cut_connection(
    stage: Stage, book: gspread.Spreadsheet, kind: str, left: str | None
) -> None:
    stage.world.faults.add("batchUpdate", kind)
    with pytest.raises(requests.ConnectionError):
        batch(book, write(0, 0, "x"))
    assert column(stage)[0] == left


@pytest.mark.parametrize(("kind", "left"), [("hold_before", None), ("hold_after", "x")])
def test_a_hang(stage: Stage, book: gspread.Spreadsheet, kind: str, left: str | None) -> None:
    stage.world.faults.add("batchUpdate", kind)
    with ThreadPoolExecutor() as pool:
        call: Future[object] = pool.submit(batch, book, write(0, 0, "x"))
        assert stage.world.faults.wait_held()
        assert stage.world.faults.held == 1
        assert column(stage)[0] == left
        stage.world.faults.release()
        assert call.result() == [{}]
    assert column(stage)[0] == "x"
    assert stage.world.faults.held == 0


def test_a_held_call_goes_on_without_its_client(stage: Stage, book: gspread.Spreadsheet) -> None:
    stage.world.faults.add("batchUpdate", "hold_before")
    book.client.set_timeout(0.2)
    with pytest.raises(requests.ReadTimeout):
        batch(book, write(0, 0, "late"))
    assert column(stage)[0] is None
    applied = watch(stage, "batchUpdate")
    stage.world.faults.release()
    assert applied.wait(10)
    assert column(stage)[0] == "late"


def watch(stage: Stage, name: str) -> threading.Event:
    """Return an event that is set when a call of this name has been answered."""
    done, log = threading.Event(), stage.world.log

    def logged(call: dict[str, object]) -> None:
        log(call)
        if call["call"] == name:
            done.set()

    stage.world.log = logged  # type: ignore[method-assign]
    return done


def test_a_late_writer_is_fenced_off(stage: Stage, book: gspread.Spreadsheet) -> None:
    stage.world.faults.add("batchUpdate", "hold_before")
    book.client.set_timeout(0.2)
    with pytest.raises(requests.ReadTimeout):
        batch(book, tag(7, 0), write(0, 0, "late"))
    book.client.set_timeout(10)
    batch(book, tag(7, 0), write(0, 0, "again"))
    done = watch(stage, "batchUpdate")
    stage.world.faults.release()
    assert done.wait(10)
    assert stage.world.calls[-1]["status"] == 400
    assert column(stage)[0] == "again"


@pytest.mark.parametrize("fenced", [True, False])
def test_a_late_duplicate(stage: Stage, book: gspread.Spreadsheet, fenced: bool) -> None:
    stage.world.faults.add("batchUpdate", "late_duplicate")
    insert = {"insertDimension": {"range": rows(0, 1)}}
    batch(book, insert, write(0, 0, "x"), *([tag(7, 0)] if fenced else []))
    assert stage.world.faults.wait_held()
    assert column(stage) == ["x", None, None]
    stage.world.faults.release()
    assert stage.world.faults.wait_free()
    assert column(stage) == ["x", None if fenced else "x", None]


def test_a_person_edits_between_read_and_write(stage: Stage, book: gspread.Spreadsheet) -> None:
    person = stage.person("somchai").open_by_key(BOOK)
    stage.world.faults.add("batchUpdate", "hold_before")
    with ThreadPoolExecutor() as pool:
        call: Future[object] = pool.submit(batch, book, write(0, 0, "bot"))
        assert stage.world.faults.wait_held()
        batch(person, write(0, 0, "human"))  # meets no fault: those are the API's
        assert column(stage)[0] == "human"
        stage.world.faults.release()
        call.result()
    assert column(stage)[0] == "bot"


def test_by_chance_but_repeatable() -> None:
    struck = []
    for faults in (Faults(seed=1), Faults(seed=1), Faults(seed=2)):
        faults.add("get", "500", times=1000, chance=0.3)
        struck.append([faults.take("get") is not None for _ in range(200)])
    assert struck[0] == struck[1] != struck[2]
    assert 30 < sum(struck[0]) < 90


def test_latency(stage: Stage, book: gspread.Spreadsheet) -> None:
    stage.world.faults.add("values", "latency", seconds=0.5)
    book.client.set_timeout(0.1)
    with pytest.raises(requests.ReadTimeout):
        book.values_get("A1")


def test_an_expired_token_is_renewed_by_google_auth(
    stage: Stage, book: gspread.Spreadsheet
) -> None:
    stage.world.faults.add("batchUpdate", "expired_token")
    batch(book, write(0, 0, "x"))
    calls = [(call["call"], call["status"]) for call in stage.world.calls]
    assert calls[-3:] == [("batchUpdate", 401), ("token", 200), ("batchUpdate", 200)]


def test_a_token_that_is_not_given(stage: Stage) -> None:
    stage.world.faults.add("token", "drop_before", times=3)
    with pytest.raises(Exception, match=r"Connection|aborted|reset"):
        stage.client().open_by_key(BOOK)


def test_names_and_times() -> None:
    faults = Faults()
    faults.add("values", "500", times=2)
    faults.add("*", "503")
    taken = [faults.take(call) for call in ("values.get", "get", "values", "values", "getAll")]
    assert [fault and fault.kind for fault in taken] == ["500", "503", "500", None, None]


@pytest.mark.parametrize(
    ("kind", "times", "seconds"), [("fire", 1, 0), ("500", 0, 0), ("500", 1, -1)]
)
def test_no_such_fault(kind: str, times: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="fault"):
        Faults().add("get", kind, times, seconds)


def test_without_a_fault_the_work_is_done() -> None:
    answer = Response("ok")
    no_error: Callable[[int], Response] = lambda status: Response(status=status)  # noqa: E731 - typed
    assert Faults().around(None, lambda: answer, no_error) is answer


def test_every_kind_is_known() -> None:
    faults = Faults()
    for kind in KINDS:
        faults.add("get", kind, edits=[{}] if kind == "person_first" else [])
    assert [fault["kind"] for fault in faults.waiting()] == list(KINDS)
    faults.clear()
    assert faults.take("get") is None


def test_a_person_comes_between_the_read_and_the_write(
    stage: Stage, book: gspread.Spreadsheet
) -> None:
    """A line inserted above: what the caller planned for line 1 lands on another's."""
    batch(book, write(0, 0, "first"))
    sheet = book.sheet1.id
    place = {"sheetId": sheet, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    inserted = {"insertDimension": {"range": place, "inheritFromBefore": False}}
    stage.world.faults.add("batchUpdate", "person_first", edits=[inserted])
    batch(book, write(0, 0, "planned for the first line"))
    assert column(stage)[:2] == ["planned for the first line", "first"]


def test_only_a_person_brings_edits(stage: Stage) -> None:
    with pytest.raises(ValueError, match="person_first"):
        stage.world.faults.add("batchUpdate", "person_first")
    with pytest.raises(ValueError, match="person_first"):
        stage.world.faults.add("batchUpdate", "503", edits=[{"addSheet": {}}])
