"""Profiles, groups, files and the account itself, through the unmodified SDK."""

import base64

import pytest
from linebot.v3.messaging import (
    ApiException,
    MessagingApi,
    MessagingApiBlob,
    ShowLoadingAnimationRequest,
)

from sandbox.people import line_group_id, line_user_id
from tests.sandbox.line.conftest import AGENCY, BOT_USER, Control

CLERK = line_user_id(AGENCY, "clerk")


def test_a_sample_person_has_a_profile(api: MessagingApi) -> None:
    profile = api.get_profile(CLERK)
    assert (profile.user_id, profile.display_name) == (
        CLERK,
        "เจ้าหน้าที่ตัวอย่าง ๑ (สำนักปลัด)",
    )


def test_a_stranger_has_one_once_he_wrote(api: MessagingApi, control: Control) -> None:
    user_id = line_user_id(AGENCY, "newcomer")
    with pytest.raises(ApiException) as error:
        api.get_profile(user_id)
    assert error.value.status == 404
    control.say("สวัสดี", person="newcomer")
    assert api.get_profile(user_id).user_id == user_id


def test_group_members_are_those_who_wrote_there(api: MessagingApi, control: Control) -> None:
    control.say("สวัสดี", group="กองคลัง")
    group_id = line_group_id(AGENCY, "กองคลัง")
    assert api.get_group_member_profile(group_id, CLERK).user_id == CLERK
    assert api.get_group_member_count(group_id).count == 1
    assert api.get_group_summary(group_id).group_name == "กองคลัง"
    for group, user in ((group_id, "citizen"), (line_group_id(AGENCY, "other"), "clerk")):
        with pytest.raises(ApiException) as error:
            api.get_group_member_profile(group, line_user_id(AGENCY, user))
        assert error.value.status == 404


def test_a_file_can_be_downloaded(
    api: MessagingApi, blob: MessagingApiBlob, control: Control
) -> None:
    told = control.say(
        {"type": "image"}, content=base64.b64encode(b"jpeg").decode(), content_type="image/jpeg"
    )
    answer = blob.get_message_content_with_http_info(told["message_ids"][0])
    assert (answer.status_code, bytes(answer.data)) == (200, b"jpeg")
    assert answer.headers["content-type"] == "image/jpeg"


def test_a_file_may_not_be_ready_yet(blob: MessagingApiBlob, control: Control) -> None:
    [message_id] = control.say({"type": "video"}, not_ready=1)["message_ids"]
    assert blob.get_message_content_transcoding_by_message_id(message_id).status == "processing"
    assert blob.get_message_content_with_http_info(message_id).status_code == 202
    assert blob.get_message_content_transcoding_by_message_id(message_id).status == "succeeded"
    assert blob.get_message_content_with_http_info(message_id).status_code == 200


def test_an_unsent_file_is_gone(blob: MessagingApiBlob, control: Control) -> None:
    [message_id] = control.say({"type": "image"})["message_ids"]
    control.event({"type": "unsend", "unsend": {"messageId": message_id}})
    with pytest.raises(ApiException) as error:
        blob.get_message_content(message_id)
    assert error.value.status == 410


def test_an_unsend_may_come_before_its_message(blob: MessagingApiBlob, control: Control) -> None:
    control.event({"type": "unsend", "unsend": {"messageId": "42"}})
    control.say({"type": "image", "id": "42"})
    with pytest.raises(ApiException) as error:
        blob.get_message_content("42")
    assert error.value.status == 410


def test_a_text_has_no_content(blob: MessagingApiBlob, control: Control) -> None:
    [message_id] = control.say("สวัสดี")["message_ids"]
    with pytest.raises(ApiException) as error:
        blob.get_message_content(message_id)
    assert error.value.status == 404


def test_the_account_says_who_reads_its_chats(api: MessagingApi, control: Control) -> None:
    assert (api.get_bot_info().user_id, api.get_bot_info().chat_mode) == (BOT_USER, "bot")
    control.post("/line/channel", agency=AGENCY, chat_mode="chat")
    assert api.get_bot_info().chat_mode == "chat"


def test_no_quota_means_none(api: MessagingApi, control: Control) -> None:
    control.post("/line/channel", agency=AGENCY, quota=None)
    assert api.get_message_quota().type == "none"


@pytest.mark.parametrize(("seconds", "accepted"), [(5, True), (60, True), (7, False)])
def test_the_loading_animation_goes_in_steps_of_five(
    api: MessagingApi, seconds: int, *, accepted: bool
) -> None:
    request = ShowLoadingAnimationRequest(chatId=CLERK, loadingSeconds=seconds)
    if accepted:
        api.show_loading_animation(request)
        return
    with pytest.raises(ApiException) as error:
        api.show_loading_animation(request)
    assert error.value.status == 400


def test_the_loading_animation_is_for_one_to_one_chats(api: MessagingApi, control: Control) -> None:
    control.say("สวัสดี", group="กองคลัง")
    with pytest.raises(ApiException):
        api.show_loading_animation(
            ShowLoadingAnimationRequest(chatId=line_group_id(AGENCY, "กองคลัง"))
        )
