"""Hold which way a text goes to the clipboard, with commands of the test's own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from techlead_tui.hooks.clipboard import copy, said, ways
from tests.conftest import environment

TEXT = "Grüße, [b]Ana[/b] 👩‍💻\n- ‏مرحبا $(touch x) `y`"


def program(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!{sys.executable}\nimport sys, time\n{body}\n")
    path.chmod(0o755)


def keeper(folder: Path, name: str) -> Path:
    """Put a command there that keeps what it is given in a file."""
    target = folder / f"{name}.got"
    body = f"open({str(target)!r}, 'wb').write(sys.stdin.buffer.read() + ' '.join(sys.argv[1:]).encode())"
    program(folder, name, body)
    return target


def where(folder: Path, **more: str) -> dict[str, str]:
    return environment(PATH=str(folder)) | more


@pytest.mark.process
def test_the_text_reaches_the_command_as_it_is(tmp_path: Path) -> None:
    got = keeper(tmp_path, "wl-copy")
    assert copy(TEXT, environ=where(tmp_path, WAYLAND_DISPLAY="wayland-0")) == "wl-copy"
    assert got.read_bytes().decode() == TEXT


@pytest.mark.process
def test_a_command_that_fails_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path, "wl-copy", "sys.exit(1)")
    got = keeper(tmp_path, "xclip")
    assert copy(TEXT, environ=where(tmp_path, WAYLAND_DISPLAY="x", DISPLAY=":0")) == "xclip"
    assert got.read_bytes().decode() == TEXT + "-selection clipboard"


@pytest.mark.process
def test_a_command_that_hangs_is_given_up(tmp_path: Path) -> None:
    program(tmp_path, "xclip", "time.sleep(60)")
    keeper(tmp_path, "tmux")
    assert copy(TEXT, environ=where(tmp_path, DISPLAY=":0", TMUX="x"), patience=0.3) == "tmux"


@pytest.mark.process
def test_windows_is_given_its_own_encoding(tmp_path: Path) -> None:
    got = keeper(tmp_path, "clip.exe")
    assert copy(TEXT, environ=where(tmp_path)) == "clip.exe"
    assert got.read_bytes().decode("utf-16") == TEXT


def test_the_terminal_is_asked_last_and_without_it_nothing_is_copied(tmp_path: Path) -> None:
    asked: list[str] = []
    assert copy(TEXT, asked.append, where(tmp_path, TMUX="x")) == "the terminal"
    assert asked == [TEXT]
    assert copy(TEXT, environ=where(tmp_path)) is None


def test_from_afar_only_what_reaches_the_terminals_machine_is_tried() -> None:
    near = {"WAYLAND_DISPLAY": "x", "TMUX": "x"}
    assert [way.name for way in ways(near, "linux")] == ["wl-copy", "clip.exe", "tmux"]
    assert [way.name for way in ways(near | {"SSH_CONNECTION": "x"}, "linux")] == ["tmux"]
    assert [way.name for way in ways({"SSH_TTY": "x"}, "darwin")] == []
    assert [way.name for way in ways({}, "darwin")] == ["pbcopy", "clip.exe"]


def test_each_way_is_told() -> None:
    assert said("xclip") == "copied, by xclip"
    assert "select the text" in said("the terminal")
    assert "select the text" in said(None)
