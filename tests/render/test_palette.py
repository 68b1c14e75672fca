"""Every palette shows every style, readably."""

import itertools

import pytest

from techlead_tui.render.ansi import nearest
from techlead_tui.render.palette import (
    ANSI,
    CONTRAST,
    DARK,
    GROUNDS,
    INKS,
    LIGHT,
    PALETTES,
    PLAIN,
    CellStyle,
    chosen,
    depth,
    look,
)

READ = ("ink", "strong", "title", "detail", "hint", "faint", "warn", "refuse", "done", "session")
FILLS = [ground for ground in GROUNDS if ground not in ("cursor", "ghost", "ghost.bad", "alarm")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str | None, other: str | None) -> float:
    """As WCAG 2 has it."""
    assert one is not None
    assert other is not None
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_style_has_a_look(palette) -> None:  # type: ignore[no-untyped-def]
    for ink, ground in itertools.product(INKS, GROUNDS):
        assert isinstance(look(palette, f"{ink}/{ground}"), CellStyle)


@pytest.mark.parametrize(
    ("palette", "least"), [(DARK, 4.5), (LIGHT, 4.5), (CONTRAST, 7.0)], ids=["dark", "light", "high"]
)
def test_text_can_be_read_on_every_ground(palette, least: float) -> None:  # type: ignore[no-untyped-def]
    assert FILLS
    for ink, ground in itertools.product(READ, FILLS):
        shown = look(palette, f"{ink}/{ground}")
        assert contrast(shown.fg, shown.bg) >= least, f"{ink}/{ground}"


@pytest.mark.parametrize("palette", [DARK, LIGHT, CONTRAST], ids=["dark", "light", "high"])
def test_what_is_carried_or_chosen_can_be_read(palette) -> None:  # type: ignore[no-untyped-def]
    for style in ("cursor/cursor", "strong/ghost", "strong/ghost.bad", "strong/alarm", "key/input"):
        shown = look(palette, style)
        assert contrast(shown.fg, shown.bg) >= 4.5, style


def test_without_colour_the_cursor_is_shown_by_swapping() -> None:
    assert look(PLAIN, "cursor/cursor").reverse
    assert look(ANSI, "strong/ghost").reverse


@pytest.mark.parametrize("palette", [DARK, LIGHT, CONTRAST], ids=["dark", "light", "high"])
def test_what_stands_on_page_and_bars_can_be_read(palette) -> None:  # type: ignore[no-untyped-def]
    least = 7.0 if palette is CONTRAST else 4.5
    inks = ("accent", "now", "good", "day", "today", "key", "time", "hint", "warn", "refuse", "strong")
    for ink, ground in itertools.product(inks, ("page", "bar", "panel", "input", "lunch")):
        shown = look(palette, f"{ink}/{ground}")
        assert contrast(shown.fg, shown.bg) >= least, f"{ink}/{ground}"


@pytest.mark.parametrize("palette", [DARK, LIGHT, CONTRAST], ids=["dark", "light", "high"])
def test_what_stands_over_the_week_is_set_off_from_it(palette) -> None:  # type: ignore[no-untyped-def]
    assert palette.grounds["bar"] != palette.grounds["page"]


@pytest.mark.parametrize("palette", [DARK, LIGHT, CONTRAST], ids=["dark", "light", "high"])
def test_what_a_day_is_for_can_be_read(palette) -> None:  # type: ignore[no-untyped-def]
    for tone in ("sync", "deep", "catch_up", "calm"):
        shown = look(palette, f"tone.{tone}/page")
        assert contrast(shown.fg, shown.bg) >= 4.5, tone


@pytest.mark.parametrize("palette", [DARK, LIGHT, CONTRAST], ids=["dark", "light", "high"])
def test_signs_that_carry_a_meaning_stand_out(palette) -> None:  # type: ignore[no-untyped-def]
    categories = ("hands_on", "mentorship", "communication", "other")
    edges = [
        (f"edge.{name}", ground) for name in categories for ground in (name, f"{name}.head", "page", "panel")
    ]
    lines = list(itertools.product(("now", "session", "faint"), FILLS))
    for ink, ground in (*edges, *lines, ("accent", "ghost"), ("accent", "ghost.bad")):
        shown = look(palette, f"{ink}/{ground}")
        assert contrast(shown.fg, shown.bg) >= 3, f"{ink}/{ground}"


@pytest.mark.parametrize(
    ("environ", "bits"),
    [
        ({"TERM": "linux"}, 4),
        ({"TERM": "screen"}, 4),
        ({}, 4),
        ({"TERM": "tmux-256color"}, 8),
        ({"TERM": "alacritty"}, 8),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, 24),
        ({"WT_SESSION": "1"}, 24),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit", "NO_COLOR": "1"}, 0),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, 8),
    ],
)
def test_the_terminal_says_how_many_colours_it_shows(environ, bits) -> None:  # type: ignore[no-untyped-def]
    assert depth(environ) == bits


@pytest.mark.parametrize(
    ("environ", "setting", "palette"),
    [
        ({"NO_COLOR": "1", "TERM": "xterm-256color"}, "light", PLAIN),
        ({"TERM": "xterm-256color"}, "light", LIGHT),
        ({"TERM": "xterm-256color"}, "auto", DARK),
        ({"TERM": "xterm-256color"}, "plain", PLAIN),
        ({"TERM": "xterm-256color"}, "ansi", ANSI),
        ({"TERM": "rxvt-256color", "COLORFGBG": "0;15"}, "auto", LIGHT),
        ({"TERM": "rxvt-256color", "COLORFGBG": "0;15"}, "dark", DARK),
        ({"TERM": "linux"}, "auto", ANSI),
        ({"TERM": "linux"}, "light", ANSI),
        ({"TERM": "linux"}, "plain", PLAIN),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, "no such", DARK),
        ({"NO_COLOR": "", "TERM": "xterm-kitty"}, "auto", DARK),
    ],
)
def test_the_palette_follows_terminal_and_setting(environ, setting, palette) -> None:  # type: ignore[no-untyped-def]
    assert chosen(environ, setting) is palette


def test_by_day_an_alarm_has_a_ground_of_its_own_where_a_terminal_has_256_colours() -> None:
    grounds = {name: nearest(str(LIGHT.grounds[name])) for name in (*FILLS, "alarm")}
    assert [name for name, ground in grounds.items() if ground == grounds["alarm"]] == ["alarm"]


def test_deep_work_and_meetings_are_no_grey_where_a_light_terminal_has_256_colours() -> None:
    for name in ("hands_on", "hands_on.head", "communication", "communication.head"):
        assert nearest(str(LIGHT.grounds[name])) < 232, name  # the greys begin there
