"""The little of Drive that gspread uses: list, create, copy, rename, delete and share files."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from sandbox.google import cells
from sandbox.google.edit import Caller
from sandbox.google.errors import INSUFFICIENT_SCOPES, GoogleError
from sandbox.google.requests.arranging import write_typed
from sandbox.google.schema import Json
from sandbox.google.workbook import Workbook, new_sheet, new_workbook
from sandbox.google.world import File, GoogleWorld, new_file_id, permission

SHEET = "application/vnd.google-apps.spreadsheet"
_DELIMITERS = {"text/csv": ",", "text/tab-separated-values": "\t"}
_REASONS = {400: "invalid", 403: "insufficientFilePermissions", 404: "notFound"}


class DriveError(GoogleError):
    """An error in Drive's own shape, which names a reason."""

    def __init__(self, code: int, message: str = "", reason: str = ""):
        super().__init__(code, message)
        self.reason = reason or _REASONS.get(code, "backendError")

    def body(self) -> Json:
        """Return the JSON body with Drive's list of errors."""
        one = {"message": self.message, "domain": "global", "reason": self.reason}
        return {"error": {"code": self.code, "message": self.message, "errors": [one]}}


Work = Callable[[GoogleWorld, Caller, list[str], Json, Json], Json | bytes]


def check_access(world: GoogleWorld, caller: Caller, http_method: str) -> None:
    """403 unless the project uses the Drive API and the token's scopes cover the call."""
    reading = ("drive.readonly", "drive.metadata.readonly", "drive.metadata")
    scopes = ("drive.file", *(reading if http_method == "GET" else ()))
    if not caller.may_use(*scopes):
        raise DriveError(403, INSUFFICIENT_SCOPES, "insufficientPermissions")
    if not caller.person and not world.switches.drive_enabled:
        raise DriveError(
            403,
            "Google Drive API has not been used in project sandbox before or it is disabled.",
            "accessNotConfigured",
        )


def _file(world: GoogleWorld, caller: Caller, file_id: str, *, to_edit: bool = False) -> File:
    """Return the file; Drive hides a file that is not shared with the caller behind a 404."""
    file = world.files.get(file_id)
    role = file.role(caller) if file else None
    if file is None or role is None:
        raise DriveError(404, f"File not found: {file_id}.")
    if to_edit and role not in ("owner", "writer"):
        raise DriveError(403, "The user does not have sufficient permissions for this file.")
    return file


def _resource(file: File) -> Json:
    return {
        "kind": "drive#file",
        "id": file.book.id,
        "name": file.book.properties["title"],
        "mimeType": SHEET,
        "createdTime": file.created,
        "modifiedTime": file.modified,
    }


def list_files(
    world: GoogleWorld, caller: Caller, _parts: list[str], query: Json, _body: Json
) -> Json:
    """Answer files.list for the queries that gspread makes: by type, by name."""
    found = [_resource(f) for f in world.files.values() if f.role(caller)]
    for term in re.split(r"\s+and\s+", query.get("q", "")) if query.get("q") else []:
        match = re.fullmatch(r"(mimeType|name)\s*=\s*(\"(.*)\"|'(.*)')", term)
        if not match:
            raise GoogleError(501, "The sandbox lists files by mimeType and name only.")
        wanted = match[3] if match[3] is not None else match[4]
        found = [resource for resource in found if resource[match[1]] == wanted]
    return {"kind": "drive#fileList", "incompleteSearch": False, "files": found}


def create_file(
    world: GoogleWorld, caller: Caller, _parts: list[str], _query: Json, body: Json
) -> Json:
    """Create a spreadsheet; a service account has no storage to own one."""
    _require_storage(caller)
    if body.get("mimeType") != SHEET:
        raise GoogleError(501, "The sandbox keeps spreadsheets only.")
    book = new_workbook(new_file_id(), body.get("name", "Untitled spreadsheet"))
    return _resource(world.add_file(book, caller.email))


def _require_storage(caller: Caller) -> None:
    if not caller.person:
        raise DriveError(
            403, "The user's Drive storage quota has been exceeded.", "storageQuotaExceeded"
        )


def get_file(
    world: GoogleWorld, caller: Caller, parts: list[str], _query: Json, _body: Json
) -> Json:
    """Answer files.get."""
    return _resource(_file(world, caller, parts[0]))


