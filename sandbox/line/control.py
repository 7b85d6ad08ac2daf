"""The control API's LINE side, /_sandbox/line/: let people write, see what reached them."""

import base64
import binascii
import json
from dataclasses import asdict
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, request

from sandbox.control import BadInput, control_blueprint, count, json_body, maybe, need
from sandbox.line import events
from sandbox.line.deliver import Courier, sign, to_bytes
from sandbox.line.state import ChannelState, Content, Sent
from sandbox.line.world import LineWorld
from sandbox.people import line_group_id, line_user_id

SAMPLE_IMAGE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M8AAAMBAQAY3Y2wAAAAAElFTkSuQmCC"
)
SAMPLE_FILE = b"%PDF-1.4\n"
_MEDIA = {
    "image": Content(SAMPLE_IMAGE, "image/png"),
    "video": Content(b"video", "video/mp4"),
    "audio": Content(b"audio", "audio/x-m4a"),
    "file": Content(SAMPLE_FILE, "application/pdf"),
}
_WRONG_SIGNATURE = sign("not the channel's secret", b"")
_CHAT_MODES = ("bot", "chat")


def line_control(world: LineWorld, courier: Courier) -> Blueprint:
    """Serve the switches of the world; every bad input gets 400 and one sentence."""
    blueprint = control_blueprint("line_control", "/line")
    for method, path, handler in _ROUTES:
        view = partial(handler, world, courier)
        blueprint.add_url_rule(path, f"{method}{path}", view, methods=[method])
    return blueprint


def _say(world: LineWorld, courier: Courier) -> Response:
    body = json_body()
    if body.get("message") is None:
        raise BadInput('"message" is missing: a text or a LINE message object')
    return _one(world, courier)


def _one(world: LineWorld, courier: Courier) -> Response:
    body = json_body()
    state = world.state(need(body, "agency", str))
    return _deliver(courier, state, [_event(world, state, body)], body)


def _batch(world: LineWorld, courier: Courier) -> Response:
    body = json_body()
    state = world.state(need(body, "agency", str))
    asked = need(body, "items", list)
    if not all(isinstance(item, dict) for item in asked):
        raise BadInput('"items" must be a list of objects')
    return _deliver(courier, state, [_event(world, state, item) for item in asked], body)


def _again(world: LineWorld, courier: Courier) -> Response:
    body = json_body()
    state = world.state(need(body, "agency", str))
    event_id = need(body, "event_id", str)
    if event_id not in state.delivered:
        raise BadInput(f"no event {event_id} was delivered to this agency")
    return jsonify(event_id=event_id, status=courier.deliver_again(state, event_id).status)


def _deliver_any(world: LineWorld, courier: Courier) -> Response:
    state = world.state(request.args.get("agency", ""))
    raw, found = _destined(state, request.get_data())
    answer = courier.deliver_bytes(state, raw, _signature(state, raw), found)
    return jsonify(status=answer.status, body=answer.body)


def _list_sent(world: LineWorld, _: Courier) -> Response:
    agency = request.args.get("agency", "")
    state = world.state(agency)
    chat = _chat(agency, request.args.get("person"), request.args.get("group"))
    with world.lock:
        reached = [_sent(message) for message in state.sent if chat in (None, message.to)]
    return jsonify(messages=reached)


def _list_calls(world: LineWorld, _: Courier) -> Response:
    with world.lock:
        return jsonify(calls=[{**asdict(c), "at": c.at.isoformat()} for c in world.calls])


def _channel(world: LineWorld, _: Courier) -> Response:
    return jsonify(_settings(world, world.state(request.args.get("agency", ""))))


def _set_channel(world: LineWorld, _: Courier) -> Response:
    body = json_body()
    state = world.state(need(body, "agency", str))
    with world.lock:
        _change(state, body)
    return jsonify(_settings(world, state))


_ROUTES = (
    ("POST", "/say", _say),
    ("POST", "/event", _one),
    ("POST", "/batch", _batch),
    ("POST", "/again", _again),
    ("POST", "/deliver", _deliver_any),
    ("GET", "/sent", _list_sent),
    ("GET", "/calls", _list_calls),
    ("GET", "/channel", _channel),
    ("POST", "/channel", _set_channel),
)


