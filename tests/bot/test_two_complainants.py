"""Two who complain at once, with everything delivered three times, restarts, and Google away."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from handlers.texts import say
from store import cases
from tests.bot.pages import DOORS
from tests.bot.test_pressing import buttons
from tests.bot.test_way import settle
from tests.bot.town import Furnishing, Town, bot_inside, built, eventually

AGENCY, TAB = "dongmuang", "เรื่องร้องเรียน"
CODE = re.compile(r"\b\d{4} \d{4} \d{4} \d{4}\b")
HERS, HIS = "citizen", "citizen2"
SAID = {
    HERS: ("แจ้งเหตุ น้ำประปาไม่ไหล เลขลับหนึ่ง", "เจ้าหน้าที่เรียกเงิน เรื่องลับของเธอ"),
    HIS: ("แจ้งเหตุ ไฟทางดับหน้าบ้าน เลขลับสอง", "ล็อกสเปกการจัดซื้อ เรื่องลับของเขา"),
}
SECRETS = {HERS: ("เลขลับหนึ่ง", "เรื่องลับของเธอ"), HIS: ("เลขลับสอง", "เรื่องลับของเขา")}
LAMP, BRIBE = 0, 1
STEPS: tuple[int | str, ...] = (
    LAMP, "tap.skip", "tap.skip", "tap.send", "แจ้งทุจริต", "case_kind.corruption",
    "protected_tap.not_sure", "protected_tap.on", BRIBE, "protected_tap.on",
    "protected_tap.skip", "protected_tap.send", "ติดตาม",
)  # fmt: skip
"""What each says (his own words by number) and taps, in order."""


@pytest.fixture
def doors(tmp_path: Path, postgres: str, schema: str, furnishing: Furnishing) -> Iterator[Town]:
    """The town with receivers of protected reports, and no bot in it yet."""
    with built(tmp_path, postgres, schema, furnish=furnishing) as town:
        config = town.program.agencies[AGENCY]
        town.program.agencies[AGENCY] = config.model_copy(update={"complaints": DOORS})
        yield town


def test_each_gets_exactly_his_own_and_once(doors: Town) -> None:
    doors.fault("google", "*", "500", times=1000)
    running = ExitStack()
    for at, step in enumerate(STEPS):
        if at % 3 == 0:
            running.enter_context(bot_inside(doors))
        for person in (HERS, HIS):
            take(doors, person, step)
        eventually(lambda: is_quiet(doors), "everybody was answered")
        if at % 3 == 2:
            running.close()
    doors.sandbox.faults("google").clear()
    settle(doors)
    running.close()

    codes = {person: CODE.findall(read(doors, person)) for person in (HERS, HIS)}
    assert [len(found) for found in codes.values()] == [2, 2], "each receipt code once"
    assert set(codes[HERS]).isdisjoint(codes[HIS])
    for person, other in ((HERS, HIS), (HIS, HERS)):
        assert not any(secret in read(doors, person) for secret in SECRETS[other])
        assert answers(doors, person) == len(STEPS), "one answer to each step"
        assert filed(doors, person) == {code.replace(" ", "") for code in codes[person]}
    numbers = [row for row in doors.sheet()[TAB] if any("แจ้งเหตุ" in cell for cell in row)]
    assert len(numbers) == 2, "a row for each lamp, once"


def take(town: Town, person: str, step: int | str) -> None:
    """Somebody writes or taps, and LINE delivers it three times."""
    body: dict[str, Any] = {"agency": AGENCY, "person": person, "duplicates": 2}
    what = "say"
    if isinstance(step, int):
        body["message"] = SAID[person][step]
    elif "." not in step:
        body["message"] = step
    else:
        data = buttons(town, person)[say("th", f"citizen.{step}")]
        body["event"], what = {"type": "postback", "postback": {"data": data}}, "event"
    asked = requests.post(f"{town.url}/_sandbox/line/{what}", json=body, timeout=30).json()
    assert [asked["status"], *asked["duplicates"]] == [200] * 3


def is_quiet(town: Town) -> bool:
    """Whether everybody has an answer; the sheet is another matter."""
    waiting = (
        "SELECT (SELECT count(*) FROM event WHERE handled_at IS NULL)"
        " + (SELECT count(*) FROM message WHERE settled_at IS NULL)"
    )
    with town.program.database.agency(AGENCY) as tx:
        return bool(tx.sql.scalar(sa.text(waiting)) == 0)


def read(town: Town, person: str) -> str:
    return "\n".join(str(one["message"]) for one in town.sent(person))


def answers(town: Town, person: str) -> int:
    return len({one["request_id"] for one in town.sent(person)})


def filed(town: Town, person: str) -> set[str]:
    """The receipt codes that open what was filed from this account."""
    codes = [code.replace(" ", "") for who in (HERS, HIS) for code in CODE.findall(read(town, who))]
    with town.program.database.agency(AGENCY) as tx:
        mine = {one.party for one in cases.own(tx, town.user_id(person))}
        assert len(mine) == 2
        return {code for code in codes if (one := cases.by_receipt(tx, code)) and one.party in mine}
