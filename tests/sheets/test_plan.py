"""The plan, on sheets made by hand: sorted, with inserted rows, moved columns, and edits."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from sheets import wire
from sheets.batch import batch, landed
from sheets.identity import with_true_ids
from sheets.layout import BY_KEY, ID, STAMP_ID, column_tag
from sheets.plan import (
    MAX_ROWS,
    Known,
    Plan,
    Question,
    Rows,
    Verified,
    agreed,
    gone,
    plan,
    prepares,
    questions,
    verified,
)
from sheets.snapshot import Snapshot, read_snapshot
from store.outbox import Mark
from store.sheet_state import Attempt, Seen, Stray, Written

OLD = "ยังไม่ได้ดำเนินการ"
NEW = "อยู่ระหว่างดำเนินการ"
THEIRS = "ดำเนินการแล้วเสร็จ"


@dataclass
class Sheet:
    """Google's answer for a tab of measures with columns id, title, status, percent, output."""

    lines: list[list[str]]
    columns: list[str] = field(default_factory=lambda: [ID, "title", "status", "percent", "output"])
    header: list[str] | None = None
    tags: dict[int, int] | None = None  # by default each row's on its upper line
    column_tags: dict[int, str] = field(default_factory=dict)
    stamp: str | None = None

    def __post_init__(self) -> None:
        if self.tags is None:
            ids = (
                [line[self.columns.index(ID)] for line in self.lines] if ID in self.columns else []
            )
            places = [(int(text), at) for at, text in enumerate(ids, 1) if text.isdecimal()]
            self.tags = dict(reversed(places))

    def read(self) -> Snapshot:
        header = self.header or [BY_KEY["measures"].column(key).header for key in self.columns]
        data = {
            "rowData": [
                {"values": [_cell(text) for text in line]} for line in [header, *self.lines]
            ],
            "rowMetadata": [self._row_tags(index) for index in range(len(self.lines) + 1)],
            "columnMetadata": [self._column_tags(index) for index in range(10)],
        }
        properties = {"sheetId": 1002, "gridProperties": {"rowCount": 50}}
        logs = {
            "properties": {"sheetId": 1003, "gridProperties": {"rowCount": 50}},
            "data": [{"rowData": [{"values": [_cell("รหัสแถว"), _cell("ผลที่รายงาน")]}]}],
        }
        answer: dict[str, Any] = {"sheets": [{"properties": properties, "data": [data]}, logs]}
        if self.stamp:
            stamp = {"metadataId": STAMP_ID, "metadataValue": self.stamp}
            answer["developerMetadata"] = [stamp]
        return read_snapshot(answer, {"measures": 1002, "progress": 1003})

    def _row_tags(self, index: int) -> dict[str, Any]:
        ids = [row_id for row_id, at in (self.tags or {}).items() if at == index]
        return {"developerMetadata": [{"metadataId": i, "metadataKey": "r"} for i in ids]}

    def _column_tags(self, index: int) -> dict[str, Any]:
        if index not in self.column_tags:
            return {}
        tag = {"metadataKey": "c", "metadataValue": self.column_tags[index]}
        return {"developerMetadata": [tag]}


def _cell(text: str) -> dict[str, Any]:
    return {"formattedValue": text, "effectiveValue": {"stringValue": text}} if text else {}


def row(
    row_id: int, title: str = "ก", status: str = OLD, percent: str = "", output: str = ""
) -> list[str]:
    return [str(row_id), title, status, percent, output]


def cells(
    title: str = "ก", status: str = OLD, percent: str = "", output: str = ""
) -> dict[str, str]:
    return {"title": title, "status": status, "percent": percent, "output": output}


def planned(
    sheet: Sheet, wanted: dict[int, dict[str, str]], known: dict[int, dict[str, str]]
) -> Plan:
    marks = [Mark("measures", row_id, 1) for row_id in wanted]
    seen = {"measures": {row_id: Seen(text) for row_id, text in known.items()}}
    return plan(sheet.read(), {"measures": wanted}, seen, marks)


