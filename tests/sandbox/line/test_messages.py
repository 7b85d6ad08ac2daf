"""What the stand-in accepts and refuses: each limit at its edge, and LINE's document beside it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests
from linebot.v3.messaging import ReplyMessageRequest

from sandbox.line.flex import BUBBLE_BYTES, CAROUSEL_BYTES
from sandbox.line.messages import REPLY, check, error_body
from tests.sandbox.line.conftest import hardened, issue_token

Json = dict[str, Any]
IMAGE = "https://example.go.th/a.png"
MESSAGE_ACTION: Json = {"type": "message", "label": "ก", "text": "ก"}


def text(value: str, **more: Any) -> Json:
    return {"type": "text", "text": value, **more}


def quick(*actions: Json) -> Json:
    return text("ก", quickReply={"items": [{"type": "action", "action": a} for a in actions]})


def postback(**more: Any) -> Json:
    return {"type": "postback", "label": "ก", "data": "x", **more}


def uri(address: str) -> Json:
    return {"type": "uri", "label": "ก", "uri": address}


def flex(contents: Json, alt: str = "ก") -> Json:
    return {"type": "flex", "altText": alt, "contents": contents}


def bubble(*contents: Json, **more: Any) -> Json:
    box = {"type": "box", "layout": "vertical", "contents": list(contents)}
    return {"type": "bubble", "body": box, **more}


def words(value: str = "ก", **more: Any) -> Json:
    return {"type": "text", "text": value, **more}


def filled(contents: Callable[[int], Json], size: int) -> Json:
    """Fill contents with ASCII until their JSON weighs exactly `size` bytes."""
    return contents(size - len(json.dumps(contents(0))))


def template(**body: Any) -> Json:
    return {"type": "template", "altText": "ก", "template": body}


def buttons(count: int = 1, **more: Any) -> Json:
    return template(type="buttons", **{"text": "ก", "actions": [MESSAGE_ACTION] * count, **more})


def confirm(count: int = 2, length: int = 1) -> Json:
    return template(type="confirm", text="ก" * length, actions=[MESSAGE_ACTION] * count)


def column(length: int = 1, count: int = 1, **more: Any) -> Json:
    return {"text": "ก" * length, "actions": [MESSAGE_ACTION] * count, **more}


def carousel(*columns: Json) -> Json:
    return template(type="carousel", columns=list(columns))


def location(**more: Any) -> Json:
    return {
        "type": "location",
        "title": "ก",
        "address": "ก",
        "latitude": 15,
        "longitude": 100,
        **more,
    }


def image(address: str) -> Json:
    return {"type": "image", "originalContentUrl": address, "previewImageUrl": IMAGE}


def sized_bubble(size: int) -> Json:
    return flex(filled(lambda n: bubble(words("x" * n + "x")), size))


def sized_carousel(size: int) -> Json:
    def contents(n: int) -> Json:
        filler = [bubble(words("x" * 20_000)), bubble(words("x" * 20_000))]
        return {"type": "carousel", "contents": [*filler, bubble(words("x" * n + "x"))]}

    return flex(filled(contents, size))


def bubbles(count: int) -> Json:
    return flex({"type": "carousel", "contents": [bubble(words())] * count})


def at(prefix: str, length: int) -> str:
    return prefix + "x" * (length - len(prefix))


def sticker(**more: Any) -> Json:
    return {"type": "sticker", "packageId": "446", "stickerId": "1988", **more}


def video(tracking: str) -> Json:
    return {
        "type": "video",
        "originalContentUrl": IMAGE,
        "previewImageUrl": IMAGE,
        "trackingId": tracking,
    }


def audio(duration: int) -> Json:
    return {"type": "audio", "originalContentUrl": IMAGE, "duration": duration}


def imagemap(width: int = 1040, count: int = 1) -> Json:
    area = {"x": 0, "y": 0, "width": 10, "height": 10}
    return {
        "type": "imagemap",
        "baseUrl": "https://example.go.th/map",
        "altText": "ก",
        "baseSize": {"width": width, "height": 1040},
        "actions": [{"type": "message", "text": "ก", "area": area}] * count,
    }


def mention(kind: str = "all") -> Json:
    someone = {"type": "mention", "mentionee": {"type": kind}}
    return {"type": "textV2", "text": "{who}", "substitution": {"who": someone}}


def coupon(tag: str) -> Json:
    return {"type": "coupon", "couponId": "c", "deliveryTag": tag}


def pictures(label: str) -> Json:
    action = {**MESSAGE_ACTION, "label": label}
    return template(type="image_carousel", columns=[{"imageUrl": IMAGE, "action": action}])


def date(initial: str) -> Json:
    return quick(
        {"type": "datetimepicker", "label": "ก", "data": "x", "mode": "date", "initial": initial}
    )


def hero(**more: Any) -> Json:
    return flex(bubble(words(), hero={"type": "image", "url": IMAGE, "animated": False, **more}))


def shaded(angle: str) -> Json:
    background = {
        "type": "linearGradient",
        "angle": angle,
        "startColor": "#000000",
        "endColor": "#ffffff",
    }
    box = {"type": "box", "layout": "vertical", "contents": [], "background": background}
    return flex(bubble(box))


def clip(length: int) -> Json:
    return quick({"type": "clipboard", "label": "ก", "clipboardText": "x" * length})


FAMILY = "👩\u200d👩\u200d👧"  # one cluster of five code points, eight UTF-16 units

# What the limit is about, a message at it, and one just over it.
LIMITS: list[tuple[str, Json, Json]] = [
    ("text has 5000 UTF-16 units", text("ก" * 5000), text("ก" * 5001)),
    ("an emoji is two units", text("😀" * 2500), text("😀" * 2500 + "ก")),
    ("text is not empty", text("ก"), text("")),
    ("text is not blank", text(" ก"), text(" \n")),
    ("13 quick replies", quick(*[MESSAGE_ACTION] * 13), quick(*[MESSAGE_ACTION] * 14)),
    (
        "label has 20 clusters",
        quick({**MESSAGE_ACTION, "label": "น้ำ" * 20}),
        quick({**MESSAGE_ACTION, "label": "น้ำ" * 20 + "ๆ"}),
    ),
    (
        "joined emoji are one cluster",
        quick({**MESSAGE_ACTION, "label": FAMILY * 20}),
        quick({**MESSAGE_ACTION, "label": FAMILY * 21}),
    ),
    (
        "label is needed in a quick reply",
        quick(MESSAGE_ACTION),
        quick({"type": "message", "text": "ก"}),
    ),
    ("postback data", quick(postback(data="x" * 300)), quick(postback(data="x" * 301))),
    (
        "displayText",
        quick(postback(displayText="ก" * 300)),
        quick(postback(displayText="ก" * 301)),
    ),
    (
        "displayText or text",
        quick(postback(displayText="ก")),
        quick(postback(displayText="ก", text="ก")),
    ),
    (
        "fillInText with the keyboard",
        quick(postback(inputOption="openKeyboard", fillInText="ก")),
        quick(postback(fillInText="ก")),
    ),
    (
        "message action's text",
        quick({**MESSAGE_ACTION, "text": "ก" * 300}),
        quick({**MESSAGE_ACTION, "text": "ก" * 301}),
    ),
    (
        "uri length",
        quick(uri(at("https://example.go.th/", 1000))),
        quick(uri(at("https://example.go.th/", 1001))),
    ),
    ("uri scheme", quick(uri("tel:1205")), quick(uri("javascript:alert(1)"))),
    ("line scheme", quick(uri("line://app/1")), quick(uri("ftp://example.go.th/"))),
    (
        "uri is percent-encoded",
        quick(uri("https://example.go.th/%E0%B8%81")),
        quick(uri("https://example.go.th/ก")),
    ),
    ("uri has a host", quick(uri("http://example.go.th")), quick(uri("http:///x"))),
    (
        "camera is for quick replies",
        quick({"type": "camera", "label": "ก"}),
        flex(bubble({"type": "button", "action": {"type": "camera", "label": "ก"}})),
    ),
    ("images are https", image(IMAGE), image("http://example.go.th/a.png")),
    (
        "image address",
        image(at("https://example.go.th/", 2000)),
        image(at("https://example.go.th/", 2001)),
    ),
    ("altText", flex(bubble(words()), "ก" * 1500), flex(bubble(words()), "ก" * 1501)),
    ("bubble of 30 KB", sized_bubble(BUBBLE_BYTES), sized_bubble(BUBBLE_BYTES + 1)),
    (
        "Thai letters weigh six bytes",
        flex(bubble(words("ก" * 5000))),
        flex(bubble(words("ก" * 5200))),
    ),
    ("carousel of 50 KB", sized_carousel(CAROUSEL_BYTES), sized_carousel(CAROUSEL_BYTES + 1)),
    ("12 bubbles", bubbles(12), bubbles(13)),
    (
        "bubbles of one size",
        flex({"type": "carousel", "contents": [bubble(words(), size="kilo")] * 2}),
        flex({"type": "carousel", "contents": [bubble(words(), size="kilo"), bubble(words())]}),
    ),
    ("bubble has a block", flex(bubble(words())), flex({"type": "bubble"})),
    ("Flex text is not empty", flex(bubble(words())), flex(bubble(words("")))),
    (
        "Flex text or spans",
        flex(bubble({"type": "text", "contents": [{"type": "span", "text": "ก"}]})),
        flex(bubble({"type": "text"})),
    ),
    (
        "button label has 40 clusters",
        flex(bubble({"type": "button", "action": {**MESSAGE_ACTION, "label": "ที่" * 40}})),
        flex(bubble({"type": "button", "action": {**MESSAGE_ACTION, "label": "ที่" * 41}})),
    ),
    ("colour", flex(bubble(words(color="#1DB446"))), flex(bubble(words(color="green")))),
    ("size", flex(bubble(words(size="18px"))), flex(bubble(words(size="huge")))),
    (
        "a baseline box holds text",
        flex(bubble({"type": "box", "layout": "baseline", "contents": [words()]})),
        flex(bubble({"type": "box", "layout": "baseline", "contents": [{"type": "separator"}]})),
    ),
    ("buttons text", buttons(text="ก" * 160), buttons(text="ก" * 161)),
    (
        "buttons text beside a title",
        buttons(text="ก" * 60, title="ก"),
        buttons(text="ก" * 61, title="ก"),
    ),
    ("buttons actions", buttons(4), buttons(5)),
    ("title", buttons(title="ก" * 40), buttons(title="ก" * 41)),
    ("confirm text", confirm(length=240), confirm(length=241)),
    ("confirm has two actions", confirm(2), confirm(1)),
    ("10 columns", carousel(*[column()] * 10), carousel(*[column()] * 11)),
    ("column text", carousel(column(120)), carousel(column(121))),
    (
        "column text beside an image",
        carousel(column(60, thumbnailImageUrl=IMAGE)),
        carousel(column(61, thumbnailImageUrl=IMAGE)),
    ),
    ("column actions", carousel(column(count=3)), carousel(column(count=4))),
    (
        "columns alike",
        carousel(column(count=2), column(count=2)),
        carousel(column(count=2), column(count=1)),
    ),
    ("latitude", location(latitude=-90), location(latitude=-90.1)),
    ("place's title", location(title="ก" * 100), location(title="ก" * 101)),
    ("sticker", sticker(), {"type": "sticker", "packageId": "446"}),
    ("tracking id", video("a" * 100), video("a" * 101)),
    ("a sound lasts", audio(1), audio(0)),
    ("imagemap's width", imagemap(1040), imagemap(1041)),
    ("imagemap's areas", imagemap(count=50), imagemap(count=51)),
    ("mention", mention(), mention("nobody")),
    ("coupon's tag", coupon("x" * 30), coupon("x" * 31)),
    ("picture's label", pictures("ก" * 12), pictures("ก" * 13)),
    ("a date", date("2025-01-15"), date("15/1/2568")),
    ("hero's size", hero(size="full", aspectRatio="20:13"), hero(size="full", aspectRatio="wide")),
    ("gradient", shaded("90deg"), shaded("90")),
    ("clipboard", clip(1000), clip(1001)),
    ("sender's name", text("ก", sender={"name": "ก" * 20}), text("ก", sender={"name": "ก" * 21})),
]

# What LINE's document refuses too: wrong types, unknown and missing properties, unknown types.
MALFORMED: list[tuple[str, Any]] = [
    ("no object", "text"),
    ("no type", {"text": "ก"}),
    ("unknown type", {"type": "hologram"}),
    ("no text", {"type": "text"}),
    ("text is a number", {"type": "text", "text": 1}),
    ("text is null", {"type": "text", "text": None}),
    ("unknown property", text("ก", colour="red")),
    ("unknown property of an action", quick({**MESSAGE_ACTION, "style": "x"})),
    ("unknown action", quick({"type": "explode", "label": "ก"})),
    ("unknown property in Flex", flex(bubble(words(colour="#000000")))),
    ("unknown component", flex(bubble({"type": "table"}))),
    ("unknown layout", flex({"type": "bubble", "body": {"type": "box", "layout": "grid"}})),
    ("no contents", {"type": "flex", "altText": "ก"}),
    ("no altText", {"type": "flex", "contents": bubble(words())}),
    ("unknown bubble size", flex(bubble(words(), size="tera"))),
    ("unknown template", template(type="wizard")),
    ("14 quick replies", quick(*[MESSAGE_ACTION] * 14)),
    ("postback data is 301", quick(postback(data="x" * 301))),
]


def reply(*messages: Any) -> Json:
    return {"replyToken": "token", "messages": list(messages)}


def refused(message: Any) -> bool:
    return bool(check(REPLY, reply(message)))


@pytest.fixture(scope="module")
def line_document(shared: Path) -> jsonschema.Draft202012Validator:
    """LINE's own schema of a reply."""
    return hardened(shared, "messaging-api.yml", "ReplyMessageRequest", closed=True)


