"""The adapter to LINE: a few calls on line-bot-sdk, explicit timeouts, one error of ours.

The SDK takes a second to import, so it comes with the first door that is made, and not before.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID

import urllib3

from bot.agencies import LineChannel
from bot.clock import Clock

TIMEOUT = (2, 5)
"""Seconds to connect and to read. The SDK has no timeout of its own."""
TOKEN_MARGIN = timedelta(minutes=1)
CONTENT_SECONDS = 30
"""For a whole file: each piece of it may be as slow as TIMEOUT allows."""
PIECE_BYTES = 64 * 1024
FILES_AT = {"https://api.line.me": "https://api-data.line.me"}
"""LINE takes and gives files at another address; a stand-in has but one."""

ErrorKind = Literal["permanent", "temporary", "unknown"]


class LineError(Exception):
    """LINE did not do it, or may have done it.

    `kind`: "permanent": refused, the same request will be refused again; "temporary": surely not
    done, may be tried again; "unknown": it may have been done. The message is a code: what LINE
    answers may carry what was sent.
    """

    says_only_codes = True

    def __init__(self, kind: ErrorKind, status: int | None = None, reason: str = "") -> None:
        super().__init__(f"{kind} {status or ''} {reason}".strip())
        self.kind = kind
        self.status = status
        self.reason = reason


class TooLarge(Exception):
    """What a message carries is larger than was asked for; nothing of it was kept."""


class Line:
    """One channel. Long-lived: it keeps connections and a stateless token (15 minutes)."""

    def __init__(self, channel: LineChannel, host: str, clock: Clock) -> None:
        from linebot.v3 import messaging, oauth  # noqa: PLC0415 - see above

        self._channel = channel
        self._clock = clock
        self._token_until: datetime | None = None
        settings = messaging.Configuration(host=host, access_token="")
        settings.retries = urllib3.Retry(0)  # one retry policy, ours
        self._client = messaging.ApiClient(settings)
        self._api = messaging.MessagingApi(self._client)
        files = messaging.Configuration(host=FILES_AT.get(host, host), access_token="")
        files.retries = urllib3.Retry(0)
        self._files = messaging.ApiClient(files)
        self._blob = messaging.MessagingApiBlob(self._files)
        oauth_settings = oauth.Configuration(host=host)
        oauth_settings.retries = urllib3.Retry(0)
        self._oauth = oauth.ChannelAccessToken(oauth.ApiClient(oauth_settings))
        self._oauth.line_base_path = host

    def authenticate(self) -> None:
        """Have a channel token that lives a minute more. Raises LineError, nothing was sent."""
        if self._token_until is not None and self._clock() < self._token_until - TOKEN_MARGIN:
            return
        issued = _call(
            lambda: self._oauth.issue_stateless_channel_token_by_client_secret(
                client_id=self._channel.channel_id,
                client_secret=self._channel.channel_secret.get_secret_value(),
                _request_timeout=TIMEOUT,
            )
        )
        # The SDK keeps the token in two places and sends whichever it meets first.
        for client in (self._client, self._files):
            client.configuration.access_token = issued.access_token
            client.set_default_header("Authorization", f"Bearer {issued.access_token}")
        self._token_until = self._clock() + timedelta(seconds=issued.expires_in)

    def reply(self, reply_token: str, messages: list[dict[str, Any]]) -> None:
        """Send up to five messages with a reply token: free, and only once per token."""
        body = {"replyToken": reply_token, "messages": messages}
        request = _built("ReplyMessageRequest", body)
        self._authorized(lambda: self._api.reply_message(request, _request_timeout=TIMEOUT))

    def push(
        self, to: str, messages: list[dict[str, Any]], retry_key: UUID, *, silent: bool = False
    ) -> None:
        """Send up to five messages; paid. The same retry key is taken once in 24 hours.

        `silent`: the telephone shows it and does not ring.
        """
        body = {"to": to, "messages": messages, "notificationDisabled": silent}
        request = _built("PushMessageRequest", body)
        try:
            self._authorized(
                lambda: self._api.push_message(
                    request, x_line_retry_key=str(retry_key), _request_timeout=TIMEOUT
                )
            )
        except LineError as error:
            if error.status != 409:  # noqa: PLR2004 - 409: this retry key was taken before
                raise

    def leave(self, chat: str) -> None:
        """Go out of a group (C…) or a room (R…)."""
        leave = self._api.leave_room if chat.startswith("R") else self._api.leave_group
        self._authorized(lambda: leave(chat, _request_timeout=TIMEOUT))

    def ask(self, call: Callable[[Any], Any]) -> Any:
        """Any other call of the SDK's MessagingApi; `call` gives it TIMEOUT. Gives its answer."""
        return self._authorized(lambda: call(self._api))

    def ask_files(self, call: Callable[[Any], Any]) -> Any:
        """The same of MessagingApiBlob, which takes and gives files."""
        return self._authorized(lambda: call(self._blob))

    def content(self, message_id: str, most: int) -> bytes | None:
        """What a message carries, None while LINE has not got it ready. Raises TooLarge.

        Past the SDK's own call, which reads a body whole, however large it is.
        """
        path = f"/v2/bot/message/{quote(message_id, safe='')}/content"
        content: bytes | None = self._authorized(lambda: self._get_file(path, most))
        return content

    def _get_file(self, path: str, most: int) -> bytes | None:
        settings = self._files.configuration
        answer = self._files.rest_client.pool_manager.request(
            "GET",
            settings.host + path,
            headers={"Authorization": f"Bearer {settings.access_token}"},
            timeout=urllib3.Timeout(connect=TIMEOUT[0], read=TIMEOUT[1]),
            preload_content=False,
            redirect=False,
        )
        try:
            if answer.status == 202:  # noqa: PLR2004 - 202: not ready
                return None
            if answer.status != 200:  # noqa: PLR2004
                raise _from_status(answer.status, "")
            return _bounded(answer, most)
        finally:
            answer.close()

    def quota(self) -> tuple[int | None, int]:
        """What may be pushed in a month by the account's plan (None: no limit), and what was."""
        api = self._api
        plan = self._authorized(lambda: api.get_message_quota(_request_timeout=TIMEOUT))
        spent = self._authorized(
            lambda: api.get_message_quota_consumption(_request_timeout=TIMEOUT)
        )
        return plan.value, spent.total_usage

    def _authorized(self, call: Callable[[], Any]) -> Any:
        """Call, and once more with a new token when LINE no longer takes the old one."""
        self.authenticate()
        try:
            return _call(call)
        except LineError as error:
            if error.status != 401:  # noqa: PLR2004 - 401: refused before anything was done
                raise
            self._token_until = None
            self.authenticate()
            return _call(call)


