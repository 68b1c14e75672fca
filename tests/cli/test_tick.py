"""`techlead tick` says what ran and what failed; config.toml and doctor say what is wrong with commands."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Techlead

GOOD = f'command = ["{sys.executable}", "-c", "import sys; sys.stdin.read()"]'
BAD = f"""command = ["{sys.executable}", "-c", "import sys; sys.exit('\\\\u001b[31mno [b]net[/b]')"]"""


def configured(tmp_path: Path, *tables: str) -> None:
    folder = tmp_path / "home" / "config"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text("\n".join(f"[[hooks]]\n{table}" for table in tables))


@pytest.mark.process
def test_what_is_due_is_run_and_told(
    techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured(tmp_path, f'on = "focus-start"\n{GOOD}', f'on = "meeting-end"\n{BAD}')
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-23T10:58")
    assert techlead("tick").out == ""
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-23T11:00")
    done = techlead("tick", "--json")
    assert done.code == 1
    good, bad = done.json["ran"]
    assert (good["event"], good["error"], good["input"]["left_minutes"]) == ("focus-start", None, 60)
    assert (bad["event"], bad["error"]) == (
        "meeting-end",
        f"{sys.executable} ended with 1: [31mno [b]net[/b]",
    )
    again = techlead("tick", "--json")
    assert (again.code, again.json["ran"]) == (0, [])
    found = techlead("doctor", "--json").json["findings"]
    assert ["hooks[2].command: failed at meeting-end" in one["message"] for one in found] == [True]


@pytest.mark.process
def test_an_event_is_tried(techlead: Techlead, tmp_path: Path) -> None:
    configured(tmp_path, f'on = "focus-start"\n{GOOD}')
    tried = techlead("tick", "--try", "focus-start")
    assert (tried.code, tried.out) == (0, f"focus-start: {sys.executable}\n")
    assert "has no command for friday" in techlead("tick", "--try", "friday").err
    wrong = techlead("tick", "--try", "focus")
    assert wrong.code == 2
    assert "did you mean focus-start?" in wrong.err


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('command = ["x"]', "config.toml:1: hooks[1]: does not say when"),
        ('on = "focus-start"', "config.toml:1: hooks[1]: has no command"),
        ('on = "focus-strat"\ncommand = ["x"]', 'config.toml:2: hooks[1].on: "focus-strat" is not known'),
        ('on = "friday"\ncommand = "x y"', "config.toml:3: hooks[1].command: is the text"),
        ('on = "friday"\ncommand = []', "config.toml:1: hooks[1]: has no command"),
        ('on = "friday"\ncommand = ["x", "a\\u001b[31m"]', "holds a control character"),
        ('on = "friday"\ncommand = ["x"]\nseconds = 3600', "hooks[1].seconds: 3600 is out of range"),
    ],
)
@pytest.mark.few(3)
def test_a_table_that_is_wrong_is_named(techlead: Techlead, tmp_path: Path, table: str, said: str) -> None:
    configured(tmp_path, table)
    told = techlead("tick")
    assert told.code == 4
    assert said in told.err
    assert techlead("doctor").code == 1


def test_a_program_that_is_not_there_is_found_by_doctor(techlead: Techlead, tmp_path: Path) -> None:
    configured(tmp_path, 'on = "friday"\ncommand = ["nonesuch"]')
    told = techlead("doctor")
    assert told.code == 1
    assert "hooks[1].command: there is no program “nonesuch”" in told.out