@pytest.mark.parametrize(("good", "bad"), [row[1:] for row in LIMITS], ids=[r[0] for r in LIMITS])
def test_a_limit_holds_at_its_edge(good: Json, bad: Json) -> None:
    assert check(REPLY, reply(good)) == []
    assert refused(bad)


@pytest.mark.parametrize("message", [row[1] for row in MALFORMED], ids=[r[0] for r in MALFORMED])
def test_a_malformed_message_is_refused(
    message: Any, line_document: jsonschema.Draft202012Validator
) -> None:
    assert refused(message)
    assert not line_document.is_valid(reply(message))


@pytest.mark.parametrize("good", [row[1] for row in LIMITS], ids=[r[0] for r in LIMITS])
def test_lines_own_document_accepts_what_we_accept(
    good: Json, line_document: jsonschema.Draft202012Validator
) -> None:
    line_document.validate(reply(good))


@pytest.mark.parametrize("good", [row[1] for row in LIMITS], ids=[r[0] for r in LIMITS])
def test_the_sdk_sends_it_unchanged(good: Json) -> None:
    sent = ReplyMessageRequest.from_dict(reply(good)).to_dict()
    assert sent["messages"] == [good]
    assert check(REPLY, sent) == []


def test_what_is_refused_is_refused_over_http_with_lines_error(host: str) -> None:
    headers = {"Authorization": f"Bearer {issue_token(host)}"}
    deep: Any = words()
    for _ in range(300):
        deep = {"type": "box", "layout": "vertical", "contents": [deep]}
    wrong = [bad for _, _, bad in LIMITS] + [bad for _, bad in MALFORMED] + [flex(bubble(deep))]
    for message in wrong:
        answer = requests.post(
            f"{host}/v2/bot/message/validate/reply",
            json={"messages": [message]},
            headers=headers,
            timeout=30,
        )
        assert answer.status_code in (400, 413), message
        assert answer.json()["message"]


