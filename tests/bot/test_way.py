"""The whole way: a signed webhook becomes one reply and one cell, once, whatever comes twice."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from sandbox.script import texts_in
from tests.bot.town import Town, eventually

REPORT = "รายงานผล ตัวชี้วัด 3 80% ประกาศนโยบายงดรับของขวัญแล้ว https://example.go.th/nogift"
OUTPUT, LINK = "ประกาศนโยบายงดรับของขวัญแล้ว", "https://example.go.th/nogift"

Rows = list[list[str]]


def changed(before: dict[str, Rows], after: dict[str, Rows]) -> dict[str, Rows]:
    """Tab → rows that are not what they were; a tab where nothing changed is left out."""
    found = {}
    for tab in {*before, *after}:
        old, new = before.get(tab, []), after.get(tab, [])
        rows = [row for line, row in enumerate(new) if line >= len(old) or old[line] != row]
        rows += [["(gone)", *row] for row in old[len(new) :]]
        if rows:
            found[tab] = rows
    return found


def settle(town: Town, agency: str = "dongmuang") -> None:
    """Until nothing waits any more: no event, no message, no mark, no attempt in doubt."""

    def quiet() -> bool:
        with town.program.database.agency(agency) as tx:
            waiting = tx.sql.scalar(
                sa.text(
                    "SELECT (SELECT count(*) FROM event"
                    "         WHERE handled_at IS NULL AND set_aside_at IS NULL)"
                    " + (SELECT count(*) FROM message WHERE settled_at IS NULL)"
                    " + (SELECT count(*) FROM outbox)"
                    " + (SELECT count(*) FROM spreadsheet, jsonb_array_elements(attempts) AS one"
                    "     WHERE NOT (one ->> 'applied')::boolean)"
                )
            )
        return bool(waiting == 0)

    eventually(quiet, "nothing waits any more")


def raw_event(town: Town, person: str, text: str, name: str, **more: Any) -> dict[str, Any]:
    """An event as LINE would send it, with an id and no reply token of the stand-in's."""
    return {
        "type": "message",
        "mode": "active",
        "timestamp": int(town.program.clock().timestamp() * 1000),
        "source": {"type": "user", "userId": town.user_id(person)},
        "webhookEventId": f"01TEST{name:0>20}",
        "deliveryContext": {"isRedelivery": False},
        "message": {"id": "1", "type": "text", "text": text, "quoteToken": "q"},
        **more,
    }


def body(town: Town, *events: dict[str, Any]) -> bytes:
    return json.dumps({"destination": "set by the stand-in", "events": events}).encode()


def test_a_report_becomes_one_reply_one_row_and_one_log_entry(town: Town) -> None:
    settle(town)
    before = town.sheet()
    assert town.say("clerk", REPORT)["status"] == 200
    eventually(lambda: town.sent("clerk"), "the reply is there")
    settle(town)

    (reply,) = town.sent("clerk")
    words = "\n".join(texts_in(reply["message"]))
    assert reply["via"] == "reply"
    assert "No Gift Policy" in words
    assert "80" in words
    assert "อยู่ระหว่างดำเนินการ" in words

    rows = changed(before, town.sheet())
    assert sorted(rows) == ["ความก้าวหน้า", "มาตรการ"]
    (measure,) = rows["มาตรการ"]
    (entry,) = rows["ความก้าวหน้า"]
    for row in (measure, entry):
        for cell in ("3", "อยู่ระหว่างดำเนินการ", "80", OUTPUT, LINK):
            assert cell in row


def test_the_same_delivery_again_and_ten_at_once_changes_nothing_more(town: Town) -> None:
    settle(town)
    before = town.sheet()
    raw = body(town, raw_event(town, "clerk", REPORT, "SAME"))
    assert town.deliver(raw)["status"] == 200
    settle(town)
    with ThreadPoolExecutor(10) as pool:
        statuses = [answer["status"] for answer in pool.map(lambda _: town.deliver(raw), range(10))]
    assert statuses == [200] * 10
    settle(town)

    assert len(town.sent("clerk")) == 1
    rows = changed(before, town.sheet())
    assert {tab: len(found) for tab, found in rows.items()} == {"ความก้าวหน้า": 1, "มาตรการ": 1}


