"""What is on now: the block, what is left of it, what comes next, and the week's two figures."""

from __future__ import annotations

from typing import Any

from techlead_tui.cli.nouns import Keys, block_json
from techlead_tui.cli.output import visible
from techlead_tui.core.block import Block
from techlead_tui.core.focus import focus_minutes
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.split import percent, planned
from techlead_tui.core.words.length import spell_length
from techlead_tui.planner.planner import Planner

NOW: Keys = {
    "block": "the block that is on, the shortest where several are; or null",
    "ends": "when it ends, or null",
    "left_minutes": "what is left of it, or null",
    "next": "the block that starts next, within this week and the next one; or null",
    "session": "the running session, or null",
    "meetings_percent": "the week's planned share of communication",
    "focus_minutes": "the week's planned focus time",
}


def present(planner: Planner) -> dict[str, Any]:
    """The week, the noun `now`, what --format shows, and the usual line."""
    now = planner.now()
    key = IsoWeek.of(now.date())
    snapshot = planner.snapshot(key, key.shift(1))
    week = snapshot.week(key)
    held = [block for block in week.live if block.span.holds(now)]
    block = min(held, key=lambda found: (found.planned_minutes, found.uid), default=None)
    following = next((found for found in week.live if found.start > now and not _inside(found, block)), None)
    if following is None:
        following = next(iter(snapshot.week(key.shift(1)).live), None)
    left = None if block is None else -int((now - block.end).total_seconds() // 60)
    meetings, focus = percent(planned(week)["communication"], week), focus_minutes(week)
    noun = {
        "block": None if block is None else block_json(block),
        "ends": None if block is None else block.end.isoformat(),
        "left_minutes": left,
        "next": None if following is None else block_json(following),
        "session": None,
        "meetings_percent": meetings,
        "focus_minutes": focus,
    }
    at = "" if following is None else f"{following.start:%H:%M}"
    if following is not None and following.day != now.date():
        at = f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[following.day.weekday()]} {at}"
    shown = {
        "summary": "" if block is None else block.summary,
        "kind": "" if block is None else block.kind.replace("_", " "),
        "type": "" if block is None else block.type or "",
        "left": "" if left is None else spell_length(left),
        "ends": "" if block is None else f"{block.end:%H:%M}",
        "next": "" if following is None else following.summary,
        "next_at": at,
        "meetings": str(meetings),
        "focus": f"{focus / 60:.1f}".removesuffix(".0"),
    }
    here = (
        f"{visible(shown['summary'])}, {shown['left']} left"
        if block is not None
        else "nothing is planned now"
    )
    then = f"; then {visible(shown['next'])} at {at}" if following is not None else ""
    return {"week": str(key), "now": noun, "shown": shown, "line": here + then}


def _inside(block: Block, outer: Block | None) -> bool:
    """A block that only fills the box that is on is no next thing."""
    return outer is not None and block.box == outer.uid and block.kind == outer.kind
