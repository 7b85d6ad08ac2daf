"""The demo: its own script played here, its judge, and the commands as a person runs them."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import sandbox.cli
from sandbox import demo, script, town, transcript
from sandbox.cli import exports
from sandbox.demo import DEMO_TIME, DemoFailed
from sandbox.script import STEPS, Told
from sandbox.transcript import Rows, Sheet
from store import embedded
from tests.bot.test_way import settle
from tests.bot.town import Town, free_port

PROGRAM = Path(sys.executable).parent / "sujarit"
ALL_RIGHT = "Every reply and every cell is as it must be (5 sheets compared)."


def test_the_script_finds_every_reply_and_every_cell_right(town_of_two: Town) -> None:
    """Also the test whose messages LINE's own document judges (see `built`)."""
    views = [script.SheetView(town_of_two.url, slug) for slug in town_of_two.program.agencies]
    before = {view.agency: view.read() for view in views}
    told = script.converse(town_of_two.url)
    assert told.faults == ()
    after = script.settled(views)
    assert len(after) == 5
    assert list(script.wrong_cells(before, after, told)) == []


@pytest.fixture
def town_of_two(town_at_the_demos_time: Town) -> Town:
    town.furnish(town_at_the_demos_time.program, ("chatturat",))
    settle(town_at_the_demos_time)
    settle(town_at_the_demos_time, "chatturat")
    return town_at_the_demos_time


# The judge: one that accepts everything would make the demo worthless

MEASURES = (
    "รหัสแถว|ปีงบประมาณ|ลำดับที่|มาตรการ/กิจกรรม|ผู้รับผิดชอบ|สถานะ|ร้อยละ|สรุปผลการดำเนินการ|หลักฐาน"
    "|รายงานล่าสุด|ผลการตรวจรับ"
)
PROGRESS = (
    "รหัสแถว|รายงานเมื่อ|ปีงบประมาณ|มาตรการที่|มาตรการ/กิจกรรม|หน่วยที่รายงาน|สถานะ|ร้อยละ|ผลที่รายงาน|หลักฐาน"
)
CASES = "รหัสแถว|เลขที่เรื่อง|ประเภท|รับเรื่องเมื่อ|เรื่องโดยย่อ|หน่วยที่รับผิดชอบ|สถานะ|กำหนดถัดไป|ผลที่เปิดเผยได้"
STATISTICS = "รหัสแถว|เดือน|ประเภท|รับเรื่อง|เสร็จสิ้น|กำลังดำเนินการ"
NO_GIFT = "นโยบาย No Gift Policy งดรับของขวัญ"
REPORTED = "อยู่ระหว่างดำเนินการ|80|ประกาศนโยบายงดรับของขวัญแล้ว|https://example.go.th/nogift"
TOLD = Told((), frozenset({"ABCD-2345"}), DEMO_TIME, DEMO_TIME.replace(minute=1, second=30))
OTHER = {"มาตรการ": [MEASURES.split("|"), ["1", "2568", "1", "มาตรการอื่น"]]}


def rows(*lines: str) -> Rows:
    return [line.split("|") for line in lines]


def sheet_before() -> Sheet:
    return {
        "อ่านก่อน": [["อ่านก่อนใช้ชีตนี้"]],
        "มาตรการ": rows(
            MEASURES, "2|2568|2|งบประมาณ|กองคลัง", f"3|2568|3|{NO_GIFT}|สำนักปลัด|ยังไม่ได้ดำเนินการ"
        ),
        "ความก้าวหน้า": rows(PROGRESS),
        "เรื่องร้องเรียน": rows(CASES),
        "สถิติเรื่องร้องเรียน": rows(STATISTICS),
    }


def sheet_after() -> Sheet:
    return {
        **sheet_before(),
        "มาตรการ": rows(
            MEASURES,
            "2|2568|2|งบประมาณ|กองคลัง",
            f"3|2568|3|{NO_GIFT}|สำนักปลัด|{REPORTED}|15 ม.ค. 2568 09:00 น.",
        ),
        "ความก้าวหน้า": rows(
            PROGRESS, f"4|15 ม.ค. 2568 09:01 น.|2568|3|{NO_GIFT}|สำนักปลัด|{REPORTED}"
        ),
        "เรื่องร้องเรียน": rows(
            CASES,
            f"1073741824|ABCD-2345|แจ้งเหตุ/ร้องทุกข์|15 ม.ค. 2568|{script.TITLE}||รับเรื่องแล้ว"
            f"|{script.DUE}|",
        ),
        "สถิติเรื่องร้องเรียน": rows(STATISTICS, f"1610612737|{script.MONTH}|แจ้งเหตุ/ร้องทุกข์|1|0|1"),
    }


def wrong(after: Sheet, told: Told = TOLD, other: Sheet = OTHER) -> list[str]:
    before = {"dongmuang": sheet_before(), "pathumrat": OTHER}
    return list(script.wrong_cells(before, {"dongmuang": after, "pathumrat": other}, told))


def test_the_right_sheet_is_accepted() -> None:
    assert wrong(sheet_after()) == []


