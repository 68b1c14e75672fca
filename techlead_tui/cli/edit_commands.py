"""`techlead add`, `move`, `edit`, `rm` and `done`: words to an edit, and what came of it."""

from __future__ import annotations

from techlead_tui.cli.command import ID_HELP, WHEN_HELP, Command
from techlead_tui.cli.edit_result import carry_out, planner_of
from techlead_tui.cli.help import asked
from techlead_tui.cli.reading_context import context_of
from techlead_tui.cli.shell import Shell
from techlead_tui.core.words.commands import READERS
from techlead_tui.core.words.options import OPTIONS

COMMANDS = {
    "add": Command(
        "add",
        "WHEN WHAT... [+TYPE] [@WHO] [?]",
        "Plans a block, or a series of them with `every`.",
        OPTIONS["add"],
        (
            *WHEN_HELP,
            "+TYPE says what it is about (+status, +code) or of which kind it is (+deep-work, +async,",
            "+window, +planning, +meeting, +leave); without one it is a meeting. All of them are listed by",
            "techlead completions --known tags. @ana takes part. A ? at the end, or +optional, makes it",
            "optional. Quoted text is kept as it is. Everything after -- is text.",
        ),
        (
            "techlead add wed 14-16 connection pool +code @ana",
            "techlead add 2026-11-24 9:30-10 'hiring sync' +stakeholder --doc docs/hiring.md",
            "techlead add every 2 weeks fri 14-15 office hours +pairing",
            "techlead add every first mon 13-13:45 architecture board +architecture-review",
            "techlead add tue 14-15 budget sync +status --override 'the CFO visits'",
        ),
    ),
    "move": Command(
        "move",
        "ID WHEN",
        "Moves a block or a session to another time.",
        OPTIONS["move"],
        (
            *ID_HELP,
            "A day alone keeps the time, a time alone keeps the day, and without an end the length stays.",
        ),
        ("techlead move cross-team tue 16:00", "techlead move 3f9c1b 14-15:30", "techlead move 3f9c1b fri"),
    ),
    "edit": Command(
        "edit",
        "ID [WHAT...] [+TYPE] [@WHO]",
        "Changes the fields of a block or a session.",
        OPTIONS["edit"],
        (*ID_HELP, "Words become its new title; tags and people are set as by add."),
        (
            "techlead edit 3f9c1b a better title +review",
            "techlead edit 3f9c1b --doc docs/pool.md",
            "techlead edit 3f9c1b -p spike",
        ),
    ),
    "rm": Command(
        "rm",
        "ID",
        "Deletes a block or a session; of a series, only this occurrence.",
        OPTIONS["rm"],
        (*ID_HELP, "A box of the week theme is skipped that day; techlead done ID --reopen brings it back."),
        ("techlead rm 3f9c1b", "techlead rm 3f9c1b --series"),
    ),
    "done": Command(
        "done",
        "ID",
        "Marks a block as done, or as skipped.",
        OPTIONS["done"],
        ID_HELP,
        ("techlead done 3f9c1b", "techlead done cross-team --skipped"),
    ),
}


def run(name: str, args: list[str], shell: Shell) -> int:
    """0, or 3 when the week refuses. UserError."""
    call = asked(COMMANDS[name], args, keep=True)
    if call is None:
        return 0
    planner_of(shell)  # it reads for the words, too
    reading = READERS[name](call, context_of(shell))
    return carry_out(shell, reading, call.has("json"))
