"""Outcomes: at most three things to be reached in a week, of which the status update tells (M9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Column, Item, ItemKind, Moment, Transition
from techlead_tui.core.violation import Violation

RULE = "three-outcomes"
MOST = 3  # a week
WHY = "more than three outcomes are a wish list: what matters most gets lost among them"
PLANNING_DAY = 5  # weekday from which a new outcome is meant for the next week


def week_of(item: Item) -> IsoWeek:
    """Return the week in which an outcome is to be reached."""
    return IsoWeek.parse(str(item.get("week")))


def outcomes_of(moment: Moment, week: IsoWeek) -> list[Item]:
    """Return the outcomes of a week, oldest first: its own, and those that were moved out of it.

    Closed ones are found as far as the week in which they were closed is loaded.
    """
    items = [
        Item(KIND, record, bucket)
        for bucket, tables in moment.snapshot.buckets.items()
        for record in tables.get(KIND.plural, {}).values()
    ]
    mine = [item for item in items if str(week) in (item.get("week"), item.get("moved_from"))]
    return sorted(mine, key=lambda item: item.uid)


def moved_out(item: Item, week: IsoWeek) -> bool:
    """Tell whether an outcome was moved from this week to a later one."""
    return str(item.get("moved_from")) == str(week) != str(item.get("week"))


def _defaults(_given: Mapping[str, object], moment: Moment) -> Mapping[str, object]:
    this = IsoWeek.of(moment.today)
    return {"week": str(this.shift(1) if moment.today.isoweekday() >= PLANNING_DAY else this)}


def _guard(item: Item, moment: Moment) -> Violation | None:
    if not item.is_open:
        return None
    week = week_of(item)
    others = [one for one in outcomes_of(moment, week) if one.uid != item.uid and not moved_out(one, week)]
    if len(others) < MOST:
        return None
    text = f"week {week.number} has {len(others)} outcomes already: move or drop one first"
    return Violation(RULE, "refuse", item.summary, text, WHY, (item.uid,), None)


def _moved(item: Item, _moment: Moment) -> Mapping[str, object]:
    week = week_of(item)
    return {"week": str(week.shift(1)), "moved_from": str(week)}


def _due(item: Item, _moment: Moment) -> date | None:
    week = week_of(item)
    return week.day(PLANNING_DAY)


def _week_text(item: Item, moment: Moment) -> str:
    week, this = week_of(item), IsoWeek.of(moment.today)
    near = {this.shift(-1): "last week", this: "this week", this.shift(1): "next week"}
    return near.get(week, f"week {week.number}")


def _card(item: Item, moment: Moment) -> Sequence[str]:
    lines = [f"to be reached {_week_text(item, moment)}"]
    if item.get("moved_from"):
        lines.append(f"moved from week {IsoWeek.parse(str(item.get('moved_from'))).number}")
    lines += [f"why: {item.get('why')}"] if item.get("why") else []
    lines += [f"effect: {item.get('effect')}"] if item.get("effect") else []
    return lines


def _weeks(item: Item, _moment: Moment) -> Sequence[IsoWeek]:
    return (week_of(item),)


KIND = ItemKind(
    id="outcome",
    plural="outcomes",
    add="outcome",
    key="",
    method="M9",
    title="Outcomes",
    empty="No outcome is named. a names what this week is for.",
    words="SENTENCE [--week WEEK]",
    adds="Names one of at most three outcomes of a week.",
    lists="Lists the outcomes, or says what became of one.",
    asks="what is to be reached?",
    advice="A result that somebody else will notice, not an activity.",
    details=(
        "The status update takes last week's outcomes as its first lines, and those of the next week as its",
        "last. From Friday on a new one is meant for the next week, unless --week says otherwise.",
    ),
    examples=(
        "techlead outcome 'payments retry without double charges'",
        "techlead outcome 'the ledger split is decided' --week next",
    ),
    fields=(
        Field("week", "week", "the week in which it is to be reached", "--week"),
        Field("effect", "text", "what is different by it, in one sentence", "--effect"),
        Field("why", "text", "why it was moved or dropped", "--why"),
        Field("moved_from", "week", "the week that it was moved out of", label="moved from"),
    ),
    states=("open", "done", "dropped"),
    closed=("done", "dropped"),
    transitions=(
        Transition(
            "done",
            "x",
            "done",
            "It is reached; words say what is different by it.",
            ("open",),
            "done",
            takes="effect",
        ),
        Transition(
            "move",
            "m",
            "next week",
            "Move it to the week after; words say why.",
            ("open",),
            takes="why",
            needs=True,
            sets=_moved,
            says=lambda _: "moved to the week after",
        ),
        Transition(
            "drop",
            "d",
            "drop",
            "It is not worth it any more; words say why.",
            ("open",),
            "dropped",
            takes="why",
            needs=True,
        ),
        Transition("reopen", "o", "reopen", "It is not over yet.", ("done", "dropped"), "open"),
    ),
    columns=(
        Column("outcome", 0, lambda item, _: item.summary),
        Column("week", 10, _week_text),
        Column("state", 8, lambda item, _: item.status),
    ),
    defaults=_defaults,
    guard=_guard,
    due=_due,
    card=_card,
    weeks=_weeks,
)
