"""Rows as text with escape sequences, for a shell and for the frame that stands before Textual is there."""

from collections.abc import Iterable
from typing import NamedTuple

from techlead_tui.render.palette import CellStyle, Palette, look
from techlead_tui.render.text import Row, Run

RESET = "\x1b[0m"
_FLAGS = (("bold", "1"), ("dim", "2"), ("italic", "3"), ("underline", "4"), ("reverse", "7"), ("strike", "9"))
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}


def _colour(value: str, base: int, bits: int) -> str:
    """The parameters of one colour; `base` is 30 for the text and 40 for the ground."""
    if not value.startswith("#"):
        number = int(value)
        return str(base + number) if number < 8 else str(base + 60 + number - 8)
    if bits == 24:
        red, green, blue = _parts(value)
        return f"{base + 8};2;{red};{green};{blue}"
    return f"{base + 8};5;{nearest(value)}"


def _parts(value: str) -> tuple[int, int, int]:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def nearest(value: str) -> int:
    """The nearest of the 240 fixed colours of a 256-colour terminal to `#rrggbb`: the cube or the greys."""
    red, green, blue = _parts(value)
    levels = (0, 95, 135, 175, 215, 255)
    cube = [min(range(6), key=lambda i, v=value: abs(levels[i] - v)) for value in (red, green, blue)]  # type: ignore[misc]
    grey = min(23, max(0, round(((red + green + blue) / 3 - 8) / 10)))

    def far(r: int, g: int, b: int) -> int:
        return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2

    shade = 8 + 10 * grey
    if far(shade, shade, shade) < far(levels[cube[0]], levels[cube[1]], levels[cube[2]]):
        return 232 + grey
    return 16 + 36 * cube[0] + 6 * cube[1] + cube[2]


class Codes(NamedTuple):
    """The parameters of the sequence that sets a look; "" for a colour that stays the terminal's own."""

    flags: tuple[str, ...]
    fg: str
    bg: str


PLAIN = Codes((), "", "")


def codes(shown: CellStyle, bits: int) -> Codes:
    flags = tuple(code for name, code in _FLAGS if getattr(shown, name))
    fg = "" if shown.fg is None else _colour(shown.fg, 30, bits)
    return Codes(flags, fg, "" if shown.bg is None else _colour(shown.bg, 40, bits))


def step(old: Codes, new: Codes) -> str:
    """The escape sequence from one look to another: no more than what differs."""
    off = {_OFF[flag] for flag in old.flags if flag not in new.flags}
    on = [flag for flag in new.flags if flag not in old.flags or _OFF[flag] in off]
    fg = (new.fg or "39") if new.fg != old.fg else ""
    bg = (new.bg or "49") if new.bg != old.bg else ""
    text = ";".join(filter(None, (*sorted(off), *on, fg, bg)))
    return f"\x1b[{text}m" if text else ""


class Painter:
    """Writes rows in one palette; keeps the sequences that it has made."""

    def __init__(self, palette: Palette, bits: int = 24) -> None:
        self._palette = palette
        self._bits = bits
        self._codes: dict[str, Codes] = {}
        self._steps: dict[tuple[str, str], str] = {}  # "" before the first

    def line(self, row: Row) -> str:
        return self._written((("", row),))

    def frame(self, rows: Iterable[Row]) -> str:
        """The rows from the top left corner of the screen on, each on its line."""
        return self._written((f"\x1b[{at};1H", row) for at, row in enumerate(rows, 1))

    def _written(self, found: Iterable[tuple[str, Iterable[Run]]]) -> str:
        """Return the rows as text, each after the sequence that goes to its place; ends with a reset."""
        out: list[str] = []
        steps = self._steps
        before = ""
        for lead, runs in found:
            out.append(lead)
            for text, style in runs:
                code = steps.get((before, style))
                if code is None:
                    was = self._of(before) if before else PLAIN
                    code = steps[before, style] = step(was, self._of(style))
                out.append(code)
                out.append(text)
                before = style
        return "".join(out) + RESET

    def _of(self, style: str) -> Codes:
        found = self._codes.get(style)
        if found is None:
            found = self._codes[style] = codes(look(self._palette, style), self._bits)
        return found
