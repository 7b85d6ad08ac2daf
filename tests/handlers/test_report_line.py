"""What stands in one line of a report."""

import pytest

from handlers.topics.report_line import read_line
from ita.measures import Status

DONE, BUSY, IDLE = Status.AWAITING_ACCEPTANCE, Status.IN_PROGRESS, Status.NOT_STARTED
URL = "https://example.go.th/a"


@pytest.mark.parametrize(
    ("words", "measure", "progress", "output", "links"),
    [
        (f"ตัวชี้วัด 3 80% ติดประกาศแล้ว {URL}", "ตัวชี้วัด 3", (BUSY, 80), "ติดประกาศแล้ว", (URL,)),
        ("3 80% ทำแล้ว", "3", (BUSY, 80), "ทำแล้ว", ()),
        ("๓ ๘๐ % ทำแล้ว", "๓", (BUSY, 80), "ทำแล้ว", ()),
        ("มาตรการที่ ๓ ร้อยละ ๘๐ ทำแล้ว", "มาตรการที่ ๓", (BUSY, 80), "ทำแล้ว", ()),
        ("ม.3 80 เปอร์เซ็นต์ ทำแล้ว", "ม.3", (BUSY, 80), "ทำแล้ว", ()),
        ("o13 50%", "o13", (BUSY, 50), "", ()),
        ("โอ13 50%, ทำแล้ว", "โอ13", (BUSY, 50), "ทำแล้ว", ()),
        ("ข้อ o13: 50% ทำแล้ว", "ข้อ o13", (BUSY, 50), "ทำแล้ว", ()),
        ("งดรับของขวัญ 50% ทำแล้ว", "งดรับของขวัญ", (BUSY, 50), "ทำแล้ว", ()),
        ("3 0% ทำแล้ว", "3", (IDLE, 0), "ทำแล้ว", ()),
        ("3 100% ทำแล้ว", "3", (DONE, 100), "ทำแล้ว", ()),
        ("3 เสร็จ ทำแล้ว", "3", (DONE, 100), "ทำแล้ว", ()),
        ("3 แล้วเสร็จ 100% ทำแล้ว", "3", (DONE, 100), "ทำแล้ว", ()),
        ("3 กำลังดำเนินการ ทำแล้ว", "3", (BUSY, None), "ทำแล้ว", ()),
        ("3 กําลังดําเนินการ ทำแล้ว", "3", (BUSY, None), "ทำแล้ว", ()),
        ("3 อยู่ระหว่างดำเนินการ 40% ทำแล้ว", "3", (BUSY, 40), "ทำแล้ว", ()),
        ("3 ยังไม่ได้ดำเนินการ รอคำสั่ง", "3", (IDLE, None), "รอคำสั่ง", ()),
        ("3 80% ลดลงจาก 90% เหลือ 10%", "3", (BUSY, 80), "ลดลงจาก 90% เหลือ 10%", ()),
        ("3 80% =SUM(A1)", "3", (BUSY, 80), "=SUM(A1)", ()),
        (
            '3 80% =IMPORTXML("https://x.go.th/a","//b")',
            "3", (BUSY, 80), '=IMPORTXML("https://x.go.th/a","//b")', (),
        ),
        (f"3 80% ดู {URL} ด้วย", "3", (BUSY, 80), f"ดู {URL} ด้วย", (URL,)),
        (f"3 80% ทำแล้ว{URL}", "3", (BUSY, 80), "ทำแล้ว", (URL,)),
        (f"3 80% {URL}?a=%20 {URL}/b {URL}/b", "3", (BUSY, 80), "", (URL + "?a=%20", URL + "/b")),
        (f"งดรับ {URL}/50% 80% ทำแล้ว", f"งดรับ {URL}/50%", (BUSY, 80), "ทำแล้ว", (URL + "/50%",)),
        ("3\n80%\nทำแล้ว\nสองบรรทัด", "3", (BUSY, 80), "ทำแล้ว\nสองบรรทัด", ()),
        ("80% ทำแล้ว", "", (BUSY, 80), "ทำแล้ว", ()),
    ],
)  # fmt: skip
def test_whole_lines(
    words: str,
    measure: str,
    progress: tuple[Status, int | None],
    output: str,
    links: tuple[str, ...],
) -> None:
    line = read_line(words)
    assert line.standing is not None
    assert (line.measure, line.standing.progress()) == (measure, progress)
    assert (line.output, line.links) == (output, links)
    assert not line.standing.odd
    assert not line.standing.differs


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("3 ทำแล้ว ลดกระดาษลง 80%", "a percent inside the text is no standing"),
        ("3 ทำเสร็จแล้วสองเรื่อง", "a word inside a word is no status"),
        ("3 ยังไม่เสร็จ", "neither of the three"),
        ("3 80 ทำแล้ว", "80 of what"),
        ("3 เสร็จแล้วสองเรื่อง", "done with two of them"),
    ],
)
def test_nothing_is_guessed_into_a_standing(words: str, why: str) -> None:
    line = read_line(words)
    assert line.standing is None, why
    assert (line.measure, line.output) == ("3", words[2:])


@pytest.mark.parametrize(
    ("words", "odd"),
    [
        ("3 150%", "150"),
        ("3 80.5%", "80.5"),
        ("3 -5%", "-5"),
        ("3 9999999%", "9999999"),
        ("3 ๑๐๑%", "๑๐๑"),
    ],
)
def test_what_is_no_percent_is_kept_to_be_asked(words: str, odd: str) -> None:
    standing = read_line(words).standing
    assert standing is not None
    assert standing.odd == odd


@pytest.mark.parametrize(
    ("words", "differs"),
    [
        ("3 เสร็จ 50%", True),
        ("3 กำลังดำเนินการ 100%", True),
        ("3 กำลังดำเนินการ 0%", True),
        ("3 ยังไม่ได้ดำเนินการ 10%", True),
        ("3 ยังไม่ได้ดำเนินการ 0%", False),
        ("3 เสร็จ 100%", False),
    ],
)
def test_a_word_and_a_percent_that_cannot_both_be_true(words: str, differs: bool) -> None:
    standing = read_line(words).standing
    assert standing is not None
    assert standing.differs is differs


@pytest.mark.parametrize(
    "link",
    [
        "http://a.go.th",
        "www.a.go.th",
        "https://",
        "https://localhost",
        "https://me@a.go.th",
        "https://[bad",
        "https://a.go.th/" + "x" * 1000,
        "HTTP://A.GO.TH",
    ],
)
def test_links_that_cannot_be_kept(link: str) -> None:
    line = read_line(f"3 80% ทำแล้ว {link} {URL}")
    assert line.unusable_links == (link,)
    assert line.links == (URL,)


def test_a_long_hostile_line_is_read_at_once() -> None:
    for words in (
        "ม" + " " * 4990,
        "3 50% " + "https://ก" * 500 + " x",
        "ร้อยละ" * 800,
        "1," * 2400,
    ):
        read_line(words)  # a pattern that backtracks would not come back before the timeout
