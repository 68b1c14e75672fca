"""Color themes on a real terminal and switched while the program runs."""

import os
import re
from pathlib import Path

import pytest

from techlead_tui.config.files import write_text
from techlead_tui.render.palette import ANSI, CONTRAST, DARK, LIGHT, PALETTES, PLAIN
from tests.tui.conftest import Opened, Opener
from tests.tui.test_terminal import OPEN, Terminal

KEYS = (b"a", b"fri 11-12 x +status", b"\r", b"\x1b", b"?", b"\x1b", b"f", b"\x1b", b",", b"\x1b", b"\x11")
NEEDS_A_TERMINAL = pytest.mark.skipif(os.name == "nt", reason="needs a Unix terminal")


def colours(written: bytes) -> set[int]:
    """The parameters of colour that were written: 30 to 49 and 90 to 107, 38 and 48 among them."""
    found: set[int] = set()
    for sequence in re.findall(rb"\x1b\[([0-9;]*)m", written):
        found |= {int(part) for part in sequence.split(b";") if part}
    return {code for code in found if 30 <= code <= 49 or 90 <= code <= 107}


def walk_through(home: Path, **environ: str) -> bytes:
    """Return what is written while screens and dialogs are opened and closed."""
    write_text(str(home / "config" / "config.toml"), "first_run_done = true\n")
    terminal = Terminal(OPEN, home, **environ)
    try:
        terminal.until(b"\x1b[?2004h")
        for key in KEYS:
            terminal.send(key)
            terminal.pause()
        assert terminal.end() == 0
        return terminal.seen
    finally:
        terminal.close()


@pytest.mark.process
@pytest.mark.slow
@NEEDS_A_TERMINAL
def test_without_colour_not_one_colour_is_written(tmp_path: Path) -> None:
    assert colours(walk_through(tmp_path, NO_COLOR="1")) == set()


@pytest.mark.process
@pytest.mark.slow
@NEEDS_A_TERMINAL
def test_with_sixteen_colours_no_other_is_written(tmp_path: Path) -> None:
    seen = colours(walk_through(tmp_path, TERM="linux", COLORTERM=""))
    assert seen
    assert not seen & {38, 48}


def shown_colours(screen: Opened) -> set[str]:
    """The grounds that stand on the screen."""
    strips = screen.app.screen._compositor.render_strips(screen.app.size)
    styles = [segment.style for strip in strips for segment in strip if segment.style is not None]
    return {style.bgcolor.name for style in styles if style.bgcolor is not None}


@pytest.mark.parametrize("palette", [LIGHT, CONTRAST], ids=["light", "high-contrast"])
async def test_colours_change_while_the_week_is_shown(opened: Opener, palette) -> None:  # type: ignore[no-untyped-def]
    async with opened() as screen:
        before = screen.text()
        assert DARK.grounds["page"] in shown_colours(screen)
        screen.app.use_palette(palette)
        await screen.settle()
        assert palette.grounds["page"] in shown_colours(screen)
        assert DARK.grounds["hands_on"] not in shown_colours(screen)
        assert screen.text() == before


async def test_a_palette_of_the_terminals_own_can_be_switched_to_and_back(opened: Opener) -> None:
    async with opened() as screen:
        for palette in (PLAIN, ANSI, DARK):
            screen.app.use_palette(palette)
            await screen.settle()
        assert DARK.grounds["hands_on"] in shown_colours(screen)


async def test_without_colour_nothing_on_the_screen_has_one(opened: Opener) -> None:
    async with opened(palette=PLAIN) as screen:
        await screen.press("a")
        assert "W48" in screen.text()
        assert shown_colours(screen) <= {"default"}


@pytest.mark.parametrize("palette", [ANSI, PLAIN], ids=["ansi", "plain"])
@pytest.mark.few(1)
async def test_the_cursor_of_a_line_is_seen_on_a_ground_of_any_colour(opened: Opener, palette) -> None:  # type: ignore[no-untyped-def]
    async with opened(palette=palette) as screen:
        await screen.press("a")
        line = screen.app.screen._compositor.render_strips(screen.app.size)[-1]
        swapped = [segment.style for segment in line if segment.style and segment.style.reverse]
        colours = [colour for style in swapped for colour in (style.color, style.bgcolor)]
        assert swapped
        assert all(colour is None or colour.is_default for colour in colours)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.few(1)
async def test_what_is_said_is_the_same_in_every_color_theme(opened: Opener, name: str) -> None:
    """Meaning rests on words and signs: the text alone tells all of it."""
    async with opened() as screen:
        dark = screen.text()
    async with opened(palette=PALETTES[name]) as screen:
        assert screen.text() == dark
