"""GET /evidence/<agency>/<id>.<signature>: the photo or file under the link that the sheet shows.

Whoever has the link may look, as the sheet's readers do; nobody can guess one. A stranger's file
is never more than a file here: its type is ours, it runs nothing and is framed by nobody.
"""

from html import escape

from flask import Blueprint, Response, abort

from bot.program import Program
from handlers.evidence import page_words
from store import evidence
from store.evidence import Evidence

SHOWN_INLINE = ("image/jpeg", "image/png", "image/webp", "application/pdf")
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
PAGE = """<!doctype html>
<html lang="th"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{words}</title><p>{words}</p></html>
"""


def evidence_page(program: Program) -> Blueprint:
    """The one address. What it does not know gets the same 404, whatever is wrong with it."""
    room = Blueprint("evidence", __name__)

    @room.get("/evidence/<agency>/<token>")
    def show(agency: str, token: str) -> Response:
        known = evidence.opened(program.keyring, agency, token)
        if known is None or agency not in program.agencies:
            abort(404)
        with program.web_database.agency(agency) as tx:
            item = evidence.find(tx, known)
        return _shown(program, agency, item)

    return room


def _shown(program: Program, agency: str, item: Evidence | None) -> Response:
    """The file, or a page that says that it is on its way, or that there is none any more."""
    if item is None or item.type is None or item.state != "ready":
        return _page(item.state if item else "unsent")
    content = program.evidence.get(agency, item.id)
    if content is None:
        return _page("gone")
    how = "inline" if item.type in SHOWN_INLINE else "attachment"
    name = f"evidence-{item.id[:8]}.{ENDINGS[item.type]}"
    answer = Response(content, mimetype=item.type, headers=HEADERS)
    answer.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return answer


def _page(state: str) -> Response:
    """Thai, and as plain as can be; what is on its way may be asked for again."""
    waiting = state == "waiting"
    page = PAGE.format(words=escape(page_words(state)))
    answer = Response(page, status=202 if waiting else 410, headers=HEADERS)
    if waiting:
        answer.headers["Refresh"] = "5"
    return answer
