"""Set commits beside the sessions that they belong to, from the cache alone. Imports next to nothing."""

from __future__ import annotations

from techlead_tui.cli.session_json import seconds
from techlead_tui.config import local_time
from techlead_tui.config.local_time import DAY, days_since_1970
from techlead_tui.config.paths import Folders
from techlead_tui.core.commit_matching import Span, match, stretches
from techlead_tui.core.records import Record
from techlead_tui.evidence import cache
from techlead_tui.planner.quick_log import QuickLog

COMMIT: dict[str, str] = {
    "uid": "its hash",
    "repo": "the repository",
    "at": "when it was written, by the author's date",
    "summary": "the first line of its message, without control characters",
    "lines_added": "lines added, those of lock files, vendored and minified files left out; null where git "
    "cannot tell",
    "lines_removed": "lines removed, likewise",
    "lines_left_out": "lines added and removed that do not count, or null",
    "shipped": "whether it changes anything else than such files",
    "colleagues": "whom its `Co-authored-by` lines name: each with `name` and `email`",
    "assistants": "the assistants and bots among them, likewise",
    "session": "uid of the session that it belongs to, or null",
}
EVENT: dict[str, str] = {
    "at": "when it happened",
    "kind": "review, deploy or incident",
    "title": "what it says",
    "url": "its address, or null",
    "source": "the command of config.toml that told it",
}
OFFER: dict[str, str] = {
    "words": "the arguments of the `techlead` call that logs it",
    "commits": "uids of the commits that it stands for",
}
Json = dict[str, object]


class SessionEvidence:
    """Hold what stands beside some sessions: commits, events, and sessions to be logged."""

    __slots__ = ("co_authored", "commits", "events", "offers", "since")

    def __init__(
        self,
        commits: list[Json],
        co_authored: list[Json],
        events: list[Json],
        offers: list[Json],
        since: int | None,
    ) -> None:
        self.commits = commits
        self.co_authored = co_authored  # colleagues' commits that name the user
        self.events = events
        self.offers = offers
        self.since = since  # from when on repositories were read; None where none was


def beside(
    folders: Folders, log: QuickLog, week: str | None, records: list[Record], now: int
) -> SessionEvidence:
    """Return what the last scan knows of a week, or of all for None, matched with its sessions."""
    begin, end = (None, None) if week is None else bounds(week)
    found = cache.load_all(folders.cache, begin, end)
    rows: list[cache.Row] = []
    others: list[cache.Row] = []
    events: list[Json] = []
    for source in found:
        for row in source.rows:
            if row.get("kind", "commit") == "commit":
                rows.append(row)
            elif row["kind"] == cache.CO_AUTHORED:
                others.append(row)
            else:
                events.append(
                    {"at": local_time.iso(_moment(row))}
                    | {key: row[key] for key in ("kind", "title", "url")}
                    | {"source": source.head["name"]}
                )
    rows.sort(key=_moment)
    others.sort(key=_moment)
    events.sort(key=lambda event: str(event["at"]))
    sessions = spans(records, now)
    if week is not None and begin is not None and any(_moment(row) < begin + DAY for row in rows + others):
        sessions += spans(log.sessions(local_time.week(begin - 1)), now)  # one may go on past midnight
    moments = [(_moment(row), str(row["repo"])) for row in rows]
    uids = match(sessions, moments)
    commits = [commit_json(row, uid) for row, uid in zip(rows, uids, strict=True)]
    along = match(sessions, [(_moment(row), str(row["repo"])) for row in others])
    co_authored = [commit_json(row, uid) for row, uid in zip(others, along, strict=True)]
    alone = [number for number, uid in enumerate(uids) if uid is None and moments[number][0] <= now]
    offers = [
        {
            "words": words(start, stop, [rows[alone[one]] for one in group]),
            "commits": [commits[alone[one]]["uid"] for one in group],
        }
        for start, stop, group in stretches([moments[number] for number in alone], sessions)
    ]
    since = [one.head["since"] for one in found if one.head["kind"] == "git" and one.head["scanned"]]
    read = [moment for moment in since if isinstance(moment, int)]
    return SessionEvidence(commits, co_authored, events, offers, max(read) if read else None)


def commit_json(row: cache.Row, session: str | None) -> Json:
    """Return a commit as JSON, from its row in the cache."""
    at = local_time.iso(_moment(row))
    out: Json = {}
    for key in COMMIT:
        if key == "at":
            out[key] = at
        elif key == "session":
            out[key] = session
        elif key in ("colleagues", "assistants"):
            people = row[key]
            assert isinstance(people, list)
            out[key] = [{"name": name, "email": email} for name, email in people]
        else:
            out[key] = row[key]
    return out


