"""Hold what is said of the playbook's files, the shipped ones and the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from techlead_tui.config.catalog import Library
from techlead_tui.config.playbook import load_playbook
from techlead_tui.config.playbook_toml import check_playbook, load_example_week, read_playbook, rule_ids
from techlead_tui.config.problems import FileError
from techlead_tui.core.playbook import (
    FIGURES,
    KINDS,
    LONGEST,
    METHOD,
    OPENS,
    TONES,
    compose,
    entry_of,
    read_through,
    search,
)
from techlead_tui.errors import DataError

SHIPPED, PROBLEMS = read_playbook("/no/such/folder")


def own(tmp_path: Path, text: str | bytes, name: str = "mine.toml") -> str:
    folder = tmp_path / "playbook"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(tmp_path)


def test_the_shipped_files_are_right() -> None:
    assert PROBLEMS == ()


def test_every_part_of_the_method_is_there() -> None:
    assert {part for entry in SHIPPED.values() for part in entry.method} == set(METHOD)


def test_every_kind_of_entry_every_figure_and_every_command_is_used() -> None:
    entries = SHIPPED.values()
    assert {entry.kind for entry in entries} == set(KINDS)
    assert {entry.figure for entry in entries} == set(FIGURES)
    assert {entry.opens for entry in entries} == set(OPENS)


@pytest.mark.parametrize("entry", SHIPPED.values(), ids=list(SHIPPED))
def test_an_entry_is_short_and_can_be_found(entry) -> None:  # type: ignore[no-untyped-def]
    assert all(len(text) <= LONGEST for text in entry.texts())
    assert [entry] == search(SHIPPED, entry.id)
    assert entry in search(SHIPPED, entry.title)
    assert all("{" not in read_through(text) and "}" not in read_through(text) for text in entry.texts())


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("entry", [e for e in SHIPPED.values() if KINDS[e.kind].said], ids=lambda e: e.id)
def test_what_is_said_has_two_tones_and_ends_with_one_question(entry, tone: str) -> None:  # type: ignore[no-untyped-def]
    assert set(entry.tones) == set(TONES)
    values = dict.fromkeys(("document", "engineer", "by", "summary"), "x")
    values |= dict.fromkeys(
        ("capacity", "deep_hours_planned", "deep_hours_done", "deep_hours_left", "signoff_minutes"), "1 h"
    )
    for options in ("", "a", "abc"):
        said = compose(entry, options, tone, values)
        assert said.endswith("?")
        assert said.splitlines()[-1].count("?") == 1
        assert "[" not in said
        assert len(said) <= LONGEST


def test_an_entry_of_the_users_own_changes_only_what_it_names(tmp_path: Path) -> None:
    config = own(tmp_path, '[[reply]]\nid = "say-no"\n[reply.plain]\nopening = "No."\n')
    found = load_playbook(config, str(tmp_path / "cache"))
    assert found["say-no"].part("opening", "plain") == "No."
    assert found["say-no"].part("opening", "warm") == SHIPPED["say-no"].part("opening", "warm")
    assert found["say-no"].title == SHIPPED["say-no"].title
    assert len(found) == len(SHIPPED)


def test_a_new_entry_is_added_and_the_cache_follows_the_file(tmp_path: Path) -> None:
    text = '[[principle]]\nid = "{}"\ntitle = "Ours"\nsays = "Rest."\nwhy = "Because."\n'
    config, cache = own(tmp_path, text.format("ours")), str(tmp_path / "cache")
    assert "ours" in load_playbook(config, cache)
    assert load_playbook(config, cache) == load_playbook(config, cache)
    own(tmp_path, text.format("ours-too"))
    assert "ours" not in load_playbook(config, cache)


def test_block_types_are_no_entries(tmp_path: Path) -> None:
    assert check_playbook(own(tmp_path, '[mob]\ntitle = "Mob"\nkind = "meeting"\n', "types.toml")) == ()


REPLY = '[[reply]]\nid = "mine"\ntitle = "Mine"\nparts = ["opening"]\n[reply.plain]\nopening = {}\n'


@pytest.mark.parametrize(
    ("text", "key", "line", "said", "near"),
    [
        (REPLY.format('"Hi {enginer}"'), "reply[1].plain.opening", 6, "no placeholder {enginer}", "engineer"),
        (REPLY.format('"Hi \\u001b[2J"'), "reply[1].plain.opening", 6, "control character", None),
        (REPLY.format("3"), "reply[1].plain.opening", 6, "is the number 3", None),
        (REPLY.format('" "'), "reply[1].plain.opening", 6, "is empty", None),
        ('[[replies]]\nid = "x"\n', "replies", 1, "not known", "reply"),
        (
            '[[reply]]\nid = "a b"\ntitle = "x"\nparts = ["p"]\n[reply.plain]\np = "x"',
            "reply[1].id",
            2,
            "id",
            None,
        ),
        ('[[reply]]\nid = "m"\ntitle = "x"\nparts = ["p"]\n', "reply[1].plain", 1, "no text", None),
        (
            '[[principle]]\nid = "say-no"\ntitle = "x"\nsays = "x"\nwhy = "x"',
            "principle[1].id",
            2,
            "[[reply]]",
            None,
        ),
        ('[[reply]]\nid = "say-no"\nfigure = "spilt"\n', "reply[1].figure", 3, "not known", "split"),
        ('[[reply]]\nid = "say-no"\nmethod = ["M18"]\n', "reply[1].method[1]", 3, "not known", None),
        ('[[reply]]\nid = "say-no"\ntitel = "x"\n', "reply[1].titel", 3, "not a key", "title"),
        (
            '[[reply]]\nid = "say-no"\n[reply.options]\na = "raed"\n',
            "reply[1].options.a",
            4,
            "not known",
            "read",
        ),
        (
            '[[anti-pattern]]\nid = "the-trap"\nweek = "traped"\n',
            "anti-pattern[1].week",
            3,
            "no example",
            "trapped",
        ),
        ("reply = 3\n", "reply", 1, "is the number 3", None),
        ("[[reply]\n", "", 1, "is not TOML", None),
    ],
)
@pytest.mark.few(6)
def test_a_mistake_is_named_with_file_key_line_and_what_was_meant(
    tmp_path: Path, text: str, key: str, line: int, said: str, near: str | None
) -> None:
    config = own(tmp_path, text)
    (problem,) = check_playbook(config)
    assert (problem.file, problem.key, problem.line) == (f"{config}/playbook/mine.toml", key, line)
    assert said in problem.message
    assert problem.nearest == near
    with pytest.raises(FileError):
        load_playbook(config, str(tmp_path / "cache"))


@pytest.mark.slow
def test_an_id_that_is_there_twice_is_named_with_both_places(tmp_path: Path) -> None:
    text = '[[principle]]\nid = "ours"\ntitle = "Ours"\nsays = "x"\nwhy = "x"\n'
    own(tmp_path, text, "a.toml")
    (problem,) = check_playbook(own(tmp_path, "\n" + text, "b.toml"))
    assert "a.toml:2" in problem.message
    assert (problem.file.endswith("b.toml"), problem.line) == (True, 3)


@pytest.mark.parametrize(
    ("raw", "said", "line"),
    [(b'[[reply]]\nid = "\xff"\n', "not UTF-8", 2), (b"#" * 10_000_000, "larger than 4 MB", None)],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_checked(
    tmp_path: Path, raw: bytes, said: str, line: int | None
) -> None:
    own(tmp_path, "x = 1\n", "z.toml")
    first, second = check_playbook(own(tmp_path, raw))
    assert said in first.message
    assert first.line == line
    assert second.key == "x"


def test_the_trapped_week_is_a_week_and_another_name_is_an_error(tmp_path: Path) -> None:
    types = Library(str(tmp_path), str(tmp_path)).types()
    entry = SHIPPED["the-trap"]
    assert load_example_week(str(tmp_path), entry.fields["week"][0], types).boxes
    with pytest.raises(DataError):
        load_example_week(str(tmp_path), "../../x", types)


@pytest.mark.parametrize("rule", rule_ids())
def test_every_rule_has_an_entry_that_says_why(rule: str) -> None:
    entry = entry_of(SHIPPED, rule, None)
    assert entry is not None
    assert rule in entry.rules
    assert entry in search(SHIPPED, rule)


def test_a_type_that_has_a_limit_or_is_avoided_has_an_entry_of_its_own() -> None:
    library = Library("/no/such/folder", "/no/such/cache")
    themes = library.usable_themes()
    assert themes
    limited = {name for theme in themes for name in (*theme.limits.meeting, *theme.limits.weekly)}
    for name in limited:
        entry = entry_of(SHIPPED, "type-limit", name)
        assert entry is not None
        assert name in entry.types, name
    for one in library.types().values():
        if not one.worth_it:
            entry = entry_of(SHIPPED, "not-worth-it", one.id)
            assert entry is not None
            assert one.id in entry.types, one.id


def test_a_rule_that_is_not_there_is_named(tmp_path: Path) -> None:
    (problem,) = check_playbook(own(tmp_path, '[[principle]]\nid = "boxes-end"\nrules = ["fixed-bx"]\n'))
    assert (problem.key, problem.line, problem.nearest) == ("principle[1].rules[1]", 3, "fixed-box")
