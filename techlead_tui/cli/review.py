"""`techlead review`: a structured review comment to fill in (M8)."""

from __future__ import annotations

import os
import sys

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Keys, read_json, write_json
from techlead_tui.cli.output import copy_out, is_terminal, put, put_json, tell, visible
from techlead_tui.cli.session_json import session_json
from techlead_tui.cli.shell import Shell
from techlead_tui.core.decide import Decision
from techlead_tui.core.lengths import short_length
from techlead_tui.core.one_line import one_line
from techlead_tui.core.playbook import fill
from techlead_tui.core.session import REVIEW as REVIEW_PATTERN
from techlead_tui.core.words.args import Option, length

COMMAND = Command(
    "review",
    "[WHAT...]",
    "Gives you a review comment to fill in: a judgement, risks, steps, an offer to pair.",
    (
        Option(("--ask",), "ask one question after the other instead of opening the editor"),
        Option(("--log",), "log the time that it took as review: hands-on, never shipped code", "LENGTH"),
        Option(("--copy", "-c"), "copy it to the clipboard too"),
    ),
    (
        "At a terminal it opens in $VISUAL or $EDITOR; where none is set, questions are asked. Without a",
        "terminal, or with --json, it is the empty template. WHAT is what the time is logged for.",
    ),
    ("techlead review", "techlead review --json", "techlead review pool rewrite --log 10m"),
)
REVIEW: Keys = {"markdown": "the comment"}


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args)
    if call is None:
        return 0
    spent = None if call.value("log") is None else length(call.value("log") or "")
    template = fill(shell.reader.playbook()["review"].fields["text"][0], {}) + "\n"
    markdown: str | None = template
    if not call.has("json") and is_terminal() and sys.stdin is not None and sys.stdin.isatty():
        markdown = _written(template, asks=call.has("ask"))
    decision = None if spent is None else _log(shell, one_line(" ".join(call.words)), spent)
    if call.has("json"):
        review = {"markdown": markdown}
        if decision is None:
            put_json(read_json(None, "review", review))
        else:
            put_json(write_json("review", review, session=session_json(decision.changes[0].after or {})))
    elif markdown is None:
        tell("note: the template was not changed: there is no comment")
    else:
        put("\n".join(visible(line) for line in markdown.rstrip().split("\n")))
    if decision is not None:
        tell(f"note: {short_length(spent or 0)} logged as review")
    if call.has("copy") and markdown is not None:
        tell(f"note: {copy_out(markdown)}")
    return 0


def _written(template: str, *, asks: bool) -> str | None:
    """Return what the user wrote, in the editor or by answers; None for nothing. DataError."""
    from techlead_tui.hooks.editor import edit_text, editor_of

    if asks or not editor_of(os.environ):
        return _answered(template)
    return edit_text(template, ".md", os.environ)


def _answered(template: str) -> str | None:
    """Return a comment made of answers; an empty one ends risks and steps. The offer is the template's."""
    overall = _answer("Overall, in a sentence or two:")
    risks: list[tuple[str, str, str]] = []
    steps: list[str] = []
    while title := _answer(f"Risk {len(risks) + 1}, its title (empty when done):"):
        risks.append((title, _answer("  What goes wrong:"), _answer("  A pattern that helps:")))
    while step := _answer(f"Step {len(steps) + 1} that you suggest (empty when done):"):
        steps.append(step)
    if not (overall or risks or steps):
        return None
    lines = [f"**Overall:** {overall}"] if overall else []
    lines += ["", "## Risks"] if risks else []
    for number, (title, wrong, pattern) in enumerate(risks, 1):
        lines += ["", f"### Risk {number}: {title}"]
        lines += [f"- What goes wrong: {wrong}"] if wrong else []
        lines += [f"- A pattern that helps: {pattern}"] if pattern else []
    lines += ["", "## A way to do it (not required)", ""] if steps else []
    lines += [f"{number}. {step}" for number, step in enumerate(steps, 1)]
    return "\n".join([*lines, "", template.rstrip().split("\n")[-1]]).lstrip("\n") + "\n"


def _answer(question: str) -> str:
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    return one_line(sys.stdin.readline())


def _log(shell: Shell, summary: str, minutes: int) -> Decision:
    from techlead_tui.cli.edit_result import planner_of
    from techlead_tui.cli.reading_context import context_of
    from techlead_tui.core.words.commands import session_from
    from techlead_tui.core.words.log import LogWords

    words = LogWords()
    words.minutes, words.summary, words.pattern = minutes, summary or "review", REVIEW_PATTERN
    session = session_from(words, context_of(shell))
    call = ["log", short_length(minutes), words.summary, "--pattern", REVIEW_PATTERN]
    return planner_of(shell).apply(session, call)
