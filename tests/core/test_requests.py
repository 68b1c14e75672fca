"""Meeting requests, and what is said about them once they are turned."""

from __future__ import annotations

from techlead_tui.core.decide import decide_together
from techlead_tui.core.edits import AddItem, TurnItem
from techlead_tui.core.items.changes import edits_of
from techlead_tui.core.items.kit import Item, Moment
from techlead_tui.core.judge import judge
from techlead_tui.core.requests import KIND
from techlead_tui.core.snapshot import OPEN
from tests.core.weeks import W48, empty, moment

NOW = moment("tue 11:37")
REVIEW = AddItem(
    "request",
    "billing review",
    {"requester": "ana", "start": "2026-11-26T14:00", "end": "2026-11-26T15:00"},
)


def test_what_is_kept_says_why() -> None:
    snapshot = judge(empty(), REVIEW, NOW, "r1").after
    item = Item(KIND, snapshot.table(OPEN, "requests")["r1"])
    turn = TurnItem("request", "r1", "keep", {"why": "the CFO comes"})
    after = decide_together(snapshot, edits_of(item, turn, Moment(snapshot, NOW)), NOW, "new").after
    kept = Item(KIND, after.table(str(W48), "requests")["r1"], str(W48))
    assert KIND.card(kept, Moment(after, NOW)) == ["reason: the CFO comes"]
