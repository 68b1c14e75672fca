"""Makes the pictures of the documentation from the running program: `python docs/pictures.py`.

Each is the demonstration at a fixed moment, drawn by the program itself, written as SVG and turned
into PNG by a Chromium without a window. `--look DIR` makes every screen in several sizes and color
themes instead, for judging them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.strip import Strip

from techlead_tui.cli.demo import write_quarter
from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.calendar import IsoWeek, into
from techlead_tui.core.edits import AddBlock, Edit, FinishBlock, SetDay
from techlead_tui.planner.planner import Planner
from techlead_tui.render.palette import PALETTES, Palette
from techlead_tui.tui.app import TechleadApp
from techlead_tui.tui.week_data import load

HERE = os.path.dirname(os.path.abspath(__file__))
ZONE = ZoneInfo("Europe/Lisbon")
MOMENT = datetime(2026, 11, 24, 11, 30)  # a Tuesday, in the zone
NAMES = {"[": "left_square_bracket", "]": "right_square_bracket", ",": "comma"}
NAMES |= {"?": "question_mark", "/": "slash", "@": "at"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace"
SIZE, CELL, LINE, MARGIN = 14, 8.43, 19, 10  # pixels: of letters, a cell's width and height, around it
DIM = 0.6  # opacity
BLOCKS = {"█": (0.0, 1.0), "▌": (0.0, 0.5), "▐": (0.5, 0.5), "▏": (0.0, 0.13), "│": (0.44, 0.12)}
PARTS = re.compile("|".join([*(f"{block}+" for block in BLOCKS), f"[^{''.join(BLOCKS)}]+"]))
ANSI_COLOURS = [
    *((0, 0, 0), (224, 108, 117), (152, 195, 121), (229, 192, 123)),
    *((97, 175, 239), (198, 120, 221), (86, 182, 194), (171, 178, 191)),
    *((110, 118, 132), (240, 130, 140), (170, 215, 140), (240, 205, 140)),
    *((120, 190, 250), (215, 140, 235), (105, 200, 210), (255, 255, 255)),
]


class Picture(NamedTuple):
    name: str
    keys: tuple[str, ...] = ()  # pressed before it is taken; `"text` puts words into the line
    size: tuple[int, int] = (120, 34)
    color_theme: str = "dark"
    empty: bool = False  # of a home in which nothing has been answered yet
    plan: tuple[Edit, ...] = ()  # made in the demonstration before


PICTURES = (
    Picture("week", ("v",), (120, 40)),
    Picture("first-run", size=(96, 30), empty=True),
    Picture("refused", ("a", '"thu 14-15 budget sync +status', "enter"), (100, 30), "light"),
)

WEEK = IsoWeek.of(MOMENT.date())
TUESDAY, WEDNESDAY, THURSDAY, SATURDAY = (WEEK.day(number) for number in (2, 3, 4, 6))
CALLS = tuple(
    AddBlock(f"call {n}", TUESDAY, 540 + n % 4 * 15, 660, "meeting", override="a bad day") for n in range(40)
)

LOOKS: dict[str, Picture] = {  # every screen there is, and weeks of every sort
    picture.name: picture
    for picture in (
        Picture("week"),
        Picture("wrong", ("tab",) * 6),
        Picture("refused", ("a", '"thu 14-15 budget sync +status', "enter")),
        Picture("adding", ("a", '"thu 14-15 budget sync +status')),
        Picture("logging", ("L", '"45m pool fix')),
        Picture("moving", ("tab", "m", "down", "down")),
        Picture("friday", ("f",)),
        Picture("keys", ("?",)),
        Picture("settings", (",", "down", "down", "down")),
        Picture("own-keys", (",", *("down",) * 6, "enter")),
        Picture("first-run", empty=True),
        Picture("editing", ("e", "down")),
        Picture("session", ("up", "up", "E")),
        Picture("menu", ("M",)),
        Picture("free", ("F", "down")),
        Picture("finding", ("/", '"pool')),
        Picture("day-kind", ("K", "down")),
        Picture("week-theme", ("T", "down")),
        Picture("repeating", ("v", "R")),
        Picture("say-no", ("v", "n", "b", '"Ana', "enter", "3")),
        Picture("escalation", ("v", "n", "E")),
        Picture("objections", ("v", "n", "O", "down")),
        Picture("delegations", ("g",)),
        Picture("requests", ("i",)),
        Picture("questions", ("p", "escape")),
        Picture("person", ("@", "enter")),
        Picture("playbook", ("H", "down", "down")),
        Picture("trap", ("H", "/", '"trapped', "enter")),
        Picture("hours", ("z",)),
        Picture("seven", ("w",), plan=(AddBlock("Data migration", SATURDAY, 600, 720, "deep_work"),)),
        Picture("next", ("]", "]", "]", "]")),
        Picture(
            "away",
            plan=(
                SetDay(WEDNESDAY, "leave"),
                SetDay(THURSDAY, "on-call"),
                FinishBlock(f"questions@{TUESDAY}", TUESDAY, "skipped"),
                FinishBlock(f"tue-morning@{TUESDAY}", TUESDAY, "done"),
            ),
        ),
        Picture("calls", plan=CALLS),
    )
}
SIZES = ((36, 12), (60, 24), (80, 24), (120, 40), (200, 60))


async def take(picture: Picture, folder: str) -> str:
    """The picture as SVG; `folder` is empty and may be filled."""
    moment = into(MOMENT.replace(tzinfo=ZONE), ZONE)
    folders = Folders.under(folder)
    if not picture.empty:
        write_quarter(folders, moment, ZONE)
    planner = Planner(folders, StillClock(moment), "tui", ZONE)
    for edit in picture.plan:
        planner.apply(edit, [])
    loaded = load(planner, IsoWeek.of(moment.date()))
    palette = PALETTES[picture.color_theme]
    app = TechleadApp(planner, loaded, palette, size=picture.size, beat=None, first_run=picture.empty)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause(0.5)
        for key in picture.keys:
            if key.startswith('"'):
                from textual.widgets import Input

                app.screen.query_one(Input).value = key[1:]
            else:
                await pilot.press(NAMES.get(key, key))
            await pilot.pause(0.4)
        return drawn(app.screen._compositor.render_strips(app.size), palette)


def drawn(strips: list[Strip], palette: Palette) -> str:
    """The screen as SVG: grounds and block signs as rectangles, so that they join as in a terminal."""
    page, ink = palette.grounds["page"] or "#16181d", palette.inks["ink"] or "#d5d8de"
    theme = TerminalTheme((22, 24, 29), (213, 216, 222), ANSI_COLOURS[:8], ANSI_COLOURS[8:])
    width = round(max(strip.cell_length for strip in strips) * CELL + 2 * MARGIN)
    height = len(strips) * LINE + 2 * MARGIN
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="{FONT}" '
        f'font-size="{SIZE}" shape-rendering="crispEdges">',
        f'<rect width="{width}" height="{height}" rx="6" fill="{page}" shape-rendering="auto"/>',
    ]
    words: list[str] = []
    for row, strip in enumerate(strips):
        x, y = float(MARGIN), MARGIN + row * LINE
        for text, style, _ in strip:
            style = style or Style()
            fore, ground = (_hex(colour, theme) for colour in (style.color, style.bgcolor))
            if style.reverse:
                fore, ground = ground or page, fore or ink
            cells = cell_len(text)
            if ground and ground != page:
                out.append(_rect(x, y, cells * CELL, LINE, ground))
            for part in PARTS.findall(text):
                size = cell_len(part) * CELL
                if part[0] in BLOCKS:
                    left, wide = BLOCKS[part[0]]
                    step = CELL if wide < 1 else size
                    seen = DIM if style.dim else 1
                    for n in range(round(size / step)):
                        out.append(_rect(x + n * step + left * CELL, y, step * wide, LINE, fore or ink, seen))
                elif part.strip():
                    look = " ".join(
                        f'{name}="{value}"'
                        for name, value, on in (
                            ("font-weight", "bold", style.bold),
                            ("font-style", "italic", style.italic),
                            ("opacity", DIM, style.dim),
                            ("text-decoration", "line-through", style.strike),
                        )
                        if on
                    )
                    words.append(
                        f'<text x="{x:.2f}" y="{y + LINE * 0.74:.1f}" fill="{fore or ink}" {look} '
                        f'textLength="{size:.2f}" xml:space="preserve">{escape(part)}</text>'
                    )
                x += size
    return "\n".join([*out, *words, "</svg>"])


def _rect(x: float, y: float, width: float, height: float, fill: str, opacity: float = 1) -> str:
    seen = f' opacity="{opacity}"' if opacity < 1 else ""
    return f'<rect x="{x:.2f}" y="{y}" width="{width:.2f}" height="{height}" fill="{fill}"{seen}/>'


def _hex(colour: Color | None, theme: TerminalTheme) -> str | None:
    if colour is None or colour.is_default:
        return None
    return colour.get_truecolor(theme).hex


def to_png(svg: str, target: str, scale: float = 1.0) -> bool:
    """Tell whether there was a browser to do it with."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        return False
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert box is not None
    width, height = (round(float(part)) for part in box.groups())
    with tempfile.TemporaryDirectory() as folder:
        page = os.path.join(folder, "page.html")
        with open(page, "w", encoding="utf-8") as file:
            file.write(f"<style>body{{margin:0}}svg{{width:{width}px;height:{height}px}}</style>{svg}")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        options += [f"--window-size={width},{height}", f"--force-device-scale-factor={scale}"]
        options += ["--default-background-color=00000000", f"--user-data-dir={folder}"]
        command = [browser, *options, f"--screenshot={target}", f"file://{page}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
    return True


@contextmanager
def identity(folder: str) -> Iterator[None]:
    """Git knows somebody else meanwhile: the first run asks it who one is."""
    os.makedirs(os.path.join(folder, "git"))
    with open(os.path.join(folder, "git", "config"), "w", encoding="utf-8") as file:
        file.write("[user]\n\tname = Robin Vega\n\temail = robin@example.org\n")
    before = {name: os.environ.get(name) for name in ("XDG_CONFIG_HOME", "HOME")}
    os.environ.update(dict.fromkeys(before, folder))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def looks(themes: list[str], names: list[str], sizes: list[str]) -> Iterator[Picture]:
    for size in SIZES:
        shown = f"{size[0]}x{size[1]}"
        for theme in themes if shown in sizes else ():
            for name in names:
                yield LOOKS[name]._replace(name=f"{name}-{shown}-{theme}", size=size, color_theme=theme)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", metavar="DIR", help="every screen, size and color theme, into a folder")
    parser.add_argument("--only", nargs="*", default=list(LOOKS), metavar="SCREEN")
    parser.add_argument("--themes", nargs="*", default=["dark", "light"], metavar="THEME")
    parser.add_argument("--sizes", nargs="*", default=[f"{w}x{h}" for w, h in SIZES], metavar="SIZE")
    parser.add_argument("--scale", type=float, default=1.35, help="pixels of the picture a pixel")
    options = parser.parse_args()
    target = options.look or HERE
    os.makedirs(target, exist_ok=True)
    wanted = looks(options.themes, options.only, options.sizes) if options.look else PICTURES
    for picture in wanted:
        with tempfile.TemporaryDirectory() as folder, identity(folder):
            svg = asyncio.run(take(picture, os.path.join(folder, "techlead")))
        path = os.path.join(target, f"{picture.name}.png")
        if not to_png(svg, path, options.scale):
            path = os.path.join(target, f"{picture.name}.svg")
            with open(path, "w", encoding="utf-8") as file:
                file.write(svg)
        print(path, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
