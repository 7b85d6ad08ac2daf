"""What the stand-in knows of one channel; changed only under the world's lock."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.line.richmenus import RichMenus
from sandbox.people import Person


@dataclass(frozen=True)
class LoginChannel:
    """An agency's LINE Login channel; people may only be sent back to one of `callbacks`."""

    channel_id: str
    channel_secret: str
    callbacks: tuple[str, ...]


@dataclass(frozen=True)
class Channel:
    """An agency's Messaging API channel; `webhook_url` is where its bot listens.

    `login` is the Login channel of the same provider, if the agency has one.
    """

    agency: str
    channel_id: str
    channel_secret: str
    bot_user_id: str
    webhook_url: str
    login: LoginChannel | None = None


class Refused(Exception):
    """LINE says no: a status and its error body."""

    def __init__(self, status: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"message": message, **more}
        self.headers: dict[str, str] = {}


@dataclass
class Delivery:
    """One webhook request to the bot.

    `status` is None until it is answered and 0 if it is not in time; `before` is how many messages
    had been sent by then; `tick` is the machine's own clock, by which calls are put in order.
    """

    at: datetime
    events: tuple[str, ...]
    before: int
    again: bool
    status: int | None = None
    tick: float = field(default_factory=time.monotonic)


@dataclass
class ReplyToken:
    """A reply token that LINE gave out for a chat (a user's or group's ID)."""

    chat: str
    born: datetime
    expires: datetime
    used: bool = False


@dataclass(frozen=True)
class Sent:
    """One message that reached one chat. `via` is reply, push or multicast. A `silent` one does
    not ring.
    """

    to: str
    message: dict[str, Any]
    via: str
    at: datetime
    request_id: str
    message_id: str
    silent: bool = False


@dataclass(frozen=True)
class Accepted:
    """A request that LINE accepted under a retry key."""

    at: datetime
    request_id: str
    sent: list[dict[str, str]]


@dataclass(frozen=True)
class SignIn:
    """A person who signed in to a web page, and what the page asked for."""

    login: LoginChannel
    person: Person
    scope: tuple[str, ...]
    at: datetime
    expires: datetime
    redirect_uri: str
    nonce: str | None = None
    challenge: str | None = None


@dataclass
class SignIns:
    """Authorization codes that wait to be exchanged, and the access tokens given for them."""

    codes: dict[str, SignIn] = field(default_factory=dict)
    tokens: dict[str, SignIn] = field(default_factory=dict)


@dataclass
class Content:
    """A file that a person sent; the first `not_ready` downloads find it unprepared."""

    body: bytes
    kind: str
    not_ready: int = 0


@dataclass
class Group:
    """A group chat in which the bot is."""

    name: str
    members: dict[str, Person] = field(default_factory=dict)


@dataclass
class ChannelState:
    """A channel and everything that happened to it."""

    channel: Channel
    webhook_url: str
    friends: dict[str, Person]
    tokens: dict[str, datetime] = field(default_factory=dict)
    chat_mode: str = "bot"
    quota: int | None = 300
    blocked: set[str] = field(default_factory=set)
    groups: dict[str, Group] = field(default_factory=dict)
    reply_tokens: dict[str, ReplyToken] = field(default_factory=dict)
    accepted: dict[str, Accepted] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)
    delivered: dict[str, dict[str, Any]] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    contents: dict[str, Content] = field(default_factory=dict)
    unsent: set[str] = field(default_factory=set)
    loading: list[str] = field(default_factory=list)
    menus: RichMenus = field(default_factory=RichMenus)
