"""What gave way where two machines changed the same field, in the history and as a sentence."""

from __future__ import annotations

import pytest

from techlead_tui.core.clashes import clash_record, clash_text
from techlead_tui.core.merging import PLACE, THERE, Clash, Fields, StampedPart

NAMES = {"m1": "laptop"}
HERE, ELSEWHERE = "2026.1.m1", "2026.2.m2"


def told(kept: Fields, lost: Fields, *, table: str = "blocks", summary: str = "pool", week: str = "") -> str:
    """The sentence about two values of a field, of which the laptop's stayed."""
    parts = {
        THERE: StampedPart(HERE, "", {THERE: True}),
        "summary": StampedPart(HERE, "", {"summary": summary, PLACE: "2026-W48"}),
    }
    clash = Clash((table, "b1", week), StampedPart(HERE, "", kept), StampedPart(ELSEWHERE, "", lost))
    return clash_text(clash_record(clash, parts, NAMES))


def test_the_history_keeps_both_values_and_their_machines() -> None:
    parts = {"summary": StampedPart(HERE, "", {"summary": "pool", PLACE: "2026-W48"})}
    kept, lost = {"day": "2026-11-24", PLACE: "2026-W48"}, {"day": "2026-12-01", PLACE: "2026-W49"}
    clash = Clash(("blocks", "b1", ""), StampedPart(HERE, "", kept), StampedPart(ELSEWHERE, "", lost))
    assert clash_record(clash, parts, NAMES) == {
        "table": "blocks",
        "uid": "b1",
        "week": "2026-W48",
        "summary": "pool",
        "field": "time",
        "kept": {"day": "2026-11-24", "week": "2026-W48"},
        "kept_from": "laptop",
        "gave_way": {"day": "2026-12-01", "week": "2026-W49"},
        "gave_way_from": "m2",
    }


@pytest.mark.parametrize(
    ("table", "uid", "summary"),
    [
        ("checks", "c", "the Friday check"),
        ("updates", "u", "the status update"),
        ("days", "d", "the kind of day"),
        ("theme_uses", "2026-W48", "2026-W48"),
    ],
)
def test_what_has_no_title_is_told_by_what_it_is(table: str, uid: str, summary: str) -> None:
    one = StampedPart(HERE, "", {"kind": "leave"})
    parts = {"record": one._replace(fields={PLACE: "2026-W48"})}
    found = clash_record(Clash((table, uid, ""), one, one), parts, NAMES)
    assert (found["summary"], found["week"]) == (summary, "2026-W48")


@pytest.mark.parametrize(
    ("kept", "lost", "said"),
    [
        (
            {"day": "2026-11-24", "start": 540, "end": 600},
            {"day": "2026-11-25", "start": 540, "end": 600},
            "“pool”: Wed 25 Nov 09:00–10:00 on m2 gave way to Tue 24 Nov 09:00–10:00 on laptop",
        ),
        (
            {"day": "2026-11-24", "start": 540, "end": 600, "zone": "Europe/Berlin"},
            {"day": "2026-11-24", "start": 600, "end": 660, "zone": "Asia/Tokyo"},
            "“pool”: 10:00–11:00 on m2 gave way to 09:00–10:00 on laptop",
        ),
        ({"day": "soon"}, {"day": "2026-11-25"}, "“pool”: Wed 25 Nov on m2 gave way to soon on laptop"),
        (
            {"summary": "pool"},
            {"summary": "pool\nfix"},
            "“pool”: its title, “pool fix” on m2, gave way to “pool” on laptop",
        ),
        (
            {"kind": "meeting", "type": "status"},
            {"kind": "async", "type": "status"},
            "“pool”: its kind, “async” on m2, gave way to “meeting” on laptop",
        ),
        (
            {"status": "done"},
            {"status": "skipped"},
            "“pool”: its state, “skipped” on m2, gave way to “done” on laptop",
        ),
        (
            {"optional": True},
            {"optional": False},
            "“pool”: optional, no on m2, gave way to yes on laptop",
        ),
        (
            {"people": ["ana", "bo"]},
            {"people": []},
            "“pool”: people, nothing on m2, gave way to ana, bo on laptop",
        ),
        (
            {"note": None},
            {"note": "x" * 70},
            f"“pool”: note, “{'x' * 60}” on m2, gave way to nothing on laptop",
        ),
        (
            {"override": {"reason": "CFO"}},
            {"override": {"rules": []}},
            "“pool”: override, another on m2, gave way to CFO on laptop",
        ),
        ({THERE: False}, {THERE: True}, "“pool”: a change on m2 gave way to its deletion on laptop"),
        ({THERE: True}, {THERE: False}, "“pool”: its deletion on m2 gave way to a change on laptop"),
    ],
)
def test_a_sentence_says_what_gave_way_to_what(kept: Fields, lost: Fields, said: str) -> None:
    assert told(kept, lost) == said


def test_an_answer_of_the_check_is_named_by_its_question() -> None:
    said = told({"answers/code": True}, {"answers/code": False}, table="checks", summary="", week="2026-W48")
    assert said == "“the Friday check”: code, no on m2, gave way to yes on laptop"