def updates(sheet: Sheet, result: Plan) -> list[tuple[int, int, list[Any]]]:
    """(line, column, values) of every updateCells of the batch."""
    requests = [
        r["updateCells"] for r in batch(sheet.read(), result.rows, "1.x") if "updateCells" in r
    ]
    return [
        (
            r["start"]["rowIndex"],
            r["start"]["columnIndex"],
            [v.get("userEnteredValue") for line in r["rows"] for v in line["values"]],
        )
        for r in requests
    ]


def test_only_cells_that_differ_are_written_and_neighbours_together() -> None:
    sheet = Sheet([row(1), row(2)], tags={1: 1, 2: 2})
    result = planned(sheet, {2: cells(status=NEW, percent="80", output="ผล")}, {2: cells()})
    assert updates(sheet, result) == [(2, 3, [{"numberValue": 80}, {"stringValue": "ผล"}])]


def test_cells_between_are_not_touched() -> None:
    sheet = Sheet([row(1)], columns=[ID, "percent", "title", "status", "output"])
    sheet.lines = [["1", "", "ก", OLD, ""]]
    result = planned(sheet, {1: cells(percent="5", output="ผล")}, {1: cells()})
    assert updates(sheet, result) == [
        (1, 1, [{"numberValue": 5}]),
        (1, 4, [{"stringValue": "ผล"}]),
    ]


def test_a_shared_choice_is_replaced_only_where_the_word_last_seen_still_stands() -> None:
    sheet = Sheet([row(1)])
    result = planned(sheet, {1: cells(status=NEW)}, {1: cells()})
    snapshot = sheet.read()
    requests = batch(snapshot, result.rows, "1.x")
    sent = requests[-1]["findReplace"]
    assert (sent["find"], sent["replacement"], sent["matchEntireCell"]) == (OLD, NEW, True)
    assert sent["range"]["startRowIndex"] == 1
    nothing: list[dict[str, Any]] = [{} for _ in requests]
    hit = [*nothing[:-1], {"findReplace": {"occurrencesChanged": 1}}]
    assert landed(snapshot, result.rows, requests, hit) == result.rows
    (missed,) = landed(snapshot, result.rows, requests, nothing)
    assert missed.after == {}


