"""With whom a spreadsheet is shared: whoever can open it reads what the agency works on.

Google's Drive tells, which wants a scope of its own and has to be switched on for the project
[permissions.list, drive.v3 discovery document]; where it does not tell, that is said plainly.
"""

import copy
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import google.auth
from google.auth.exceptions import GoogleAuthError

from sheets.google import Google, SheetError

Json = dict[str, Any]

SCOPES = ("https://www.googleapis.com/auth/drive.metadata.readonly",)
URL = "https://www.googleapis.com/drive/v3/files/{}/permissions"
FIELDS = "nextPageToken,permissions(type,role,emailAddress,domain,deleted)"
MOST_PAGES = 50
_MAY = {
    "reader": "read", "commenter": "comment on", "writer": "edit", "fileOrganizer": "edit",
    "organizer": "edit", "owner": "edit",
}  # fmt: skip
BY_HAND = "look at Share in the spreadsheet"
_WHY = {
    "no_access": "Google does not tell this account with whom the spreadsheet is shared",
    "api_disabled": "the Drive API is switched off for the account's project",
    "credentials": "Google gives this account no token for Drive",
}


@dataclass(frozen=True, slots=True)
class Sharing:
    """With whom a spreadsheet is shared.

    `warnings` are sentences for the operator; `addresses` all that can open it. `unchecked` says
    why nothing is known, None where all is.
    """

    warnings: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    unchecked: str | None = None


def check_sharing(account: Google, spreadsheet_id: str, people: Collection[str]) -> Sharing:
    """Ask Google, and warn of what goes beyond `people` (addresses, or @domain for all of one).

    Raises nothing: a spreadsheet can be installed without knowing this.
    """
    try:
        permissions = list(_permissions(_for_drive(account), spreadsheet_id))
    except SheetError as error:
        why = _WHY.get(error.reason, f"Drive does not answer ({error.reason})")
        return Sharing(unchecked=f"{why}: {BY_HAND}")
    return judged(permissions, people, account.email)


def judged(
    permissions: Collection[Mapping[str, Any]], people: Collection[str], own: str | None
) -> Sharing:
    """What to say of Drive's Permission messages. Pure.

    >>> judged([{"type": "anyone", "role": "reader"}], (), None).warnings
    ('anybody who has the link can read it',)
    """
    alive = [one for one in permissions if not one.get("deleted")]
    known = {one.casefold() for one in people} | ({own.casefold()} if own else set())
    warnings = [said for one in alive if (said := _warning(one, known, named=bool(people)))]
    addresses = [one["emailAddress"] for one in alive if one.get("emailAddress")]
    return Sharing(tuple(warnings), tuple(sorted(addresses)))


def _warning(permission: Mapping[str, Any], known: set[str], *, named: bool) -> str | None:
    may = f"can {_MAY.get(permission.get('role', ''), 'open')} it"
    if permission["type"] == "anyone":
        return f"anybody who has the link {may}"
    if permission["type"] == "domain":
        domain = permission.get("domain", "")
        return None if f"@{domain.casefold()}" in known else f"everybody at {domain} {may}"
    address = permission.get("emailAddress", "")
    domain = address.casefold().rpartition("@")[2]
    if not named or {address.casefold(), f"@{domain}"} & known:
        return None
    return f"{address} {may}, and is not in the agency's sheet.people"


def _permissions(drive: Google, spreadsheet_id: str) -> Iterator[Json]:
    page: dict[str, str] = {}
    for _ in range(MOST_PAGES):
        params = {"supportsAllDrives": "true", "pageSize": "100", "fields": FIELDS, **page}
        answer = drive._call("read", "get", URL.format(spreadsheet_id), params=params)
        yield from answer.get("permissions", [])
        if "nextPageToken" not in answer:
            return
        page = {"pageToken": answer["nextPageToken"]}
    raise SheetError("permanent", "endless")


def _for_drive(account: Google) -> Google:
    """The same account, with a token that is good for this one question and for nothing else."""
    drive = copy.copy(account)
    drive._own = threading.local()
    try:
        if hasattr(account._credentials, "with_scopes"):
            drive._credentials = account._credentials.with_scopes(SCOPES)
        else:
            drive._credentials = google.auth.default(scopes=SCOPES)[0]
    except GoogleAuthError:
        raise SheetError("permanent", "credentials") from None
    return drive
