"""Going over all agencies, some a step: what is to be done for each once a day, or the like."""

import itertools
from collections.abc import Callable, Hashable, Iterable

import sqlalchemy as sa
import structlog

log = structlog.get_logger()


class Rounds:
    """Each agency once in a period, for what is called `what` in the log.

    `period(agency)` names the one that it is in, None while nothing is to be done for it; `do` does
    it, and gives False, or raises, where it could not be done and is to be tried again; `at_once`
    are looked after a step. It remembers only what spares the next look: another worker looks again
    and finds what was done already.
    """

    def __init__(
        self,
        what: str,
        agencies: Iterable[str],
        at_once: int,
        period: Callable[[str], Hashable | None],
        do: Callable[[str], bool],
    ) -> None:
        self._what = what
        self._agencies = list(agencies)
        self._circle = itertools.cycle(self._agencies)
        self._at_once = at_once
        self._period = period
        self._do = do
        self._done: dict[str, Hashable] = {}

    def step(self) -> None:
        """The next agencies. One that fails holds up no other."""
        for agency in itertools.islice(self._circle, min(self._at_once, len(self._agencies))):
            period = self._period(agency)
            if period not in (None, self._done.get(agency)) and self._try(agency):
                self._done[agency] = period

    def _try(self, agency: str) -> bool:
        try:
            return self._do(agency)
        except (sa.exc.OperationalError, sa.exc.TimeoutError, OSError):
            raise  # database or keyring are away: for the others too
        except Exception:
            log.exception("round failed", what=self._what, agency=agency)
            return False