def test_the_stand_ins_own_redelivery_of_a_said_message_is_answered_once(town: Town) -> None:
    town.say("clerk", REPORT, duplicates=3)
    settle(town)
    assert len(town.sent("clerk")) == 1


def test_ten_first_deliveries_at_once_are_one(town: Town) -> None:
    settle(town)
    before = town.sheet()
    raw = body(town, raw_event(town, "clerk", REPORT, "RACE"))
    with ThreadPoolExecutor(10) as pool:
        statuses = [answer["status"] for answer in pool.map(lambda _: town.deliver(raw), range(10))]
    assert statuses == [200] * 10
    settle(town)
    assert len(town.sent("clerk")) == 1
    assert len(changed(before, town.sheet())["ความก้าวหน้า"]) == 1


def test_two_peoples_events_in_one_body_are_both_handled(town: Town) -> None:
    settle(town)
    before = town.sheet()
    raw = body(
        town,
        raw_event(town, "clerk", REPORT, "CLERK"),
        raw_event(town, "finance", "รายงานผล 2 50% เผยแพร่งบประมาณแล้ว", "FINANCE"),
    )
    assert town.deliver(raw)["status"] == 200
    settle(town)
    assert len(town.sent("clerk")) == 1
    assert len(town.sent("finance")) == 1
    assert len(changed(before, town.sheet())["ความก้าวหน้า"]) == 2


def test_text_that_looks_like_a_formula_stands_in_the_cell_as_text(town: Town) -> None:
    settle(town)
    before = town.sheet()
    formula = '=IMPORTXML("https://example.go.th","//a")'
    town.say("clerk", f"รายงานผล ตัวชี้วัด 3 80% {formula}")
    settle(town)
    (entry,) = changed(before, town.sheet())["ความก้าวหน้า"]
    assert any(cell.startswith("=IMPORTXML(") for cell in entry)
    assert "formulaValue" not in str(town.cells())


def test_what_is_called_done_is_asked_for_what_it_does_not_show(town: Town) -> None:
    town.say("clerk", "รายงานผล ตัวชี้วัด 3 เสร็จแล้ว ประกาศแล้ว")
    settle(town)
    assert "ยังไม่ถือว่าแล้วเสร็จ" in town.words("clerk")


def test_a_case_gets_a_row_with_a_masked_title(town: Town) -> None:
    settle(town)
    before = town.sheet()
    for text in ("แจ้งเหตุ ไฟถนนดับ โทร ๐๘๑-๐๐๐-๐๐๐๐", "ตรงข้ามศาลาตัวอย่าง", "ข้าม", "ส่ง"):
        town.say("citizen", text)
        settle(town)
    rows = changed(before, town.sheet())
    assert sorted(rows) == ["สถิติเรื่องร้องเรียน", "เรื่องร้องเรียน"]
    (case,) = rows["เรื่องร้องเรียน"]
    number = next(cell for cell in case if "-" in cell)
    assert number in town.words("citizen")
    assert "ไฟถนนดับ โทร •••" in case
    for secret in ("๐๐๐", "000-0000", "ศาลาตัวอย่าง"):
        assert secret not in str(town.sheet())


