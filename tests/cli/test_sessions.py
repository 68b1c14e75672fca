"""Logging and looking back: log, sessions, check, now, doctor, demo."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from techlead_tui.cli import answer_cache
from tests.cli.conftest import Techlead


def test_a_session_is_logged_and_listed(techlead: Techlead) -> None:
    answer = techlead("log", "45m", "pool", "fix", "-p", "spike", "--json")
    session = answer.json["session"]
    assert answer.json["ok"] is True
    assert (session["summary"], session["pattern"], session["minutes"]) == ("pool fix", "spike", 45)
    week = session["start"][:10]
    listed = techlead("sessions", week, "--json").json["sessions"]
    assert [found["uid"] for found in listed] == [session["uid"]]
    everything = techlead("sessions", "all", "--json").json
    assert everything["week"] is None
    assert everything["sessions"] == listed


@pytest.mark.parametrize(
    "text",
    ["zq  two  blanks ", "zq first\nsecond\r\nthird\ttab", "zq \x01\x08\x1b[31m\x7f\x85\u2028 end", "NaN"],
)
def test_a_text_comes_back_to_the_letter(techlead: Techlead, text: str) -> None:
    assert techlead("log", "5m", text).code == 0
    assert techlead("sessions", "all", "--json").json["sessions"][0]["summary"] == text
    assert not {"\x1b", "\x01"} & set(techlead("sessions", "all").out)


def test_bytes_that_are_no_text_are_cleaned(techlead: Techlead) -> None:
    assert techlead("log", "5m", "caf\udce9").code == 0
    assert techlead("sessions", "all", "--json").json["sessions"][0]["summary"] == "caf\ufffd"


def test_history_shows_what_was_logged_not_how_it_was_answered(techlead: Techlead) -> None:
    techlead("log", "45m", "--json", "--", "--json")
    assert techlead("history", "--json").json["history"][0]["words"] == ["log", "45m", "--", "--json"]


def test_minutes_of_overlapping_sessions_are_added_up_once(techlead: Techlead) -> None:
    for start in ("10:00", "10:30", "12:00"):
        assert techlead("log", "1h", "pool", "--at", f"2026-11-24 {start}").code == 0
    assert (
        techlead("sessions", "2026-W48").out.splitlines()[-1] == "3 sessions, 2.5 h, each minute counted once"
    )


def test_a_day_alone_means_after_its_last_session(techlead: Techlead) -> None:
    starts = [
        techlead("log", "30m", "x", "--at", "2024-05-06", "--json").json["session"]["start"] for _ in range(3)
    ]
    assert [start[11:16] for start in starts] == ["09:00", "09:30", "10:00"]
    late = techlead("log", "30m", "x", "--at", "2024-05-06", "23:30", "--json").json["session"]
    assert late["end"] == "2024-05-07T00:00:00+00:00"
    assert techlead("log", "30m", "x", "--at", "2024-05-06").code == 0


def test_the_future_is_noted(techlead: Techlead) -> None:
    answer = techlead("log", "30m", "x", "--at", "2099-05-06 10:00")
    assert answer.code == 0
    assert "future" in answer.err


def test_a_session_is_moved_edited_and_taken_out(techlead: Techlead) -> None:
    uid = techlead("log", "30m", "x", "--at", "2024-05-06 10:00", "--json").json["session"]["uid"]
    assert techlead("move", uid, "14:00", "--json").json["session"]["start"] == "2024-05-06T14:00:00+00:00"
    edited = techlead("edit", uid, "y", "-p", "lead", "--json").json["session"]
    assert (edited["summary"], edited["pattern"]) == ("y", "lead")
    assert techlead("done", uid).code == 2
    assert techlead("rm", uid, "--json").json["session"]["uid"] == uid
    assert techlead("sessions", "all", "--json").json["sessions"] == []


def test_repository_and_branch_are_read_from_git(
    techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "billing" / "src"
    inside.mkdir(parents=True)
    git = tmp_path / "billing" / ".git"
    (git / "worktrees" / "pool").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/fix/pool\n")
    (git / "worktrees" / "pool" / "HEAD").write_text("ref: refs/heads/side\n")
    linked = tmp_path / "elsewhere"
    linked.mkdir()
    (linked / ".git").write_text(f"gitdir: {git}/worktrees/pool\n")

    def logged(folder: Path, *more: str) -> tuple[str, str | None]:
        monkeypatch.chdir(folder)
        session = techlead("log", "5m", "x", *more, "--json").json["session"]
        return session["repo"], session["branch"]

    assert logged(inside) == ("billing", "fix/pool")
    assert logged(linked) == ("billing", "side")
    assert logged(inside, "--repo", "other") == ("other", None)
    (git / "HEAD").write_text("0123456789abcdef\n")
    assert logged(inside) == ("billing", None)


def test_the_check_keeps_what_is_confirmed(techlead: Techlead) -> None:
    check = techlead("check", "2025-W10", "--json").json["check"]
    assert [question["id"] for question in check["questions"]] == [
        "code",
        "meetings",
        "depth",
        "team",
        "stress",
    ]
    assert all(question["answer"] is None for question in check["questions"])
    assert (check["score"], check["verdict"]) == (0, "open")
    answers = [word for name in ("code", "meetings", "depth", "team") for word in ("--answer", f"{name}=yes")]
    check = techlead("check", "2025-W10", *answers, "--answer", "stress=frazzled", "--json").json["check"]
    assert (check["score"], check["verdict"]) == (4, "decent")
    assert techlead("check", "2025-W10", "--answer", "team=open", "--json").json["check"]["verdict"] == "open"
    assert [found["week"] for found in techlead("check", "all", "--json").json["checks"]] == ["2025-W10"]
    assert techlead("check", "--answer", "tea=yes").code == 2
    assert techlead("check", "--answer", "team=maybe").code == 2


def test_now_answers_the_same_with_and_without_its_cache(techlead: Techlead, tmp_path: Path) -> None:
    kept = tmp_path / "home" / "cache" / "now.json"
    techlead("log", "5m", "the first one")
    first = techlead("now", "--json")
    assert kept.exists()
    assert techlead("now", "--json") == first
    assert set(first.json["now"]) >= {"block", "ends", "left_minutes", "next", "session", "meetings_percent"}
    made = kept.stat().st_mtime_ns
    assert techlead("now", "--json") == first
    assert kept.stat().st_mtime_ns == made  # answered from it
    techlead("log", "5m", "a session changes no plan")
    assert techlead("now", "--json") == first
    for garbage in ("garbage", "[]", "{}", '{"made_by": 1}', "null"):
        kept.write_text(garbage)
        assert techlead("now", "--json") == first


def test_now_decodes_no_block_but_those_that_it_tells(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = techlead("now", "--json")
    read: list[str] = []
    monkeypatch.setattr(answer_cache, "decode", lambda text: read.append(text) or json.loads(text))
    assert techlead("now", "--json") == first
    assert sum('"planned_minutes"' in text for text in read) <= 2


def test_now_sees_a_plan_change(techlead: Techlead) -> None:
    title = "tabs\tand\\nlines\nand \\ slashes"
    techlead("now")
    assert techlead("add", "now", "30m", title, "+meeting", "--override", "it is").code in (
        0,
        2,
    )  # 2 near midnight
    if techlead("today", "--json").json["blocks"]:
        assert techlead("now", "--json").json["now"]["block"]["summary"] == title
        assert techlead("now", "--json").json["now"]["block"]["summary"] == title
        assert techlead("now", "--format", "{left}|{kind}|{{}}").out.endswith("m|meeting|{}\n")
        assert techlead("undo").code == 0
        assert (techlead("now", "--json").json["now"]["block"] or {}).get("summary") != title


def test_now_notices_another_theme(techlead: Techlead) -> None:
    before = techlead("now", "--json").json["now"]["focus_minutes"]
    techlead("theme", "use", "on-call", "this")
    assert techlead("now", "--json").json["now"]["focus_minutes"] != before


def test_doctor_finds_and_mends_damage(techlead: Techlead, tmp_path: Path) -> None:
    assert techlead("doctor").code == 0
    techlead("log", "5m", "kept")
    journal = tmp_path / "home" / "data" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"seq":')
    assert techlead("doctor", "--json").code == 1
    assert techlead("doctor").code == 1  # nobody at a terminal has agreed
    mended = techlead("doctor", "--yes", "--json")
    assert mended.json["repaired"] is True
    assert [session["summary"] for session in techlead("sessions", "all", "--json").json["sessions"]] == [
        "kept"
    ]
    assert techlead("doctor").code == 0


def test_doctor_works_where_the_settings_are_wrong(techlead: Techlead, tmp_path: Path) -> None:
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("zoom = 'x'\n")
    assert techlead("week").code == 4
    answer = techlead("doctor", "--json")
    assert answer.code == 1
    assert {"file", "message", "area", "serious", "remedy"} == set(answer.json["findings"][0])


def test_backups_are_listed(techlead: Techlead) -> None:
    assert techlead("doctor", "--restore", "--json").json["backups"] == []
    assert techlead("doctor", "--restore", "none.zip").code == 2
    assert techlead("doctor", "--restore", "none.zip", "--yes").code == 2


@pytest.mark.few(0)
def test_the_demo_leaves_nothing_behind(
    techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    answer = techlead("demo")
    assert answer.code == 0
    assert "Connection pool" in answer.out
    assert os.listdir(tmp_path) == []


@pytest.mark.few(0)
def test_the_demo_is_a_believable_quarter(
    techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    assert techlead("demo", "--keep", str(kept), "--json").code == 0
    monkeypatch.setenv("TECHLEAD_HOME", str(kept))
    sessions = techlead("sessions", "all", "--json").json["sessions"]
    assert len(sessions) > 40
    assert {session["pattern"] for session in sessions} >= {"lead", "spike", "refactor", "pair"}
    checks = techlead("check", "all", "--json").json["checks"]
    assert len(checks) >= 11
    assert {check["verdict"] for check in checks} >= {"cracked_it", "drifting", "decent"}
    assert techlead("doctor").code == 0
    history = json.dumps(techlead("history", "--last", "all", "--json").json)
    assert "--override" in history


def test_a_week_as_json_shows_each_change_at_once(techlead: Techlead) -> None:
    techlead("log", "5m", "one", "--at", "2024-05-06 10:00")
    first = techlead("week", "2024-W19", "--json")
    assert techlead("week", "2024-W19", "--json").json == first.json
    techlead("log", "5m", "two", "--at", "2024-05-07 10:00")
    again = techlead("week", "2024-W19", "--json").json
    assert [session["summary"] for session in again["sessions"]] == ["one", "two"]
    techlead("undo")
    assert len(techlead("week", "2024-W19", "--json").json["sessions"]) == 1
    techlead("add", "2024-05-08", "13-14", "pool", "+code")
    assert len(techlead("week", "2024-W19", "--json").json["blocks"]) == 23
    assert techlead("week", "2024-W19", "--jsn").code == 2
    assert techlead("week", "2024-W54", "--json").code == 2
