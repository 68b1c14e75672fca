"""Hold how a reply of the playbook is filled."""

from __future__ import annotations

import json

import pytest

from techlead_tui.config.playbook_toml import read_playbook
from techlead_tui.core.playbook import (
    Entry,
    MissingError,
    body,
    compose,
    entry_of,
    fill,
    from_data,
    missing_in,
    placeholders_of,
    read_through,
    search,
    to_data,
)

PLAYBOOK = read_playbook("/no/such/folder")[0]


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


def entry(kind: str, id: str = "one", **more: object) -> Entry:
    plain = Entry(kind, id, "One thing", ("M11",), "", "", {}, (), {}, {}, "file")
    return plain._replace(**more)  # type: ignore[arg-type]


def test_every_entry_is_read_back_from_json_as_it_was() -> None:
    assert [from_data(json.loads(json.dumps(to_data(one)))) for one in PLAYBOOK.values()] == [
        *PLAYBOOK.values()
    ]


def test_a_search_wants_all_words_somewhere_in_an_entry() -> None:
    book = {
        "one": entry("principle", fields={"says": ("Code comes first",)}),
        "two": entry("reply", "two", title="Code", tones={"plain": {"opening": "First, no."}}),
        "three": entry("principle", "three", method=("M2",), rules=("lunch",), types=("status",)),
    }
    found = {
        text: [one.id for one in search(book, text)] for text in ("FIRST code", "code principles", "status")
    }
    assert found == {"FIRST code": ["one", "two"], "code principles": ["one"], "status": ["three"]}
    assert [one.id for one in search(book, "m11")] == ["one", "two"]
    assert [one.id for one in search(book, "lunch")] == ["three"]
    assert [one.id for one in search(book, "two")] == ["two"]
    assert search(book, "m11 nothing") == []


def test_a_rule_is_explained_by_the_entry_about_the_type_else_by_the_first() -> None:
    book = {
        "plain": entry("principle", "plain", rules=("lunch",)),
        "status": entry("show-up", "status", rules=("lunch",), types=("status",)),
    }
    named = {type_id: entry_of(book, "lunch", type_id) for type_id in ("status", "review", None)}
    assert {type_id: one.id if one else "" for type_id, one in named.items()} == {
        "status": "status",
        "review": "plain",
        None: "plain",
    }
    assert entry_of(book, "overlap", None) is None


def test_a_text_is_read_with_what_stands_for_its_placeholders() -> None:
    assert read_through("Read {document}[ by {by}].") == "Read the document by Friday."


def test_an_entry_is_read_with_its_labels() -> None:
    about = entry(
        "show-up",
        fields={"worth_it": ("yes",), "limit": ("30 min",), "conditions": ("a document", "a decision")},
    )
    assert body(about) == [
        ("worth it", "yes"),
        ("limit", "30 min"),
        ("when", ""),
        ("", "- a document"),
        ("", "- a decision"),
    ]
    assert body(entry("show-up")) == [("worth it", "no")]
    assert body(entry("checklist", fields={"questions": ("done?",)})) == [("", "- done?")]
    trap = entry(
        "anti-pattern", fields={"what": ("It grows.",), "week": ("40 % meetings",), "instead": ("stop",)}
    )
    assert body(trap) == [("", "It grows."), ("back", "stop")]
    said = reply(opening="Hi", read="Read it", pair="Pair", question="Well?", question_one="So?")
    assert body(said) == [("", "Hi"), ("a", "Read it"), ("b", "Pair"), ("", "Well?")]
    assert body(said, "warm")[0] == ("", "Dear {requester}")
