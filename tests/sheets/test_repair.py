"""Damage that people do by mistake: seen, said in words, and mended only when somebody agreed."""

from collections.abc import Callable
from typing import Any

import gspread
import pytest

from ita.measures import Status
from sheets import wire
from sheets.install import everything, install, nothing, questions
from sheets.lacks import Kind
from sheets.layout import BY_KEY, ID, STAMP_ID, TABS, column_tag
from store import cases, register, sheet_state
from tests.sheets.claimed import api, claimed, just_before, owner, rows_of
from tests.sheets.conftest import AGENCY, BOOK, NOW, Office

Act = Callable[[Office], object]


@pytest.fixture
def work(office: Office) -> Office:
    """A sheet at work: three measures, a case, reports, a holiday, people's own column and note."""
    claimed(office)
    for number in (1, 2, 3):
        office.add_measure(number, keywords=f"คำค้น {number}", budget="ไม่ใช้งบประมาณ")
    office.file_case("68-0001")
    office.settle()
    office.report(office.measure(2), "ประกาศแล้ว")
    office.settle()
    tab = office.tab("measures")
    tab.update_cell(1, len(BY_KEY["measures"].columns) + 1, "ของฉัน")
    tab.update_cell(3, len(BY_KEY["measures"].columns) + 1, "อย่าลบ")
    office.tab("holidays").update([["13/10/2567", "วันหยุด", "วันนวมินทรมหาราช"]], "B2:D2")
    office.settle()
    return office


def column(tab: gspread.Worksheet, header: str) -> int:
    return tab.row_values(1).index(header) + 1


def delete_column(key: str, of: str) -> Act:
    def act(office: Office) -> None:
        tab = office.tab(key)
        tab.delete_columns(column(tab, BY_KEY[key].column(of).header))

    return act


def delete_tab(key: str) -> Act:
    return lambda office: owner(office).del_worksheet(office.tab(key))


def empty_cells(key: str, cells: str) -> Act:
    return lambda office: office.tab(key).batch_clear([cells])


def look(office: Office, key: str, request: str, content: dict[str, Any]) -> None:
    office.book.batch_update({"requests": [{request: content}]})


def show_ids(office: Office) -> None:
    line = wire.lines(BY_KEY["measures"].sheet_id, "COLUMNS", 0, 1)
    shown = {"range": line, "properties": {"hiddenByUser": False}, "fields": "hiddenByUser"}
    look(office, "measures", "updateDimensionProperties", shown)


def drop_choices(office: Office) -> None:
    tab = office.tab("measures")
    place = column(tab, "สถานะ") - 1
    look(
        office,
        "measures",
        "setDataValidation",
        {"range": wire.area(tab.id, 0, None, place, place + 1)},
    )


def unprotect(office: Office) -> None:
    fields: dict[str, Any] = {
        "fields": "sheets(properties.sheetId,protectedRanges.protectedRangeId)"
    }
    for sheet in owner(office).fetch_sheet_metadata(fields)["sheets"]:
        if sheet["properties"]["sheetId"] == BY_KEY["measures"].sheet_id:
            for fence in sheet["protectedRanges"]:
                number = fence["protectedRangeId"]
                owner(office).batch_update(
                    {"requests": [{"deleteProtectedRange": {"protectedRangeId": number}}]}
                )


def lose_row_tag(office: Office) -> None:
    api(office, wire.delete_tag(office.measure(2).id))


def lose_column_tag(office: Office) -> None:
    api(office, wire.delete_tag(column_tag("measures", "status")))


DAMAGE: tuple[tuple[str, Act, set[Kind]], ...] = (
    ("tab of measures deleted", delete_tab("measures"), {Kind.TAB}),
    ("log deleted", delete_tab("progress"), {Kind.TAB}),
    ("tab of holidays deleted", delete_tab("holidays"), {Kind.TAB}),
    ("tab of cases deleted", delete_tab("cases"), {Kind.TAB}),
    ("readme deleted", delete_tab("readme"), {Kind.TAB}),
    ("people's column deleted", delete_column("measures", "title"), {Kind.COLUMN}),
    ("shared column deleted", delete_column("measures", "status"), {Kind.COLUMN}),
    ("bot's column deleted", delete_column("measures", "output"), {Kind.COLUMN}),
    ("column of cases deleted", delete_column("cases", "received"), {Kind.COLUMN}),
    ("ids deleted", delete_column("measures", ID), {Kind.COLUMN}),
    ("ids of cases deleted", delete_column("cases", ID), {Kind.COLUMN}),
    ("header line deleted", lambda o: o.tab("measures").delete_rows(1), {Kind.HEADER_LINE}),
    ("a header emptied", empty_cells("measures", "E1"), {Kind.HEADER}),
    ("all headers emptied", empty_cells("cases", "A1:Z1"), {Kind.HEADER}),
    ("an id emptied", empty_cells("measures", "A3"), {Kind.ROW_ID}),
    ("all ids emptied", empty_cells("measures", "A2:A"), {Kind.ROW_ID}),
    ("ids shown", show_ids, {Kind.HIDDEN}),
    ("header not frozen", lambda o: o.tab("measures").freeze(rows=0), {Kind.FROZEN}),
    ("choices removed", drop_choices, {Kind.DROPDOWN}),
    ("protection removed", unprotect, {Kind.PROTECTION}),
    ("a row's tag lost", lose_row_tag, {Kind.ROW_TAG}),
    ("a column's tag lost", lose_column_tag, {Kind.COLUMN_TAG}),
)
SAME_ROWS = [name for name, *_ in DAMAGE if name not in ("tab of measures deleted",)]


