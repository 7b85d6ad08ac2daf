"""`spreadsheets.batchUpdate`: requests run in order on a draft, which a refusal drops whole."""

from sandbox.google import masks, metadata, view
from sandbox.google.edit import Edit
from sandbox.google.errors import GoogleError, invalid
from sandbox.google.requests import ROUTES
from sandbox.google.schema import Json


def run(edit: Edit, body: Json) -> Json:
    """Apply a BatchUpdateSpreadsheetRequest to the draft and return Google's answer."""
    requests = body.get("requests", [])
    if not requests:
        raise invalid("Must specify at least one request.")
    for index, request in enumerate(requests):
        _check_known(index, request)
    replies = [_one(edit, index, request) for index, request in enumerate(requests)]
    edit.book.check_size()
    metadata.check_size(edit.book)
    answer: Json = {"spreadsheetId": edit.book.id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        answer["updatedSpreadsheet"] = _updated(edit, body)
    return answer


def _check_known(index: int, request: Json) -> None:
    if len(request) != 1:
        raise invalid(f"Invalid requests[{index}]: exactly one request must be set.")
    name = next(iter(request))
    if name not in ROUTES:
        raise GoogleError(501, f"The sandbox does not do requests[{index}].{name}.")


def _one(edit: Edit, index: int, request: Json) -> Json:
    name, content = next(iter(request.items()))
    try:
        reply = ROUTES[name](edit, content)
    except GoogleError as error:
        message = f"Invalid requests[{index}].{name}: {error.message}"
        raise GoogleError(error.code, message) from error
    return {name: reply} if reply else {}


def _updated(edit: Edit, body: Json) -> Json:
    wanted = body.get("responseRanges")
    places = [edit.book.resolve(text)[:2] for text in wanted] if wanted else None
    grid_data = body.get("responseIncludeGridData", False)
    return view.spreadsheet(
        edit.book, places, masks.EVERYTHING, grid_data=grid_data, passes=edit.may_pass
    )
