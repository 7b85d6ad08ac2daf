"""`sujarit case …`: what is outside the seals, steps by the rules, and never a word or a person."""

import json
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from bot.cli import main
from ita.changes import FileCase, WithdrawCase
from ita.complaints import Kind, Notices, Part, Place
from store import cases
from tests.bot.town import Town

AGENCY = ("--agency", "dongmuang")
STORY, NAME, PHONE = "CANARY-STORY", "CANARY-NAME", "CANARY-PHONE"
LAMP, BRIBE = "TEST-0001", "TEST-0009"
RECEIPTS = {LAMP: "1" * 16, BRIBE: "9" * 16}


@pytest.fixture
def filed(made: Town) -> Town:
    """A lamp and a bribe, received on a Wednesday that is long over, from one account."""
    day, user = date(2025, 1, 15), made.user_id("citizen")
    with made.program.database.agency("dongmuang") as tx:
        for number, kind in ((LAMP, Kind.GRIEVANCE), (BRIBE, Kind.CORRUPTION)):
            change = FileCase(
                number, kind, RECEIPTS[number], (Part(STORY),), Place(STORY),
                contact=(NAME, PHONE), about=("กองช่าง",), notices=Notices.NOON,
            )  # fmt: skip
            cases.file(tx, change, user, "", day, day)
    return made


def run(made: Town, *arguments: str, given: str = "") -> Result:
    command, *rest = arguments
    result = CliRunner().invoke(
        main, ["case", command, *AGENCY, *rest], input=given, env=dict(made.environment)
    )
    for secret in (STORY, NAME, PHONE, *RECEIPTS.values(), made.user_id("citizen"), "กองช่าง"):
        assert secret not in result.output
    return result


def answered(made: Town, *arguments: str, given: str = "") -> Any:
    result = run(made, *arguments, "--json", given=given)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(result: Result) -> str:
    assert result.exit_code == 2, result.output
    (sentence,) = result.stderr.strip().splitlines()
    return sentence


def said_by_the_office(made: Town, number: str) -> list[str]:
    with made.program.database.agency("dongmuang") as tx:
        found = cases.by_receipt(tx, RECEIPTS[number])
    return [one.text for one in found.said if one.by_office] if found else []


def test_a_list_says_what_is_due_of_each_open_case(filed: Town) -> None:
    lamp, bribe = answered(filed, "list")
    assert lamp == {
        "number": LAMP, "kind": "grievance", "kind_thai": "แจ้งเหตุ/ร้องทุกข์",
        "status": "received", "status_thai": "รับเรื่องแล้ว",
        "received_on": "2025-01-15", "submitted_on": None, "acknowledged_on": None,
        "concluded_on": None, "informed_on": None, "closed_on": None,
        "next_deadline": "2025-01-30", "next_duty": "แก้ไข หรือส่งต่อให้เจ้าของเรื่อง",
        "overdue": True, "held_back": False, "withdrawal_asked_on": None,
    }  # fmt: skip
    assert (bribe["number"], bribe["kind"], bribe["next_deadline"]) == (
        BRIBE, "corruption", "2025-01-16",
    )  # fmt: skip
    assert answered(filed, "show", BRIBE) == bribe
    assert "number: TEST-0009" in run(filed, "show", BRIBE).stdout
    lines = run(filed, "list").stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == [LAMP, BRIBE]
    assert all("OVERDUE" in line for line in lines)


def test_a_case_moves_by_the_rules_and_says_which_steps_there_are(filed: Town) -> None:
    sentence = refused(run(filed, "move", BRIBE, "closed"))
    assert "screening (ตรวจสอบเบื้องต้น)" in sentence
    assert "informed" not in sentence
    assert "screening" in refused(run(filed, "move", BRIBE, "no-such-status"))
    told = "ผลการพิจารณาเป็นดังนี้"
    for status in ("submitted", "not_taken", "informed", "closed"):
        given = told if status == "informed" else ""
        assert answered(filed, "move", BRIBE, status, given=given)["status"] == status
    assert said_by_the_office(filed, BRIBE) == [told]
    assert [one["number"] for one in answered(filed, "list")] == [LAMP]
    assert [one["number"] for one in answered(filed, "list", "--all")] == [LAMP, BRIBE]
    assert "ยุติเรื่อง  (closed)" in run(filed, "list", "--all").stdout