def rename_file(
    world: GoogleWorld, caller: Caller, parts: list[str], _query: Json, body: Json
) -> Json:
    """Answer files.update: a new name."""
    file = _file(world, caller, parts[0], to_edit=True)
    if set(body) - {"name"}:
        raise GoogleError(501, "The sandbox changes a file's name only.")
    file.book.properties = file.book.properties | {"title": body.get("name", "")}
    world.mark_changed()
    return _resource(file)


def delete_file(
    world: GoogleWorld, caller: Caller, parts: list[str], _query: Json, _body: Json
) -> bytes:
    """Delete a file for good, which only its owner may."""
    if _file(world, caller, parts[0]).role(caller) != "owner":
        raise DriveError(403, "The user does not have sufficient permissions for this file.")
    del world.files[parts[0]]
    world.mark_changed()
    return b""


def copy_file(
    world: GoogleWorld, caller: Caller, parts: list[str], _query: Json, body: Json
) -> Json:
    """Copy a file to the caller's own."""
    _require_storage(caller)
    source = _file(world, caller, parts[0]).book
    book = source.copy()
    title = body.get("name") or f"Copy of {source.properties['title']}"
    book.id, book.properties = new_file_id(), book.properties | {"title": title}
    if not world.switches.copy_keeps_metadata:
        book.metadata = {}
    return _resource(world.add_file(book, caller.email))


def export_file(
    world: GoogleWorld, caller: Caller, parts: list[str], query: Json, _body: Json
) -> bytes:
    """Export the first tab as CSV or TSV, as Google does for these formats."""
    book = _file(world, caller, parts[0]).book
    delimiter = _DELIMITERS.get(query.get("mimeType", ""))
    if delimiter is None:
        raise GoogleError(501, f"The sandbox does not export {query.get('mimeType')}.")
    return _as_text(book, delimiter).encode()


def _as_text(book: Workbook, delimiter: str) -> str:
    sheet, out = book.sheets[0], io.StringIO()
    used = [(row, column) for row, column, cell in sheet.used(sheet.area) if cells.shown(cell)]
    columns = range(max((column for _, column in used), default=-1) + 1)
    for row in range(max((row for row, _ in used), default=-1) + 1):
        csv.writer(out, delimiter=delimiter).writerow(
            cells.shown(sheet.cell(row, c)) for c in columns
        )
    return out.getvalue().removesuffix("\r\n")


def import_csv(
    world: GoogleWorld, caller: Caller, parts: list[str], _query: Json, body: Json
) -> Json:
    """Replace everything by the text of a CSV, parsed as if typed (Drive v2, as gspread does)."""
    _file(world, caller, parts[0], to_edit=True)
    rows = list(csv.reader(io.StringIO(body["text"])))
    with world.editing(parts[0], caller) as edit:
        for sheet in edit.book.sheets:
            edit.guard(sheet, sheet.area)
        widest = max((len(row) for row in rows), default=1)
        title = edit.book.sheets[0].title
        edit.book.sheets = [new_sheet(0, title, max(len(rows), 1), max(widest, 1))]
        edit.book.names, edit.book.metadata = [], {}
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                write_typed(edit, edit.book.sheets[0], r, c, text)
    return {"kind": "drive#file", "id": parts[0], "mimeType": SHEET}


def list_permissions(
    world: GoogleWorld, caller: Caller, parts: list[str], _query: Json, _body: Json
) -> Json:
    """List who may open a file; only those who may edit it see that."""
    file = _file(world, caller, parts[0], to_edit=True)
    return {"kind": "drive#permissionList", "permissions": file.permissions}


def create_permission(
    world: GoogleWorld, caller: Caller, parts: list[str], _query: Json, body: Json
) -> Json:
    """Share a file with a user, a group, a domain or anyone."""
    file = _file(world, caller, parts[0], to_edit=True)
    kind, role = body.get("type"), body.get("role")
    if kind not in ("user", "group", "domain", "anyone") or role not in _ROLES:
        raise DriveError(400, "The permission type or role field is required.", "required")
    address = body.get("domain" if kind == "domain" else "emailAddress", "")
    if kind != "anyone" and not address:
        raise DriveError(400, "The permission must name whom it is for.", "required")
    if role == "owner":
        raise DriveError(403, "A transfer of ownership needs its flag.", "forbidden")
    wanted = permission("" if kind == "anyone" else address, kind, role)
    file.permissions = [p for p in file.permissions if p["id"] != wanted["id"]] + [wanted]
    world.mark_changed()
    return wanted


