"""Who may use the console and the control API: pages of this very server, and programs.

Any web page that a developer has open can send requests to 127.0.0.1, and one whose name resolves
to 127.0.0.1 (DNS rebinding) can even read the answers.
"""

from urllib.parse import urlsplit

from flask import Response, jsonify, request

PAGES = "/console/"
_HERE = {"127.0.0.1", "localhost", "::1"}
_SAFE = {"GET", "HEAD", "OPTIONS"}
_OURS = {"same-origin", "none"}


def refuse_strangers() -> tuple[Response, int] | None:
    """Before a request to the console or the control API: 403 if another web site sent it.

    The platforms' own paths are not its business: they ask for a token.
    """
    if not (request.path == "/" or request.path.startswith((PAGES, "/_sandbox/"))):
        return None
    if _host_name() not in _HERE:
        return _no("the sandbox answers to 127.0.0.1 and localhost only")
    if request.method not in _SAFE and not _from_here():
        return _no("another web site may not use the sandbox")
    return None


def _host_name() -> str | None:
    try:
        return urlsplit(f"//{request.headers.get('Host', '')}").hostname
    except ValueError:
        return None


def _from_here() -> bool:
    """Programs send neither header; browsers send both, and pages cannot change them."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    return origin in (None, request.host_url.rstrip("/")) and site in _OURS


def _no(sentence: str) -> tuple[Response, int]:
    return jsonify(error=sentence), 403
