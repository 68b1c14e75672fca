"""Define the session under way (M14): one record in the store, and the edits that start, pause and end it.

A plain record needs no daemon: it is there after a reboot, sleep and a lost terminal. On the path of
`techlead start` and `stop`, so nothing dear is imported.
"""

from __future__ import annotations

from techlead_tui.core.records import OPEN, Change, Record, session_record
from techlead_tui.errors import UserError

TABLE = "running"  # holds one record at most
GRACE = (
    5 * 60
)  # seconds after the end of its block in which a session may still be stopped without a question
LONG = 4 * 3600  # seconds after which one without a block has probably been forgotten

Spot = tuple[int, int, str, str, str, bool]  # begin, end (seconds since 1970), uid, title, type, one's own


def running_in(records: dict[str, dict[str, Record]]) -> Record | None:
    """Return the session under way, or the one that pauses, from the records of the bucket `open`."""
    return next(iter(records.get(TABLE, {}).values()), None)


def paused(record: Record | None) -> bool:
    """Tell whether what is open is only a pause: its last stretch has been logged."""
    return record is not None and record["paused"] is not None


def of_today(record: Record | None, today: str) -> Record | None:
    """Return what is open, without a pause that began on another day than `today` (ISO 8601): nobody waits
    for the end of that."""
    return None if record is not None and paused(record) and str(record["paused"])[:10] != today else record


def overdue(record: Record, since: int, until: int, moment: int) -> bool:
    """Tell whether a session has probably been forgotten: its block is over, or it is too long without one.

    `since` and `until` are the record's own times, and `moment` the present, in seconds since 1970.
    """
    return moment > until + GRACE if record["block"] is not None else moment > since + LONG


def block_at(spots: list[Spot], moment: int) -> Spot | None:
    """Return what time at a keyboard is planned for at a moment: the shortest of several, as for `now`."""
    on = [spot for spot in spots if spot[0] <= moment < spot[1]]
    return min(on, key=lambda spot: (spot[1] - spot[0], spot[2]), default=None)


class RunningError(UserError):
    """Tell that a session is under way already; `record` is what the store holds of it."""

    def __init__(self, record: Record) -> None:
        what = f"“{record['summary']}”" if record["summary"] else "a session"
        super().__init__(
            f"{what} has been running since {str(record['start'])[11:16]}",
            "techlead stop ends it; techlead stop --drop forgets it",
        )
        self.record = record


class NotRunningError(UserError):
    """Tell that there is nothing to stop."""

    def __init__(self) -> None:
        super().__init__(
            "nothing is running",
            "techlead start pool fix begins a session; techlead log 45m pool fix logs one that is over",
        )


class _Timing:
    """Share what core/edits.py asks of every edit."""

    __slots__ = ()
    uid = ""
    day = day_after = override = None
    refusable = plans = False
    week: str

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:  # type: ignore[name-defined]  # noqa: F821  dear, so not imported above
        """Return the week in which it begins."""
        from techlead_tui.core.calendar import IsoWeek

        return (IsoWeek.parse(self.week),)


class StopSession(_Timing):
    """End the session under way at `end` (ISO 8601 with offset), and log it.

    `pause` keeps what it is about for `start --resume`, `drop` logs nothing. `of` is the uid of the session
    that is meant, "" for any: another shell may have stopped it meanwhile. `week` is that of its start.
    """

    __slots__ = ("drop", "end", "of", "pause", "result", "week")

    def __init__(
        self,
        *,
        end: str,
        week: str,
        of: str = "",
        pause: bool = False,
        drop: bool = False,
        result: str | None = None,
    ) -> None:
        self.end = end
        self.week = week
        self.of = of
        self.pause = pause
        self.drop = drop
        self.result = result

    def changes(self, _uid: str, running: Record | None) -> list[Change]:
        """Return what becomes of the record that is there now. NotRunningError."""
        if running is None or self.of not in ("", running["uid"]) or (paused(running) and self.pause):
            raise NotRunningError
        uid = str(running["uid"])
        after = {**running, "paused": self.end} if self.pause else None
        change = Change(OPEN, TABLE, uid, running, after)
        if self.drop or paused(running):
            return [change]
        return [change, Change(str(running["week"]), "sessions", uid, None, self.logged(running))]

    def logged(self, running: Record) -> Record:
        """Return the record of the session that it ends."""
        read: dict[str, str] = running  # type: ignore[assignment]  # or None, as session_record takes it
        return session_record(
            uid=read["uid"],
            summary=read["summary"],
            pattern=read["pattern"],
            category=read["category"],
            start=read["start"],
            end=self.end,
            zone=read["zone"],
            repo=read["repo"],
            branch=read["branch"],
            result=read["result"] if self.result is None else self.result or None,
        )


class StartSession(_Timing):
    """Begin a session at `start`; `until` is how far it counts once its day is over: its block's end, or
    `LONG` after its start. `block` is the uid of that block, `folder` the checkout in which it was begun.

    One that runs is in the way (RunningError) unless `instead` ends it; one that pauses is given up.
    """

    __slots__ = (
        "block",
        "branch",
        "category",
        "folder",
        "instead",
        "pattern",
        "repo",
        "result",
        "start",
        "summary",
        "until",
        "week",
        "zone",
    )

    def __init__(
        self,
        *,
        summary: str,
        start: str,
        week: str,
        zone: str,
        until: str,
        pattern: str | None = None,
        category: str = "hands_on",
        repo: str | None = None,
        branch: str | None = None,
        result: str | None = None,
        block: str | None = None,
        folder: str | None = None,
        instead: StopSession | None = None,
    ) -> None:
        self.summary = summary
        self.start = start
        self.week = week
        self.zone = zone
        self.until = until
        self.pattern = pattern
        self.category = category
        self.repo = repo
        self.branch = branch
        self.result = result
        self.block = block
        self.folder = folder
        self.instead = instead

    @classmethod
    def said(
        cls,
        words: LogWords,  # type: ignore[name-defined]  # noqa: F821  words import this
        *,
        start: str,
        week: str,
        zone: str,
        until: str,
        spot: Spot | None,
        folder: str | None,
        instead: StopSession | None = None,
    ) -> StartSession:
        """Return the session that some words ask for, in a block or in none."""
        return cls(
            summary=words.summary,
            start=start,
            week=week,
            zone=zone,
            until=until,
            pattern=words.pattern,
            category=words.category,
            repo=words.repo or None,
            branch=words.branch or None,
            result=words.result or None,
            block=spot[2] if spot is not None else None,
            folder=folder,
            instead=instead,
        )

    def changes(self, uid: str, running: Record | None) -> list[Change]:
        """Return the record that is to be there, and what becomes of the one that is. RunningError."""
        before: list[Change] = []
        if running is not None and paused(running):
            before = [Change(OPEN, TABLE, str(running["uid"]), running, None)]
        elif running is not None:
            if self.instead is None or self.instead.of != running["uid"]:
                raise RunningError(running)
            before = self.instead.changes(uid, running)
        return [*before, Change(OPEN, TABLE, uid, None, self.record(uid))]

    def record(self, uid: str) -> Record:
        """Return what is stored of it."""
        kept = [name for name in StartSession.__slots__ if name != "instead"]
        return {"uid": uid, **{name: getattr(self, name) for name in kept}, "paused": None}
