"""Bodies generated from LINE's own webhook document: each gets 200 and is in the journal."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.incoming import event_id
from tests.bot.test_webhook import AGENCY, client, envelope, signed
from tests.bot.town import Town
from tests.conftest import SHARED
from tests.contract import REF, document

__all__ = ["client"]

TEXTS = st.text(max_size=30) | st.sampled_from(["รายงานผล 3 80% แล้ว", "แจ้งเหตุ ไฟดับ", "\x00"])


NUMBERS = {
    "int64": st.integers(0, 2**53),
    "int32": st.integers(0, 2**31 - 1),
    "double": st.floats(allow_nan=False, allow_infinity=False),
}


def values(
    schema: dict[str, Any], schemas: dict[str, Any], depth: int = 0
) -> st.SearchStrategy[Any]:
    """Anything that the schema allows."""
    if "$ref" in schema:
        return values(schemas[schema["$ref"].removeprefix(REF)], schemas, depth + 1)
    if "oneOf" in schema:
        return st.one_of([values(one, schemas, depth + 1) for one in schema["oneOf"]])
    return _plain(schema, schemas, depth)


def _plain(schema: dict[str, Any], schemas: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, schemas, depth)
    if kind == "array":
        return st.lists(values(schema["items"], schemas, depth + 1), max_size=2)
    if kind in ("integer", "number"):
        return NUMBERS[schema.get("format", "int32")]
    return st.booleans() if kind == "boolean" else TEXTS


def _object(schema: dict[str, Any], schemas: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    needed = set(schema.get("required", []))
    fields = {
        name: values(part, schemas, depth + 1)
        for name, part in schema.get("properties", {}).items()
        if depth < 8 or name in needed
    }
    return st.fixed_dictionaries(
        {name: part for name, part in fields.items() if name in needed},
        optional={name: part for name, part in fields.items() if name not in needed},
    )


def events() -> st.SearchStrategy[list[Any]]:
    if not SHARED.is_dir():
        return st.nothing()
    schemas = document(SHARED, "webhook", closed=True)["components"]["schemas"]
    return st.lists(values(schemas["Event"], schemas), min_size=1, max_size=3)


@pytest.mark.usefixtures("shared")
@settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(given_events=events())
def test_every_body_of_lines_document_is_kept(
    made: Town, client: FlaskClient, given_events: list[Any]
) -> None:
    raw = envelope(made, given_events)
    answer = client.post(f"/line/{AGENCY}", data=raw, headers=signed(made, raw))
    assert answer.status_code == 200
    ids = [event_id(event) for event in json.loads(raw)["events"]]
    with made.program.database.agency(AGENCY) as tx:
        query = sa.text("SELECT count(*) FROM event WHERE webhook_event_id = ANY(:ids)")
        assert tx.sql.scalar(query, {"ids": ids}) == len(set(ids))


def test_the_document_is_what_is_generated_from(shared: Path) -> None:
    """A document that has moved away must not make the test above an empty one."""
    schemas = document(shared, "webhook", closed=True)["components"]["schemas"]
    assert len(schemas["Event"]["oneOf"]) > 10
