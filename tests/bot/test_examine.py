"""What a file is, by its content alone; a photo without what came with it; nothing gets out."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bot import examine
from bot.examine import OFFICE
from bot.media import MEGABYTE, Kept, Verdict, examined
from tests.files import CANARY, HEIC, PDF, flat_png, office, photo

MOST = 2 * MEGABYTE


def kept(raw: bytes) -> Kept:
    found = examined(raw, MOST)
    assert isinstance(found, Kept), found
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_keeps_its_picture_and_nothing_else(kind: str) -> None:
    raw = photo(kind)
    assert CANARY.encode() in raw, "it was in there"
    found = kept(raw)
    assert found.type == f"image/{kind.lower()}"
    assert CANARY.encode() not in found.content
    with Image.open(io.BytesIO(found.content)) as clean:
        assert (clean.format, clean.size) == (kind, (64, 32))
        assert dict(clean.getexif()) == {}
        assert not {"exif", "icc_profile", "comment", "xmp"} & clean.info.keys()


@pytest.mark.parametrize(
    ("orientation", "upright", "red_at"),
    [
        (1, (64, 32), (4, 16)),
        (3, (64, 32), (60, 16)),
        (6, (32, 64), (16, 4)),
        (8, (32, 64), (16, 60)),
    ],
)
def test_a_photo_stands_upright(
    orientation: int, upright: tuple[int, int], red_at: tuple[int, int]
) -> None:
    with Image.open(io.BytesIO(kept(photo(orientation=orientation)).content)) as clean:
        assert clean.size == upright
        red, _, blue = clean.convert("RGB").getpixel(red_at)  # type: ignore[misc] # RGB has three
    assert red > blue


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_way_to_draw_a_png_is_taken(mode: str) -> None:
    saved = io.BytesIO()
    Image.new(mode, (20, 10)).save(saved, "PNG")
    with Image.open(io.BytesIO(kept(saved.getvalue()).content)) as clean:
        assert clean.size == (20, 10)


def test_documents_are_kept_as_they_came() -> None:
    assert kept(PDF) == Kept("application/pdf", PDF)
    for part, kind in OFFICE.items():
        raw = office(part)
        assert kept(raw) == Kept(f"application/{kind}", raw)


REFUSED = {
    "a program": (b"MZ\x90\x00" + bytes(100), "type"),
    "a page": (b"<html><script>alert(1)</script>", "type"),
    "a drawing with scripts": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type"),
    "a GIF": (b"GIF89a" + bytes(20), "type"),
    "nothing": (b"", "type"),
    "a phone's HEIC": (HEIC, "heic"),
    "a film": (b"\x00\x00\x00\x18ftypmp42" + bytes(32), "type"),
    "an archive": (office("other.xml"), "type"),
    "an archive that is two things": (office("word/document.xml", "xl/workbook.xml"), "type"),
    "macros": (office("word/document.xml", "word/vbaProject.bin"), "type"),
    "too many parts": (office("xl/workbook.xml", *(f"{n}" for n in range(5001))), "type"),
    "half an archive": (office("xl/workbook.xml")[:60], "broken"),
    "half a photo": (photo()[:400], "broken"),
    "a photo's first bytes": (b"\xff\xd8\xff\xe0" + bytes(50), "broken"),
    "a bomb": (flat_png(20_000), "pixels"),
    "a bomb beyond measure": (flat_png(8_000)[:16] + b"\x7f\xff\xff\xff" * 2 + bytes(50), "broken"),
}


@pytest.mark.parametrize(("raw", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_and_why(raw: bytes, why: str) -> None:
    assert examined(raw, MOST) == Verdict("refused", why)


TRIES = {
    "much memory": "bytearray(600_000_000)",
    "a file": "import pathlib; pathlib.Path('left-behind').write_bytes(b'x' * 100)",
    "time": "while True: pass",
}


@pytest.mark.parametrize("what", TRIES)
def test_whoever_took_it_over_would_get_little(what: str, tmp_path: Path) -> None:
    """The limits hold from before anything is read."""
    begin = "import runpy, sys; known = runpy.run_path(sys.argv[1]); "
    hurry = "known['_limit'].__globals__['CPU_SECONDS'] = 1; known['_limit']()\n"
    done = subprocess.run(
        [sys.executable, "-I", "-c", begin + hurry + TRIES[what], examine.__file__],
        capture_output=True, cwd=tmp_path, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert [path.stat().st_size for path in tmp_path.iterdir()] in ([], [0])


def test_it_finds_no_secret_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for the examination tells what it sees."""
    monkeypatch.setenv("SUJARIT_MASTER_KEY", CANARY)
    monkeypatch.setattr(examine, "__file__", str(Path(__file__).parent / "tell_environment.py"))
    found = kept(b"")
    assert b"LC_CTYPE" in found.content or found.content == b"{}\n"
    assert CANARY.encode() not in found.content


@pytest.mark.parametrize("line", ["text/html", "refused <script>", "", "x" * 5000, "รูป"])
def test_whoever_took_it_over_could_name_no_type_of_its_own(
    line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    taken = tmp_path / "taken_over.py"
    taken.write_text(f"import sys; sys.stdout.buffer.write({line!r}.encode() + b'\\n<script>')")
    monkeypatch.setattr(examine, "__file__", str(taken))
    assert examined(b"", MOST) == Verdict("refused", "broken")


def test_what_grows_beyond_the_limit_is_refused() -> None:
    assert examined(PDF, len(PDF) - 1) == Verdict("refused", "size")
