"""The LINE adapter: every way a call can fail becomes one of three kinds, and is not repeated."""

import uuid

import pytest

from bot.line import LineError
from tests.bot.town import Town

TEXT = [{"type": "text", "text": "ทดสอบ"}]

FAILURES = (
    ("429", "temporary"),
    ("500", "unknown"),
    ("503", "unknown"),
    ("applied_then_503", "unknown"),
    ("drop_before", "unknown"),
    ("drop_after", "unknown"),
)


@pytest.mark.parametrize(("fault", "kind"), FAILURES)
def test_how_a_failure_is_judged(made: Town, fault: str, kind: str) -> None:
    line = made.program.line("dongmuang")
    line.authenticate()
    made.fault("line", "push", fault)
    with pytest.raises(LineError) as failed:
        line.push(made.user_id("clerk"), TEXT, uuid.uuid4())
    assert failed.value.kind == kind
    assert len([call for call in made.sandbox.line.calls if call.name == "push"]) == 1, "once"


def test_a_stale_reply_token(made: Town) -> None:
    with pytest.raises(LineError) as failed:
        made.program.line("dongmuang").reply("no-such-token", TEXT)
    assert (failed.value.kind, failed.value.reason) == ("permanent", "reply token")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(TEXT * 6, id="six, which the SDK refuses already"),
        pytest.param([{"type": "text", "text": "ทดสอบ" * 1001}], id="too long, which LINE refuses"),
    ],
)
def test_a_message_that_is_refused(made: Town, said: list[dict[str, str]]) -> None:
    with pytest.raises(LineError) as failed:
        made.program.line("dongmuang").push(made.user_id("clerk"), said, uuid.uuid4())
    assert (failed.value.kind, failed.value.reason) == ("permanent", "refused")
    assert "ทดสอบ" not in str(failed.value)


def test_a_token_that_line_no_longer_takes_is_renewed(made: Town) -> None:
    line = made.program.line("dongmuang")
    line.authenticate()
    made.fault("line", "push", "expired_token")
    line.push(made.user_id("clerk"), TEXT, uuid.uuid4())
    assert len(made.sent("clerk")) == 1


def test_a_push_again_with_its_key_is_done_once(made: Town) -> None:
    line, key = made.program.line("dongmuang"), uuid.uuid4()
    line.push(made.user_id("clerk"), TEXT, key)
    line.push(made.user_id("clerk"), TEXT, key)
    assert len(made.sent("clerk")) == 1


def test_files_have_an_address_of_their_own_at_line(made: Town) -> None:
    """api.line.me knows no content and no rich menu's picture; a stand-in has one address."""
    from bot.line import Line

    channel, clock = made.program.agencies["dongmuang"].line, made.program.clock
    line = Line(channel, "https://api.line.me", clock)
    asked: list[str] = []
    line.authenticate = lambda: None  # type: ignore[method-assign] # nothing is sent
    for ask in (line.ask, line.ask_files):
        ask(lambda api: asked.append(api.api_client.configuration.host))
    assert asked == ["https://api.line.me", "https://api-data.line.me"]


def test_nobody_at_home(made: Town) -> None:
    from bot.line import Line
    from tests.bot.town import free_port

    channel = made.program.agencies["dongmuang"].line
    line = Line(channel, f"http://127.0.0.1:{free_port()}", made.program.clock)
    with pytest.raises(LineError) as failed:
        line.reply("token", TEXT)
    assert failed.value.kind == "temporary"
