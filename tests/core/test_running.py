"""The session under way: how it begins, pauses and ends, how far it counts, and sessions split and merged."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.balance import actual
from techlead_tui.core.calendar import into
from techlead_tui.core.edits import EditSession, MergeSessions, RemoveSession, SplitSession
from techlead_tui.core.judge import judge
from techlead_tui.core.records import OPEN, Record
from techlead_tui.core.running import (
    GRACE,
    LONG,
    TABLE,
    NotRunningError,
    RunningError,
    StartSession,
    StopSession,
    block_at,
    overdue,
)
from techlead_tui.core.session import LogSession
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.week import running_session
from techlead_tui.core.words.timing import StartWords, infer
from techlead_tui.errors import UserError
from tests.core.weeks import W48, ZONE, empty, moment


def iso(when: str) -> str:
    return moment(when).isoformat(timespec="seconds")


def start(when: str = "tue 9:15", until: str = "tue 12:00", **more: object) -> StartSession:
    said = {"summary": "pool fix", "block": "tue-morning@2026-11-24", "pattern": "spike", **more}
    return StartSession(
        start=iso(when),
        until=iso(until),
        week=str(W48),
        zone="Europe/Berlin",
        **said,  # type: ignore[arg-type]
    )


def stop(when: str, **more: object) -> StopSession:
    return StopSession(end=iso(when), week=str(W48), **more)  # type: ignore[arg-type]


def log(when: str, until: str, summary: str = "pool fix", result: str | None = None) -> LogSession:
    return LogSession(
        summary=summary,
        start=iso(when),
        end=iso(until),
        week=str(W48),
        zone="Europe/Berlin",
        result=result,
    )


def tried(snapshot: Snapshot, *edits: object, at: str = "tue 18:00") -> Snapshot:
    """The snapshot after edits that are made at a moment, each with a uid of its own."""
    for edit in edits:
        number = sum(
            len(tables.get(name, {})) for tables in snapshot.buckets.values() for name in (TABLE, "sessions")
        )
        seen = snapshot._replace(now=moment(at))
        snapshot = judge(seen, edit, moment(at), f"u{number}").after  # type: ignore[arg-type]
    return snapshot._replace(now=moment(at))


def spans(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """Start, end and title of the sessions of the week."""
    found = snapshot.week(W48).sessions
    return [(f"{into(s.start, ZONE):%H:%M}", f"{into(s.end, ZONE):%H:%M}", s.summary) for s in found]


class TestOneRecord:
    def test_a_session_that_was_stopped_is_the_one_that_was_started(self) -> None:
        after = tried(empty(), start(), stop("tue 10:10", result="found it"))
        (session,) = after.week(W48).sessions
        assert (session.uid, session.summary, session.pattern) == ("u0", "pool fix", "spike")
        assert (session.minutes, session.result, session.running) == (55, "found it", False)
        assert after.open_session is None

    def test_a_second_one_is_in_the_way_and_says_so(self) -> None:
        running = tried(empty(), start())
        with pytest.raises(RunningError, match="pool fix” has been running since 09:15"):
            tried(running, start("tue 9:40", summary="other"))
        assert len(running.table(OPEN, TABLE)) == 1

    def test_it_may_end_the_one_before_in_the_same_step(self) -> None:
        running = tried(empty(), start())
        uid = str((running.open_session or {})["uid"])
        other = start("tue 10:00", summary="other", instead=stop("tue 10:00", of=uid))
        after = judge(running, other, moment("tue 10:00"), "new").after
        assert spans(after)[0] == ("09:15", "10:00", "pool fix")
        assert (after.open_session or {})["uid"] == "new"

    def test_what_another_shell_has_ended_meanwhile_is_not_ended_again(self) -> None:
        with pytest.raises(NotRunningError):
            tried(empty(), stop("tue 10:00"))
        with pytest.raises(NotRunningError):
            tried(tried(empty(), start()), stop("tue 10:00", of="gone"))

    def test_a_pause_logs_what_was_done_and_the_next_stretch_is_another_session(self) -> None:
        paused = tried(empty(), start(), stop("tue 10:00", pause=True))
        assert spans(paused) == [("09:15", "10:00", "pool fix")]
        assert paused.running is None
        again = tried(paused, start("tue 10:20"), stop("tue 11:00"))
        assert spans(again) == [("09:15", "10:00", "pool fix"), ("10:20", "11:00", "pool fix")]

    def test_a_pause_that_is_over_logs_nothing_more(self) -> None:
        ended = tried(empty(), start(), stop("tue 10:00", pause=True), stop("tue 10:30"))
        assert spans(ended) == [("09:15", "10:00", "pool fix")]
        assert ended.open_session is None

    def test_what_is_dropped_is_not_logged(self) -> None:
        assert spans(tried(empty(), start(), stop("tue 10:00", drop=True))) == []

    def test_every_change_can_be_turned_round(self) -> None:
        running = tried(empty(), start())
        changes = judge(running, stop("tue 10:00"), moment("tue 10:00"), "x").changes
        back = running.with_changes(changes).with_changes([change.inverse() for change in changes])
        assert back.buckets[OPEN][TABLE] == running.buckets[OPEN][TABLE]
        assert not back.buckets[str(W48)].get("sessions")


class TestCounting:
    def test_it_counts_up_to_now_and_grows(self) -> None:
        for at, minutes in (("tue 9:15", 0), ("tue 9:16", 1), ("tue 11:40", 145), ("tue 23:59", 884)):
            after = tried(empty(), start(), at="tue 9:15")._replace(now=moment(at))
            assert [session.minutes for session in after.week(W48).sessions] == [minutes]
            assert actual(after.week(W48), moment(at))["hands_on"] == minutes

    def test_from_the_next_day_on_it_counts_as_far_as_its_block(self) -> None:
        after = tried(empty(), start(), at="tue 9:15")._replace(now=moment("wed 9:00"))
        assert spans(after) == [("09:15", "12:00", "pool fix")]

    def test_over_midnight_without_a_block_it_counts_on_for_a_while(self) -> None:
        late = start("tue 23:30", "wed 3:30", block=None)
        for at, minutes in (("tue 23:45", 15), ("wed 0:10", 40), ("wed 9:00", 240)):
            after = tried(empty(), late, at="tue 23:30")._replace(now=moment(at))
            assert [session.minutes for session in after.week(W48).sessions] == [minutes]

    def test_a_clock_that_was_set_back_makes_it_empty_and_not_negative(self) -> None:
        after = tried(empty(), start(), at="tue 9:15")._replace(now=moment("tue 8:00"))
        assert [session.minutes for session in after.week(W48).sessions] == [0]
        before = tried(empty(), start(), at="tue 9:15")._replace(now=moment("mon 8:00"))
        assert [session.minutes for session in before.week(W48).sessions] == [0]

    def test_the_hour_that_comes_twice_counts_twice(self) -> None:
        zone = ZoneInfo("Europe/Berlin")
        record: Record = start().record("u") | {
            "start": "2026-10-25T01:30:00+02:00",
            "until": "2026-10-26T00:00:00+01:00",
        }
        now = datetime(2026, 10, 25, 3, 30, tzinfo=zone)  # winter time
        assert running_session(record, into(now, zone)).minutes == 180

    def test_it_shows_in_the_week_in_which_it_began_and_in_no_other(self) -> None:
        after = tried(empty(), start(), at="tue 9:15")._replace(now=moment("tue 10:00"))
        assert len(after.week(W48).sessions) == 1
        assert after.week(W48.shift(1)).sessions == ()


class TestForgotten:
    @pytest.mark.parametrize(
        ("block", "after", "asked"),
        [
            ("b", 3600, False),
            ("b", 3600 + GRACE, False),
            ("b", 3600 + GRACE + 1, True),
            (None, LONG, False),
            (None, LONG + 1, True),
        ],
    )
    def test_when_it_is_asked_about(self, block: str | None, after: int, asked: bool) -> None:
        record: Record = {"block": block}
        assert overdue(record, 0, 3600, after) is asked

    def test_the_block_that_counts_is_the_shortest_one_that_is_on(self) -> None:
        box, own = (0, 100, "box", "Deep work", "", False), (10, 20, "own", "pool", "code", True)
        assert block_at([box, own], 15) == own
        assert block_at([box, own], 20) == box
        assert block_at([box, own], 100) is None


LAST: Record = {"repo": "billing", "branch": "fix/pool", "summary": "pool fix", "pattern": "spike"}
OWN = (0, 10, "b", "Connection pool", "review", True)


class TestInference:
    def inferred(self, **said: object) -> tuple[StartWords, list[str]]:
        words = StartWords()
        spot, last = said.pop("spot", None), said.pop("last", None)
        for name, value in said.items():
            setattr(words, name, value)
        return words, infer(words, spot, last, "billing", "fix/pool")  # type: ignore[arg-type]

    def test_the_folder_gives_repository_and_branch(self) -> None:
        words, added = self.inferred(summary="x")
        assert (words.repo, words.branch, added) == ("billing", "fix/pool", ["repo", "branch"])

    def test_another_repository_takes_no_branch_of_the_folder(self) -> None:
        words, added = self.inferred(summary="x", repo="other")
        assert (words.repo, words.branch, added) == ("other", None, [])

    def test_an_own_block_gives_title_and_pattern(self) -> None:
        words, added = self.inferred(spot=OWN, last=LAST)
        assert (words.summary, words.pattern) == ("Connection pool", "review")
        assert added == ["repo", "branch", "summary", "pattern", "block"]

    def test_the_last_session_on_the_branch_gives_title_and_pattern(self) -> None:
        words, _ = self.inferred(last=LAST)
        assert (words.summary, words.pattern) == ("pool fix", "spike")

    def test_a_session_elsewhere_gives_nothing(self) -> None:
        words, added = self.inferred(last={**LAST, "repo": "other"})
        assert (words.summary, words.pattern, added) == ("", None, ["repo", "branch"])

    def test_what_is_said_wins(self) -> None:
        words, added = self.inferred(summary="x", pattern="none", spot=OWN, last=LAST)
        assert (words.summary, words.pattern) == ("x", None)
        assert "pattern" not in added


class TestSplitAndMerge:
    def test_a_session_is_split_in_two(self) -> None:
        logged = tried(empty(), log("tue 9:00", "tue 11:00"))
        cut = SplitSession("u0", W48, moment("tue 10:00"), moment("tue 10:30"))
        after = judge(logged, cut, moment("tue 18:00"), "second").after
        assert spans(after) == [("09:00", "10:00", "pool fix"), ("10:30", "11:00", "pool fix")]

    @pytest.mark.parametrize(
        "times", [("9:00", "10:00"), ("10:00", "11:00"), ("10:30", "10:00"), ("8:00", "8:00")]
    )
    def test_each_part_keeps_some_of_it(self, times: tuple[str, str]) -> None:
        logged = tried(empty(), log("tue 9:00", "tue 11:00"))
        cut = SplitSession("u0", W48, *(moment(f"tue {time}") for time in times))
        with pytest.raises(UserError, match="both parts need some of it"):
            judge(logged, cut, moment("tue 18:00"), "second")

    @given(st.integers(1, 118), st.integers(0, 60))
    def test_what_was_split_is_merged_again(self, first: int, gap: int) -> None:
        end = moment("tue 9:00") + timedelta(minutes=first)
        second = min(end + timedelta(minutes=gap), moment("tue 10:59"))
        logged = tried(empty(), log("tue 9:00", "tue 11:00", result="half"))
        split = judge(logged, SplitSession("u0", W48, end, second), moment("tue 18:00"), "second").after
        merged = judge(split, MergeSessions("u0", W48, "second", W48), moment("tue 18:00"), "x").after
        assert spans(merged) == [("09:00", "11:00", "pool fix")]
        assert merged.week(W48).sessions[0].result == "half"

    def test_a_merge_across_weeks_stands_in_the_week_of_its_start(self) -> None:
        key = W48.shift(1)
        late = log("sun 23:00", "sun 23:30")
        early = LogSession(
            summary="b",
            start=moment("mon 0:00", key).isoformat(),
            end=moment("mon 1:00", key).isoformat(),
            week=str(key),
            zone="Europe/Berlin",
        )
        both = tried(empty(), late, early)
        merged = judge(both, MergeSessions("u1", key, "u0", W48), moment("tue 18:00"), "x").after
        assert [session.uid for session in merged.week(W48).sessions] == ["u1"]
        assert merged.week(key).sessions == ()
        assert merged.week(W48).sessions[0].minutes == 120

    def test_a_session_is_not_merged_with_itself_nor_one_that_runs(self) -> None:
        running = tried(empty(), start(), log("tue 8:00", "tue 9:00"))
        for edit in (MergeSessions("u1", W48, "u1", W48), MergeSessions("u1", W48, "u0", W48)):
            with pytest.raises(UserError):
                judge(running, edit, moment("tue 18:00"), "x")


class TestEditing:
    def test_one_that_runs_is_edited_and_deleted_like_any_other(self) -> None:
        running = tried(empty(), start(), at="tue 9:30")
        edited = tried(
            running, EditSession("u0", W48, {"summary": "stalls", "start": iso("tue 9:00")}), at="tue 9:30"
        )
        assert spans(edited) == [("09:00", "09:30", "stalls")]
        assert tried(edited, RemoveSession("u0", W48)).open_session is None

    @pytest.mark.parametrize("fields", [{"end": iso("tue 11:00")}, {"start": iso("wed 9:00")}])
    def test_one_that_runs_has_no_end_and_has_begun(self, fields: dict[str, object]) -> None:
        running = tried(empty(), start(), at="tue 9:30")
        with pytest.raises(UserError):
            tried(running, EditSession("u0", W48, fields), at="tue 9:30")


@given(
    st.lists(st.tuples(st.sampled_from(["start", "stop", "pause", "drop"]), st.integers(1, 40)), max_size=12)
)
def test_whatever_is_done_one_session_is_open_at_most_and_no_minute_is_counted_twice(
    steps: list[tuple[str, int]],
) -> None:
    snapshot, at, expected, begun = empty(), moment("tue 9:00"), 0, None
    for number, (step, minutes) in enumerate(steps):
        at = into(at + timedelta(minutes=minutes), ZONE)
        text = at.isoformat(timespec="seconds")
        edit: StartSession | StopSession = StopSession(
            end=text, week=str(W48), pause=step == "pause", drop=step == "drop"
        )
        if step == "start":
            edit = StartSession(summary="x", start=text, until=text, week=str(W48), zone="Europe/Berlin")
        try:
            snapshot = judge(snapshot._replace(now=at), edit, at, f"u{number}").after
        except (RunningError, NotRunningError):
            continue  # as it was
        if step == "start":
            begun = at
        elif begun is not None:
            expected += int((at - begun).total_seconds()) // 60 if step != "drop" else 0
            begun = None
    assert len(snapshot.table(OPEN, TABLE)) <= 1
    week = snapshot._replace(now=None).week(W48)
    assert sum(session.minutes for session in week.sessions) == expected
    assert actual(week, at)["hands_on"] == expected


class TestWords:
    def test_what_is_in_the_way_is_named_with_the_way_out(self) -> None:
        running = tried(empty(), start(summary=""))
        with pytest.raises(RunningError) as wrong:
            tried(running, start("tue 9:40"))
        assert wrong.value.message == "a session has been running since 09:15"
        assert wrong.value.hint == "techlead stop ends it; techlead stop --drop forgets it"
        assert wrong.value.record is running.open_session
        with pytest.raises(NotRunningError) as nothing:
            tried(empty(), stop("tue 10:00"))
        assert nothing.value.message == "nothing is running"
        begins = "techlead start pool fix begins a session; techlead log 45m pool fix logs one that is over"
        assert nothing.value.hint == begins

    def test_what_words_say_is_kept_as_it_is(self) -> None:
        words = StartWords()
        for name in ("summary", "pattern", "category", "repo", "branch", "result"):
            setattr(words, name, f"the {name}")
        spot = (0, 1, "b1", "Deep work", "", False)
        said = StartSession.said(
            words, start=iso("tue 9:15"), week="w", zone="z", until="u", spot=spot, folder="/x"
        )
        assert said.record("s1") == {
            "uid": "s1",
            "summary": "the summary",
            "start": "2026-11-24T09:15:00+01:00",
            "week": "w",
            "zone": "z",
            "until": "u",
            "pattern": "the pattern",
            "category": "the category",
            "repo": "the repo",
            "branch": "the branch",
            "result": "the result",
            "block": "b1",
            "folder": "/x",
            "paused": None,
        }

    def test_what_words_leave_open_is_nothing(self) -> None:
        words = StartWords()
        words.repo = words.branch = words.result = ""
        said = StartSession.said(words, start="s", week="w", zone="z", until="u", spot=None, folder=None)
        assert (said.repo, said.branch, said.result, said.block, said.instead) == (None,) * 5

    def test_a_running_session_changes_but_has_no_end(self) -> None:
        running = tried(empty(), start(block=None))
        uid = str((running.open_session or {})["uid"])

        def edited(**fields: object) -> Record:
            return tried(running, EditSession(uid, W48, fields), at="tue 10:00").open_session or {}

        later = edited(start=iso("tue 9:45"))
        assert (later["start"], later["week"]) == (iso("tue 9:45"), "2026-W48")
        assert later["until"] == (moment("tue 9:45") + timedelta(seconds=LONG)).isoformat()
        assert edited(start=iso("tue 10:00"))["start"] == iso("tue 10:00")
        for fields, message, hint in (
            (
                {"end": iso("tue 9:30")},
                "this session is running and has no end yet",
                "techlead stop --at WHEN ends it",
            ),
            (
                {"start": iso("tue 10:01")},
                "the session would begin in the future",
                "say when it began: 25m ago",
            ),
        ):
            with pytest.raises(UserError) as wrong:
                edited(**fields)
            assert (wrong.value.message, wrong.value.hint) == (message, hint)
        with pytest.raises(UserError, match="this session is running and has no end yet") as wrong:
            tried(running, SplitSession(uid, W48, moment("tue 9:20"), moment("tue 9:20")))
        assert wrong.value.hint == "techlead stop ends it first"


def test_a_block_is_on_from_its_first_moment_up_to_its_last() -> None:
    spots = [(0, 10, "a", "", "", False), (5, 10, "b", "", "", False)]
    on = [spot[2] if (spot := block_at(spots, moment)) else None for moment in (-1, 0, 5, 9, 10)]
    assert on == [None, "a", "b", "b", None]
