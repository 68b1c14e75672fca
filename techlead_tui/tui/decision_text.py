"""A decision in words for the screen."""

from __future__ import annotations

from techlead_tui.core.edits import Violation
from techlead_tui.core.lengths import short_length
from techlead_tui.errors import UserError

# the planner's Decision has these; taken apart here so that tests can say what they mean


def error_text(error: UserError) -> str:
    """Return what the error says and what to do about it, as one line."""
    return f"{error.message} — {error.hint}" if error.hint else error.message


def focus_text(minutes: int) -> str:
    """`focus +1h30`, `focus −3h`, or nothing when it stays the same."""
    if not minutes:
        return ""
    return f"focus {'+' if minutes > 0 else ''}{short_length(minutes)}"


def verdict_text(
    refused: bool, violations: tuple[Violation, ...], focus: int, notes: tuple[str, ...], about: str = ""
) -> str:
    """Return what the week says to an edit, as one sentence for a reader who sees the block `about`."""
    parts: list[str] = []
    if violations:
        parts.append(violations[0].beside(about))
        if len(violations) > 1:
            parts.append(f"and {len(violations) - 1} more")
    elif not notes:
        parts.append("fits the week")
    parts += notes
    gained = focus_text(focus)
    if gained:
        parts.append(gained)
    return ("refused: " if refused else "") + " · ".join(parts)
