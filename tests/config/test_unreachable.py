"""Configuration that is there and cannot be reached is an error that names it, never "none"."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from techlead_tui.config.catalog import Library
from techlead_tui.config.compiled import settings
from techlead_tui.config.playbook import load_playbook
from techlead_tui.config.settings_cache import load_settings
from techlead_tui.errors import DataError
from techlead_tui.evidence.checkout import checkout
from techlead_tui.evidence.identity import identity


def test_a_link_that_leads_nowhere_is_no_missing_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").symlink_to(tmp_path / "not mounted")
    with pytest.raises(DataError, match=r"config\.toml"):
        load_settings(str(tmp_path))


def test_a_loop_of_links_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").symlink_to(tmp_path / "config.toml")
    with pytest.raises(DataError, match=r"config\.toml"):
        load_settings(str(tmp_path))


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    with pytest.raises(DataError, match="not a directory"):
        load_settings(str(tmp_path / "config"))
    with pytest.raises(DataError, match="not a directory"):
        Library(str(tmp_path / "config"), str(tmp_path)).theme_ids()


def test_a_theme_that_is_a_dangling_link_is_listed_as_unusable(tmp_path: Path) -> None:
    themes = tmp_path / "themes"
    themes.mkdir()
    (themes / "mine.toml").symlink_to(themes / "gone.toml")
    library = Library(str(tmp_path), str(tmp_path / "cache"))
    (listed,) = [theme for theme in library.themes() if theme.id == "mine"]
    assert listed.problems
    assert "maker-week" in {theme.id for theme in library.usable_themes()}


def test_a_folder_that_is_a_link_to_nowhere_is_not_taken_for_none(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.symlink_to(tmp_path / "not mounted")
    assert settings(str(config), str(tmp_path)) is None  # so it is read, and not taken from the cache
    for read in (load_settings, lambda at: Library(at, str(tmp_path)).theme_ids()):
        with pytest.raises(DataError, match="leads nowhere"):
            read(str(config))
    config.unlink()
    config.mkdir()
    (config / "playbook").symlink_to(tmp_path / "not mounted")
    with pytest.raises(DataError, match="leads nowhere"):
        load_playbook(str(config), str(tmp_path))
    with pytest.raises(DataError, match="leads nowhere"):
        Library(str(config), str(tmp_path)).types()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
@pytest.mark.parametrize("name", ["config.toml", "playbook/types.toml", "themes/maker-week.toml"])
def test_a_pipe_is_refused_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / name)
    library = Library(str(tmp_path), str(tmp_path / "cache"))
    with pytest.raises(DataError, match="not a file"):
        load_settings(str(tmp_path)), library.types(), library.theme("maker-week")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_pipes_and_nul_bytes_in_a_checkout_are_no_branch(tmp_path: Path) -> None:
    (tmp_path / "a" / ".git").mkdir(parents=True)
    os.mkfifo(tmp_path / "a" / ".git" / "HEAD")
    assert checkout(str(tmp_path / "a")) == ("a", None)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / ".git").write_bytes(b"gitdir: a\0b")
    assert checkout(str(tmp_path / "b")) == ("b", None)
    os.mkfifo(tmp_path / ".gitconfig")
    assert identity(str(tmp_path)) == ("", "")