def every_cell() -> Iterator[tuple[str, int, int]]:
    for tab, lines in sheet_after().items():
        for line in range(len(lines)):
            for column in range(len(lines[0])):
                yield tab, line, column


@pytest.mark.parametrize("text", ["99", ""])
def test_no_cell_may_hold_anything_else(text: str) -> None:
    """Also the ids, titles, years and units beside the cells that a report changes."""
    for tab, line, column in every_cell():
        after = deepcopy(sheet_after())
        row = after[tab][line]
        row += [""] * (column + 1 - len(row))
        # A new row's id may be any number that is new in the sheet; an old one's may not.
        if row[column] == text or (text and line and column == 0 and tab != "มาตรการ"):
            continue
        row[column] = text
        assert wrong(after), (tab, line, column)


@pytest.mark.parametrize(
    ("why", "tab", "line", "header", "text"),
    [
        ("an id overwritten", "มาตรการ", 2, "รหัสแถว", "99"),
        ("a title overwritten", "มาตรการ", 2, "มาตรการ/กิจกรรม", script.REPORT),
        ("a year overwritten", "มาตรการ", 2, "ปีงบประมาณ", "2567"),
        ("a unit overwritten", "มาตรการ", 2, "ผู้รับผิดชอบ", "กองคลัง"),
        ("a report of before the demo", "มาตรการ", 2, "รายงานล่าสุด", "15 ม.ค. 2568 08:59 น."),
        ("a report of after the demo", "ความก้าวหน้า", 1, "รายงานเมื่อ", "15 ม.ค. 2568 09:02 น."),
        ("a measure's id for a report", "ความก้าวหน้า", 1, "รหัสแถว", "3"),
        ("another case's number", "เรื่องร้องเรียน", 1, "เลขที่เรื่อง", "ABCD-2346"),
        ("a case's words", "เรื่องร้องเรียน", 1, "เรื่องโดยย่อ", script.GRIEVANCE),
        ("a case's place", "เรื่องร้องเรียน", 1, "ผลที่เปิดเผยได้", script.PLACE),
        ("a count", "สถิติเรื่องร้องเรียน", 1, "รับเรื่อง", "2"),
    ],
)
def test_the_judge_names_the_cell(why: str, tab: str, line: int, header: str, text: str) -> None:
    after = sheet_after()
    after[tab][line][after[tab][0].index(header)] = text
    assert any(tab in fault and header in fault and text in fault for fault in wrong(after)), why


def test_the_judge_counts_rows_tabs_and_agencies() -> None:
    assert any("1 rows, not 2" in fault for fault in wrong(sheet_before())), "nothing was written"
    twice = sheet_after()
    twice["ความก้าวหน้า"].append(twice["ความก้าวหน้า"][1])
    assert any("3 rows, not 2" in fault for fault in wrong(twice))
    assert wrong({**sheet_after(), "แท็บใหม่": [["ข้อความ"]]}), "a tab came"
    assert wrong({**sheet_after(), "อ่านก่อน": []}), "a tab was emptied"
    other = {"มาตรการ": [*OTHER["มาตรการ"], ["2"]]}
    assert any("pathumrat" in fault for fault in wrong(sheet_after(), other=other))
    assert wrong(sheet_after(), replace(TOLD, case_numbers=frozenset())), "no number was told"


def test_a_sheet_without_the_columns_is_a_fault_and_no_crash() -> None:
    before = {"dongmuang": {"มาตรการ": rows("รหัสแถว|ลำดับที่", "3|3")}}
    assert any("lacked" in f for f in script.wrong_cells(before, before, TOLD))


def test_exactly_one_reply_is_right() -> None:
    step = replace(STEPS[0], must_say=("แจ้งเหตุ",))
    assert list(script.wrong_replies(step, [["แจ้งเหตุ"]])) == []
    assert list(script.wrong_replies(step, []))
    assert list(script.wrong_replies(step, [["แจ้งเหตุ"], ["แจ้งเหตุ"]]))
    assert list(script.wrong_replies(step, [["คะแนน"]]))


def test_a_second_reply_shortly_after_the_first_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = iter([["old"], ["old", "first"], ["old", "first", "second"]])
    monkeypatch.setattr(script, "_reached", lambda *_: next(reached))
    assert len(script._new("", STEPS[0], before=1)) == 2


# The transcript


def test_a_reply_reads_well(capsys: pytest.CaptureFixture[str]) -> None:
    baseline = {"type": "box", "layout": "baseline", "contents": [text("1 ก"), text("98.01")]}
    items = [{"action": {"label": label}} for label in ("แจ้งเหตุ", "คะแนน")]
    bubble = {"type": "bubble", "body": {"contents": [text("หนึ่ง\n\n\nสอง"), baseline]}}
    reply = {"type": "flex", "contents": bubble, "quickReply": {"items": items}}
    transcript.show_reply(script.texts_in(reply))
    assert capsys.readouterr().out.splitlines() == [
        "    สุจริต: หนึ่ง",
        "          สอง",
        "          1 ก  98.01",
        "          [แจ้งเหตุ] [คะแนน]",
    ]


