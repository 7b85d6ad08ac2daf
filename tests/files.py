"""Files as people send them, made by the tests: photos with everything a phone adds, and others."""

import io
import zipfile

from PIL import Image

CANARY = "CANARY-15.8742N-100.9931E"
"""Stands wherever a photo can carry words."""
ORIENTATION, DESCRIPTION, GPS, MAKER_NOTE = 0x0112, 0x010E, 0x8825, 0x927C
LEFT, RIGHT = (200, 30, 30), (30, 30, 200)


def photo(kind: str = "JPEG", size: tuple[int, int] = (64, 32), orientation: int = 1) -> bytes:
    """Red on the left, blue on the right, with GPS and the canary in every corner."""
    drawn = Image.new("RGB", size, LEFT)
    drawn.paste(RIGHT, (size[0] // 2, 0, size[0], size[1]))
    saved = io.BytesIO()
    more: dict[str, object] = {"exif": _exif(orientation), "icc_profile": CANARY.encode()}
    if kind == "JPEG":
        more["comment"] = CANARY.encode()
    drawn.save(saved, kind, **more)
    return saved.getvalue()


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[DESCRIPTION] = CANARY
    exif[MAKER_NOTE] = CANARY.encode()
    exif[GPS] = {1: "N", 2: (15.0, 52.0, 27.0), 3: "E", 4: (100.0, 59.0, 35.0), 29: CANARY}
    return exif


def flat_png(side: int) -> bytes:
    """Huge to draw, small to send."""
    saved = io.BytesIO()
    Image.new("1", (side, side)).save(saved, "PNG")
    return saved.getvalue()


def office(part: str, *more: str) -> bytes:
    """A Word, Excel or PowerPoint file as far as anybody looks from outside."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return saved.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64)
