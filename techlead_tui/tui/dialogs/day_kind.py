"""What kind of day it is, and what each kind would do to the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from techlead_tui.core.edits import SetDay
from techlead_tui.core.focus import focus_minutes
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.lengths import hours
from techlead_tui.planner.planner import Planner
from techlead_tui.tui.dialogs.pick import Ask, Option

TITLES = {
    "normal": ("Normal", "The day as the week theme has it."),
    "leave": ("Leave", "No boxes that day, and the week's targets shrink with it."),
    "on-call": ("On call", "Urgent unblocking is what the day is for, deep work gives way."),
}


def effects(day: date, options: Sequence[Option]) -> Ask:
    def ask(planner: Planner) -> list[Option]:
        key = IsoWeek.of(day)
        before = focus_minutes(planner.snapshot(key).week(key))
        out = []
        for option in options:
            if not option.current:
                week = planner.preview(SetDay(day, option.id)).after.week(key)
                option = option._replace(effect=change("focus", before, focus_minutes(week)), ink="strong")
            out.append(option)
        return out

    return ask


def change(name: str, before: int, after: int) -> str:
    """`focus 22 h → 18 h`."""
    if before == after:
        return f"{name} {hours(after)}, as now"
    return f"{name} {hours(before)} → {hours(after)}"
