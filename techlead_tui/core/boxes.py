"""Where blocks stand against the theme's boxes (M5): at home, traded within the day, over deep work."""

from __future__ import annotations

from datetime import date

from techlead_tui.core.block import Block
from techlead_tui.core.localtime import at
from techlead_tui.core.span import Span
from techlead_tui.core.week import Week


def at_home(block: Block) -> bool:
    """A box of the theme that stands where the theme puts it."""
    return block.source == "theme" and not block.moved


def home(week: Week, block: Block) -> Span | None:
    """Where the theme puts a box of its own; None for every other block."""
    if block.source != "theme":
        return None
    name, _, day = block.uid.rpartition("@")
    box = next((box for box in week.theme.boxes if box.id == name), None)
    if box is None:
        return None
    when = date.fromisoformat(day)
    return Span(at(when, box.start, week.zone), at(when, box.end, week.zone))


def fills(block: Block, box: Block) -> bool:
    """Whether `block` lies in `box` as its content: of its kind (and type, where the box has one).

    An optional box takes anything; a window takes what counts as mentorship (M5, M6).
    """
    if not box.span.contains(block.span):
        return False
    if box.optional:
        return True
    if box.kind == "window":
        return block.kind == "window" or block.category == "mentorship"
    return box.kind == block.kind and (box.kind == "deep_work" or box.type in (None, block.type))


def traded(block: Block) -> bool:
    """A box that may move and has moved within its day: it changes places with what it lies over."""
    return block.moved and not block.fixed and block.source == "theme" and block.uid.endswith(f"@{block.day}")


def called_out(week: Week, block: Block) -> bool:
    """Urgent unblocking on a day on call: what the day is for."""
    return block.type == "unblock" and week.day(block.day).kind == "on-call"


def broken_boxes(week: Week, block: Block) -> list[Block]:
    """The deep-work boxes that a block of another kind lies over without right.

    An optional box takes anything, a block that fills a box has its place, a box that trades places
    within its day gives back what it takes, and a day on call belongs to its calls.
    """
    if not block.live or block.kind in ("deep_work", "leave") or block.box is not None:
        return []
    if at_home(block) or traded(block) or called_out(week, block):
        return []
    return [
        box
        for box in week.blocks
        if box.kind == "deep_work"
        and box.source == "theme"
        and not box.optional
        and box.live
        and box.start < block.end
        and block.start < box.end
    ]