@pytest.mark.parametrize("nothing", ["", " \n", "ก" * 5_001])
def test_nobody_is_called_informed_to_whom_nothing_is_written(filed: Town, nothing: str) -> None:
    """Also where the office wrote on that day before: that was not the result."""
    run(filed, "answer", BRIBE, given="ได้รับเรื่องแล้ว")
    answered(filed, "move", BRIBE, "not_taken")
    assert "Standard input" in refused(run(filed, "move", BRIBE, "informed", given=nothing))
    assert answered(filed, "show", BRIBE)["status"] == "not_taken"
    assert said_by_the_office(filed, BRIBE) == ["ได้รับเรื่องแล้ว"]


def test_nothing_is_written_with_a_step_that_is_refused(filed: Town) -> None:
    for number in (BRIBE, LAMP):
        sentence = refused(run(filed, "move", number, "informed", given="ผลเป็นดังนี้"))
        assert "does not follow" in sentence
        assert said_by_the_office(filed, number) == []


def test_only_whoever_filed_a_case_takes_it_back(filed: Town) -> None:
    for number in (LAMP, BRIBE):
        sentence = refused(run(filed, "move", number, "withdrawn"))
        assert "withdrawn" not in sentence.partition("these do")[2]
        assert answered(filed, "show", number)["status"] == "received"


def test_the_sheet_is_woken_for_a_moved_case(filed: Town) -> None:
    waiting = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%sync'")
    with filed.program.database.house() as sql:
        sql.execute(sa.text("DELETE FROM procrastinate_jobs"))
    run(filed, "move", LAMP, "assigned")
    with filed.program.database.house() as sql:
        assert sql.scalar(waiting) == 1


def test_the_office_answers_from_standard_input_alone(filed: Town) -> None:
    assert run(filed, "answer", LAMP, given="จะไปซ่อมวันจันทร์\n").exit_code == 0
    assert said_by_the_office(filed, LAMP) == ["จะไปซ่อมวันจันทร์"]
    assert said_by_the_office(filed, BRIBE) == []
    for nothing in ("", " \n", "ก" * 5_001):
        assert "Standard input" in refused(run(filed, "answer", LAMP, given=nothing))
    assert run(filed, "answer", LAMP, "a word", given="x").exit_code == 2
    assert said_by_the_office(filed, LAMP) == ["จะไปซ่อมวันจันทร์"]


def test_what_is_held_back_is_released_once(filed: Town) -> None:
    assert "held back" in refused(run(filed, "release", LAMP))
    with filed.program.database.agency("dongmuang") as tx:
        tx.sql.execute(sa.text("UPDATE case_file SET held_back = true WHERE number = 'TEST-0001'"))
    assert answered(filed, "show", LAMP)["held_back"] is True
    assert "held back" in run(filed, "list").stdout
    assert run(filed, "release", LAMP).exit_code == 0
    assert answered(filed, "show", LAMP)["held_back"] is False


def test_an_asked_withdrawal_is_shown(filed: Town) -> None:
    with filed.program.database.agency("dongmuang") as tx:
        found = cases.by_receipt(tx, RECEIPTS[BRIBE])
        assert found is not None
        cases.withdraw(tx, WithdrawCase(found.party), date(2025, 1, 20))
    assert answered(filed, "show", BRIBE)["withdrawal_asked_on"] == "2025-01-20"
    assert "withdrawal asked" in run(filed, "list").stdout


def test_nothing_is_erased_unless_somebody_says_yes(filed: Town) -> None:
    assert run(filed, "erase", LAMP).exit_code != 0
    assert run(filed, "erase", LAMP, given="n\n").exit_code != 0
    with filed.program.database.agency("dongmuang") as tx:
        assert cases.by_receipt(tx, RECEIPTS[LAMP]) is not None
    assert run(filed, "erase", LAMP, "--yes").exit_code == 0
    with filed.program.database.agency("dongmuang") as tx:
        assert cases.by_receipt(tx, RECEIPTS[LAMP]) is None
    assert answered(filed, "show", LAMP)["received_on"] == "2025-01-15"


@pytest.mark.parametrize(
    "arguments",
    [("show",), ("move", "closed"), ("answer",), ("release",), ("erase", "--yes")],
    ids=lambda one: one[0],
)
def test_an_unknown_number_or_agency_is_one_sentence(
    filed: Town, arguments: tuple[str, ...]
) -> None:
    command, *rest = arguments
    assert "sujarit case list" in refused(run(filed, command, "TEST-9999", *rest, given="ก"))
    elsewhere = ["case", command, "--agency", "nowhere", LAMP, *rest]
    result = CliRunner().invoke(main, elsewhere, input="ก", env=dict(filed.environment))
    assert "nowhere" in refused(result)


def test_no_cases_is_said(made: Town) -> None:
    assert run(made, "list").stdout == "No cases.\n"
    assert answered(made, "list") == []
