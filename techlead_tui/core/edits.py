"""What can be wanted, one value an edit. Days are dates, times minutes since midnight in the user's zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.log import LogSession


class Repeat(NamedTuple):
    """`every ...`: on the day's weekday, every `weeks` weeks, through `until`.

    With `nth` once a month instead: on the first (1) to fourth, or last (-1), such weekday.
    """

    weeks: int = 1
    until: date | None = None
    nth: int | None = None


class AddBlock(NamedTuple):
    summary: str
    day: date
    start: int
    end: int
    kind: str
    type: str | None = None
    people: tuple[str, ...] = ()
    optional: bool = False
    doc: str | None = None
    repeat: Repeat | None = None
    override: str | None = None  # the written reason for going past a refusal (M4)


class MoveBlock(NamedTuple):
    """To another time; `end` None keeps the length. Of a series, this one occurrence moves."""

    uid: str
    day: date  # the day that it stands on now
    to: date
    start: int
    end: int | None = None
    override: str | None = None


class EditBlock(NamedTuple):
    """Other fields of a block (summary, kind, type, people, optional, doc, category); None clears one."""

    uid: str
    day: date
    fields: Mapping[str, object]
    override: str | None = None


class FinishBlock(NamedTuple):
    """Sets a block's status: done, skipped, or planned again."""

    uid: str
    day: date
    status: str


class RemoveBlock(NamedTuple):
    """Takes a block out; of a box or a series, this occurrence is skipped. `series` ends a whole series."""

    uid: str
    day: date
    series: bool = False


class EditSession(NamedTuple):
    """Other fields of a session: summary, pattern, category, start and end (aware ISO texts)."""

    uid: str
    week: IsoWeek
    fields: Mapping[str, object]


class RemoveSession(NamedTuple):
    uid: str
    week: IsoWeek


class SetDay(NamedTuple):
    """What kind of day it is: normal, leave or on-call."""

    day: date
    kind: str


class UseTheme(NamedTuple):
    """Another week theme from a week on, or for that one week alone."""

    theme: str
    week: IsoWeek
    only: bool = False


class AnswerCheck(NamedTuple):
    """Answers to the Friday check (M16): question id to answer; None takes an answer back."""

    week: IsoWeek
    answers: Mapping[str, bool | None]


Edit = (
    AddBlock
    | MoveBlock
    | EditBlock
    | FinishBlock
    | RemoveBlock
    | EditSession
    | RemoveSession
    | SetDay
    | UseTheme
    | AnswerCheck
    | LogSession
)


def weeks_of(edit: Edit) -> tuple[IsoWeek, ...]:
    """The weeks that an edit reads and changes."""
    match edit:
        case MoveBlock():
            return tuple(sorted({IsoWeek.of(edit.day), IsoWeek.of(edit.to)}))
        case AddBlock() | EditBlock() | FinishBlock() | RemoveBlock() | SetDay():
            return (IsoWeek.of(edit.day),)
        case LogSession():
            return (IsoWeek.parse(edit.week),)
        case EditSession() | RemoveSession() | UseTheme() | AnswerCheck():
            return (edit.week,)


def plans_nothing(edit: Edit) -> bool:
    """Whether an edit is about what was, not about what is planned: it breaks no rule, costs no focus."""
    return isinstance(edit, LogSession | EditSession | RemoveSession | AnswerCheck)