def spans(records: list[Record], now: int) -> list[Span]:
    """Return the sessions as far as commits are matched with them; one that runs ends now."""
    out: list[Span] = []
    for record in records:
        end, repo = record.get("end"), record.get("repo")
        out.append(
            (
                str(record["uid"]),
                seconds(str(record["start"])),
                seconds(str(end)) if end else now,
                str(repo) if repo else None,
            )
        )
    return out


def words(start: int, end: int, rows: list[cache.Row]) -> list[str]:
    """Return the call that logs the session which commits stand for."""
    at = local_time.iso(start)
    minutes = min((end - start) // 60, DAY // 60)
    said = [str(row["summary"]) for row in rows if row["summary"]]
    return [
        *("log", f"{minutes}m", "--repo", str(rows[0]["repo"])),
        *("--at", f"{at[:10]} {at[11:16]}", "--", said[0] if said else "commits"),
    ]


def bounds(week: str) -> tuple[int, int]:
    """Return the moments at which a week, `2026-W48`, begins and ends on the local clocks."""
    year, number = int(week[:4]), int(week[6:])
    fourth = days_since_1970(year, 1, 4)  # always in the first week
    monday = fourth - (fourth + 3) % 7 + (number - 1) * 7
    return (
        local_time.moment_at_wall(monday * DAY)[0],
        local_time.moment_at_wall((monday + 7) * DAY)[0],
    )


def _moment(row: cache.Row) -> int:
    moment = row["moment"]
    assert isinstance(moment, int)
    return moment


def print_beside(records: list[Json], found: SessionEvidence, commits_of: dict[str, list[Json]]) -> None:
    """Print the commits without a session, with calls that log them, and the sessions without a commit."""
    from shlex import join

    from techlead_tui.cli.output import columns, put, visible
    from techlead_tui.render.text import cut

    alone = [commit for commit in found.commits if commit["session"] is None]
    if alone:
        put(f"\n{counted(len(alone), 'commit')} without a session")
        for commit in alone:
            put(cut(commit_line(commit, dated=True), columns()))
        if found.offers:
            put("\nlog what they stand for:")
        for offer in found.offers:
            given = offer["words"]
            assert isinstance(given, list)
            put(f"  techlead {join([visible(word) for word in given])}")
    silent = [
        session
        for session in records
        if not commits_of.get(str(session["uid"]))
        and found.since is not None
        and seconds(str(session["start"])) >= found.since
    ]
    if silent and len(silent) < len(records):
        put(f"\n{counted(len(silent), 'session')} without a commit: reading and debugging are work too")
    elif silent:
        put("\nno commit yet: reading and debugging are work too")
    kinds: dict[str, int] = {}
    for event in found.events:
        kinds[str(event["kind"])] = kinds.get(str(event["kind"]), 0) + 1
    driven = [commit for commit in found.co_authored if commit["session"] is None]
    if driven:
        put(f"\n{counted(len(driven), 'commit')} of colleagues with you")
        for commit in driven:
            put(cut(commit_line(commit, dated=True, own=False), columns()))
    if kinds:
        put("also: " + ", ".join(counted(count, kind) for kind, count in kinds.items()))
    written = [commit for commit in found.commits if commit["shipped"]]
    if found.commits:
        paired = sum(bool(commit["colleagues"]) for commit in found.commits)
        helped = sum(bool(commit["assistants"]) for commit in found.commits)
        rest = "".join(
            f", {count} {what}"
            for count, what in ((paired, "with a colleague"), (helped, "with an assistant"))
            if count
        )
        idle = len(found.commits) - len(written)
        rest += f", {idle} of generated files alone or empty" if idle else ""
        put(f"{counted(len(found.commits), 'commit')}{rest}")


def commit_line(commit: Json, *, dated: bool = False, own: bool = True) -> str:
    """Return a commit as one line, beneath its session; `own` is whether the user is its author."""
    from techlead_tui.cli.output import visible

    at, uid = str(commit["at"]), str(commit["uid"])
    day = f"{at[:10]}  " if dated else " " * 12
    lines = (
        "lines unknown" * own
        if commit["lines_added"] is None
        else f"+{commit['lines_added']} −{commit['lines_removed']}"
    )
    marks = [str(commit["repo"])] if dated else []
    for key, sign in (("colleagues", "with" if own else "by"), ("assistants", "assistant:")):
        people = commit[key]
        assert isinstance(people, list)
        marks += [f"{sign} {person['name'] or person['email']}" for person in people]
    marks += [] if commit["shipped"] else ["nothing that counts"]
    about = f"  ({visible(', '.join(marks))})" if marks else ""
    short = "" if ":" in uid else uid[:8]  # one that a command tells of has no hash
    return f"{day}{at[11:16]}  {lines:<12}  {short:<8}  {visible(str(commit['summary'])) or '–'}{about}"


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
