"""Logging a session (M14): the edit and the record that it makes.

On the path of `techlead log`, so a plain slotted class and no import at all: typing, dataclasses and
datetime would each cost more than the command itself.
"""

from __future__ import annotations

from techlead_tui.core.records import Change, session_record

CATEGORIES = ("hands_on", "mentorship", "communication", "other")  # what time counts as (M1)
REVIEW = "review"  # hands-on, and never shipped code (M8)
PATTERNS = ("lead", "spike", "refactor", "pair", REVIEW)  # a session's cadence pattern (M14)


class LogSession:
    """A stretch of work that was done. Times are ISO 8601 with offset, the week is that of its start."""

    __slots__ = (
        "branch",
        "category",
        "end",
        "note",
        "pattern",
        "repo",
        "result",
        "start",
        "summary",
        "week",
        "zone",
    )
    uid = ""  # what core/edits.py asks of every edit
    day = day_after = override = None
    refusable = plans = False

    def __init__(
        self,
        *,
        summary: str,
        start: str,
        end: str,
        week: str,
        zone: str,
        pattern: str | None = None,
        category: str = "hands_on",
        repo: str | None = None,
        branch: str | None = None,
        result: str | None = None,
        note: str | None = None,
    ) -> None:
        self.summary = summary
        self.start = start
        self.end = end
        self.week = week
        self.zone = zone
        self.pattern = pattern
        self.category = category
        self.repo = repo
        self.branch = branch
        self.result = result
        self.note = note

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:  # type: ignore[name-defined]  # noqa: F821  dear, so not imported above
        """Return the week of the session's start."""
        from techlead_tui.core.calendar import IsoWeek

        return (IsoWeek.parse(self.week),)

    def changes(self, uid: str) -> list[Change]:
        """The one record that this adds. A session is a fact: no rule can refuse it, so none is asked."""
        record = session_record(
            uid=uid,
            summary=self.summary,
            pattern=self.pattern,
            category=self.category,
            start=self.start,
            end=self.end,
            zone=self.zone,
            repo=self.repo,
            branch=self.branch,
            result=self.result,
            note=self.note,
        )
        return [Change(self.week, "sessions", uid, None, record)]
