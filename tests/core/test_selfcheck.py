"""The Friday check (M16): what the records say, what was answered, and the verdict."""

from __future__ import annotations

from datetime import date

import pytest

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import AnswerCheck, SetDay
from techlead_tui.core.selfcheck import QUESTIONS, Check, GitFigures, Question, check, verdict
from techlead_tui.core.series import Repeat
from techlead_tui.core.session import LogSession
from techlead_tui.core.snapshot import Snapshot
from tests.core.weeks import W48, add, after, day, empty, moment

FRIDAY = moment("fri 16:00")
W47 = W48.shift(-1)


def log(
    when: str, until: str, *, key: IsoWeek = W48, category: str = "hands_on", pattern: str | None = None
) -> LogSession:
    start, end = moment(when, key), moment(until, key)
    return LogSession(
        summary="pool fix",
        start=start.isoformat(),
        end=end.isoformat(),
        week=str(key),
        zone="Europe/Berlin",
        category=category,
        pattern=pattern,
    )


def question(result: Check, name: str) -> Question:
    return next(each for each in result.questions if each.id == name)


def suggested(snapshot: Snapshot, name: str, evidence: GitFigures | None = None) -> bool | None:
    return question(check(snapshot, W48, FRIDAY, evidence or GitFigures()), name).suggested


def test_it_asks_five_questions_and_is_open_at_first() -> None:
    result = check(empty(), W48, FRIDAY)
    assert tuple(each.id for each in result.questions) == QUESTIONS
    assert all(each.answer is None and each.evidence for each in result.questions)
    assert (result.score, result.verdict) == (0, "open")


@pytest.mark.parametrize(
    ("good", "says"),
    [(5, "cracked_it"), (4, "decent"), (3, "decent"), (2, "drifting"), (0, "drifting")],
)
def test_the_verdict_counts_good_answers(good: int, says: str) -> None:
    answers = {name: number < good for number, name in enumerate(QUESTIONS)}
    result = check(after(empty(), AnswerCheck(W48, answers), now=FRIDAY), W48, FRIDAY)
    assert (result.score, result.verdict) == (good, says)


def test_one_open_question_leaves_it_open() -> None:
    answers: dict[str, bool | None] = dict.fromkeys(QUESTIONS[1:], True)
    snapshot = after(empty(), AnswerCheck(W48, answers), now=FRIDAY)
    result = check(snapshot, W48, FRIDAY)
    assert (result.score, result.verdict) == (4, "open")
    taken_back = after(
        snapshot, AnswerCheck(W48, {"code": True}), AnswerCheck(W48, {"team": None}), now=FRIDAY
    )
    assert verdict(check(taken_back, W48, FRIDAY).questions) == "open"


class TestCode:
    def test_a_logged_session_says_yes(self) -> None:
        assert suggested(after(empty(), log("tue 09:00", "tue 10:30")), "code") is True

    def test_commits_say_yes(self) -> None:
        assert suggested(empty(), "code", GitFigures(commits=3)) is True

    def test_no_commit_says_no_even_after_a_session(self) -> None:
        snapshot = after(empty(), log("tue 09:00", "tue 10:30"))
        assert suggested(snapshot, "code", GitFigures(commits=0)) is False

    def test_nothing_logged_ever_says_nothing(self) -> None:
        assert suggested(empty(), "code") is None

    def test_one_who_logs_and_has_not_this_week_has_not(self) -> None:
        snapshot = after(empty(W47), log("tue 09:00", "tue 10:00", key=W47))
        assert suggested(snapshot, "code") is False
        early = check(snapshot, W48, moment("tue 10:00"))
        assert question(early, "code").suggested is None

    def test_mentoring_is_no_code(self) -> None:
        snapshot = after(empty(), log("tue 09:00", "tue 10:30", category="mentorship"))
        assert suggested(snapshot, "code") is False


class TestMeetings:
    def test_five_fit_on_one_hand(self) -> None:
        assert suggested(empty(), "meetings") is True

    def test_six_do_not(self) -> None:
        snapshot = after(empty(), add("fri 16-17", "pairing", repeat=Repeat()))
        result = question(check(snapshot, W48, FRIDAY), "meetings")
        assert result.suggested is False
        assert "6 recurring meetings" in result.evidence[0]


class TestDepth:
    def test_code_this_week_keeps_it(self) -> None:
        assert suggested(after(empty(), log("thu 09:00", "thu 10:00")), "depth") is True

    def test_two_weeks_without_lose_it(self) -> None:
        w46 = W48.shift(-2)
        snapshot = after(empty(w46), log("thu 09:00", "thu 10:00", key=w46))
        result = question(check(snapshot, W48, FRIDAY), "depth")
        assert result.suggested is False
        assert "11 working days" in result.evidence[0]

    def test_a_commit_counts_as_well(self) -> None:
        assert suggested(empty(), "depth", GitFigures(commits=0, last_commit=date(2026, 11, 26))) is True

    def test_nothing_seen_says_nothing(self) -> None:
        assert suggested(empty(), "depth") is None


class TestTeam:
    def test_pairing_against_booked_meetings(self) -> None:
        pairing = log("tue 16:00", "tue 16:30", category="mentorship", pattern="pair")
        assert suggested(after(empty(), pairing), "team") is True
        booked = after(empty(), pairing, add("mon 16-16:30"), add("fri 14-14:30"))
        assert suggested(booked, "team") is False

    def test_neither_says_nothing(self) -> None:
        assert suggested(empty(), "team") is None


class TestStress:
    def test_a_calm_week_is_energised(self) -> None:
        assert suggested(after(empty(), log("tue 9:00", "tue 11:00")), "stress") is True

    def test_a_week_in_which_nothing_was_logged_says_nothing_on_its_last_day(self) -> None:
        assert suggested(empty(), "stress") is None
        assert question(check(empty(), W48, moment("wed 9:00")), "stress").suggested is True  # by the plan

    def test_one_sign_says_nothing_and_two_say_no(self) -> None:
        late = log("tue 19:00", "tue 21:00")
        assert suggested(after(empty(), late), "stress") is None
        kept = [
            add(f"{name} 14:30-15:00")._replace(override="asked by the board")
            for name in ("tue", "wed", "thu")
        ]
        snapshot = after(empty(), late, *kept)
        result = question(check(snapshot, W48, FRIDAY), "stress")
        assert result.suggested is False
        assert "3 overrides" in result.evidence

    def test_a_week_of_leave_is_no_stress(self) -> None:
        snapshot = after(empty(), *(SetDay(W48.day(n), "leave") for n in range(1, 6)))
        assert suggested(snapshot, "stress") is True


def test_a_confirmed_answer_stands_beside_what_is_suggested() -> None:
    snapshot = after(empty(), AnswerCheck(W48, {"meetings": False}), now=FRIDAY)
    result = question(check(snapshot, W48, FRIDAY), "meetings")
    assert (result.suggested, result.answer) == (True, False)
    assert day("mon") == W48.monday


def test_the_check_may_be_weighed_with_other_answers() -> None:
    found = check(empty(), W48, FRIDAY).with_answers({**dict.fromkeys(QUESTIONS, True), "team": False})
    assert {one.id: one.answer for one in found.questions}["team"] is False
    assert (found.week, found.score, found.verdict) == (W48, 4, "decent")
    assert check(empty(), W48, FRIDAY).with_answers({"code": True}).verdict == "open"
