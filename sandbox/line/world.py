"""LINE's side of the conversations: channels, tokens, quotas, what was sent. One lock around it."""

import itertools
import re
import secrets
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.faults import Faults
from sandbox.line.state import (
    Accepted,
    Channel,
    ChannelState,
    Content,
    Group,
    Refused,
    ReplyToken,
    Sent,
    SignIns,
)
from sandbox.people import Person, find, line_group_id, stranger

TOKEN_LIFE = timedelta(minutes=15)
REPLY_LIFE = timedelta(minutes=1)
LAST_REDELIVERY = timedelta(minutes=20)
RETRY_KEY_LIFE = timedelta(hours=24)
_CHAT = re.compile(r"[UCR][0-9a-f]{32}")
KEPT_CALLS = 5000
_FIRST_MESSAGE_ID = 570_000_000_000_000_000


@dataclass
class Call:
    """One request to the API; `status` is None until it is answered.

    `tick` is the machine's own clock: the calls of both services come in its order, however the
    sandbox's clock is moved.
    """

    at: datetime
    name: str
    method: str
    path: str
    request_id: str
    agency: str | None = None
    fault: str | None = None
    status: int | None = None
    error: str | None = None
    tick: float = field(default_factory=time.monotonic)


class LineWorld:
    """Everything LINE knows. `now` gives the present moment, aware.

    `people` are the sample people, who are friends of their agency's account from the start.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        channels: Sequence[Channel],
        people: Sequence[Person] = (),
    ) -> None:
        self.now = now
        self.people = people
        self.faults = Faults()
        self.lock = threading.RLock()
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self.sign_ins = SignIns()
        self._message_ids = itertools.count(_FIRST_MESSAGE_ID)
        self._states = {channel.agency: self._fresh(channel) for channel in channels}

    def _fresh(self, channel: Channel) -> ChannelState:
        friends = {p.line_user_id: p for p in self.people if p.agency == channel.agency}
        return ChannelState(channel, channel.webhook_url, friends)

    def reset(self) -> None:
        """Forget what happened; access tokens and webhook addresses stay: bots rely on them."""
        self.faults.clear()
        with self.lock:
            self.calls.clear()
            self.sign_ins = SignIns()
            for agency, old in self._states.items():
                state = self._fresh(old.channel)
                state.tokens, state.webhook_url = old.tokens, old.webhook_url
                self._states[agency] = state

    # Channels and people

    @property
    def agencies(self) -> list[str]:
        """The slugs of the agencies that have a channel here."""
        return list(self._states)

    def state(self, agency: str) -> ChannelState:
        """Return the channel of an agency; ValueError if there is none."""
        try:
            return self._states[agency]
        except KeyError:
            known = ", ".join(self._states)
            raise ValueError(f"no agency {agency!r} in this sandbox; known: {known}") from None

    def person(self, agency: str, slug: str) -> Person:
        """Return a sample person or a fresh citizen, from now on a friend of the account."""
        person = find(self.people, agency, slug)
        with self.lock:
            self.state(agency).friends[person.line_user_id] = person
        return person

    def join(self, agency: str, group: str, person: Person | None = None) -> str:
        """Put the bot, and a person if given, into a group; returns the group's LINE ID."""
        with self.lock:
            group_id = line_group_id(agency, group)
            chat = self.state(agency).groups.setdefault(group_id, Group(group))
            if person is not None:
                chat.members[person.line_user_id] = person
            return group_id

    # Access tokens

    def issue_token(self, channel_id: str, channel_secret: str) -> str | None:
        """Return a fresh stateless access token, or None if the pair is wrong."""
        with self.lock:
            for state in self._states.values():
                channel = state.channel
                if (channel.channel_id, channel.channel_secret) == (channel_id, channel_secret):
                    token = secrets.token_urlsafe(96)
                    state.tokens[token] = self.now() + TOKEN_LIFE
                    return token
        return None

    def authenticate(self, authorization: str | None) -> ChannelState:
        """Return the channel whose bearer token this is; Refused with 401 otherwise."""
        scheme, _, token = (authorization or "").partition(" ")
        with self.lock:
            for state in self._states.values():
                expires = state.tokens.get(token)
                if scheme == "Bearer" and expires is not None and self.now() < expires:
                    return state
        raise Refused(
            401,
            "Authentication failed due to the following reason: invalid token. "
            "Confirm that the access token in the authorization header is valid.",
        )

    # Sending

    def grant_reply(self, state: ChannelState, token: str, chat: str) -> None:
        """Start a reply token's minute, anew if its event is delivered again."""
        now = self.now()
        with self.lock:
            known = state.reply_tokens.setdefault(token, ReplyToken(chat, now, now))
            known.expires = min(now, known.born + LAST_REDELIVERY) + REPLY_LIFE

    def reply(
        self, state: ChannelState, token: str, messages: list[dict[str, Any]], request_id: str
    ) -> list[dict[str, str]]:
        """Send a reply, once per token and within its minute."""
        with self.lock:
            known = state.reply_tokens.get(token)
            if known is None or known.used or self.now() > known.expires:
                raise Refused(400, "Invalid reply token")
            known.used = True
            return self._send(state, [known.chat], messages, "reply", request_id)

    def push(
        self,
        state: ChannelState,
        via: str,
        to: list[str],
        messages: list[dict[str, Any]],
        retry_key: str | None,
        request_id: str,
        *,
        silent: bool = False,
    ) -> list[dict[str, str]]:
        """Send at the channel's own cost; `via` is push or multicast."""
        with self.lock:
            self._refuse_repeat(state, retry_key)
            for chat in to:
                _refuse_stranger(state, chat)
            self._spend(state, to)
            sent = self._send(state, to, messages, via, request_id, silent=silent)
            if retry_key is not None:
                state.accepted[retry_key] = Accepted(self.now(), request_id, sent)
            return sent

    def _refuse_repeat(self, state: ChannelState, retry_key: str | None) -> None:
        if retry_key is None:
            return
        try:
            uuid.UUID(retry_key)
        except ValueError:
            raise Refused(400, "The value of X-Line-Retry-Key is not a UUID") from None
        before = state.accepted.get(retry_key)
        if before is None or self.now() >= before.at + RETRY_KEY_LIFE:
            return
        more = {"sentMessages": before.sent} if before.sent else {}
        refusal = Refused(409, "The retry key is already accepted", **more)
        refusal.headers["x-line-accepted-request-id"] = before.request_id
        raise refusal

    def _spend(self, state: ChannelState, to: Iterable[str]) -> None:
        month = self.month()
        cost = sum(len(state.groups[chat].members) if chat in state.groups else 1 for chat in to)
        if state.quota is not None and state.used[month] + cost > state.quota:
            raise Refused(429, "You have reached your monthly limit.")
        state.used[month] += cost

    def month(self) -> str:
        """The month on which the quota is counted, as 2025-01."""
        return self.now().strftime("%Y-%m")

    def _send(
        self,
        state: ChannelState,
        to: list[str],
        messages: list[dict[str, Any]],
        via: str,
        request_id: str,
        *,
        silent: bool = False,
    ) -> list[dict[str, str]]:
        names = [
            {"id": self.message_id(), "quoteToken": secrets.token_urlsafe(48)} for _ in messages
        ]
        now = self.now()
        state.sent += [
            Sent(chat, message, via, now, request_id, name["id"], silent)
            for chat in to
            if chat not in state.blocked
            for message, name in zip(messages, names, strict=True)
        ]
        return names

    def message_id(self) -> str:
        """A fresh message ID."""
        return str(next(self._message_ids))

    # What people sent

    def keep_content(self, state: ChannelState, message_id: str, content: Content) -> None:
        """Keep a file for download."""
        with self.lock:
            state.contents[message_id] = content

    def content(self, state: ChannelState, message_id: str, *, counts: bool) -> Content | None:
        """Return a file, or None while it is not ready; `counts` uses up one not-ready answer."""
        with self.lock:
            if message_id in state.unsent:
                raise Refused(410, "The message has been unsent")
            content = state.contents.get(message_id)
            if content is None:
                raise Refused(404, "Not found")
            if content.not_ready == 0:
                return content
            content.not_ready -= counts
            return None

    def befriend(self, state: ChannelState, user_id: str) -> None:
        """Know a user who wrote to the account under an ID that is no sample person's."""
        with self.lock:
            state.friends.setdefault(user_id, stranger(state.channel.agency, user_id))


def _refuse_stranger(state: ChannelState, chat: str) -> None:
    if not _CHAT.fullmatch(chat):
        raise Refused(
            400, "The property, 'to', in the request body is invalid (line: -, column: -)"
        )
    if chat not in state.friends and chat not in state.groups:
        raise Refused(400, "Failed to send messages")
