"""`sujarit doctor`: what is wrong with this deployment, and what to do about it.

One finding a line. Secrets are never shown, nor anything that people wrote.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Literal

import click
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot import agencies, chat_mode, health, menus, program, reminders, settings, syncs
from bot.burial import STALLED_SECONDS
from bot.line import LineError
from bot.metrics import HEARTBEAT
from bot.program import Program
from sheets.google import SheetError
from store import richmenus, tally, watch
from store.cases import work
from store.database import sqlstate
from store.evidence_files import EvidenceAway, EvidenceFiles
from store.keyring import KeyringAway
from store.tampering import ALERT
from store.watch import Figures

State = Literal["ok", "look", "wrong"]

LATE, TOO_LATE = timedelta(minutes=2), timedelta(minutes=30)
"""A report stands in the sheet within seconds; under pressure within minutes."""
UNREAD = 3 * syncs.RARELY

MEND = {
    "no_access": "share the spreadsheet, as editor, with {email}",
    "not_found": "restore the spreadsheet from Google Drive's trash, or correct spreadsheet_id",
    "tab_missing": "undo the deletion, or run `sujarit sheet install --agency {agency}`",
    "column_missing": "undo the deletion, or run `sujarit sheet install --agency {agency}`",
    "protected": "remove the protection that somebody put there, or let {email} edit it",
    "limit": "delete tabs or empty rows that nobody uses: Google allows 10,000,000 cells",
    "credentials": "Google does not take the service account's key: make a new one",
    "api_disabled": "switch on the Google Sheets API in the account's project",
}
MEND_FILES = "check {variable}, its free space, and whether this user may write and delete there"
MEND_ALARM = (
    "somebody swapped or changed rows or files, or a backup was put back in part: find out who"
    " writes there besides this program"
)
DEFECT = "a defect of the program: keep the worker's log and report it"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about something. "look": no harm yet; "wrong": something has to be done."""

    about: str
    state: State
    says: str
    do: str = ""

    def line(self) -> str:
        """The finding as a person reads it."""
        advice = f" -> {self.do}" if self.do else ""
        return f"{self.state:<6} {self.about}: {self.says}{advice}"


