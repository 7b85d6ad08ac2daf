"""Webhooks as LINE sends them: signed, two seconds to answer, delivered again after a failure."""

import base64
import copy
import hashlib
import hmac
import json
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import requests

from sandbox.line.state import ChannelState, Delivery
from sandbox.line.world import LineWorld

TIMEOUT = 2.0
REDELIVERY_DELAYS = (1.0, 4.0, 10.0, 30.0)
_OK = range(200, 300)


@dataclass(frozen=True)
class Answer:
    """What the bot said; status 0 if it did not answer in time or at all."""

    status: int
    body: str

    @property
    def ok(self) -> bool:
        """Whether LINE counts the webhook as received."""
        return self.status in _OK


def sign(secret: str, body: bytes) -> str:
    """Sign a body with the channel secret, for the header x-line-signature."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def to_bytes(body: Any) -> bytes:
    """Write JSON as LINE does, in UTF-8; lone surrogates, which UTF-8 has not, stay escaped."""
    try:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(body, separators=(",", ":")).encode()


def post(url: str, body: bytes, signature: str | None) -> Answer:
    """Send one webhook request and wait two seconds for its answer."""
    headers = {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "LineBotWebhook/2.0",
    }
    if signature is not None:
        headers["x-line-signature"] = signature
    with requests.Session() as session:
        session.trust_env = False  # a proxy of the machine's has no part in loopback
        try:
            answer = session.post(
                url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
            )
        except requests.Timeout:
            return Answer(0, "request_timeout")
        except requests.RequestException:
            return Answer(0, "could_not_connect")
        return Answer(answer.status_code, answer.text)


class Courier:
    """Brings events to the bots; delivers again in the background what they did not take."""

    def __init__(
        self, world: LineWorld, redelivery_delays: Sequence[float] = REDELIVERY_DELAYS
    ) -> None:
        self._world = world
        self._delays = redelivery_delays
        self._stop = threading.Event()

    def deliver(
        self, state: ChannelState, events: list[dict[str, Any]], duplicates: int = 0
    ) -> list[Answer]:
        """Deliver the events in one body; `duplicates` more go out at the same moment.

        The first answer is the original's. A failed original is delivered again later.
        """
        state.delivered |= {str(event["webhookEventId"]): event for event in events}
        copies = [False] + [True] * duplicates
        with ThreadPoolExecutor(max_workers=len(copies)) as pool:
            answers = list(pool.map(lambda again: self._send(state, events, again=again), copies))
        if not answers[0].ok:
            self._redeliver_later(state, events)
        return answers

    def deliver_again(self, state: ChannelState, event_id: str) -> Answer:
        """Deliver an earlier event once more, marked as a redelivery; KeyError if unknown."""
        return self._send(state, [state.delivered[event_id]], again=True)

    def deliver_bytes(
        self, state: ChannelState, body: bytes, signature: str | None, events: Sequence[Any]
    ) -> Answer:
        """Deliver a body once, just as it is; `events` are those of it that can be read."""
        self._introduce(state, events)
        known = [event for event in events if isinstance(event, dict)]
        return self._post(state, known, body, signature, again=False)

    def forget(self) -> None:
        """Give up every redelivery that still waits."""
        self._stop.set()
        self._stop = threading.Event()

    def _body(self, state: ChannelState, events: list[dict[str, Any]], *, again: bool) -> bytes:
        copies = copy.deepcopy(events)
        for event in copies:
            event["deliveryContext"]["isRedelivery"] = again
        self._introduce(state, copies)
        return to_bytes({"destination": state.channel.bot_user_id, "events": copies})

    def _send(self, state: ChannelState, events: list[dict[str, Any]], *, again: bool) -> Answer:
        body = self._body(state, events, again=again)
        signature = sign(state.channel.channel_secret, body)
        return self._post(state, events, body, signature, again=again)

    def _post(
        self,
        state: ChannelState,
        events: list[dict[str, Any]],
        body: bytes,
        signature: str | None,
        *,
        again: bool,
    ) -> Answer:
        """Send one request and keep what came of it."""
        ids = tuple(str(event.get("webhookEventId")) for event in events)
        with self._world.lock:
            delivery = Delivery(self._world.now(), ids, len(state.sent), again)
            state.deliveries.append(delivery)
        answer = post(state.webhook_url, body, signature)
        delivery.status = answer.status
        return answer

    def _introduce(self, state: ChannelState, events: Sequence[Any]) -> None:
        """Make the events' reply tokens valid from now on, and their senders known."""
        for event in events:
            source = event.get("source") if isinstance(event, dict) else None
            if not isinstance(source, dict):
                continue
            user, token = source.get("userId"), event.get("replyToken")
            chat = source.get("groupId") or source.get("roomId") or user
            if isinstance(user, str):
                self._world.befriend(state, user)
            if isinstance(token, str) and isinstance(chat, str):
                self._world.grant_reply(state, token, chat)

    def _redeliver_later(self, state: ChannelState, events: list[dict[str, Any]]) -> None:
        threading.Thread(
            target=self._redeliver, args=(state, events, self._stop), daemon=True
        ).start()

    def _redeliver(
        self, state: ChannelState, events: list[dict[str, Any]], stop: threading.Event
    ) -> None:
        for delay in self._delays:
            if stop.wait(delay):
                return
            if self._send(state, events, again=True).ok:
                return
