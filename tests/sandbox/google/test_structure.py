"""The grid model itself: where cells and ranges go when lines come, go and move."""

from hypothesis import given
from hypothesis import strategies as st

from sandbox.google import ranges, state, workbook
from sandbox.google.ranges import Area, Delete, Insert, Move, Shift, shifted
from sandbox.google.table import blocks

ROWS = 12
index = st.integers(0, ROWS - 1)


@st.composite
def moves(draw: st.DrawFn) -> Move:
    start = draw(index)
    end = draw(st.integers(start + 1, ROWS))
    to = draw(st.integers(0, ROWS).filter(lambda place: not start < place < end))
    return Move("ROWS", start, end, to)


@given(moves())
def test_a_move_is_what_a_list_does(move: Move) -> None:
    lines = list(range(ROWS))
    block = lines[move.start : move.end]
    rest = lines[: move.start] + lines[move.end :]
    at = move.to if move.to <= move.start else move.to - len(block)
    moved = rest[:at] + block + rest[at:]
    assert [move.point(line) for line in lines] == [moved.index(line) for line in lines]


@given(moves(), index, index)
def test_a_moved_stretch_keeps_its_lines_or_stays(move: Move, a: int, b: int) -> None:
    start, end = min(a, b), max(a, b) + 1
    new = move.span(start, end)
    assert new is not None
    assert new[1] - new[0] == end - start


@given(index, st.integers(1, 5))
def test_what_is_put_in_can_be_taken_out(at: int, count: int) -> None:
    put_in, taken_out = Insert("ROWS", at, count), Delete("ROWS", at, at + count)
    for line in range(ROWS):
        moved = put_in.point(line)
        assert moved is not None
        assert taken_out.point(moved) == line


@given(index, index, index, index)
def test_a_stretch_after_a_deletion_covers_what_is_left(a: int, b: int, c: int, d: int) -> None:
    start, end = min(a, b), max(a, b) + 1
    cut = Delete("ROWS", min(c, d), max(c, d) + 1)
    left = [cut.point(line) for line in range(start, end)]
    left_places = [place for place in left if place is not None]
    expected = (left_places[0], left_places[-1] + 1) if left_places else None
    assert cut.span(start, end) == expected


def test_ranges_follow() -> None:
    fence = {"range": {"sheetId": 1, "startRowIndex": 2, "endRowIndex": 4}}
    cases: list[tuple[Shift, dict[str, int] | None]] = [
        (Insert("ROWS", 0, 2), {"startRowIndex": 4, "endRowIndex": 6}),
        (Insert("ROWS", 3, 2), {"startRowIndex": 2, "endRowIndex": 6}),
        (Insert("ROWS", 4, 2), {"startRowIndex": 2, "endRowIndex": 4}),
        (Insert("COLUMNS", 0, 2), {"startRowIndex": 2, "endRowIndex": 4}),
        (Delete("ROWS", 0, 3), {"startRowIndex": 0, "endRowIndex": 1}),
        (Delete("ROWS", 1, 9), None),
        (Move("ROWS", 2, 4, 0), {"startRowIndex": 0, "endRowIndex": 2}),
    ]
    for shift, expected in cases:
        result = None if expected is None else {"range": {"sheetId": 1} | expected}
        assert shifted(fence, 1, shift) == result, shift
        assert shifted(fence, 2, shift) == fence


def test_open_ranges_stay_open() -> None:
    assert shifted({"sheetId": 1}, 1, Insert("ROWS", 0, 2)) == {"sheetId": 1}
    below = {"sheetId": 1, "startRowIndex": 1}
    assert shifted(below, 1, Insert("ROWS", 0, 2)) == {"sheetId": 1, "startRowIndex": 3}
    assert shifted(below, 1, Insert("ROWS", 5, 2)) == below


@given(st.integers(0, 18_277), st.integers(0, 999))
def test_a1_there_and_back(column: int, row: int) -> None:
    place = f"{ranges.letters(column)}{row + 1}"
    assert ranges.parse_a1(place) == ranges.Corners(row, column, row + 1, column + 1, single=True)


cells = st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.just("x"), max_size=30)


@given(cells)
def test_blocks_of_touching_cells(filled: dict[tuple[int, int], str]) -> None:
    """The fast search by rows agrees with a plain flood fill."""
    sheet = workbook.new_sheet(0, "s")
    for row, column in filled:
        sheet.put(row, column, {"userEnteredValue": {"stringValue": "x"}})
    left, expected = set(filled), set()
    while left:
        block, edge = set(), [left.pop()]
        while edge:
            row, column = edge.pop()
            block.add((row, column))
            near = {(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & left
            left -= near
            edge += near
        tops, lefts = [row for row, _ in block], [column for _, column in block]
        expected.add(Area(min(tops), max(tops) + 1, min(lefts), max(lefts) + 1))
    assert set(blocks(sheet)) == expected


def test_the_state_there_and_back() -> None:
    book = workbook.new_workbook("b", "ชื่อ")
    book.sheets[0].put(3, 4, {"userEnteredValue": {"stringValue": "x"}})
    book.sheets[0].lines["ROWS"][2] = {"hiddenByUser": True}
    book.metadata[5] = {"metadataId": 5, "location": {"spreadsheet": True}}
    assert state.from_json(state.to_json(book)) == book


def test_a_copy_is_independent() -> None:
    book = workbook.new_workbook("b", "t")
    book.sheets[0].put(0, 0, {"note": "old"})
    copy = book.copy()
    copy.sheets[0].put(0, 0, {"note": "new"})
    copy.rearrange(copy.sheets[0], Insert("ROWS", 0, 1))
    assert book.sheets[0].cell(0, 0) == {"note": "old"}
