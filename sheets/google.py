"""The adapter to Google Sheets: two ways to read, one way to write, one error.

No call is ever repeated here: whether a write that ended in doubt was applied is settled by
reading the sheet. Tabs are addressed by sheet id, so that renaming one changes nothing.

Every call is counted before it is made (store.budget), and none is made for which there is no room.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import google.auth
import requests
from google.auth.exceptions import GoogleAuthError, TransportError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL
from requests.adapters import HTTPAdapter

from store import budget as budgets
from store.budget import Budget, Purpose

log = logging.getLogger(__name__)

Json = dict[str, Any]

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
TIMEOUT = (3.0, 20.0)
"""Seconds to connect, and to wait for bytes."""
PATIENCE = 3 * 60.0
"""Seconds that a command of the operator's waits for room in the budget: a sync never does."""

OUTLINE_FIELDS = (
    "properties.title,developerMetadata(metadataId,metadataValue),"
    "sheets(properties(sheetId,title,index,gridProperties),protectedRanges(description))"
)
GRID_FIELDS = (
    "developerMetadata(metadataId,metadataValue),sheets(properties(sheetId,gridProperties),"
    "data(startRow,startColumn,"
    "rowData.values(formattedValue,effectiveValue,userEnteredValue.formulaValue),"
    "rowMetadata.developerMetadata(metadataId,metadataKey),"
    "columnMetadata.developerMetadata(metadataKey,metadataValue)))"
)

Kind = Literal["permanent", "temporary", "unknown"]


