"""Google's errors: one exception that carries the status and knows Google's body."""

from typing import Any

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
_TEXT = {
    401: "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
    " cookie or other valid authentication credential. See"
    " https://developers.google.com/identity/sign-in/web/devconsole-project.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    429: "Quota exceeded.",
    500: "Internal error encountered.",
    503: "The service is currently unavailable.",
}


INSUFFICIENT_SCOPES = "Request had insufficient authentication scopes."


class GoogleError(Exception):
    """An answer that is an error: `code` is the HTTP status, `message` the text Google gives."""

    def __init__(self, code: int, message: str = "", details: list[dict[str, Any]] | None = None):
        super().__init__(message or _TEXT[code])
        self.code = code
        self.message = message or _TEXT[code]
        self.details = details

    def body(self) -> dict[str, Any]:
        """Return the JSON body `{"error": {"code", "message", "status", "details"?}}`."""
        error: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "status": STATUS[self.code],
        }
        if self.details:
            error["details"] = self.details
        return {"error": error}


def invalid(message: str) -> GoogleError:
    """Make the 400 of a request that Google understands and refuses."""
    return GoogleError(400, message)


def protected() -> GoogleError:
    """Make the 400 of a write into cells that are protected from the caller."""
    return invalid(
        "You are trying to edit a protected cell or object. Please contact the spreadsheet owner"
        " to remove protection if you need to edit."
    )


def too_many_cells() -> GoogleError:
    """Make the 400 of a grid that would outgrow a workbook's ten million cells."""
    return invalid(
        "This action would increase the number of cells in the workbook above the limit of"
        " 10000000 cells."
    )
