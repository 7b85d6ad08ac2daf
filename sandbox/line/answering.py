"""One request to the API: who asks, what was asked, and how answers are written."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from sandbox.line.messages import check, error_body
from sandbox.line.rules import Rule
from sandbox.line.state import ChannelState, Refused
from sandbox.line.world import LineWorld

LONGEST_BODY = 2 * 1024 * 1024


@dataclass(frozen=True)
class Asked:
    """An authenticated request; `args` are the variable parts of its path."""

    world: LineWorld
    state: ChannelState
    request_id: str
    args: dict[str, str]

    def json(self, rule: Rule) -> Any:
        """Return the JSON body once it satisfies the rule; Refused with 400 or 413 otherwise."""
        body = parsed_body()
        problems = check(rule, body)
        if problems:
            raise invalid(error_body(problems))
        return body


def parsed_body() -> Any:
    """Return the request's JSON; Refused if it is too long or no JSON."""
    raw = request.get_data()
    if len(raw) > LONGEST_BODY:
        raise Refused(413, "The request exceeds the max size of 2 MB")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise Refused(
            400, "The request body could not be parsed as JSON (line: -, column: -)"
        ) from None


def invalid(body: dict[str, Any]) -> Refused:
    """A 400 with that body."""
    return Refused(400, body.pop("message"), **body)


def answer(body: Any, status: int = 200) -> Response:
    """Answer JSON."""
    return Response(json.dumps(body), status, content_type="application/json")


def refusal(refused: Refused) -> Response:
    """Answer with LINE's error body."""
    response = answer(refused.body, refused.status)
    response.headers.update(refused.headers)
    return response
