"""Replies and pushes through the unmodified SDK."""

import json
import uuid
from typing import Any

import pytest
import requests
from linebot.v3.messaging import (
    ApiClient,
    ApiException,
    Configuration,
    MessagingApi,
    MulticastRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    TextMessage,
    ValidateMessageRequest,
)
from linebot.v3.oauth import ApiClient as OauthClient
from linebot.v3.oauth import ChannelAccessToken
from linebot.v3.oauth import Configuration as OauthConfiguration

from sandbox.people import line_group_id, line_user_id
from tests.sandbox.line.conftest import AGENCY, SECRET, Bot, Control, HandClock, issue_token

CLERK = line_user_id(AGENCY, "clerk")
HELLO = [TextMessage(text="สวัสดี")]


def said(error: pytest.ExceptionInfo[ApiException]) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(error.value.body)
    return body


def token_of(bot: Bot, index: int = -1) -> str:
    token: str = bot.got[index].json["events"][0]["replyToken"]
    return token


def test_a_reply_reaches_the_person_once(api: MessagingApi, control: Control, bot: Bot) -> None:
    control.say("สวัสดี")
    answer = api.reply_message(ReplyMessageRequest(replyToken=token_of(bot), messages=HELLO))
    assert answer.sent_messages[0].id

    with pytest.raises(ApiException) as error:
        api.reply_message(ReplyMessageRequest(replyToken=token_of(bot), messages=HELLO))
    assert error.value.status == 400
    assert said(error) == {"message": "Invalid reply token"}

    [sent] = control.sent(person="clerk")
    assert sent["message"] == {"type": "text", "text": "สวัสดี"}
    assert sent["via"] == "reply"
    assert sent["request_id"]
    assert control.sent(person="citizen") == []


def test_a_reply_token_lives_a_minute(
    api: MessagingApi, control: Control, bot: Bot, hand: HandClock
) -> None:
    control.say("หนึ่ง")
    hand.advance(seconds=60)
    api.reply_message(ReplyMessageRequest(replyToken=token_of(bot), messages=HELLO))
    control.say("สอง")
    hand.advance(seconds=61)
    with pytest.raises(ApiException) as error:
        api.reply_message(ReplyMessageRequest(replyToken=token_of(bot), messages=HELLO))
    assert said(error) == {"message": "Invalid reply token"}


def test_a_refused_message_leaves_the_reply_token_alone(
    api: MessagingApi, control: Control, bot: Bot
) -> None:
    control.say("สวัสดี")
    with pytest.raises(ApiException):
        api.reply_message(
            ReplyMessageRequest(replyToken=token_of(bot), messages=[TextMessage(text="")])
        )
    api.reply_message(ReplyMessageRequest(replyToken=token_of(bot), messages=HELLO))


def test_another_channels_bot_cannot_reply(host: str, control: Control, bot: Bot) -> None:
    control.say("สวัสดี")
    token = issue_token(host, "2000", "k" * 32)
    with (
        ApiClient(Configuration(host=host, access_token=token)) as client,
        pytest.raises(ApiException) as error,
    ):
        MessagingApi(client).reply_message(
            ReplyMessageRequest(replyToken=token_of(bot), messages=HELLO)
        )
    assert said(error) == {"message": "Invalid reply token"}


def test_a_reply_takes_no_retry_key(host: str, control: Control, bot: Bot) -> None:
    control.say("สวัสดี")
    answer = requests.post(
        f"{host}/v2/bot/message/reply",
        json={"replyToken": token_of(bot), "messages": [{"type": "text", "text": "ก"}]},
        headers={
            "Authorization": f"Bearer {issue_token(host)}",
            "X-Line-Retry-Key": str(uuid.uuid4()),
        },
        timeout=10,
    )
    assert answer.status_code == 400
    assert control.sent() == []


@pytest.mark.parametrize("token", ["nonsense", ""])
def test_a_wrong_access_token_is_401(host: str, token: str) -> None:
    with (
        ApiClient(Configuration(host=host, access_token=token)) as client,
        pytest.raises(ApiException) as error,
    ):
        MessagingApi(client).get_bot_info()
    assert error.value.status == 401
    assert said(error)["message"].startswith("Authentication failed")


def test_an_access_token_expires_after_fifteen_minutes(api: MessagingApi, hand: HandClock) -> None:
    hand.advance(minutes=14)
    assert api.get_bot_info().chat_mode == "bot"
    hand.advance(minutes=1)
    with pytest.raises(ApiException) as error:
        api.get_bot_info()
    assert error.value.status == 401


def test_a_wrong_secret_gets_no_token(host: str) -> None:
    answer = requests.post(
        f"{host}/oauth2/v3/token",
        data={"grant_type": "client_credentials", "client_id": "1000", "client_secret": "wrong"},
        timeout=10,
    )
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_client"


def test_a_repeated_retry_key_is_already_sent(
    api: MessagingApi, control: Control, hand: HandClock
) -> None:
    key = str(uuid.uuid4())
    request = PushMessageRequest(to=CLERK, messages=HELLO)
    first = api.push_message_with_http_info(request, x_line_retry_key=key)
    hand.advance(hours=23, minutes=-10)
    fresh = issue_token(api.api_client.configuration.host)
    api.api_client.configuration.access_token = fresh
    with pytest.raises(ApiException) as error:
        api.push_message(request, x_line_retry_key=key)
    assert error.value.status == 409
    assert error.value.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert said(error)["sentMessages"][0]["id"] == first.data.sent_messages[0].id
    assert len(control.sent(person="clerk")) == 1


