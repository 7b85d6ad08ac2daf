"""The questions to Google, put to the stand-in: its switches change the answers, nothing else."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.google import GoogleWorld
from sandbox.google.requests import ROUTES, marks
from sheets.contract import Finding, Verdict, ask_google
from sheets.contract_asks import ASSUMPTIONS, GROUPS, by_hand
from sheets.google import Google, SheetError
from tests.sheets.conftest import BOOK, Office, Served, person

BY_HAND = "sorted_by_hand"


def asked(google: Google, *more: Any) -> dict[str, Finding]:
    found, left = ask_google(google, BOOK, ASSUMPTIONS, [*GROUPS, *more])
    assert left is None
    assert [one.key for one in found] == list(ASSUMPTIONS)
    return {one.key: one for one in found}


def everything(world: GoogleWorld) -> str:
    """The whole spreadsheet as Google keeps it."""
    from sandbox.google import state

    return json.dumps(state.to_json(world.files[BOOK].book), sort_keys=True)


def test_everything_that_we_need_holds_in_the_stand_in(served: Served, google: Google) -> None:
    found = asked(google)
    for key, one in found.items():
        needed = ASSUMPTIONS[key].needed
        expected = Verdict.HOLDS if needed else Verdict.EITHER
        assert one.verdict is (Verdict.NOT_ASKED if key == BY_HAND else expected), one


def test_nothing_of_the_spreadsheet_changes(office: Office) -> None:
    """An installed one, with tags, protections and a name of its own."""
    office.book.sheet1.define_named_range("A1:B2", "ours")
    before = everything(office.served.world)
    asked(office.google)
    assert everything(office.served.world) == before


SWITCHES: tuple[tuple[str, Any, str, str, str], ...] = (
    ("delete_metadata_without_match", "refuse", "delete_missing", "is ignored", "is refused"),
    ("write_without_match", "refuse", "filter_missed", "is ignored", "is refused"),
    ("metadata_follows_partial_sort", True, "sorted_in_part", "rows", "follows"),
)


@pytest.mark.parametrize(("switch", "other", "key", "usual", "then"), SWITCHES)
def test_what_does_not_matter_is_told_either_way(
    switch: str, other: Any, key: str, usual: str, then: str, served: Served, google: Google
) -> None:
    assert usual in asked(google)[key].seen
    setattr(served.world.switches, switch, other)
    found = asked(google)[key]
    assert found.verdict is Verdict.EITHER
    assert then in found.seen


@pytest.mark.parametrize(("follows", "seen"), [(True, "follows"), (False, "rows")])
def test_a_person_sorts_by_hand(follows: bool, seen: str, served: Served, google: Google) -> None:
    served.world.switches.metadata_follows_ui_sort = follows

    def sort(what: str) -> str:
        title = what.partition("“")[2].partition("”")[0]
        person(served).worksheet(title).sort((1, "des"), range="A2:F40")
        return ""

    assert seen in asked(google, by_hand(sort))[BY_HAND].seen


def _keeps_a_deleted_id(world: GoogleWorld) -> Any:
    """An id stays in use until its batch is over."""
    deleted: set[int] = set()

    def delete(edit: Any, request: Any) -> Any:
        reply = marks.delete_developer_metadata(edit, request)
        deleted.update(one["metadataId"] for one in reply["deletedDeveloperMetadata"])
        return reply

    def create(edit: Any, request: Any) -> Any:
        if request["developerMetadata"].get("metadataId") in deleted:
            deleted.clear()
            request = {"developerMetadata": {}}
        return marks.create_developer_metadata(edit, request)

    return {"deleteDeveloperMetadata": delete, "createDeveloperMetadata": create}


def _takes_duplicates(_: GoogleWorld) -> Any:
    def create(edit: Any, request: Any) -> Any:
        edit.book.metadata.pop(request["developerMetadata"].get("metadataId"), None)
        return marks.create_developer_metadata(edit, request)

    return {"createDeveloperMetadata": create}


def _looks_up_by_id_alone(_: GoogleWorld) -> Any:
    def delete(edit: Any, request: Any) -> Any:
        lookup = request["dataFilter"]["developerMetadataLookup"]
        only = {"developerMetadataLookup": {"metadataId": lookup["metadataId"]}}
        return marks.delete_developer_metadata(edit, {"dataFilter": only})

    return {"deleteDeveloperMetadata": delete}


def _counts_nothing(_: GoogleWorld) -> Any:
    really = ROUTES["findReplace"]
    return {"findReplace": lambda edit, request: really(edit, request) and {}}


def _reads_as_typed(_: GoogleWorld) -> Any:
    really = ROUTES["updateCells"]

    def update(edit: Any, request: Any) -> Any:
        return really(edit, json.loads(json.dumps(request).replace('"=1+1"', '"2"')))

    return {"updateCells": update}


def _counts_formats(world: GoogleWorld) -> Any:
    world.switches.append_counts_formats = True
    return {}


def _loses_tags_in_a_sort(_: GoogleWorld) -> Any:
    really = ROUTES["sortRange"]

    def sort(edit: Any, request: Any) -> Any:
        before = dict(edit.book.metadata)
        reply = really(edit, request)
        edit.book.metadata = before
        return reply

    return {"sortRange": sort}


def _takes_any_name(_: GoogleWorld) -> Any:
    really = ROUTES["addNamedRange"]

    def add(edit: Any, request: Any) -> Any:
        edit.book.names = []
        return really(edit, request)

    return {"addNamedRange": add}


OTHER_GOOGLES: tuple[tuple[str, Callable[[GoogleWorld], Any], set[str]], ...] = (
    ("an id stays in use within its batch", _keeps_a_deleted_id, {"free_again"}),
    ("duplicates are taken", _takes_duplicates, {"duplicate", "by_value", "by_place"}),
    ("a look-up sees the id alone", _looks_up_by_id_alone, {"by_value", "by_place"}),
    ("replacements are not counted", _counts_nothing, {"replaced"}),
    ("what is written is read as if typed", _reads_as_typed, {"as_written"}),
    ("a format counts as data", _counts_formats, {"appended"}),
    ("a sort leaves tags behind", _loses_tags_in_a_sort, {"sorted"}),
    ("names may have one id", _takes_any_name, {"named_range"}),
)


@pytest.mark.parametrize(
    ("other", "fails"), [case[1:] for case in OTHER_GOOGLES], ids=[c[0] for c in OTHER_GOOGLES]
)
@pytest.mark.long
def test_what_does_not_hold_is_told(
    other: Callable[[GoogleWorld], Any],
    fails: set[str],
    served: Served,
    google: Google,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, route in other(served.world).items():
        monkeypatch.setitem(ROUTES, name, route)
    found = asked(google)
    failed = {key for key, one in found.items() if one.verdict is Verdict.FAILS}
    assert fails <= failed
    untouched = {"missing_tab", "many_tags", "blanked", "chosen_tab"}
    assert not failed & untouched


@pytest.mark.parametrize("fault", ["429", "503", "drop_after", "applied_then_503"])
def test_a_question_that_fails_is_no_answer_and_the_scratch_tab_goes(
    fault: str, served: Served, google: Google
) -> None:
    before = everything(served.world)
    served.world.faults.add("batchUpdate", fault, times=2)
    found = asked(google)
    verdicts = {one.verdict for one in found.values()}
    assert Verdict.NOT_ASKED in verdicts
    assert Verdict.HOLDS in verdicts
    assert Verdict.FAILS not in verdicts
    assert everything(served.world) == before


def test_what_cannot_be_removed_is_said(served: Served, google: Google) -> None:
    def last(_: str) -> str:
        served.world.faults.add("batchUpdate", "503", times=3)
        return ""

    _, left = ask_google(google, BOOK, ASSUMPTIONS, [by_hand(last)])
    assert left is not None
    assert "สุจริต ทดลอง" in left


def test_without_access_nothing_is_asked(google: Google) -> None:
    with pytest.raises(SheetError, match="not_found"):
        ask_google(google, "no-such-book", ASSUMPTIONS, GROUPS)
