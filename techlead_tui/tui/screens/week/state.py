"""Say what is under way on the week screen, and what each key means meanwhile.

An `Interaction` is a value; the functions below are pure and lead from one to the next. The screen owns one
and paints from it.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from techlead_tui.core.decide import Decision
from techlead_tui.render.viewport import STEP, Viewport
from techlead_tui.tui import actions
from techlead_tui.tui.move import Move
from techlead_tui.tui.quick_line_jobs import LineJob


class Hold(NamedTuple):
    """Hold what the mouse took, and where."""

    move: Move | None  # None: it spans a new block
    part: str  # body, top, bottom or empty
    day: date
    minute: int  # since midnight


class Look(NamedTuple):
    """Nothing is under way."""


class Carry(NamedTuple):
    """A block, or a copy of one, is carried by keys."""

    move: Move


class Drag(NamedTuple):
    """The mouse button is down on a block or on free time; `move` is where the block has come to."""

    hold: Hold
    move: Move | None = None


class Refused(NamedTuple):
    """The week refused an edit; a fix, a reason or escape is waited for."""

    decision: Decision
    carried: Move | None = None  # what was carried, and stays in hand
    back: Viewport | None = None  # where one was, when the refused block is in another week


class Typing(NamedTuple):
    """Words are typed in the line at the bottom."""

    job: LineJob
    beneath: Refused | None = None  # the refusal that a reason is given for


Interaction = Look | Carry | Drag | Refused | Typing
LOOK = Look()

RESTS = ""  # a key that does nothing in a state

# What a key means while looking, while carrying or dragging, and after a refusal. What is not listed plans,
# works or changes the week, and rests unless one is looking.
MEANINGS: Mapping[str, tuple[str, str, str]] = {
    "place": ("open", "put down", "take fix"),
    "cancel": ("be silent", "put back", "drop"),
    "fix": ("take fix", RESTS, "take fix"),
    "override": (RESTS, RESTS, "give reason"),
    "move": ("pick up", RESTS, RESTS),
    "longer": ("resize", "resize carried", RESTS),
    "shorter": ("resize", "resize carried", RESTS),
    "menu": ("menu", "menu of carried", RESTS),
    "next_block": ("go", RESTS, RESTS),
    "previous_block": ("go", RESTS, RESTS),
    "next_wrong": ("go", RESTS, RESTS),
    "previous_wrong": ("go", RESTS, RESTS),
    "find": ("search", RESTS, RESTS),
    "playbook": ("playbook", RESTS, "say why"),
    **dict.fromkeys(
        (
            "left",
            "right",
            "up",
            "down",
            "page_up",
            "page_down",
            "day_end",
            "previous_week",
            "next_week",
            "today",
        ),
        ("go", "carry along", "go"),
    ),
    **dict.fromkeys(("zoom", "weekend"), ("look", "look", "look")),
}
IN_HAND = ("carry along", "resize carried", "put back")  # what a refusal of what is carried leaves possible
WEEK_METHODS = frozenset(("fix", *(action.method.partition("(")[0] for action in actions.of_screen("week"))))


def meaning(interaction: Interaction, method: str) -> str:
    """Return what an action of the week means now; RESTS where it does nothing.

    While words are typed every key of the week rests: arrows and tab belong to the line.
    """
    looking, carrying, refused = MEANINGS.get(method, (method, RESTS, RESTS))
    if isinstance(interaction, Typing):
        return RESTS
    if isinstance(interaction, Refused):
        in_hand = interaction.carried is not None and carrying in (
            "carry along",
            "resize carried",
            "put back",
        )
        return carrying if in_hand else refused
    return carrying if carried(interaction) is not None else looking


def carried(interaction: Interaction) -> Move | None:
    """Return the block in hand, with the place where it would be put down."""
    if isinstance(interaction, Carry | Drag):
        return interaction.move
    if isinstance(interaction, Typing):
        return interaction.beneath.carried if interaction.beneath is not None else None
    return interaction.carried if isinstance(interaction, Refused) else None


def refusal_of(interaction: Interaction) -> Decision | None:
    """Return the decision that an answer is waited for."""
    if isinstance(interaction, Typing):
        interaction = interaction.beneath or LOOK
    return interaction.decision if isinstance(interaction, Refused) else None


def mode(interaction: Interaction) -> str:
    """Return the mode of the key bar: look, move or pending."""
    if refusal_of(interaction) is not None:
        return "pending"
    return "move" if carried(interaction) is not None else "look"


def carry(interaction: Interaction, move: Move) -> Interaction:
    """Return the state in which a block is at another place; a drag goes on as a drag."""
    return Drag(interaction.hold, move) if isinstance(interaction, Drag) else Carry(move)


def refuse(interaction: Interaction, decision: Decision) -> Refused:
    """Return the state in which the answer to a refusal is waited for; what was carried stays in hand."""
    return Refused(decision, carried(interaction))


def type_words(interaction: Interaction, job: LineJob) -> Typing:
    """Return the state in which words are typed; a refusal stays beneath them."""
    if isinstance(interaction, Typing):
        interaction = interaction.beneath or LOOK
    return Typing(job, interaction if isinstance(interaction, Refused) else None)


def leave_words(interaction: Interaction) -> Interaction:
    """Return the state after the line of words has closed: the refusal that lay beneath, else looking."""
    if isinstance(interaction, Typing):
        return interaction.beneath or LOOK
    return interaction


def dragged(hold: Hold, day: date, minute: int) -> Move | None:
    """Return where a held block is once the mouse has come to a minute of a day; 15 minutes of it stay."""
    move = hold.move
    if move is None:
        return None
    minutes = minute - hold.minute
    minutes -= minutes % STEP
    if hold.part == "top":
        return move.between(max(0, min(move.end - STEP, move.start + minutes)), move.end)
    if hold.part == "bottom":
        return move.resized(minutes)
    return move.to(day, move.start + minutes)
