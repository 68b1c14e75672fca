from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from techlead_tui.config.paths import Folders, make_folder

VARIABLES = [f"TECHLEAD_{name}" for name in ("HOME", "DATA", "CONFIG", "CACHE")]
VARIABLES += [f"XDG_{name}_HOME" for name in ("DATA", "CONFIG", "CACHE")]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setattr(sys, "platform", "linux")


def now() -> tuple[str, str, str]:
    folders = Folders.of_user()
    return folders.data, folders.config, folders.cache


def test_without_variables_folders_are_where_xdg_has_them() -> None:
    assert now() == (
        "/home/ada/.local/share/techlead",
        "/home/ada/.config/techlead",
        "/home/ada/.cache/techlead",
    )


def test_xdg_variables_are_honoured_and_relative_ones_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert now()[:2] == ("/srv/data/techlead", "/home/ada/.config/techlead")


def test_techlead_home_holds_all_three_and_single_variables_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    monkeypatch.setenv("TECHLEAD_HOME", "/tmp/all")
    monkeypatch.setenv("TECHLEAD_CACHE", "~/fast")
    assert now() == ("/tmp/all/data", "/tmp/all/config", "/home/ada/fast")


def test_a_relative_home_is_made_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHLEAD_HOME", "here")
    assert now()[0] == os.path.abspath("here/data")
    assert Folders.under("here").data == now()[0]


def test_macos_has_its_own_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    support = "/home/ada/Library/Application Support/techlead"
    assert now() == (f"{support}/data", f"{support}/config", "/home/ada/Library/Caches/techlead")


def test_folders_are_made_for_the_user_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        make_folder(str(tmp_path / "a" / "b"))
    finally:
        os.umask(before)
    for folder in ("a", "a/b"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700
    make_folder(str(tmp_path / "a" / "b"))


def test_a_file_where_a_folder_should_be_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(OSError, match="a"):
        make_folder(str(tmp_path / "a"))


@pytest.mark.skipif(os.name == "nt", reason="Windows does not know HOME")
def test_an_empty_home_is_not_the_root_of_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    monkeypatch.setenv("HOME", "")
    assert Folders.of_user().data == f"{pwd.getpwuid(os.getuid()).pw_dir}/.local/share/techlead"
