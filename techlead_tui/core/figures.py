"""Tell the user's own figures of the last four weeks, a sentence each, to stand beside the playbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from techlead_tui.core.balance import (
    actual,
    begun,
    deep_spans,
    focus_minutes,
    focus_spans,
    meetings,
    percent,
    planned,
    planned_inside,
    recurring_meetings,
    share,
)
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.lengths import hours, length
from techlead_tui.core.selfcheck import QUESTIONS
from techlead_tui.core.session import PATTERNS, REVIEW
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import Span, intersect, total
from techlead_tui.core.text import listed, number_of
from techlead_tui.core.week import Week

WEEKS = 4  # this one included
SPLIT = {"hands_on": "hands-on", "mentorship": "mentorship", "communication": "communication"}


def figures_weeks(key: IsoWeek) -> tuple[IsoWeek, ...]:
    """Return the weeks that the figures are about, oldest first."""
    return tuple(key.shift(-before) for before in range(WEEKS - 1, -1, -1))


def figures(snapshot: Snapshot, key: IsoWeek, now: datetime) -> dict[str, str]:
    """Return a sentence for each of `playbook.FIGURES`. KeyError for a week that is not loaded."""
    weeks = [snapshot.week(each) for each in figures_weeks(key)]
    week = weeks[-1]
    _, pieces = focus_spans(week)
    work = deep_work_minutes(week, now)
    talk, most = percent(planned_inside(week)["communication"], week), week.theme.limits.communication_percent
    count = len(recurring_meetings(week))
    kept = sum(block.override is not None for each in weeks for block in each.live)
    return {
        "split": _split(weeks, now),
        "communication": f"{talk} % of this week is communication; more than {most} % is an alarm",
        "deep_work": f"{hours(work[0])} of deep work this week: {hours(work[1])} done, {hours(work[2])} left",
        "recurring": f"{number_of(count, 'recurring meeting')} this week, "
        f"{week.theme.limits.recurring_meetings} at most",
        "stage": f"focus time of the last {WEEKS} weeks: "
        + ", ".join(hours(focus_minutes(each)) for each in weeks),
        "not_worth_it": _not_worth_it(week),
        "fragments": f"{number_of(len(pieces), 'stretch', 'stretches')} of deep work too short for focus",
        "overrides": f"{number_of(kept, 'overridden refusal')} in {WEEKS} weeks",
        "patterns": _patterns(weeks, now),
        "reviews": _reviews(weeks, now),
        "check": _checks(weeks),
        "async": f"{length(_minutes_of(week, 'async'))} for reading and writing this week",
    }


def deep_work_minutes(week: Week, now: datetime) -> tuple[int, int, int]:
    """Return the minutes of deep work planned in a week, logged in it, and planned from now on (M14)."""
    stretches = deep_spans(week)
    end = max((span.end for span in stretches), default=now)
    left = intersect(stretches, [Span(now, end)]) if end > now else []
    done = [session.span for session in begun(week, now) if session.category == "hands_on"]
    return total(stretches), total(done), total(left)


def _split(weeks: Sequence[Week], now: datetime) -> str:
    spent = [actual(week, now) for week in weeks]
    over = f"of the time recorded in {WEEKS} weeks"
    if not any(week.sessions for week in weeks):
        spent, over = [planned(weeks[-1])], "of the time planned this week"
    sums = {name: sum(minutes[name] for minutes in spent) for name in SPLIT}
    whole = sum(minutes for one in spent for minutes in one.values())
    return ", ".join(f"{share(sums[name], whole)} % {title}" for name, title in SPLIT.items()) + f" {over}"


def _not_worth_it(week: Week) -> str:
    names = [
        block.summary
        for block in meetings(week)
        if block.type is not None and block.type in week.types and not week.types[block.type].worth_it
    ]
    said = f"{number_of(len(names), 'meeting')} this week of a kind that is not worth it"
    return f"{said}: {listed(list(dict.fromkeys(names))[:3])}" if names else said


def _patterns(weeks: Sequence[Week], now: datetime) -> str:
    done = [session.pattern for week in weeks for session in begun(week, now)]
    said = ", ".join(f"{name} {done.count(name)}" for name in PATTERNS if name != REVIEW)
    return f"sessions in {WEEKS} weeks: {said}"


def _reviews(weeks: Sequence[Week], now: datetime) -> str:
    spans = [each.span for week in weeks for each in begun(week, now) if each.pattern == REVIEW]
    return (
        f"{length(total(spans))} logged as review in {WEEKS} weeks"
        if spans
        else (f"no review logged in {WEEKS} weeks")
    )


def _checks(weeks: Sequence[Week]) -> str:
    said = [
        f"{sum(answer is True for answer in week.answers.values())} of {len(QUESTIONS)} in {week.key}"
        for week in weeks
        if week.answers
    ]
    return f"Friday checks: {', '.join(said)}" if said else f"no Friday check answered in {WEEKS} weeks"


def _minutes_of(week: Week, kind: str) -> int:
    return total(block.span for block in week.live if block.kind == kind)
