"""Friday looks back over the months, suggests one change, and carries over what is not done (M16)."""

from __future__ import annotations

from datetime import datetime

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddItem, AnswerCheck, Edit, Fix, SetDay, UseTheme
from techlead_tui.core.friday import carried, monthly_review, review_text, review_weeks, suggested_change
from techlead_tui.core.selfcheck import QUESTIONS, past_fridays
from techlead_tui.core.snapshot import Snapshot
from tests.core.weeks import W48, add, after, day, empty, moment
from tests.render.scenes import session

W49 = W48.shift(1)
FRIDAY = moment("fri 15:00")
GOOD = dict.fromkeys(QUESTIONS, True)


FIRST = W48.shift(-20)


def store(
    *edits: Edit, first: IsoWeek = FIRST, since: IsoWeek | None = None, now: datetime = FRIDAY
) -> Snapshot:
    snapshot = empty(first, after=28)
    if since is not None:
        snapshot = snapshot._replace(since=moment("mon 9:00", since))
    for n, edit in enumerate(edits):
        snapshot = decide(snapshot, edit, now, f"i{n}").after
    return snapshot


def kinds(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    return [(one.kind, one.text, one.does) for one in carried(snapshot, W49, FRIDAY) if one.kind != "move"]


def test_the_strip_holds_twelve_fridays_across_a_years_end_and_week_53() -> None:
    key = IsoWeek(2027, 3)
    answered = AnswerCheck(IsoWeek(2026, 53), {**GOOD, "team": False})
    half = AnswerCheck(IsoWeek(2027, 1), {"code": True})
    strip = past_fridays(store(answered, half, first=IsoWeek(2026, 40), now=moment("fri 15:00", key)), key)
    assert [str(friday.week) for friday in strip[:2]] == ["2026-W45", "2026-W46"]
    assert len(strip) == 12
    assert {str(friday.week): friday.score for friday in strip if friday.score is not None} == {"2026-W53": 4}


def test_the_first_review_comes_after_a_month_and_never_weighs_a_week_twice() -> None:
    assert review_weeks(None, W48) == []
    assert review_weeks(moment("mon 9:00", W48.shift(-2)), W48) == []
    assert monthly_review(store(since=W48.shift(-2)), W48, FRIDAY) is None
    for back, half in ((3, 2), (4, 2), (5, 3), (7, 4), (30, 4)):
        weeks = review_weeks(moment("mon 9:00", W48.shift(-back)), W48)
        assert weeks[:half] == [W48.shift(n - back) for n in range(half)]
        assert weeks[half:] == [W48.shift(n) for n in range(1 - half, 1)]


def test_the_first_month_is_set_against_the_last() -> None:
    base = store(
        AnswerCheck(W48.shift(-7), {**GOOD, "code": False, "team": False}),
        AnswerCheck(W48, GOOD),
        since=W48.shift(-7),
    )
    found = monthly_review(after(base, session("tue 9:00", 240, "pool")), W48, FRIDAY)
    assert found is not None
    assert (found.then.first, found.then.focus_done, found.now.focus_done) == (W48.shift(-7), 0, 60)
    assert (found.then.score, found.now.score) == (3, 5)
    assert review_text(found).startswith("Since week 41, a week on average: focus time 0 h then, 1 h now")


def test_what_breaks_next_week_is_changed_first_and_then_what_leads_back() -> None:
    back = Fix("Ship one small change", SetDay(day("mon", W49), "normal"), ("day",), 0)
    quiet = store()
    assert suggested_change(quiet, W49, FRIDAY, [back]) is not None
    found = suggested_change(quiet, W49, FRIDAY, [back])
    assert found is not None
    assert found.fix is back
    assert (found.reason, found.about) == ("you have drifted away from the code", "M2")
    meeting = add("tue 14:30-15:00")._replace(day=day("tue", W49))
    broken = suggested_change(after(quiet, meeting), W49, FRIDAY, [back])
    assert broken is not None
    assert "Budget sync" in broken.reason
    assert broken.fix.edit.day_after != day("tue", W49)


def test_an_outcome_that_was_not_reached_is_offered_to_the_next_week() -> None:
    assert kinds(store(AddItem("outcome", "retries", {"week": str(W48)}))) == [
        ("outcome", "retries: not reached in week 48", "move to week 49")
    ]


def test_delegations_come_as_missed_due_and_without_a_date() -> None:
    def asked(title: str, on: str | None) -> AddItem:
        return AddItem("delegation", title, {"owner": "ana", "follow_up": on})

    snapshot = store(asked("later", "2026-12-03"), asked("missed", "2026-11-20"), asked("far", "2027-01-20"))
    records = snapshot.table("open", "delegations")
    bare = {uid: {**record, "follow_up": None} if uid == "i2" else record for uid, record in records.items()}
    buckets = {**snapshot.buckets, "open": {**snapshot.buckets["open"], "delegations": bare}}
    assert kinds(snapshot._replace(buckets=buckets)) == [
        ("delegation", "missed (ana): to be asked since Fri 20 Nov", "ask on Fri 4 Dec"),
        ("delegation", "later (ana): ask on Thu 3 Dec", ""),
        ("delegation", "far (ana): no date to ask", "ask on Fri 4 Dec"),
    ]


def test_questions_decisions_and_leave_are_told_of() -> None:
    found = kinds(
        store(
            AddItem("question", "why two caches?", {"people": ["chidi"]}),
            AddItem("decision", "Move to events", {"deadline": "2026-12-03"}),
            SetDay(day("wed", W49), "leave"),
        )
    )
    assert found == [
        ("question", "why two caches? (chidi): carried to Tue 1 Dec", "open the questions"),
        ("decision", "Move to events: comments until Thu 3 Dec", "open the decisions"),
        ("leave", "Wed 2 Dec: leave", ""),
    ]


def test_each_move_is_offered_once() -> None:
    meeting = add("tue 14:30-15:00")._replace(day=day("tue", W49))
    moves = [one for one in carried(after(store(), meeting), W49, FRIDAY) if one.kind == "move"]
    assert len({(one.does, one.text.partition(":")[0]) for one in moves}) == len(moves)
    assert "Budget sync" in moves[0].text


def test_a_week_theme_of_one_week_changes_nothing_before_it() -> None:
    used = store(UseTheme("maker-week", W49, True))
    assert kinds(used) == []
