"""`techlead now`: the present block, for status bars.

A status bar asks every few seconds, so what a week holds is kept as plain lines; until a plan changes,
an answer takes no snapshot, and nothing dear is imported.
"""

from __future__ import annotations

from techlead_tui.cli.command import HELP, JSON, Command
from techlead_tui.cli.kept import NOW_CACHE, Line, load
from techlead_tui.cli.output import put, tell, visible
from techlead_tui.config import local_time
from techlead_tui.config.paths import Folders
from techlead_tui.core.lengths import short_length
from techlead_tui.core.words.args import Option, read_options
from techlead_tui.errors import WordsError
from techlead_tui.planner.quick_log import QuickLog

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
# a week's line: "week", its key, first and last moment, communication percent, focus minutes
# a block's: "block", first and last moment, day, start, end, end in ISO, kind, type, summary, box, uid, JSON


def run(args: list[str], folders: Folders, clock: local_time.Clock) -> int:
    """0. WordsError, DataError."""
    call = read_options(args, COMMAND.options)
    if call.has("help"):
        from techlead_tui.cli.help import print_help

        print_help([COMMAND])
        return 0
    if call.words:
        word = call.words[0]
        raise WordsError(f"“{word[:60]}” is one word too many", "techlead now --format '{left}'", word)
    form = call.value("format")
    parts = pieces(form) if form is not None else []
    moment = clock.moment()
    lines = known(QuickLog(folders, clock), moment)
    if lines is None:
        from techlead_tui.cli.present import present

        lines, notices = present(folders, clock)
        for sentence in notices:
            tell(f"note: {visible(sentence)}")
    if call.has("json"):
        put(answer_json(lines, moment))
        return 0
    shown = answer(lines, moment)
    if form is not None:
        put("".join(visible(shown[text]) if named else text for named, text in parts))
        return 0
    here = f"{visible(shown['summary'])}, {shown['left']} left" if shown["left"] else "nothing is planned now"
    then = f"; then {visible(shown['next'])} at {shown['next_at']}" if shown["next_at"] else ""
    put(here + then)
    return 0


def known(quick: QuickLog, moment: int) -> list[Line] | None:
    """Return the cached lines if they still hold."""
    lines = load(quick, NOW_CACHE)
    if not lines or lines[0][0] != "week" or not int(lines[0][2]) <= moment < int(lines[0][3]):
        return None
    return lines


def chosen(lines: list[Line], moment: int) -> tuple[Line | None, Line | None]:
    """The block that is on, the shortest of several, and the one that starts next."""
    blocks = lines[1:]
    on = [block for block in blocks if int(block[1]) <= moment < int(block[2])]
    here = min(on, key=lambda block: (int(block[2]) - int(block[1]), block[11]), default=None)
    ahead = (block for block in blocks if int(block[1]) > moment and not _inside(block, here))
    return here, next(ahead, None)


def _inside(block: Line, outer: Line | None) -> bool:
    """Leave out what only fills the running box: it is no next thing."""
    return outer is not None and block[10] == outer[11] and block[7] == outer[7]


def answer(lines: list[Line], moment: int) -> dict[str, str]:
    """Return what --format shows."""
    here, ahead = chosen(lines, moment)
    shown = dict.fromkeys(NAMES, "")
    shown["meetings"] = lines[0][4]
    tenths = (int(lines[0][5]) + 3) // 6
    shown["focus"] = f"{tenths // 10}" + (f".{tenths % 10}" if tenths % 10 else "")
    if here is not None:
        shown["summary"], shown["kind"], shown["type"] = here[9], here[7].replace("_", " "), here[8]
        shown["left"], shown["ends"] = short_length(_left(here, moment)), here[5]
    if ahead is not None:
        shown["next"] = ahead[9]
        today = local_time.iso(moment)[:10]
        shown["next_at"] = ahead[4] if ahead[6][:10] == today else f"{ahead[3]} {ahead[4]}"
    return shown


def answer_json(lines: list[Line], moment: int) -> str:
    """The noun `now`; the blocks in it were written as JSON when they were kept."""
    here, ahead = chosen(lines, moment)
    ends = "null" if here is None else f'"{here[6]}"'
    left = "null" if here is None else str(_left(here, moment))
    return (
        f'{{"schema": 1, "week": "{lines[0][1]}", "now": {{"block": {here[12] if here else "null"}, '
        f'"ends": {ends}, "left_minutes": {left}, "next": {ahead[12] if ahead else "null"}, '
        f'"session": null, "meetings_percent": {lines[0][4]}, "focus_minutes": {lines[0][5]}}}}}'
    )


def _left(block: Line, moment: int) -> int:
    """Minutes, a begun one as a whole."""
    return -((moment - int(block[2])) // 60)


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
                from techlead_tui.core.words.args import did_you_mean

                raise WordsError(f"--format does not know “{{{name[:40]}}}”", did_you_mean(name, NAMES), name)
            out += [(False, text), (True, name)]
            text, at = "", end + 1
        else:
            text += char
            at += 1
    return [*out, (False, text)]
