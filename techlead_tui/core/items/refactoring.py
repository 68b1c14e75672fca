"""Refactorings: a gnarly module that gets better, as it was before and as it is after (M14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from techlead_tui.core.items.campaign import time_of
from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Column, Item, ItemKind, Moment, Transition
from techlead_tui.core.lengths import hours
from techlead_tui.core.text import day_text

ASK = 10  # working days after which it is looked at again


def _defaults(_given: Mapping[str, object], moment: Moment) -> Mapping[str, object]:
    return {"look": moment.working_day(ASK).isoformat()}


def _minutes(item: Item, moment: Moment) -> int:
    return time_of(moment, "refactor", item.since(moment), item.get("repo")).minutes


def _card(item: Item, moment: Moment) -> Sequence[str]:
    lines = [f"{hours(_minutes(item, moment))} logged as refactor since {day_text(item.since(moment))}"]
    lines.append(f"before: {item.get('before') or 'not written down'}")
    lines.append(f"after: {item.get('after') or 'still to come'}")
    return lines


KIND = ItemKind(
    id="refactoring",
    plural="refactorings",
    add="refactor",
    key="",
    method="M14",
    title="Refactorings",
    empty="No module is being refactored. a starts one.",
    words="[WHAT] [--module PATH] [--before TEXT]",
    adds="Shows the running refactoring; with words, starts one.",
    lists="Lists the refactorings; or says what one of them came to.",
    asks="what is refactored?",
    details=("Ongoing work on the worst modules: say how it was before, and at the end how it is after.",),
    examples=(
        "techlead refactor 'untangle invoices' --module billing/invoice.py --before '1900 lines'",
        "techlead refactorings invoices done '400 lines, no globals'",
    ),
    fields=(
        Field("module", "url", "the module", "--module"),
        Field("repo", "text", "the repository, as sessions name it", "--repo"),
        Field("before", "text", "how it was before", "--before"),
        Field("after", "text", "how it is after", "--after"),
        Field("look", "day", "when to look at it again", "--look", label="look again"),
    ),
    states=("running", "done", "dropped"),
    closed=("done", "dropped"),
    transitions=(
        Transition(
            "done",
            "x",
            "done",
            "It is done; a few words say how it is now.",
            ("running",),
            "done",
            takes="after",
        ),
        Transition("drop", "d", "drop", "It stays as it is.", ("running",), "dropped"),
        Transition("reopen", "o", "reopen", "It goes on.", ("done", "dropped"), "running"),
    ),
    columns=(
        Column("what", 0, lambda item, _: item.summary),
        Column("module", 24, lambda item, _: str(item.get("module") or "")),
        Column("logged", 8, lambda item, moment: hours(_minutes(item, moment))),
        Column("state", 8, lambda item, _: item.status),
    ),
    defaults=_defaults,
    due=lambda item, _: item.day("look"),
    card=_card,
    more=lambda item, moment: {"logged_minutes": _minutes(item, moment)},
    more_keys={"logged_minutes": "logged with the pattern refactor since it was written down"},
)
