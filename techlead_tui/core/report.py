"""Work out the report: balance, focus, cadence, meetings, overrides and Friday scores, week by week."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from techlead_tui.core.balance import (
    Balance,
    added,
    balance,
    begun,
    focus_done,
    focus_minutes,
    held_by,
    meetings,
    recurring_meetings,
    wanted_minutes,
)
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.selfcheck import QUESTIONS
from techlead_tui.core.session import PATTERNS
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import total
from techlead_tui.core.text import day_text
from techlead_tui.core.week import Block, Week

DEAR = 8  # meetings that are named
LINES = (200, 300)  # of a healthy week (M14): evidence, never a target
LINES_TEXT = f"{LINES[0]} to {LINES[1]} lines a week are healthy; lines are evidence, never a target"


class ReportWeek(NamedTuple):
    """Hold the figures of one week; of one that is not over, meetings are those planned."""

    key: IsoWeek
    known: bool  # it has not ended before the first use
    over: bool
    balance: Balance
    focus_planned: int  # minutes
    focus_done: int
    focus_wanted: tuple[int, int]
    sessions: int
    logged: int  # minutes of sessions, each once
    coded: int  # of hands-on ones
    patterns: Mapping[str, int]  # minutes by pattern
    meetings: int
    meeting_minutes: int
    recurring: int
    overrides: int
    score: int | None  # of the Friday check; None where nothing was answered
    commits: int | None  # shipped ones; None where git is not known
    lines: int | None

    @property
    def shares(self) -> Mapping[str, int]:
        """Return the percent by category that stand for the week: done once it is over, else planned."""
        return self.balance.actual_percent if self.over else self.balance.planned_percent


class DearMeeting(NamedTuple):
    """Add up the meetings of one title."""

    summary: str
    type: str | None
    times: int
    minutes: int


class Kept(NamedTuple):
    """Tell of one block that stands against a rule, with the written reason."""

    day: str
    summary: str
    type: str | None
    rules: tuple[str, ...]
    reason: str


class Report(NamedTuple):
    weeks: tuple[ReportWeek, ...]  # oldest first
    balance: Balance  # of all of them
    dear: tuple[DearMeeting, ...]  # the meetings that took most time, the most first
    kept: tuple[Kept, ...]  # overrides, oldest first
    sources: tuple[tuple[str, str], ...]  # repositories that could not be read, and why
    git: bool  # whether any repository has been read
    now: datetime


def report(snapshot: Snapshot, keys: Sequence[IsoWeek], now: datetime, evidence: Evidence) -> Report:
    """Return the report of some weeks that are loaded, in order. Pure."""
    weeks = [snapshot.week(key) for key in keys]
    shipped = _by_week(evidence)
    rows = tuple(_row(week, now, shipped, evidence.known) for week in weeks)
    return Report(
        rows,
        added([row.balance for row in rows]),
        _dear(weeks, now),
        tuple(_kept(weeks)),
        tuple((source.name, source.error) for source in evidence.sources if source.error),
        evidence.known,
        now,
    )


def _by_week(evidence: Evidence) -> dict[IsoWeek, tuple[int, int]]:
    found: dict[IsoWeek, tuple[int, int]] = {}
    for commit in evidence.shipped:
        key = IsoWeek.of(commit.day)
        count, lines = found.get(key, (0, 0))
        found[key] = (count + 1, lines + commit.lines)
    return found


def _counts(week: Week, block: Block, now: datetime) -> bool:
    """Tell whether a meeting counts: held, or still to come."""
    return held_by(week, block, now) or block.held.end > now


def _row(week: Week, now: datetime, shipped: Mapping[IsoWeek, tuple[int, int]], git: bool) -> ReportWeek:
    one = balance(week, now)
    sessions = begun(week, now)
    met = [block for block in meetings(week) if _counts(week, block, now)]
    patterns = dict.fromkeys(PATTERNS, 0)
    for session in sessions:
        if session.pattern in patterns:
            patterns[session.pattern] += session.minutes
    commits, lines = shipped.get(week.key, (0, 0))
    return ReportWeek(
        week.key,
        bool(one.weeks),
        week.over(now),
        one,
        focus_minutes(week),
        focus_done(week, now),
        wanted_minutes(week),
        len(sessions),
        total(session.span for session in sessions),
        total(session.span for session in sessions if session.category == "hands_on"),
        patterns,
        len(met),
        total(block.held for block in met),
        len(recurring_meetings(week)),
        sum(block.override is not None for block in week.blocks),
        sum(answer is True for answer in week.answers.values()) if week.answers else None,
        commits if git else None,
        lines if git else None,
    )


def _dear(weeks: Sequence[Week], now: datetime) -> tuple[DearMeeting, ...]:
    found: dict[str, DearMeeting] = {}
    for week in weeks:
        for block in meetings(week):
            if _counts(week, block, now):
                old = found.get(block.summary) or DearMeeting(block.summary, block.type, 0, 0)
                minutes = old.minutes + block.held.minutes
                found[block.summary] = old._replace(times=old.times + 1, minutes=minutes)
    return tuple(sorted(found.values(), key=lambda one: (-one.minutes, one.summary))[:DEAR])


def _kept(weeks: Sequence[Week]) -> list[Kept]:
    return [
        Kept(day_text(block.day), block.summary, block.type, block.override.rules, block.override.reason)
        for week in weeks
        for block in week.blocks
        if block.override is not None
    ]


def averaged(values: Sequence[int | None]) -> float | None:
    """Return the mean of what is known, or None."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def score_text(score: int | None) -> str:
    """Return `3 of 5`, or a dash where nothing was answered."""
    return "–" if score is None else f"{score} of {len(QUESTIONS)}"
