"""A week as it stands: its theme, days, blocks and sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import NamedTuple

from techlead_tui.core.block import Block, Session
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.kinds import Types
from techlead_tui.core.span import Span, subtract, total
from techlead_tui.core.theme import DayTheme, WeekTheme


class Day(NamedTuple):
    """One day of a week, Monday to Sunday."""

    date: date
    theme: DayTheme | None  # None: not a working day
    kind: str  # one of kinds.DAY_KINDS
    hours: Span | None  # the working day, lunch included; None on a free day
    lunch: Span | None

    @property
    def working(self) -> tuple[Span, ...]:
        """The working time without lunch; none on leave."""
        if self.hours is None or self.kind == "leave":
            return ()
        return tuple(subtract([self.hours], [self.lunch] if self.lunch else []))


class _Week(NamedTuple):
    key: IsoWeek
    theme: WeekTheme
    types: Types
    zone: tzinfo
    days: tuple[Day, ...]  # seven, Monday first
    blocks: tuple[Block, ...]  # by start; skipped ones too
    sessions: tuple[Session, ...]  # by start
    answers: Mapping[str, bool]  # of the Friday check: question id to answer
    frozen: bool  # a past week that keeps the theme it had


class Week(_Week):
    """Hold a week as it stands; what its rules found is kept in it, for one preview asks many times."""

    @cached_property
    def found_by_rules(self) -> dict[datetime, object]:
        """Return what the rules found, by the moment that they were asked for."""
        return {}

    @property
    def live(self) -> tuple[Block, ...]:
        """The blocks that take their time."""
        return tuple([block for block in self.blocks if block.status != "skipped"])  # asked by every rule

    @property
    def working_minutes(self) -> int:
        """The denominator of every share: working time less lunch and leave."""
        leave = [block.span for block in self.live if block.kind == "leave"]
        return total(subtract([span for day in self.days for span in day.working], leave))

    def day(self, when: date) -> Day:
        """The day of a date of this week."""
        return self.days[(when - self.key.monday).days]

    def block(self, uid: str) -> Block | None:
        return next((block for block in self.blocks if block.uid == uid), None)
