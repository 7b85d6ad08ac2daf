"""The adapter to LINE: a few calls on line-bot-sdk, explicit timeouts, one error of ours."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import urllib3
from linebot.v3 import messaging, oauth
from linebot.v3.messaging.exceptions import ApiException
from linebot.v3.oauth.exceptions import ApiException as OAuthException

from bot.agencies import LineChannel
from bot.clock import Clock

TIMEOUT = (2, 5)
"""Seconds to connect and to read. The SDK has no timeout of its own."""
TOKEN_MARGIN = timedelta(minutes=1)

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


class Line:
    """One channel. Long-lived: it keeps connections and a stateless token (15 minutes)."""

    def __init__(self, channel: LineChannel, host: str, clock: Clock) -> None:
        self._channel = channel
        self._clock = clock
        self._token_until: datetime | None = None
        settings = messaging.Configuration(host=host, access_token="")
        settings.retries = urllib3.Retry(0)  # one retry policy, ours
        self._client = messaging.ApiClient(settings)
        self._api = messaging.MessagingApi(self._client)
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
        self._client.configuration.access_token = issued.access_token
        self._client.set_default_header("Authorization", f"Bearer {issued.access_token}")
        self._token_until = self._clock() + timedelta(seconds=issued.expires_in)

    def reply(self, reply_token: str, messages: list[dict[str, Any]]) -> None:
        """Send up to five messages with a reply token: free, and only once per token."""
        body = {"replyToken": reply_token, "messages": messages}
        request = _built(messaging.ReplyMessageRequest, body)
        self._authorized(lambda: self._api.reply_message(request, _request_timeout=TIMEOUT))

    def push(self, to: str, messages: list[dict[str, Any]], retry_key: UUID) -> None:
        """Send up to five messages; paid. The same retry key is taken once in 24 hours."""
        request = _built(messaging.PushMessageRequest, {"to": to, "messages": messages})
        try:
            self._authorized(
                lambda: self._api.push_message(
                    request, x_line_retry_key=str(retry_key), _request_timeout=TIMEOUT
                )
            )
        except LineError as error:
            if error.status != 409:  # noqa: PLR2004 - 409: this retry key was taken before
                raise

    def _authorized(self, call: Callable[[], Any]) -> None:
        """Call, and once more with a new token when LINE no longer takes the old one."""
        self.authenticate()
        try:
            _call(call)
        except LineError as error:
            if error.status != 401:  # noqa: PLR2004 - 401: refused before anything was done
                raise
            self._token_until = None
            self.authenticate()
            _call(call)


def _built(model: Any, body: dict[str, Any]) -> Any:
    """The SDK's request; what it refuses already here LINE would refuse too."""
    try:
        return model.from_dict(body)
    except ValueError:
        raise LineError("permanent", reason="refused") from None


def _call(call: Callable[[], Any]) -> Any:
    """The one place where what the SDK and its network raise becomes a LineError."""
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
