"""Completion as the shells do it: their own code runs the scripts."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from techlead_tui.cli.completions import SCRIPTS as SOURCES

pytestmark = pytest.mark.process
PROGRAM = f'techlead() {{ "{sys.executable}" -m techlead_tui "$@"; }}\n'
BASH = (
    PROGRAM
    + SOURCES["bash"]
    + """
offered() { COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; _techlead; echo "${COMPREPLY[@]}"; }
"""
)
ZSH = (
    PROGRAM
    + "compdef() { : }\n"
    + SOURCES["zsh"]
    + """
_describe() { print -r -- ${${(P)2}%%:*} }
_files() { : }
offered() { words=("$@"); CURRENT=$#; _techlead }
"""
)
FISH = (
    f'function techlead; "{sys.executable}" -m techlead_tui $argv; end\n'
    + SOURCES["fish"]
    + """
function offered; string join -- ' ' (complete -C "$argv" | cut -f1); end
"""
)
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


@pytest.mark.parametrize("shell", SCRIPTS)
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("techlead", "hist"), "history"),
        (("techlead", "day", "lea"), "leave"),
        (("techlead", "log", "-p", "sp"), "spike"),
        (("techlead", "add", "--over"), "--override"),
        (("techlead", "theme", "use", "on"), "on-call"),
        (("techlead", "add", "wed", "+stat"), "+status"),
        (("techlead", "rm", "em-"), "em-1-1"),
        (("techlead", "move", "em-1-1", "tom"), "tomorrow"),
    ],
)
@pytest.mark.few(2)
def test_tab_completes(environment: dict[str, str], shell: str, words: tuple[str, ...], wanted: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    call = f"{SCRIPTS[shell]}\noffered {' '.join(words)}\n"
    done = subprocess.run([shell, "-c", call], env=environment, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == [wanted], done.stderr
