"""A running session from the shell: start, stop, pause, and one that was forgotten."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from techlead_tui.cli import overdue
from tests.cli.conftest import Answer, Techlead
from tests.conftest import environment

At = Callable[..., Answer]


@pytest.fixture
def at(techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> At:
    """`at("24T09:15", "start", "pool")`: a call at a moment of November 2026."""

    def run(when: str, *args: str) -> Answer:
        monkeypatch.setenv("TECHLEAD_NOW", f"2026-11-{when}")
        return techlead(*args)

    return run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Somebody at a terminal who gives one answer."""

    def answers(text: str) -> None:
        monkeypatch.setattr(overdue, "asks", lambda _json: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text + "\n"))

    return answers


def listed(at: At, when: str = "24T18:00") -> list[tuple[str, str, str]]:
    found = at(when, "sessions", "all", "--json").json["sessions"]
    return [(one["summary"], one["start"][8:16], (one["end"] or "")[8:16]) for one in found]


class TestOneSession:
    def test_it_is_started_shown_and_stopped(self, at: At) -> None:
        session = at("24T09:15", "start", "pool fix", "--json").json["session"]
        assert (session["summary"], session["status"], session["end"]) == ("pool fix", "running", None)
        assert (session["block"], session["block_ends"][11:16]) == ("tue-morning@2026-11-24", "12:00")
        seen = at("24T10:10:59", "now", "--json").json["now"]["session"]
        assert seen == {**session, "minutes": 55}
        stopped = at("24T10:10:59", "stop", "--json").json["session"]
        assert stopped["uid"] == session["uid"]
        assert (stopped["minutes"], stopped["status"]) == (55, "done")
        assert at("24T10:11", "now", "--json").json["now"]["session"] is None

    def test_a_status_bar_shows_it(self, at: At) -> None:
        at("24T09:15", "start", "pool fix")
        assert at("24T10:10", "now").out.strip().endswith("; ▶ pool fix 0:55")
        assert at("24T10:10", "now", "--format", "{session} {elapsed}").out == "pool fix 0:55\n"
        at("24T10:11", "stop", "--pause")
        assert at("24T10:30", "now").out.strip().endswith("; paused: pool fix 0:56")
        assert at("24T10:30", "now", "--format", "[{session}]").out == "[]\n"

    def test_the_answer_of_now_is_kept_over_start_log_and_stop(
        self, at: At, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        at("24T09:15", "now")
        monkeypatch.setattr("techlead_tui.cli.answer_cache.make", lambda *_: pytest.fail("made anew"))
        for call in (
            ("start", "x"),
            ("now",),
            ("log", "5m", "y"),
            ("stop",),
            ("start", "z"),
            ("now", "--json"),
        ):
            assert at("24T09:20", *call).code == 0
        assert at("24T09:21", "now", "--json").json["now"]["session"]["summary"] == "z"

    def test_one_that_ends_at_once_lasts_a_minute(self, at: At) -> None:
        at("24T09:15:10", "start", "x")
        assert at("24T09:15:40", "stop", "--json").json["session"]["minutes"] == 1

    def test_nothing_is_running(self, at: At) -> None:
        answer = at("24T09:15", "stop", "--json")
        assert (answer.code, answer.out) == (2, "")
        assert "nothing is running" in answer.err
        assert at("24T09:15", "start", "--resume").code == 2

    def test_a_result_is_kept(self, at: At) -> None:
        at("24T09:15", "start", "x", "--result", "measured")
        assert at("24T09:20", "stop", "--json").json["session"]["result"] == "measured"
        at("24T09:25", "start", "x")
        uid = at("24T09:30", "stop", "--result", "found it", "--json").json["session"]["uid"]
        assert (
            at("24T09:30", "log", "5m", "x", "--result", "logged", "--json").json["session"]["result"]
            == "logged"
        )
        assert (
            at("24T09:30", "edit", uid, "--result", "mended", "--json").json["session"]["result"] == "mended"
        )
        assert at("24T09:30", "edit", uid, "--no-result", "--json").json["session"]["result"] is None
        assert at("24T09:31", "find", "measured", "--json").json["sessions"][0]["result"] == "measured"

    def test_it_began_a_while_ago(self, at: At) -> None:
        answer = at("24T09:40", "start", "pool", "--at", "25m", "ago", "--json").json["session"]
        assert answer["start"][11:16] == "09:15"
        assert at("24T09:40", "stop", "--at", "-5m", "--json").json["session"]["minutes"] == 20

    @pytest.mark.parametrize(
        ("call", "says"),
        [
            (("start", "x", "--at", "10:00"), "ago"),
            (("start", "x", "--at", "tue"), "no time of the day"),
            (("start", "x", "-p", "foo"), "known are"),
            (("start", "--resume", "x"), "as it was"),
            (("start", "x", "--block", "nope"), "nothing has the id"),
            (("start", "x", "--block", "em-1-1"), "is over"),
            (("stop", "x"), "--result"),
            (("stop", "--drop", "--pause"), "logs nothing"),
            (("stop", "--at", "soon"), "not a time"),
        ],
    )
    def test_words_that_make_no_sense(self, at: At, call: tuple[str, ...], says: str) -> None:
        if call[0] == "stop":
            at("24T09:15", "start", "y")
        answer = at("24T09:40", *call)
        assert (answer.code, answer.out) == (2, "")
        assert says in answer.err

    def test_undo_takes_start_and_stop_back(self, at: At) -> None:
        at("24T09:15", "start", "pool")
        at("24T10:15", "stop")
        at("24T10:16", "undo")
        assert listed(at, "24T10:20") == [("pool", "24T09:15", "")]
        at("24T10:16", "undo")
        assert listed(at) == []
        at("24T10:16", "redo")
        at("24T10:17", "redo")
        assert listed(at) == [("pool", "24T09:15", "24T10:15")]
        words = [entry["words"] for entry in at("24T10:17", "history", "--json").json["history"]][-2:]
        assert words == [["stop"], ["start", "pool"]]
        assert "stop pool\n" in at("24T10:17", "history").out

    def test_repository_block_and_pattern_are_found_and_overridden(
        self, at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "billing" / ".git").mkdir(parents=True)
        (tmp_path / "billing" / ".git" / "HEAD").write_text("ref: refs/heads/fix/pool\n")
        monkeypatch.chdir(tmp_path / "billing")
        at("24T09:00", "log", "5m", "stalls", "-p", "spike")
        answer = at("24T09:15", "start", "--json").json
        session = answer["session"]
        told = [session[name] for name in ("summary", "repo", "branch", "pattern", "block")]
        assert told == ["stalls", "billing", "fix/pool", "spike", "tue-morning@2026-11-24"]
        assert answer["inferred"] == ["repo", "branch", "summary", "pattern", "block"]
        at("24T09:20", "stop")
        call = ("start", "x", "--repo", "", "-p", "none", "--block", "none", "--json")
        session = at("24T09:20", *call).json["session"]
        assert [session[name] for name in ("repo", "branch", "pattern", "block")] == [None] * 4
        at("24T09:21", "stop")
        session = at("24T09:22", "start", "--block", "tue-afternoon", "--json").json["session"]
        assert (session["block"], session["block_ends"][11:16]) == ("tue-afternoon@2026-11-24", "16:00")

    def test_an_own_block_says_what_it_is_about(self, at: At) -> None:
        at("23T09:00", "add", "2026-11-24", "9-10", "connection pool", "+review")
        session = at("24T09:15", "start", "--json").json["session"]
        assert (session["summary"], session["pattern"]) == ("connection pool", "review")
        assert session["block_ends"][11:16] == "10:00"


class TestBreaks:
    def test_a_pause_goes_on_as_it_was(self, at: At) -> None:
        at("24T09:15", "start", "pool", "-p", "lead")
        paused = at("24T09:40", "stop", "--pause", "--json").json["session"]
        assert (paused["status"], paused["minutes"]) == ("paused", 25)
        assert at("24T09:41", "stop", "--pause").code == 2
        again = at("24T09:50", "start", "--resume", "--json").json["session"]
        assert (again["summary"], again["pattern"], again["start"][11:16]) == ("pool", "lead", "09:50")
        assert again["uid"] != paused["uid"]
        at("24T10:00", "stop")
        assert listed(at) == [("pool", "24T09:15", "24T09:40"), ("pool", "24T09:50", "24T10:00")]

    def test_nobody_waits_for_the_end_of_yesterdays_pause(self, at: At) -> None:
        at("24T09:15", "start", "pool")
        at("24T09:40", "stop", "--pause")
        assert at("24T18:00", "now", "--json").json["now"]["session"]["status"] == "paused"
        assert at("25T09:00", "now", "--json").json["now"]["session"] is None
        assert at("25T09:00", "start", "--resume", "--json").json["session"]["summary"] == "pool"

    def test_a_pause_ends_by_stop_or_by_another_session(self, at: At) -> None:
        for ends in (("stop",), ("start", "other")):
            at("24T09:15", "start", "pool")
            at("24T09:40", "stop", "--pause")
            assert at("24T09:50", *ends).code == 0
            at("24T09:55", "stop")
            assert at("24T09:56", "now", "--json").json["now"]["session"] is None
        assert [one[0] for one in listed(at)] == ["pool", "pool", "other"]

    def test_without_a_pause_the_last_session_goes_on(self, at: At) -> None:
        at("24T09:15", "log", "5m", "pool", "-p", "lead")
        again = at("24T09:50", "start", "--resume", "--json").json["session"]
        assert (again["summary"], again["pattern"]) == ("pool", "lead")


class TestForgotten:
    @pytest.mark.parametrize("when", ["24T14:00", "25T09:00", "30T09:00"])
    def test_it_is_asked_about_and_goes_on_where_nobody_answers(self, at: At, when: str) -> None:
        at("24T09:15", "start", "pool fix")
        answer = at(when, "stop", "--json")
        assert (answer.code, answer.out) == (2, "")
        assert "Deep work, ended at 12:00" in answer.err
        calls = [line.removeprefix("hint: ") for line in answer.err.splitlines() if " stop --at " in line]
        assert len(calls) == 2
        assert at(when, "now", "--json").json["now"]["session"]["status"] == "running"
        stopped = at(when, *shlex.split(calls[0])[1:], "--json").json["session"]
        assert (stopped["end"][:16], stopped["minutes"]) == ("2026-11-24T12:00", 165)

    def test_the_second_call_ends_it_now(self, at: At) -> None:
        at("24T09:15", "start", "pool fix")
        calls = [line for line in at("24T14:00", "stop").err.splitlines() if " stop --at " in line]
        assert at("24T14:00", *shlex.split(calls[1].removeprefix("hint: "))[1:]).code == 0
        assert listed(at) == [("pool fix", "24T09:15", "24T14:00")]

    def test_at_now_says_that_it_went_on(self, at: At) -> None:
        at("24T09:15", "start", "pool fix")
        assert at("24T14:00", "stop", "--at", "now", "--json").json["session"]["minutes"] == 285

    @pytest.mark.parametrize(
        ("answer", "end"), [("b", "24T12:00"), ("c", "24T11:42"), ("n", "24T14:00"), ("d", None), ("", "")]
    )
    @pytest.mark.few(2)
    def test_at_a_terminal_it_asks_once(
        self,
        at: At,
        asked: Callable[[str], None],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        answer: str,
        end: str | None,
    ) -> None:
        logs = tmp_path / "repo" / ".git" / "logs"
        logs.mkdir(parents=True)
        committed = int(time.mktime((2026, 11, 24, 11, 42, 0, 0, 0, -1)))
        (logs / "HEAD").write_text(f"{'0' * 40} {'1' * 40} Ana <a@x> {committed} +0000\tcommit: pool\n")
        (logs.parent / "HEAD").write_text("ref: refs/heads/main\n")
        monkeypatch.chdir(tmp_path / "repo")
        at("24T09:15", "start", "pool fix")
        asked(answer)
        said = at("24T14:00", "stop")
        assert "11:42, the last commit" in said.err
        assert said.code == (2 if end == "" else 0)
        assert listed(at) == ([] if end is None else [("pool fix", "24T09:15", end)])

    def test_a_block_that_was_made_longer_meanwhile_goes_on(self, at: At) -> None:
        uid = at("23T09:00", "add", "2026-11-24", "9-10", "pool", "+code", "--json").json["block"]["uid"]
        at("24T09:15", "start")
        at("24T09:50", "move", uid, "9-11:30")
        assert at("24T11:00", "stop").code == 0

    def test_a_few_minutes_over_are_no_question(self, at: At) -> None:
        at("24T11:15", "start", "pool")
        assert at("24T12:04", "stop", "--json").json["session"]["minutes"] == 49

    def test_without_a_block_the_working_day_ends_it(self, at: At) -> None:
        at("24T12:10", "start", "pool", "--block", "none")
        answer = at("25T09:00", "stop")
        assert "techlead stop --at '2026-11-24 17:00'" in answer.err

    def test_it_counts_up_to_its_block_on_the_days_after(self, at: At) -> None:
        at("24T09:15", "start", "pool")
        week = at("26T09:00", "week", "--json").json
        assert (week["logged_minutes"], week["done_minutes"]["hands_on"]) == (165, 165)
        assert week["sessions"][0]["end"] is None
        assert "1 session, 2 h 45 min" in at("26T09:00", "sessions").out
        assert at("26T09:00", "check", "--json").code == 0

    def test_dropping_it_logs_nothing(self, at: At) -> None:
        at("24T09:15", "start", "pool")
        assert at("26T09:00", "stop", "--drop", "--json").json["session"]["status"] == "running"
        assert listed(at, "26T09:01") == []


class TestInTheWay:
    def test_a_second_start_is_told_what_runs(self, at: At) -> None:
        at("24T09:15", "start", "pool")
        answer = at("24T09:20", "start", "other")
        assert (answer.code, answer.out) == (2, "")
        assert "“pool” has been running since 09:15" in answer.err
        assert "techlead stop" in answer.err

    @pytest.mark.parametrize(
        ("answer", "sessions"),
        [
            ("e", [("pool", "24T09:15", "24T09:40"), ("other", "24T09:40", "")]),
            ("d", [("other", "24T09:40", "")]),
            ("x", [("pool", "24T09:15", "")]),
        ],
    )
    def test_at_a_terminal_it_may_end_the_one_that_runs(
        self, at: At, asked: Callable[[str], None], answer: str, sessions: list[Any]
    ) -> None:
        at("24T09:15", "start", "pool")
        asked(answer)
        assert at("24T09:40", "start", "other").code == (2 if answer == "x" else 0)
        assert listed(at, "24T09:41") == sessions
        if answer == "e":
            at("24T09:41", "undo")
            assert listed(at, "24T09:41") == [("pool", "24T09:15", "")]

    @pytest.mark.process
    @pytest.mark.few(1)
    def test_of_two_starts_at_once_one_runs_and_the_other_is_told(self, tmp_path: Path) -> None:
        env = environment(TECHLEAD_HOME=str(tmp_path), TECHLEAD_NOW="2026-11-24T09:15")
        calls = [
            subprocess.Popen(
                [sys.executable, "-m", "techlead_tui", "start", f"s{number}", "--json"],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for number in range(4)
        ]
        said = [(*call.communicate(timeout=60), call.returncode) for call in calls]
        assert sorted(code for _, _, code in said) == [0, 2, 2, 2]
        winner = next(json.loads(out)["session"]["summary"] for out, _, code in said if code == 0)
        assert all(f"“{winner}” has been running" in err for _, err, code in said if code == 2)


class TestTime:
    def test_a_clock_that_was_set_back(self, at: At) -> None:
        uid = at("24T10:00", "start", "pool", "--json").json["session"]["uid"]
        answer = at("24T09:40", "stop")
        assert answer.code == 2
        assert "in the future" in answer.err
        assert at("24T09:40", "now", "--json").json["now"]["session"]["minutes"] == 0
        at("24T09:40", "edit", uid, "--start", "2026-11-24T09:30:00+00:00")
        assert at("24T09:40", "stop", "--json").json["session"]["minutes"] == 10

    def test_an_end_before_the_start_is_refused(self, at: At) -> None:
        at("24T10:00", "start", "pool")
        assert "not before" in at("24T10:30", "stop", "--at", "9:50").err
        assert "in the future" in at("24T10:30", "stop", "--at", "2026-11-24 11:00").err

    def test_over_midnight_it_is_one_session_of_the_day_it_began(self, at: At) -> None:
        at("24T23:30", "start", "fire")
        assert at("25T00:05", "now", "--json").json["now"]["session"]["minutes"] == 35
        assert at("25T00:10", "stop", "--json").json["session"]["minutes"] == 40
        assert listed(at, "25T09:00") == [("fire", "24T23:30", "25T00:10")]

    def test_the_first_write_of_a_week_keeps_the_weeks_before(self, at: At) -> None:
        at("20T16:50", "start", "pool", "--block", "none")
        assert at("23T09:00", "stop", "--at", "2026-11-20 17:00", "--json").json["session"]["minutes"] == 10
        at("30T09:30", "start", "next", "--json")
        assert at("30T09:40", "stop", "--json").json["session"]["minutes"] == 10

    def test_hours_that_come_twice_and_hours_that_are_skipped(
        self, techlead: Techlead, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        try:
            for begin, end, minutes in (
                ("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", 60),
                ("2027-03-28T01:30+01:00", "2027-03-28T03:30+02:00", 60),
            ):
                monkeypatch.setenv("TECHLEAD_NOW", begin)
                techlead("start", "night")
                monkeypatch.setenv("TECHLEAD_NOW", end)
                assert techlead("stop", "--json").json["session"]["minutes"] == minutes
        finally:
            monkeypatch.undo()
            time.tzset()


class TestOverlaps:
    def test_log_saves_and_says_what_would_mend_it(self, at: At) -> None:
        at("24T10:00", "log", "1h", "pool")
        answer = at("24T10:15", "log", "30m", "other", "--json").json
        assert answer["notes"] == ["overlaps “pool”, 09:00–10:00, by 15 min"]
        assert [fix["title"] for fix in answer["fixes"]] == ["begin this one at 10:00", "end “pool” at 09:45"]
        assert at("24T10:15", *answer["fixes"][0]["words"]).code == 0
        assert listed(at) == [("pool", "24T09:00", "24T10:00"), ("other", "24T10:00", "24T10:15")]

    @pytest.mark.parametrize("number", [0, 1])
    def test_each_call_that_is_offered_leaves_no_overlap(self, at: At, number: int) -> None:
        at("24T12:00", "log", "1h", "inner")  # 11–12
        answer = at("24T13:00", "log", "3h", "outer", "--json").json
        at("24T13:00", *answer["fixes"][number]["words"])
        minutes = [one["minutes"] for one in at("24T13:00", "sessions", "--json").json["sessions"]]
        assert sum(minutes) == 180

    def test_in_words_the_calls_can_be_run(self, at: At) -> None:
        at("24T12:00", "log", "3h", "outer")
        said = at("24T12:00", "log", "1h", "inner", "--at", "2026-11-24 10:00")
        assert "note: overlaps “outer”, 09:00–12:00, by 1 h" in said.err
        call = next(line for line in said.err.splitlines() if "techlead edit" in line)
        assert at("24T12:00", *shlex.split(call.partition(": techlead ")[2])).code == 0
        assert [one[1:] for one in listed(at)] == [
            ("24T09:00", "24T10:00"),
            ("24T10:00", "24T11:00"),
            ("24T11:00", "24T12:00"),
        ]

    def test_one_that_runs_is_overlapped_too(self, at: At) -> None:
        at("24T09:15", "start", "pool")
        answer = at("24T10:00", "log", "15m", "call", "--json").json
        assert answer["notes"] == ["overlaps “pool”, 09:15–now, by 15 min"]
        assert at("24T10:00", *answer["fixes"][0]["words"], "--json").json["session"]["end"][11:16] == "09:45"


class TestSplitAndMerge:
    def test_a_session_is_split_by_times_of_its_day_and_merged_again(self, at: At) -> None:
        uid = at("24T12:00", "log", "2h", "pool", "--json").json["session"]["uid"]
        assert (
            at("25T12:00", "edit", uid, "--split", "11-11:15", "--json").json["session"]["end"][11:16]
            == "11:00"
        )
        first, second = at("25T12:00", "sessions", "--json").json["sessions"]
        assert (second["start"][11:16], second["end"][11:16]) == ("11:15", "12:00")
        merged = at("25T12:00", "edit", first["uid"], "--merge", second["uid"], "--json").json
        assert (merged["session"]["minutes"], merged["notes"]) == (120, ["the 15 min between them count too"])
        assert at("25T12:00", "undo").code == 0
        assert len(listed(at)) == 2

    @pytest.mark.parametrize(
        "more", [("--split", "soon"), ("--split", "9"), ("--split", "11", "--result", "x")]
    )
    def test_what_cannot_be_split(self, at: At, more: tuple[str, ...]) -> None:
        uid = at("24T12:00", "log", "2h", "pool", "--json").json["session"]["uid"]
        assert at("24T12:00", "edit", uid, *more).code == 2
        assert len(listed(at)) == 1
