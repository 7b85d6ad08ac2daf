"""What whoever filed a case decides about it: withdraw, confirm, be told, erase, unsend.

Erasing destroys keys before the rows are changed: if the transaction fails afterwards, what was to
be erased is erased nevertheless, and erasing again does no harm.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from ita.changes import ChooseNotices, ConfirmResolved, EraseIdentity, WithdrawCase
from ita.complaints import Case, CaseStatus, Kind, may_object
from ita.complaints.masking import short_title
from store import outbox
from store.cases import moving, seals, telling
from store.cases.filing import message_reference
from store.cases.reading import case_of
from store.database import Transaction
from store.schema import case_entry, case_evidence, case_file, case_party, case_upload


def withdraw(tx: Transaction, change: WithdrawCase, today: date) -> None:
    """A grievance ends once nobody waits for it any more; who took it back hears no more of it.

    Of a protected case it is noted that this was asked for, and the office decides.
    """
    case = _held_case(tx, change.party)
    if case is None or not case.is_open:
        return
    if not case.kind.is_protected:
        _let_go(tx, change.party, today)
        if _is_waited_for(tx, case.id):
            return
    mine = case_file.c.id == case.id
    values = {"withdrawal_on": sa.func.coalesce(case_file.c.withdrawal_on, today)}
    tx.sql.execute(sa.update(case_file).where(mine).values(values))
    if not case.kind.is_protected:
        moving.change(tx, replace(case, status=CaseStatus.WITHDRAWN), today)


def confirm(tx: Transaction, change: ConfirmResolved, today: date) -> None:
    """A mended grievance is over, or goes on; one that was closed lately can be opened again.

    Others who wait for it are told, so that they can object. Nothing where it is not called mended
    any more.
    """
    case = _held_case(tx, change.party)
    if case is None or not may_object(case, today):
        return
    is_closed = case.status is CaseStatus.CLOSED
    if change.is_resolved:
        then = CaseStatus.CLOSED
    else:
        then = CaseStatus.REOPENED if is_closed else CaseStatus.IN_PROGRESS
    moving.change(tx, replace(case, status=then), today, by=change.party)


def choose_notices(tx: Transaction, change: ChooseNotices) -> None:
    """When this party is told that there is news."""
    mine = case_party.c.id == change.party
    tx.sql.execute(sa.update(case_party).where(mine).values(notices=change.notices.value))


def erase_identity(tx: Transaction, change: EraseIdentity) -> frozenset[str]:
    """Who these parties are is gone. No account leads to the case; the receipt code still does.

    Gives the LINE accounts that they were, for whoever has to forget what is theirs elsewhere.
    """
    query = sa.select(case_party.c.id, case_party.c.sealed_identity, case_file.c.key).join(
        case_file, case_party.c.case_id == case_file.c.id
    )
    rows = tx.sql.execute(query.where(case_party.c.id.in_(change.parties))).all()
    names = {row.id: seals.identity_key(tx, row.key, row.id) for row in rows}
    identities = {
        row.id: seals.opened(tx, names[row.id], "identity", row.sealed_identity) for row in rows
    }
    accounts = {party: who["line"] for party, who in identities.items() if who and who["line"]}
    gone = {"sealed_identity": None, "contact_from": None, "notices": "none", "owed": False}
    tx.sql.execute(sa.update(case_party).where(case_party.c.id.in_(names)).values(gone))
    telling.forget(tx, names)
    for party, account in accounts.items():  # first: without the identity nobody knows the account
        seals.forget_account(tx, account, party)
    for name in names.values():
        tx.keyring.destroy(name)
    return frozenset(accounts.values())


def unsend(tx: Transaction, message_id: str) -> list[str]:
    """A message was taken back: its words leave the case, and what it carried (given here)."""
    known = message_reference(tx, message_id)
    if known is not None and (concerned := _hold_said_in(tx, known)):
        _take_back_words(tx, known, concerned)
        _take_back_facts(tx, known)
    upload = upload_id(tx, message_id)
    tx.sql.execute(sa.delete(case_evidence).where(case_evidence.c.upload == upload))
    gone = {"state": "unsent", "sealed_origin": None, "key_day": None, "retry_at": None}
    mine = sa.update(case_upload).where(case_upload.c.id == upload).values(gone)
    return list(tx.sql.scalars(mine.returning(case_upload.c.id)))


def _hold_said_in(tx: Transaction, known: str) -> list[int]:
    """The cases that a message says anything in; held first, as `blend` does."""
    told = sa.or_(case_party.c.place_from == known, case_party.c.contact_from == known)
    said = sa.union(
        sa.select(case_entry.c.case_id).where(case_entry.c.message == known),
        sa.select(case_party.c.case_id).where(told),
    )
    mine = sa.select(case_file.c.id).where(case_file.c.id.in_(said)).order_by(case_file.c.id)
    return list(tx.sql.scalars(mine.with_for_update()))


def _take_back_words(tx: Transaction, known: str, concerned: Sequence[int]) -> None:
    """The words, and the title if it may be of them: the words that are left do not give it."""
    written = sa.update(case_entry).where(case_entry.c.message == known)
    gone = written.values(sealed_text=None, message=None).returning(case_entry.c.day)
    days = list(tx.sql.scalars(gone))
    made = sa.and_(case_file.c.id.in_(concerned), ~case_file.c.titled, case_file.c.title != "")
    of_them = sa.select(case_file).where(made, case_file.c.received_on.in_(days))
    for row in tx.sql.execute(of_them).all():
        if row.title in _titles_left(tx, row.id, row.key):
            continue
        mine = case_file.c.id == row.id
        tx.sql.execute(sa.update(case_file).where(mine).values(title=""))
        if row.in_sheet:
            outbox.mark(tx, "cases", row.id)


def _titles_left(tx: Transaction, case_id: int, key: str) -> set[str]:
    """All titles that a case could have been given for the first messages that are left of it."""
    query = sa.select(case_entry).where(case_entry.c.case_id == case_id)
    words, stories = (
        seals.taken(tx, seals.narrative_key(tx, key)),
        defaultdict[str, list[str]](list),
    )
    for entry in tx.sql.execute(query.order_by(case_entry.c.position)):
        text = words.opened(seals.entry_field(entry.position, entry.party), entry.sealed_text)
        if text is not None:
            stories[entry.party].append(text)
    return {
        short_title("\n".join(story[: last + 1]))
        for story in stories.values()
        for last in range(len(story))
    }


def _take_back_facts(tx: Transaction, known: str) -> None:
    """Where it is, and whom to call, as the message said."""
    nowhere = sa.update(case_party).where(case_party.c.place_from == known)
    tx.sql.execute(nowhere.values(sealed_place=None, place_from=None))
    query = sa.select(case_party.c.id, case_party.c.sealed_identity, case_file.c.key).join(
        case_file, case_party.c.case_id == case_file.c.id
    )
    for row in tx.sql.execute(query.where(case_party.c.contact_from == known)).all():
        own = seals.taken(tx, seals.identity_key(tx, row.key, row.id))
        who = own.opened("identity", row.sealed_identity)
        left = own.seal("identity", {**who, "name": "", "phone": ""}) if who else None
        mine = sa.update(case_party).where(case_party.c.id == row.id)
        tx.sql.execute(mine.values(sealed_identity=left, contact_from=None))


def upload_id(tx: Transaction, message_id: str) -> str:
    """The id of what a message carries: an HMAC for this purpose alone."""
    return tx.keyring.reference(tx.agency, "case upload", message_id)


def erase(tx: Transaction, case_id: int, today: date) -> list[str]:
    """Nothing of a case can be read any more; number, kind and days remain. Gives its uploads."""
    query = sa.select(case_file.c.key, case_file.c.in_sheet).where(case_file.c.id == case_id)
    key, in_sheet = tx.sql.execute(query.with_for_update()).one()
    parties = sa.select(case_party.c.id).where(case_party.c.case_id == case_id)
    erase_identity(tx, EraseIdentity(tuple(tx.sql.scalars(parties))))
    for name in (seals.narrative_key(tx, key), seals.evidence_key(tx, key)):
        tx.keyring.destroy(name)
    uploads = sa.select(case_evidence.c.upload).where(case_evidence.c.case_id == case_id)
    gone = list(tx.sql.scalars(uploads))
    for table in (case_evidence, case_entry, case_party):
        tx.sql.execute(sa.delete(table).where(table.c.case_id == case_id))
    sealed = dict.fromkeys(("sealed_routing", "sealed_register"))
    values = {**sealed, "title": "", "titled": False, "erased_on": today}
    tx.sql.execute(sa.update(case_file).where(case_file.c.id == case_id).values(values))
    unsent = {"state": "unsent", "sealed_origin": None, "key_day": None, "retry_at": None}
    tx.sql.execute(sa.update(case_upload).where(case_upload.c.id.in_(gone)).values(unsent))
    if in_sheet:
        outbox.mark(tx, "cases", case_id)
    return gone


def over(tx: Transaction, kind: Kind, closed_before: date) -> Sequence[int]:
    """The cases of a kind that ended before then and are not erased yet."""
    query = sa.select(case_file.c.id).where(
        case_file.c.kind == kind.value,
        case_file.c.closed_on < closed_before,
        case_file.c.erased_on.is_(None),
    )
    return list(tx.sql.scalars(query.order_by(case_file.c.id)))


def _held_case(tx: Transaction, party: str) -> Case | None:
    query = sa.select(case_file).join(case_party, case_party.c.case_id == case_file.c.id)
    row = tx.sql.execute(query.where(case_party.c.id == party).with_for_update()).first()
    return case_of(row) if row else None


def _let_go(tx: Transaction, party: str, today: date) -> None:
    """This party waits for its case no more, and no notice waits for it."""
    day = sa.func.coalesce(case_party.c.withdrawn_on, today)
    mine = sa.update(case_party).where(case_party.c.id == party)
    tx.sql.execute(mine.values(withdrawn_on=day, owed=False))
    telling.forget(tx, [party])


def _is_waited_for(tx: Transaction, case_id: int) -> bool:
    """Whether anybody who filed or joined a case has not taken it back."""
    left = sa.and_(case_party.c.case_id == case_id, case_party.c.withdrawn_on.is_(None))
    return tx.sql.execute(sa.select(case_party.c.id).where(left)).first() is not None
