"""Hold how a reply of the playbook is filled."""

from __future__ import annotations

import pytest

from techlead_tui.core.playbook import Entry, MissingError, compose, fill, missing_in, placeholders_of


def reply(**texts: str) -> Entry:
    options = {letter: part for letter, part in (("a", "read"), ("b", "pair")) if part in texts}
    tones = {"plain": texts, "warm": {"opening": "Dear {requester}"}}
    return Entry("reply", "no", "No", ("M11",), "", "", {}, tuple(texts), options, tones, "file")


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("Read {document}.", {"document": "a.md"}, "Read a.md."),
        ("Hi[ {requester}], no.", {}, "Hi, no."),
        ("Hi[ {requester}], no.", {"requester": "Ana"}, "Hi Ana, no."),
        ("Hi[ {requester} of {goal}], no.", {"requester": "Ana"}, "Hi, no."),
        ("- [ ] a box, [a link](x)", {}, "- [ ] a box, [a link](x)"),
        ("{{summary}} {summary}", {"summary": "x"}, "{summary} x"),
        ("About {summary}", {"summary": "[{document}] {{b}} [/bold]"}, "About [{document}] {{b}} [/bold]"),
    ],
)
def test_a_clause_goes_with_its_value(text: str, values: dict[str, str], said: str) -> None:
    assert fill(text, values) == said


def test_a_needed_value_that_is_missing_is_named_and_never_printed_as_a_hole() -> None:
    with pytest.raises(MissingError) as missing:
        fill("Read {document} by {by}[ with {engineer}].", {"by": "Friday", "document": ""})
    assert missing.value.names == ("document",)


def test_placeholders_are_found_in_and_out_of_clauses() -> None:
    assert placeholders_of("{by}[ {goal}] {by} {{summary}}") == ["by", "goal"]


def test_options_that_are_on_stand_as_neighbouring_lines() -> None:
    entry = reply(opening="Hi", read="- read", pair="- pair", question="Which?", question_one="Good?")
    assert compose(entry, "ab", "plain", {}) == "Hi\n\n- read\n- pair\n\nWhich?"
    assert compose(entry, "b", "plain", {}) == "Hi\n\n- pair\n\nGood?"


def test_a_part_without_a_warm_text_is_plain() -> None:
    entry = reply(opening="Hi", question="Which?")
    assert compose(entry, "", "warm", {"requester": "Ana"}) == "Dear Ana\n\nWhich?"


def test_only_what_the_chosen_options_need_is_asked_for() -> None:
    entry = reply(opening="Hi", read="- {document}", pair="- {engineer}", question="Which?")
    assert missing_in(entry, "a", "plain", {}) == ["document"]
    assert missing_in(entry, "ab", "plain", {"engineer": "Ana"}) == ["document"]
