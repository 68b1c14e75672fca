"""Three homes on one shared folder, by the command line: what is said, exit codes, the doctor."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, Techlead

At = Callable[..., Answer]


@pytest.fixture
def at(techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> At:
    """`at("a", "sync", now="2026-11-24T10:00")`: the program at home a, by the clock there."""

    def run(home: str, *args: str, now: str = "2026-11-24T10:00") -> Answer:
        config = tmp_path / home / "config"
        if not config.exists():
            config.mkdir(parents=True)
            text = f'[machines]\nfolder = "{tmp_path / "shared"}"\nname = "{home}"\n'
            (config / "config.toml").write_text(text)
        monkeypatch.setenv("TECHLEAD_HOME", str(tmp_path / home))
        monkeypatch.setenv("TECHLEAD_NOW", now)
        return techlead(*args)

    return run


def found(answer: Answer, area: str = "machines") -> list[tuple[str, bool]]:
    return [(one["message"], one["serious"]) for one in answer.json["findings"] if one["area"] == area]


def test_three_homes_agree(at: At) -> None:
    at("a", "log", "45m", "pool fix")
    at("b", "delegate", "runbook", "--to", "ben")
    at("c", "day", "2026-11-25", "leave")
    for home in "abcab":
        answer = at(home, "sync")
        assert (answer.code, answer.err) == (0, "")
    for home in "abc":
        assert [one["summary"] for one in at(home, "sessions", "--json").json["sessions"]] == ["pool fix"]
        assert [one["summary"] for one in at(home, "delegations", "--json").json["delegations"]] == [
            "runbook"
        ]
        assert "leave" in at(home, "week").out


def test_the_json_counts_what_came_and_tells_what_gave_way(at: At) -> None:
    uid = at("a", "add", "wed", "14-16", "pool", "+code", "--json").json["block"]["uid"]
    at("a", "sync")
    first = at("b", "sync", "--json").json["sync"]
    assert (first["added"], first["changed"], first["removed"]) == (1, 0, 0)
    at("a", "edit", uid, "--summary", "early", now="2026-11-24T10:05")
    at("b", "edit", uid, "--summary", "late", now="2026-11-24T10:06")
    at("a", "sync")
    there = at("b", "sync", "--json").json["sync"]
    assert (there["changed"], there["shared"]["sent"], there["dry_run"]) == (0, 1, False)
    (clash,) = there["conflicts"]
    assert clash["kept"] == {"summary": "late"}
    assert (clash["gave_way"], clash["gave_way_from"], clash["kept_from"]) == ({"summary": "early"}, "a", "b")
    back = at("a", "sync")
    assert "“late”: its title, “early” on a, gave way to “late” on b" in back.out
    assert "gave way to “late” on b" in at("a", "history").out
    assert at("a", "history", "--json").json["history"][0]["gave_way"][0]["summary"] == "late"
    assert "gave way to “late” on b" in at("b", "history").out


def test_a_dry_run_shows_and_writes_nothing(at: At, tmp_path: Path) -> None:
    at("a", "log", "45m", "pool fix")
    dry = at("a", "sync", "--dry-run")
    assert "would write to" in dry.out
    assert not (tmp_path / "shared").exists()


def test_undo_of_what_came_reaches_the_other_machine(at: At) -> None:
    at("a", "log", "45m", "pool fix")
    at("a", "sync")
    at("b", "sync")
    assert at("b", "undo").code == 0
    at("b", "sync")
    at("a", "sync")
    assert at("a", "sessions", "--json").json["sessions"] == []


def test_a_folder_that_is_gone_is_5_and_calendars_are_read_all_the_same(at: At, tmp_path: Path) -> None:
    at("a", "log", "45m", "pool fix")
    at("a", "sync")
    shutil.rmtree(tmp_path / "shared")
    answer = at("a", "sync")
    assert answer.code == 5
    assert "is gone" in answer.err
    whole = at("a", "sync", "--json")
    assert whole.code == 5
    assert whole.json["sync"]["shared"]["error"].endswith("is gone")
    assert found(at("a", "doctor", "--json"))[0][0].startswith("is gone")
    assert at("a", "doctor").code == 1


def test_the_doctor_tells_of_files_and_of_clocks_that_are_ahead(at: At, tmp_path: Path) -> None:
    at("a", "log", "45m", "pool fix")
    assert found(at("a", "doctor", "--json")) == [
        ("was not read yet: techlead sync reads and writes it", False)
    ]
    at("a", "sync")
    at("b", "log", "45m", "other", now="2026-11-24T16:00")
    at("b", "sync", now="2026-11-24T16:00")
    at("a", "sync")
    ((message, serious),) = found(at("a", "doctor", "--json"))
    said = message.split(" when")[0].replace("5 h 59 min", "6 h")  # clocks go on while the commands run
    assert (said, serious) == ("the clock of b was 6 h ahead of this one", True)
    (file,) = (tmp_path / "shared").glob("b-*.jsonl")
    data = file.read_bytes()
    file.write_bytes(data[:-9])
    told = found(at("a", "doctor", "--json", now="2026-11-24T17:00"))
    assert told == [("ends in the middle of line 1; waiting for the rest", False)]
    file.write_bytes(data[:-30] + b"x" + data[-29:])
    told = found(at("a", "doctor", "--json", now="2026-11-24T17:00"))
    assert told == [("line 1 is damaged; waiting for what follows", True)]


def test_no_text_of_another_machine_reaches_the_terminal_as_a_control_sequence(
    at: At, tmp_path: Path
) -> None:
    at("a", "log", "45m", "pool fix")
    at("a", "sync")
    at("b", "log", "30m", "x")
    at("b", "sync")
    (file,) = (tmp_path / "shared").glob("b-*.jsonl")
    from techlead_tui.store import journal

    line = json.loads(file.read_text().splitlines()[0])
    line.pop("sum")
    line |= {"name": "\x1b[31mevil\x07", "words": ["\x1b]0;title\x07"]}
    file.write_bytes(journal.summed(json.dumps(line, separators=(",", ":")).encode()[:-1]) + b"\n")
    for command in (("sync",), ("history",), ("doctor",)):
        answer = at("a", *command)
        assert "\x1b" not in answer.out + answer.err
        assert "\x07" not in answer.out + answer.err
    assert "evil" in at("a", "history").out


def test_config_names_folder_and_machine(at: At, tmp_path: Path) -> None:
    at("a", "week")
    config: Any = tmp_path / "a" / "config" / "config.toml"
    config.write_text('[machines]\nfolder = 3\nname = ""\n')
    answer = at("a", "sync")
    assert answer.code == 4
    assert "machines.folder" in answer.err
