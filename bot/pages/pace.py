"""How much comes from one address in an hour, in memory alone: nothing here outlives the process.

Addresses are kept as HMACs under a salt of this process. The house's own limit slows only those
who went wrong, or filed, themselves in that hour, and what is slowed already is not counted: nobody
can keep others from their codes. An address may be made up (proxies tell it): 10^16 codes are not
guessed that way either.
"""

import hmac
import secrets
import threading
from collections import Counter
from datetime import datetime
from hashlib import sha256
from typing import Final

from flask import request

FILED, GUESSED = "filed", "guessed"
MOST: Final = {FILED: 5, GUESSED: 10}
"""From one address in an hour. What is filed beyond it is looked at first, and never refused."""
MOST_OF_ALL: Final[dict[str, int]] = {FILED: 1_000, GUESSED: 20_000}
MOST_ADDRESSES: Final = 50_000
"""Whoever makes up more of them shares one count, so that memory is bounded."""


class Pace:
    """Counts by the hour."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(32)
        self._hour: datetime | None = None
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def count(self, agency: str, what: str, now: datetime) -> None:
        """Once more, by whoever sent this request."""
        with self._lock:
            self._begin(now)
            mine = what, self._address(agency)
            if not self._is_slowed(*mine):
                self._counts[mine] += 1
                self._counts[what, ""] += 1

    def too_much(self, agency: str, what: str, now: datetime) -> bool:
        """Whether whoever sent this request went beyond the limit, or had part in doing so."""
        with self._lock:
            self._begin(now)
            return self._is_slowed(what, self._address(agency))

    def _is_slowed(self, what: str, address: str) -> bool:
        mine, of_all = self._counts[what, address], self._counts[what, ""]
        return mine >= MOST[what] or (mine > 0 and of_all >= MOST_OF_ALL[what])

    def _begin(self, now: datetime) -> None:
        hour = now.replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            self._hour, self._counts = hour, Counter()

    def _address(self, agency: str) -> str:
        told = f"{agency}/{request.access_route[0] if request.access_route else ''}"
        known = hmac.digest(self._salt, told.encode("utf-8", "replace"), sha256).hex()
        is_new = not any((what, known) in self._counts for what in MOST)
        return "others" if is_new and len(self._counts) >= MOST_ADDRESSES else known
