"""Going over all agencies, some a step: what is to be done for each once a day, or the like."""

import itertools
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import sqlalchemy as sa
import structlog

log = structlog.get_logger()

Period = TypeVar("Period")


class Rounds(Generic[Period]):
    """Each agency once in a period, for what is called `what` in the log.

    `period(agency)` names the one that it is in, None while nothing is to be done for it;
    `do(agency, period)` does it, and gives False, or raises, where it could not be done and is to
    be tried again. A step looks at `at_once` of them. It remembers only what spares the next look:
    another worker looks again and finds what was done already.
    """

    def __init__(
        self,
        what: str,
        agencies: Iterable[str],
        at_once: int,
        period: Callable[[str], Period | None],
        do: Callable[[str, Period], bool],
    ) -> None:
        self._what = what
        self._agencies = list(agencies)
        self._circle = itertools.cycle(self._agencies)
        self._at_once = at_once
        self._period = period
        self._do = do
        self._done: dict[str, Period] = {}

    def step(self) -> None:
        """The next agencies. One that fails holds up no other."""
        for agency in itertools.islice(self._circle, min(self._at_once, len(self._agencies))):
            self._look(agency)

    def _look(self, agency: str) -> None:
        try:
            period = self._period(agency)
            if period is None or period == self._done.get(agency):
                return
            if self._do(agency, period):
                self._done[agency] = period
        except (sa.exc.OperationalError, sa.exc.TimeoutError, OSError):
            raise  # database or keyring are away: for the others too
        except Exception:
            log.exception("round failed", what=self._what, agency=agency)
