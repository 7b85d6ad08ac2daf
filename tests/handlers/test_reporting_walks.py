"""Whatever somebody taps, types and sends, in any order: an answer, and nothing made up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ita.dates import read_period
from ita.measures import Status
from ita.rounds import Lacking, lacking, parts_done, parts_of
from tests.handlers.desk_double import AGENCY, MEASURES, measure
from tests.handlers.office import Office, office

TWICE = measure(7, "รายงานการกำกับติดตาม", period=read_period("๑ ต.ค.๖๗ และ ๑ เม.ย. ๖๘", 2568))
TYPED = (
    *("รายงานผล", "งานค้าง", "ข้าม", "ย้อนกลับ", "แก้ไข", "ยกเลิก", "ยืนยัน", "ยกเลิกรายงานล่าสุด"),
    *("1", "๑ ต.ค. ๖๗", "1/1/68", "80%", "เสร็จแล้ว", "ม3 เสร็จแล้ว ติดประกาศแล้ว", "ม7 80%"),
    *("ประชุมชี้แจงพนักงานทุกคน", "ไม่มี", "555", "🙏", "https://example.go.th/a"),
    *("http://example.go.th", "ใช่", "มาตรการ 3", "รายงานผล 6"),
)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from(TYPED)),
        st.tuples(st.just("press"), st.integers(0, 12)),
        st.tuples(st.just("again"), st.integers(0, 30)),
        st.tuples(st.just("photo"), st.integers(1, 3)),
        st.tuples(st.just("unsend"), st.integers(1, 3)),
        st.tuples(st.just("wait"), st.integers(1, 3000)),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(MOVES)
def test_any_walk_through_it_ends_well(moves: list[tuple[str, object]]) -> None:
    one = office(*MEASURES, TWICE)
    seen: list[dict[str, object]] = []
    said = {""}
    for move, what in moves:
        _move(one, move, what, seen)
        said |= {str(what)} if move == "say" else set()
        seen += one.actions
    for report in one.reports:
        assert any(report.output in words for words in said), "only the person's own words"
        assert any(report.outcome in words for words in said)
    for known in one.desk.all_measures:
        reports = [each for each in one.reports if each.measure_id == known.id]
        if known.status is Status.AWAITING_ACCEPTANCE:
            assert parts_done(known, AGENCY.units, reports) == set(parts_of(known, AGENCY.units))
            assert Lacking.EVIDENCE not in lacking(known, reports)


def _move(one: Office, move: str, what: object, seen: list[dict[str, object]]) -> None:
    """One thing that a person does; `again` presses a button of any time."""
    number = what if isinstance(what, int) else 0
    if move == "say":
        one.say(str(what))
    elif move == "press" and one.actions:
        one.do(one.actions[number % len(one.actions)])
    elif move == "again" and seen:
        one.do(seen[number % len(seen)])
    elif move == "photo":
        one.photo(number, 3)
    elif move == "unsend":
        one.unsend(f"photo{number}")
    elif move == "wait":
        one.wait(minutes=number)
