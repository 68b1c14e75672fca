"""`techlead update` drafts the post, and keeps what is said of it."""

from __future__ import annotations

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
