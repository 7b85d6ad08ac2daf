"""Unmistakable words for every field of a case, in every dress, and all places to look for them."""

import base64
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from hashlib import blake2s
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
import sqlalchemy as sa

from sandbox.people import line_group_id
from tests.bot.town import Town
from tests.files import CANARY as IN_PHOTO
from tests.logs import logged
from tests.rows import Rows

AGENCY = "dongmuang"
PIECE = 10
"""Characters: a shorter piece may stand somewhere by chance."""


def canary(name: str) -> str:
    """A word that nobody else writes, with letters that are composed in two ways."""
    digits = blake2s(name.encode(), digest_size=16).hexdigest()
    letters = "".join(chr(ord("g") + int(digit, 16)) for digit in digits)
    return f"{letters[:11]}é{letters[11:21]}ก่ำ{letters[21:]}"


def dresses(word: str) -> set[bytes]:
    """A word, and each of its pieces, as it would stand anywhere."""
    found = set()
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, word)
        last = max(len(text) - PIECE, 0)
        for at in range(last + 1):
            found |= set(_dressed(text[at : at + PIECE]))
    return found


def _dressed(piece: str) -> Iterator[bytes]:
    raw = piece.encode()
    yield raw
    yield ascii(piece)[1:-1].encode()
    yield re.sub(rb"\\x(..)", rb"\\u00\1", ascii(piece)[1:-1].encode())
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    yield quote(piece, safe="").encode()
    for before in range(3):  # the first and the last letters depend on what stands beside
        coded = base64.b64encode(b"\0" * before + raw)
        first, end = (before * 8 + 5) // 6, (before + len(raw)) * 8 // 6
        yield coded[first:end]
        yield coded[first:end].translate(bytes.maketrans(b"+/", b"-_"))


def leaks(words: Mapping[str, str], places: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Which word stands in which place, in any dress."""
    return {
        (name, place)
        for name, word in words.items()
        for dress in dresses(word)
        for place, content in places.items()
        if dress in content
    }


# --- Where to look


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, at DEBUG, by everybody."""
    with logged() as written:
        yield written


@pytest.fixture
def jobs(rows: Rows, schema: str) -> Iterator[str]:
    """The table in which the arguments of all jobs are kept, those of finished ones, too."""
    with rows.engine.connect() as sql:
        sql.exec_driver_sql(
            f"CREATE TABLE {schema}.every_job (said TEXT);"
            f"CREATE FUNCTION {schema}.keep_job() RETURNS trigger LANGUAGE plpgsql"
            f" SECURITY DEFINER AS $$ BEGIN INSERT INTO {schema}.every_job"
            " VALUES (to_jsonb(NEW)::text); RETURN NEW; END $$;"
            f"CREATE TRIGGER keep_job BEFORE INSERT OR UPDATE ON {schema}.procrastinate_jobs"
            f" FOR EACH ROW EXECUTE FUNCTION {schema}.keep_job();"
            f"ALTER TABLE {schema}.procrastinate_jobs ENABLE ALWAYS TRIGGER keep_job"
        )
    yield f"{schema}.every_job"
    with rows.engine.connect() as sql:
        sql.exec_driver_sql(
            f"DROP TRIGGER keep_job ON {schema}.procrastinate_jobs;"
            f"DROP FUNCTION {schema}.keep_job(); DROP TABLE {schema}.every_job"
        )


def places(town: Town, rows: Rows, log: io.StringIO, jobs: str, token: str) -> dict[str, bytes]:
    """Everything that somebody else may come to see, and a stolen database."""
    settings = town.program.settings
    return {
        "sheet": sheet(town),
        "log": log.getvalue().encode(),
        "jobs": table(rows, jobs),
        "database": database(rows),
        "uploads": folder(Path(settings.evidence)) + folder(Path(settings.case_files)),
        "pages": pages(town, token),
        "others": others(town, "citizen"),
        "outside": outside(town, "citizen"),
    }


def sheet(town: Town) -> bytes:
    """Cells, notes, metadata, and what Google was asked to write."""
    with town.sandbox.google.lock:
        files = [vars(one) for one in town.sandbox.google.files.values()]
        calls = list(town.sandbox.google.calls)
    return repr((town.cells(), files, calls)).encode()


def database(rows: Rows) -> bytes:
    """Every table of this schema."""
    with rows.engine.connect() as sql:
        here = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        names = sql.scalars(sa.text(here)).all()
    return b"\n".join(table(rows, name) for name in names if name != "every_job")


def table(rows: Rows, name: str) -> bytes:
    """Every value of a table: bytes as they are, and everything as text."""
    with rows.engine.connect() as sql:
        found = sql.execute(sa.text(f"SELECT * FROM {name}")).all()
    values = [value for row in found for value in row]
    return b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in values)


def folder(root: Path) -> bytes:
    """All files, with their names."""
    files = [one for one in root.rglob("*") if one.is_file()]
    return b"\n".join(str(one).encode() + one.read_bytes() for one in files)


def pages(town: Town, token: str) -> bytes:
    """What anybody gets who asks, and what the program counts."""
    known = {"Authorization": f"Bearer {token}"}
    paths = (
        "/", "/metrics", "/healthz", "/readyz", "/nowhere", f"/complaints/{AGENCY}",
        f"/complaints/{AGENCY}/grievance", f"/complaints/{AGENCY}/protected",
        f"/complaints/{AGENCY}/follow", "/complaints/nowhere", f"/evidence/{AGENCY}/0.0",
    )  # fmt: skip
    return b"\n".join(
        requests.get(town.bot_url + path, headers=known, timeout=30).content for path in paths
    )


def others(town: Town, writer: str) -> bytes:
    """What reached anybody but the writer, in groups, too."""
    mine = town.user_id(writer)
    sent = town.sandbox.line.state(AGENCY).sent
    return repr([one.message for one in sent if one.to != mine]).encode()


def outside(town: Town, writer: str) -> bytes:
    """What of the writer's own messages shows outside the chat, or comes back to the bot: altText
    (on a locked screen), addresses, buttons, and every push."""
    told: list[object] = []
    for sent in town.sent(writer):
        told += _outside_of(sent["message"])
        if sent["via"] != "reply":
            told.append(sent["message"])
    return repr(told).encode()


def _outside_of(value: Any) -> Iterator[object]:
    if isinstance(value, list):
        for each in value:
            yield from _outside_of(each)
    elif isinstance(value, dict):
        yield from (value[key] for key in ("altText", "uri", "data", "label") if key in value)
        for each in value.values():
            yield from _outside_of(each)


def words_of(town: Town) -> dict[str, str]:
    """What a case says, by field; with who says it."""
    fields = (
        "title", "story", "more", "added", "name", "file", "in_file", "place", "address", "group",
        "voice", "protected_story", "answer",
    )  # fmt: skip
    numbers = {
        "phone": "0898765432", "email": "a.canary-9f@example.com",
        "latitude": "15.874213", "longitude": "100.993155",
        "photo": IN_PHOTO, "account": town.user_id("citizen"),
        "chat": line_group_id(AGENCY, "กลุ่มทดสอบ"),
    }  # fmt: skip
    return {**{name: canary(name) for name in fields}, **numbers}
