"""Parked questions wait in the next window, and go on when it closes (M5)."""

from __future__ import annotations

from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddItem, TurnItem
from techlead_tui.core.items.kit import Item, Moment, item_json
from techlead_tui.core.items.question import KIND, OFTEN
from techlead_tui.core.items.waiting import waiting
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN, Snapshot
from tests.core.weeks import W48, empty, moment

NOW = moment("tue 11:37")


def _parked() -> Snapshot:
    return decide(empty(), AddItem("question", "why two caches?", {"people": ["chidi"]}), NOW, "q1").after


def _json(snapshot: Snapshot, when: str) -> dict[str, object]:
    moment_then = Moment(snapshot, moment(when))
    return item_json(Item(KIND, snapshot.table(OPEN, "questions")["q1"]), moment_then)


def test_a_question_stands_in_the_next_window() -> None:
    found = _json(_parked(), "tue 12:00")
    assert found["window"] == {
        "uid": "questions@2026-11-24",
        "start": "2026-11-24T16:00:00+01:00",
        "end": "2026-11-24T16:30:00+01:00",
    }
    assert (found["due"], found["carried"]) == ("2026-11-24", 0)
    assert waiting(_parked(), NOW).questions == {"questions@2026-11-24": ("why two caches?",)}


def test_it_stays_in_the_window_that_is_open_and_goes_on_when_it_closes() -> None:
    assert _json(_parked(), "tue 16:15")["due"] == "2026-11-24"
    later = _json(_parked(), "tue 16:30")
    assert (later["due"], later["carried"]) == ("2026-12-01", 1)


def test_carrying_skips_one_window() -> None:
    after = decide(_parked(), TurnItem("question", "q1", "carry", {}), NOW, "x").after
    assert _json(after, "tue 12:00")["due"] == "2026-12-01"


def test_an_answer_is_kept_and_closes_it() -> None:
    after = decide(_parked(), TurnItem("question", "q1", "answered", {"answer": "for speed"}), NOW, "x").after
    record = after.table(str(W48), "questions")["q1"]
    assert (record["status"], record["answer"], record["closed"]) == ("answered", "for speed", "2026-11-24")
    assert waiting(after, NOW).questions == {}


def test_urgent_every_week_is_said() -> None:
    urgent = AddItem("question", "prod is down", {"urgent": True})
    once = decide(empty(), urgent, NOW, "q1")
    assert "unblocking" in once.notes[0]
    buckets: dict[str, dict[str, dict[str, Record]]] = {OPEN: {}}
    for back in range(1, OFTEN):
        week = W48.shift(-back)
        record: Record = {
            "uid": f"u{back}",
            "summary": "x",
            "status": "answered",
            "urgent": True,
            "closed": str(week.monday),
            "created": f"{week.monday}T09:00:00+01:00",
        }
        buckets[str(week)] = {"questions": {f"u{back}": record}}
    often = decide(empty()._replace(buckets={**empty().buckets, **buckets}), urgent, NOW, "q1")
    assert often.notes == (
        f"urgent for {OFTEN} weeks in a row: asking in writing does not work here any more",
    )
