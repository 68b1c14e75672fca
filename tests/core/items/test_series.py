"""Decisions about recurring meetings."""

from __future__ import annotations

import pytest

from techlead_tui.core.items.series import KIND


@pytest.mark.parametrize(
    ("decision", "fields", "said"),
    [
        ("keep", {}, "stays as it is"),
        ("shorten", {}, "takes half as long, for four weeks"),
        ("async", {}, "goes on in writing, for four weeks"),
        ("delegate", {"owner": "ben"}, "goes on with ben instead of you"),
        ("delegate", {}, "goes on without you"),
        ("drop", {"trial": "2026-12-07"}, "is dropped, on trial until Mon 7 Dec"),
        ("drop", {}, "is dropped"),
    ],
)
def test_what_a_decision_did_is_said_as_a_sentence(
    decision: str, fields: dict[str, object], said: str
) -> None:
    turn = KIND.transition(decision)
    assert turn is not None
    assert turn.says is not None
    assert turn.says(fields) == said
