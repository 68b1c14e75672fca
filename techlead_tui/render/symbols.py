"""The signs of the product's own drawing: one cell wide each, so that no meaning rests on colour."""

from __future__ import annotations

from techlead_tui.core.lengths import clock_length, short_length
from techlead_tui.core.week import Block, Session
from techlead_tui.render.text import cut, hyphened, width, wrap

NAMES = {  # of the categories
    "hands_on": "hands-on",
    "mentorship": "mentorship",
    "communication": "communication",
    "other": "other",
}
EDGE = {"hands_on": "█", "communication": "▌", "mentorship": "▒", "other": "┊"}  # by category
EDGE_WITHIN = "▏"  # of a block in a box of its own category, which shows the pattern already
BAND = {"deep": "━", "sync": "┅", "catch_up": "╌", "calm": "┈", "free": " "}  # by tone of a day's theme
TONES = ("sync", "deep", "catch_up", "calm")
WRONG = "⚠"
DONE = "✓"
SKIPPED = "✗"
OVERRIDDEN = "✎"  # kept against a rule, with a written reason
HARD_END = "⇥"
ASKED = "?"  # a question that waits for a window, an invitation that waits for an answer
REQUESTS = "⚑"  # for the lead's time
DUE = "⇒"  # what is handed over or promised
SESSION = "▸"
RUNNING = "▶"  # a session under way
PAUSED = "‖"
COMMITTED = "◆"
RAIL = "▐"
NOW = "━"
NOW_ELSEWHERE = "╌"
RULE = "│"
SOLID, FULL, EMPTY, TARGET = "█", "▓", "░", "┃"  # of gauges: done, planned, nothing, wanted


def tone_of(tone: str | None) -> str:
    return tone if tone in TONES else "free" if tone is None else "calm"


def signs(block: Block, wrong: bool) -> str:
    """Return the signs before a block's title."""
    out = WRONG if wrong else ""
    if block.unanswered:
        out += ASKED
    if block.override is not None:
        out += OVERRIDDEN
    if block.status == "done":
        out += DONE
    elif block.status == "skipped":
        out += SKIPPED
    return f"{out} " if out else ""


def session_lines(session: Session, text: str, cells: int, rows: int) -> list[str]:
    """Return what stands in the rows of a session: its label, over as many as it may take."""
    label = f"{SESSION}{text or session.pattern or 'session'} {short_length(session.minutes)}"
    lines = [] if session.running or width(label) <= cells else wrap(hyphened(label, cells), cells, rows)
    return lines if len(lines) > 1 else [session_label(session, text, cells)]


def session_label(session: Session, text: str, cells: int) -> str:
    """`▸pool fix 50m`, and `▶ pool fix 0:55` while it is running; the length is the last to go."""
    if session.running:
        tail = f" {clock_length(session.minutes)}"
        return f"{RUNNING} {cut(text or session.pattern or 'session', max(1, cells - 2 - len(tail)))}{tail}"
    tail = f" {short_length(session.minutes)}"
    return f"{SESSION}{cut(text or session.pattern or 'session', max(1, cells - 1 - len(tail)))}{tail}"
