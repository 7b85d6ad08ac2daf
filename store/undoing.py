"""Taking reports back: whole, or only the words of a message that somebody unsent.

A report remembers what it changed of its measure, so the measure can go back to what it was
before; what others changed since (people in the sheet, later reports) stands.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from ita.measures import Progress, Status
from ita.rounds import is_unproved
from store import doubts, outbox
from store.database import Transaction
from store.schema import measure, progress

WORDS = ("output", "outcome", "obstacle", "budget_used")
"""A measure's columns that hold what a person wrote."""
LINKS = "evidence"

Columns = Mapping[str, Any]
Row = sa.Row[Any]


def difference(before: Columns, after: Columns) -> dict[str, list[Any]]:
    """Column → [before, after] of what differs, as JSON; of links, what was added alone."""
    pairs = {name: [_plain(before[name]), _plain(value)] for name, value in after.items()}
    pairs[LINKS] = [[], [link for link in after[LINKS] if link not in before[LINKS]]]
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def message_references(tx: Transaction, message_ids: Sequence[str]) -> list[str]:
    """How a report, or a reason, remembers what it came from: HMACs for this purpose alone."""
    named = dict.fromkeys(one for one in message_ids if one)
    return [tx.keyring.reference(tx.agency, "report message", one) for one in named]


def hold(tx: Transaction, which: sa.ColumnElement[bool]) -> None:
    """Hold these measures until the transaction ends.

    By their ids, as everybody does it: two who need the same ones never wait for each other.
    """
    query = sa.select(measure.c.id).where(which).order_by(measure.c.id)
    tx.sql.execute(query.with_for_update())


def references_of(tx: Transaction, report_id: int) -> list[str]:
    """The messages that a report came from, as it remembers them."""
    return [one for row in _reports(tx, progress.c.id == report_id) for one in row.messages]


def undo(tx: Transaction, report_id: int) -> bool:
    """The measure goes back to what it was before a report, which counts no more.

    False where there is no such report, or it was undone already. One that is not the newest
    gives back its words only: how far the measure is was said anew since.
    """
    row = _reports(tx, progress.c.id == report_id)
    if not row or row[0].undone:
        return False
    _give_back(tx, row[0])
    tx.sql.execute(sa.update(progress).where(progress.c.id == report_id).values(undone=True))
    return True


def before(tx: Transaction, report: Row, current: Columns) -> Columns | None:
    """What a report changed, as it was until then; None where it cannot be taken back whole.

    That is so where somebody reported on the measure, accepted, returned or changed it since.
    """
    stands = (
        _plain(current[name]) == after for name, (_, after) in report.changed.items()
        if name != LINKS
    )  # fmt: skip
    if report.undone or _later(tx, report) or not report.changed or not all(stands):
        return None
    old = {name: _typed(name, was) for name, (was, _) in report.changed.items() if name != LINKS}
    return {**old, LINKS: _without(tx, report, current[LINKS])}


def attach(tx: Transaction, report_id: int, links: Sequence[str]) -> None:
    """More evidence in a report and in its measure; nothing where the report was undone."""
    (row,) = _reports(tx, progress.c.id == report_id)
    if row.undone:
        return
    known = sa.select(measure.c.evidence).where(measure.c.id == row.measure).with_for_update()
    held = tx.sql.scalars(known).one()
    new = [link for link in dict.fromkeys(links) if link not in held]
    _, brought = row.changed.get(LINKS, [[], []])
    values = {
        "links": list(dict.fromkeys((*row.links, *links))),
        "changed": {**row.changed, LINKS: [[], [*brought, *new]]},
    }
    tx.sql.execute(sa.update(progress).where(progress.c.id == report_id).values(values))
    mine = sa.update(measure).where(measure.c.id == row.measure)
    tx.sql.execute(mine.values({LINKS: [*held, *new]}))
    outbox.mark(tx, "measures", row.measure)


def take_back(tx: Transaction, message_id: str) -> bool:
    """A message was unsent: its report is undone if it is the newest, and its words are emptied.

    A measure that it sent back stays sent back, for no reason. Whether there was such a report.
    """
    named = message_references(tx, [message_id])
    _empty_reasons(tx, named)
    found = _reports(tx, progress.c.messages.contains(named)) if named else []
    hold(tx, measure.c.id.in_([row.measure for row in found]))
    for row in found:
        if not row.undone:
            _give_back(tx, row)
            newest = not _later(tx, row)  # asked once the measure is held
            mine = sa.update(progress).where(progress.c.id == row.id)
            tx.sql.execute(mine.values(undone=newest))
        _empty(tx, row)
        _reopen_unless_shown(tx, row.id)
    return bool(found)


def drop_evidence(tx: Transaction, known: str) -> bool:
    """No measure and no report names this piece of evidence any more; whether one did."""
    dropped = False
    for table, column in ((measure, measure.c.evidence), (progress, progress.c.links)):
        named = sa.func.array_to_string(column, " ").contains(f"/{known}.", autoescape=True)
        query = sa.select(table.c.id, column).where(named).order_by(table.c.id)
        rows = tx.sql.execute(query.with_for_update()).all()
        for row_id, links in rows:
            left = [link for link in links if f"/{known}." not in link]
            mine = sa.update(table).where(table.c.id == row_id)
            tx.sql.execute(mine.values({column.name: left}))
            if table is measure:
                if not left:
                    _reopen(tx, row_id)
                outbox.mark(tx, "measures", row_id)
            else:
                _reopen_unless_shown(tx, row_id)
                outbox.mark(tx, outbox.AMENDED, row_id)
        dropped |= bool(rows)
    return dropped


