"""`techlead sessions`: the log of the coding cadence (M14), commits beside it. It imports nothing dear."""

from __future__ import annotations

from techlead_tui.cli.command import HELP, JSON, Command
from techlead_tui.cli.context import Context
from techlead_tui.cli.output import columns, put, put_json, tell_notes, visible
from techlead_tui.cli.session_commits import SessionEvidence, beside
from techlead_tui.cli.session_json import seconds, shown_json
from techlead_tui.config import local_time
from techlead_tui.core.records import Record
from techlead_tui.core.running import paused
from techlead_tui.core.words.args import read_options
from techlead_tui.errors import WordsError
from techlead_tui.planner.quick_log import QuickLog
from techlead_tui.planner.repositories import stale

COMMAND = Command(
    "sessions",
    "[WEEK|all]",
    "Lists the logged coding sessions, with the commits that git knows of.",
    (JSON, HELP),
    (
        "A WEEK is 2026-W48, this (the default), next, last, +2, -1, or a day in it; all lists every session",
        "there is. Commits are those of the last techlead repos scan; for those without a session the call",
        "that logs one is offered.",
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
    records = records_of(quick, week)
    found = [shown_json(record, moment) for record in records]
    witness = beside(context.folders, quick, week, records, moment)
    tell_notes((*quick.notices, *_stale(context)))
    if call.has("json"):
        answer = {"schema": 1, "week": week, "sessions": found, "commits": witness.commits}
        more = {"co_authored": witness.co_authored, "events": witness.events, "offers": witness.offers}
        put_json(answer | more)
    else:
        _print(found, week, witness)
    return 0


def _stale(context: Context) -> list[str]:
    """Say that repositories hold what was not read yet."""
    names = stale(context.folders)
    if not names:
        return []
    some = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    return [f"{some} may hold commits that were not read yet: techlead repos scan"]


def week_named(word: str, clock: local_time.Clock) -> str:
    """The key of a WEEK; what is plain needs no calendar."""
    if word.lower() == "this":
        return local_time.week(clock.moment())
    from techlead_tui.config.clock import now, zone
    from techlead_tui.core.words.units import or_all, read_week

    try:
        return str(read_week(word, now(clock, zone()).date(), back=True))
    except WordsError as error:
        error.hint = or_all(error.hint)
        raise


def records_of(log: QuickLog, week: str | None) -> list[Record]:
    """The sessions of a week, or of all, in order of their start; the one under way is one of them."""
    records, running = log.sessions(*(local_time.weeks_around(week) if week else ())), log.open_session()
    if running is not None and not paused(running):
        records.append(running)
    if week is not None:  # the clocks of another zone may have put one into the week before or after
        records = [one for one in records if local_time.week(seconds(str(one["start"]))) == week]
    return sorted(records, key=lambda record: (seconds(str(record["start"])), str(record["uid"])))


def _print(found: list[dict[str, object]], week: str | None, witness: SessionEvidence) -> None:
    from techlead_tui.cli.session_commits import commit_line, print_beside

    if not found:
        put(f"no sessions {f'in {week}' if week else 'yet'}: techlead log 45m what you did")
        print_beside(found, witness, {})
        return
    from techlead_tui.core.ids import short_id
    from techlead_tui.core.lengths import length
    from techlead_tui.render.text import cut, width

    commits_of: dict[str, list[dict[str, object]]] = {}
    for commit in (*witness.commits, *witness.co_authored):
        commits_of.setdefault(str(commit["session"]), []).append(commit)
    driven = {str(commit["uid"]) for commit in witness.co_authored}  # by colleagues
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
        for commit in commits_of.get(str(session["uid"]), ()):
            put(cut(commit_line(commit, own=str(commit["uid"]) not in driven), columns()))
    counted = "" if once == total else ", each minute counted once"
    put(f"{len(found)} session{'s' * (len(found) != 1)}, {length(once)}{counted}")
    print_beside(found, witness, commits_of)
