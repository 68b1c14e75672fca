"""What each key and each event of the mouse means, in each state of the week screen."""

from __future__ import annotations

from typing import cast

import pytest

from techlead_tui.core.decide import Decision
from techlead_tui.render.viewport import DAY
from techlead_tui.tui import actions
from techlead_tui.tui.move import Move
from techlead_tui.tui.quick_line_jobs import LineJob
from techlead_tui.tui.screens.week.state import (
    LOOK,
    RESTS,
    Carry,
    Drag,
    Hold,
    Interaction,
    Refused,
    Typing,
    carried,
    carry,
    dragged,
    leave_words,
    meaning,
    mode,
    refusal_of,
    refuse,
    type_words,
)
from tests.core.weeks import ZONE, add, day, week_with

POOL = next(block for block in week_with(add("tue 10:00-11:00", "code")).blocks if block.source == "own")
TUE, WED = day("tue"), day("wed")
MOVE = Move.of(POOL, ZONE)
DECISION = cast("Decision", "a refusal")
JOB = cast("LineJob", "a line of words")
HELD = Drag(Hold(MOVE, "body", TUE, 600), MOVE)
TAKEN = Refused(DECISION, MOVE)
STATES: dict[str, Interaction] = {
    "look": LOOK,
    "carry": Carry(MOVE),
    "drag": HELD,
    "refused": Refused(DECISION),
    "refused in hand": TAKEN,
    "typing": Typing(JOB),
}
# a key of each sort, and what it means in the states above, in their order
TABLE = {
    "place": ("open", "put down", "put down", "take fix", "take fix", RESTS),
    "cancel": ("be silent", "put back", "put back", "drop", "put back", RESTS),
    "fix": ("take fix", RESTS, RESTS, "take fix", "take fix", RESTS),
    "override": (RESTS, RESTS, RESTS, "give reason", "give reason", RESTS),
    "up": ("go", "carry along", "carry along", "go", "carry along", RESTS),
    "next_week": ("go", "carry along", "carry along", "go", "carry along", RESTS),
    "next_block": ("go", RESTS, RESTS, RESTS, RESTS, RESTS),
    "next_wrong": ("go", RESTS, RESTS, RESTS, RESTS, RESTS),
    "move": ("pick up", RESTS, RESTS, RESTS, RESTS, RESTS),
    "longer": ("resize", "resize carried", "resize carried", RESTS, "resize carried", RESTS),
    "menu": ("menu", "menu of carried", "menu of carried", RESTS, RESTS, RESTS),
    "zoom": ("look", "look", "look", "look", "look", RESTS),
    "find": ("search", RESTS, RESTS, RESTS, RESTS, RESTS),
    "quick_add": ("quick_add", RESTS, RESTS, RESTS, RESTS, RESTS),
    "delete": ("delete", RESTS, RESTS, RESTS, RESTS, RESTS),
    "undo": ("undo", RESTS, RESTS, RESTS, RESTS, RESTS),
}


@pytest.mark.parametrize("method", TABLE)
def test_a_key_means_what_the_table_says(method: str) -> None:
    assert tuple(meaning(state, method) for state in STATES.values()) == TABLE[method]


def test_every_key_of_the_week_has_a_meaning_while_one_looks() -> None:
    methods = [action.method for action in actions.of_screen("week")]
    assert len(methods) > 30
    assert [method for method in methods if not meaning(LOOK, method)] == ["override"]


@pytest.mark.parametrize(
    ("state", "shown"),
    [("look", "look"), ("carry", "move"), ("drag", "move"), ("refused", "pending"), ("typing", "look")],
)
def test_the_key_bar_follows_the_state(state: str, shown: str) -> None:
    assert mode(STATES[state]) == shown


def test_a_refused_block_stays_in_hand_and_is_carried_on() -> None:
    refused = refuse(Carry(MOVE), DECISION)
    assert refused == TAKEN
    assert carried(refused) == MOVE
    assert carry(LOOK, MOVE) == Carry(MOVE)


def test_a_drag_stays_a_drag_wherever_it_goes() -> None:
    elsewhere = MOVE.to(WED, 600)
    assert carry(HELD, elsewhere) == Drag(HELD.hold, elsewhere)
    assert refuse(HELD, DECISION) == TAKEN


def test_a_reason_is_typed_over_the_refusal_and_leaving_comes_back_to_it() -> None:
    typing = type_words(TAKEN, JOB)
    assert refusal_of(typing) == DECISION
    assert mode(typing) == "pending"
    assert leave_words(typing) == TAKEN
    assert type_words(typing, JOB) == typing
    assert leave_words(type_words(LOOK, JOB)) == LOOK
    assert leave_words(Carry(MOVE)) == Carry(MOVE)


@pytest.mark.parametrize(
    ("part", "minute", "start", "end"),
    [
        ("body", 660, 660, 720),
        ("body", 0, 0, 60),
        ("body", DAY, DAY - 60, DAY),
        ("top", 630, 630, 660),
        ("top", 700, 645, 660),  # a quarter of an hour stays
        ("bottom", 630, 600, 690),
        ("bottom", 0, 600, 615),
    ],
)
def test_a_drag_moves_the_part_that_was_taken(part: str, minute: int, start: int, end: int) -> None:
    move = dragged(Hold(MOVE, part, TUE, 600), TUE, minute)
    assert move is not None
    assert (move.start, move.end) == (start, end)


def test_a_drag_over_free_time_holds_no_block() -> None:
    assert dragged(Hold(None, "empty", TUE, 600), TUE, 660) is None
