"""Declare the options of the calls that edit, and what each such call may not lack or have too much of.

Here and not with what reads the calls, so that the program, its help, its completions and its reference say
the same, and a command that only lists need not load what reads edits.
"""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.core.session import CATEGORIES, PATTERNS
from techlead_tui.core.theme import KINDS
from techlead_tui.core.words.args import Call, Option
from techlead_tui.errors import WordsError

UPDATE_STATES = ("green", "yellow", "red")
STATUSES = ("planned", "done", "skipped")

OVERRIDE = Option(("--override",), "go past a refusal; the reason is kept and counted", "REASON")
WITH = Option(("--with",), "someone who takes part, as @NAME", "NAME", many=True)
DOC = Option(("--doc",), "the document that prepares it", "PATH|URL")
NOTE = Option(("--note",), "what is to be remembered about it", "TEXT")
NAME = Option(("--name",), "what the day is called: a holiday", "TEXT")
ONWARD = Option(("--from-now-on",), "of a series: this one and all after it")
SERIES = Option(("--series",), "end the whole series from today on, not this one occurrence")
SKIPPED = Option(("--skipped",), "it did not happen")
REOPEN = Option(("--reopen",), "neither done nor skipped: planned again")
ONLY = Option(("--from",), "from this week on, instead of one week alone", "WEEK")
ANSWER = Option(
    ("--answer",), "confirm an answer: code=yes, energy=no, team=open", "QUESTION=ANSWER", many=True
)
CONFIRM = Option(("--confirm",), "take every suggestion that you have not answered")
STATUS = Option(("--status",), "your own colour instead of the suggested one", "COLOUR", UPDATE_STATES)
BECAUSE = Option(("--because",), "the reason for the colour, in a sentence", "TEXT")
EFFECT = Option(("--effect",), "what is different by a line of it", "TITLE=SENTENCE", many=True)
TEXT = Option(("--text",), "the whole post in your own words, as Markdown; - reads standard input", "TEXT")
EDIT = (
    Option(("--summary",), "another title, to the letter", "TEXT"),
    Option(("--type",), "another type, as +TYPE", "TYPE"),
    Option(("--no-type",), "no type"),
    Option(("--kind",), "another kind", "KIND", tuple(kind.replace("_", "-") for kind in KINDS)),
    Option(("--category",), "what it counts as", "CATEGORY", CATEGORIES),
    Option(("--no-category",), "what its kind and type count as"),
    Option(("--with",), "someone who takes part, as @NAME; instead of those named before", "NAME", many=True),
    Option(("--no-people",), "nobody else takes part"),
    Option(("--optional",), "optional or not", "yes|no", ("yes", "no")),
    Option(("--doc",), "the document that prepares it", "PATH|URL"),
    Option(("--no-doc",), "no document"),
    Option(("--note",), "what is to be remembered about it", "TEXT"),
    Option(("--no-note",), "no note"),
    Option(("--status",), "planned, done or skipped", "STATUS", STATUSES),
    Option(("--to",), "another time as well, as of move", "WHEN"),
    Option(("--pattern", "-p"), "of a session: lead, spike, refactor, pair or review", "PATTERN", PATTERNS),
    Option(("--no-pattern",), "of a session: no pattern"),
    Option(("--start",), "of a session: an ISO time with an offset", "TIME"),
    Option(("--end",), "of a session: an ISO time with an offset", "TIME"),
    Option(("--result",), "of a session: what came of it", "TEXT"),
    Option(("--no-result",), "of a session: no result"),
    Option(("--split",), "of a session: two of it, at 10:00 or without 10-10:30", "WHEN"),
    Option(("--merge",), "of a session: one of it and another one", "ID"),
)
OPTIONS: dict[str, tuple[Option, ...]] = {
    "add": (WITH, DOC, NOTE, OVERRIDE),
    "move": (ONWARD, OVERRIDE),
    "edit": (*EDIT, ONWARD, OVERRIDE),
    "rm": (SERIES,),
    "done": (SKIPPED, REOPEN),
    "day": (NAME,),
    "theme use": (ONLY,),
    "theme trial": (),
    "check": (ANSWER, CONFIRM),
    "update": (STATUS, BECAUSE, EFFECT, TEXT),
}


def nothing_more(words: Sequence[str]) -> None:
    """Refuse words that mean nothing here. WordsError names the first."""
    if words:
        raise WordsError(
            f"“{words[0][:60]}” is one word too many", "quote text that contains spaces", words[0]
        )


def override_reason(call: Call) -> str | None:
    """Return the reason that a call gives for going past a refusal, or None. WordsError for an empty one."""
    reason = call.value("override")
    if reason is not None and not reason.strip():
        raise WordsError("an override needs a reason", "--override 'the CFO visits'", "--override")
    return reason