def test_a_retry_key_is_forgotten_after_a_day(
    api: MessagingApi, control: Control, hand: HandClock
) -> None:
    key = str(uuid.uuid4())
    request = PushMessageRequest(to=CLERK, messages=HELLO)
    api.push_message(request, x_line_retry_key=key)
    hand.advance(hours=24)
    api.api_client.configuration.access_token = issue_token(api.api_client.configuration.host)
    api.push_message(request, x_line_retry_key=key)
    assert len(control.sent(person="clerk")) == 2


def test_a_retry_key_is_a_uuid(api: MessagingApi, control: Control) -> None:
    with pytest.raises(ApiException) as error:
        api.push_message(PushMessageRequest(to=CLERK, messages=HELLO), x_line_retry_key="again")
    assert error.value.status == 400
    assert control.sent() == []


def test_the_monthly_quota_counts_recipients(
    api: MessagingApi, control: Control, hand: HandClock
) -> None:
    control.post("/line/channel", agency=AGENCY, quota=3)
    both = [CLERK, line_user_id(AGENCY, "finance")]
    api.multicast(MulticastRequest(to=both, messages=HELLO * 5))
    assert api.get_message_quota_consumption().total_usage == 2
    with pytest.raises(ApiException) as error:
        api.multicast(MulticastRequest(to=both, messages=HELLO))
    assert error.value.status == 429
    assert said(error) == {"message": "You have reached your monthly limit."}
    api.push_message(PushMessageRequest(to=CLERK, messages=HELLO))
    assert api.get_message_quota().value == 3

    hand.advance(days=31)
    api.api_client.configuration.access_token = issue_token(api.api_client.configuration.host)
    api.push_message(PushMessageRequest(to=CLERK, messages=HELLO))


def test_a_push_to_a_group_costs_one_per_member(api: MessagingApi, control: Control) -> None:
    control.say("หนึ่ง", person="clerk", group="กองคลัง")
    control.say("สอง", person="finance", group="กองคลัง")
    api.push_message(PushMessageRequest(to=line_group_id(AGENCY, "กองคลัง"), messages=HELLO))
    assert api.get_message_quota_consumption().total_usage == 2
    assert len(control.sent(group="กองคลัง")) == 1


def test_who_blocked_the_account_gets_nothing_and_nobody_is_told(
    api: MessagingApi, control: Control
) -> None:
    control.event({"type": "unfollow"})
    api.push_message(PushMessageRequest(to=CLERK, messages=HELLO))
    assert control.sent(person="clerk") == []
    with pytest.raises(ApiException) as error:
        api.get_profile(CLERK)
    assert error.value.status == 404


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("somebody", "The property, 'to', in the request body is invalid (line: -, column: -)"),
        ("U" + "0" * 32, "Failed to send messages"),
        (line_user_id("khamphi", "clerk"), "Failed to send messages"),
    ],
)
def test_a_push_to_nobody_of_this_channel_is_refused(
    api: MessagingApi, to: str, message: str
) -> None:
    with pytest.raises(ApiException) as error:
        api.push_message(PushMessageRequest(to=to, messages=HELLO))
    assert (error.value.status, said(error)) == (400, {"message": message})


def test_a_body_over_two_megabytes_is_413(host: str, control: Control) -> None:
    answer = requests.post(
        f"{host}/v2/bot/message/push",
        data=b" " * (2 * 1024 * 1024 + 1),
        headers={"Authorization": f"Bearer {issue_token(host)}"},
        timeout=10,
    )
    assert answer.status_code == 413


def test_a_body_that_is_no_json_is_400(host: str) -> None:
    answer = requests.post(
        f"{host}/v2/bot/message/push",
        data=b"{",
        headers={"Authorization": f"Bearer {issue_token(host)}"},
        timeout=10,
    )
    assert answer.status_code == 400
    assert "JSON" in answer.json()["message"]


def test_what_the_sandbox_does_not_do_is_501_and_named(host: str) -> None:
    answer = requests.get(f"{host}/v2/bot/followers/ids", timeout=10)
    assert answer.status_code == 501
    assert "/v2/bot/followers/ids" in answer.json()["message"]


def test_every_answer_names_its_request_and_every_call_is_logged(
    host: str, control: Control
) -> None:
    answer = requests.get(f"{host}/v2/bot/info", timeout=10)
    [call] = control.get("/line/calls")["calls"]
    assert call["request_id"] == answer.headers["x-line-request-id"]
    assert (call["name"], call["status"], call["agency"]) == ("info", 401, None)


def test_messages_can_be_validated_without_sending(api: MessagingApi, control: Control) -> None:
    good = ValidateMessageRequest(messages=HELLO)
    bad = ValidateMessageRequest(messages=[TextMessage(text="ก" * 5001)])
    for validate in (
        api.validate_reply,
        api.validate_push,
        api.validate_multicast,
        api.validate_broadcast,
        api.validate_narrowcast,
    ):
        validate(good)
        with pytest.raises(ApiException) as error:
            validate(bad)
        assert said(error)["details"][0]["property"] == "messages[0].text"
    assert control.sent() == []


def test_a_multicast_takes_a_retry_key_once(api: MessagingApi, control: Control) -> None:
    key = str(uuid.uuid4())
    request = MulticastRequest(to=[CLERK], messages=HELLO)
    api.multicast(request, x_line_retry_key=key)
    with pytest.raises(ApiException) as error:
        api.multicast(request, x_line_retry_key=key)
    assert error.value.status == 409
    assert len(control.sent()) == 1


def test_the_other_way_of_the_sdk_to_get_a_token(host: str) -> None:
    with OauthClient(OauthConfiguration(host=host)) as client:
        oauth = ChannelAccessToken(client)
        oauth.line_base_path = host
        issued = oauth.issue_stateless_channel_token_by_client_secret(
            client_id="1000", client_secret=SECRET
        )
    assert issued.expires_in == 900