def _give_back(tx: Transaction, row: Row) -> None:
    """Each column that the report changed, where nobody has changed it since."""
    query = sa.select(measure).where(measure.c.id == row.measure).with_for_update()
    current = dict(tx.sql.execute(query).one()._mapping)
    later = _later(tx, row)
    values: dict[str, Any] = {}
    for name, (before, after) in row.changed.items():
        if name == LINKS or (later and name not in WORDS):
            continue
        follower = next((one for one in later if one.changed.get(name, [None])[0] == after), None)
        if follower is not None:
            _splice(tx, follower, name, before)
        elif _plain(current[name]) == after and not _said_again(later, name, after):
            values[name] = _typed(name, before)
    values[LINKS] = _without(tx, row, current[LINKS])
    tx.sql.execute(sa.update(measure).where(measure.c.id == row.measure).values(values))
    if later and current[LINKS] and not values[LINKS]:
        _reopen(tx, row.measure)
    outbox.mark(tx, "measures", row.measure)


def _reopen(tx: Transaction, measure_id: int) -> None:
    """Done means shown: what awaits acceptance is in progress again, as its evidence is gone.

    The report that said so counts as one that says this, and can still be taken back.
    """
    awaits, goes_on = Status.AWAITING_ACCEPTANCE.value, Status.IN_PROGRESS.value
    mine = sa.and_(measure.c.id == measure_id, measure.c.status == awaits)
    if not tx.sql.execute(sa.update(measure).where(mine).values(status=goes_on)).rowcount:
        return
    for report in _reports(tx, progress.c.measure == measure_id, ~progress.c.undone)[-1:]:
        before, after = report.changed.get("status", [None, None])
        if after == awaits:
            changed = {**report.changed, "status": [before, goes_on]}
            same = sa.update(progress).where(progress.c.id == report.id)
            tx.sql.execute(same.values(changed=changed))


def _reopen_unless_shown(tx: Transaction, report_id: int) -> None:
    """A report lost evidence: if its part of the measure has none left, the whole is not done."""
    (row,) = _reports(tx, progress.c.id == report_id)
    unit = tx.sql.scalars(sa.select(measure.c.unit).where(measure.c.id == row.measure)).one()
    counting = _reports(tx, progress.c.measure == row.measure, ~progress.c.undone)
    if is_unproved(unit, map(_told, counting), _told(row)):
        _reopen(tx, row.measure)
        outbox.mark(tx, "measures", row.measure)


def _told(row: Row) -> Progress:
    """What a report says of its part and how that is shown; not its words."""
    return Progress(
        row.measure, row.at, row.unit, Status(row.status), row.percent, "", tuple(row.links),
        round=row.round, says_done=row.says_done,
    )  # fmt: skip


def _splice(tx: Transaction, follower: Row, name: str, before: object) -> None:
    """What a later report found there was this one's: it shall give back what stood before both."""
    changed = {**follower.changed, name: [before, follower.changed[name][1]]}
    mine = sa.update(progress).where(progress.c.id == follower.id)
    tx.sql.execute(mine.values(changed=changed))


def _said_again(later: Sequence[Row], name: str, value: object) -> bool:
    return any(one._mapping.get(name) == value for one in later)


def _without(tx: Transaction, row: Row, links: Sequence[str]) -> list[str]:
    """The measure's links without those that this report brought, and no other names."""
    _, brought = row.changed.get(LINKS, [[], []])
    others = _reports(
        tx, progress.c.measure == row.measure, progress.c.id != row.id, ~progress.c.undone
    )
    named = {link for one in others for link in one.links}
    return [link for link in links if link not in brought or link in named]


def _empty(tx: Transaction, row: Row) -> None:
    """Nothing that a person wrote is left in the report, here and in the log."""
    changed = {name: pair for name, pair in row.changed.items() if name not in (*WORDS, LINKS)}
    values = {**dict.fromkeys(WORDS, ""), "links": [], "changed": changed, "unsent": True}
    tx.sql.execute(sa.update(progress).where(progress.c.id == row.id).values(values))
    outbox.mark(tx, outbox.AMENDED, row.id)


def _empty_reasons(tx: Transaction, named: Sequence[str]) -> None:
    """No measure shows a reason that was written in these messages, and no question repeats it."""
    written = sa.update(measure).where(measure.c.reason_message.in_(named))
    known = sa.select(measure.c.id, measure.c.reason)
    found = tx.sql.execute(known.where(measure.c.reason_message.in_(named))).all()
    tx.sql.execute(written.values(reason="", reason_message=None))
    for row in found:
        outbox.mark(tx, "measures", row.id)
        doubts.forget_words(tx, "measures", row.id, "reason", row.reason)


def _later(tx: Transaction, row: Row) -> Sequence[Row]:
    """The reports on the same measure after this one, oldest first."""
    after = sa.tuple_(progress.c.at, progress.c.id) > sa.tuple_(
        sa.literal(row.at), sa.literal(row.id)
    )
    return _reports(tx, progress.c.measure == row.measure, ~progress.c.undone, after)


def _reports(tx: Transaction, *which: sa.ColumnElement[bool]) -> Sequence[Row]:
    query = sa.select(progress).where(*which).order_by(progress.c.at, progress.c.id)
    return tx.sql.execute(query).all()


def _plain(value: Any) -> Any:
    """As JSON, so that what was kept can be compared with what stands there."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _typed(name: str, value: Any) -> Any:
    """Back from JSON."""
    if value is None:
        return None
    kind = measure.c[name].type
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, sa.Date) else value
