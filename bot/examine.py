"""What is this file? Runs alone, in a process of its own with little of everything.

Whatever strangers send is opened here and nowhere else: bytes come in on standard input; on
standard output goes a line with the media type, then the content to keep: a photo drawn anew, so
that nothing of it is left but the picture; any other file as it came. Instead of a media type the
line may say "refused" and why: a code of handlers.evidence. It must need nothing of this project.
"""

import io
import resource
import sys
import warnings
import zipfile

from PIL import Image, ImageOps, UnidentifiedImageError

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 15
MOST_OPEN = 64
MAX_PIXELS = 50_000_000
MAX_SIDE = 4096
"""Pixels; larger photos are made smaller: a sheet's reader needs no more."""
MAX_PARTS = 5_000
JPEG_QUALITY = 88

PHOTOS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
OFFICE = {
    "word/document.xml": "vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "vnd.openxmlformats-officedocument.presentationml.presentation",
}
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


class RefusedFile(Exception):
    """It is not kept; the message is a code."""


def main() -> None:
    """From standard input to standard output."""
    _limit()
    try:
        media_type, content = examined(sys.stdin.buffer.read())
    except RefusedFile as refused:
        media_type, content = f"refused {refused}", b""
    except MemoryError:
        media_type, content = "refused pixels", b""
    sys.stdout.buffer.write(media_type.encode() + b"\n" + content)


def examined(raw: bytes) -> tuple[str, bytes]:
    """The media type, by the content alone, and what to keep. Raises RefusedFile."""
    if raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_webp(raw):
        return _photo(raw)
    if raw.startswith(b"%PDF-"):
        return "application/pdf", raw
    if raw.startswith(b"PK\x03\x04"):
        return f"application/{_office(raw)}", raw
    raise RefusedFile("heic" if raw[4:8] == b"ftyp" and raw[8:12] in HEIC else "type")


def _is_webp(raw: bytes) -> bool:
    return raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"


def _photo(raw: bytes) -> tuple[str, bytes]:
    """The picture drawn anew, the right way up, without anything that came with it."""
    try:
        with Image.open(io.BytesIO(raw), formats=tuple(PHOTOS)) as photo:
            kind = photo.format if photo.format in PHOTOS else "JPEG"  # MPO: photos in a JPEG
            photo.thumbnail((MAX_SIDE, MAX_SIDE))
            upright = ImageOps.exif_transpose(photo)
            bare = upright.convert("RGBA" if kind != "JPEG" and _see_through(upright) else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedFile("pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, OverflowError):
        raise RefusedFile("broken") from None
    bare.info.clear()
    drawn = io.BytesIO()
    bare.save(drawn, kind, quality=JPEG_QUALITY)
    return PHOTOS[kind], drawn.getvalue()


def _see_through(photo: Image.Image) -> bool:
    return photo.has_transparency_data


def _office(raw: bytes) -> str:
    """Which of the three, by its parts; one with macros is none of them."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise RefusedFile("broken") from None
    named = {part.lower() for part in parts}
    if len(parts) > MAX_PARTS or any(part.endswith("vbaproject.bin") for part in named):
        raise RefusedFile("type")
    kinds = [kind for part, kind in OFFICE.items() if part in named]
    if "[content_types].xml" not in named or len(kinds) != 1:
        raise RefusedFile("type")
    return kinds[0]


def _limit() -> None:
    """Before anything is read: whatever goes wrong with it goes wrong here alone."""
    _at_most(resource.RLIMIT_AS, MEMORY_BYTES)
    _at_most(resource.RLIMIT_CPU, CPU_SECONDS)
    _at_most(resource.RLIMIT_FSIZE, 0)
    _at_most(resource.RLIMIT_NOFILE, MOST_OPEN)
    _at_most(resource.RLIMIT_CORE, 0)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def _at_most(what: int, most: int) -> None:
    """Never more than the machine allows already: that would be refused."""
    _, hard = resource.getrlimit(what)
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (limit, limit))


if __name__ == "__main__":
    main()
