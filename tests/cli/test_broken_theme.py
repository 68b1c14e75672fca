"""A week theme in use that cannot be read, or is gone: there is a way out, and the past stays."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import UseTheme
from techlead_tui.errors import DataError
from techlead_tui.planner.planner import Planner
from tests.cli.conftest import Techlead

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def own_theme(techlead: Techlead, tmp_path: Path) -> Path:
    assert techlead("theme", "new", "my-week").code == 0
    assert techlead("theme", "use", "my-week").code == 0
    return tmp_path / "home" / "config" / "themes" / "my-week.toml"


@pytest.mark.parametrize("gone", [False, True])
def test_another_theme_can_be_used(techlead: Techlead, own_theme: Path, gone: bool) -> None:
    if gone:
        own_theme.unlink()
    else:
        own_theme.write_text("lunch = 12\n")
    assert techlead("week").code == 4
    assert techlead("themes").code == 0
    found = techlead("doctor")
    assert found.code == 1
    assert "my-week" in found.out
    assert techlead("theme", "use", "maker-week").code == 0
    assert techlead("week").code == 0
    assert techlead("week", "next").code == 0
    assert (techlead("doctor").code == 0) == gone  # a broken file stays worth a word


def test_a_broken_theme_of_an_earlier_week_is_in_nobodys_way(techlead: Techlead, own_theme: Path) -> None:
    own_theme.unlink()
    assert techlead("theme", "use", "four-day", "--from", "next").code == 0
    assert techlead("week", "next").code == 0
    assert techlead("week", "this").code == 4


def test_the_past_keeps_the_last_theme_that_could_be_read(tmp_path: Path) -> None:
    folders = Folders.under(str(tmp_path))
    theme = tmp_path / "config" / "themes" / "mine.toml"
    theme.parent.mkdir(parents=True)
    first, second = IsoWeek(2026, 48), IsoWeek(2026, 49)

    def on(week: IsoWeek) -> Planner:
        day = week.day(2)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN)
        return Planner(folders, StillClock(noon), zone=BERLIN)

    shipped = Path(on(first).library.path_of("four-day")).read_text()
    theme.write_text(shipped.replace("Four-day week", "Mine"))
    on(first).apply(UseTheme("mine", first), ["theme", "use", "mine"])
    on(first).snapshot(first).week(first)
    theme.write_text("nothing [")
    with pytest.raises(DataError):
        on(second).snapshot(second)
    on(second).apply(UseTheme("maker-week", second), ["theme", "use", "maker-week"])
    snapshot = on(second).snapshot(first, second)
    assert snapshot.theme_of(first).title == "Mine"
    assert snapshot.theme_of(second).id == "maker-week"


def test_a_file_with_very_many_problems_is_told_in_a_screenful(techlead: Techlead, tmp_path: Path) -> None:
    boxes = "".join(f'[[box]]\nid = "b{n}"\nday = "xxx"\nstart = "25:00"\n' for n in range(500))
    theme = tmp_path / "home" / "config" / "themes" / "big.toml"
    theme.parent.mkdir(parents=True, exist_ok=True)
    theme.write_text(f'title = "Big"\n{boxes}')
    told = techlead("theme", "check", "big")
    assert told.code == 1
    assert len(told.err.splitlines()) < 60
    assert "more problems" in told.err
    assert len(techlead("theme", "check", "big", "--json").json["problems"]) > 500
