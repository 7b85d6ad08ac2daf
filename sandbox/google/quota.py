"""Google's request quotas: reads and writes a minute, per user and per project."""

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.google.errors import GoogleError

PER_USER, PER_PROJECT = 60, 300
_MINUTE = timedelta(minutes=1)
_PROJECT = "project"
_CONSUMER = "project_number:100000000000"


class Quota:
    """A sliding minute for each user and the project. Only calls that were let in are counted."""

    def __init__(self, now: Callable[[], datetime], *, on: bool = True) -> None:
        self.on = on
        self._now = now
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, str], deque[datetime]] = {}

    def spend(self, user: str, kind: str) -> None:
        """Count a call of this kind (`Read` or `Write`); 429 if the minute's share is used up."""
        if not self.on:
            return
        with self._lock:
            if not self._left(_PROJECT, kind, PER_PROJECT):
                raise _exceeded(kind, "", PER_PROJECT)
            if not self._left(user, kind, PER_USER):
                raise _exceeded(kind, " per user", PER_USER)
            for who in (_PROJECT, user):
                self._seen.setdefault((who, kind), deque()).append(self._now())

    def left(self, user: str) -> dict[str, int]:
        """Return what this user may still ask in this minute: `{"Read": n, "Write": n}`."""
        with self._lock:
            return {kind: self._left(user, kind, PER_USER) for kind in ("Read", "Write")}

    def _left(self, who: str, kind: str, limit: int) -> int:
        seen = self._seen.setdefault((who, kind), deque())
        while seen and seen[0] <= self._now() - _MINUTE:
            seen.popleft()
        return limit - len(seen)

    def clear(self) -> None:
        """Forget every call."""
        with self._lock:
            self._seen.clear()


def _exceeded(kind: str, per_user: str, limit: int) -> GoogleError:
    metric = f"{kind} requests"
    name = f"{kind}RequestsPerMinutePer{'User' if per_user else 'Project'}"
    return GoogleError(
        429,
        f"Quota exceeded for quota metric '{metric}' and limit '{metric} per minute{per_user}' of"
        f" service 'sheets.googleapis.com' for consumer '{_CONSUMER}'.",
        [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": {
                    "service": "sheets.googleapis.com",
                    "consumer": _CONSUMER.replace("_number:", "s/"),
                    "quota_limit": name,
                    "quota_limit_value": str(limit),
                    "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
                },
            }
        ],
    )
