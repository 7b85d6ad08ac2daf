"""Reports taken back: what a measure was before, what others changed since, and empty words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from ita.changes import ReportProgress, SendBack
from ita.dates import Period, read_period
from ita.measures import Acceptance, Measure, Progress, Status
from ita.rounds import rounds_of
from store import evidence, outbox, register, sheet_state, undoing
from store.database import Database, Transaction
from store.schema import progress

NOW = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
FIRST, SECOND = "111222333", "444555666"
TWICE = read_period("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘", 2568)
TWICE_ON = rounds_of(TWICE)


@pytest.fixture
def tx(database: Database) -> Iterator[Transaction]:
    with database.agency("one") as tx:
        sheet_state.enter(tx, "sheet-of-one")
        yield tx


def entered(tx: Transaction) -> Measure:
    """A measure as an imported one: something is known of it, and nobody reported by chat."""
    new = Measure(
        0, 2568, 1, "เรื่องทดสอบ", "กองทดสอบ", Period("", "unknown"), status=Status.IN_PROGRESS,
        percent=10, output="ตามแผนเดิม", evidence=("https://old.go.th",),
    )  # fmt: skip
    added = register.add_measure(tx, new)
    assert added is not None
    return added


def report(
    tx: Transaction, measure: Measure, hours: int, message: str = "", **more: object
) -> Measure:
    said: dict[str, object] = {"status": Status.IN_PROGRESS, "percent": None, "output": "", **more}
    written = Progress(measure.id, NOW + timedelta(hours=hours), "กองทดสอบ", **said)  # type: ignore[arg-type] # keyword tables in tests are not typed per field
    register.apply(tx, ReportProgress(written), "p", message)
    return now_of(tx, measure)


def now_of(tx: Transaction, measure: Measure) -> Measure:
    return register.measures_by_id(tx, [measure.id])[measure.id]


def log(tx: Transaction) -> list[tuple[object, ...]]:
    columns = (progress.c.output, progress.c.links, progress.c.undone)
    return [tuple(row) for row in tx.sql.execute(sa.select(*columns).order_by(progress.c.id))]


def settle(tx: Transaction) -> None:
    outbox.settle(tx, outbox.waiting(tx))


def marked(tx: Transaction) -> set[str]:
    return {mark.tab for mark in outbox.waiting(tx)}


def test_the_newest_report_is_undone_as_if_it_had_never_been(tx: Transaction) -> None:
    before = entered(tx)
    done = Status.AWAITING_ACCEPTANCE
    report(
        tx, before, 1, FIRST, status=done, percent=100, output="ทำครบ", links=("https://a.go.th",)
    )
    settle(tx)
    assert undoing.take_back(tx, FIRST)
    assert now_of(tx, before) == before
    assert log(tx) == [("", [], True)]
    assert marked(tx) == {"measures", outbox.AMENDED}
    assert register.history(tx, before.id, 5) == []
    assert register.report_counts(tx, NOW, NOW + timedelta(days=1)) == {}
    assert not register.called_done_by(tx, before.id, "p")
    assert undoing.take_back(tx, FIRST), "a second time changes nothing"
    assert now_of(tx, before) == before


def test_two_undone_one_after_the_other(tx: Transaction) -> None:
    start = entered(tx)
    between = report(tx, start, 1, FIRST, percent=40, output="ขั้นที่หนึ่ง")
    report(tx, start, 2, SECOND, percent=60, output="ขั้นที่สอง")
    assert undoing.take_back(tx, SECOND)
    assert now_of(tx, start) == between
    assert undoing.take_back(tx, FIRST)
    assert now_of(tx, start) == start


def test_an_older_one_loses_its_words_and_the_measure_stays_how_far_it_is(
    tx: Transaction,
) -> None:
    start = entered(tx)
    report(tx, start, 1, FIRST, percent=40, output="คำที่เรียกคืน", links=("https://a.go.th",))
    newest = report(tx, start, 2, SECOND, percent=60)
    assert newest.output == "คำที่เรียกคืน"
    assert undoing.take_back(tx, FIRST)
    now = now_of(tx, start)
    assert (now.percent, now.last_report_at) == (60, newest.last_report_at)
    assert (now.output, now.evidence) == (start.output, start.evidence)
    assert log(tx) == [("", [], False), ("", [], False)]


def test_words_taken_back_do_not_come_back_when_the_next_report_goes_too(tx: Transaction) -> None:
    start = entered(tx)
    report(tx, start, 1, FIRST, output="คำที่เรียกคืน")
    report(tx, start, 2, SECOND, output="คำใหม่")
    assert undoing.take_back(tx, FIRST)
    assert now_of(tx, start).output == "คำใหม่"
    assert "คำที่เรียกคืน" not in str(tx.sql.execute(sa.select(progress)).all())
    assert undoing.take_back(tx, SECOND)
    assert now_of(tx, start).output == start.output


def test_words_that_somebody_said_again_stay(tx: Transaction) -> None:
    start = entered(tx)
    report(tx, start, 1, FIRST, output="ประชุมแล้ว", links=("https://a.go.th",))
    report(tx, start, 2, SECOND, output="ประชุมแล้ว", links=("https://a.go.th",))
    assert undoing.take_back(tx, FIRST)
    now = now_of(tx, start)
    assert (now.output, now.evidence) == ("ประชุมแล้ว", ("https://old.go.th", "https://a.go.th"))


def test_what_people_changed_in_the_sheet_since_stands(tx: Transaction) -> None:
    start = entered(tx)
    reported = report(tx, start, 1, FIRST, percent=40, output="จากแชต")
    register.change_measure(
        tx, replace(reported, output="แก้ในชีต", evidence=(*reported.evidence, "https://b.go.th"))
    )
    assert undoing.take_back(tx, FIRST)
    now = now_of(tx, start)
    assert (now.output, now.percent) == ("แก้ในชีต", 10)
    assert now.evidence == ("https://old.go.th", "https://b.go.th")


def test_a_late_report_that_changed_nothing_takes_nothing_with_it(tx: Transaction) -> None:
    start = entered(tx)
    newest = report(tx, start, 2, SECOND, percent=60, output="ล่าสุด")
    assert report(tx, start, 1, FIRST, percent=40, output="มาช้า") == newest
    assert undoing.take_back(tx, FIRST)
    assert now_of(tx, start) == newest


def test_a_report_of_several_messages_goes_with_any_of_them(tx: Transaction) -> None:
    start = entered(tx)
    written = Progress(start.id, NOW, "กองทดสอบ", Status.IN_PROGRESS, 50, "คำ")
    register.apply(tx, ReportProgress(written, (FIRST, SECOND)), "p")
    assert not undoing.take_back(tx, "another")
    assert not undoing.take_back(tx, "")
    assert undoing.take_back(tx, SECOND)
    assert now_of(tx, start) == start


def test_which_messages_a_report_came_from_cannot_be_read(tx: Transaction) -> None:
    report(tx, entered(tx), 1, FIRST)
    (messages,) = tx.sql.scalars(sa.select(progress.c.messages))
    assert len(messages) == 1
    assert FIRST not in messages[0]
    assert messages[0] != evidence.link_path(tx.keyring, "one", FIRST).split("/")[-1].split(".")[0]


def test_undo_by_its_id_once(tx: Transaction) -> None:
    start = entered(tx)
    report(tx, start, 1, percent=40)
    (known,) = tx.sql.scalars(sa.select(progress.c.id))
    assert undoing.undo(tx, known)
    assert now_of(tx, start) == start
    assert not undoing.undo(tx, known)
    assert not undoing.undo(tx, known + 1)


def test_evidence_that_is_gone_leaves_measure_and_report(tx: Transaction) -> None:
    start = entered(tx)
    link = "https://sujarit.example" + evidence.link_path(tx.keyring, "one", "77")
    known = evidence.keep(tx, "77", "image", "", "p", NOW)
    assert known is not None
    assert report(tx, start, 1, FIRST, links=(link, "https://b.go.th")).evidence[1] == link
    settle(tx)
    assert undoing.drop_evidence(tx, known)
    assert now_of(tx, start).evidence == ("https://old.go.th", "https://b.go.th")
    assert log(tx) == [("", ["https://b.go.th"], False)]
    assert marked(tx) == {"measures", outbox.AMENDED}
    assert not undoing.drop_evidence(tx, known)


def photo_kept(tx: Transaction) -> tuple[str, str]:
    """The id and the link of a photo that waits to be fetched."""
    known = evidence.keep(tx, "77", "image", "", "p", NOW)
    assert known is not None
    return known, "https://sujarit.example" + evidence.link_path(tx.keyring, "one", "77")


def without_evidence(tx: Transaction) -> Measure:
    bare = replace(entered(tx), evidence=())
    register.change_measure(tx, bare)
    return bare


@pytest.mark.parametrize(
    ("left", "status"),
    [((), Status.IN_PROGRESS), (("https://b.go.th",), Status.AWAITING_ACCEPTANCE)],
)
def test_nothing_awaits_acceptance_whose_only_evidence_is_gone(
    tx: Transaction, left: tuple[str, ...], status: Status
) -> None:
    start, (known, link) = without_evidence(tx), photo_kept(tx)
    done = report(tx, start, 1, FIRST, status=Status.AWAITING_ACCEPTANCE, links=(link, *left))
    assert undoing.drop_evidence(tx, known)
    assert now_of(tx, start) == replace(done, status=status, evidence=left)
    assert undoing.take_back(tx, FIRST), "and it can be taken back as ever"
    assert now_of(tx, start) == start


def test_what_is_accepted_stays_so_without_its_evidence(tx: Transaction) -> None:
    start, (known, link) = without_evidence(tx), photo_kept(tx)
    done = report(tx, start, 1, FIRST, status=Status.AWAITING_ACCEPTANCE, links=(link,))
    register.change_measure(tx, replace(done, status=Status.DONE))
    assert undoing.drop_evidence(tx, known)
    assert now_of(tx, start).status is Status.DONE


def of_two_rounds(tx: Transaction, *, photo: str, other: str) -> Measure:
    """A measure of two rounds, both called done with one link each; it awaits acceptance."""
    start, done = without_evidence(tx), {"says_done": True}
    register.change_measure(tx, replace(start, period=TWICE))
    first, second = TWICE_ON
    report(tx, start, 1, FIRST, links=(photo,), round=first, **done)
    return report(
        tx, start, 2, SECOND, status=Status.AWAITING_ACCEPTANCE, links=(other,), round=second,
        **done,
    )  # fmt: skip


def test_a_round_that_loses_its_only_photo_opens_the_whole_again(tx: Transaction) -> None:
    known, link = photo_kept(tx)
    done = of_two_rounds(tx, photo=link, other="https://b.go.th")
    settle(tx)
    assert undoing.drop_evidence(tx, known)
    now = now_of(tx, done)
    assert (now.status, now.evidence) == (Status.IN_PROGRESS, ("https://b.go.th",))
    assert "measures" in marked(tx)


def test_a_round_whose_report_is_taken_back_opens_the_whole_again(tx: Transaction) -> None:
    done = of_two_rounds(tx, photo="https://a.go.th", other="https://b.go.th")
    assert undoing.take_back(tx, FIRST)
    now = now_of(tx, done)
    assert (now.status, now.evidence) == (Status.IN_PROGRESS, ("https://b.go.th",))


def test_a_round_that_is_shown_otherwise_stays_done(tx: Transaction) -> None:
    known, link = photo_kept(tx)
    done = of_two_rounds(tx, photo=link, other="https://b.go.th")
    report(
        tx, done, 3, status=Status.AWAITING_ACCEPTANCE, links=("https://c.go.th",),
        round=TWICE_ON[0], says_done=True,
    )  # fmt: skip
    assert undoing.drop_evidence(tx, known)
    assert now_of(tx, done).status is Status.AWAITING_ACCEPTANCE


def test_a_round_that_was_accepted_stays_so_without_its_photo(tx: Transaction) -> None:
    known, link = photo_kept(tx)
    done = of_two_rounds(tx, photo=link, other="https://b.go.th")
    register.change_measure(tx, replace(done, status=Status.DONE))
    assert undoing.drop_evidence(tx, known)
    assert now_of(tx, done).status is Status.DONE


def test_a_measure_called_done_on_the_evidence_of_an_older_report_goes_on_without_it(
    tx: Transaction,
) -> None:
    start = without_evidence(tx)
    report(tx, start, 1, FIRST, links=("https://a.go.th",))
    report(tx, start, 2, SECOND, status=Status.AWAITING_ACCEPTANCE)
    assert undoing.take_back(tx, FIRST)
    now = now_of(tx, start)
    assert (now.status, now.evidence) == (Status.IN_PROGRESS, ())


def test_a_report_that_calls_done_what_its_lost_photo_showed_does_not_await_acceptance(
    tx: Transaction,
) -> None:
    start, (known, link) = without_evidence(tx), photo_kept(tx)
    evidence.give_up(tx, known, "refused", "type")
    done = Status.AWAITING_ACCEPTANCE
    now = report(tx, start, 1, FIRST, status=done, links=(link,), says_done=True)
    assert (now.status, now.evidence) == (Status.IN_PROGRESS, ())
    (told,) = register.history(tx, start.id, 5)
    assert (told.status, told.says_done) == (Status.IN_PROGRESS, True)


def sent_back(tx: Transaction, reason: str, message: str) -> Measure:
    start = entered(tx)
    report(tx, start, 1, status=Status.AWAITING_ACCEPTANCE)
    register.apply(tx, SendBack(start.id, reason), "coordinator", message)
    settle(tx)
    return now_of(tx, start)


def test_an_unsent_reason_leaves_the_measure_which_stays_sent_back(tx: Transaction) -> None:
    returned = sent_back(tx, "เหตุผลที่เรียกคืน", FIRST)
    assert FIRST not in str(tx.sql.execute(sa.text("SELECT * FROM measure")).all())
    undoing.take_back(tx, SECOND)
    undoing.take_back(tx, "")
    assert now_of(tx, returned) == returned
    undoing.take_back(tx, FIRST)
    assert now_of(tx, returned) == replace(returned, reason="")
    assert returned.acceptance is Acceptance.RETURNED
    assert marked(tx) == {"measures"}


def test_a_reason_that_somebody_wrote_since_is_not_taken_back(tx: Transaction) -> None:
    returned = sent_back(tx, "เหตุผลที่เรียกคืน", FIRST)
    register.change_measure(tx, replace(returned, percent=50))
    register.change_measure(tx, replace(returned, reason="แก้ในชีต"))
    undoing.take_back(tx, FIRST)
    assert now_of(tx, returned).reason == "แก้ในชีต"


def test_a_reason_is_taken_back_although_something_else_changed(tx: Transaction) -> None:
    returned = sent_back(tx, "เหตุผลที่เรียกคืน", FIRST)
    report(tx, returned, 2, SECOND, percent=50)
    undoing.take_back(tx, FIRST)
    assert now_of(tx, returned).reason == ""


def test_a_reason_sent_without_a_message_is_nobodys_to_take_back(tx: Transaction) -> None:
    returned = sent_back(tx, "ขาดรูปถ่าย", "")
    undoing.take_back(tx, "")
    assert now_of(tx, returned).reason == "ขาดรูปถ่าย"


def test_a_report_written_after_its_photo_was_unsent_does_not_name_it(tx: Transaction) -> None:
    start = entered(tx)
    link = "https://sujarit.example" + evidence.link_path(tx.keyring, "one", "77")
    evidence.unsend(tx, "77", NOW)
    assert report(tx, start, 1, FIRST, links=(link,)).evidence == start.evidence
    assert log(tx) == [("", [], False)]
