"""Say what is on now, for status bars."""

from __future__ import annotations

from techlead_tui.cli.answer_cache import chosen, load, make
from techlead_tui.cli.command import HELP, JSON, Command
from techlead_tui.cli.context import Context
from techlead_tui.cli.output import put, tell_notes, visible
from techlead_tui.cli.session_json import elapsed, running_json
from techlead_tui.config import local_time
from techlead_tui.core.json_text import encode
from techlead_tui.core.lengths import short_length
from techlead_tui.core.records import Record
from techlead_tui.core.running import of_today, paused
from techlead_tui.core.words.args import Option, read_options
from techlead_tui.errors import WordsError
from techlead_tui.planner.quick_log import QuickLog

TYPE_CHECKING = False
if TYPE_CHECKING:
    from techlead_tui.cli.answer_cache import Answer, Entry

COMMAND = Command(
    "now",
    "",
    "Says what is on now and what comes next, for status bars.",
    (Option(("--format", "-f"), "what to print, with names in braces", "TEXT"), JSON, HELP),
    (
        "Names for --format: {summary} {kind} {type} {left} {ends} {next} {next_at} {meetings} {focus}",
        "{session} {elapsed}. {left} is the time left (1h05), {meetings} the week's share of communication",
        "in percent, {focus} its focus hours, {session} what the running session is about, {elapsed} how",
        "long it has been running (0:55). {{ and }} stand for braces. A name with no value is empty.",
    ),
    ("techlead now", "techlead now --format '{kind} {left} {next}'", "techlead now --json"),
)
NAMES = (
    "summary",
    "kind",
    "type",
    "left",
    "ends",
    "next",
    "next_at",
    "meetings",
    "focus",
    "session",
    "elapsed",
)


def run(_name: str, args: list[str], context: Context) -> int:
    """Print what is on now. WordsError, DataError."""
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
    moment = context.clock.moment()
    found = load(context.folders, QuickLog(context.folders, context.clock).stamp())
    if found is None or not found["begin"] <= moment < found["end"]:
        found, notices, _ = make(context.folders, context.clock)
        tell_notes(notices)
    found["running"] = of_today(found["running"], local_time.iso(moment)[:10])
    if call.has("json"):
        put(answer_json(found, moment))
        return 0
    shown = answer(found, moment)
    if form is not None:
        put("".join(visible(shown[text]) if named else text for named, text in parts))
        return 0
    here = f"{visible(shown['summary'])}, {shown['left']} left" if shown["left"] else "nothing is planned now"
    then = f"; then {visible(shown['next'])} at {shown['next_at']}" if shown["next_at"] else ""
    put(here + then + _of_session(found["running"], moment))
    return 0


def _of_session(record: Record | None, moment: int) -> str:
    """`; ▶ pool fix 0:55`, or that it pauses."""
    if record is None:
        return ""
    what = visible(str(record["summary"])) or "session"
    sign = f"paused: {what}" if paused(record) else f"▶ {what}"
    return f"; {sign} {elapsed(record, moment)}"


def answer(found: Answer, moment: int) -> dict[str, str]:
    """Return what --format shows."""
    here, ahead = chosen(found, moment)
    shown = dict.fromkeys(NAMES, "")
    shown["meetings"] = str(found["meetings_percent"])
    tenths = (found["focus_minutes"] + 3) // 6
    shown["focus"] = f"{tenths // 10}" + (f".{tenths % 10}" if tenths % 10 else "")
    running = found["running"]
    if running is not None and not paused(running):
        shown["session"] = str(running["summary"]) or "session"
        shown["elapsed"] = elapsed(running, moment)
    if here is not None:
        block = here["json"]
        shown["summary"], shown["kind"] = block["summary"], block["kind"].replace("_", " ")
        shown["type"] = block["type"] or ""
        shown["left"], shown["ends"] = short_length(_left(here, moment)), _ends(here)[11:16]
    if ahead is not None:
        start = ahead["json"]["start"]
        today = local_time.iso(moment)[:10]
        shown["next"] = ahead["json"]["summary"]
        shown["next_at"] = start[11:16] if start[:10] == today else f"{ahead['day']} {start[11:16]}"
    return shown


def answer_json(found: Answer, moment: int) -> str:
    """Return the noun `now`."""
    here, ahead = chosen(found, moment)
    now = {
        "block": here["json"] if here else None,
        "ends": _ends(here) if here else None,
        "left_minutes": _left(here, moment) if here else None,
        "next": ahead["json"] if ahead else None,
        "session": running_json(found["running"], moment) if found["running"] is not None else None,
        "meetings_percent": found["meetings_percent"],
        "focus_minutes": found["focus_minutes"],
    }
    return encode({"schema": 1, "week": found["week"], "now": now})


def _ends(block: Entry) -> str:
    """Return when a block ends, at its hard end where it has one."""
    return str(block["json"]["hard_end"] or block["json"]["end"])


def _left(block: Entry, moment: int) -> int:
    """Return the minutes left, a begun one as a whole."""
    return int(-((moment - block["end"]) // 60))


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