@click.command("doctor")
@click.option("--agency", help="Look at this agency only.")
@click.option("--online", is_flag=True, help="Also ask LINE and Google whether they let us in.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
def command(context: click.Context, agency: str | None, *, online: bool, as_json: bool) -> None:
    """Say what is wrong and what to do; exit 1 if anything is."""
    found = examine(agency, online=online)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            click.echo(one.line())
    context.exit(1 if any(one.state == "wrong" for one in found) else 0)


def examine(agency: str | None = None, *, online: bool = False) -> list[Finding]:
    """Look at everything that can be reached; what lies behind something broken is left out.

    Raises BadAgency for an agency that is not here.
    """
    try:
        built = program.build(settings.load())
    except (settings.BadSettings, agencies.BadAgency) as error:
        return [Finding("settings", "wrong", str(error))]
    if agency is not None and agency not in built.agencies:
        known = ", ".join(sorted(built.agencies))
        raise agencies.BadAgency(f"There is no agency {agency} here; there are: {known}.")
    slugs = [agency] if agency is not None else sorted(built.agencies)
    found = [
        Finding("settings", "ok", f"complete, {built.settings.environment}"),
        Finding("agencies", "ok", f"{len(built.agencies)} files, their secrets are there"),
        _keyring(built),
        *_metrics(built),
        *_google(built),
        _files("evidence", "SUJARIT_EVIDENCE", built.evidence, slugs[0]),
        _files("case files", "SUJARIT_CASE_FILES", built.case_files, slugs[0]),
    ]
    database = list(_database(built))
    found += database
    if all(one.state != "wrong" for one in database):
        found += [_worker(built), *_budget(built), *_agencies(built, slugs)]
        found += [*_pushes(built, slugs), *_menus(built, slugs)]
        found += [_seals(built), *_cases(built, slugs)]
    if online:
        found += [finding for slug in slugs for finding in _online(built, slug)]
    built.database.close()
    return found


def _keyring(built: Program) -> Finding:
    try:
        built.keyring.probe(built.clock().date())
    except KeyringAway as error:
        return Finding("keyring", "wrong", str(error), "check SUJARIT_KEYRING and the master key")
    return Finding("keyring", "ok", "seals and opens")


def _metrics(built: Program) -> Iterator[Finding]:
    if built.settings.metrics_token is None:
        yield Finding("metrics", "ok", "closed: SUJARIT_METRICS_TOKEN would open /metrics")
    else:
        yield Finding("metrics", "ok", "/metrics asks for the token")


def _google(built: Program) -> Iterator[Finding]:
    try:
        email = built.google.email
    except (settings.BadSettings, OSError) as error:
        says = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield Finding("google", "wrong", says, "check SUJARIT_GOOGLE_CREDENTIALS")
        return
    yield Finding("google", "ok", f"account {email or 'of this machine'}, {built.google.project}")


def _files(about: str, variable: str, files: EvidenceFiles, slug: str) -> Finding:
    """Whether a small file can be written there, read again and deleted."""
    name, content = f"probe-{secrets.token_hex(8)}", secrets.token_bytes(16)
    fix = MEND_FILES.format(variable=variable)
    try:
        files.put(slug, name, content)
        same = files.get(slug, name) == content
        files.remove(slug, name)
    except EvidenceAway as error:
        return Finding(about, "wrong", f"its folder or bucket cannot be used: {error}", fix)
    if not same:
        return Finding(about, "wrong", "a file that was written cannot be read again", fix)
    return Finding(about, "ok", "a file can be written, read and deleted")


def _database(built: Program) -> Iterator[Finding]:
    try:
        with built.database.house() as sql:
            lacking = health.unfit(sql, built.settings.environment)
    except sa.exc.SQLAlchemyError as error:
        lacking = health.said(error)
        state = f"{lacking} ({sqlstate(error)})"
        yield Finding("database", "wrong", state, "check DATABASE_URL, then run `sujarit init`")
        return
    if lacking:
        yield Finding("database", "wrong", lacking, "see docs/deploy.md, 1")
        return
    yield Finding("database", "ok", f"answers, its tables are current; {_kind_of_server(built)}")


def _kind_of_server(built: Program) -> str:
    host = make_url(built.settings.database_url.get_secret_value()).query.get("host", "")
    return "a server of this machine's (embedded or by its socket)" if host else "a server by name"


def _worker(built: Program) -> Finding:
    with built.database.house() as sql:
        age = sql.scalar(HEARTBEAT)
    if age is None or age > STALLED_SECONDS:
        says = "none" if age is None else f"silent for {_time(timedelta(seconds=float(age)))}"
        return Finding("worker", "wrong", says, "start `sujarit serve` or `sujarit worker`")
    return Finding("worker", "ok", f"gave a sign of life {float(age):.0f} s ago")


def _budget(built: Program) -> Iterator[Finding]:
    for left in built.budget.left():
        about = f"budget of {left.scope} {left.name}"
        says = f"{left.calls} of {left.most} {left.kind} calls left in this minute"
        if left.calls:
            yield Finding(about, "ok", says)
        else:
            yield Finding(about, "look", says, "nothing: the sheets wait their turn")


def _agencies(built: Program, slugs: Sequence[str]) -> Iterator[Finding]:
    for one in watch.figures(built.database, slugs):
        yield from _agency(built, one, built.clock())


def _agency(built: Program, one: Figures, now: datetime) -> Iterator[Finding]:
    about = f"agency {one.slug}"
    if not one.installed:
        install = f"run `sujarit sheet install --agency {one.slug}`, and have its code typed in"
        yield Finding(about, "wrong", "its spreadsheet is not installed", install)
    elif one.problem is not None:
        yield Finding(about, "wrong", f"its sheet cannot be used: {one.problem}", _mend(built, one))
    else:
        yield Finding(about, "ok", f"its sheet was read {_ago(one.read_at, now)}")
        yield from _unread(about, one, now)
    yield from _backlog(about, one)
    yield from _chats(about, one)


def _pushes(built: Program, slugs: Sequence[str]) -> Iterator[Finding]:
    for one in reminders.left(built, slugs):
        about = f"agency {one.slug}"
        says = f"{one.pushes} of {one.most} pushes left in this month"
        if one.pushes or not built.agencies[one.slug].line.push:
            yield Finding(about, "ok", says)
        else:
            fix = "nothing: reminders come with the next replies; or raise line.monthly_pushes"
            yield Finding(about, "look", says, fix)


def _menus(built: Program, slugs: Sequence[str]) -> Iterator[Finding]:
    """Whether the menus of all roles are installed, as far as is written down here."""
    wanted = {role for menu in menus.menus()[1:] for role in menu.roles}
    for slug in slugs:
        with built.database.agency(slug) as tx:
            lacking = sorted(wanted - richmenus.installed(tx).keys())
        if lacking:
            says = f"no rich menu is installed for {', '.join(lacking)}"
            fix = f"run `sujarit richmenu install --agency {slug}`"
            yield Finding(f"agency {slug}", "look", says, fix)
        else:
            yield Finding(f"agency {slug}", "ok", "its rich menus are installed, each role's own")


def _seals(built: Program) -> Finding:
    with built.database.house() as sql:
        alarms = tally.counts(sql).get(ALERT, 0)
    if alarms:
        says = f"{alarms} times sealed bytes stood where they do not belong"
        return Finding("seals", "wrong", says, MEND_ALARM)
    return Finding("seals", "ok", "whatever was opened was what had been sealed there")


def _cases(built: Program, slugs: Sequence[str]) -> Iterator[Finding]:
    """Who receives protected reports, and what waits for an officer's look."""
    for one in work.figures(built.database, slugs):
        about, doors = f"agency {one.slug}", built.agencies[one.slug].complaints.doors()
        if doors.receivers:
            yield Finding(about, "ok", f"{len(doors.receivers)} offices receive protected reports")
        else:
            fix = "name them in the agency's file: [[complaints.receivers]]"
            yield Finding(about, "look", "no office receives protected reports", fix)
        if one.held_back:
            says = f"{one.held_back} cases are over somebody's limit and wait for an officer's look"
            fix = f"run `sujarit case list --agency {one.slug}`"
            yield Finding(about, "look", says, fix)


def _chat_mode(built: Program, slug: str) -> Finding:
    """Whether administrators of the account read what people write to it. Raises LineError."""
    about = f"agency {slug}"
    if not chat_mode.note(built, slug, built.clock().date()):
        return Finding(about, "ok", "nobody reads its chats in LINE Official Account Manager")
    says = "every administrator of its LINE account reads what people write, and who they are"
    fix = "LINE Official Account Manager, Settings > Response settings: switch Chat off"
    return Finding(about, "wrong", says, fix)


def _quota(built: Program, slug: str) -> Finding:
    """What LINE itself allows, beside what the agency's file does. Raises LineError."""
    about, (allowed, used) = f"agency {slug}", built.line(slug).quota()
    most = built.agencies[slug].line.monthly_pushes
    if allowed is None:
        return Finding(about, "ok", f"LINE counts {used} pushes in this month and sets no limit")
    says = f"LINE counts {used} of {allowed} pushes in this month"
    if allowed < most:
        fix = f"line.monthly_pushes allows {most}: set it to {allowed} or less"
        return Finding(about, "look", says, fix)
    return Finding(about, "ok", says)


def _mend(built: Program, one: Figures) -> str:
    try:
        email = built.google.account
    except (settings.BadSettings, OSError):
        email = "the service account"
    return MEND.get(one.problem or "", DEFECT).format(agency=one.slug, email=email)


def _unread(about: str, one: Figures, now: datetime) -> Iterator[Finding]:
    if one.read_at is not None and now - one.read_at > UNREAD:
        says = f"nobody has read its sheet for {_time(now - one.read_at)}"
        yield Finding(about, "look", says, "see whether the worker runs and the budget is used up")


def _backlog(about: str, one: Figures) -> Iterator[Finding]:
    """A sheet that refuses has been told of already; what waits for it is no second fault."""
    if one.waiting_seconds is not None:
        waits = timedelta(seconds=one.waiting_seconds)
        says = f"{one.waiting_rows} rows wait for the sheet, the oldest for {_time(waits)}"
        if one.problem is not None or not one.installed or waits < LATE:
            yield Finding(about, "look" if waits >= LATE else "ok", says)
        else:
            state: State = "wrong" if waits >= TOO_LATE else "look"
            yield Finding(about, state, says, "see the worker's log and the budget")
    if one.attempts or one.failures:
        says = f"{one.attempts} batches in doubt, {one.failures} syncs in a row failed"
        yield Finding(about, "look", says, "nothing: the next read decides")
    if one.doubts:
        says = f"{one.doubts} questions wait in the tab รอผู้ประสานงานตัดสินใจ"
        yield Finding(about, "look", says, "a coordinator answers them in the sheet")


def _chats(about: str, one: Figures) -> Iterator[Finding]:
    if one.events or one.messages:
        says = f"{one.events} events and {one.messages} messages wait"
        yield Finding(about, "ok", says)
    if one.set_aside:
        says = f"{one.set_aside} events failed too often and were set aside"
        yield Finding(about, "look", says, 'the worker\'s log names them ("set aside")')


def _online(built: Program, slug: str) -> Iterator[Finding]:
    about = f"agency {slug}"
    try:
        built.line(slug).authenticate()
        yield Finding(about, "ok", "LINE lets its channel in")
        yield _chat_mode(built, slug)
        yield _quota(built, slug)
    except LineError as error:
        fix = "check channel_id and channel_secret in the agency's file"
        yield Finding(about, "wrong", f"LINE refuses its channel: {error}", fix)
    try:
        built.google.outline(built.agencies[slug].sheet.spreadsheet_id)
        yield Finding(about, "ok", "Google lets the account into its spreadsheet")
    except SheetError as error:
        advice = MEND.get(error.reason, "try again in a minute")
        email = built.google.account
        fix = advice.format(agency=slug, email=email)
        yield Finding(about, "wrong", f"Google refuses its spreadsheet: {error}", fix)
    except (settings.BadSettings, OSError):
        return  # said above


def _ago(at: datetime | None, now: datetime) -> str:
    return "never yet" if at is None else f"{_time(now - at)} ago"


def _time(time: timedelta) -> str:
    """A length of time as people say it."""
    seconds = max(0, round(time.total_seconds()))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
