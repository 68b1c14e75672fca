"""Rows as escape sequences: short, and read back by a terminal as the looks that they were written for."""

import re

from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.render.ansi import RESET, Painter, codes, nearest
from techlead_tui.render.palette import ANSI, DARK, LIGHT, PLAIN, Palette, look
from techlead_tui.render.text import Row

INKS = ("ink", "strong", "hint", "accent", "refuse", "done", "skipped", "detail", "edge.hands_on")
STYLES = st.builds(
    "{}/{}".format, st.sampled_from(INKS), st.sampled_from(("page", "bar", "cursor", "hands_on"))
)
ROWS = st.lists(st.tuples(st.text("ab─ ", min_size=1, max_size=3), STYLES), max_size=8).map(tuple)


def read(text: str) -> list[tuple[str, frozenset[str], str, str]]:
    """Each character with the flags and colours that a terminal shows it in."""
    flags: set[str] = set()
    fg = bg = ""
    out = []
    for found in re.finditer(r"\x1b\[([\d;]*)m|(.)", text):
        if found[2] is not None:
            out.append((found[2], frozenset(flags), fg, bg))
            continue
        parts = found[1].split(";")
        while parts:
            code = parts.pop(0)
            if code == "0":
                flags, fg, bg = set(), "", ""
            elif code == "22":
                flags -= {"1", "2"}
            elif code[0] == "2" and len(code) == 2:
                flags.discard(code[1])
            elif code in ("39", "49"):
                fg, bg = ("", bg) if code == "39" else (fg, "")
            elif code in ("38", "48"):
                count = 4 if parts[0] == "2" else 2
                value = ";".join([code, *parts[:count]])
                del parts[:count]
                fg, bg = (value, bg) if code == "38" else (fg, value)
            elif len(code) == 1:
                flags.add(code)
            elif code[0] in "39":
                fg = code
            else:
                bg = code
    return out


@given(ROWS, st.sampled_from((DARK, LIGHT, ANSI, PLAIN)), st.sampled_from((24, 8)))
def test_a_row_is_read_back_as_its_looks(row: Row, palette: Palette, bits: int) -> None:
    text = Painter(palette, bits).line(row)
    assert text.endswith(RESET)
    wanted = []
    for letters, style in row:
        made = codes(look(palette, style), bits)
        flags = frozenset(made.flags)
        wanted += [(letter, flags, made.fg, made.bg) for letter in letters]
    assert read(text) == wanted


def test_what_stays_the_same_is_not_written_again() -> None:
    painter = Painter(DARK)
    whole = len(painter.line((("a", "ink"), ("b", "ink/bar"))))
    alone = len(painter.line((("a", "ink"),))) + len(painter.line((("b", "ink/bar"),)))
    assert whole < alone - len(RESET)
    assert painter.line((("a", "ink"), ("b", "ink"))) == painter.line((("ab", "ink"),))


def test_the_colour_nearest_in_256() -> None:
    assert nearest("#000000") == 16
    assert nearest("#ffffff") == 231
    assert nearest("#5f87af") == 67
    assert nearest("#808080") == 244