def test_five_messages_a_request() -> None:
    assert check(REPLY, reply(*[text("ก")] * 5)) == []
    assert check(REPLY, reply(*[text("ก")] * 6))
    assert check(REPLY, reply())


def test_errors_are_told_as_line_tells_them() -> None:
    problems = check(REPLY, reply(text(""), {"type": "hologram"}, quick({"type": "message"})))
    told = error_body(problems)
    assert told["message"] == "The request body has 4 error(s)"
    assert [detail["property"] for detail in told["details"]] == [
        "messages[0].text",
        "messages[1].type",
        "messages[2].quickReply.items[0].action.label",
        "messages[2].quickReply.items[0].action.text",
    ]
    assert told["details"][0]["message"] == "May not be empty"


def test_flex_errors_point_into_the_contents() -> None:
    problems = check(REPLY, reply(text("ก"), flex(bubble(words(), words(colour="x")))))
    assert error_body(problems) == {
        "message": "A message (messages[1]) in the request body is invalid",
        "details": [{"message": "unknown field", "property": "/body/contents/1/colour"}],
    }


def with_an_unknown_property(value: Any) -> Iterator[Any]:
    """Every way to add an unknown property to one object inside a value."""
    if isinstance(value, dict):
        yield {**value, "unheardOf": 1}
        for name, part in value.items():
            yield from ({**value, name: changed} for changed in with_an_unknown_property(part))
    if isinstance(value, list):
        for index, part in enumerate(value[:2]):
            rest = value[index + 1 :]
            yield from (
                [*value[:index], changed, *rest] for changed in with_an_unknown_property(part)
            )


@pytest.mark.parametrize("good", [row[1] for row in LIMITS], ids=[r[0] for r in LIMITS])
def test_an_unknown_property_is_refused_anywhere(good: Json) -> None:
    changed = list(with_an_unknown_property(good))
    assert changed
    assert all(refused(message) for message in changed)