def _bounded(answer: urllib3.BaseHTTPResponse, most: int) -> bytes:
    """The body in pieces, given up where it grows too large or takes too long."""
    deadline = time.monotonic() + CONTENT_SECONDS
    found = bytearray()
    for piece in answer.stream(PIECE_BYTES, decode_content=False):
        found += piece
        if len(found) > most:
            raise TooLarge
        if time.monotonic() > deadline:
            raise LineError("temporary", reason="slow")
    return bytes(found)


def _built(model: str, body: dict[str, Any]) -> Any:
    """The SDK's request; what it refuses already here LINE would refuse too."""
    from linebot.v3 import messaging  # noqa: PLC0415

    try:
        return getattr(messaging, model).from_dict(body)
    except ValueError:
        raise LineError("permanent", reason="refused") from None


def _call(call: Callable[[], Any]) -> Any:
    """The one place where what the SDK and its network raise becomes a LineError."""
    from linebot.v3.messaging.exceptions import ApiException  # noqa: PLC0415
    from linebot.v3.oauth.exceptions import ApiException as OAuthException  # noqa: PLC0415

    try:
        return call()
    except (ApiException, OAuthException) as error:
        raise _from_status(error.status, error.body) from None
    except urllib3.exceptions.MaxRetryError as error:
        raise _from_network(error.reason or error) from None
    except urllib3.exceptions.HTTPError as error:
        raise _from_network(error) from None
    except ValueError:
        # An answer of 200 that is not LINE's: something between us and LINE may have made it up.
        raise LineError("unknown", reason="strange answer") from None


def _from_network(error: Exception) -> LineError:
    """Without a connection nothing was sent; once there was one, nobody knows."""
    never = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)
    return LineError(
        "temporary" if isinstance(error, never) else "unknown", reason=type(error).__name__
    )


def _from_status(status: int | None, body: object) -> LineError:
    """What a status means for the message that was sent.

    A server error may come after the deed. 429 and a refused token say nothing of the message:
    it was surely not sent, and can be once the quota or the channel's secret is mended.
    """
    if status is None or status >= 500:  # noqa: PLR2004
        return LineError("unknown", status)
    if status in (401, 403, 429):
        return LineError("temporary", status)
    stale = "nvalid reply token" in str(body)
    return LineError("permanent", status, "reply token" if stale else "refused")
