"""`techlead sessions`: the log of the coding cadence (M14). It imports nothing dear."""

from __future__ import annotations

from techlead_tui.cli.command import HELP, JSON, Command
from techlead_tui.cli.context import Context
from techlead_tui.cli.output import columns, put, put_json, tell, visible
from techlead_tui.cli.session_json import seconds, shown_json
from techlead_tui.config import local_time
from techlead_tui.core.records import Record
from techlead_tui.core.running import paused
from techlead_tui.core.words.args import read_options
from techlead_tui.errors import WordsError
from techlead_tui.planner.quick_log import QuickLog

COMMAND = Command(
    "sessions",
    "[WEEK|all]",
    "Lists the logged coding sessions.",
    (JSON, HELP),
    (
        "A WEEK is 2026-W48, this (the default), next, last, +2, -1, or a day in it; all lists every session",
        "there is.",
    ),
    ("techlead sessions", "techlead sessions last", "techlead sessions all --json"),
)


def run(_name: str, args: list[str], context: Context) -> int:
    """Print the sessions. WordsError, DataError."""
    call = read_options(args, COMMAND.options)
    if call.has("help"):
        from techlead_tui.cli.help import print_help

        print_help([COMMAND])
        return 0
    words = [*call.words, *call.literal]
    if len(words) > 1:
        raise WordsError(f"“{words[1][:60]}” is one word too many", "techlead sessions last", words[1])
    week = (
        None
        if words and words[0].lower() == "all"
        else week_named(words[0] if words else "this", context.clock)
    )
    quick = QuickLog(context.folders, context.clock)
    moment = context.clock.moment()
    found = [shown_json(record, moment) for record in records_of(quick, week)]
    for sentence in quick.notices:
        tell(f"note: {visible(sentence)}")
    if call.has("json"):
        put_json({"schema": 1, "week": week, "sessions": found})
    else:
        _print(found, week)
    return 0


def week_named(word: str, clock: local_time.Clock) -> str:
    """The key of a WEEK; what is plain needs no calendar."""
    if word.lower() == "this":
        return local_time.week(clock.moment())
    from techlead_tui.config.clock import now, zone
    from techlead_tui.core.words.units import read_week

    try:
        return str(read_week(word, now(clock, zone()).date()))
    except WordsError as error:
        error.hint = or_all(error.hint)
        raise


def or_all(hint: str) -> str:
    """The hint of a wrong WEEK where `all` would do as well."""
    return hint.replace(" or a date in it", ", a date in it or all")


def records_of(log: QuickLog, week: str | None) -> list[Record]:
    """The sessions of a week, or of all, in order of their start; the one under way is one of them."""
    records, running = log.sessions(week), log.open_session()
    if running is not None and not paused(running) and week in (None, running["week"]):
        records.append(running)
    return sorted(records, key=lambda record: seconds(str(record["start"])))


def _print(found: list[dict[str, object]], week: str | None) -> None:
    if not found:
        put(f"no sessions {f'in {week}' if week else 'yet'}: techlead log 45m what you did")
        return
    from techlead_tui.cli.ids import short_id
    from techlead_tui.core.lengths import length
    from techlead_tui.render.text import cut, width

    total, once, last = 0, 0, 0  # sessions may overlap, and the week counts each minute once
    for session in found:
        start, minutes = str(session["start"]), int(str(session["minutes"]))
        clock = str(session["end"] or "           now  ")[11:16]
        until = seconds(start) + minutes * 60  # of one that is running: as far as it counts
        total += minutes
        once += max(0, until - max(seconds(start), last)) // 60
        last = max(last, until)
        marked = ", ".join(str(mark) for mark in (session["pattern"], session["repo"]) if mark)
        details = f"  ({visible(marked)})" if marked else ""
        head = f"{start[:10]}  {start[11:16]}–{clock}  {length(minutes):>10}  "
        tail = f"{details}  {short_id(str(session['uid']))}"
        room = max(16, columns() - width(head + tail))
        put(head + cut(visible(str(session["summary"])) or "–", room) + tail)
    counted = "" if once == total else ", each minute counted once"
    put(f"{len(found)} session{'s' * (len(found) != 1)}, {length(once)}{counted}")
