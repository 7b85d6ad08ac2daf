"""One browser's request to an agency's complaint pages: its form secret, and how it is answered.

A page carries a token made of the browser's own cookie, so nobody else's page can send a form in
its name. The cookie says nothing of anybody, is kept by nobody here, and is new after each case.
"""

import hmac
import re
import secrets
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from flask import Response, render_template, request
from werkzeug.exceptions import NotFound

from bot.agencies import AgencyConfig
from bot.case_desk import StoreCases, case_desk
from bot.program import Program
from ita.complaints.doors import Doors
from store.database import Transaction

_STYLE: Final = (Path(__file__).parent / "templates" / "style.css").read_bytes().strip()
_STYLE_HASH: Final = b64encode(sha256(_STYLE).digest()).decode()
HEADERS: Final = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_SECRET: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Visit:
    """`secret` is what the browser's cookie says, or what it will say from this answer on."""

    program: Program
    slug: str
    secret: str = field(repr=False)

    @property
    def config(self) -> AgencyConfig:
        """The agency's file."""
        return self.program.agencies[self.slug]

    @property
    def doors(self) -> Doors:
        """What the agency set for its complaint doors."""
        return self.config.complaints.doors()

    @property
    def token(self) -> str:
        """What each form carries."""
        return self.reference("web form", self.secret)

    def reference(self, purpose: str, value: str) -> str:
        """32 hex digits that only this program can make, for this agency and purpose alone."""
        return self.program.keyring.reference(self.slug, purpose, value)

    def is_own_form(self) -> bool:
        """Whether the form that was sent stood on a page that this browser got from us."""
        sent = request.form.get("token", "").encode("utf-8", "replace")
        return hmac.compare_digest(sent, self.token.encode())

    def cases(self, tx: Transaction) -> StoreCases:
        """What may be read of cases; nobody is known here by an account."""
        return case_desk(self.program, tx, "", self.program.clock())

    def page(self, template: str, status: int = 200, **facts: Any) -> Response:
        """A page of this visit."""
        words = render_template(template, visit=self, agency=self.config, doors=self.doors, **facts)
        answer = Response(words, status=status, headers=HEADERS, mimetype="text/html")
        self._remember(answer, self.secret)
        return answer

    def last_page(self, template: str, **facts: Any) -> Response:
        """A page after which the forms that this browser still shows are worth nothing."""
        answer = self.page(template, **facts)
        self._remember(answer, _new_secret())
        return answer

    def _remember(self, answer: Response, secret: str) -> None:
        is_https = self._is_https()
        answer.headers.pop("Set-Cookie", None)
        answer.set_cookie(
            _cookie(is_https=is_https),
            secret,
            secure=is_https,
            httponly=True,
            samesite="Strict",
            path="/",
        )

    def _is_https(self) -> bool:
        return (self.program.settings.public_url or "").startswith("https://")


def visit(program: Program, slug: str) -> Visit:
    """The visit of this request. Raises NotFound where there is no such agency."""
    if slug not in program.agencies:
        raise NotFound("No such agency here.")
    is_https = (program.settings.public_url or "").startswith("https://")
    known = request.cookies.get(_cookie(is_https=is_https), "")
    return Visit(program, slug, known if _SECRET.fullmatch(known) else _new_secret())


def is_same_origin() -> bool:
    """Whether the browser itself says that the form stood on a page of ours; old ones say nothing.

    (Origin would not do: it is "null" from a page that gives no referrer.)
    """
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _cookie(*, is_https: bool) -> str:
    """Browsers let nobody but this very host set a cookie of the first kind."""
    return "__Host-form" if is_https else "form"


def _new_secret() -> str:
    return secrets.token_hex(16)
