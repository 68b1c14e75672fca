from __future__ import annotations

import stat
from pathlib import Path

import pytest

from techlead_tui.config.library import Library
from techlead_tui.config.problems import FileError
from techlead_tui.config.starter import new_theme
from techlead_tui.errors import DataError
from tests.config.texts import shipped


def start(tmp_path: Path, theme_id: str, source: str = "maker-week") -> Path:
    books = Library(str(tmp_path), str(tmp_path / "cache"))
    return Path(new_theme(books, str(tmp_path), theme_id, source))


@pytest.mark.parametrize("source", ["maker-week", "on-call"])
def test_a_copy_is_the_same_week_with_its_own_name_and_its_comments(tmp_path: Path, source: str) -> None:
    path = start(tmp_path, "my-week", source)
    assert path == tmp_path / "themes" / "my-week.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    mine = Library(str(tmp_path), str(tmp_path / "cache")).theme("my-week")
    assert mine == shipped(source)._replace(id="my-week", title="My week")
    text = path.read_text()
    assert text.startswith("# My week: your own week theme")
    assert "# --- Time boxes" in text


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    path = start(tmp_path, "my-week")
    path.write_text("mine")
    with pytest.raises(DataError, match="already"):
        start(tmp_path, "my-week")
    assert path.read_text() == "mine"
    with pytest.raises(DataError, match="already"):
        start(tmp_path, "on-call")


@pytest.mark.parametrize("theme_id", ["", "My week", "../x", "a--b", "a_b", "ä"])
def test_an_id_that_cannot_be_one_is_refused(tmp_path: Path, theme_id: str) -> None:
    with pytest.raises(DataError, match="cannot be the id"):
        start(tmp_path, theme_id)


def test_a_source_that_is_unknown_or_wrong_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as told:
        start(tmp_path, "my-week", "oncall")
    assert "on-call" in told.value.hint
    start(tmp_path, "wrong").write_text("title = 3")
    with pytest.raises(FileError):
        start(tmp_path, "my-week", "wrong")
