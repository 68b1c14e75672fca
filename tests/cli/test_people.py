"""One person, who waits for the lead, and the boundary ledger."""

from __future__ import annotations

import pytest

from techlead_tui.planner.people import BoundaryMoment, redacted
from tests.cli.conftest import Techlead


def test_all_that_exists_with_a_person_is_gathered(techlead: Techlead) -> None:
    techlead("delegate", "status of payments", "--to", "ana")
    techlead("delegate", "tests of the parser", "--to", "ben")
    techlead("ping", "why two caches?", "@ana", "--mine")
    techlead("decide", "Move to events", "--consulted", "ana")
    techlead("add", "2031-03-05", "14-15", "pool", "+pairing", "@ana", "--override", "x")
    found = techlead("with", "@ANA", "--json").json["person"]
    assert [one["summary"] for one in found["delegations"]] == ["status of payments"]
    assert [one["mine"] for one in found["questions"]] == [True]
    assert [one["summary"] for one in found["decisions"]] == ["Move to events"]
    assert (found["next"]["summary"], found["last"], len(found["pairing"])) == ("pool", None, 1)
    text = techlead("with", "ana").out
    assert "## Handed over\n\n- status of payments (open" in text
    assert "- you ask: why two caches?" in text


def test_the_manager_gets_the_four_subjects(techlead: Techlead) -> None:
    text = techlead("with", "em").out
    heads = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert heads == ["Technical direction", "Blockers", "Hiring", "Own development"]
    assert techlead("with").code == 2
    assert "- [ ] whom are we looking for" in text
    assert "- [ ] what do I want to be able to do next" in text
    techlead("ping", "which candidate do we invite?", "@em")
    techlead("decide", "A conference for each of us", "@em")
    after = techlead("with", "em").out
    assert "## Hiring\n\n- which candidate do we invite?" in after
    assert "## Own development\n\n- A conference for each of us" in after


def test_a_time_zone_is_kept_and_tells_the_time_there(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T12:00")
    assert techlead("with", "Ana", "--json").json["person"]["zone"] is None
    techlead("add", "mon", "16-16:30", "pool", "+cross-team", "@ana")
    assert techlead("with", "Ana", "--zone", "new_york").code == 0
    found = techlead("with", "ana", "--json").json["person"]
    assert found["zone"] == "America/New_York"
    assert "(America/New_York)" in found["markdown"]
    assert "in New York)" in found["markdown"]
    assert "in New York" in techlead("no", "--focus", "tue-afternoon", "--to", "ana").out
    assert techlead("with", "ana", "--zone", "nowhere").code == 2
    assert techlead("with", "ana", "--zone", "Berlin").code == 0
    assert techlead("with", "Ana", "--json").json["person"]["zone"] == "Europe/Berlin"


def test_the_agenda_is_copied_and_says_which_way(techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr("techlead_tui.hooks.clipboard.copy", lambda text, *_: copied.append(text))
    answer = techlead("with", "ana", "--copy")
    assert copied[0].startswith("# 1:1 with ana")
    assert "note: " in answer.err


def test_who_waits_is_told_after_two_working_days(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T09:00")
    techlead("decide", "Move to events", "@ana")
    techlead("ping", "why two caches?", "@chidi")
    assert techlead("owed", "--json").json["owed"] == []
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-30T09:00")  # decided on Friday: one working day ago
    assert "decision" not in {one["kind"] for one in techlead("owed", "--json").json["owed"]}
    monkeypatch.setenv("TECHLEAD_NOW", "2026-12-09T09:00")
    found = techlead("owed", "--json").json["owed"]
    assert {one["kind"] for one in found} == {"decision", "question"}
    assert [one["age_working_days"] for one in found] == sorted(
        (one["age_working_days"] for one in found), reverse=True
    )
    assert {tuple(one["people"]) for one in found} == {("ana",), ("chidi",)}


def test_an_override_is_in_the_ledger_and_names_can_be_left_out(techlead: Techlead) -> None:
    call = ("add", "2031-03-04", "14-15", "budget with Ana", "+status", "@ana", "--override", "ana insists")
    assert techlead(*call).code == 0
    entry = techlead("boundary", "--json").json["boundary"][0]
    assert (entry["what"], entry["date"], entry["people"]) == ("override", "2031-03-04", ["ana"])
    assert "deep-work" in entry["rules"]
    entry = techlead("boundary", "--redact", "--json").json["boundary"][0]
    assert (entry["summary"], entry["reason"], entry["people"]) == (
        "budget with [name]",
        "[name] insists",
        [],
    )
    assert "ana" not in techlead("boundary", "--redact").out.lower()


def test_parts_of_names_addresses_and_signs_are_left_out() -> None:
    entry = BoundaryMoment(
        "2026-11-24", "override", "Zoë's sync, banana", ("Zoë Li",), (), "@bo and x@y.org, li"
    )
    found = redacted([entry], ["[b]"])[0]
    assert (found.summary, found.reason) == ("[name]'s sync, banana", "[name] and [name] [name]")


def test_a_trade_a_decline_and_a_proxy_are_in_the_ledger_with_their_reasons(techlead: Techlead) -> None:
    techlead("trade", "refactoring of the queue", "--for", "budget sync", "@ana")
    for title, turn in (("roadmap", ("decline",)), ("status call", ("proxy", "ben"))):
        techlead("invite", "2031-03-04", "14:30-15", title, "@mira")
        techlead("triage", title, *turn)
    found = {one["what"]: one for one in techlead("boundary", "--json").json["boundary"]}
    assert (found["trade"]["summary"], found["trade"]["reason"]) == (
        "refactoring of the queue",
        "for budget sync",
    )
    assert (found["decline"]["summary"], found["decline"]["people"]) == ("roadmap", ["mira"])
    assert found["proxy"]["reason"] == "ben goes instead"
    text = techlead("boundary", "--redact").out
    assert "[name] goes instead" in text
    assert not [name for name in ("ana", "mira", "ben") if name in text]
