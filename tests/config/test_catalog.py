from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from techlead_tui.config.catalog import Library
from techlead_tui.config.problems import FileError
from techlead_tui.errors import DataError
from tests.config.texts import SMALL, shipped
from tests.conftest import environment

SHIPPED = ["four-day", "hands-on-30", "maker-week", "no-meeting-wednesday", "on-call", "two-time-zones"]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "config" / "themes").mkdir(parents=True)
    (tmp_path / "config" / "playbook").mkdir()
    return tmp_path / "config"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def library(config: Path, cache: Path) -> Library:
    return Library(str(config), str(cache))


def entry(cache: Path, name: str) -> Path:
    return cache / "compiled" / f"{name}.json"


def test_shipped_themes_are_there_without_any_configuration(tmp_path: Path) -> None:
    bare = library(tmp_path / "none", tmp_path / "cache")
    assert bare.theme_ids() == SHIPPED
    assert bare.theme("maker-week") == shipped("maker-week")
    assert not (tmp_path / "none").exists()


def test_ones_own_theme_is_listed_and_wins_over_a_shipped_one(config: Path, cache: Path) -> None:
    (config / "themes" / "mine.toml").write_text(SMALL)
    (config / "themes" / "on-call.toml").write_text(SMALL.replace("Small", "My pager"))
    (config / "themes" / ".hidden.toml").write_text("no")
    books = library(config, cache)
    assert books.theme_ids() == sorted([*SHIPPED, "mine"])
    assert books.theme("on-call").title == "My pager"
    listed = {theme.id: theme for theme in books.themes()}
    assert listed["on-call"].path == str(config / "themes" / "on-call.toml")
    assert [theme.id for theme in listed.values() if not theme.shipped] == ["mine", "on-call"]
    assert listed["mine"].title == "Small"


def test_a_wrong_theme_is_listed_with_its_problems_and_spoils_no_other(config: Path, cache: Path) -> None:
    (config / "themes" / "mine.toml").write_text("title = 3")
    (config / "themes" / "Two Words.toml").write_text(SMALL)
    (config / "themes" / "latin.toml").write_bytes('title = "Büro"'.encode("latin-1"))
    (config / "themes" / "folder.toml").mkdir()
    books = library(config, cache)
    wrong = {theme.id: theme.problems for theme in books.themes() if theme.problems}
    assert sorted(wrong) == ["Two Words", "folder", "latin", "mine"]
    assert wrong["mine"][0].line == 1
    assert "UTF-8" in wrong["latin"][0].message
    with pytest.raises(FileError):
        books.theme("mine")


@pytest.mark.parametrize(
    "theme_id", ["maker-wek", "../maker-week", "/etc/passwd", "", ".", "x\0y", "\x1b[2J"]
)
def test_an_unknown_id_is_a_config_error(theme_id: str, config: Path, cache: Path) -> None:
    with pytest.raises(DataError) as told:
        library(config, cache).theme(theme_id)
    assert "techlead themes" in told.value.hint
    assert told.value.message.isprintable()
    if theme_id == "maker-wek":
        assert "did you mean maker-week?" in told.value.hint


def test_a_file_is_checked_wherever_it_lies(tmp_path: Path, config: Path, cache: Path) -> None:
    good, wrong = tmp_path / "good.toml", tmp_path / "wrong.toml"
    good.write_text(SMALL)
    wrong.write_text(SMALL.replace('"deep"', '"x"'))
    books = library(config, cache)
    assert books.check_file(str(good)) == ()
    (found,) = books.check_file(str(wrong))
    assert (found.file, found.key, found.line) == (str(wrong), "day.tue.tone", 7)
    with pytest.raises(DataError, match="no such file"):
        books.check_file(str(tmp_path / "none.toml"))


def test_a_changed_file_is_noticed_by_a_running_and_by_a_new_process(config: Path, cache: Path) -> None:
    path = config / "themes" / "mine.toml"
    path.write_text(SMALL)
    books = library(config, cache)
    assert books.theme("mine").title == "Small"
    assert books.theme("mine") is books.theme("mine")
    path.write_text(SMALL.replace("Small", "Smalls"))
    assert books.theme("mine").title == "Smalls"
    assert library(config, cache).theme("mine").title == "Smalls"


def test_ones_own_types_are_merged_and_a_change_reaches_themes(config: Path, cache: Path) -> None:
    (config / "themes" / "mine.toml").write_text(SMALL.replace("ad-hoc", "guild"))
    books = library(config, cache)
    with pytest.raises(FileError):
        books.theme("mine")
    own = config / "playbook" / "types.toml"
    own.write_text('[guild]\ntitle = "Guild"\nkind = "window"\n')
    assert books.theme("mine").boxes[1].type == "guild"
    assert books.types()["guild"].title == "Guild"
    own.write_text("[guild]\n")
    with pytest.raises(FileError):
        books.types()


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"null\n0\nnull", b"\n\n", b"[]\n0\n[]", b"\xff\xfe\n1\n{}", b"[" * 100_000],
)
def test_a_damaged_cache_is_as_none(damage: bytes, config: Path, cache: Path) -> None:
    library(config, cache).theme("maker-week")
    for name in ("types", "theme-maker-week"):
        entry(cache, name).write_bytes(damage)
    assert library(config, cache).theme("maker-week") == shipped("maker-week")


def test_a_flipped_byte_in_the_cache_is_noticed(config: Path, cache: Path) -> None:
    library(config, cache).theme("maker-week")
    kept = entry(cache, "theme-maker-week")
    kept.write_bytes(kept.read_bytes().replace(b"Catch-up", b"Catch-uq"))
    assert library(config, cache).theme("maker-week") == shipped("maker-week")


def test_a_cache_that_cannot_be_written_is_done_without(config: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    assert library(config, tmp_path / "cache").theme("maker-week") == shipped("maker-week")


def test_the_cache_is_for_the_user_alone_and_leaves_nothing_beside(config: Path, cache: Path) -> None:
    library(config, cache).theme("maker-week")
    kept = sorted(path.name for path in (cache / "compiled").iterdir())
    assert kept == ["theme-maker-week.json", "types.json"]
    assert stat.S_IMODE(entry(cache, "types").stat().st_mode) == 0o600


@pytest.mark.process
def test_a_warm_start_imports_no_toml_and_nothing_dear(config: Path, cache: Path) -> None:
    code = (
        "import sys; from techlead_tui.config.catalog import Library;"
        "theme = Library(sys.argv[1], sys.argv[2]).theme('maker-week');"
        "dear = {'tomllib', 'dataclasses', 'zoneinfo', 'pathlib', 'difflib', 'importlib.resources'};"
        "print(theme.title, sorted(dear & set(sys.modules)))"
    )
    said = [
        subprocess.run(
            [sys.executable, "-S", "-c", code, str(config), str(cache)],
            env=environment(),
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert said[1] == "Maker week []"
