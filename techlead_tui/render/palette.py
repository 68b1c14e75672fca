"""Style names turned into looks.

A style is "ink" or "ink/ground". An ink is a foreground with its weight, a ground a background; both
are names everywhere but in the palettes. Each palette gives every name a look of its own, so what a
screen means never depends on which palette shows it.
"""

from collections.abc import Mapping
from typing import NamedTuple


class CellStyle(NamedTuple):
    """A cell. Colours: `#rrggbb`, an ANSI number as text ("0" to "15"), or None for the terminal's."""

    fg: str | None = None
    bg: str | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    reverse: bool = False


class Palette(NamedTuple):
    id: str
    title: str
    dark: bool
    inks: Mapping[str, str | None]
    grounds: Mapping[str, str | None]
    reversed_grounds: frozenset[str] = (
        frozenset()
    )  # grounds shown by swapping colours, where there is no colour
    plain: bool = False  # no colour at all


# Weight and line belong to the meaning, so they are the same in every palette.
BOLD = frozenset(
    (
        "strong",
        "title",
        "accent",
        "now",
        "warn",
        "refuse",
        "day",
        "today",
        "key",
        "edge.hands_on",
        "good",
        "cursor",
    )
)
ITALIC = frozenset(("detail",))
STRIKE = frozenset(("skipped",))
DIM = frozenset(("faint", "skipped", "rule"))  # only where there is no colour to be faint with

# Each name's colour in the palettes dark, light, high-contrast and ansi; "-" leaves it to the terminal.
_INKS = """
ink                 #c8ccd6  #3a3f4b  #ffffff  -
strong              #eceff5  #171a21  #ffffff  -
title               #eceff5  #171a21  #ffffff  -
detail              #9aa3b4  #565d6d  #f0f0f0  -
faint               #98a1b3  #525969  #d4d4d4  -
rule                #2b3140  #d9d6cf  #8a8a8a  8
hint                #9aa3b4  #525969  #e0e0e0  -
accent              #5fd0c5  #0b6e68  #5cffee  6
now                 #ff8f7a  #b8351f  #ff9a8a  1
warn                #f2b866  #844e00  #ffd24a  3
refuse              #ff8080  #b3261e  #ffc2c2  1
good                #8fd694  #2c6b33  #9dff9d  2
day                 #b9c0cd  #434956  #ffffff  -
today               #ffffff  #000000  #ffff66  6
key                 #5fd0c5  #0b6e68  #5cffee  6
time                #98a1b3  #646b7b  #e0e0e0  -
cursor              #10131a  #ffffff  #000000  -
skipped             #98a1b3  #525969  #d0d0d0  -
done                #93b89a  #3c6245  #b9ffb9  2
session             #8ff0e4  #04574f  #a8fff6  6
edge.hands_on       #3fb8ac  #0e766e  #00e5d0  6
edge.mentorship     #b195e8  #7c55c2  #cdb2ff  5
edge.communication  #e0a458  #9a5f0e  #ffc04d  3
edge.other          #7c8aa5  #636c80  #c9d3e6  4
tone.sync           #e0a458  #9a5f0e  #ffc04d  3
tone.deep           #3fb8ac  #0e766e  #00e5d0  6
tone.catch_up       #7fa3e0  #3b66b2  #8fbaff  4
tone.calm           #7c8aa5  #636c80  #c9d3e6  -
tone.free           #444c5e  #b7bac2  #8a8a8a  8
bar.empty           #3a4152  #c9ccd2  #8a8a8a  8
"""
_GROUNDS = """
page                #12151c  #fbfaf7  #000000  -
bar                 #191d27  #f1efe9  #1f1f1f  -
panel               #12151c  #fbfaf7  #000000  -
sync                #18171b  #fbf7ef  #000000  -
deep                #11191d  #f3f9f8  #000000  -
catch_up            #141823  #f4f7fc  #000000  -
calm                #151820  #f8f8f8  #000000  -
free                #12151c  #fbfaf7  #000000  -
hands_on            #15302f  #d5f2ee  #003330  -
mentorship          #2a2440  #e9e1f8  #2a1450  -
communication       #33291b  #f9edcd  #3d2600  -
other               #222834  #e6e9ef  #20242c  -
hands_on.head       #1c3d3c  #bde5df  #00463f  -
mentorship.head     #352e50  #ddd1f3  #3a1e6b  -
communication.head  #413423  #f3dcb4  #543500  -
other.head          #2b3241  #d9dee7  #2f3540  -
cursor              #dfe4ee  #2b303b  #ffff66  -
ghost               #1f5f59  #a7d9d3  #005c55  -
ghost.bad           #6b2f33  #f3c3bf  #6e0d0d  -
alarm               #3a2023  #fbe3e0  #4a0000  -
lunch               #12151c  #fbfaf7  #000000  -
input               #1f2531  #e8edf0  #1a1a1a  -
"""
_REVERSED = frozenset(("cursor", "ghost", "ghost.bad"))


