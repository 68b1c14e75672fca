"""Trades: what was dropped to make room for something else, and with whom that was agreed (M12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Boundary, Column, Item, ItemKind, Moment, Transition
from techlead_tui.core.lengths import hours, short_length
from techlead_tui.core.text import day_text, listed

ASK = 5  # working days after which it is asked whether the trade was kept


def _defaults(_given: Mapping[str, object], moment: Moment) -> Mapping[str, object]:
    return {"ask": moment.working_day(ASK).isoformat()}


def _card(item: Item, _moment: Moment) -> Sequence[str]:
    lines = [f"dropped for {item.get('for')}"] if item.get("for") else []
    if item.people:
        lines.append(f"agreed with {listed(item.people)}")
    day = item.day("ask")
    if item.is_open and day is not None:
        lines.append(f"on {day_text(day)} it asks whether that was kept")
    return lines


def _length(item: Item, _moment: Moment) -> str:
    minutes = item.get("length")
    return short_length(minutes) if minutes else ""


def _footer(items: Sequence[Item], _moment: Moment) -> str:
    won = sum(int(item.get("length") or 0) for item in items if item.status in ("agreed", "kept"))
    return f"{hours(won)} given up for something else" if won else ""


KIND = ItemKind(
    id="trade",
    plural="trades",
    add="trade",
    key="",
    method="M12",
    title="Trades",
    empty="Nothing was dropped for something else. a writes a trade down.",
    words="WHAT [--for WHAT] [@WHO]",
    adds="Writes down what was dropped to make room for something else.",
    lists="Lists the trades; or says what became of one.",
    asks="what was dropped?",
    details=(
        "When somebody insists, something else has to go: attending is a choice, and its price is kept.",
    ),
    examples=("techlead trade 'refactoring of the queue' --for 'budget sync' --length 2h @ana",),
    fields=(
        Field("with", "people", "who agreed", "--with"),
        Field("for", "text", "what it was dropped for", "--for"),
        Field("length", "length", "the time that was given up", "--length"),
        Field("ask", "day", "when to ask whether it was kept", "--ask", label="ask again"),
    ),
    states=("agreed", "kept", "broken"),
    closed=("kept", "broken"),
    transitions=(
        Transition("kept", "x", "kept", "It was dropped as agreed.", ("agreed",), "kept"),
        Transition("broken", "b", "broken", "It had to be done all the same.", ("agreed",), "broken"),
        Transition("reopen", "o", "reopen", "It is not over yet.", ("kept", "broken"), "agreed"),
    ),
    columns=(
        Column("dropped", 0, lambda item, _: item.summary),
        Column("for", 24, lambda item, _: str(item.get("for") or "")),
        Column("with", 14, lambda item, _: ", ".join(item.people)),
        Column("length", 6, _length),
    ),
    defaults=_defaults,
    due=lambda item, _: item.day("ask"),
    boundary=lambda item: Boundary("trade", f"for {item.get('for')}" if item.get("for") else ""),
    card=_card,
    footer=_footer,
)