def _event(world: LineWorld, state: ChannelState, asked: dict[str, Any]) -> dict[str, Any]:
    """Build the event that `asked` describes by "message" or "event"."""
    agency = state.channel.agency
    person = world.person(agency, need(asked, "person", str))
    group = maybe(asked, "group", str)
    group_id = world.join(agency, group, person) if group else None
    payload = _payload(world, state, asked)
    if (timestamp := maybe(asked, "timestamp", int)) is not None:
        payload["timestamp"] = timestamp
    mode = maybe(asked, "mode", str) or "active"
    return events.event(world, state, person, payload, group_id, mode)


def _payload(world: LineWorld, state: ChannelState, asked: dict[str, Any]) -> dict[str, Any]:
    said = asked.get("message")
    if said is None:
        return dict(need(asked, "event", dict))
    if isinstance(said, str):
        said = {"type": "text", "text": said}
    if not isinstance(said, dict):
        raise BadInput('"message" must be a text or a LINE message object')
    message = events.message(world, said)
    _keep_file(world, state, message, asked)
    return {"type": "message", "message": message}


def _keep_file(
    world: LineWorld, state: ChannelState, message: dict[str, Any], asked: dict[str, Any]
) -> None:
    sample = _MEDIA.get(str(message.get("type")))
    if sample is None:
        return
    given = maybe(asked, "content", str)
    try:
        body = sample.body if given is None else base64.b64decode(given, validate=True)
    except binascii.Error:
        raise BadInput('"content" must be in base64') from None
    kind = maybe(asked, "content_type", str) or sample.kind
    content = Content(body, kind, count(asked, "not_ready", default=0))
    world.keep_content(state, str(message["id"]), content)


def _deliver(
    courier: Courier, state: ChannelState, built: list[dict[str, Any]], asked: dict[str, Any]
) -> Response:
    duplicates = count(asked, "duplicates", default=0, most=50)
    first, *rest = courier.deliver(state, built, duplicates)
    ids = [event["webhookEventId"] for event in built]
    messages = [event.get("message", {}).get("id") for event in built]
    return jsonify(
        event_id=ids[0] if ids else None,
        event_ids=ids,
        message_ids=messages,
        status=first.status,
        duplicates=[answer.status for answer in rest],
    )


def _destined(state: ChannelState, raw: bytes) -> tuple[bytes, list[Any]]:
    """Make a JSON body's destination right, unless told to keep it; return its events too."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return raw, []
    if not isinstance(body, dict):
        return raw, []
    found = body.get("events")
    if request.args.get("destination") != "keep":
        raw = to_bytes({**body, "destination": state.channel.bot_user_id})
    return raw, found if isinstance(found, list) else []


def _signature(state: ChannelState, raw: bytes) -> str | None:
    asked = request.args.get("signature", "right")
    if asked not in ("right", "wrong", "none"):
        raise BadInput('"signature" must be right, wrong or none')
    right = sign(state.channel.channel_secret, raw)
    return {"right": right, "wrong": _WRONG_SIGNATURE, "none": None}[asked]


def _chat(agency: str, person: str | None, group: str | None) -> str | None:
    if group:
        return line_group_id(agency, group)
    return line_user_id(agency, person) if person else None


def _sent(sent: Sent) -> dict[str, Any]:
    return {**asdict(sent), "at": sent.at.isoformat()}


def _settings(world: LineWorld, state: ChannelState) -> dict[str, Any]:
    return {
        "agency": state.channel.agency,
        "channel_id": state.channel.channel_id,
        "bot_user_id": state.channel.bot_user_id,
        "webhook_url": state.webhook_url,
        "chat_mode": state.chat_mode,
        "quota": state.quota,
        "used": state.used[world.month()],
    }


def _change(state: ChannelState, body: dict[str, Any]) -> None:
    if (mode := maybe(body, "chat_mode", str)) is not None:
        if mode not in _CHAT_MODES:
            raise BadInput('"chat_mode" must be bot or chat')
        state.chat_mode = mode
    state.webhook_url = maybe(body, "webhook_url", str) or state.webhook_url
    if "quota" in body:
        state.quota = maybe(body, "quota", int)
    if maybe(body, "expire_tokens", bool):
        state.tokens.clear()
