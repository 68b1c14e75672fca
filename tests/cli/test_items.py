"""Items in the shell: added, listed, turned, refused; what is wrong is named, and nothing is written then."""

from __future__ import annotations

import pytest

from techlead_tui.cli.items import put_list
from techlead_tui.cli.registry import NAMES
from techlead_tui.core.items.kinds import all_kinds
from techlead_tui.core.items.kit import ItemKind, Moment
from techlead_tui.planner.items import ItemList
from techlead_tui.render.text import width
from tests.cli.conftest import Techlead
from tests.core.weeks import empty, moment


def test_a_delegation_is_added_listed_and_done(techlead: Techlead) -> None:
    added = techlead("delegate", "status tracking of payments", "--to", "ana", "--frees", "2h", "--json")
    assert added.code == 0
    item = added.json["delegation"]
    assert (item["owner"], item["frees_minutes"], item["needs_you"]) == ("ana", 120, False)
    listed = techlead("delegations", "--json").json
    assert [one["uid"] for one in listed["delegations"]] == [item["uid"]]
    assert techlead("delegations", "status", "done").out == "saved: status tracking of payments, done\n"
    assert techlead("delegations").out.startswith("Nothing is delegated")
    assert techlead("delegations", "--all", "--json").json["delegations"][0]["status"] == "done"
    assert techlead("undo").code == 0
    assert techlead("delegations", "--json").json["delegations"][0]["status"] == "open"


def test_what_needs_the_lead_is_refused_with_its_why(techlead: Techlead) -> None:
    call = ("delegate", "architecture of the ledger", "--to", "ana")
    refused = techlead(*call)
    assert refused.code == 3
    assert "why: hand over what frees technical time" in refused.err
    assert techlead("delegations", "--json").json["delegations"] == []
    kept = techlead(*call, "--override", "she grows into it", "--json")
    assert (kept.code, kept.json["delegation"]["needs_you"]) == (0, True)
    assert kept.json["delegation"]["override"]["reason"] == "she grows into it"


def test_a_question_is_parked_answered_and_brought_back(techlead: Techlead) -> None:
    parked = techlead("ping", "why two caches?", "@chidi", "--json")
    assert parked.code == 0
    assert parked.json["question"]["people"] == ["chidi"]
    assert parked.json["question"]["window"]["uid"].startswith("questions@")
    uid = parked.json["question"]["uid"]
    done = techlead("questions", uid[-8:], "answered", "one is for reads", "--json").json["question"]
    assert (done["status"], done["answer"]) == ("answered", "one is for reads")
    again = techlead("questions", "why two", "reopen", "--json").json["question"]
    assert (again["status"], again["closed"]) == ("open", None)


def test_an_item_is_changed_and_taken_out(techlead: Techlead) -> None:
    techlead("delegate", "runbook", "--to", "ben")
    changed = techlead("delegations", "runbook", "edit", "queue runbook", "--frees", "1h", "--json").json
    assert (changed["delegation"]["summary"], changed["delegation"]["frees_minutes"]) == ("queue runbook", 60)
    gone = techlead("delegations", "queue", "rm", "--json").json["delegation"]
    assert gone["status"] == "removed"
    assert techlead("delegations", "--all", "--json").json["delegations"] == []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("delegate",), "what is handed over?"),
        (("delegate", "runbook"), "who has it?"),
        (("delegate", "runbook", "--to", "@"), "a name is missing"),
        (("delegate", "runbook", "--to", "ben", "--frees", "much"), "is not a length of time"),
        (("delegate", "runbook", "--to", "ben", "--follow-up", "someday"), "is not a day"),
        (("delegate", "runbook", "--to", "ben", "--authority", "all"), "does not know “all”"),
        (("delegate", "x" * 501, "--to", "ben"), "the title is too long"),
        (("delegate", "runbook", "@ana", "@ben"), "owner is one person"),
        (("delegations", "nothing", "done"), "there is no delegation “nothing”"),
        (("delegations", "", "done"), "the id is empty"),
        (("ping",), "what is the question?"),
    ],
)
def test_bad_words_are_named_and_nothing_is_written(
    techlead: Techlead, call: tuple[str, ...], said: str
) -> None:
    answer = techlead(*call)
    assert answer.code == 2
    assert said in answer.err
    assert techlead("history", "--json").json["history"] == []


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ((), "what is to be done with it?"),
        (("finished",), "is not an action of delegations"),
        (("follow-up",), "“follow-up” needs to know when to ask about it"),
        (("follow-up", "someday"), "is not a day"),
        (("done", "really"), "one word too many"),
        (("edit",), "what is to be changed?"),
        (("edit", "--to", ""), "owner cannot be empty"),
        (("reopen",), "“runbook” is open"),
    ],
)
def test_a_turn_that_cannot_be_is_named(techlead: Techlead, rest: tuple[str, ...], said: str) -> None:
    techlead("delegate", "runbook", "--to", "ben")
    answer = techlead("delegations", "runbook", *rest)
    assert answer.code == 2
    assert said in answer.err
    assert len(techlead("history", "--json").json["history"]) == 1


