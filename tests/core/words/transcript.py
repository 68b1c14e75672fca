"""Tell of each call of transcripts/ what it is answered.

A call stands at the margin. Below it stand the edit that is read, what is said of it and how it is spelled;
or what is not understood, with the place and the word at fault, and what to do about it.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from techlead_tui.core.edits import AddItem
from techlead_tui.core.items.changes import new_item
from techlead_tui.core.items.kinds import all_kinds
from techlead_tui.core.items.kit import Item, ItemKind, Moment
from techlead_tui.core.words.args import from_line as tokens_of
from techlead_tui.core.words.args import length, no_second_time, read_options
from techlead_tui.core.words.commands import read_line, read_log_line
from techlead_tui.core.words.emails import read_emails, words_of_list
from techlead_tui.core.words.hours import WorkingTime, read_working_time, working_time_words
from techlead_tui.core.words.item_options import add_options
from techlead_tui.core.words.items import read_add_item, read_turn
from techlead_tui.core.words.past import read_start
from techlead_tui.core.words.timing import START, STOP, check_stop, start_of
from techlead_tui.core.words.units import read_week, read_weeks
from techlead_tui.core.words.unparse import words_of
from techlead_tui.core.words.when import ParsedEdit
from techlead_tui.errors import UserError, WordsError
from tests.core.weeks import empty
from tests.core.words.calls import NOW, SHOWN, TYPES, read_call

FOLDER = Path(__file__).with_name("transcripts")
USUAL = WorkingTime((1, 2, 3, 4, 5), 9 * 60, 17 * 60, (12 * 60, 13 * 60))


def transcript(text: str) -> str:
    """Return the calls of a transcript, each with what it is answered today."""
    calls = [line for line in text.splitlines() if line[:1].strip()]
    return "".join(f"{call}\n" + "".join(f"    {line}\n" for line in answer(call)) for call in calls)


def answer(call: str) -> Iterator[str]:
    """Yield the lines that a call is answered."""
    try:
        found = _read(call)
    except UserError as error:
        where = f" at {error.position} “{error.word}”" if isinstance(error, WordsError) else ""
        yield f"error{where}: {error.message}"
        yield f"hint: {error.hint}"
        return
    if isinstance(found, ParsedEdit):
        yield _fields(found.edit)
        yield " · ".join(found.said)
        yield shlex.join(words_of(found.edit, TYPES))
    else:
        yield str(found)


def _fields(value: object) -> str:
    """Return what an edit or words hold, apart from what they hold by default."""
    usual = getattr(value, "_field_defaults", {})
    names = getattr(value, "_fields", None) or sorted(
        name for each in type(value).__mro__ for name in getattr(each, "__slots__", ())
    )
    told = {name: getattr(value, name) for name in names}
    return " ".join(
        [type(value).__name__, *(f"{name}={one}" for name, one in told.items() if one != usual.get(name))]
    )


def _read(call: str) -> object:
    reader, _, rest = call.partition(" ")
    if reader in READERS:
        return READERS[reader](rest)
    verb, *args = shlex.split(call)
    for kind in all_kinds():
        if verb in (kind.add, kind.lister):
            given = read_options(args, add_options(kind))
            add = verb == kind.add
            return read_add_item(kind, given, NOW.today) if add else read_turn(kind, given, _item, NOW.today)
    return read_call([verb, *args], NOW)


@cache
def _kinds() -> dict[str, ItemKind]:
    return {kind.id: kind for kind in all_kinds()}


def _item(name: str) -> Item:
    """Return the first example of the kind of that name."""
    kind = _kinds()[name]
    call = read_options(shlex.split(kind.examples[0])[2:], add_options(kind))
    edit = read_add_item(kind, call, NOW.today).edit
    assert isinstance(edit, AddItem)
    return new_item(edit, Moment(empty(), NOW.now), f"{name}-1")


def _hours(text: str) -> str:
    time = read_working_time(text, USUAL)
    return f"{_fields(time)}: {working_time_words(time)}"


def _start(text: str) -> str:
    return _fields(start_of(read_options(shlex.split(text), START)))


def _stop(text: str) -> str:
    call = read_options(shlex.split(text), STOP)
    check_stop(call)
    return str(call.given)


READERS: dict[str, Callable[[str], object]] = {
    "line": lambda text: read_line(text, NOW),
    "screen": lambda text: read_line(text, SHOWN),
    "quick": lambda text: read_log_line(text, NOW, lambda day: NOW.moment(day, 13 * 60)),
    "week": lambda text: read_week(text, NOW.today),
    "weeks": lambda text: " ".join(map(str, read_weeks(text, NOW.today))),
    "at": lambda text: " ".join(map(str, read_start(text, NOW))),
    "length": length,
    "text": lambda text: no_second_time(tokens_of(text)),
    "hours": _hours,
    "emails": lambda text: ", ".join(read_emails(words_of_list(text))),
    "start": _start,
    "stop": _stop,
}