def text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


def test_sheets_read_well(capsys: pytest.CaptureFixture[str]) -> None:
    transcript.show_sheet("ก่อน", {**sheet_before(), "Sheet1": []})
    transcript.show_changes("หลัง", sheet_before(), sheet_after())
    shown = capsys.readouterr().out
    empty = "ความก้าวหน้า, เรื่องร้องเรียน, สถิติเรื่องร้องเรียน, Sheet1"
    assert f"ยังไม่มีข้อมูล: {empty}\n" in shown
    assert f"    2568 | 3 | {NO_GIFT} | สำนักปลัด | ยังไม่ได้ดำเนินการ\n" in shown
    assert "    สถานะ: ยังไม่ได้ดำเนินการ → อยู่ระหว่างดำเนินการ\n" in shown
    assert "    เลขที่เรื่อง: ABCD-2345\n" in shown


# The folder


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("mine")
    _, _, *options = command(tmp_path, "--once")
    refused = CliRunner().invoke(sandbox.cli.demo, options)
    assert refused.exit_code == 1
    assert len(refused.stderr.splitlines()) == 1
    assert str(tmp_path) in refused.stderr
    assert [*tmp_path.iterdir()] == [letter]


@pytest.mark.long
def test_a_folder_in_which_a_demo_runs_is_left_alone(tmp_path: Path) -> None:
    with demo.claimed(tmp_path):
        kept = tmp_path / "google.json"
        kept.touch()
        refused = run_demo(tmp_path)
        assert kept.exists()
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "--folder" in refused.stderr


@pytest.mark.long
def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = run_demo(tmp_path / "file")
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1


def test_an_earlier_demos_folder_is_made_new(tmp_path: Path) -> None:
    folder, outside = tmp_path / "demo", tmp_path / "outside"
    outside.mkdir()
    (outside / "letter.txt").touch()
    with demo.claimed(folder):
        (folder / "keyring").mkdir()
        (folder / "keyring" / "key").touch()
        (folder / "bot.log").touch()
        (folder / "link").symlink_to(outside)
    with demo.claimed(folder):
        demo.clear(folder)
        assert [path.name for path in folder.iterdir()] == [demo.MARKER]
    assert (outside / "letter.txt").exists()


def test_the_database_of_a_killed_demo_is_ended(tmp_path: Path) -> None:
    """Nobody holds the folder any more, and its server runs on."""
    with demo.claimed(tmp_path):
        embedded.start(tmp_path / "postgres", durable=False)
    with demo.claimed(tmp_path):
        demo.clear(tmp_path)
        assert not embedded.is_running(tmp_path / "postgres")
        assert not (tmp_path / "postgres").exists()


def test_a_claim_ends_with_its_demo(tmp_path: Path) -> None:
    with demo.claimed(tmp_path), pytest.raises(DemoFailed), demo.claimed(tmp_path):
        pass
    with demo.claimed(tmp_path):
        pass


# The commands


def command(folder: Path, *options: str) -> list[str]:
    ports = ("--port", str(free_port()), "--sandbox-port", str(free_port()))
    return [str(PROGRAM), "demo", "--folder", str(folder), *ports, *options]


def run_demo(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(folder, "--once", *options),
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


@pytest.mark.long
def test_the_command(tmp_path: Path) -> None:
    played = run_demo(tmp_path / "demo")
    assert played.returncode == 0, played.stdout + played.stderr
    assert ALL_RIGHT in played.stdout
    assert "78.41" in played.stdout


@pytest.mark.long
@pytest.mark.parametrize(
    ("options", "line", "code"),
    [
        (["--once"], "Starting", 130),
        ([], "Starting", 130),
        ([], "Ctrl-C ends everything.", 0),
    ],
)
def test_ctrl_c(tmp_path: Path, options: list[str], line: str, code: int) -> None:
    """Cut short it is no success; after everything was played it is the way to end."""
    running = subprocess.Popen(
        command(tmp_path, *options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    while line not in (said := running.stdout.readline()):
        assert said, "it ended before its time"
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == code, errors
    assert "Traceback" not in errors
    assert not embedded.is_running(tmp_path / "postgres")


@pytest.mark.long
def test_a_port_that_is_taken_is_said_in_a_sentence(made: Town, tmp_path: Path) -> None:
    taken = made.url.rsplit(":", 1)[1]
    refused = run_demo(tmp_path / "demo", "--port", taken)
    assert refused.returncode == 1
    assert taken in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_the_export_lines_are_for_a_shell() -> None:
    folder = Path("/a folder/of $HOME's")
    given = town.environment(folder, "http://127.0.0.1:1", "")
    lines = [*exports(given), 'printf "%s" "$SUJARIT_KEYRING"']
    said = subprocess.run(
        ["sh", "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    assert said.stdout == given["SUJARIT_KEYRING"]
    assert not any("DATABASE_URL" in line for line in lines), "only who runs the bot knows it"