def seen(office: Office) -> dict[str, list[list[str]]]:
    """What people see, but for the questions; blank ends of lines say nothing."""
    shown = {}
    for title, rows in office.everything().items():
        if title not in (BY_KEY["doubts"].title, BY_KEY["readme"].title):
            shown[title] = trimmed(rows)
    return shown


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    lines = ["\t".join(row).rstrip("\t") for row in rows]
    return [line.split("\t") for line in lines if line]


def without_what_nobody_knows(
    name: str, shown: dict[str, list[list[str]]]
) -> dict[str, list[list[str]]]:
    """People's own column went with the tab, its header with the line of headers."""
    own, rows = len(BY_KEY["measures"].columns), shown["มาตรการ"]
    if name == "header line deleted":
        rows = [rows[0][:own], *rows[1:]]
    if name == "tab of measures deleted":
        rows = [row[:own] for row in rows]
    return {**shown, "มาตรการ": trimmed(rows)}


def facts(office: Office) -> Any:
    with office.database.agency(AGENCY) as tx:
        return register.measures(tx), cases.cases(tx), sheet_state.load_list(tx, "holidays")


@pytest.mark.long
@pytest.mark.parametrize(("name", "act", "kinds"), DAMAGE, ids=[name for name, *_ in DAMAGE])
def test_damage_is_said_left_alone_and_mended(
    name: str, act: Act, kinds: set[Kind], work: Office
) -> None:
    before, known = seen(work), facts(work)
    act(work)
    asked = questions(work.database, work.google, AGENCY, BOOK)
    assert {lack.kind for lack in asked} == kinds
    assert all(lack.was_there for lack in asked)

    damaged = seen(work)
    left = install(work.database, work.google, AGENCY, BOOK, may=nothing)
    assert (left.changes, left.mended, len(left.left)) == (0, (), len(asked))
    assert seen(work) == damaged

    mended = install(work.database, work.google, AGENCY, BOOK, may=everything)
    assert mended.mended == left.left
    assert mended.left == mended.broken == ()
    work.settle()
    assert seen(work) == without_what_nobody_knows(name, before)
    assert facts(work) == known
    assert work.rows("doubts") == [], "nobody is asked about what a repair did"
    again = install(work.database, work.google, AGENCY, BOOK, may=everything)
    assert (again.changes, again.mended) == (0, ())


@pytest.mark.long
@pytest.mark.parametrize("switch", ["ignore", "refuse"])
def test_mending_does_not_rest_on_what_google_does_with_a_tag_that_is_gone(
    switch: str, work: Office
) -> None:
    work.served.world.switches.delete_metadata_without_match = switch
    before = seen(work)
    for _, act, kinds in DAMAGE:
        if kinds <= {Kind.ROW_TAG, Kind.COLUMN_TAG, Kind.ROW_ID}:
            act(work)
    install(work.database, work.google, AGENCY, BOOK, may=everything)
    assert seen(work) == before
    assert questions(work.database, work.google, AGENCY, BOOK) == []


def test_after_a_sync_saw_the_damage_too(work: Office) -> None:
    """The sync has asked about rows that it could not find: when they are back, nobody is asked."""
    before = seen(work)
    empty_cells("measures", "A2:A")(work)
    work.settle()
    install(work.database, work.google, AGENCY, BOOK, may=everything)
    work.settle()
    assert seen(work) == before
    assert all(row["ผล"] for row in work.rows("doubts"))


@pytest.mark.long
def test_what_chat_reported_meanwhile_is_not_lost(work: Office) -> None:
    """The column comes back with the newest words, and the old ones are nobody's edit."""
    delete_column("measures", "status")(work)
    work.settle()
    work.report(work.measure(1), "เริ่มแล้ว")
    work.settle()
    install(work.database, work.google, AGENCY, BOOK, may=everything)
    work.settle()
    row = next(row for row in work.rows("measures") if row["ลำดับที่"] == "1")
    assert row["สถานะ"] == "อยู่ระหว่างดำเนินการ"
    assert work.measure(1).status is Status.IN_PROGRESS
    assert work.rows("doubts") == []


@pytest.mark.long
def test_a_deleted_row_stays_deleted_when_its_tab_is_restored(work: Office) -> None:
    work.tab("measures").delete_rows(3)
    work.settle()
    delete_tab("measures")(work)
    install(work.database, work.google, AGENCY, BOOK, may=everything)
    work.settle()
    assert [row["ลำดับที่"] for row in rows_of(work, "measures")] == ["1", "3"]


