"""Tell what the week says about the session under way: which block it is in, and where it may have ended."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek, into
from techlead_tui.core.records import Record
from techlead_tui.core.running import LONG, Spot, StartSession, StopSession, block_at, overdue, paused
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.week import Block
from techlead_tui.core.words.log import LogWords
from techlead_tui.evidence.reflog import last_commit, root
from techlead_tui.planner.reader import Reader

AT_KEYBOARD = ("hands_on", "mentorship")


def spot_of(block: Block) -> Spot:
    """Return a block as what a session may be for."""
    begin, end = int(block.start.timestamp()), int(block.held.end.timestamp())
    return begin, end, block.uid, block.summary, block.type or "", block.source == "own"


def spots_of(snapshot: Snapshot, *weeks: IsoWeek) -> list[Spot]:
    """Return the blocks of some weeks in which one works at a keyboard, alone or with others."""
    blocks = (block for week in weeks for block in snapshot.week(week).live)
    return [spot_of(block) for block in blocks if block.category in AT_KEYBOARD]


class Overdue(NamedTuple):
    """Describe a session that has probably been forgotten, and the moments at which it may have ended."""

    record: Record
    start: datetime
    block: str  # the title of the block that is over, "" for none
    block_end: datetime | None
    day_end: datetime | None  # of its day's working hours, where it has no block
    last_commit: datetime | None  # in the repository in which it was begun
    now: datetime

    @property
    def ends(self) -> tuple[tuple[str, datetime | None], ...]:
        """Return what may have ended it, and when; None where that is not known."""
        return (
            ("the end of its block", self.block_end),
            ("the end of that working day", self.day_end),
            ("the last commit", self.last_commit),
            ("now", self.now),
        )


def overdue_now(reader: Reader, record: Record | None) -> Overdue | None:
    """Return what to ask about an open session; None while nothing says that it was forgotten.

    The block counts as it now is: one that was made longer meanwhile goes on.
    """
    if record is None or paused(record):
        return None
    now, start = reader.now(), into(datetime.fromisoformat(str(record["start"])), reader.zone)
    until = into(datetime.fromisoformat(str(record["until"])), reader.zone)
    block = _block(reader, record)
    if block is not None:
        until = block.held.end
    times = (int(moment.timestamp()) for moment in (start, until, now))
    if now <= start or not overdue(record, *times):
        return None
    commit = last_commit(str(record["folder"] or ""), int(start.timestamp()), int(now.timestamp()))
    return Overdue(
        record,
        start,
        block.summary if block is not None else "",
        until if record["block"] is not None and start < until < now else None,
        _day_end(reader, record, start, now),
        into(datetime.fromtimestamp(commit, reader.zone), reader.zone) if commit is not None else None,
        now.replace(second=0),
    )


def _block(reader: Reader, record: Record) -> Block | None:
    if record["block"] is None:
        return None
    week = IsoWeek.parse(str(record["week"]))
    uid = str(record["block"])
    return reader.snapshot(week).week(week).block(uid)


def _day_end(reader: Reader, record: Record, start: datetime, now: datetime) -> datetime | None:
    if record["block"] is not None:
        return None
    week = IsoWeek.of(start.date())
    hours = reader.snapshot(week).week(week).day(start.date()).hours
    return hours.end if hours is not None and start < hours.end < now else None


def started(
    reader: Reader, words: LogWords, begin: datetime, spot: Spot | None, instead: StopSession | None = None
) -> StartSession:
    """Return the session that begins at a moment, in a block or in none."""
    until = into(begin + timedelta(seconds=LONG), reader.zone)
    if spot is not None:
        until = into(datetime.fromtimestamp(spot[1], UTC), reader.zone)
    return StartSession.said(
        words,
        start=begin.isoformat(timespec="seconds"),
        week=str(IsoWeek.of(begin.date())),
        zone=getattr(reader.zone, "key", None) or "UTC",
        until=until.isoformat(timespec="seconds"),
        spot=spot,
        folder=root(),
        instead=instead,
    )


def resumed(reader: Reader, record: Record) -> StartSession:
    """Return the next stretch of a session that pauses, from now on."""
    words = LogWords()
    for name in ("summary", "pattern", "category", "repo", "branch"):
        setattr(words, name, record[name])
    begin = reader.now().replace(second=0)
    week = IsoWeek.of(begin.date())
    spot = block_at(spots_of(reader.snapshot(week), week), int(begin.timestamp()))
    return started(reader, words, begin, spot)


def ended(
    record: Record, moment: datetime, *, pause: bool = False, drop: bool = False, result: str | None = None
) -> StopSession:
    """Return the edit that ends a session at a moment: to the minute, and after a minute at the least."""
    start = datetime.fromisoformat(str(record["start"]))
    end = max(
        moment.replace(second=0, microsecond=0), into(start + timedelta(minutes=1), moment.tzinfo or UTC)
    )
    return StopSession(
        end=end.isoformat(timespec="seconds"),
        week=str(record["week"]),
        of=str(record["uid"]),
        pause=pause,
        drop=drop,
        result=result,
    )