def test_words_that_fit_several_are_listed(techlead: Techlead) -> None:
    techlead("delegate", "runbook one", "--to", "ben")
    techlead("delegate", "runbook two", "--to", "ben")
    answer = techlead("delegations", "runbook", "done")
    assert answer.code == 2
    assert "runbook one" in answer.err
    assert "runbook two" in answer.err


def test_a_nudge_writes_a_reminder_that_quotes_the_promise(techlead: Techlead) -> None:
    techlead("delegate", "runbook", "--to", "ben", "--promised", "2031-03-07")
    first = techlead("delegations", "runbook", "nudge", "--json").json
    assert first["reply"]["text"].startswith("Hi ben, how is runbook going")
    assert "Fri 7 Mar" in first["reply"]["text"]
    assert first["delegation"]["nudged"]
    assert "Hi ben" in techlead("delegations", "runbook", "nudge").out


def test_find_looks_into_items_of_all_kinds_open_and_closed(techlead: Techlead) -> None:
    techlead("delegate", "runbook for the queue", "--to", "ben", "--grows", "operations")
    techlead("ping", "why two queues?", "@chidi")
    techlead("questions", "why two", "answered", "one is for retries")
    assert [one["kind"] for one in techlead("find", "queue", "--json").json["items"]] == [
        "delegation",
        "question",
    ]
    assert [one["kind"] for one in techlead("find", "retries", "--json").json["items"]] == ["question"]
    assert "runbook for the queue @ben" in techlead("find", "ben", "operations").out
    assert techlead("find", "chidi", "operations").out == "nothing found\n"


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        (("delegate", "runbook"), "--to WHO"),
        (("series", "nope", "keep"), "`techlead series` shows the ids"),
        (("delegations", "nope", "done"), "`techlead delegations --all` shows the ids"),
    ],
)
def test_a_hint_is_a_call_that_there_is(techlead: Techlead, call: tuple[str, ...], hint: str) -> None:
    answer = techlead(*call)
    assert (answer.code, hint in answer.err) == (2, True)


def test_columns_line_up_and_are_no_wider_than_what_they_hold(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    techlead("delegate", "status tracking of payments", "--to", "ana", "--frees", "2h")
    techlead("delegate", "tests for the importer", "--to", "bartholomew")
    first, second, _ = techlead("delegations").out.splitlines()
    assert first[10:] == "status tracking of payments  ana          do  Tue 1 Dec  0 d  2h"
    assert second[10:] == "tests for the importer       bartholomew  do  Tue 1 Dec  0 d"
    lines = techlead("series").out.splitlines()[:-1]
    starts = {line.index(title) for line, title in zip(lines, ("Arch", "Cross", "EM 1:1"), strict=False)}
    assert len(starts) == 1  # though ids differ in length
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("cells", ["20", "40", "80"])
def test_a_list_is_never_wider_than_the_terminal(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch, cells: str
) -> None:
    monkeypatch.setenv("COLUMNS", cells)
    techlead("delegate", "w" * 200, "--to", "漢字" * 20, "--frees", "3h")
    (line, *_) = techlead("delegations").out.splitlines()
    assert width(line) <= int(cells)
    assert line[10] == "w"


def test_an_id_stands_apart_whatever_the_title_is_written_in(techlead: Techlead) -> None:
    for title in ("runbook", "Überblick"):
        said = techlead("delegate", title, "--to", "ana").out
        assert said.startswith(f"saved: {title}, ana  [")


@pytest.mark.parametrize("kind", all_kinds(), ids=[kind.id for kind in all_kinds()])
def test_an_empty_list_says_what_adds_to_it(kind: ItemKind, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = ItemList((), Moment(empty(), moment("tue 11:37")))
    assert put_list(kind, nothing, False) == 0
    first, adds = capsys.readouterr().out.strip().split(". ")
    assert first == kind.empty.partition(". ")[0].rstrip(".")
    command = adds.removeprefix("techlead ").partition(" ")[0]
    assert command in NAMES