@pytest.mark.long
def test_a_restored_tab_has_another_id_so_that_an_undone_deletion_is_not_taken_for_it(
    work: Office,
) -> None:
    old = work.tab("progress").id
    delete_tab("progress")(work)
    install(work.database, work.google, AGENCY, BOOK, may=everything)
    assert work.state().tabs["progress"] not in (old, None)


@pytest.mark.long
@pytest.mark.parametrize("follows", [True, False])
@pytest.mark.parametrize(("lost", "batch"), [("cells", 1), ("column", 1), ("all", 1), ("all", 2)])
def test_rows_that_moved_meanwhile_keep_their_words(
    lost: str, batch: int, follows: bool, work: Office
) -> None:
    """Between the look and the batch a person sorts, whether tags follow that or not."""
    work.served.world.switches.metadata_follows_ui_sort = follows
    if lost == "cells":
        empty_cells("measures", "A2:A")(work)
    else:
        delete_column("measures", ID)(work)
    if lost == "all":
        api(work, *(wire.delete_tag(work.measure(number).id) for number in (1, 2, 3)))
    before = {row["มาตรการ/กิจกรรม"]: row for row in work.rows("measures")}
    tab = work.tab("measures")
    order = [{"dimensionIndex": column(tab, "มาตรการ/กิจกรรม") - 1, "sortOrder": "DESCENDING"}]
    area = wire.area(tab.id, 1, 4, 0, tab.column_count)
    sort = {"sortRange": {"range": area, "sortSpecs": order}}
    just_before(work, batch, sort)
    install(work.database, work.google, AGENCY, BOOK, may=everything)
    by_title = {row["มาตรการ/กิจกรรม"]: row for row in work.rows("measures")}
    for number in (1, 2, 3):
        measure = work.measure(number)
        row = by_title[measure.title]
        assert row["รหัสแถว"] == str(measure.id)
        assert {**row, "รหัสแถว": ""} == {**before[measure.title], "รหัสแถว": ""}
    work.settle()
    assert work.rows("doubts") == []


@pytest.mark.long
def test_ids_come_back_by_content_where_the_tags_are_gone_too(work: Office) -> None:
    before = seen(work)
    delete_column("measures", ID)(work)
    api(work, *(wire.delete_tag(work.measure(number).id) for number in (1, 2, 3)))
    assert {lack.kind for lack in questions(work.database, work.google, AGENCY, BOOK)} == {
        Kind.COLUMN,
        Kind.ROW_TAG,
    }
    install(work.database, work.google, AGENCY, BOOK, may=everything)
    work.settle()
    assert seen(work) == before
    assert work.rows("doubts") == []


@pytest.mark.long
def test_a_row_that_nobody_can_tell_stays_without_id_and_is_asked_about(work: Office) -> None:
    tab = work.tab("measures")
    tab.update_cell(4, column(tab, "มาตรการ/กิจกรรม"), work.measure(2).title)
    tab.update_cell(4, column(tab, "ลำดับที่"), "2")
    tab.delete_columns(1)
    api(work, *(wire.delete_tag(work.measure(number).id) for number in (1, 2, 3)))
    report = install(work.database, work.google, AGENCY, BOOK, may=everything)
    assert [row["รหัสแถว"] for row in work.rows("measures")] == [str(work.measure(1).id), "", ""]
    assert (report.adopted, report.unclear) == (0, 2)


@pytest.mark.long
def test_a_batch_in_doubt_is_still_told_by_the_stamp(work: Office) -> None:
    """Google applied a report but did not say so; an installation comes in between."""
    work.report(work.measure(3), "ผลใหม่")
    work.fault("applied_then_503")
    assert work.sync().outcome == "doubtful"
    show_ids(work)
    install(work.database, work.google, AGENCY, BOOK, may=everything)
    work.settle()
    assert [row["ผลที่รายงาน"] for row in work.rows("progress")] == ["ประกาศแล้ว", "ผลใหม่"]


@pytest.mark.long
def test_a_sync_that_wrote_in_between_makes_it_look_again(work: Office) -> None:
    show_ids(work)
    stamp = {"s": "99.other"}
    new = [
        wire.delete_tag(STAMP_ID),
        wire.create_tag(STAMP_ID, "s", {"spreadsheet": True}, stamp["s"]),
    ]
    work.served.world.faults.add("batchUpdate", "person_first", edits=new)
    report = install(work.database, work.google, AGENCY, BOOK, may=everything)
    assert len(report.mended) == 1


def test_only_what_was_agreed_is_mended(work: Office) -> None:
    show_ids(work)
    drop_choices(work)
    report = install(
        work.database, work.google, AGENCY, BOOK, may=lambda lack: lack.kind is Kind.HIDDEN
    )
    assert len(report.mended) == len(report.left) == 1
    assert "สถานะ" in report.left[0]


def test_every_kind_of_damage_is_tried() -> None:
    tried = set().union(*(kinds for _, _, kinds in DAMAGE))
    assert tried == set(Kind) - {Kind.TABLE}
    assert len(TABS) == len(BY_KEY)
    assert NOW
