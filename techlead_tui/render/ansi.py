"""Rows as text with escape sequences, for a shell and for the frame that stands before Textual is there."""

from __future__ import annotations

from collections.abc import Iterable

from techlead_tui.render.palette import Look, Palette, look
from techlead_tui.render.runs import Row

RESET = "\x1b[0m"
_FLAGS = (("bold", "1"), ("dim", "2"), ("italic", "3"), ("underline", "4"), ("reverse", "7"), ("strike", "9"))


def _colour(value: str, base: int, bits: int) -> str:
    """The parameters of one colour; `base` is 30 for the text and 40 for the ground."""
    if not value.startswith("#"):
        number = int(value)
        return str(base + number) if number < 8 else str(base + 60 + number - 8)
    red, green, blue = (int(value[at : at + 2], 16) for at in (1, 3, 5))
    if bits == 24:
        return f"{base + 8};2;{red};{green};{blue}"
    return f"{base + 8};5;{_nearest(red, green, blue)}"


def _nearest(red: int, green: int, blue: int) -> int:
    """The nearest of the 240 fixed colours of a 256-colour terminal: the cube or the greys."""
    levels = (0, 95, 135, 175, 215, 255)
    cube = [min(range(6), key=lambda i, v=value: abs(levels[i] - v)) for value in (red, green, blue)]  # type: ignore[misc]
    grey = min(23, max(0, round(((red + green + blue) / 3 - 8) / 10)))

    def far(r: int, g: int, b: int) -> int:
        return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2

    shade = 8 + 10 * grey
    if far(shade, shade, shade) < far(levels[cube[0]], levels[cube[1]], levels[cube[2]]):
        return 232 + grey
    return 16 + 36 * cube[0] + 6 * cube[1] + cube[2]


def sgr(shown: Look, bits: int) -> str:
    """The escape sequence that sets a look, from any other one."""
    parts = ["0", *(code for name, code in _FLAGS if getattr(shown, name))]
    if shown.fg is not None:
        parts.append(_colour(shown.fg, 30, bits))
    if shown.bg is not None:
        parts.append(_colour(shown.bg, 40, bits))
    return f"\x1b[{';'.join(parts)}m"


class Painter:
    """Writes rows in one palette; keeps the sequences that it has made."""

    def __init__(self, palette: Palette, bits: int = 24) -> None:
        self._palette = palette
        self._bits = bits
        self._made: dict[str, str] = {}

    def line(self, row: Row) -> str:
        out: list[str] = []
        for text, style in row:
            code = self._made.get(style)
            if code is None:
                code = self._made[style] = sgr(look(self._palette, style), self._bits)
            out.append(code + text)
        return "".join(out) + RESET

    def frame(self, rows: Iterable[Row]) -> str:
        """The rows from the top left corner of the screen on, each on its line."""
        return "".join(f"\x1b[{at};1H{self.line(row)}" for at, row in enumerate(rows, 1))
