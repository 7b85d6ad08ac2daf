"""Webhooks as the sandbox delivers them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import requests
from linebot.v3.messaging import (
    ApiException,
    MessagingApi,
    ReplyMessageRequest,
    SetWebhookEndpointRequest,
    TextMessage,
)
from linebot.v3.messaging import TestWebhookEndpointRequest as EndpointTest
from linebot.v3.webhook import SignatureValidator, UnknownEvent, WebhookParser
from linebot.v3.webhooks import MessageEvent

from sandbox.people import line_group_id, line_user_id
from sandbox.server import Sandbox
from tests.sandbox.line.conftest import AGENCY, BOT_USER, SECRET, Bot, Control, HandClock, hardened

HELLO = [TextMessage(text="สวัสดี")]


def test_a_message_arrives_as_line_sends_it(control: Control, bot: Bot, hand: HandClock) -> None:
    answer = control.say("งานค้าง")
    [webhook] = bot.got
    assert webhook.json["destination"] == BOT_USER
    [event] = webhook.json["events"]
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", event["webhookEventId"])
    assert answer == {
        "event_id": event["webhookEventId"],
        "event_ids": [event["webhookEventId"]],
        "message_ids": [event["message"]["id"]],
        "status": 200,
        "duplicates": [],
    }
    assert event["timestamp"] == int(hand.moment.timestamp() * 1000)
    assert event["mode"] == "active"
    assert event["deliveryContext"] == {"isRedelivery": False}
    assert event["source"] == {"type": "user", "userId": line_user_id(AGENCY, "clerk")}
    assert event["message"]["text"] == "งานค้าง"


def test_the_sdk_accepts_signature_and_body(control: Control, bot: Bot) -> None:
    control.say("สวัสดี 😀")
    [webhook] = bot.got
    signature = webhook.headers["x-line-signature"]
    assert SignatureValidator(SECRET).validate(webhook.body.decode(), signature)
    [event] = WebhookParser(SECRET).parse(webhook.body.decode(), signature)
    assert isinstance(event, MessageEvent)


MEDIA = ("image", "video", "audio", "file", "location", "sticker")
MESSAGES = [{"type": "text", "text": "ก"}, *({"type": kind} for kind in MEDIA)]


@pytest.mark.parametrize("message", MESSAGES)
def test_every_kind_of_message_can_be_parsed(
    control: Control, bot: Bot, message: dict[str, Any]
) -> None:
    control.say(message)
    [webhook] = bot.got
    [event] = WebhookParser(SECRET).parse(
        webhook.body.decode(), webhook.headers["x-line-signature"]
    )
    assert isinstance(event, MessageEvent)
    assert event.message.type == message["type"]


OTHER_EVENTS: list[dict[str, Any]] = [
    {"type": "follow"},
    {"type": "unfollow"},
    {"type": "join"},
    {"type": "leave"},
    {"type": "unsend", "unsend": {"messageId": "1"}},
    {"type": "postback", "postback": {"data": "x"}},
    {"type": "beacon", "beacon": {"hwid": "1", "type": "enter"}},
]


def test_what_goes_out_is_what_line_documents(control: Control, bot: Bot, shared: Path) -> None:
    document = hardened(shared, "webhook.yml", "CallbackRequest", closed=False)
    for message in MESSAGES:
        control.say(message)
        control.say(message, group="กองคลัง")
    for event in OTHER_EVENTS:
        control.event(event)
    for webhook in bot.got:
        document.validate(webhook.json)


def test_several_events_travel_in_one_body_in_the_order_asked(control: Control, bot: Bot) -> None:
    answer = control.post(
        "/line/batch",
        agency=AGENCY,
        items=[
            {"person": "clerk", "message": "ทีหลัง", "timestamp": 2000},
            {"person": "finance", "message": "ก่อน", "timestamp": 1000},
            {"person": "citizen", "event": {"type": "follow", "follow": {"isUnblocked": False}}},
        ],
    )
    [webhook] = bot.got
    first, second, third = webhook.json["events"]
    assert [first["timestamp"], second["timestamp"]] == [2000, 1000]
    assert third["type"] == "follow"
    assert answer["event_ids"] == [e["webhookEventId"] for e in (first, second, third)]


def test_an_event_that_failed_comes_again_the_same(control: Control, bot: Bot) -> None:
    bot.answers.extend([500, 503])
    assert control.say("สวัสดี")["status"] == 500
    first, second, third = (webhook.json["events"][0] for webhook in bot.wait(3))
    assert [e["deliveryContext"]["isRedelivery"] for e in (first, second, third)] == [
        False,
        True,
        True,
    ]
    for again in (second, third):
        assert {**again, "deliveryContext": None} == {**first, "deliveryContext": None}


def test_no_answer_in_time_is_a_failure(control: Control, bot: Bot) -> None:
    bot.delays.append(2.3)
    answer = control.say("สวัสดี")
    assert answer["status"] == 0
    assert bot.wait(2)[1].json["events"][0]["webhookEventId"] == answer["event_id"]


def test_a_redelivery_starts_the_reply_tokens_minute_anew(
    sandbox: Sandbox, control: Control, bot: Bot, hand: HandClock, api: MessagingApi
) -> None:
    control.say("สวัสดี")
    event = bot.got[0].json["events"][0]
    hand.advance(minutes=5)
    state = sandbox.line.state(AGENCY)
    sandbox.courier.deliver(state, [event])
    hand.advance(seconds=60)
    api.reply_message(ReplyMessageRequest(replyToken=event["replyToken"], messages=HELLO))


def test_a_redelivery_later_than_twenty_minutes_gives_no_new_minute(
    sandbox: Sandbox, control: Control, bot: Bot, hand: HandClock, api: MessagingApi
) -> None:
    control.say("สวัสดี")
    event = bot.got[0].json["events"][0]
    hand.advance(minutes=14)
    api.get_bot_info()
    token = sandbox.line.issue_token("1000", SECRET)
    hand.advance(minutes=8)
    api.api_client.configuration.access_token = token
    sandbox.courier.deliver(sandbox.line.state(AGENCY), [event])
    with pytest.raises(ApiException):
        api.reply_message(ReplyMessageRequest(replyToken=event["replyToken"], messages=HELLO))


def test_duplicates_share_one_reply(control: Control, bot: Bot, api: MessagingApi) -> None:
    answer = control.say("สวัสดี", duplicates=9)
    assert answer["duplicates"] == [200] * 9
    events = [webhook.json["events"][0] for webhook in bot.wait(10)]
    assert {event["webhookEventId"] for event in events} == {answer["event_id"]}
    [token] = {event["replyToken"] for event in events}
    api.reply_message(ReplyMessageRequest(replyToken=token, messages=HELLO))
    with pytest.raises(ApiException):
        api.reply_message(ReplyMessageRequest(replyToken=token, messages=HELLO))


def test_an_earlier_event_can_be_sent_again(control: Control, bot: Bot) -> None:
    event_id = control.say("สวัสดี")["event_id"]
    again = control.post("/line/again", agency=AGENCY, event_id=event_id)
    assert again == {"event_id": event_id, "status": 200}
    first, second = (webhook.json["events"][0] for webhook in bot.got)
    assert second == {**first, "deliveryContext": {"isRedelivery": True}}


def test_a_standby_event_has_no_reply_token(control: Control, bot: Bot) -> None:
    control.say("สวัสดี", mode="standby")
    [event] = bot.got[0].json["events"]
    assert event["mode"] == "standby"
    assert "replyToken" not in event


def test_a_group_names_the_sender_in_messages_only(control: Control, bot: Bot) -> None:
    control.say("สวัสดี", group="กองคลัง")
    control.event({"type": "postback", "postback": {"data": "x"}}, group="กองคลัง")
    message, postback = (webhook.json["events"][0]["source"] for webhook in bot.got)
    group_id = line_group_id(AGENCY, "กองคลัง")
    assert message == {
        "type": "group",
        "groupId": group_id,
        "userId": line_user_id(AGENCY, "clerk"),
    }
    assert postback == {"type": "group", "groupId": group_id}


def test_unknown_types_and_fields_go_out_as_they_are(control: Control, bot: Bot) -> None:
    control.event({"type": "telepathy", "telepathy": {"strength": 3}, "novelty": [1]})
    [webhook] = bot.got
    [event] = webhook.json["events"]
    assert (event["telepathy"], event["novelty"]) == ({"strength": 3}, [1])
    [parsed] = WebhookParser(SECRET).parse(
        webhook.body.decode(), webhook.headers["x-line-signature"]
    )
    assert isinstance(parsed, UnknownEvent)


def test_any_body_can_be_signed_and_delivered(host: str, bot: Bot) -> None:
    answer = requests.post(
        f"{host}/_sandbox/line/deliver?agency={AGENCY}",
        data=json.dumps({"destination": "Uwrong", "events": [], "odd": "\ud800"}),
        timeout=10,
    )
    assert answer.json() == {"status": 200, "body": "heard"}
    [webhook] = bot.got
    assert webhook.json["destination"] == BOT_USER
    assert webhook.json["odd"] == "\ud800"
    assert SignatureValidator(SECRET).validate(
        webhook.body.decode(), webhook.headers["x-line-signature"]
    )


@pytest.mark.parametrize("raw", [b"", b"not json", b"[1]", b"\xff\xfe", b"[" * 200_000])
def test_a_body_that_is_no_object_is_delivered_untouched(host: str, bot: Bot, raw: bytes) -> None:
    requests.post(f"{host}/_sandbox/line/deliver?agency={AGENCY}", data=raw, timeout=10)
    assert bot.got[0].body == raw


def test_destination_and_signature_can_be_made_wrong(host: str, bot: Bot) -> None:
    url = f"{host}/_sandbox/line/deliver?agency={AGENCY}"
    body = b'{"destination": "Uother",  "events": []}'
    requests.post(f"{url}&destination=keep", data=body, timeout=10)
    requests.post(f"{url}&signature=wrong", data=body, timeout=10)
    requests.post(f"{url}&signature=none", data=body, timeout=10)
    kept, wrong, unsigned = bot.got
    assert kept.body == body
    assert not SignatureValidator(SECRET).validate(
        wrong.body.decode(), wrong.headers["x-line-signature"]
    )
    assert "x-line-signature" not in unsigned.headers


def test_a_delivered_bodys_reply_token_works(
    host: str, api: MessagingApi, control: Control
) -> None:
    stranger = "U" + "7" * 32
    event = {"replyToken": "a" * 32, "source": {"type": "user", "userId": stranger}}
    requests.post(
        f"{host}/_sandbox/line/deliver?agency={AGENCY}", json={"events": [event, 3]}, timeout=10
    )
    api.reply_message(ReplyMessageRequest(replyToken="a" * 32, messages=HELLO))
    assert control.sent()[0]["to"] == stranger


def test_the_webhook_endpoint_can_be_read_set_and_tested(api: MessagingApi, bot: Bot) -> None:
    assert api.get_webhook_endpoint().endpoint == bot.url
    assert api.test_webhook_endpoint(EndpointTest()).success
    assert bot.got[0].json == {"destination": BOT_USER, "events": []}
    api.set_webhook_endpoint(SetWebhookEndpointRequest(endpoint="http://127.0.0.1:9/nobody"))
    result = api.test_webhook_endpoint(EndpointTest())
    assert (result.success, result.status_code) == (False, 0)
