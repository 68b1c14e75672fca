"""A decision in words for the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import Edit
from techlead_tui.core.items.kinds import listed_kinds
from techlead_tui.core.lengths import short_length
from techlead_tui.core.records import Change
from techlead_tui.core.session import LogSession
from techlead_tui.core.span import Span
from techlead_tui.core.text import told, when
from techlead_tui.core.violation import Violation
from techlead_tui.core.words.units import full_date
from techlead_tui.errors import UserError
from techlead_tui.render.text import cut, inert

TITLE = 40  # cells of a title within a sentence

# the planner's Decision has these; taken apart here so that tests can say what they mean


def error_text(error: UserError) -> str:
    """Return what the error says and what to do about it, as one line.

    That the shell shows ids, or its history, helps nobody on the screen.
    """
    hint = "" if error.hint.startswith("`techlead ") else error.hint
    return f"{error.message} — {hint}" if hint else error.message


def focus_text(minutes: int) -> str:
    """`focus +1h30`, `focus −3h`, or nothing when it stays the same."""
    if not minutes:
        return ""
    return f"focus {'+' if minutes > 0 else ''}{short_length(minutes)}"


def verdict_text(
    refused: bool, violations: tuple[Violation, ...], focus: int, notes: tuple[str, ...], about: str = ""
) -> str:
    """Return what the week says to an edit, as one sentence for a reader who sees the block `about`."""
    said = [one.beside(about, -focus) for one in violations] or ([] if notes else ["fits the week"])
    gained = focus_text(focus)
    said[1:1] = [gained] if gained else []  # before what else is wrong: the last parts go where room is short
    return ("refused: " if refused else "") + " · ".join((*said, *notes))


def logged_text(edits: Sequence[Edit]) -> str:
    """Return what was logged, and when it was, as a sentence."""
    session = next(edit for edit in edits if isinstance(edit, LogSession))
    span = Span(*map(datetime.fromisoformat, (session.start, session.end)))
    what = f"{short_length(span.minutes)} {cut(inert(session.summary), TITLE)}".rstrip()
    return f"logged: {what}, {when(span)} · u takes it back"


def check_text(key: IsoWeek, answers: Mapping[str, bool]) -> str:
    """Return how the Friday check of a week stands, in a sentence."""
    from techlead_tui.core.selfcheck import QUESTIONS  # dear, and few weeks are checked

    left = len(QUESTIONS) - len(answers)
    if not answers:
        return f"Friday check of W{key.number:02}: not answered yet"
    return (
        f"Friday check of W{key.number:02}: {sum(answers.values())} of {len(QUESTIONS)}"
        f"{f', {left} still open' if left else ''}"
    )


ACTS = {  # a command of the history, with the title of what it was about
    "add": "planning {}",
    "move": "moving {}",
    "edit": "changing {}",
    "rm": "deleting {}",
    "done": "finishing {}",
    "done --skipped": "skipping {}",
    "done --reopen": "planning {} again",
    "log": "logging {}",
    "start": "starting {}",
    "stop": "stopping {}",
    "stop --pause": "pausing {}",
    "stop --drop": "dropping {}",
    "theme": "the choice of the week theme {}",
    "check": "the answers of the Friday check",
    "update": "the changes of the status update",
}


def act_text(words: Sequence[str], changes: Sequence[Change], names: Mapping[str, str]) -> str:
    """Return what a call of the history did, as a sentence names it; `names` are titles by uid."""
    verb, *rest = told(words, changes) or [""]
    rest = [names.get(word, word) for word in rest]
    flags = (f"{verb} {word}" for word in rest if word.startswith("--"))
    act = next((ACTS[flag] for flag in flags if flag in ACTS), ACTS.get(verb))
    if verb == "rm" and any(
        record.get("status") == "skipped" for c in changes for record in (c.before, c.after) if record
    ):
        act = ACTS["done --skipped"]  # a box of the week theme is not deleted
    if verb == "day" and len(rest) > 1:
        return f"{full_date(date.fromisoformat(rest[0]))} as {rest[1].replace('-', ' ')}"
    titles = [str(record["summary"]) for c in changes if (record := c.after or c.before or {}).get("summary")]
    plain = [word for word in rest if not word.startswith("-")]
    about = titles[0] if titles else " ".join(plain[1:2] if verb == "theme" else plain[:1])
    if act is not None:
        return act.format(about).rstrip()
    kind = next((kind for kind in listed_kinds() if verb in (kind.add, kind.lister)), None)
    if kind is not None and about:
        return f"the {'new ' if verb == kind.add else ''}{kind.id} {about}"
    return about or "a change"
