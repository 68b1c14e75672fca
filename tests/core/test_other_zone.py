"""What was planned in another time zone: it stays in its week, and can be judged and changed there."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import decide
from techlead_tui.core.edits import FinishBlock, MoveBlock
from techlead_tui.core.lint import lint
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.text import times
from techlead_tui.core.week import Block
from tests.core.weeks import SUNDAY, W48, ZONE, add, after, empty


def come_home(zone: str, when: str) -> tuple[Snapshot, Block]:
    """Work planned in another zone, as the clocks of Berlin show it."""
    there = after(empty(zone=ZoneInfo(zone)), add(when, "code"))
    here = there._replace(zone=ZONE)
    return here, next(block for block in here.week(W48).blocks if block.source == "own")


def test_its_time_is_shown_by_the_clocks_here() -> None:
    _, block = come_home("Asia/Tokyo", "wed 18-20")
    assert (f"{block.day:%a}", times(block.span)) == ("Wed", "10:00–12:00")


@pytest.mark.parametrize(
    ("zone", "when"),
    [
        ("Asia/Tokyo", "mon 0-1"),
        ("Pacific/Kiritimati", "mon 6-9"),
        ("America/Los_Angeles", "sun 18-24"),
        ("America/Los_Angeles", "sun 23-24"),
    ],
)
def test_at_the_edge_of_its_week_it_keeps_the_time_that_was_planned(zone: str, when: str) -> None:
    here, block = come_home(zone, when)
    assert IsoWeek.of(block.day) == W48
    assert f"{block.day:%a} {block.start.hour}".lower() == when.partition("-")[0]
    assert lint(here, W48, SUNDAY)
    for edit in (
        FinishBlock(block.uid, block.day, "done"),
        MoveBlock(block.uid, block.day, block.day, 17 * 60, 18 * 60),
    ):
        decision = decide(here, edit, SUNDAY, "new")
        assert not decision.refused
        assert [change.bucket for change in decision.changes] == [str(W48)]
