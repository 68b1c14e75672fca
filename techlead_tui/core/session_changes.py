"""Turn the edits of sessions into changes of the stored records: one that is over, or the one under way."""

from __future__ import annotations

from datetime import datetime, timedelta

from techlead_tui.core.calendar import DAY, IsoWeek
from techlead_tui.core.edits import EditSession, MergeSessions, RemoveSession, SplitSession
from techlead_tui.core.lengths import length, short_length
from techlead_tui.core.records import Change, Record
from techlead_tui.core.running import LONG, TABLE
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.errors import UserError

Effect = tuple[list[Change], list[str], str]  # changes, notes for the user, uid of the session
SessionEdit = EditSession | RemoveSession | SplitSession | MergeSessions


def session_effect(snapshot: Snapshot, edit: SessionEdit, now: datetime, uid: str) -> Effect:
    """Return what an edit changes; `uid` is free for a session that it makes. UserError."""
    match edit:
        case EditSession():
            return _edit_session(snapshot, edit, now)
        case RemoveSession():
            bucket, table, record = _session(snapshot, edit.uid, edit.week)
            return [Change(bucket, table, edit.uid, record, None)], [], edit.uid
        case SplitSession():
            return _split_session(snapshot, edit, uid)
        case MergeSessions():
            return _merge_sessions(snapshot, edit)


def _session(snapshot: Snapshot, uid: str, week: IsoWeek) -> tuple[str, str, Record]:
    """Return bucket, table and record of a session, logged or under way. UserError when there is none."""
    bucket = snapshot.bucket_of("sessions", uid, week)
    record = snapshot.records(bucket, "sessions").get(uid)
    if record is not None:
        return bucket, "sessions", record
    record = snapshot.table(OPEN, TABLE).get(uid)
    if record is not None:
        return OPEN, TABLE, record
    raise UserError(f"there is no session {uid}")


def _logged(snapshot: Snapshot, uid: str, week: IsoWeek) -> tuple[str, Record]:
    """Return bucket and record of a session that is over. UserError."""
    bucket, table, record = _session(snapshot, uid, week)
    if table == TABLE:
        raise UserError("this session is running and has no end yet", "techlead stop ends it first")
    return bucket, record


def _edit_session(snapshot: Snapshot, edit: EditSession, now: datetime) -> Effect:
    bucket, table, record = _session(snapshot, edit.uid, edit.week)
    after: Record = {**record, **edit.fields}
    notes: list[str] = []
    start = datetime.fromisoformat(str(after["start"]))
    there = str(IsoWeek.of(start.date()))
    if table == TABLE:
        if "end" in edit.fields:
            raise UserError("this session is running and has no end yet", "techlead stop --at WHEN ends it")
        if snapshot.now is not None and start > snapshot.now:
            raise UserError("the session would begin in the future", "say when it began: 25m ago")
        until = (start + timedelta(seconds=LONG)).isoformat() if after["block"] is None else after["until"]
        return [Change(OPEN, TABLE, edit.uid, record, {**after, "week": there, "until": until})], [], edit.uid
    if not {"start", "end"}.isdisjoint(edit.fields):
        end = datetime.fromisoformat(str(after["end"]))
        _lasting(start, end)
        after["zone"] = snapshot.zone_name or record["zone"]
        notes = ["this session ends in the future"] if end > now else []
    if there == bucket:
        return [Change(bucket, "sessions", edit.uid, record, after)], notes, edit.uid
    gone = Change(bucket, "sessions", edit.uid, record, None)
    return [gone, Change(there, "sessions", edit.uid, None, after)], notes, edit.uid


def _lasting(start: datetime, end: datetime) -> None:
    """UserError for a session that `log` would not take: it takes no time, or more than a day."""
    minutes = int((end - start).total_seconds()) // 60
    if end <= start:
        raise UserError(
            f"the session would end, at {end:%H:%M}, before it starts, at {start:%H:%M}",
            "move ID 14-15:30 sets both",
        )
    if not minutes:
        raise UserError("the session would take no time", "the shortest one is a minute")
    if minutes > DAY:
        raise UserError(
            f"the session would take {short_length(minutes)}", f"the longest one is {short_length(DAY)}"
        )


def _split_session(snapshot: Snapshot, edit: SplitSession, uid: str) -> Effect:
    bucket, record = _logged(snapshot, edit.uid, edit.week)
    begun, ended = (datetime.fromisoformat(str(record[name])) for name in ("start", "end"))
    if not begun < edit.end <= edit.start < ended:
        span = f"{begun:%a %d %b %H:%M}–{ended:%H:%M}"
        raise UserError(
            f"the session lasts {span}, and both parts need some of it", "--split 10:00, or --split 10-10:30"
        )
    first: Record = {**record, "end": edit.end.isoformat(timespec="seconds")}
    second: Record = {**record, "uid": uid, "start": edit.start.isoformat(timespec="seconds")}
    there = str(IsoWeek.of(edit.start.date()))
    parts = [
        Change(bucket, "sessions", edit.uid, record, first),
        Change(there, "sessions", uid, None, second),
    ]
    return parts, [], edit.uid


def _merge_sessions(snapshot: Snapshot, edit: MergeSessions) -> Effect:
    if edit.uid == edit.other:
        raise UserError("a session cannot be merged with itself", "name two of them")
    here, one = _logged(snapshot, edit.uid, edit.week)
    aside, other = _logged(snapshot, edit.other, edit.other_week)
    both = sorted((one, other), key=lambda record: datetime.fromisoformat(str(record["start"])))
    end = max((str(record["end"]) for record in both), key=datetime.fromisoformat)
    results = dict.fromkeys(str(record["result"]) for record in both if record.get("result"))
    after: Record = {**one, "start": both[0]["start"], "end": end, "result": "; ".join(results) or None}
    gap = datetime.fromisoformat(str(both[1]["start"])) - datetime.fromisoformat(str(both[0]["end"]))
    minutes = int(gap.total_seconds()) // 60
    notes = [f"the {length(minutes)} between them count too"] if minutes > 0 else []
    there = here if both[0] is one else aside
    changes = [Change(aside, "sessions", edit.other, other, None)]
    if there == here:
        changes.append(Change(here, "sessions", edit.uid, one, after))
    else:
        changes.append(Change(here, "sessions", edit.uid, one, None))
        changes.append(Change(there, "sessions", edit.uid, None, after))
    return changes, notes, edit.uid
