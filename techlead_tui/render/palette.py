"""Style names turned into looks.

A style is "ink" or "ink/ground". An ink is a foreground with its weight, a ground a background; both
are names everywhere but in the palettes. Each palette gives every name a look of its own, so what a
screen means never depends on which palette shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Look(NamedTuple):
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

INKS = """
ink strong title detail faint rule hint accent now warn refuse good day today key time cursor
skipped done session edge.hands_on edge.mentorship edge.communication edge.other
tone.sync tone.deep tone.catch_up tone.calm tone.free bar.empty
""".split()  # noqa: SIM905
GROUNDS = """
page bar panel sync deep catch_up calm free hands_on mentorship communication other
hands_on.head mentorship.head communication.head other.head
cursor ghost ghost.bad alarm lunch input
""".split()  # noqa: SIM905


def look(palette: Palette, style: str) -> Look:
    """The look of a style name; KeyError for a name that no palette knows."""
    ink, _, ground = style.partition("/")
    ground = ground or "page"
    fg, bg = palette.inks[ink], palette.grounds[ground]
    return Look(
        fg,
        bg,
        bold=ink in BOLD,
        dim=ink in DIM and fg is None,
        italic=ink in ITALIC,
        underline=palette.plain and ground in ("alarm",),
        strike=ink in STRIKE,
        reverse=ground in palette.reversed_grounds,
    )
