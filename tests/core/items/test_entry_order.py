"""Items stand in the order in which they were written down, also where a clock was set back in between."""

from __future__ import annotations

from techlead_tui.core.items.kit import Item
from techlead_tui.core.items.pair import KIND, rotation


def waiting(uid: str, summary: str, who: str, second: int) -> Item:
    created = f"2026-11-24T11:37:{second:02}+00:00"
    return Item(KIND, {"uid": uid, "summary": summary, "who": who, "created": created, "status": "waiting"})


def test_who_came_first_is_first_though_the_clock_was_set_back() -> None:
    queue = [
        waiting("1", "importer", "bo", 1),
        waiting("2", "parser", "bo", 0),
        waiting("3", "cache", "ana", 0),
    ]
    assert [item.summary for item in rotation(queue, [])] == ["importer", "cache", "parser"]
