"""Raw webhook events, well-formed and hostile, become Events."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.events import read
from ita.complaints import Place
from tests.handlers.desk_double import NOW

MILLISECONDS = 1_736_908_200_000  # 2025-01-15 09:30 in Bangkok


def message(text: object = "คะแนน", **more: object) -> dict[str, object]:
    return {
        "type": "message",
        "mode": "active",
        "timestamp": MILLISECONDS,
        "source": {"type": "user", "userId": "U" + "0" * 32},
        "message": {"type": "text", "id": "1", "text": text, **more},
    }


def test_a_text_message() -> None:
    event = read(message(), NOW)
    assert (event.kind, event.message_kind, event.text) == ("message", "text", "คะแนน")
    assert (event.chat_kind, event.mentions_bot, event.standby) == ("user", False, False)
    assert event.at == datetime(2025, 1, 15, 2, 30, tzinfo=UTC)
    assert event.at.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    ("timestamp", "why"),
    [
        (None, "missing"),
        ("1736908200000", "text is not a number"),
        (True, "a truth value is not a number"),
        (1736908200000.5, "LINE sends whole milliseconds"),
        (-1, "before LINE"),
        (0, "1970"),
        (10**30, "beyond every calendar"),
        (float("nan"), "not a number"),
        (MILLISECONDS + 2 * 86_400_000, "the day after tomorrow would outrank every later report"),
    ],
)
def test_an_absurd_timestamp_gives_way_to_the_time_of_receipt(timestamp: object, why: str) -> None:
    assert read({**message(), "timestamp": timestamp}, NOW).at == NOW, why


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ({"type": "user"}, "user"),
        ({"type": "group", "groupId": "C1"}, "group"),
        ({"type": "room"}, "room"),
        ({"type": "square"}, "room"),
        ({}, "room"),
        ("user", "room"),
        (None, "room"),
    ],
)
def test_only_a_one_to_one_chat_counts_as_private(source: object, kind: str) -> None:
    assert read({**message(), "source": source}, NOW).chat_kind == kind


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ก\x00ข", "กข"),
        ("ก\ud800ข", "กข"),
        ("ก" * 6000, "ก" * 5000),
        (123, ""),
        (None, ""),
        (["คะแนน"], ""),
    ],
)
def test_text_is_clean_and_bounded(text: object, kept: str) -> None:
    assert read(message(text), NOW).text == kept


@pytest.mark.parametrize(
    ("mentionees", "mentions", "text"),
    [
        ([{"index": 0, "length": 3, "isSelf": True}], True, " คะแนน"),
        ([{"index": 0, "length": 3, "isSelf": False}], False, "@ส1 คะแนน"),
        ([{"index": 0, "length": 3}], False, "@ส1 คะแนน"),
        ([{"index": 4, "length": 3, "isSelf": True}], True, "@ส1 คะแนน"),
        ([{"index": -1, "length": 3, "isSelf": True}], True, "@ส1 คะแนน"),
        ([{"index": 10**20, "length": 3, "isSelf": True}], True, "@ส1 คะแนน"),
        ([{"index": 0, "length": 10**20, "isSelf": True}], True, ""),
        ([{"isSelf": True}], True, "@ส1 คะแนน"),
        ([None, 1, {"isSelf": "yes"}], False, "@ส1 คะแนน"),
        ({"isSelf": True}, False, "@ส1 คะแนน"),
    ],
)
def test_the_mention_of_the_bot_is_seen_and_taken_out(
    mentionees: object, mentions: bool, text: str
) -> None:
    event = read(message("@ส1 คะแนน", mention={"mentionees": mentionees}), NOW)
    assert (event.mentions_bot, event.text) == (mentions, text)


def test_a_mention_is_counted_in_utf16_units() -> None:
    mention = {"mentionees": [{"index": 3, "length": 4, "isSelf": True}]}
    assert read(message("🙏 @bot คะแนน", mention=mention), NOW).text == "🙏  คะแนน"


def test_standby_belongs_to_another_module() -> None:
    assert read({**message(), "mode": "standby"}, NOW).standby


KEYS = [
    "type",
    "mode",
    "timestamp",
    "source",
    "message",
    "text",
    "mention",
    "mentionees",
    "isSelf",
    "index",
    "length",
]
_KEYS = st.sampled_from(KEYS)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["user", "text", "message", "follow", "\ud800", "\x00", "@"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.text(), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(st.dictionaries(_KEYS | st.text(), anything, max_size=8))
def test_no_event_is_refused(raw: dict[str, object]) -> None:
    event = read(raw, NOW)
    assert event.at.tzinfo is not None
    assert len(event.text) <= 5000
    event.text.encode()  # no lone surrogate is left
    assert "\x00" not in event.text


def test_a_file_is_named_on_one_line_and_never_too_long() -> None:
    message = {"id": "5847", "type": "file", "fileName": "แผน\n2568\x00 \u202e.pdf", "fileSize": 99}
    event = read({"type": "message", "message": message}, NOW)
    assert (event.message_id, event.file_name, event.file_size) == ("5847", "แผน 2568 .pdf", 99)
    long = read({"type": "message", "message": {**message, "fileName": "ก" * 500}}, NOW)
    assert long.file_name == "ก" * 100


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({"index": 1, "total": 3}, (1, 3)),
        ({"index": 3, "total": 3, "id": "x"}, (3, 3)),
        ({"index": 4, "total": 3}, None),
        ({"index": 0, "total": 3}, None),
        ({"index": True, "total": 3}, None),
        ({"index": "1", "total": 3}, None),
        ({"total": 3}, None),
        ("x", None),
        (None, None),
    ],
)
def test_which_photo_of_a_set(given: object, known: object) -> None:
    event = read({"type": "message", "message": {"type": "image", "imageSet": given}}, NOW)
    assert event.image_set == known


def test_an_unsent_message_is_named() -> None:
    assert read({"type": "unsend", "unsend": {"messageId": "5847"}}, NOW).message_id == "5847"


@pytest.mark.parametrize("odd", [None, 5847, "", "a/b", "../x", "๕๘๔๗", "1" * 65, ["1"], {"a": 1}])
def test_an_id_that_is_none_is_left_out(odd: object) -> None:
    assert read({"type": "message", "message": {"id": odd}}, NOW).message_id == ""
    assert read({"type": "unsend", "unsend": {"messageId": odd}}, NOW).message_id == ""


PLACE = {"type": "location", "id": "1", "latitude": 15.87, "longitude": 100.99}


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({}, Place("", 15.87, 100.99)),
        (
            {"title": "ศาลาทดสอบ", "address": "หมู่ 3\n ตำบลทดสอบ"},
            Place("ศาลาทดสอบ หมู่ 3 ตำบลทดสอบ", 15.87, 100.99),
        ),
        ({"title": "ก" * 500}, Place("ก" * 200, 15.87, 100.99)),
        ({"title": "\x00\ud800", "address": 7}, Place("", 15.87, 100.99)),
        ({"latitude": 0, "longitude": -180}, Place("", 0.0, -180.0)),
        ({"latitude": 90.1}, None),
        ({"longitude": 181}, None),
        ({"latitude": "15.87"}, None),
        ({"latitude": True}, None),
        ({"latitude": float("nan")}, None),
        ({"latitude": None}, None),
        ({"type": "text"}, None),
    ],
)
def test_where_a_location_points(more: dict[str, object], place: Place | None) -> None:
    event = read({**message(), "message": {**PLACE, **more}}, NOW)
    assert event.place == place
    assert "ศาลาทดสอบ" not in repr(event)
