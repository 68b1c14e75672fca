"""The reference says what the program does."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from techlead_tui.cli import now
from techlead_tui.cli.completions import SHELLS
from techlead_tui.cli.help import commands_of
from techlead_tui.cli.registry import MODULES, NAMES
from techlead_tui.core.items.kinds import all_kinds
from tests.cli.conftest import Techlead
from tests.cli.pages import ANSWERS, FOLDER, NOUNS, PAGES

CALLS = {
    "no": ("budget", "--option", "c"),
    "free": ("45m", "2031-W10"),
    "find": ("deep",),
    "with": ("ana",),
    "add": ("2031-03-05", "14-16", "pool", "+code"),
    "move": ("wed-messages@2031-03-05", "9:00"),
    "edit": ("wed-messages@2031-03-05", "messages"),
    "rm": ("questions@2031-03-04",),
    "done": ("wed-messages@2031-03-05",),
    "day": ("2031-03-07", "leave"),
    "log": ("45m", "pool"),
    "lint": ("2031-W10",),
    "sessions": ("all",),
    "week": ("2031-W10",),
    "repos add": ("billing",),
    "repos rm": ("billing",),
    "theme use": ("on-call", "2031-W10"),
    "theme check": ("bad.toml",),
    **{kind.add: tuple(shlex.split(kind.examples[0])[2:]) for kind in all_kinds()},
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_not_stale(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run python -m tests.cli.pages"


@pytest.mark.parametrize(("command", "key", "noun"), ANSWERS)
@pytest.mark.few(10)
def test_an_answer_has_the_keys_that_are_documented(
    techlead: Techlead, tmp_path: object, command: str, key: str, noun: str
) -> None:
    with open(f"{tmp_path}/bad.toml", "w") as file:
        file.write("title = 3\n")
    if command in ("undo", "redo", "history"):
        techlead("log", "5m", "x")
    if command == "stop":
        techlead("start", "x")
    if command == "redo":
        techlead("undo")
    if command == "sessions":
        techlead("log", "5m", "x")
    if command.startswith("repos"):
        for folder in ("objects", "refs"):
            os.makedirs(f"{tmp_path}/billing/.git/{folder}")
        with open(f"{tmp_path}/billing/.git/HEAD", "w") as file:
            file.write("ref: refs/heads/main\n")
        techlead("repos", "add", "billing")
    if command == "repos scan":
        os.rename(f"{tmp_path}/billing", f"{tmp_path}/gone")  # so that no git is run
    for kind in all_kinds():
        if command == kind.lister:
            techlead(kind.add, *CALLS[kind.add])
    answer = techlead(*command.split(), *CALLS.get(command, ()), "--json").json
    assert answer["schema"] == 1
    assert answer["ok"] is True if "ok" in answer else "week" in answer
    found = answer[key]
    for value in found if isinstance(found, list) else [found]:
        assert set(NOUNS[noun]) <= set(value)
        assert command == "themes" or set(NOUNS[noun]) == set(value)


def test_violations_have_the_keys_that_are_documented(techlead: Techlead) -> None:
    refused = techlead("add", "2031-03-04", "14-15", "x", "+status", "--json").json
    assert refused["violations"]
    assert all(set(violation) == set(NOUNS["violation"]) for violation in refused["violations"])


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself(techlead: Techlead, name: str) -> None:
    for call in ((name, "--help"), ("help", name)) if name != "help" else (("help", name),):
        answer = techlead(*call)
        assert answer.code == 0
        assert answer.out.startswith(f"usage: techlead {name}")
        assert max(map(len, answer.out.splitlines())) <= 110
    assert commands_of(name)
    assert MODULES[name]


def test_help_names_every_command(techlead: Techlead) -> None:
    shown = techlead("help").out
    assert all(f"  {name} " in shown for name in NAMES)
    assert techlead("--help").out == shown


def test_the_formats_of_now_are_in_its_help() -> None:
    text = " ".join(now.COMMAND.details)
    assert now.NAMES
    assert all(f"{{{name}}}" in text for name in now.NAMES)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completion_script_asks_the_program(techlead: Techlead, shell: str) -> None:
    script = techlead("completions", shell).out
    assert "completions --complete" in script
    assert techlead("completions", shell, "--json").json["completions"]["script"] == script.rstrip("\n")


def offered(techlead: Techlead, *words: str) -> dict[str, str]:
    """Return what may become of the last word, each with what is said about it."""
    rows = [line.partition("\t") for line in techlead("completions", "--complete", *words).out.splitlines()]
    return {text: about for text, _, about in rows}


def test_the_tab_key_offers_every_command_and_all_its_options(techlead: Techlead) -> None:
    assert offered(techlead, "") == {name: commands_of(name)[0].summary for name in NAMES}
    assert offered(techlead) == offered(techlead, "")
    assert set(offered(techlead, "the")) == {"theme", "themes"}
    for name in NAMES:
        options = {
            one for command in commands_of(name) for option in command.all_options for one in option.names
        }
        assert set(offered(techlead, name, "-")) == options
    assert offered(techlead, "nonsense", "") == {}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("week", "n"), "next"),
        (("sessions", "a"), "all"),
        (("day", "to"), "today tomorrow"),
        (("day", "fri", "o"), "on-call"),
        (("theme", ""), "show use new check this next last --from --json --help"),
        (("theme", "check", "on"), "on-call"),
        (("theme", "use", "on-call", "n"), "next no-meeting-wednesday"),
        (("theme", "new", "mine", "--from", "on"), "on-call"),
        (("log", "--pattern", "sp"), "spike"),
        (("edit", "em-1-1", "--type", "stat"), "status"),
        (("completions", ""), "bash zsh fish --known --json --help"),
        (("help", "his"), "history"),
        (("add", "--override", ""), ""),
        (("add", "wed", "+opt"), "+optional"),
        (("free", "1h", "+stat"), "+status"),
        (("rm", "em"), "em-1-1"),
        (("done", "em"), "em-1-1"),
        (("no", "em"), "em-1-1"),
        (("no", "--objection", "em"), "em-visibility"),
        (("no", "--reply", "foc"), "focus"),
        (("repos", "r"), "rm"),
        (("playbook", "say"), "say-no"),
        (("playbook", "check", ""), "--json --help"),
        (("move", "em-1-1", "tom"), "tomorrow"),
    ],
)
def test_the_tab_key_offers_what_may_stand_at_a_place(
    techlead: Techlead, words: tuple[str, ...], wanted: str
) -> None:
    assert set(offered(techlead, *words)) == set(wanted.split())


def test_the_tab_key_offers_people_met_lately_and_ids_of_this_week(techlead: Techlead) -> None:
    techlead("add", "tomorrow", "0:00-0:30", "pool", "+code", "@ana", "--with", "Bo Li", "--override", "x")
    session = techlead("log", "5m", "pool", "--json").json["session"]["uid"][-8:]
    assert set(offered(techlead, "add", "wed", "@")) == {"@ana"}
    assert set(offered(techlead, "add", "wed", "--with", "")) == {"ana"}
    assert set(offered(techlead, "edit", session)) == {session}


def test_the_tab_key_offers_the_rest_where_a_file_cannot_be_read(techlead: Techlead, tmp_path: Path) -> None:
    settings = tmp_path / "home" / "config" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[[[")
    assert set(offered(techlead, "edit", "")) == set(offered(techlead, "edit", "--"))
    assert "tomorrow" in offered(techlead, "move", "")


def test_what_is_known_only_now_is_told_to_the_tab_key(techlead: Techlead) -> None:
    def known(kind: str) -> list[str]:
        return techlead("completions", "--known", kind).out.split()

    techlead("add", "tomorrow", "0:00-0:30", "pool", "+code", "@ana", "--with", "Bo Li", "--override", "x")
    session = techlead("log", "5m", "pool", "--json").json["session"]["uid"]
    assert "maker-week" in known("themes")
    assert {"+status", "+deep-work", "+optional"} <= set(known("tags"))
    assert known("people") == ["@ana"]
    assert {"em-1-1", session[-8:]} <= set(known("ids"))
    assert techlead("completions", "--known", "themes", "--json").json["words"] == known("themes")
    assert techlead("completions", "--known", "themse").code == 2
