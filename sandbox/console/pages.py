"""The console's page and its files, and the strict headers under which a browser shows them."""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Response, send_from_directory

from sandbox.console.guard import PAGES
from sandbox.console.state import state_blueprint

if TYPE_CHECKING:  # the server registers this blueprint
    from sandbox.server import Sandbox

_FILES = Path(__file__).parent / "static"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def console_blueprint(sandbox: "Sandbox") -> Blueprint:
    """Serve the page at /, its files under /console/, and what it asks for under /_sandbox/."""
    pages = Blueprint("console", __name__, static_folder=_FILES, static_url_path=PAGES)
    pages.add_url_rule("/", "page", _page)
    pages.register_blueprint(state_blueprint(sandbox))
    pages.after_request(_harden)
    return pages


def _page() -> Response:
    return send_from_directory(_FILES, "index.html")


def _harden(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response
