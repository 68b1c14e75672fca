"""A new week theme is tried for two weeks, and judged by what changed (M6)."""

from __future__ import annotations

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import decide
from techlead_tui.core.edits import JudgeTrial, UseTheme
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.trial import told, trial, verdict_edits
from tests.core.weeks import W48, after, empty, moment, theme
from tests.render.scenes import session

W47 = W48.shift(-1)
FRIDAY = moment("fri 15:00")


def store(since: str = "mon 9:00", since_week: IsoWeek | None = None) -> Snapshot:
    first = since_week or W48.shift(-20)
    themes = {one.id: one for one in (theme(), theme("four-day"))}
    return empty(W48.shift(-8), after=14)._replace(themes=themes, since=moment(since, first))


def using(name: str, week: IsoWeek, only: bool = False, base: Snapshot | None = None) -> Snapshot:
    return decide(base or store(), UseTheme(name, week, only), moment("mon 8:00", week), "t").after


def test_nothing_is_tried_where_nothing_is_new() -> None:
    assert trial(store(), W48, FRIDAY) is None
    assert trial(using("four-day", W47, only=True), W48, FRIDAY) is None
    assert trial(using("maker-week", W47), W48, FRIDAY) is None


def test_a_new_theme_is_due_on_the_last_working_day_of_its_second_week() -> None:
    found = trial(using("four-day", W47), W48, FRIDAY)
    assert found is not None
    assert (found.theme, found.before_theme, found.first) == ("four-day", "maker-week", W47)
    assert not found.due(moment("fri 15:00", W47))
    assert found.due(FRIDAY)
    assert trial(using("four-day", W47), W47.shift(4), moment("fri 15:00", W47.shift(4))) is None


def test_the_weeks_before_are_set_against_the_weeks_after() -> None:
    base = after(using("four-day", W47), session("tue 9:00", 180, "pool"))
    found = trial(base, W48, FRIDAY)
    assert found is not None
    assert found.before is not None
    assert (found.before.focus_done, found.after.focus_done) == (0, 90)
    assert found.before.focus_planned != found.after.focus_planned
    assert told(found, FRIDAY)[-1] == "keep it, adjust it, or drop it?"


def test_the_first_theme_of_a_home_is_tried_without_a_before() -> None:
    found = trial(store(since_week=W47), W48, FRIDAY)
    assert found is not None
    assert (found.theme, found.before_theme, found.before) == ("maker-week", None, None)


def test_a_verdict_ends_the_trial_and_a_drop_brings_the_theme_before_back() -> None:
    base = using("four-day", W47)
    found = trial(base, W48, FRIDAY)
    assert found is not None
    kept = decide(base, JudgeTrial(W47, "four-day", "keep"), FRIDAY, "x").after
    judged = trial(kept, W48, FRIDAY)
    assert judged is not None
    assert (judged.verdict, judged.due(FRIDAY)) == ("keep", False)
    for edit in verdict_edits(found, "drop", FRIDAY):
        base = decide(base, edit, FRIDAY, "x").after
    assert (base.theme_id(W48), base.theme_id(W48.shift(1))) == ("four-day", "maker-week")
    assert trial(base, W48.shift(1), moment("fri 15:00", W48.shift(1))) is None
