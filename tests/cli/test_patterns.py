"""Balance, drift and the patterns of the cadence in the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Techlead
from tests.evidence.conftest import ADA, BEN, commit, made


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", moment)


def test_a_fresh_home_is_unknown(techlead: Techlead) -> None:
    found = techlead("drift", "--json").json["drift"]
    assert (found["stage"], found["back"]) == (None, [])
    assert "stage unknown" in techlead("drift").out


def test_the_way_back_is_a_call_that_works(techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-09-01T09:00")
    techlead("log", "45m", "pool fix")
    at(monkeypatch, "2026-11-24T11:37")
    found = techlead("drift", "--json").json["drift"]
    assert found["stage"] == 4
    assert len(found["history"]) == 12
    words = found["back"][0]["words"]
    assert f"techlead {words[0]}" in techlead("drift").out
    assert techlead(*words).code == 0
    assert techlead("drift", "--json").json["drift"]["back"] != found["back"]


def test_one_session_after_a_gap_is_enough(techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2026-09-01T09:00")
    techlead("log", "45m", "pool fix")
    at(monkeypatch, "2026-11-24T11:37")
    techlead("log", "45m", "back again")
    assert techlead("drift", "--json").json["drift"]["stage"] == 0


def test_the_balance_has_three_periods_and_tells_when_counting_began(techlead: Techlead) -> None:
    techlead("log", "45m", "pool fix")
    answer = techlead("balance", "--json").json
    assert [period["name"] for period in answer["periods"]] == ["week", "four weeks", "quarter"]
    assert answer["balance"]["actual_minutes"]["hands_on"] == 45
    assert answer["balance"]["since"].startswith("2026-11-24T10:52")
    assert {period["weeks"] for period in answer["periods"]} == {1}
    text = techlead("balance", "--formula").out
    assert "counting began on 2026-11-24 10:52" in text
    assert "a minute counts once" in text


def test_a_week_that_began_before_the_first_use_says_so(techlead: Techlead) -> None:
    techlead("log", "45m", "pool fix")
    found = techlead("week", "--json").json
    assert found["counted_from"].startswith("2026-11-24T10:52")
    assert found["done_minutes"]["communication"] == 0  # Monday's meetings are not taken as held
    assert "done counts from Tue 24 Nov 10:52 on, the first use" in techlead("week").out
    assert techlead("week", "next", "--json").json["counted_from"] is None


def test_the_balance_of_a_span_is_one_period(techlead: Techlead) -> None:
    answer = techlead("balance", "2026-W46..2026-W48", "--json").json
    assert answer["week"] is None
    assert (answer["balance"]["from"], answer["balance"]["to"]) == ("2026-W46", "2026-W48")
    assert techlead("balance", "2026-W48..2026-W46").code == 2


def test_nothing_runs_at_first(techlead: Techlead) -> None:
    for name, key in (
        ("campaign", "campaign"),
        ("spike", "spike"),
        ("refactor", "refactoring"),
        ("pair", "pair"),
    ):
        answer = techlead(name, "--json").json
        assert answer[key] is None
        assert techlead(name).code == 0


def test_a_campaign_counts_its_sessions_and_reviews(techlead: Techlead) -> None:
    techlead("campaign", "payment retries", "--repo", "payments")
    techlead("log", "1h", "retry state", "-p", "lead")
    techlead("campaigns", "retries", "reviewed")
    answer = techlead("campaign", "--json").json
    assert answer["campaign"]["summary"] == "payment retries"
    progress = answer["progress"]
    assert (progress["week"], progress["logged_minutes"], progress["reviewed"]) == (1, 60, 1)
    assert progress["own_commits"] is None
    assert "week 1 of 2" in techlead("campaign").out


def test_findings_become_a_note_that_nobody_overwrites(techlead: Techlead) -> None:
    techlead("spike", "can Postgres carry the queue?")
    note = Path(techlead("spikes", "postgres", "findings", "--json").json["spike"]["note"])
    assert note.name == "2026-11-24-can-postgres-carry-the-queue.md"
    assert "## Recommendation" in note.read_text(encoding="utf-8")
    assert techlead("spike", "--json").json["owed"][0]["summary"] == "can Postgres carry the queue?"
    note.write_text("# mine\n", encoding="utf-8")
    techlead("spikes", "postgres", "findings")
    techlead("undo")
    assert note.read_text(encoding="utf-8") == "# mine\n"
    techlead("spikes", "postgres", "presented")
    assert techlead("spike", "--json").json["spike"] is None


def test_a_note_of_ones_own_or_an_address_is_taken_as_it_is(techlead: Techlead, tmp_path: Path) -> None:
    techlead("spike", "which cache?")
    for given, want in (
        ("findings.md", str(tmp_path / "findings.md")),
        ("https://x.org/n.md", "https://x.org/n.md"),
    ):
        found = techlead("spikes", "cache", "findings", given, "--json").json["spike"]
        assert found["note"] == want
    assert not (tmp_path / "https:").exists()


def test_the_queue_takes_turns_and_says_who_drives(techlead: Techlead) -> None:
    for what, who in (("importer", "@bo"), ("parser", "@bo"), ("cache", "@ana")):
        assert techlead("pair", what, who).code == 0
    answer = techlead("pair", "--json").json
    assert [item["summary"] for item in answer["queue"]] == ["importer", "cache", "parser"]
    assert answer["office_hours"] is None
    assert "techlead add every fri 14-15 'Office hours' +pairing" in techlead("pair").out
    techlead("add", "every", "fri", "14-15", "Office hours", "+pairing")
    techlead("pairs", "importer", "paired", "30")
    answer = techlead("pair", "--json").json
    assert answer["office_hours"]["start"].startswith("2026-11-27T14:00")
    assert [item["summary"] for item in answer["queue"]] == ["cache", "parser"]
    assert answer["progress"]["own_percent"] == 30
    assert "they drive" in techlead("pair").out


@pytest.mark.process
def test_the_own_share_of_a_campaign_is_counted_by_git(
    techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T11:37:00+00:00")
    repo = made(tmp_path / "payments")
    for number, who in enumerate((ADA, BEN, ADA, BEN)):
        commit(repo, f"step {number}", f"2026-11-23T1{number}:00:00+0000", who=who)
    techlead("repos", "add", str(repo))
    assert techlead("repos", "scan").code == 0
    techlead("campaign", "retries", "--repo", "payments", "--starts", "2026-11-23")
    progress = techlead("campaign", "--json").json["progress"]
    assert (progress["own_commits"], progress["all_commits"], progress["own_percent"]) == (2, 4, 50)
    assert "2 of 4 commits are yours: 50 %" in techlead("campaign").out
    found = techlead("drift", "--json").json["drift"]
    assert any("last shipped commit on Mon 23 Nov" in line for line in found["evidence"])
    assert techlead("report", "--json").json["report"]["weeks"][-1]["commits"] == 2
