"""For each rule a week that breaks it and weeks that do not: fixtures of the tests and of the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from techlead_tui.core.edits import Edit, EditBlock, MoveBlock, RemoveBlock, SetDay
from techlead_tui.core.series import Repeat
from techlead_tui.core.week import Block, Week
from tests.core.weeks import SUNDAY, W48, add, after, day, empty, minute, moment


class Case(NamedTuple):
    says: str  # what is done, for the page and the name of the test
    week: Callable[[], Week]
    now: datetime = SUNDAY


def _with(*edits: Edit) -> Callable[[], Week]:
    return lambda: after(empty(), *edits).week(W48)


def _own(week: Week) -> Block:
    return next(block for block in week.blocks if block.source == "own")


def _changed(first: Edit, fields: dict[str, object]) -> Callable[[], Week]:
    """A block added and then edited."""

    def build() -> Week:
        snapshot = after(empty(), first)
        block = _own(snapshot.week(W48))
        return after(snapshot, EditBlock(block.uid, block.day, fields)).week(W48)

    return build


def move(box: str, name: str, to: str, start: str, end: str | None = None) -> MoveBlock:
    return MoveBlock(
        f"{box}@{day(name)}", day(name), day(to), minute(start), minute(end) if end is not None else None
    )


FIRING: dict[str, Case] = {
    "day-theme": Case("a meeting on a deep-work day", _with(add("tue 14:30-15:00"))),
    "deep-work": Case("a meeting in the middle of deep work", _with(add("tue 14:30-15:00"))),
    "outside-box": Case(
        "an architecture review outside its box",
        _with(add("mon 14-14:45", "architecture-review", summary="Cache design")),
    ),
    "fixed-box": Case(
        "the architecture review moved to Friday",
        _with(move("architecture-review", "mon", "fri", "14:00")),
    ),
    "type-limit": Case(
        "a decision of an hour", _with(add("mon 16-17", "decision", summary="Queue or no queue"))
    ),
    "lunch": Case("a meeting at noon", _with(add("mon 12-12:30", summary="Vendor call"))),
    "overlap": Case(
        "code during the architecture review", _with(add("mon 13-14", "code", summary="Pool fix"))
    ),
    "window-closed": Case(
        "pairing that runs past the window",
        _with(add("tue 16-16:45", "pairing", summary="Pair with Ana")),
    ),
    "working-hours": Case("code on Saturday", _with(add("sat 10-11", "code", summary="Pool fix"))),
    "communication-share": Case(
        "three meetings on Friday afternoon",
        _with(add("fri 14-15"), add("fri 15-16", summary="Vendor call"), add("fri 16-17", summary="Hiring")),
    ),
    "deep-work-hours": Case(
        "three mornings and an afternoon skipped",
        _with(
            *(
                RemoveBlock(f"{box}@{day(name)}", day(name))
                for box, name in (
                    ("tue-morning", "tue"),
                    ("thu-morning", "thu"),
                    ("fri-morning", "fri"),
                    ("wed-afternoon", "wed"),
                )
            )
        ),
    ),
    "recurring-count": Case(
        "a sixth recurring meeting",
        _with(add("fri 16-17", "pairing", summary="Office hours", repeat=Repeat())),
    ),
    "prep-document": Case(
        "a decision tomorrow without a document",
        _with(add("mon 16-16:30", "decision", summary="Queue or no queue")),
        moment("mon 09:00"),
    ),
    "not-worth-it": Case(
        "a status meeting in the optional box", _with(add("mon 16-16:30", "status", summary="Status round"))
    ),
    "split-focus": Case(
        "a meeting in the middle of the optional stretch", _with(add("fri 15-15:30", summary="Team chat"))
    ),
}

QUIET: dict[str, tuple[Case, ...]] = {
    "day-theme": (
        Case("a worthwhile meeting on Monday", _with(add("mon 16-16:30", "decision"))),
        Case("a meeting without a type on Monday", _with(add("mon 8-9"))),
        Case("own work on a deep-work day", _with(add("tue 9-10", "code"))),
        Case("a type that the day names", _with(add("fri 16-17", "cross-team"))),
        Case("questions in their window", _with(add("tue 16-16:30", "ad-hoc"))),
        Case("a box traded within its day", _with(move("wed-messages", "wed", "wed", "09:00"))),
        Case("a day off", _with(SetDay(day("tue"), "leave"), add("tue 14-15"))),
        Case("unblocking on a day on call", _with(SetDay(day("mon"), "on-call"), add("mon 9-10", "unblock"))),
    ),
    "deep-work": (
        Case("own work in the box", _with(add("tue 9-12", "code"))),
        Case("a meeting in the optional stretch", _with(add("fri 14-15"))),
        Case("a box traded within its day", _with(move("wed-messages", "wed", "wed", "09:00"))),
        Case(
            "a stretch that was skipped",
            _with(RemoveBlock(f"tue-morning@{day('tue')}", day("tue")), add("tue 9-10")),
        ),
        Case("unblocking on a day on call", _with(SetDay(day("tue"), "on-call"), add("tue 9-10", "unblock"))),
    ),
    "outside-box": (
        Case("in its box", _with(add("mon 13-13:45", "architecture-review"))),
        Case("a type without a box", _with(add("mon 16-16:30", "decision"))),
        Case("a day that names the type", _with(add("fri 16-17", "cross-team"))),
        Case(
            "the box skipped this week",
            _with(RemoveBlock(f"stakeholder@{day('thu')}", day("thu")), add("mon 16-17", "stakeholder")),
        ),
        Case("taken up in writing", _with(add("wed 10:30-11", "cross-team", kind="async"))),
    ),
    "fixed-box": (
        Case("a box that may move", _with(move("wed-messages", "wed", "wed", "09:00"))),
        Case(
            "moved away and back",
            _with(move("stakeholder", "thu", "thu", "16:00"), move("stakeholder", "thu", "thu", "15:00")),
        ),
        Case("skipped", _with(RemoveBlock(f"stakeholder@{day('thu')}", day("thu")))),
    ),
    "type-limit": (
        Case("as long as the limit", _with(add("mon 16-16:30", "decision"))),
        Case("a review that fills its slot", _with(add("mon 13-14", "architecture-review"))),
        Case("a type without a limit", _with(add("fri 14-17", "unblock"))),
        Case("an hour of onboarding", _with(add("mon 16-17", "onboarding"))),
    ),
    "lunch": (
        Case("right before lunch", _with(add("mon 11-12", "code"))),
        Case("right after lunch", _with(add("tue 13-14", "code"))),
        Case("a day off", _with(SetDay(day("mon"), "leave"), add("mon 12-13"))),
    ),
    "overlap": (
        Case("a block that fills its box", _with(add("mon 13-14", "architecture-review"))),
        Case("own work across two deep-work boxes", _with(add("wed 11-14", "code"))),
        Case("a meeting in an optional box", _with(add("mon 16-17"))),
        Case("one after the other", _with(add("fri 14-15"), add("fri 15-16", "decision"))),
        Case(
            "the other one skipped",
            _with(RemoveBlock(f"stakeholder@{day('thu')}", day("thu")), add("thu 15-16")),
        ),
        Case("a box traded within its day", _with(move("wed-messages", "wed", "wed", "09:00"))),
    ),
    "window-closed": (
        Case("within the window", _with(add("tue 16-16:30", "pairing"))),
        Case("pairing on Friday", _with(add("fri 16-17", "pairing"))),
        Case("a window still to come", _with(add("tue 16-16:15", "ad-hoc")), moment("tue 16:10")),
        Case("last week's window", _with(add("tue 16-16:15", "ad-hoc")), moment("wed 09:00")),
    ),
    "working-hours": (
        Case("the first hour", _with(add("tue 9-10", "code"))),
        Case("the last hour", _with(add("wed 16-17", "code"))),
        Case("leave on Saturday", _with(add("sat 10-11", kind="leave"))),
    ),
    "communication-share": (
        Case("the reference week", _with()),
        Case("exactly the limit", _with(add("fri 14-15"), add("fri 15-16"))),
        Case(
            "mentorship does not count", _with(*(add(f"fri {at}-{at + 1}", "pairing") for at in (14, 15, 16)))
        ),
    ),
    "deep-work-hours": (
        Case("the reference week", _with()),
        Case(
            "two days of leave lower what is wanted",
            _with(SetDay(day("tue"), "leave"), SetDay(day("thu"), "leave")),
        ),
    ),
    "recurring-count": (
        Case("the reference week", _with()),
        Case("own work every week", _with(add("tue 9-10", "code", repeat=Repeat()))),
        Case(
            "a series in the box of a meeting",
            _with(add("mon 16-17", "cross-team", summary="Guild", repeat=Repeat(2))),
        ),
        Case("held once", _with(add("fri 16-17", "pairing"))),
    ),
    "prep-document": (
        Case("long before", _with(add("mon 16-16:30", "decision")), moment("mon 09:00", W48.shift(-1))),
        Case(
            "with a document",
            _changed(add("mon 16-16:30", "decision"), {"doc": "rfc.md"}),
            moment("mon 09:00"),
        ),
        Case("already begun", _with(add("mon 16-16:30", "decision")), moment("mon 16:00")),
        Case("another type", _with(add("mon 16-16:30")), moment("mon 15:00")),
    ),
    "not-worth-it": (
        Case("worth it", _with(add("mon 16-16:30", "decision"))),
        Case("without a type", _with(add("mon 16-16:30"))),
        Case("in writing", _with(add("wed 10:30-11", "status", kind="async"))),
    ),
    "split-focus": (
        Case("a place that costs nothing", _with(add("mon 16-16:30"))),
        Case("what deep-work refuses already", _with(add("tue 14:30-15:00"))),
        Case("a box moved where it costs less", _with(move("wed-messages", "wed", "wed", "09:00"))),
        Case("the theme's own boxes", _with()),
    ),
}


def done(case: Case) -> Week:
    """The week of a case with its own block finished."""
    week = case.week()
    block = _own(week)
    return week._replace(
        blocks=tuple(one._replace(status="done") if one.uid == block.uid else one for one in week.blocks)
    )