def without_guards(requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The requests but for those that hold the columns and the last row in place."""
    guards = ('"COLUMNS"', f'"metadataId": {wire.PASSING_ID}')
    return [one for one in requests if not any(sign in json.dumps(one) for sign in guards)]


def test_every_column_of_ours_is_held_in_place() -> None:
    """Deleted where it was read and created there again: refused if the column went elsewhere."""
    sheet = Sheet([row(1)], column_tags=TAGGED)
    requests = batch(
        sheet.read(), planned(sheet, {1: cells(percent="5")}, {1: cells()}).rows, "1.x"
    )
    held = [r for r in requests if '"COLUMNS"' in json.dumps(r)]
    assert len(held) == 2 * len(TAGGED)
    delete, create = held[4:6]  # by the columns' keys, of which percent is the third
    lookup = delete["deleteDeveloperMetadata"]["dataFilter"]["developerMetadataLookup"]
    made = create["createDeveloperMetadata"]["developerMetadata"]
    assert lookup["locationMatchingStrategy"] == "EXACT_LOCATION"
    assert lookup["metadataId"] == made["metadataId"] == column_tag("measures", "percent")
    assert lookup["metadataLocation"] == made["location"]
    assert made["location"]["dimensionRange"]["startIndex"] == 3


def test_a_new_line_holds_all_columns_and_tags_those_without_a_tag() -> None:
    sheet = Sheet([row(1)])
    requests = batch(sheet.read(), planned(sheet, {2: cells()}, {}).rows, "1.x")
    held = [r for r in requests if '"COLUMNS"' in json.dumps(r)]
    made = [r["createDeveloperMetadata"]["developerMetadata"]["metadataValue"] for r in held]
    assert sorted(made) == sorted([ID, "title", "status", "percent", "output"])


TAGGED = dict(enumerate([ID, "title", "status", "percent", "output"]))
MOVED = [
    ("sorted", Sheet([row(3), row(1), row(2)]), 3),
    ("rows inserted above", Sheet([[""] * 5, ["", "ของเรา"], row(2)]), 3),
    (
        "a row above the header",
        Sheet([["รหัสแถว"], row(2)], header=["ประกาศ"], column_tags=TAGGED),
        2,
    ),
    ("header renamed", Sheet([row(2)], header=["x", "y", "z", "p", "q"], column_tags=TAGGED), 1),
]


@pytest.mark.parametrize(("sheet", "line"), [m[1:] for m in MOVED], ids=[m[0] for m in MOVED])
def test_a_row_is_found_wherever_it_went(sheet: Sheet, line: int) -> None:
    result = planned(sheet, {2: cells(percent="5")}, {2: cells()})
    assert updates(sheet, result) == [(line, 3, [{"numberValue": 5}])]


def test_columns_are_found_wherever_they_went() -> None:
    sheet = Sheet([["หมายเหตุของฉัน", "", OLD, "1", "ก"]], tags={1: 1})
    sheet.header = ["คอลัมน์ของฉัน", "ร้อยละ", "สถานะ", "รหัสแถว", "มาตรการ/กิจกรรม"]
    result = planned(sheet, {1: cells(percent="5")}, {1: cells()})
    assert updates(sheet, result) == [(1, 1, [{"numberValue": 5}])]


def test_peoples_columns_are_never_written_after_the_row_was_made() -> None:
    sheet = Sheet([row(1, title="ที่คนเขียน")])
    result = planned(sheet, {1: cells(title="ในทะเบียน")}, {1: cells()})
    assert result.rows == ()
    assert result.settled == (Mark("measures", 1, 1),)


# known, cell, wanted → written, asked
MERGES = [
    ("nothing new", OLD, OLD, OLD, False, False),
    ("only we changed it", OLD, OLD, NEW, True, False),
    ("only a person changed it", OLD, THEIRS, OLD, False, False),
    ("both, to the same", OLD, NEW, NEW, False, False),
    ("both, to different words", OLD, THEIRS, NEW, False, True),
    ("never seen: theirs stands", None, THEIRS, NEW, False, False),
]


@pytest.mark.parametrize(
    ("known", "cell", "wanted", "written", "asked"),
    [m[1:] for m in MERGES],
    ids=[m[0] for m in MERGES],
)
def test_a_shared_cell_is_written_only_if_it_holds_what_was_last_seen(
    known: str | None, cell: str, wanted: str, written: bool, asked: bool
) -> None:
    sheet = Sheet([row(1, status=cell)])
    seen = {"measures": {1: Seen(cells(status=known))} if known else {}}
    wish = {"measures": {1: cells(status=wanted)}}
    result = plan(sheet.read(), wish, seen, [Mark("measures", 1, 1)])
    assert [r.after for r in result.rows] == ([{"status": NEW}] if written else [])
    expected = [Question("measures", 1, "status", cell, wanted, "conflict")] if asked else []
    assert questions(sheet.read(), wish, seen) == expected


def test_a_bots_cell_that_a_person_overwrote_is_put_right() -> None:
    sheet = Sheet([row(1, output="แก้เอง")])
    result = plan(
        sheet.read(), {"measures": {1: cells(output="ผล")}}, {"measures": {1: Seen(cells())}}, []
    )
    assert [r.after for r in result.rows] == [{"output": "ผล"}]


def test_a_new_row_gets_a_line_of_its_own_below_everything() -> None:
    sheet = Sheet([row(1), [""] * 5, ["", "", "", "", "", "หมายเหตุของคน"]], stamp="4.old")
    result = planned(sheet, {2: cells(output="=1+1")}, {})
    requests = without_guards(batch(sheet.read(), result.rows, "5.new"))
    assert [next(iter(r)) for r in requests] == [
        "deleteDeveloperMetadata",
        "createDeveloperMetadata",
        "insertDimension",
        "updateCells",
        "createDeveloperMetadata",
    ]
    inserted = requests[2]["insertDimension"]["range"]
    assert (inserted["startIndex"], inserted["endIndex"]) == (4, 5)
    values = requests[3]["updateCells"]["rows"][0]["values"]
    assert values[0] == {"userEnteredValue": {"stringValue": "2"}}
    assert values[4] == {"userEnteredValue": {"stringValue": "=1+1"}}


def test_a_full_grid_grows_first() -> None:
    sheet = Sheet([row(n) for n in range(1, 50)])
    written = planned(sheet, {60: cells()}, {}).rows
    requests = without_guards(batch(sheet.read(), written, "1.x"))
    assert requests[1]["appendDimension"]["length"] == 1


def test_a_row_that_a_person_deleted_is_never_made_again() -> None:
    sheet = Sheet([row(1)])
    known = {"measures": {1: Seen(cells()), 2: Seen(cells())}}
    wanted = {"measures": {1: cells(), 2: cells(percent="5")}}
    result = plan(sheet.read(), wanted, known, [Mark("measures", 2, 9)])
    assert (result.rows, result.settled) == ((), (Mark("measures", 2, 9),))
    assert gone(sheet.read(), known) == [("measures", 2)]
    assert questions(sheet.read(), wanted, known) == [
        Question("measures", 2, "", "", "", "row_gone")
    ]


def test_a_deletion_is_told_once_and_a_row_that_came_back_is_known_again() -> None:
    known = {"measures": {1: Seen(cells(), gone=True)}}
    assert gone(Sheet([]).read(), known) == []
    assert agreed(Sheet([row(1)]).read(), {"measures": {1: cells()}}, known) == {
        "measures": {1: Seen(cells())}
    }


@pytest.mark.parametrize(("tag", "line"), [(1, 1), (2, 2)])
def test_of_a_copied_row_the_tagged_one_is_ours_and_people_are_asked(tag: int, line: int) -> None:
    sheet = Sheet([row(1), row(1)], tags={1: tag})
    result = planned(sheet, {1: cells(percent="5")}, {1: cells()})
    assert updates(sheet, result) == [(line, 3, [{"numberValue": 5}])]
    asked = questions(sheet.read(), {"measures": {1: cells()}}, {"measures": {1: Seen(cells())}})
    assert [q.why for q in asked] == ["row_twice"]


def test_a_line_without_an_id_is_left_alone() -> None:
    sheet = Sheet([["", "ของคน", "", "", ""], ["abc", "ของคน"], ["0", "x"]], tags={1: 1})
    assert plan(sheet.read(), {"measures": {}}, {"measures": {}}, []).rows == ()


def test_reports_go_to_the_end_of_the_log_and_say_nothing_of_what_stands_there() -> None:
    sheet = Sheet([])
    marks = [Mark("progress", 5, 1), Mark("progress", 6, 2)]
    wanted = {"progress": {5: {"output": "ก"}, 6: {"output": "=ข"}}}
    result = plan(sheet.read(), wanted, {}, marks)
    appended = batch(sheet.read(), result.rows, "1.x")[-1]["appendCells"]
    assert [
        [v["userEnteredValue"]["stringValue"] for v in r["values"]] for r in appended["rows"]
    ] == [
        ["5", "ก"],
        ["6", "=ข"],
    ]


def test_marks_of_a_tab_that_was_not_read_wait() -> None:
    result = plan(Sheet([]).read(), {}, {}, [Mark("cases", 1, 1)])
    assert (result.settled, result.marks) == ((), ())


def test_a_burst_is_cut_into_batches_oldest_change_first() -> None:
    marks = [Mark("measures", n, n) for n in range(1, MAX_ROWS + 20)]
    result = plan(
        Sheet([]).read(), {"measures": {mark.row_id: cells() for mark in marks}}, {}, marks
    )
    assert result.more
    assert result.marks == tuple(marks[:MAX_ROWS])


def test_lines_of_a_log_are_not_counted_with_the_rows_that_are_looked_up() -> None:
    marks = [Mark("progress", n, n) for n in range(1, 10 * MAX_ROWS)]
    wanted = {"progress": {mark.row_id: {"output": "ก"} for mark in marks}}
    result = plan(Sheet([]).read(), wanted, {}, marks)
    assert (result.more, result.marks) == (False, tuple(marks))


def test_a_short_line_of_a_log_waits_behind_a_long_one() -> None:
    marks = [Mark("progress", n, n) for n in range(1, 12)]
    wanted = {"progress": {mark.row_id: {"output": "ก" * 49_000} for mark in marks}}
    wanted["progress"][11] = {"output": "ก"}
    result = plan(Sheet([]).read(), wanted, {}, marks)
    assert result.more
    assert result.marks == tuple(marks[:8])


def test_long_texts_fill_a_batch_sooner_but_one_row_always_fits() -> None:
    marks = [Mark("progress", n, n) for n in range(1, 30)]
    wanted = {"progress": {mark.row_id: {"output": "ก" * 49_000} for mark in marks}}
    assert len(plan(Sheet([]).read(), wanted, {}, marks).rows) == 8


def test_a_row_whose_tag_is_elsewhere_gets_that_before_any_word() -> None:
    """Delete at the place that was read, create at the row: refused if the tag went elsewhere."""
    sheet = Sheet([row(1), row(2)], tags={2: 1})
    result = planned(sheet, {2: cells(percent="5")}, {2: cells()})
    assert (updates(sheet, result), result.marks, result.more) == ([], (), True)
    delete, create = without_guards(batch(sheet.read(), result.rows, "1.x"))[1:3]
    lookup = delete["deleteDeveloperMetadata"]["dataFilter"]["developerMetadataLookup"]
    assert lookup["metadataLocation"]["dimensionRange"]["startIndex"] == 1
    assert lookup["locationMatchingStrategy"] == "EXACT_LOCATION"
    made = create["createDeveloperMetadata"]["developerMetadata"]
    assert made["metadataId"] == 2
    assert made["location"]["dimensionRange"]["startIndex"] == 2


def test_a_row_without_its_id_gets_that_before_any_word() -> None:
    sheet = Sheet([["", "ก", OLD, "", ""], row(2, title="ข")], tags={1: 1, 2: 2})
    wanted, read = {1: cells(percent="5"), 2: cells(title="ข")}, sheet.read()
    view = with_true_ids(read.views["measures"], wanted, {})
    known = {"measures": {1: Seen(cells()), 2: Seen(cells(title="ข"))}}
    mark = Mark("measures", 1, 1)
    result = plan(Snapshot({"measures": view}, None), {"measures": wanted}, known, [mark])
    assert [(one.row_id, one.after) for one in result.rows] == [(1, {ID: "1"})]
    assert (result.marks, result.more) == ((), True)


WRITE = Written(
    "measures", 1, {"status": NEW, "output": "ผล"}, {"status": OLD, "output": ""}, new=False
)


def tags_of(sheet: Sheet, wanted: Rows, known: Known) -> dict[int, int]:
    """Where the next batch puts which row's tag; it writes no word there."""
    rows = plan(sheet.read(), wanted, known, []).rows
    assert all(map(prepares, rows))
    tags = [
        one["createDeveloperMetadata"]["developerMetadata"]
        for one in without_guards(batch(sheet.read(), rows, "1.x"))
        if "createDeveloperMetadata" in one
    ]
    places = {one["metadataId"]: one["location"].get("dimensionRange", {}) for one in tags}
    return {row.row_id: places[row.row_id]["startIndex"] for row in rows}


def test_a_write_that_landed_changes_nothing_that_is_known() -> None:
    snapshot = Sheet([row(1, status=NEW, output="ผล"), row(2)]).read()
    known = {"measures": {1: Seen(cells(status=NEW, output="ผล")), 2: Seen(cells())}}
    for applied in (True, False):
        found = verified(snapshot, Attempt("1.x", (), (WRITE,), applied), known)
        assert found == Verified({}, ())


def test_a_word_that_a_person_put_back_after_the_batch_is_his() -> None:
    """Known stays what the batch wrote, so the old word counts as an edit."""
    snapshot = Sheet([row(1, status=OLD, output="ผล")]).read()
    known = {"measures": {1: Seen(cells(status=NEW, output="ผล"))}}
    assert verified(snapshot, Attempt("1.x", (), (WRITE,)), known).known == {}


def test_the_words_of_a_row_that_was_deleted_meanwhile_are_nobodys_edit() -> None:
    """They landed, with the row's tag, on the row below or on an empty line, where they go."""
    below = Sheet([row(2, status=NEW, output="ผล")], tags={1: 1})
    known = {"measures": {1: Seen(cells(status=NEW, output="ผล")), 2: Seen(cells(status=NEW))}}
    found = verified(below.read(), Attempt("1.x", (), (WRITE,)), known)
    assert found.known == {"measures": {2: Seen(cells(status=NEW, output="ผล"))}}
    empty = Sheet([["", "", "", "", "ผล"]], tags={1: 1}).read()
    found = verified(empty, Attempt("1.x", (), (WRITE,)), known)
    assert found.strays == (Stray("measures", {"output": "ผล"}),)
    chosen = Sheet([["", "", NEW, "", "ผล"]], tags={1: 1}).read()
    assert verified(chosen, Attempt("1.x", (), (WRITE,)), known).strays == found.strays
    first = replace(WRITE, before={"status": "", "output": ""})  # no old word had to stand there
    (stray,) = verified(chosen, Attempt("1.x", (), (first,)), known).strays
    assert stray == Stray("measures", {"status": NEW, "output": "ผล"})
    (only,) = without_guards(batch(empty, (), "2.x", found.strays))[1:]
    assert (only["findReplace"]["find"], only["findReplace"]["replacement"]) == ("ผล", "")


def test_the_same_words_on_another_row_by_chance_are_left_alone() -> None:
    """A person changed what we wrote, and elsewhere somebody chose that very word."""
    known = {"measures": {1: Seen(cells(status=NEW)), 2: Seen(cells())}}
    chance = Sheet([row(1, status=THEIRS), row(2, status=NEW)], tags={1: 1})
    write = replace(WRITE, after={"status": NEW}, before={"status": OLD})
    assert verified(chance.read(), Attempt("1.x", (), (write,)), known).known == {}


def test_a_write_that_landed_on_a_stranger_is_not_taken_for_a_persons_word() -> None:
    sheet = Sheet([row(2, status=NEW, output="ผล"), row(1)], tags={1: 1})
    known = {"measures": {1: Seen(cells(status=NEW, output="ผล")), 2: Seen(cells(output="เดิม"))}}
    found = verified(sheet.read(), Attempt("1.x", (), (WRITE,)), known)
    known["measures"] |= found.known["measures"]
    wanted = {"measures": {1: cells(status=NEW, output="ผล"), 2: cells(output="เดิม")}}
    assert tags_of(sheet, wanted, known) == {1: 2, 2: 1}
    result = plan(replace(sheet, tags=None).read(), wanted, known, [])
    assert {r.row_id: r.after for r in result.rows} == {
        1: {"status": NEW, "output": "ผล"},
        2: {"status": OLD, "output": "เดิม"},
    }
    assert questions(sheet.read(), wanted, known) == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_writes_that_landed_on_each_other_are_nobodys_edits(order: tuple[int, int]) -> None:
    """A sort exchanged two lines in the moment, and left their tags behind."""
    sheet = Sheet(
        [row(2, status=NEW, output="ผล"), row(1, status=THEIRS, output="อีกผล")], tags={1: 1, 2: 2}
    )
    other = replace(WRITE, row_id=2, after={"status": THEIRS, "output": "อีกผล"})
    writes = (WRITE, other)
    sent = tuple(writes[at] for at in order)
    known = {"measures": {one.row_id: Seen(cells(**one.after)) for one in writes}}
    found = verified(sheet.read(), Attempt("1.x", (), sent), known)
    known["measures"] |= found.known["measures"]
    wanted = {"measures": {one.row_id: cells(**one.after) for one in writes}}
    assert tags_of(sheet, wanted, known) == {1: 2, 2: 1}
    result = plan(replace(sheet, tags=None).read(), wanted, known, [])
    assert {r.row_id: r.after for r in result.rows} == {1: WRITE.after, 2: other.after}
    assert questions(sheet.read(), wanted, known) == []


def test_a_tab_that_lost_its_id_column_is_not_touched() -> None:
    assert "measures" not in Sheet([["ก"]], columns=["title"]).read().views
