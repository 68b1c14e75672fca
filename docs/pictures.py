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
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from techlead_tui.cli.demo_quarter import write_quarter
from techlead_tui.config.paths import Folders
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.localtime import into
from techlead_tui.planner.planner import Planner
from techlead_tui.render.palette import PALETTES
from techlead_tui.tui.app import TechleadApp
from techlead_tui.tui.loaded import load

HERE = os.path.dirname(os.path.abspath(__file__))
ZONE = ZoneInfo("Europe/Lisbon")
MOMENT = datetime(2026, 11, 24, 11, 30)  # a Tuesday, in the zone
NAMES = {"[": "left_square_bracket", "]": "right_square_bracket", ",": "comma", "?": "question_mark"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Picture(NamedTuple):
    name: str
    keys: tuple[str, ...] = ()  # pressed before it is taken; `"text` puts words into the line
    size: tuple[int, int] = (120, 34)
    color_theme: str = "dark"
    empty: bool = False  # of a home in which nothing has been answered yet


PICTURES = (
    Picture("week", ("]", "[", "2")),
    Picture("week-light", ("]", "["), color_theme="light"),
)

LOOKS: dict[str, tuple[str, ...]] = {  # every screen there is
    "week": (),
    "wrong": ("tab",) * 6,
    "refused": ("a", '"thu 14-15 budget sync +status', "enter"),
    "adding": ("a", '"thu 14-15 budget sync +status'),
    "logging": ("L", '"45m pool fix'),
    "moving": ("tab", "m", "down", "down"),
    "friday": ("f",),
    "keys": ("?",),
    "settings": (",", "down", "down", "down"),
    "own-keys": (",", *("down",) * 6, "enter"),
    "first-run": (),
}
SIZES = ((80, 24), (120, 40), (200, 60))


async def take(picture: Picture, folder: str) -> str:
    """The picture as SVG; `folder` is empty and may be filled."""
    moment = into(MOMENT.replace(tzinfo=ZONE), ZONE)
    folders = Folders.under(folder)
    if not picture.empty:
        write_quarter(folders, lambda: moment, ZONE)
    planner = Planner(folders, "tui", lambda: moment, ZONE)
    loaded = load(planner, IsoWeek.of(moment.date()))
    palette = PALETTES[picture.color_theme]
    app = TechleadApp(planner, loaded, palette, size=picture.size, beat=None, first_run=picture.empty)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause(0.3)
        for key in picture.keys:
            if key.startswith('"'):
                from textual.widgets import Input

                app.screen.query_one(Input).value = key[1:]
            else:
                await pilot.press(NAMES.get(key, key))
            await pilot.pause(0.3)
        return app.export_screenshot(title="techlead")


def to_png(svg: str, target: str, scale: float = 1.0) -> bool:
    """Whether there was a browser to do it with."""
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


def looks(themes: list[str], names: list[str]) -> Iterator[Picture]:
    for size in SIZES:
        for theme in themes:
            for name in names:
                label = f"{name}-{size[0]}x{size[1]}-{theme}"
                yield Picture(label, LOOKS[name], size, theme, empty=name == "first-run")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", metavar="DIR", help="every screen, size and color theme, into a folder")
    parser.add_argument("--only", nargs="*", default=list(LOOKS), metavar="SCREEN")
    parser.add_argument("--themes", nargs="*", default=["dark", "light"], metavar="THEME")
    options = parser.parse_args()
    target = options.look or HERE
    os.makedirs(target, exist_ok=True)
    wanted = looks(options.themes, options.only) if options.look else PICTURES
    for picture in wanted:
        with tempfile.TemporaryDirectory() as folder:
            svg = asyncio.run(take(picture, folder))
        path = os.path.join(target, f"{picture.name}.png")
        if not to_png(svg, path):
            path = os.path.join(target, f"{picture.name}.svg")
            with open(path, "w", encoding="utf-8") as file:
                file.write(svg)
        print(path, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
