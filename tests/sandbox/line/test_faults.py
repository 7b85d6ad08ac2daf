"""Faults on LINE's calls, as a client meets them."""

import threading

import pytest
import urllib3
from linebot.v3.messaging import ApiException, MessagingApi, ReplyMessageRequest, TextMessage

from sandbox.server import Sandbox
from tests.sandbox.line.conftest import Bot, Control

HELLO = [TextMessage(text="สวัสดี")]


def reply_to_last(api: MessagingApi, bot: Bot) -> None:
    token = bot.got[-1].json["events"][0]["replyToken"]
    api.reply_message(ReplyMessageRequest(replyToken=token, messages=HELLO), _request_timeout=5)


@pytest.mark.parametrize(
    ("kind", "status", "applied"),
    [
        ("429", 429, 0),
        ("500", 500, 0),
        ("503", 503, 0),
        ("expired_token", 401, 0),
        ("applied_then_503", 503, 1),
    ],
)
def test_a_fault_answers_once_with_its_status(
    api: MessagingApi, control: Control, bot: Bot, kind: str, status: int, applied: int
) -> None:
    control.say("สวัสดี")
    control.post("/faults", service="line", call="reply", kind=kind)
    with pytest.raises(ApiException) as error:
        reply_to_last(api, bot)
    assert error.value.status == status
    assert "message" in error.value.body
    assert len(control.sent()) == applied
    if not applied:
        reply_to_last(api, bot)


@pytest.mark.parametrize(("kind", "applied"), [("drop_before", 0), ("drop_after", 1)])
def test_a_dropped_connection_is_an_error_of_the_network(
    api: MessagingApi, control: Control, bot: Bot, kind: str, applied: int
) -> None:
    control.say("สวัสดี")
    control.post("/faults", service="line", call="reply", kind=kind)
    with pytest.raises(urllib3.exceptions.HTTPError):
        reply_to_last(api, bot)
    assert len(control.sent()) == applied


@pytest.mark.parametrize(("kind", "applied_while_held"), [("hold_before", 0), ("hold_after", 1)])
def test_a_held_reply_goes_on_when_released(
    sandbox: Sandbox,
    api: MessagingApi,
    control: Control,
    bot: Bot,
    kind: str,
    applied_while_held: int,
) -> None:
    control.say("สวัสดี")
    control.post("/faults", service="line", call="reply", kind=kind)
    held = threading.Thread(target=reply_to_last, args=(api, bot))
    held.start()
    assert sandbox.line.faults.wait_held()
    assert control.get("/faults")["line"] == {"waiting": [], "held": 1}
    assert len(control.sent()) == applied_while_held
    [call] = [c for c in control.get("/line/calls")["calls"] if c["name"] == "reply"]
    assert (call["status"], call["fault"]) == (None, kind)
    control.post("/faults/release")
    held.join()
    assert len(control.sent()) == 1


def test_what_a_gone_client_asked_for_still_happens_on_release(
    api: MessagingApi, control: Control, bot: Bot
) -> None:
    control.say("สวัสดี")
    control.post("/faults", service="line", call="reply", kind="hold_before")
    token = bot.got[0].json["events"][0]["replyToken"]
    with pytest.raises(urllib3.exceptions.HTTPError):
        api.reply_message(
            ReplyMessageRequest(replyToken=token, messages=HELLO), _request_timeout=0.2
        )
    assert control.sent() == []
    control.post("/faults/release")
    control.wait_answered("reply")
    assert len(control.sent()) == 1


def test_the_server_stops_while_calls_are_held(
    sandbox: Sandbox, api: MessagingApi, control: Control, bot: Bot
) -> None:
    control.say("สวัสดี")
    control.post("/faults", service="line", call="reply", kind="hold_before")
    threading.Thread(target=reply_to_last, args=(api, bot), daemon=True).start()
    assert sandbox.line.faults.wait_held()
