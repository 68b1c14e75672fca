"""Every call that is offered for an overlap takes it away and no other minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.config.local_time import seconds
from techlead_tui.core.records import Record
from techlead_tui.planner.overlaps import overlaps

BEGIN = datetime(2026, 11, 24, 9, tzinfo=UTC)


def text(minute: int) -> str:
    return (BEGIN + timedelta(minutes=minute)).isoformat(timespec="seconds")


def minutes_of(start: str, end: str) -> set[int]:
    return set(range(seconds(start) // 60, seconds(end) // 60))


def carried_out(words: tuple[str, ...], sessions: dict[str, list[tuple[str, str]]]) -> None:
    """Return what a call does, as the core does it."""
    if words[0] == "rm":
        sessions[words[1]] = []
        return
    _, uid, option, value = words
    ((start, end),) = sessions[uid]
    if option == "--start":
        sessions[uid] = [(value, end)]
    elif option == "--end":
        sessions[uid] = [(start, value)]
    else:
        first, second = value.split("/")
        sessions[uid] = [(start, first), (second, end)]


spans = st.tuples(st.integers(0, 12), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(spans, spans)
def test_a_fix_gives_each_minute_to_one(mine: tuple[int, int], theirs: tuple[int, int]) -> None:
    start, end = map(text, mine)
    other: Record = {"uid": "other", "summary": "x", "start": text(theirs[0]), "end": text(theirs[1])}
    found = overlaps("mine", start, end, [other], 0)
    shared = len(set(range(*mine)) & set(range(*theirs)))
    assert [one.minutes for one in found] == ([shared] if shared else [])
    for one in found:
        assert one.fixes
        for _, words in one.fixes:
            sessions = {"mine": [(start, end)], "other": [(str(other["start"]), str(other["end"]))]}
            carried_out(words, sessions)
            parts = [minutes_of(*span) for spans in sessions.values() for span in spans]
            assert all(parts)
            assert sum(map(len, parts)) == len(set().union(*parts))
            assert set().union(*parts) == minutes_of(start, end) | minutes_of(
                text(theirs[0]), text(theirs[1])
            )


def test_a_session_does_not_overlap_itself_nor_one_that_touches_it() -> None:
    others: list[Record] = [
        {"uid": "mine", "summary": "", "start": text(0), "end": text(10)},
        {"uid": "next", "summary": "", "start": text(10), "end": text(20)},
    ]
    assert overlaps("mine", text(0), text(10), others, 0) == []
