"""LINE's HTTP API: its routes, and for each what LINE answers."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, request

from sandbox.line import deliver, login, messages, richmenu_api
from sandbox.line.answering import Asked, answer, refusal
from sandbox.line.rules import WEB, shape, uri
from sandbox.line.state import Content, Group, Refused
from sandbox.line.world import TOKEN_LIFE, Call, LineWorld

_FAULT_MESSAGES = {
    401: "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid.",
    429: "The API rate limit has been exceeded. Try again later.",
    500: "Internal server error",
    503: "Service unavailable",
}


def line_blueprint(world: LineWorld) -> Blueprint:
    """Serve the world under LINE's own paths, those of api.line.me and api-data.line.me."""
    blueprint = Blueprint("line", __name__)
    blueprint.after_request(_name_request)
    token = ("POST", "/oauth2/v3/token", "token", _token)
    authenticated = (
        (method, path, name, _authenticated(handler))
        for method, path, name, handler in (*ROUTES, *richmenu_api.ROUTES)
    )
    for index, (method, path, name, work) in enumerate((token, *login.ROUTES, *authenticated)):
        view = _guarded(world, name, work)
        blueprint.add_url_rule(path, f"{name}-{index}", view, methods=[method])
    blueprint.add_url_rule(
        "/v2/bot/<path:rest>",
        "rest",
        _guarded(world, "unknown", _not_here),
        methods=["GET", "POST", "PUT", "DELETE"],
    )
    return blueprint


def _name_request(response: Response) -> Response:
    response.headers["x-line-request-id"] = g.line_call.request_id
    return response


View = Callable[..., Response]


def _guarded(world: LineWorld, name: str, work: Callable[[LineWorld, Call, Any], Response]) -> View:
    """Log a call, let it meet its fault, and turn refusals into LINE's answers."""

    def view(**args: str) -> Response:
        request.get_data()  # an unread body would confuse the connection when a fault answers
        call = g.line_call = Call(
            world.now(), name, request.method, request.path, str(uuid.uuid4())
        )
        with world.lock:
            world.calls.append(call)
        fault = world.faults.take(name)
        call.fault = fault.kind if fault else None

        def apply() -> Response:
            try:
                return work(world, call, args)
            except Refused as refused:
                call.error = str(refused)
                return refusal(refused)

        response = world.faults.around(
            fault, apply, lambda status: refusal(Refused(status, _FAULT_MESSAGES[status]))
        )
        call.status = response.status_code
        return response

    return view


def _authenticated(
    handler: Callable[[Asked], Response],
) -> Callable[[LineWorld, Call, dict[str, str]], Response]:
    def work(world: LineWorld, call: Call, args: dict[str, str]) -> Response:
        state = world.authenticate(request.headers.get("Authorization"))
        call.agency = state.channel.agency
        asked = Asked(world, state, call.request_id, args)
        if handler is _test_webhook:  # waits for a bot, which may itself ask us something
            return handler(asked)
        with world.lock:
            return handler(asked)

    return work


def _not_here(_: LineWorld, __: Call, ___: dict[str, str]) -> Response:
    raise Refused(501, f"The sandbox does not do {request.method} {request.path}")


def _token(world: LineWorld, _: Call, __: dict[str, str]) -> Response:
    form = request.form
    if form.get("grant_type") != "client_credentials":
        return _oauth_error("unsupported_grant_type", "grant_type must be client_credentials")
    token = world.issue_token(form.get("client_id", ""), form.get("client_secret", ""))
    if token is None:
        return _oauth_error("invalid_client", "invalid client_id or client_secret")
    life = int(TOKEN_LIFE.total_seconds())
    return answer({"token_type": "Bearer", "access_token": token, "expires_in": life})


def _oauth_error(error: str, description: str) -> Response:
    return answer({"error": error, "error_description": description}, 400)


# Sending


def _reply(asked: Asked) -> Response:
    if "X-Line-Retry-Key" in request.headers:
        raise Refused(400, "The X-Line-Retry-Key header can't be used with this endpoint")
    body = asked.json(messages.REPLY)
    sent = asked.world.reply(asked.state, body["replyToken"], body["messages"], asked.request_id)
    return answer({"sentMessages": sent})


def _push(asked: Asked) -> Response:
    body = asked.json(messages.PUSH)
    silent = body.get("notificationDisabled", False)
    sent = _pay(asked, "push", [body["to"]], body["messages"], silent=silent)
    return answer({"sentMessages": sent})


def _multicast(asked: Asked) -> Response:
    body = asked.json(messages.MULTICAST)
    _pay(asked, "multicast", body["to"], body["messages"])
    return answer({})


def _pay(
    asked: Asked, via: str, to: list[str], what: list[dict[str, Any]], *, silent: bool = False
) -> list[dict[str, str]]:
    retry_key = request.headers.get("X-Line-Retry-Key")
    return asked.world.push(asked.state, via, to, what, retry_key, asked.request_id, silent=silent)


def _validate(asked: Asked) -> Response:
    asked.json(messages.VALIDATE)
    return answer({})


def _loading(asked: Asked) -> Response:
    body = asked.json(messages.LOADING)
    if body["chatId"] not in asked.state.friends:
        raise Refused(400, "The property, 'chatId', in the request body is invalid")
    asked.state.loading.append(body["chatId"])
    return answer({}, 202)


# The account


def _quota(asked: Asked) -> Response:
    quota = asked.state.quota
    return answer({"type": "none"} if quota is None else {"type": "limited", "value": quota})


