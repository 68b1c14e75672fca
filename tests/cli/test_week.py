"""The week as lines for the shell."""

from __future__ import annotations

from techlead_tui.cli.week import week_text
from techlead_tui.render.text import plain
from tests.core.weeks import moment, week_with
from tests.render.scenes import session


def test_planned_wanted_and_done_stand_in_columns() -> None:
    week = week_with(session("mon 14:00", 100, "pool"), session("tue 9:00", 699, "cache"))
    lines = [plain(row) for row in week_text(week, moment("tue 21:00"))]
    start = next(at for at, line in enumerate(lines) if "share" in line)
    table = lines[start : start + 6]
    assert [line.split() for line in table] == [
        ["planned", "share", "wanted", "done"],
        ["█hands-on", "27", "h", "77", "%", "60", "%", "8", "h", "40", "min"],
        ["▒mentorship", "30", "min", "1", "%", "25", "%", "0", "min"],
        ["▌communication", "5", "h", "14", "%", "15", "%", "3", "h", "15", "min"],
        ["┊other", "2.5", "h", "7", "%", "0", "%", "0", "min"],
        ["outside", "0", "min", "4", "h", "39", "min"],
    ]
    assert len({len(line) for line in table}) == 1
