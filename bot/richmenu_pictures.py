"""Draws the rich menus' pictures: a tile a button, with a simple drawing and large Thai words.

The pictures stand in the project beside the words, so that installing them needs no Thai font;
`sujarit richmenu draw` makes them anew where one is installed. Pillow shapes Thai with HarfBuzz
(libraqm); without it vowels and tone marks would stand beside their letters.
"""

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin, features

from bot.menus import FOLDER, HEIGHT, WIDTH, Area, RichMenu, inset, menus

FONTS: Final = tuple(
    Path(f"/usr/share/fonts/{kind}/tlwg/{name}-Bold.{ending}")
    for name in ("Loma", "Garuda", "Waree")
    for kind, ending in (("truetype", "ttf"), ("opentype", "otf"))
)
"""With loops, as school teaches the letters, and with Latin ones; the first that is installed.
Not Noto's looped one: of 2020 it sets the tone mark of เรื่อง into the vowel below it."""
PAPER, GROUND, INK = "#FFFFFF", "#E3E7EB", "#17212B"
GAP, ROUND, PADDING = 18, 56, 46
LARGEST, SMALLEST, STEP = 140, 100, 4
"""Pixels of the letters: on a phone a sixth of that, so the smallest is 15."""
FINE: Final = 4
"""Drawings are made so much larger and brought down, which smooths their edges."""
ICON: Final = 270

Point = tuple[float, float]


class CannotDraw(Exception):
    """This machine lacks what drawing needs, or a label is too long; the message says it."""


def draw_all(folder: Path = FOLDER) -> list[Path]:
    """Every menu's picture, anew. Raises CannotDraw."""
    made = []
    for menu in menus():
        note = PngImagePlugin.PngInfo()
        note.add_text("drawn", menu.drawn())
        target = folder / f"{menu.key}.png"
        few = draw(menu).quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(target, optimize=True, pnginfo=note)
        made.append(target)
    return made


def draw(menu: RichMenu) -> Image.Image:
    """One menu's picture, 2500 x 1686. Raises CannotDraw."""
    if not features.check("raqm"):
        raise CannotDraw("Pillow lacks libraqm here, without which Thai is not shaped.")
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    for place, (area, button) in enumerate(menu.areas()):
        tile = inset(area, GAP)
        first = place == 0  # what most come for stands out
        ground, ink = (menu.colour, PAPER) if first else (PAPER, INK)
        _tile(picture, tile, ground)
        _icon(picture, tile, button.icon, *((PAPER, ground) if first else (menu.colour, PAPER)))
        _label(picture, tile, button.label, ink)
    return picture


def _tile(picture: Image.Image, tile: Area, colour: str) -> None:
    mask = Image.new("L", (tile.width * FINE, tile.height * FINE), 0)
    edge = (0, 0, tile.width * FINE - 1, tile.height * FINE - 1)
    ImageDraw.Draw(mask).rounded_rectangle(edge, ROUND * FINE, fill=255)
    mask = mask.resize((tile.width, tile.height), Image.Resampling.LANCZOS)
    picture.paste(colour, (tile.x, tile.y), mask)


def _label(picture: Image.Image, tile: Area, text: str, colour: str) -> None:
    """Centred in what is left below the drawing, as large as it fits."""
    font = _fitting(text, tile.width - 2 * PADDING)
    lines = text.split("\n")
    pitch = font.size * 1.4  # room for a vowel and a tone above, and a vowel below
    top = tile.y + PADDING + ICON
    middle = top + (tile.y + tile.height - PADDING / 2 - top) / 2
    first = middle - pitch * (len(lines) - 1) / 2
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        at = (tile.x + tile.width / 2, first + pitch * number)
        pen.text(at, line, fill=colour, font=font, anchor="mm", language="th")


def _fitting(text: str, width: int) -> ImageFont.FreeTypeFont:
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        font = _font(size)
        if max(font.getlength(line) for line in text.split("\n")) <= width:
            return font
    raise CannotDraw(f"“{text}” is too long for a button: shorten it or break it in two lines.")


def _font(size: int) -> ImageFont.FreeTypeFont:
    for path in FONTS:
        if path.is_file():
            return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
    raise CannotDraw("No Thai font here: install fonts-thai-tlwg.")


