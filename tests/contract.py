"""LINE's own OpenAPI documents, hardened, as JSON Schema: what the platform itself publishes.

They are not part of this project; whoever uses this gets the skip of the `shared` fixture.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

REF = "#/components/schemas/"


@cache
def document(shared: Path, name: str, *, closed: bool) -> dict[str, Any]:
    """The hardened document `name` (without .yml); `closed` refuses unknown properties."""
    folder = shared / "contracts" / "line"
    command = [
        sys.executable,
        str(folder / "harden.py"),
        str(folder / f"{name}.yml"),
        "/dev/stdout",
    ]
    made = subprocess.run(
        [*command, *(["--closed"] if closed else [])], check=True, capture_output=True, text=True
    )
    hardened: dict[str, Any] = json.loads(made.stdout)
    return hardened


def must_be_a_message(shared: Path, message: Any) -> None:
    """Fail where LINE's document does not allow this message object."""
    _must_be_a_message(shared, json.dumps(message, sort_keys=True))


@cache  # most towns say the same sentences, and to judge a card takes as long as to send it
def _must_be_a_message(shared: Path, message: str) -> None:
    _message_validator(shared).validate(json.loads(message))


@cache
def _message_validator(shared: Path) -> Draft202012Validator:
    whole = document(shared, "messaging-api", closed=True)
    return Draft202012Validator({"$ref": REF + "Message", "components": whole["components"]})