_ROLES = ("owner", "writer", "commenter", "reader")


def _permission(file: File, number: str) -> Json:
    for one in file.permissions:
        if one["id"] == number:
            return one
    raise DriveError(404, f"Permission not found: {number}.")


def update_permission(
    world: GoogleWorld, caller: Caller, parts: list[str], query: Json, body: Json
) -> Json:
    """Change a role; ownership changes hands only by the pending owner's own acceptance."""
    file = _file(world, caller, parts[0], to_edit=True)
    old = _permission(file, parts[2])
    new = old | {key: body[key] for key in ("role", "pendingOwner") if key in body}
    if new["role"] not in _ROLES:
        raise DriveError(400, "The specified role is invalid.")
    if new["role"] == "owner":
        accepted = old.get("pendingOwner") and old.get("emailAddress") == caller.email
        if not accepted or str(query.get("transferOwnership")).lower() != "true":
            raise DriveError(403, "The caller is not the pending owner of this file.", "forbidden")
        new.pop("pendingOwner")
        demoted = [p | {"role": "writer"} if p["role"] == "owner" else p for p in file.permissions]
        file.permissions = demoted
    file.permissions = [new if p["id"] == old["id"] else p for p in file.permissions]
    world.mark_changed()
    return new


def delete_permission(
    world: GoogleWorld, caller: Caller, parts: list[str], _query: Json, _body: Json
) -> bytes:
    """Take a permission away; the owner's stays."""
    file = _file(world, caller, parts[0], to_edit=True)
    old = _permission(file, parts[2])
    if old["role"] == "owner":
        raise DriveError(403, "The owner of a file cannot be removed.", "cannotRemoveOwner")
    file.permissions = [p for p in file.permissions if p is not old]
    world.mark_changed()
    return b""


def list_comments(
    world: GoogleWorld, caller: Caller, parts: list[str], _query: Json, _body: Json
) -> Json:
    """List a file's comments."""
    return {"comments": _file(world, caller, parts[0]).comments}


def create_comment(
    world: GoogleWorld, caller: Caller, parts: list[str], _query: Json, body: Json
) -> Json:
    """Comment on a file."""
    comment = body | {"id": new_file_id()}
    _file(world, caller, parts[0], to_edit=True).comments.append(comment)
    world.mark_changed()
    return comment


# HTTP method and shape of the path below /drive/v3/files
METHODS: dict[tuple[str, str], tuple[str, Work]] = {
    ("GET", ""): ("drive.files.list", list_files),
    ("POST", ""): ("drive.files.create", create_file),
    ("GET", "id"): ("drive.files.get", get_file),
    ("PATCH", "id"): ("drive.files.update", rename_file),
    ("DELETE", "id"): ("drive.files.delete", delete_file),
    ("POST", "id/copy"): ("drive.files.copy", copy_file),
    ("GET", "id/export"): ("drive.files.export", export_file),
    ("GET", "id/permissions"): ("drive.permissions.list", list_permissions),
    ("POST", "id/permissions"): ("drive.permissions.create", create_permission),
    ("PATCH", "id/permissions/x"): ("drive.permissions.update", update_permission),
    ("DELETE", "id/permissions/x"): ("drive.permissions.delete", delete_permission),
    ("GET", "id/comments"): ("drive.comments.list", list_comments),
    ("POST", "id/comments"): ("drive.comments.create", create_comment),
}


def route(http_method: str, raw_path: str) -> tuple[str, Work, list[str]]:
    """Return call name, what to do and the parts of a path below `/drive/v3/files`."""
    parts = [unquote(part) for part in raw_path.strip("/").split("/") if part]
    shape = "/".join(["id", *parts[1:2], *("x" for _ in parts[2:])]) if parts else ""
    found: Any = METHODS.get((http_method, shape))
    if found is None:
        raise GoogleError(501, f"The sandbox has no {http_method} files/{shape}.")
    return (*found, parts)
