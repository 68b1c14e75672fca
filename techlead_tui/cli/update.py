"""`techlead update`: the status post of a week, a month or a quarter, drafted from what is known (M9)."""

from __future__ import annotations

import os
import sys

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json, write_json
from techlead_tui.cli.output import copy_out, is_terminal, put, put_json, tell, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.edits import AddItem, Edit, WriteUpdate
from techlead_tui.core.period import Period
from techlead_tui.core.update import SECTION_NAMES, Line, Update
from techlead_tui.core.update_text import Outline, markdown, slack
from techlead_tui.core.words.args import Call, Option
from techlead_tui.core.words.options import OPTIONS
from techlead_tui.core.words.units import read_weeks
from techlead_tui.errors import UserError, WordsError
from techlead_tui.planner.update import post_edits, update_of, update_outline

READER = ("team", "em")
COMMAND = Command(
    "update",
    "[WEEK|MONTH|QUARTER]",
    "Drafts the status post: what is done, under way and stuck, and what comes next.",
    (
        Option(("--slack",), "as Slack text instead of Markdown"),
        Option(
            ("--for",), "team (the default), or em: with your figures, and who grew by what", "WHO", READER
        ),
        Option(("--brag",), "what was built, decided and found out, and who grew"),
        Option(("--fresh",), "draft it anew, although it was edited"),
        Option(("--copy", "-c"), "copy it to the clipboard too; nothing is ever sent"),
        *OPTIONS["update"],
    ),
    (
        "Drafted from outcomes, sessions, blocks, delegations and decisions; talks about people stay out.",
        "At a terminal the draft of a week opens in $VISUAL or $EDITOR, unless it is copied or printed as",
        "Slack text. What you write is kept: an effect after → with its line, and a line under the last",
        "heading as an outcome of the next week, which the next update begins with.",
        "A month is 2026-11, a quarter 2026-Q4: the weeks whose Thursday lies in it.",
    ),
    (
        "techlead update",
        "techlead update --slack --copy",
        "techlead update last --status yellow --because 'the audit takes longer'",
        "techlead update 2026-Q4 --brag",
    ),
)
UPDATE: Keys = {
    "period": "2026-W48, 2026-11 or 2026-Q4",
    "first": "its first day",
    "last": "its last day",
    "status": "green, yellow or red: yours, else the suggested one",
    "because": "the reason for it",
    "edited": "whether the Markdown is as you wrote it",
    "markdown": "the post",
    "slack": "the same in Slack's markup",
    "sections": "the lines by part (promised, done, progress, blockers, ahead, grown, decided, found), each "
    "with `title`, `detail` and `effect`",
    "figures": "`coding_minutes`, `review_minutes`, `focus_minutes`, `focus_wanted_minutes`, "
    "`communication_percent`, `commits` (null where nobody looked), `overrides`",
}


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args)
    if call is None:
        return 0
    if len(call.words) > 1:
        raise WordsError(
            f"“{call.words[1][:60]}” is one word too many", "techlead update last", call.words[1]
        )
    named = call.words[0] if call.words else "this"
    period = Period.of(read_weeks(named, shell.today), named)
    if call.has("brag") and call.value("for"):
        raise WordsError("--brag and --for are two posts", "say one of them", "--for")
    written = any(call.has(option.key) for option in OPTIONS["update"])
    if written:
        _keep(call, period, shell)
    update = update_of(shell.reader, period)
    outline = update_outline(shell.reader)
    if not written and period.is_week and _may_edit(call):
        update = _edited(shell, update, outline, fresh=call.has("fresh"))
    text = post(update, outline, call)
    if call.has("json"):
        value = update_json(update, text)
        week = period.weeks[0] if period.is_week else None
        put_json(write_json("update", value) if written else read_json(week, "update", value))
    else:
        shown = slack(text) if call.has("slack") else text
        put("\n".join(visible(line) for line in shown.rstrip("\n").split("\n")))
    if call.has("copy"):
        tell(f"note: {copy_out(slack(text) if call.has('slack') else text)}")
    return 0


def post(update: Update, outline: Outline, call: Call) -> str:
    """Return the post that a call asks for: as it was edited, where that is the one."""
    special = call.has("brag") or call.value("for") == "em"
    if update.text is not None and not special and not call.has("fresh"):
        return update.text.rstrip("\n") + "\n"
    return markdown(update, outline, for_em=call.value("for") == "em", brag=call.has("brag"))


def update_json(update: Update, text: str) -> Json:
    totals = update.totals
    return {
        "period": update.period.name,
        "first": update.period.first.isoformat(),
        "last": update.period.last.isoformat(),
        "status": update.status,
        "because": update.because,
        "edited": update.text is not None and text.rstrip() == update.text.rstrip(),
        "markdown": text,
        "slack": slack(text),
        "sections": {name: [_line_json(line) for line in getattr(update, name)] for name in SECTION_NAMES},
        "figures": {
            "coding_minutes": totals.coding,
            "review_minutes": totals.reviews,
            "focus_minutes": totals.focus,
            "focus_wanted_minutes": totals.focus_wanted,
            "communication_percent": totals.communication_percent,
            "commits": totals.commits,
            "overrides": totals.overrides,
        },
    }


def _line_json(line: Line) -> Json:
    return {"title": line.title, "detail": line.detail, "effect": line.effect or None}


def _keep(call: Call, period: Period, shell: Shell) -> None:
    """Keep what the options say about a week. WordsError for a longer period."""
    from techlead_tui.cli.edit_result import planner_of
    from techlead_tui.cli.reading_context import context_of
    from techlead_tui.core.words.commands import READERS
    from techlead_tui.core.words.unparse import words_of

    if not period.is_week:
        raise WordsError(f"{period.name} keeps nothing of its own", "say it of a week", call.words[0])
    if call.value("text") == "-":
        call.given["text"] = [_piped()]
    edit = READERS["update"](call, context_of(shell)).edit
    planner = planner_of(shell)
    assert isinstance(edit, WriteUpdate)
    edits: list[Edit] = [edit]
    if edit.fields.get("text"):
        edits += post_edits(planner, update_of(planner, period), str(edit.fields["text"]))[1:]
    planner.apply_all(edits, words_of(edit))


def _piped() -> str:
    """Return what standard input holds. UserError for what is not UTF-8: no post is mended by guess."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UserError("what came in is not UTF-8", "save it as UTF-8; nothing was changed") from None


def _may_edit(call: Call) -> bool:
    quiet = any(call.has(name) for name in ("json", "slack", "copy", "brag", "for"))
    here = is_terminal() and sys.stdin is not None and sys.stdin.isatty()
    if quiet or not here:
        return False
    from techlead_tui.hooks.editor import editor_of  # dear, and off a terminal nobody edits

    return bool(editor_of(os.environ))


def _edited(shell: Shell, update: Update, outline: Outline, *, fresh: bool) -> Update:
    """Return the update after the user has written in it; what was written is kept. DataError."""
    from techlead_tui.cli.edit_result import planner_of
    from techlead_tui.core.words.unparse import words_of
    from techlead_tui.hooks.editor import edit_text

    before = update.text if update.text is not None and not fresh else markdown(update, outline)
    after = edit_text(before, ".md", os.environ)
    if after is None:
        tell("note: it was left as it is")
        return update
    planner = planner_of(shell)
    edits = post_edits(planner, update, after)
    planner.apply_all(edits, words_of(edits[0]))
    for edit in edits[1:]:
        if isinstance(edit, AddItem):
            tell(f"note: an outcome of the next week: {visible(edit.summary)}")
    return update_of(planner, update.period)
