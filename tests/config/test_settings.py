from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest

from techlead_tui.config.problems import FileError
from techlead_tui.config.settings import Settings
from techlead_tui.config.settings_cache import load_settings
from techlead_tui.config.settings_file import change_settings, parse_settings
from techlead_tui.core.source import Source
from techlead_tui.errors import DataError

FULL = """\
name = "Ada"
emails = ["ada@example.org", "al@example.org"]
week_theme = "four-day"
color_theme = "light"
days = 7
zoom = 15
first_run_done = true

[keys]
"week.add" = "A"
week.move_later = "J"

[[source]]
path = "~/work.ics"
name = "work"
"""
WORK, HOME = Source("work", path="~/work.ics"), Source("home", path="~/home.ics")
TEAM = Source("team", url="https://example.org/secret/team.ics")


def test_without_a_file_the_defaults_hold_and_nothing_is_written(tmp_path: Path) -> None:
    assert load_settings(str(tmp_path / "config"), str(tmp_path / "cache")) == Settings()
    assert list(tmp_path.iterdir()) == []
    assert Settings().week_theme == "maker-week"


def test_every_setting_is_read_also_from_the_cache(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(FULL)
    wanted = Settings(
        name="Ada",
        emails=("ada@example.org", "al@example.org"),
        week_theme="four-day",
        color_theme="light",
        days=7,
        zoom=15,
        keys={"week.add": "A", "week.move_later": "J"},
        sources=(WORK,),
        first_run_done=True,
    )
    assert load_settings(str(tmp_path)) == wanted
    for _ in range(2):
        assert load_settings(str(tmp_path), str(tmp_path / "cache")) == wanted
    (tmp_path / "config.toml").write_text(FULL.replace('"Ada"', '"Adah"'))
    assert load_settings(str(tmp_path), str(tmp_path / "cache")).name == "Adah"


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ('x = 1\ndays = "5"', "days", 2),
        ("days = 6", "days", 1),
        ("zoom = 20", "zoom", 1),
        ("[[calendars]]\nsource = 3", "calendars[1].source", 2),
        ('[[source]]\nname = "x"', "source[1]", 1),
        ('[[source]]\npath = "a"\nurl = "https://b"', "source[1]", 1),
        ('[[source]]\nname = "../x"\npath = "a"', "source[1].name", 2),
        ("[[source]]\ncommand = []", "source[1].command", 2),
        ('[[source]]\nname = "x"\npath = "a"\n[[source]]\nname = "x"\npath = "b"', "source[2].name", 5),
        ("[publish]\npath = 3", "publish.path", 2),
        ('emails = "ada@example.org"', "emails", 1),
        ('emails = [\n  "ada"]', "emails[1]", 2),
        ("[keys]\nweek.add = 3", "keys.week.add", 2),
        ('name = "\\u001b]0;x"', "name", 1),
        ('first_run_done = "yes"', "first_run_done", 1),
        ("name = ", "", 1),
    ],
)
def test_a_mistake_is_told_by_file_key_and_line(text: str, key: str, line: int) -> None:
    with pytest.raises(FileError) as told:
        parse_settings(text, file="config.toml")
    (found,) = told.value.problems
    assert (found.file, found.key, found.line) == ("config.toml", key, line)
    assert "config.toml" in told.value.message


def test_a_change_keeps_what_it_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FULL + '\n[from_the_future]\nshape = "round"\n')
    changed = change_settings(str(tmp_path), color_theme="dark", keys={"week.add": "B"}, emails=())
    assert changed.color_theme == "dark"
    assert changed.name == "Ada"
    data = tomllib.loads(path.read_text())
    assert data["from_the_future"] == {"shape": "round"}
    assert data["keys"] == {"week.add": "B"}
    assert load_settings(str(tmp_path)) == changed


def test_calendars_come_and_go(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FULL)
    change_settings(str(tmp_path), sources=(WORK, TEAM))
    tables = tomllib.loads(path.read_text())["source"]
    assert tables == [
        {"path": "~/work.ics", "name": "work"},
        {"name": "team", "url": "https://example.org/secret/team.ics"},
    ]
    assert change_settings(str(tmp_path), sources=()).sources == ()