def look(palette: Palette, style: str) -> CellStyle:
    """The look of a style name; KeyError for a name that no palette knows."""
    ink, _, ground = style.partition("/")
    ground = ground or "page"
    fg, bg = palette.inks[ink], palette.grounds[ground]
    return CellStyle(
        fg,
        bg,
        bold=ink in BOLD,
        dim=ink in DIM and fg is None,
        italic=ink in ITALIC,
        underline=palette.plain and ground in ("alarm",),
        strike=ink in STRIKE,
        reverse=ground in palette.reversed_grounds,
    )


def _columns(table: str) -> list[dict[str, str | None]]:
    """Return the colours by name, one mapping a palette."""
    rows = [line.split() for line in table.strip().splitlines()]
    return [
        {row[0]: None if row[column] == "-" else row[column] for row in rows}
        for column in range(1, len(rows[0]))
    ]


_inks, _grounds = _columns(_INKS), _columns(_GROUNDS)
INKS, GROUNDS = tuple(_inks[0]), tuple(_grounds[0])

DARK = Palette("dark", "Dark", True, _inks[0], _grounds[0])
LIGHT = Palette("light", "Light", False, _inks[1], _grounds[1])
CONTRAST = Palette("high-contrast", "High contrast", True, _inks[2], _grounds[2])
ANSI = Palette("ansi", "16 colours", True, _inks[3], _grounds[3], _REVERSED)
PLAIN = Palette(
    "plain", "No colour", True, dict.fromkeys(INKS), dict.fromkeys(GROUNDS), _REVERSED, plain=True
)

PALETTES: Mapping[str, Palette] = {p.id: p for p in (DARK, LIGHT, CONTRAST, ANSI, PLAIN)}

AUTO = "auto"  # the setting that leaves the choice to the terminal
_RICH_TERMS = ("256", "kitty", "alacritty", "ghostty", "foot", "wezterm", "direct", "truecolor")


def depth(environ: Mapping[str, str]) -> int:
    """Bits of colour that the terminal shows: 24, 8, 4, or 0 where the user wants none (no-color.org)."""
    if environ.get("NO_COLOR"):
        return 0
    term = environ.get("TERM", "").lower()
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or "direct" in term:
        return 24
    if environ.get("WT_SESSION") or environ.get("OS") == "Windows_NT":
        return 24
    return 8 if any(name in term for name in _RICH_TERMS) else 4


def chosen(environ: Mapping[str, str], setting: str = AUTO) -> Palette:
    """The palette for this terminal. NO_COLOR wins; with 16 colours the terminal's own are the only ones
    that fit; then the setting, then whether the terminal says that its ground is light."""
    bits = depth(environ)
    if not bits or setting == PLAIN.id:
        return PLAIN
    if bits == 4:
        return ANSI
    if setting in PALETTES:
        return PALETTES[setting]
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if ground in ("7", "15") else DARK