class SheetError(Exception):
    """A call to Google that failed.

    "permanent" (somebody has to mend something) and "temporary" (later it may work) calls were
    surely not applied; of an "unknown" one nobody knows. `reason` is one word of ours, never
    Google's text, which can quote cells; `code` is the HTTP status where there was an answer.
    "budget" calls were not even made, "quota" calls Google refused; both say in `retry_after` how
    many seconds to wait.
    """

    says_only_codes = True

    def __init__(
        self, kind: Kind, reason: str, code: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{kind}: {reason} ({code})")
        self.kind = kind
        self.reason = reason
        self.code = code
        self.retry_after = retry_after


@dataclass
class Purse:
    """What a thread took from the budget before it began.

    `wait`: seconds until there may be room; 0.0 where the calls in `left` were taken. `over_quota`:
    Google refused a call nevertheless.
    """

    wait: float
    left: list[budgets.Kind] = field(default_factory=list)
    over_quota: bool = False


class Google:
    """Google Sheets as one account. Threads may share it.

    `key_file` is a service account's; without it the machine's own account is used
    (google.auth.default). `host` sends the same requests to another place (the sandbox).
    With a `budget` every call is counted; one for which there is no room within `patience` seconds
    is not made: SheetError ("temporary", "budget").

    Making one raises SheetError ("credentials") where there is no account, OSError for a file that
    cannot be read.
    """

    def __init__(
        self,
        key_file: Path | None = None,
        host: str | None = None,
        budget: Budget | None = None,
        patience: float = 0.0,
    ) -> None:
        self._credentials, self.project = _credentials(key_file)
        self._host = host
        self._budget = budget
        self._patience = patience
        self._own = threading.local()  # a requests session and a purse belong to one thread

    @property
    def email(self) -> str | None:
        """The account's address, None where it is not known."""
        return getattr(self._credentials, "service_account_email", None)

    @property
    def account(self) -> str:
        """The name under which the account's calls are counted."""
        return self.email or "default"

    @contextmanager
    def paid(self, leaving: int = 0, purpose: Purpose = Purpose.ROWS) -> Iterator[Purse]:
        """Take a read and a write, both or neither, for the calls of this thread inside.

        A write rests on a read just before it, so there are never more writes than reads, and
        who takes both at the beginning never reads for nothing. `leaving` are the calls that
        belong to others. What is left over at the end is not given back: reads run out first.

        Who pays now and writes some seconds later may write in a minute that is full by then: as
        many calls more as syncs are under way. Google's own limit is ten calls above ours.
        """
        kinds = budgets.KINDS
        wait = self._take(kinds, leaving, purpose)
        purse = self._own.purse = Purse(wait, [] if wait else list(kinds))
        try:
            yield purse
        finally:
            self._own.purse = None

    def outline(self, spreadsheet_id: str, fields: str = OUTLINE_FIELDS) -> Json:
        """The spreadsheet's tabs, protections and own metadata, or other fields, without cells."""
        url = SPREADSHEET_URL % spreadsheet_id
        return self._call("read", "get", url, params={"fields": fields})

    def read(self, spreadsheet_id: str, whole: Sequence[int], headers: Sequence[int] = ()) -> Json:
        """Cells and tags, in one request: of `whole` tabs all, of `headers` the first row."""
        ranges = [{"sheetId": tab} for tab in whole]
        ranges += [{"sheetId": tab, "startRowIndex": 0, "endRowIndex": 1} for tab in headers]
        return self.ranges(spreadsheet_id, ranges, GRID_FIELDS)

    def ranges(self, spreadsheet_id: str, ranges: Sequence[Json], fields: str) -> Json:
        """These fields of Google's GridRanges, in one request."""
        url = f"{SPREADSHEET_URL % spreadsheet_id}:getByDataFilter"
        filters = {"dataFilters": [{"gridRange": one} for one in ranges]}
        return self._call("read", "post", url, params={"fields": fields}, json=filters)

    def batch(self, spreadsheet_id: str, changes: Sequence[Json]) -> list[Json]:
        """Apply all changes or none of them. Returns Google's reply to each."""
        url = SPREADSHEET_BATCH_UPDATE_URL % spreadsheet_id
        answer = self._call("write", "post", url, json={"requests": list(changes)})
        replies: list[Json] = answer.get("replies", [])
        return replies

    def _call(self, kind: budgets.Kind, method: str, url: str, **content: Any) -> Json:
        """Errors are raised `from None`: what they chain may quote cells."""
        self._pay(kind)
        try:
            answer: Json = self._client().request(method, url, **content).json()
        except APIError as error:
            raise self._counted(kind, _refused(error)) from None
        except TransportError:
            raise SheetError("temporary", "no_token") from None
        except GoogleAuthError:
            raise SheetError("permanent", "credentials") from None
        except requests.ConnectTimeout:
            raise SheetError("temporary", "unreachable") from None
        except requests.Timeout:
            raise SheetError("unknown", "timeout") from None
        except (requests.RequestException, KeyError, TypeError, ValueError):
            # KeyError and TypeError: gspread on an error whose body is not Google's.
            raise SheetError("unknown", "connection") from None
        return answer

    def _take(self, kinds: Iterable[budgets.Kind], leaving: int, purpose: Purpose) -> float:
        if self._budget is None:
            return 0.0
        return self._budget.take(
            self.account, self.project, kinds, leaving=leaving, purpose=purpose
        )

    def _pay(self, kind: budgets.Kind) -> None:
        """From what was taken before, else from the budget. SheetError where there is no room."""
        purse = self._purse()
        if purse is not None and kind in purse.left:
            purse.left.remove(kind)
            return
        patience = 0.0 if purse is not None else self._patience
        while wait := self._take((kind,), 0, Purpose.ROWS):
            if wait > patience:
                raise SheetError("temporary", "budget", retry_after=wait)
            log.warning("waits %.0f s for room in Google's quota", wait)
            time.sleep(wait)
            patience -= wait

    def _counted(self, kind: budgets.Kind, error: SheetError) -> SheetError:
        """Over Google's quota in spite of ours: for a minute nobody asks, in no process."""
        if error.reason == "quota" and self._budget is not None:
            self._budget.exhaust(self.account, kind)
            error.retry_after = self._budget.window
            if (purse := self._purse()) is not None:
                purse.over_quota = True
        return error

    def _purse(self) -> Purse | None:
        return getattr(self._own, "purse", None)

    def _client(self) -> HTTPClient:
        if not hasattr(self._own, "client"):
            # A session of our own for tokens: google-auth's would try again three times.
            tokens = Request(self._redirected(requests.Session()))
            session = AuthorizedSession(self._credentials, auth_request=tokens)  # type: ignore[no-untyped-call]
            client = HTTPClient(None, session=self._redirected(session))  # type: ignore[arg-type]
            client.set_timeout(TIMEOUT)
            self._own.client = client
        made: HTTPClient = self._own.client
        return made

    def _redirected(self, session: requests.Session) -> requests.Session:
        """With a host given, no call leaves for anywhere else, google-auth's own included."""
        if self._host:
            session.mount("https://", _Elsewhere(self._host))
        return session


class _Elsewhere(HTTPAdapter):
    """Sends what is meant for Google to another host."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self._host = host.rstrip("/")

    def __reduce__(self) -> tuple[type["_Elsewhere"], tuple[str]]:
        """google-auth copies its session, which drops what HTTPAdapter does not know."""
        return _Elsewhere, (self._host,)

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        parts = urlsplit(request.url or "")
        request.url = self._host + parts.path + (f"?{parts.query}" if parts.query else "")
        return super().send(request, *args, **kwargs)


def _credentials(key_file: Path | None) -> tuple[Any, str]:
    """The account's credentials, and the name of its project."""
    try:
        if key_file is None:
            found, project = google.auth.default(scopes=SCOPES)
        else:
            found = Credentials.from_service_account_file(str(key_file), scopes=SCOPES)  # type: ignore[no-untyped-call]
            project = found.project_id
    except (GoogleAuthError, ValueError):
        # ValueError: a file that is no JSON, or holds no private key.
        raise SheetError("permanent", "credentials") from None
    return found, str(project or "default")


# What Google says in its 400s, and our word for it. Only ever compared, never passed on. Whatever
# it has against our tags and stamp ("stamp_exists") means that the sheet changed since we read.
_REASONS = (
    ("limit", "limit"),
    ("metadata", "stamp_exists"),
    ("already exists", "exists"),
    ("no grid with id", "tab_missing"),
    ("protected", "protected"),
)


def _refused(error: APIError) -> SheetError:
    code = error.response.status_code
    if code == 429:  # noqa: PLR2004 - over quota
        return SheetError("temporary", "quota", code)
    if code >= 500:  # noqa: PLR2004 - a server's error
        return SheetError("unknown", "server", code)
    said = str(error.error.get("message", "")).casefold()
    named = {401: "credentials", 403: "no_access", 404: "not_found"}
    if code in named:
        switched_off = "has not been used in project" in said  # Google's words for 403 then
        return SheetError("permanent", "api_disabled" if switched_off else named[code], code)
    reason = next((word for sign, word in _REASONS if sign in said), "bad_request")
    return SheetError("permanent", reason, code)
