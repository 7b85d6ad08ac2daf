"""How much comes from one address in an hour, in memory alone: nothing here outlives the process.

Addresses are kept as HMACs under a salt of this process. An address may be made up (proxies tell
it): then only the house's own limit holds, and 10^16 codes are not guessed within that either.
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
            self._counts[what, self._address(agency)] += 1
            self._counts[what, ""] += 1

    def too_much(self, agency: str, what: str, now: datetime) -> bool:
        """Whether whoever sent this request, or all together, went beyond the limit."""
        with self._lock:
            self._begin(now)
            mine = self._counts[what, self._address(agency)]
            return mine >= MOST[what] or self._counts[what, ""] >= MOST_OF_ALL[what]

    def _begin(self, now: datetime) -> None:
        hour = now.replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            self._hour, self._counts = hour, Counter()

    def _address(self, agency: str) -> str:
        told = f"{agency}/{request.access_route[0] if request.access_route else ''}"
        known = hmac.digest(self._salt, told.encode("utf-8", "replace"), sha256).hex()
        is_new = not any((what, known) in self._counts for what in MOST)
        return "others" if is_new and len(self._counts) >= MOST_ADDRESSES else known
