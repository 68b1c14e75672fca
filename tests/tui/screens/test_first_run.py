"""The first run: four questions, and what is kept of the answers."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from techlead_tui.config.catalog import Library
from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.planner.planner import Planner
from techlead_tui.render.palette import DARK
from techlead_tui.render.text import plain
from techlead_tui.tui import actions
from techlead_tui.tui.app import TechleadApp
from techlead_tui.tui.first_run_model import Answers, questions, read_who
from techlead_tui.tui.screens.first_run import FirstRunScreen
from techlead_tui.tui.screens.week.screen import WeekScreen
from techlead_tui.tui.week_data import load
from tests.core.weeks import W48, ZONE, moment
from tests.tui import hand
from tests.tui.conftest import Opened

SKIP = ("enter",) * 4


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "user"
    home.mkdir()
    (home / ".gitconfig").write_text(
        "[user]\nname = Ada Lovelace\nemail = ada@example.org\n", encoding="utf-8"
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return home


@asynccontextmanager
async def asked(tmp_path: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Opened]:
    clock = StillClock(moment("tue 11:37"))
    planner = Planner(Folders.under(str(tmp_path / "techlead")), clock, "tui", ZONE)
    app = TechleadApp(planner, load(planner, W48), DARK, size=size, beat=None, first_run=True)
    async with app.run_test(size=size) as pilot:
        screen = Opened(pilot, planner, clock)
        await screen.settle()
        yield screen


async def write(screen: Opened, text: str) -> None:
    await screen.type(text)


def kept(tmp_path: Path) -> dict[str, Any]:
    return tomllib.loads((tmp_path / "techlead" / "config" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("home")
async def test_four_times_enter_gives_a_full_week(tmp_path: Path) -> None:
    async with asked(tmp_path) as screen:
        assert isinstance(screen.app.screen, FirstRunScreen)
        assert "Ada Lovelace, ada@example.org" in screen.text()
        await screen.press(*SKIP)
        assert isinstance(screen.app.screen, WeekScreen)
        assert "focus planned 22 h" in screen.text()
        assert "this is your week" in screen.text()
    assert kept(tmp_path) == {
        "name": "Ada Lovelace",
        "emails": ["ada@example.org"],
        "week_theme": "maker-week",
        "first_run_done": True,
    }


@pytest.mark.slow
async def test_without_git_nothing_is_made_up(tmp_path: Path, home: Path) -> None:
    (home / ".gitconfig").unlink()
    async with asked(tmp_path) as screen:
        await screen.press(*SKIP)
    assert (kept(tmp_path)["name"], kept(tmp_path)["emails"]) == ("", [])


@pytest.mark.usefixtures("home")
@pytest.mark.slow
async def test_other_hours_write_a_theme_that_passes_the_check(tmp_path: Path) -> None:
    async with asked(tmp_path) as screen:
        await screen.press("enter")
        await write(screen, "mon-fri 8-16, lunch 11:30-12")
        assert "adapted to these hours" in screen.text()
        assert " 08:00" in screen.text()  # the week below follows at once
        await screen.press("enter", "enter", "enter")
        week = screen.week()
        assert (week.theme.id, week.days[0].hours.start.hour) == ("my-week", 8)
        assert "My maker week" in screen.text()
    library = Library(str(tmp_path / "techlead" / "config"), str(tmp_path / "cache"))
    assert library.check_file(str(tmp_path / "techlead" / "config" / "themes" / "my-week.toml")) == ()


@pytest.mark.usefixtures("home")
@pytest.mark.slow
async def test_days_for_which_there_is_a_theme_suggest_it(tmp_path: Path) -> None:
    async with asked(tmp_path) as screen:
        await screen.press("enter")
        await write(screen, "mon-thu")
        await screen.press("enter")
        assert "‹ Four-day week ›" in screen.text()


@pytest.mark.usefixtures("home")
@pytest.mark.slow
async def test_hours_that_nobody_touched_follow_the_theme(tmp_path: Path) -> None:
    async with asked(tmp_path) as screen:
        await screen.press("enter", "enter", "right")
        assert "‹ Four-day week ›" in screen.text()
        assert "mon-thu" in screen.text()
        await screen.press("enter", "enter")
    assert kept(tmp_path)["week_theme"] == "four-day"
    assert not (tmp_path / "techlead" / "config" / "themes").exists()


@pytest.mark.usefixtures("home")
@pytest.mark.slow
async def test_an_answer_that_makes_no_sense_is_not_taken(tmp_path: Path) -> None:
    async with asked(tmp_path) as screen:
        await screen.press("enter")
        await write(screen, "nine to five")
        assert "is not understood" in screen.text()
        await screen.press("enter")
        assert screen.app.screen.at == 1  # type: ignore[attr-defined]
        await screen.press("escape")  # what stood there
        await screen.press("enter", "enter")
    assert kept(tmp_path)["week_theme"] == "maker-week"


@pytest.mark.usefixtures("home")
@pytest.mark.slow
async def test_escape_leaves_every_question_as_it_was(tmp_path: Path) -> None:
    async with asked(tmp_path) as screen:
        await write(screen, "Somebody Else")
        await screen.press(*("escape",) * 4)
        assert isinstance(screen.app.screen, WeekScreen)
    assert kept(tmp_path)["name"] == "Ada Lovelace"


@pytest.mark.usefixtures("home")
@pytest.mark.slow
async def test_a_calendar_is_written_down(tmp_path: Path) -> None:
    async with asked(tmp_path) as screen:
        await screen.press("enter", "enter", "enter")
        assert "where your meetings are" in screen.text()
        await write(screen, "https://example.org/ada.ics")
        await screen.press("enter")
    assert kept(tmp_path)["source"] == [{"name": "example-org", "url": "https://example.org/ada.ics"}]


@pytest.mark.usefixtures("home")
@pytest.mark.slow
async def test_all_of_it_by_mouse(tmp_path: Path) -> None:
    async with asked(tmp_path) as screen:
        await hand.click_words(screen, "Maker week")
        for _ in range(2):
            await screen.pilot.click("#keys", offset=(2, 0))
            await screen.settle()
        assert isinstance(screen.app.screen, WeekScreen)
    assert kept(tmp_path)["week_theme"] == "four-day"


@pytest.mark.usefixtures("home")
@pytest.mark.slow
async def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    async with asked(tmp_path) as screen:
        (tmp_path / "techlead" / "config").parent.mkdir(exist_ok=True)
        (tmp_path / "techlead" / "config").write_text("a file in the way", encoding="utf-8")
        await screen.press(*SKIP)
        assert isinstance(screen.app.screen, FirstRunScreen)
        assert "not saved" in screen.text()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (250, 70)])
async def test_the_first_frame_is_what_the_screen_then_shows(tmp_path: Path, size: tuple[int, int]) -> None:
    from techlead_tui.render.first_run import first_frame

    async with asked(tmp_path, size) as screen:
        planner = screen.planner
        answers = Answers.of_user(planner)
        rows = first_frame(questions(answers), answers.week(planner), actions.bar("first", {}), *size)
        assert [plain(row).rstrip() for row in rows] == [line.rstrip() for line in screen.text().splitlines()]


def test_names_and_addresses_are_told_apart() -> None:
    assert read_who("Ada Lovelace <ada@example.org>, al@example.org") == (
        "Ada Lovelace",
        ("ada@example.org", "al@example.org"),
    )
    assert read_who("") == ("", ())
