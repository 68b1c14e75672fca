"""The series ledger: what comes again, what it costs, and decisions that change the coming weeks."""

from __future__ import annotations

from typing import Any

import pytest

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.items.kit import Moment
from techlead_tui.core.items.series import PROPOSALS, edits_of, occurrences
from techlead_tui.core.series import Repeat
from techlead_tui.core.series_gain import wins
from tests.cli.conftest import Techlead
from tests.core.weeks import W48, add, after, empty, moment

NOW = moment("tue 11:37")


def ledger(techlead: Techlead) -> dict[str, Any]:
    return {one["summary"]: one for one in techlead("series", "--json").json["series"]}


def own(techlead: Techlead) -> None:
    call = ("add", "every", "mon", "16:30-17:00", "Budget sync", "+cross-team", "@ana", "--override", "x")
    assert techlead(*call).code == 0


@pytest.mark.slow
def test_the_meetings_of_the_week_theme_are_in_the_ledger(techlead: Techlead) -> None:
    found = ledger(techlead)["Architecture review"]
    assert (found["status"], found["month_minutes"], found["role"]) == ("undecided", 240, "organised")
    assert techlead("series", "--json").json["footer"].startswith("5 recurring meetings, at most 5 ")
    assert techlead("history", "--json").json["history"] == []


@pytest.mark.slow
def test_value_and_effort_propose_and_are_kept(techlead: Techlead) -> None:
    own(techlead)
    answer = techlead("series", "budget", "--value", "1", "--effort", "3", "--json").json["series"]
    assert (answer["value"], answer["effort"], answer["proposal"]) == (1, 3, "drop")
    assert ledger(techlead)["Budget sync"]["people_month_minutes"] == 240
    assert techlead("series", "budget", "--value", "4").code == 2
    assert len(PROPOSALS) == 9


def test_a_trial_pauses_and_one_undo_brings_it_back(techlead: Techlead) -> None:
    own(techlead)
    dropped = techlead("series", "budget", "drop", "--trial", "2w", "--json").json["series"]
    assert (dropped["status"], dropped["due"], dropped["month_minutes"]) == ("drop", dropped["trial"], 60)
    assert "see whether anybody misses me there" in dropped["text"]
    assert techlead("undo").code == 0
    said = techlead("series", "budget", "drop", "--trial", "2w").out.splitlines()[0]
    assert said == "saved: Budget sync is dropped, on trial until Tue 8 Dec"
    techlead("undo")
    back = ledger(techlead)["Budget sync"]
    assert (back["status"], back["month_minutes"]) == ("undecided", 120)


def test_a_dropped_series_of_ones_own_ends_and_stays_in_the_ledger(techlead: Techlead) -> None:
    own(techlead)
    assert techlead("series", "budget", "drop").out.splitlines()[0] == "saved: Budget sync is dropped"
    assert ledger(techlead)["Budget sync"]["month_minutes"] == 0


def test_a_fixed_box_keeps_its_length_and_the_answer_says_so(techlead: Techlead) -> None:
    answer = techlead("series", "architecture", "shorten", "--json").json
    assert answer["series"]["status"] == "shorten"
    assert answer["series"]["month_minutes"] == 240
    assert "fixed in your week theme" in answer["notes"][0]


@pytest.mark.slow
def test_who_goes_instead_is_on_the_delegation_list(techlead: Techlead) -> None:
    assert techlead("series", "Stakeholder", "delegate", "ana").code == 0
    assert techlead("delegations", "--json").json["delegations"][0]["owner"] == "ana"
    assert ledger(techlead)["Stakeholder context"]["month_minutes"] == 0
    techlead("undo")
    assert techlead("delegations", "--json").json["delegations"] == []


@pytest.mark.parametrize("trial", ["3w", "5w"])
def test_a_trial_lasts_at_most_four_weeks(techlead: Techlead, trial: str) -> None:
    own(techlead)
    assert techlead("series", "budget", "drop", "--trial", trial).code == (0 if trial == "3w" else 2)


def test_what_would_be_won_is_measured_without_writing() -> None:
    edit = add("mon 14:30-15:00", "cross-team", repeat=Repeat(), override="x")
    at = Moment(after(empty(), edit, now=NOW), NOW)
    uid = next(name for name, blocks in occurrences(at).items() if blocks[0].source == "own")
    won = wins(uid, at)
    assert won["drop"]["minutes"] == 120  # type: ignore[index]
    assert won["drop"]["focus_minutes"] == max(0, won["drop"]["focus_minutes"])  # type: ignore[index]
    assert won["shorten"]["minutes"] == 60  # type: ignore[index]
    assert edits_of(uid, "keep", at) == []
    assert {IsoWeek.of(block.day) for block in occurrences(at)[uid]} == {W48.shift(n) for n in range(1, 5)}
