"""Sealed bytes that do not belong where they stand: they open nothing, and an operator is alarmed.

Whoever reads them takes them for gone (None), so that nobody gets an error instead of an answer.
"""

import logging
from typing import Final

from store import tally
from store.database import Transaction

log = logging.getLogger(__name__)

ALERT: Final = "alert sealed bytes do not belong here"


def alarm(tx: Transaction, field: str) -> None:
    """Bytes were swapped or changed: an operator has to know (metrics, doctor)."""
    tally.count(tx.sql, ALERT)
    log.error("sealed bytes do not belong here: %s of agency %s", field, tx.agency)
