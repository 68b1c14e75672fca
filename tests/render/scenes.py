"""Scenes to draw: the reference week, and one that is busy in every way."""

from __future__ import annotations

from datetime import datetime

from techlead_tui.core.edits import Edit, FinishBlock
from techlead_tui.core.rules import violations
from techlead_tui.core.session import LogSession
from techlead_tui.core.week import Week
from techlead_tui.render.metrics import figures_of
from techlead_tui.render.text import Row, plain
from techlead_tui.render.week_page import Scene, opening_view, scene_rows
from tests.core.weeks import W48, add, day, moment, week_with

NOON = moment("tue 11:37")
KEYS = (("a", "add", "week.quick_add"), ("m", "move", "week.move"), ("?", "keys", "app.help"))


def session(when: str, minutes: int, summary: str, pattern: str | None = None) -> LogSession:
    start = moment(when)
    end = start.fromtimestamp(start.timestamp() + minutes * 60, start.tzinfo)
    return LogSession(
        summary=summary,
        start=start.isoformat(),
        end=end.isoformat(),
        week=str(W48),
        zone="Europe/Berlin",
        pattern=pattern,
    )


def busy() -> list[Edit]:
    return [
        add("tue 14:30-15:00", "status", override="the CFO visits"),
        add("wed 14:00-16:00", "code", summary="Connection pool for the ledger", people=("ana",)),
        add("thu 09:00-10:00", "code", summary="日本 🚀 launch ❤️ retro"),
        add("wed 09:30-10:00", summary="\x1b[31mCFO\x1b[0m [b]visit[/b]"),
        FinishBlock(f"em-1-1@{day('mon')}", day("mon"), "done"),
        FinishBlock(f"cross-team@{day('mon')}", day("mon"), "skipped"),
        session("mon 14:10", 95, "pool fix", "lead"),
        session("tue 9:30", 50, "pool spike", "spike"),
    ]


def scene_of(week: Week, now: datetime = NOON) -> Scene:
    return Scene(week, figures_of(week, now), violations(week, now), now, None)


def screen(week: Week, width: int, height: int, now: datetime = NOON, **view: object) -> list[Row]:
    opened = opening_view(week, now, width, height, **view)  # type: ignore[arg-type]
    return scene_rows(scene_of(week, now), opened, KEYS, width, height)


def text(rows: list[Row]) -> str:
    return "\n".join(plain(row).rstrip() for row in rows) + "\n"


def busy_week() -> Week:
    return week_with(*busy())