def test_after_everything_is_handled_no_words_and_no_ids_are_kept_in_the_clear(town: Town) -> None:
    town.say("citizen", "แจ้งเหตุ ไฟถนนดับหน้าศาลาตัวอย่าง")
    town.say("clerk", REPORT)
    settle(town)
    with town.program.database.agency("dongmuang") as tx:
        kept = ""
        for table in ("event", "message", "chat", "person", "case_file", "procrastinate_jobs"):
            kept += str(tx.sql.execute(sa.text(f"SELECT * FROM {table}")).all())
        bodies = tx.sql.scalar(sa.text("SELECT count(sealed_body) FROM event"))
        unsent = tx.sql.scalar(sa.text("SELECT count(sealed_body) FROM message"))
    assert (bodies, unsent) == (0, 0), "dropped when handled, dropped when sent"
    for secret in ("ศาลาตัวอย่าง", town.user_id("citizen"), town.user_id("clerk")):
        assert secret not in kept
        assert secret.encode().hex() not in kept


def test_a_reply_whose_answer_was_lost_is_not_sent_again(town: Town) -> None:
    town.fault("line", "reply", "drop_after")
    town.say("clerk", REPORT)
    settle(town)
    assert len(town.sent("clerk")) == 1


def test_a_reply_that_line_never_saw_is_sent(town: Town) -> None:
    town.fault("line", "reply", "drop_before")
    town.say("clerk", REPORT)
    settle(town)
    assert len(town.sent("clerk")) == 1


@pytest.mark.parametrize(
    ("call", "kind"),
    [("reply", "429"), pytest.param("reply", "500", marks=pytest.mark.long), ("reply", "503"),
     ("reply", "applied_then_503"), ("reply", "expired_token"), ("token", "503"),
     pytest.param("token", "drop_before", marks=pytest.mark.long)],
)  # fmt: skip
def test_line_away_for_a_moment(town: Town, call: str, kind: str) -> None:
    town.fault("line", call, kind)
    town.say("clerk", REPORT)
    settle(town)
    assert len(town.sent("clerk")) == 1


def test_an_event_without_a_reply_token_is_answered_by_push(town: Town) -> None:
    town.deliver(body(town, raw_event(town, "clerk", REPORT, "NOTOKEN")))
    settle(town)
    (sent,) = town.sent("clerk")
    assert sent["via"] == "push"


@pytest.mark.long
def test_a_stale_token_and_line_away_at_the_push(town: Town) -> None:
    """Refused on the first attempt, and the push fails for a moment: it is not given up."""
    town.fault("line", "push", "503")
    dead = raw_event(town, "clerk", REPORT, "STALE", replyToken="a token that is dead")
    assert town.post([dead]) == 200
    settle(town)
    (sent,) = town.sent("clerk")
    assert sent["via"] == "push"


@pytest.mark.long
def test_an_expired_token_in_doubt_is_shown_with_the_next_reply_and_never_pushed(
    town: Town,
) -> None:
    """LINE hangs until the token is dead: whether the reply arrived, nobody can know."""
    town.fault("line", "reply", "hold_before")
    town.say("clerk", REPORT)
    eventually(lambda: town.sandbox.line.faults.held, "LINE holds the reply")
    ahead(town, seconds=120)
    eventually(lambda: attempts(town) == 2 and not open_work(town), "the doubt stands")
    assert town.sent("clerk") == []
    town.say("clerk", "ช่วยเหลือ")
    eventually(lambda: "No Gift Policy" in town.words("clerk"), "it is shown with the next reply")
    assert {sent["via"] for sent in town.sent("clerk")} == {"reply"}


def ahead(town: Town, seconds: float) -> None:
    """Move the clock that all share."""
    answer = town_post(town, "/_sandbox/clock", {"mode": "offset", "seconds": seconds})
    assert answer == 200


def town_post(town: Town, path: str, given: dict[str, Any]) -> int:
    return requests.post(town.url + path, json=given, timeout=10).status_code


def attempts(town: Town) -> int:
    with town.program.database.agency("dongmuang") as tx:
        return int(tx.sql.scalar(sa.text("SELECT max(attempts) FROM message")) or 0)


def open_work(town: Town) -> bool:
    """Whether a turn is waiting or running."""
    with town.program.database.house() as sql:
        return bool(
            sql.scalar(sa.text("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'turn'"))
        )