def _consumption(asked: Asked) -> Response:
    return answer({"totalUsage": asked.state.used[asked.world.month()]})


def _info(asked: Asked) -> Response:
    return answer(
        {
            "userId": asked.state.channel.bot_user_id,
            "basicId": f"@{asked.state.channel.channel_id}",
            "displayName": f"บัญชีตัวอย่าง {asked.state.channel.agency}",
            "chatMode": asked.state.chat_mode,
            "markAsReadMode": "auto" if asked.state.chat_mode == "bot" else "manual",
        }
    )


def _webhook(asked: Asked) -> Response:
    return answer({"endpoint": asked.state.webhook_url, "active": True})


_ENDPOINT = uri(500, (*WEB, "http"))
"""LINE takes https only; bots of the sandbox listen on loopback without it."""


def _set_webhook(asked: Asked) -> Response:
    asked.state.webhook_url = asked.json(shape({"endpoint": _ENDPOINT}))["endpoint"]
    return answer({})


def _test_webhook(asked: Asked) -> Response:
    body = asked.json(shape({}, {"endpoint": _ENDPOINT}))
    url = body.get("endpoint", asked.state.webhook_url)
    raw = deliver.to_bytes({"destination": asked.state.channel.bot_user_id, "events": []})
    said = deliver.post(url, raw, deliver.sign(asked.state.channel.channel_secret, raw))
    return answer(
        {
            "success": said.ok,
            "timestamp": asked.world.now().isoformat(timespec="milliseconds"),
            "statusCode": said.status,
            "reason": "OK"
            if said.ok
            else "ERROR_STATUS_CODE"
            if said.status
            else said.body.upper(),
            "detail": str(said.status) if said.status else said.body,
        }
    )


# People


def _profile(asked: Asked) -> Response:
    user_id = asked.args["user_id"]
    person = asked.state.friends.get(user_id)
    if person is None or user_id in asked.state.blocked:
        raise Refused(404, "Not found")
    return answer({"userId": user_id, "displayName": person.name, "language": "th"})


def _group(asked: Asked) -> Group:
    group = asked.state.groups.get(asked.args["group_id"])
    if group is None:
        raise Refused(404, "Not found")
    return group


def _member(asked: Asked) -> Response:
    person = _group(asked).members.get(asked.args["user_id"])
    if person is None:
        raise Refused(404, "Not found")
    return answer({"userId": person.line_user_id, "displayName": person.name})


def _group_summary(asked: Asked) -> Response:
    group = _group(asked)
    return answer({"groupId": asked.args["group_id"], "groupName": group.name})


def _member_count(asked: Asked) -> Response:
    return answer({"count": len(_group(asked).members)})


def _leave(asked: Asked) -> Response:
    _group(asked)
    del asked.state.groups[asked.args["group_id"]]
    return answer({})


# Files


def _file(asked: Asked, *, counts: bool) -> Content | None:
    return asked.world.content(asked.state, asked.args["message_id"], counts=counts)


def _content(asked: Asked) -> Response:
    content = _file(asked, counts=True)
    if content is None:
        return Response(status=202)
    return Response(content.body, 200, content_type=content.kind)


def _transcoding(asked: Asked) -> Response:
    content = _file(asked, counts=False)
    return answer({"status": "succeeded" if content else "processing"})


Route = tuple[str, str, str, Callable[[Asked], Response]]

ROUTES: tuple[Route, ...] = (
    ("POST", "/v2/bot/message/reply", "reply", _reply),
    ("POST", "/v2/bot/message/push", "push", _push),
    ("POST", "/v2/bot/message/multicast", "multicast", _multicast),
    *(
        ("POST", f"/v2/bot/message/validate/{kind}", "validate", _validate)
        for kind in ("reply", "push", "multicast", "narrowcast", "broadcast")
    ),
    ("POST", "/v2/bot/chat/loading/start", "loading", _loading),
    ("GET", "/v2/bot/message/quota", "quota", _quota),
    ("GET", "/v2/bot/message/quota/consumption", "consumption", _consumption),
    ("GET", "/v2/bot/info", "info", _info),
    ("GET", "/v2/bot/channel/webhook/endpoint", "webhook", _webhook),
    ("PUT", "/v2/bot/channel/webhook/endpoint", "set_webhook", _set_webhook),
    ("POST", "/v2/bot/channel/webhook/test", "test_webhook", _test_webhook),
    ("GET", "/v2/bot/profile/<user_id>", "profile", _profile),
    ("GET", "/v2/bot/group/<group_id>/member/<user_id>", "member", _member),
    ("GET", "/v2/bot/group/<group_id>/summary", "group", _group_summary),
    ("GET", "/v2/bot/group/<group_id>/members/count", "group", _member_count),
    ("POST", "/v2/bot/group/<group_id>/leave", "leave", _leave),
    ("GET", "/v2/bot/message/<message_id>/content", "content", _content),
    ("GET", "/v2/bot/message/<message_id>/content/preview", "content", _content),
    ("GET", "/v2/bot/message/<message_id>/content/transcoding", "transcoding", _transcoding),
)
"""Method, path, the name by which faults and the log know the call, and what answers it."""

CALL_NAMES = tuple(
    dict.fromkeys(name for _, _, name, _ in (*login.ROUTES, *ROUTES, *richmenu_api.ROUTES))
)
"""The calls besides `token`, as faults and the log name them."""
