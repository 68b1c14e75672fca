"""The plots of the report: as characters, and as one page that needs nothing from outside."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.report import Report
from techlead_tui.render.plots import Plot, PlotSeries, plot_rows, plots, thinned
from techlead_tui.render.report_page import page, svg
from techlead_tui.render.text import cell, plain, row_width
from tests.conftest import environment
from tests.core.test_drift import coded, meeting
from tests.core.test_report import made

HOSTILE = '<script>alert(1)</script> "x" &amp; \x1b[31m\u202e{{7*7}} https://evil.example'


def hostile() -> Report:
    return made(coded(-1), meeting(-1, "wed", "9:00-10:00", title=HOSTILE))


def bars(*values: float | None, **more: object) -> Plot:
    weeks = tuple(f"W{n:02}" for n in range(len(values)))
    plot = Plot("x", "X", "h", weeks, (PlotSeries("done", values, "ink", ""),))
    return plot._replace(**more)  # type: ignore[arg-type]


def drawn(plot: Plot, cells: int = 60) -> list[str]:
    return [plain(row) for row in plot_rows(plot, cells)]


@given(
    st.lists(st.none() | st.floats(0, 200), min_size=1, max_size=90),
    st.integers(20, 200),
)
def test_a_plot_fills_its_cells_with_narrow_characters(values: list[float | None], cells: int) -> None:
    rows = plot_rows(bars(*values, lines=(("wanted", 15),)), cells)
    assert {row_width(row) for row in rows} == {cells}
    assert all(cell(char) == 1 for row in rows for char in plain(row))


def test_bars_stand_in_proportion() -> None:
    body = drawn(bars(4, 8, 0, None))[1:7]
    assert [sum(line[7 + 6 * week] == "█" for line in body) for week in range(4)] == [3, 6, 0, 0]
    assert body[-1][7 + 18] == "·"  # not known, which is no zero
    assert body[-1][7 + 12] == " "


def test_a_small_value_is_never_invisible() -> None:
    assert "▁" in drawn(bars(0.01, 100))[6]


def test_stacked_parts_are_told_apart_without_colour() -> None:
    rows = [plain(row) for row in plot_rows(plots(made(coded(-1)))[0], 80)]
    column = "".join(row[7 + 12] for row in rows[1:11])
    assert set("█▌┊") <= set(column)


def test_many_weeks_become_means() -> None:
    few = thinned(bars(*([2, 4] * 50)), 50)
    assert few.series[0].values == (3,) * 50
    assert "mean of 2 weeks" in few.note


def test_every_plot_has_a_title_for_each_bar_and_a_table_behind_it() -> None:
    found = made(coded(-1))
    text = page(found, "Am I still technical?")
    for plot in plots(found):
        drawing = svg(plot)
        assert drawing.count("<title>") == len(plot.weeks) + 1
        assert f"{plot.title} as a table" in text
    assert "W47: done 2 h" in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)
        self.outside += [name for name, value in attrs if name in ("src", "href") or "http" in (value or "")]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open[-1:] == [tag]:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_nothing_from_outside_and_foreign_text_is_inert() -> None:
    text = page(hostile(), "x")
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    assert tags.outside == []
    assert not {"script", "link", "iframe", "img"} & set(tags.seen)
    assert "&lt;script&gt;" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert not re.search(r"url\(\s*[^#)]|@import", text)


def first_pixel(path: Path) -> tuple[int, ...]:
    """Return red, green and blue of the upper left corner, which no filter of PNG changes."""
    data = path.read_bytes()
    at, body = 8, b""
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body += data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    return tuple(zlib.decompress(body)[1:4])


@pytest.mark.slow
@pytest.mark.process
def test_a_browser_shows_it_in_the_light_and_in_the_dark(tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        pytest.skip("there is no Chromium here")
    file = tmp_path / "report.html"
    file.write_text(page(hostile(), "Am I still technical?"), encoding="utf-8")
    corners = {}
    for name, scheme in (("light", 1), ("dark", 0)):
        picture = tmp_path / f"{name}.png"
        call = [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
            *("--disable-background-networking", f"--user-data-dir={tmp_path / name}"),
            *(f"--blink-settings=preferredColorScheme={scheme}", "--window-size=800,1600"),
            *(f"--screenshot={picture}", "--dump-dom", file.as_uri()),
        ]
        done = subprocess.run(call, env=environment(HOME=str(tmp_path)), capture_output=True, timeout=90)
        if not picture.exists():  # some versions do one of the two
            call.remove("--dump-dom")
            subprocess.run(call, env=environment(HOME=str(tmp_path)), capture_output=True, timeout=90)
        corners[name] = first_pixel(picture)
        dom = done.stdout.decode()
        assert not dom or dom.count('role="img"') >= 6
    assert min(corners["light"]) > 200
    assert max(corners["dark"]) < 60
