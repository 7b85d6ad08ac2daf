"""The sample town: both stand-ins with the five sample agencies in them, ready for the bot.

Everything that it makes lies in one folder: the stand-ins' state, the shared clock, the Google
key, the keyring.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import requests

from bot import agencies, importing
from bot.agencies import AgencyConfig
from bot.clock import shared_clock
from bot.program import Program
from bot.settings import SANDBOX_URL
from ita.agency import Role
from sandbox.google import GoogleWorld
from sandbox.line import LineWorld
from sandbox.line.state import Channel, LoginChannel
from sandbox.people import Person, load_people
from sandbox.server import Sandbox
from sheets.install import install
from sheets.readme import CODE_CELL
from store import people

SAMPLE = Path(__file__).parent / "sample"
AGENCIES = SAMPLE / "agencies"
TABLES = SAMPLE / "tables"
MASTER_KEY = "sample-master-key-of-the-sandbox-only"


def build(folder: Path, bot_url: str, *, quota: bool = True) -> Sandbox:
    """Both stand-ins in `folder`; LINE delivers its webhooks to the bot at `bot_url`."""
    clock_file = folder / "clock.json"
    now = shared_clock(clock_file)
    sample = agencies.load(AGENCIES, samples=True)
    persons = load_people()
    line = LineWorld(now, [_channel(agency, bot_url) for agency in sample.values()], persons)
    google = GoogleWorld(now, folder / "google.json", quota)
    sheets = {a.sheet.spreadsheet_id: f"ITA {a.short_name}" for a in sample.values()}
    return Sandbox(line, google, clock_file, persons, spreadsheets=sheets)


def environment(
    folder: Path,
    sandbox_url: str,
    database_url: str,
    schema: str = "public",
    bot_url: str = SANDBOX_URL,
) -> Mapping[str, str]:
    """What the bot finds in its environment, so that it lives in this town."""
    return {
        "DATABASE_URL": database_url,
        "SUJARIT_DATABASE_SCHEMA": schema,
        "SUJARIT_ENVIRONMENT": "sandbox",
        "SUJARIT_MASTER_KEY": MASTER_KEY,
        "SUJARIT_KEYRING": str(folder / "keyring"),
        "SUJARIT_EVIDENCE": str(folder / "evidence"),
        "SUJARIT_PUBLIC_URL": bot_url,
        "SUJARIT_AGENCIES": str(AGENCIES),
        "SUJARIT_LINE_HOST": sandbox_url,
        "SUJARIT_GOOGLE_HOST": sandbox_url,
        "SUJARIT_GOOGLE_CREDENTIALS": str(folder / "google-key.json"),
        "SUJARIT_CLOCK_FILE": str(folder / "clock.json"),
    }


def furnish(program: Program, slugs: tuple[str, ...] = ()) -> None:
    """Install the sheets, import the sample tables and register the sample people.

    As `sujarit sheet install`, `sujarit import` and `sujarit person add` do it.
    """
    for slug, agency in program.agencies.items():
        if slugs and slug not in slugs:
            continue
        _install(program, agency)
        importing.enter(program, agency.facts(), importing.read(TABLES / f"{slug}.tsv"))
        _register(program, slug, load_people())


def _install(program: Program, agency: AgencyConfig) -> None:
    """A coordinator types the code, as after `sujarit sheet install` anywhere else."""
    book = agency.sheet.spreadsheet_id
    report = install(program.database, program.google, agency.slug, book)
    if report.code is None:
        return
    place = quote(f"'{report.code_tab}'!{CODE_CELL}")
    requests.put(
        f"{program.settings.google_host}/v4/spreadsheets/{book}/values/{place}",
        params={"valueInputOption": "RAW"},
        json={"values": [[report.code]]},
        headers={"Authorization": "Bearer person:coordinator"},
        timeout=10,
    ).raise_for_status()
    install(program.database, program.google, agency.slug, book)


def _register(program: Program, slug: str, persons: tuple[Person, ...]) -> None:
    with program.database.agency(slug) as tx:
        for person in persons:
            if person.agency == slug and person.role != Role.CITIZEN:
                people.register(tx, person.line_user_id, Role(person.role), person.units)


def _channel(agency: AgencyConfig, bot_url: str) -> Channel:
    return Channel(
        agency.slug,
        agency.line.channel_id,
        agency.line.channel_secret.get_secret_value(),
        agency.line.bot_user_id,
        f"{bot_url}/line/{agency.slug}",
        LoginChannel(
            f"21{agency.line.channel_id[2:]}",
            "login-" + agency.line.channel_secret.get_secret_value(),
            (f"{bot_url}/login/{agency.slug}",),
        ),
    )
