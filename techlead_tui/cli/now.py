"""`techlead now`: the present block, for status bars."""

from __future__ import annotations

from techlead_tui.cli.command import HELP, JSON, Command
from techlead_tui.cli.output import put, put_json, tell, visible
from techlead_tui.config.paths import Folders
from techlead_tui.core.words.error import WordsError
from techlead_tui.core.words.options import Option, read_options

COMMAND = Command(
    "now",
    "",
    "Says what is on now and what comes next, for status bars.",
    (Option(("--format", "-f"), "what to print, with names in braces", "TEXT"), JSON, HELP),
    (
        "Names for --format: {summary} {kind} {type} {left} {ends} {next} {next_at} {meetings} {focus}.",
        "{left} is the time left (1h05), {meetings} the week's share of communication in percent, {focus}",
        "its focus hours. {{ and }} stand for braces. What there is none of is empty.",
    ),
    ("techlead now", "techlead now --format '{kind} {left} {next}'", "techlead now --json"),
)
NAMES = ("summary", "kind", "type", "left", "ends", "next", "next_at", "meetings", "focus")
USUAL = "{summary}, {left} left, then {next} at {next_at}"


def run(args: list[str], folders: Folders) -> int:
    call = read_options(args, COMMAND.options)
    if call.has("help"):
        from techlead_tui.cli.help import print_help

        print_help([COMMAND])
        return 0
    if call.words:
        raise WordsError(
            f"“{call.words[0][:60]}” is one word too many", "techlead now --format '{left}'", call.words[0]
        )
    form = call.value("format")
    parts = pieces(form) if form is not None else []
    from techlead_tui.cli.present import present
    from techlead_tui.planner.planner import Planner

    planner = Planner(folders)
    found = present(planner)
    for sentence in planner.notices:
        tell(f"note: {visible(sentence)}")
    if call.has("json"):
        put_json({"schema": 1, "week": found["week"], "now": found["now"]})
    elif form is not None:
        put("".join(visible(str(found["shown"][text])) if named else text for named, text in parts))
    else:
        put(str(found["line"]))
    return 0


def pieces(form: str) -> list[tuple[bool, str]]:
    """A format as pieces: (False, text) and (True, name). WordsError names an unknown name."""
    out: list[tuple[bool, str]] = []
    text, at = "", 0
    while at < len(form):
        char = form[at]
        if form[at : at + 2] in ("{{", "}}"):
            text += char
            at += 2
        elif char == "{":
            end = form.find("}", at)
            name = form[at + 1 : end] if end > 0 else form[at + 1 :]
            if end < 0 or name not in NAMES:
                from techlead_tui.core.words.near import did_you_mean

                raise WordsError(f"--format does not know “{{{name[:40]}}}”", did_you_mean(name, NAMES), name)
            out += [(False, text), (True, name)]
            text, at = "", end + 1
        else:
            text += char
            at += 1
    return [*out, (False, text)]
