"""`techlead update` drafts the post, and keeps what is said of it."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from techlead_tui.cli.demo import write_quarter
from techlead_tui.config.paths import Folders
from techlead_tui.core.lengths import length
from tests.cli.conftest import Techlead


def test_the_draft_is_one_object_with_markdown(techlead: Techlead) -> None:
    techlead("log", "50m", "pool fix")
    answer = techlead("update", "--json")
    assert answer.code == 0
    update = answer.json["update"]
    assert answer.json["week"] == update["period"]
    assert "- pool fix (50 min)" in update["markdown"]
    assert "• pool fix (50 min)" in update["slack"]
    assert update["figures"]["coding_minutes"] == 50
    assert update["figures"]["commits"] is None
    assert not update["edited"]


def test_colour_reason_and_effects_are_kept_and_taken_back(techlead: Techlead) -> None:
    techlead("outcome", "retries are safe", "--week", "this")
    techlead("outcomes", "retries", "done")
    said = techlead(
        "update",
        "--status",
        "yellow",
        "--because",
        "the audit",
        "--effect",
        "retries are safe=less pain",
        "--json",
    )
    assert said.code == 0
    assert said.json["ok"]
    shown = techlead("update")
    assert "**Yellow**: the audit" in shown.out
    assert "- retries are safe → less pain" in shown.out
    assert techlead("undo").code == 0
    assert "**Yellow**" not in techlead("update").out


def test_a_text_of_ones_own_stays_until_a_fresh_draft_is_asked_for(techlead: Techlead) -> None:
    text = "# Mine\n\n## Next week\n- hire\n"
    assert techlead("update", "--text", text).code == 0
    assert techlead("update").out == text
    assert [item["summary"] for item in techlead("outcomes", "--json").json["outcomes"]] == ["hire"]
    assert techlead("update", "--json").json["update"]["edited"]
    assert "# Week" in techlead("update", "--fresh").out
    assert techlead("update", "--text", "").code == 0
    assert "# Week" in techlead("update").out


def test_a_text_from_standard_input_is_taken_to_the_letter_or_not_at_all(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch
) -> None:
    def piped(data: bytes) -> int:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        return techlead("update", "--text", "-").code

    assert piped("# Café\r\nmine\n".encode()) == 0
    assert techlead("update").out == "# Café\nmine\n"
    assert piped("# Café\n".encode("latin-1")) == 2
    assert techlead("update").out == "# Café\nmine\n"


def test_a_month_and_a_quarter_have_posts_and_keep_nothing(techlead: Techlead) -> None:
    assert techlead("update", "2026-11", "--json").json["update"]["period"] == "2026-11"
    brag = techlead("update", "2026-Q4", "--brag")
    assert (brag.code, brag.out.split("\n")[0]) == (0, "# 2026-Q4, Mon 28 Sep to Sun 3 Jan 2027")
    refused = techlead("update", "2026-Q4", "--status", "red")
    assert (refused.code, "say it of a week" in refused.err) == (2, True)


def test_words_that_are_wrong_are_named(techlead: Techlead) -> None:
    for words in (
        ("2026-13",),
        ("this", "that"),
        ("--status", "blue"),
        ("--effect", "nothing"),
        ("--for", "cto"),
    ):
        assert techlead("update", *words).code == 2
    both = techlead("update", "--brag", "--for", "em")
    assert (both.code, "two posts" in both.err) == (2, True)


@pytest.mark.few(0)
def test_the_quarter_of_the_demonstration_adds_up(
    techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-27T15:00:00+00:00")
    write_quarter(Folders.under(str(tmp_path / "home")), datetime(2026, 11, 27, 15, tzinfo=UTC), UTC)
    quarter = techlead("update", "2026-Q4", "--brag", "--json").json["update"]
    weeks = [f"2026-W{number}" for number in range(40, 54)]
    sessions = [one for key in weeks for one in techlead("sessions", key, "--json").json["sessions"]]
    coded = [one for one in sessions if one["category"] == "hands_on" and one["pattern"] != "review"]
    read = [techlead("week", key, "--json").json for key in weeks if key <= "2026-W48"]
    figures = quarter["figures"]
    assert figures["coding_minutes"] == sum(one["minutes"] for one in coded) > 0
    assert figures["focus_minutes"] == sum(week["focus_done_minutes"] for week in read) > 0
    blocks = [block for week in read for block in week["blocks"]]
    ahead = [block for key in weeks[9:] for block in techlead("week", key, "--json").json["blocks"]]
    assert figures["overrides"] == sum(block["overridden"] for block in (*blocks, *ahead)) > 0
    assert f"- Coding {length(figures['coding_minutes'])}" in quarter["markdown"]
    assert f"- Focus time {length(figures['focus_minutes'])} of " in quarter["markdown"]

    week = techlead("update", "--json").json["update"]
    mine = [one for one in coded if one["start"][:10] >= "2026-11-23"]
    minutes = sum(one["minutes"] for one in mine)
    assert week["figures"]["coding_minutes"] == minutes
    (code, *_) = techlead("check", "--json").json["check"]["questions"]
    assert code["evidence"][0] == f"{len(mine)} coding sessions, {length(minutes)} this week"
    assert f"{week['figures']['commits']} own commits" in code["evidence"]
    posted = techlead("update", "--slack").out
    assert [line[2:] for line in posted.split("\n") if line.startswith("• ")] == [
        line[2:].replace("\\", "") for line in week["markdown"].split("\n") if line.startswith("- ")
    ]