def test_a_calendar_without_a_name_is_named_after_its_place(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[[source]]\npath = "~/Team cal/"\n[[source]]\ncommand = ["khal-export", "x"]\n'
        '[[source]]\nurl = "https://me:pw@cal.example.org:8443/s/basic.ics"\n'
        '[[calendars]]\nsource = "a.ics"\n'
    )
    found = load_settings(str(tmp_path)).sources
    assert [source.name for source in found] == ["team-cal", "khal-export", "cal-example-org", "a"]
    assert found[1].command == ("khal-export", "x")


def test_the_address_of_a_calendar_is_in_no_cache_and_no_change_loses_it(tmp_path: Path) -> None:
    change_settings(str(tmp_path), sources=(TEAM,))
    for _ in range(2):
        cached = load_settings(str(tmp_path), str(tmp_path / "cache"))
    assert cached.sources == (TEAM._replace(url=""),)
    kept = [path.read_text() for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    assert not any("secret" in text for text in kept)
    change_settings(str(tmp_path), sources=(*cached.sources, HOME), name="Ada")
    assert load_settings(str(tmp_path)).sources == (TEAM, HOME)


def test_the_file_is_made_for_the_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    change_settings(str(folder), name="Ada")
    assert stat.S_IMODE((folder / "config.toml").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.iterdir()] == ["config.toml"]


def test_a_linked_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "mine.toml").write_text('name = "Ada"\n')
    (tmp_path / "config.toml").symlink_to("dotfiles/mine.toml")
    change_settings(str(tmp_path), zoom=60)
    assert (tmp_path / "config.toml").is_symlink()
    assert "zoom = 60" in (tmp_path / "dotfiles" / "mine.toml").read_text()


@pytest.mark.parametrize("text", ["name = ", "days = 6\n"])
def test_a_file_that_is_not_right_is_never_written_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(FileError):
        change_settings(str(tmp_path), name="Ada")
    assert (tmp_path / "config.toml").read_text() == text


def test_a_change_that_is_not_right_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        change_settings(str(tmp_path), zoom=20)
    with pytest.raises(KeyError):
        change_settings(str(tmp_path), zooom=30)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_config_error(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file in the way")
    with pytest.raises(DataError, match="not saved"):
        change_settings(str(tmp_path / "config"), name="Ada")


COMMENTED = """\
# my settings, kept in dotfiles
name = "Ada"  # as in replies
zoom = 15
own_key = "of another program"

[keys]  # muscle memory
# vim
"week.move" = "M"
week.zoom = "Z"  # big

[[source]]
# the shared one
path = "~/work.ics"
name = "work"
"""


@pytest.mark.parametrize(
    ("changes", "line", "instead"),
    [
        ({"zoom": 30}, "zoom = 15", "zoom = 30"),
        ({"name": "Ben"}, 'name = "Ada"  #', 'name = "Ben"  #'),
        ({"keys": {"week.move": "M", "week.zoom": "X"}}, 'week.zoom = "Z"', 'week.zoom = "X"'),
        ({"keys": {"week.zoom": "Z"}}, '"week.move" = "M"\n', ""),
        ({"sources": (WORK,)}, "", ""),
        ({"color_theme": "light"}, "zoom = 15\n", "zoom = 15\n"),
    ],
)
def test_a_change_leaves_every_comment_and_every_other_line(
    tmp_path: Path, changes: dict[str, object], line: str, instead: str
) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(COMMENTED)
    (tmp_path / "config.toml").symlink_to(real)
    change_settings(str(tmp_path), **changes)
    assert (tmp_path / "config.toml").is_symlink()
    left = real.read_text().splitlines()
    assert [one for one in COMMENTED.replace(line, instead, 1).splitlines() if one not in left] == []


def test_calendars_that_stay_keep_what_stands_in_their_table(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(COMMENTED)
    settings = change_settings(str(tmp_path), sources=(HOME, WORK))
    assert settings.sources == (HOME, WORK)
    text = (tmp_path / "config.toml").read_text()
    assert "# the shared one" in text
    change_settings(str(tmp_path), sources=())
    assert load_settings(str(tmp_path)).sources == ()
