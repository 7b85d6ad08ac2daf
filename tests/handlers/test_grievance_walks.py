"""Whatever somebody does at the doors, in whatever order: answered, kept, and never misfiled."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.topics.complaints.which_door import accuses, may_accuse
from ita.agency import Person
from ita.changes import FileCase, KeepUpload
from ita.complaints import Place
from tests.handlers.desk_double import CITIZEN, CLERK, NOW
from tests.handlers.teller import Teller, teller
from tests.handlers.test_grievance import ALIKE

TODAY = NOW.date()
TEXTS = st.sampled_from(
    [
        *("แจ้งเหตุ", "แจ้งเหตุ น้ำไม่ไหล", "ไฟถนนดับหน้าวัด", "ร้องเรียน", "ร้องเรียนทุจริต", "ยกเลิก"),
        *("ข้าม", "ส่ง", "แก้ไข", "คะแนน", "ถึงไหนแล้ว", "สายไฟขาด", "มีคนรับสินบน", "ปลัดด่าชาวบ้าน"),
        *("ส่งเลยจ้ะ", "อยากถอนเรื่อง", "กำนันเก็บเงินคนละ 100", "เจ้าหน้าที่ไถเงินแม่ค้า", "โอเค"),
        *("หมู่ 2", "1", "...", "ขอบคุณ", "ลบข้อมูลของฉัน", "report a problem: no water"),
    ]
)
MEDIA = st.sampled_from(["image", "audio", "file", "video", "sticker", "location"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), TEXTS),
        st.tuples(st.just("press"), st.integers(0, 12)),
        st.tuples(st.just("send"), MEDIA),
        st.tuples(st.just("again"), st.integers(0, 30)),
        st.tuples(st.just("unsend"), st.integers(1, 12)),
        st.tuples(st.just("wait"), st.sampled_from([1, 30])),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS, person=st.sampled_from([CITIZEN, CLERK]), alike=st.booleans())
def test_any_walk(steps: list[tuple[str, Any]], person: Person, alike: bool) -> None:
    one = teller(like=ALIKE if alike else ())
    one.person = person
    unsent: set[str] = set()
    seen: list[dict[str, Any]] = []
    for what, detail in steps:
        before = len(one.done)
        _step(one, what, detail, unsent, seen)
        seen += one.actions
        for case in (change for change in one.done[before:] if isinstance(change, FileCase)):
            told = "\n".join(part.text for part in case.parts)
            assert case.kind.is_protected or not accuses(told, TODAY)
            assert not (case.title and may_accuse(told, TODAY))
            assert case.parts or case.uploads
            assert not unsent & {part.message_id for part in case.parts}
            assert not {f"upload-{each}" for each in unsent} & {each.id for each in case.uploads}
    kept = [change.upload.id for change in one.all(KeepUpload)]
    assert len(kept) == len(set(kept))


def _step(
    one: Teller, what: str, detail: Any, unsent: set[str], seen: list[dict[str, Any]]
) -> None:
    """One thing that a person does; `again` presses a button of any time."""
    if what == "say":
        assert one.say(detail)
    elif what == "press" and one.actions:
        assert one.do(one.actions[detail % len(one.actions)])
    elif what == "send":
        place = Place("", 15.0, 100.0) if detail == "location" else None
        assert one.send(detail, place=place)
    elif what == "again" and seen:
        assert one.do(seen[detail % len(seen)])
    elif what == "unsend" and detail <= one.messages:  # the turn drops what was unsent before
        unsent.add(f"message{detail}")
        one.unsend(f"message{detail}")
    elif what == "wait":
        one.wait(hours=detail)