class Pen:
    """Draws on a square of 100 x 100 in one colour, and in `hole` what is left open in it."""

    def __init__(self, draw: ImageDraw.ImageDraw, scale: float, ink: str, hole: str) -> None:
        self._draw = draw
        self._scale = scale
        self.ink = ink
        self.hole = hole

    def line(self, *points: Point, width: float = 9, ink: str | None = None) -> None:
        """A line with round ends and corners."""
        colour = ink or self.ink
        at = [(x * self._scale, y * self._scale) for x, y in points]
        self._draw.line(at, colour, round(width * self._scale), joint="curve")
        for x, y in points:
            self.disc(x, y, width / 2, ink=colour)

    def disc(self, x: float, y: float, radius: float, ink: str | None = None) -> None:
        """A filled circle."""
        box = [(one * self._scale) for one in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(box, ink or self.ink)

    def ring(self, x: float, y: float, radius: float, width: float = 9) -> None:
        """A circle."""
        self.disc(x, y, radius)
        self.disc(x, y, radius - width, ink=self.hole)

    def shape(self, *points: Point, ink: str | None = None) -> None:
        """A filled polygon."""
        at = [(x * self._scale, y * self._scale) for x, y in points]
        self._draw.polygon(at, ink or self.ink)

    def box(
        self, x: float, y: float, right: float, bottom: float, corner: float = 4,
        ink: str | None = None,
    ) -> None:  # fmt: skip
        """A filled rectangle with round corners."""
        at = [one * self._scale for one in (x, y, right, bottom)]
        self._draw.rounded_rectangle(at, corner * self._scale, ink or self.ink)

    def slice(self, x: float, y: float, radius: float, start: float, end: float) -> None:
        """A piece of a pie, in degrees from three o'clock."""
        box = [(one * self._scale) for one in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.pieslice(box, start, end, self.ink)


def _icon(picture: Image.Image, tile: Area, name: str, disc: str, ink: str) -> None:
    """A drawing on a disc, in the upper part of the tile."""
    size = ICON * FINE
    layer = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    pen.ellipse((0, 0, size - 1, size - 1), disc)
    inner = Image.new("RGBA", (size * 56 // 100,) * 2, disc)
    ICONS[name](Pen(ImageDraw.Draw(inner), inner.width / 100, ink, disc))
    layer.paste(inner, (size * 22 // 100,) * 2)
    small = layer.resize((ICON, ICON), Image.Resampling.LANCZOS)
    picture.paste(small, (tile.x + (tile.width - ICON) // 2, tile.y + PADDING), small)


def _alert(pen: Pen) -> None:
    pen.line((50, 12), (92, 86), (8, 86), (50, 12))
    pen.line((50, 40), (50, 58), width=10)
    pen.disc(50, 72, 6)


def _shield(pen: Pen) -> None:
    pen.shape((50, 3), (90, 18), (88, 52), (74, 80), (50, 97), (26, 80), (12, 52), (10, 18))
    pen.line((32, 50), (45, 63), (69, 36), ink=pen.hole)


def _magnifier(pen: Pen) -> None:
    pen.line((64, 64), (92, 92), width=13)
    pen.ring(42, 42, 36, width=10)


def _columns(pen: Pen) -> None:
    pen.line((8, 94), (92, 94), width=7)
    for left, top in ((14, 56), (41, 34), (68, 8)):
        pen.box(left, top, left + 19, 86)


def _pie(pen: Pen) -> None:
    pen.slice(48, 52, 44, 0, 270)
    pen.slice(56, 44, 40, 270, 360)


def _question(pen: Pen) -> None:
    arc = [math.radians(angle) for angle in range(-180, 91, 6)]
    bow = [(50 + 23 * math.cos(angle), 31 + 23 * math.sin(angle)) for angle in arc]
    pen.line(*bow, (50, 68), width=12)
    pen.disc(50, 90, 8)


def _pencil(pen: Pen) -> None:
    pen.shape((10, 90), (17, 64), (68, 13), (87, 32), (36, 83))
    pen.shape((72, 9), (78, 3), (97, 22), (91, 28))
    pen.line((22, 67), (33, 78), width=4, ink=pen.hole)


def _clock(pen: Pen) -> None:
    pen.ring(50, 50, 46, width=10)
    pen.line((50, 24), (50, 52), (68, 62), width=9)


def _calendar(pen: Pen) -> None:
    pen.box(8, 16, 92, 94, corner=9)
    pen.box(17, 40, 83, 85, ink=pen.hole)
    for x in (30, 70):
        pen.line((x, 8), (x, 26), width=9)
    pen.line((33, 63), (45, 74), (67, 51), width=8)


def _list(pen: Pen) -> None:
    for y in (18, 50, 82):
        pen.disc(14, y, 8)
        pen.line((36, y), (90, y), width=11)


def _check(pen: Pen) -> None:
    pen.box(6, 6, 94, 94, corner=14)
    pen.line((26, 52), (43, 69), (75, 33), width=12, ink=pen.hole)


def _person(pen: Pen) -> None:
    pen.disc(40, 28, 20)
    pen.slice(40, 92, 38, 180, 360)
    pen.line((84, 30), (84, 62), width=10)
    pen.line((68, 46), (100 - 5, 46), width=10)


ICONS: Final[Mapping[str, Callable[[Pen], None]]] = {
    "alert": _alert,
    "calendar": _calendar,
    "check": _check,
    "clock": _clock,
    "columns": _columns,
    "list": _list,
    "magnifier": _magnifier,
    "pencil": _pencil,
    "person": _person,
    "pie": _pie,
    "question": _question,
    "shield": _shield,
}
