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


def _inks(**given: str | None) -> dict[str, str | None]:
    """Inks by name; "_" in a keyword stands for "." where the name has one."""
    out: dict[str, str | None] = {}
    for name in INKS:
        out[name] = given[name.replace(".", "_")]
    return out


def _grounds(**given: str | None) -> dict[str, str | None]:
    return {name: given[name.replace(".", "_")] for name in GROUNDS}


DARK = Palette(
    "dark",
    "Dark",
    True,
    _inks(
        ink="#c8ccd6",
        strong="#eceff5",
        title="#eceff5",
        detail="#9aa3b4",
        faint="#98a1b3",
        rule="#2b3140",
        hint="#9aa3b4",
        accent="#5fd0c5",
        now="#ff8f7a",
        warn="#f2b866",
        refuse="#ff8080",
        good="#8fd694",
        day="#b9c0cd",
        today="#ffffff",
        key="#5fd0c5",
        time="#98a1b3",
        cursor="#10131a",
        skipped="#98a1b3",
        done="#93b89a",
        session="#8ff0e4",
        edge_hands_on="#3fb8ac",
        edge_mentorship="#b195e8",
        edge_communication="#e0a458",
        edge_other="#7c8aa5",
        tone_sync="#e0a458",
        tone_deep="#3fb8ac",
        tone_catch_up="#7fa3e0",
        tone_calm="#7c8aa5",
        tone_free="#444c5e",
        bar_empty="#3a4152",
    ),
    _grounds(
        page="#12151c",
        bar="#191d27",
        panel="#12151c",
        sync="#18171b",
        deep="#11191d",
        catch_up="#141823",
        calm="#151820",
        free="#12151c",
        hands_on="#15302f",
        mentorship="#2a2440",
        communication="#33291b",
        other="#222834",
        hands_on_head="#1c3d3c",
        mentorship_head="#352e50",
        communication_head="#413423",
        other_head="#2b3241",
        cursor="#dfe4ee",
        ghost="#1f5f59",
        ghost_bad="#6b2f33",
        alarm="#3a2023",
        lunch="#12151c",
        input="#1f2531",
    ),
)

LIGHT = Palette(
    "light",
    "Light",
    False,
    _inks(
        ink="#3a3f4b",
        strong="#171a21",
        title="#171a21",
        detail="#565d6d",
        faint="#525969",
        rule="#d9d6cf",
        hint="#525969",
        accent="#0b6e68",
        now="#b8351f",
        warn="#844e00",
        refuse="#b3261e",
        good="#2c6b33",
        day="#434956",
        today="#000000",
        key="#0b6e68",
        time="#646b7b",
        cursor="#ffffff",
        skipped="#525969",
        done="#3c6245",
        session="#04574f",
        edge_hands_on="#0e766e",
        edge_mentorship="#7c55c2",
        edge_communication="#9a5f0e",
        edge_other="#636c80",
        tone_sync="#9a5f0e",
        tone_deep="#0e766e",
        tone_catch_up="#3b66b2",
        tone_calm="#636c80",
        tone_free="#b7bac2",
        bar_empty="#c9ccd2",
    ),
    _grounds(
        page="#fbfaf7",
        bar="#f1efe9",
        panel="#fbfaf7",
        sync="#fbf7ef",
        deep="#f3f9f8",
        catch_up="#f4f7fc",
        calm="#f8f8f8",
        free="#fbfaf7",
        hands_on="#d5ebe8",
        mentorship="#e9e1f8",
        communication="#f8e8cd",
        other="#e6e9ef",
        hands_on_head="#c3e2de",
        mentorship_head="#ddd1f3",
        communication_head="#f3dcb4",
        other_head="#d9dee7",
        cursor="#2b303b",
        ghost="#a7d9d3",
        ghost_bad="#f3c3bf",
        alarm="#fbe3e0",
        lunch="#fbfaf7",
        input="#e8edf0",
    ),
)

CONTRAST = Palette(
    "high-contrast",
    "High contrast",
    True,
    _inks(
        ink="#ffffff",
        strong="#ffffff",
        title="#ffffff",
        detail="#f0f0f0",
        faint="#d4d4d4",
        rule="#8a8a8a",
        hint="#e0e0e0",
        accent="#5cffee",
        now="#ff9a8a",
        warn="#ffd24a",
        refuse="#ffc2c2",
        good="#9dff9d",
        day="#ffffff",
        today="#ffff66",
        key="#5cffee",
        time="#e0e0e0",
        cursor="#000000",
        skipped="#d0d0d0",
        done="#b9ffb9",
        session="#a8fff6",
        edge_hands_on="#00e5d0",
        edge_mentorship="#cdb2ff",
        edge_communication="#ffc04d",
        edge_other="#c9d3e6",
        tone_sync="#ffc04d",
        tone_deep="#00e5d0",
        tone_catch_up="#8fbaff",
        tone_calm="#c9d3e6",
        tone_free="#8a8a8a",
        bar_empty="#8a8a8a",
    ),
    _grounds(
        page="#000000",
        bar="#1f1f1f",
        panel="#000000",
        sync="#000000",
        deep="#000000",
        catch_up="#000000",
        calm="#000000",
        free="#000000",
        hands_on="#003330",
        mentorship="#2a1450",
        communication="#3d2600",
        other="#20242c",
        hands_on_head="#00463f",
        mentorship_head="#3a1e6b",
        communication_head="#543500",
        other_head="#2f3540",
        cursor="#ffff66",
        ghost="#005c55",
        ghost_bad="#6e0d0d",
        alarm="#4a0000",
        lunch="#000000",
        input="#1a1a1a",
    ),
)

ANSI = Palette(
    "ansi",
    "16 colours",
    True,
    _inks(
        ink=None,
        strong=None,
        title=None,
        detail=None,
        faint=None,
        rule="8",
        hint=None,
        accent="6",
        now="1",
        warn="3",
        refuse="1",
        good="2",
        day=None,
        today="6",
        key="6",
        time=None,
        cursor=None,
        skipped=None,
        done="2",
        session="6",
        edge_hands_on="6",
        edge_mentorship="5",
        edge_communication="3",
        edge_other="4",
        tone_sync="3",
        tone_deep="6",
        tone_catch_up="4",
        tone_calm=None,
        tone_free="8",
        bar_empty="8",
    ),
    dict.fromkeys(GROUNDS),
    frozenset(("cursor", "ghost", "ghost.bad")),
)

PLAIN = Palette(
    "plain",
    "No colour",
    True,
    dict.fromkeys(INKS),
    dict.fromkeys(GROUNDS),
    frozenset(("cursor", "ghost", "ghost.bad")),
    plain=True,
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
