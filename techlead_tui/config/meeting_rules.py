"""Read the rules by which events of calendars are guessed: the user's own, then the shipped ones."""

from __future__ import annotations

import os

from techlead_tui.config import compiled
from techlead_tui.config.catalog import SHIPPED_TYPES
from techlead_tui.config.files import is_there, read_text
from techlead_tui.config.problems import FileError, Problem
from techlead_tui.core.occurrence import GuessRule
from techlead_tui.core.theme import KINDS, Types
from techlead_tui.errors import DataError

SHIPPED = os.path.join(os.path.dirname(SHIPPED_TYPES), "meetings.toml")
PEOPLE = 10_000


def own_path(config_dir: str) -> str:
    """Return the path of the user's own rules."""
    return os.path.join(config_dir, "playbook", "meetings.toml")


def parse_rules(text: str, *, file: str, types: Types, origin: str) -> tuple[GuessRule, ...]:
    """Return the rules of a TOML text. FileError with every problem of it."""
    from techlead_tui.config.toml_reader import Document  # dear, and nothing to read on most starts

    document = Document(text, file)
    out: list[GuessRule] = []
    for table in document.root.tables("meeting"):
        type_id = table.choice("type", tuple(types), "a type")
        kind = table.choice("kind", KINDS, "a kind")
        words = table.texts("words", None, "words") or ()
        organizer = table.text("organizer", "a part of a name")
        least, most = (table.number(key, 0, PEOPLE) for key in ("people_least", "people_most"))
        table.finish()
        if ("type" in table) == ("kind" in table):
            table.add(None, "says what it is twice, or not at all", "a type or a kind")
        if not any(key in table for key in ("words", "organizer", "people_least", "people_most")):
            table.add(None, "holds for every meeting", "words, organizer, people_least or people_most")
        out.append(GuessRule(type_id, kind, words, organizer or "", least or 0, most or 0, origin))
    document.root.finish()
    document.check()
    return tuple(out)


def load_rules(config_dir: str, cache_dir: str, types: Types) -> tuple[GuessRule, ...]:
    """Return every rule, the user's own first. FileError where the user's file is wrong, DataError."""
    own = own_path(config_dir)
    types_file = os.path.join(config_dir, "playbook", "types.toml")
    folder, made_for = compiled.folder_of(cache_dir), compiled.fingerprint(own, SHIPPED, types_file)
    known = _from_data(compiled.load(folder, "meetings", made_for))
    if known is not None:
        return known
    rules = parse_rules(read_text(SHIPPED), file=SHIPPED, types=types, origin="shipped")
    if is_there(own):
        rules = (*parse_rules(read_text(own), file=own, types=types, origin=own), *rules)
    compiled.save(folder, "meetings", made_for, [list(rule) for rule in rules])
    return rules


def check_rules(config_dir: str, types: Types) -> tuple[Problem, ...]:
    """Return what is wrong with the user's own rules."""
    own = own_path(config_dir)
    try:
        if is_there(own):
            parse_rules(read_text(own), file=own, types=types, origin=own)
    except FileError as wrong:
        return wrong.problems
    except DataError as wrong:
        return (Problem(own, "", None, wrong.message.removeprefix(f"{own}: "), wrong.hint, None),)
    return ()


def _from_data(data: object) -> tuple[GuessRule, ...] | None:
    try:
        if not isinstance(data, list):
            return None
        return tuple(GuessRule(*row)._replace(words=tuple(row[2])) for row in data)
    except (LookupError, TypeError):
        return None
