"""Turn an edit into changes of the stored records, whatever the rules say about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import cast

from techlead_tui.core.calendar import DAY, IsoWeek, NoSuchTimeError, at, clock, first_from
from techlead_tui.core.edits import (
    AddBlock,
    AddItem,
    AnswerCheck,
    Edit,
    EditBlock,
    EditItem,
    EditSession,
    FinishBlock,
    JudgeTrial,
    MergeSessions,
    MoveBlock,
    RemoveBlock,
    RemoveItem,
    RemoveSession,
    SetDay,
    SplitSession,
    TurnItem,
    UseTheme,
    WriteUpdate,
)
from techlead_tui.core.meetings import CORRECTIONS, EDITABLE, correction, is_of_calendar, series_id
from techlead_tui.core.records import Change, Record, block_record
from techlead_tui.core.running import StartSession, StopSession
from techlead_tui.core.series import Repeat, as_on, changed, days_from, days_record, moved_days
from techlead_tui.core.session import LogSession
from techlead_tui.core.session_changes import session_effect
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.span import end_of
from techlead_tui.core.theme import Box
from techlead_tui.core.week import Block
from techlead_tui.errors import NoBlockError, UserError

Effect = tuple[list[Change], list[str], str]  # changes, notes for the user, uid of the record it is about


def effect(snapshot: Snapshot, edit: Edit, now: datetime, uid: str) -> Effect:
    """Pure; `uid` is free for a record that the edit creates. UserError when it makes no sense."""
    match edit:
        case LogSession():
            return edit.changes(uid), [], uid
        case StartSession() | StopSession():
            running = snapshot.open_session
            about = uid if isinstance(edit, StartSession) or running is None else str(running["uid"])
            return edit.changes(uid, running), [], about
        case AddBlock():
            return _add(snapshot, edit, now, uid)
        case MoveBlock():
            return _move(snapshot, edit, now, uid)
        case EditBlock():
            return _edit(snapshot, edit, now, uid)
        case FinishBlock():
            return _change(snapshot, edit.uid, edit.day, {"status": edit.status}), [], edit.uid
        case RemoveBlock():
            return _remove(snapshot, edit, now)
        case EditSession() | RemoveSession() | SplitSession() | MergeSessions():
            return session_effect(snapshot, edit, now, uid)
        case SetDay():
            return _set_day(snapshot, edit)
        case UseTheme():
            return _use_theme(snapshot, edit, now)
        case JudgeTrial():
            uid = str(edit.week)
            before = snapshot.table(OPEN, "trials").get(uid)
            after: Record = {"uid": uid, "theme": edit.theme, "verdict": edit.verdict}
            return [Change(OPEN, "trials", uid, before, after)], [], uid
        case AnswerCheck():
            return _answer(snapshot, edit, now)
        case WriteUpdate():
            return _write_update(snapshot, edit)
        case AddItem() | EditItem() | TurnItem() | RemoveItem():
            from techlead_tui.core.items.changes import item_effect  # most edits are about the week

            return item_effect(snapshot, edit, now, uid)


def _times(snapshot: Snapshot, day: date, start: int, end: int, *, crosses: bool = False) -> None:
    """UserError for a block that cannot be: it ends before it starts, or at a time that the clocks skip.

    Nor may it cross midnight, unless it is one that does so already: of another zone, or once of one.
    """
    if end <= start:
        raise UserError(
            f"the end, {clock(end)}, is not after the start, {clock(start)}",
            "write it as 14-15 or 14:00-15:30",
        )
    if end > DAY and not crosses:
        raise UserError("a block cannot cross midnight", "plan it as two blocks, one a day")
    try:
        at(day, start, snapshot.zone, strict=True)
        at(day, end, snapshot.zone, strict=True)
    except NoSuchTimeError as gap:
        raise UserError(str(gap), "pick a time before or after the change of the clocks") from None


def kept_end(snapshot: Snapshot, day: date, start: int, minutes: int) -> int:
    """Return the minute at which a block ends that keeps its length. UserError where the clocks hide it."""
    try:
        return end_of(day, start, minutes, snapshot.zone)
    except NoSuchTimeError as twice:
        raise UserError(str(twice), "say when it ends") from None


def _past(snapshot: Snapshot, day: date, end: int, now: datetime) -> list[str]:
    return [f"{day:%a %d %b} {clock(end)} is in the past"] if at(day, end, snapshot.zone) <= now else []


def record_of(edit: AddBlock, uid: str, zone: str | None) -> Record:
    """Return the record of the block or series that the edit adds, without its days."""
    return block_record(
        uid=uid,
        summary=edit.summary,
        kind=edit.kind,
        type=edit.type,
        start=edit.start,
        end=edit.end,
        zone=zone,
        optional=edit.optional,
        people=edit.people,
        doc=edit.doc,
        note=edit.note,
    )


def _add(snapshot: Snapshot, edit: AddBlock, now: datetime, uid: str) -> Effect:
    _times(snapshot, edit.day, edit.start, edit.end)
    record = record_of(edit, uid, snapshot.zone_name)
    if edit.repeat is None:
        record |= {"day": edit.day.isoformat(), "status": "planned"}
        bucket = str(IsoWeek.of(edit.day))
        return [Change(bucket, "blocks", uid, None, record)], _past(snapshot, edit.day, edit.end, now), uid
    if edit.repeat.nth is not None and first_from(edit.day, edit.repeat.nth) != edit.day:
        raise UserError(f"{edit.day:%a %d %b} is not the day of the month on which it repeats")
    if edit.repeat.days and (edit.repeat.nth is not None or edit.day.isoweekday() not in edit.repeat.days):
        raise UserError(f"{edit.day:%a %d %b} is not one of the days on which it repeats")
    known = _says_no_more(snapshot, edit)
    if known is not None:
        return [], [f"already in the week theme: {known.summary}"], f"{known.id}@{edit.day}"
    record |= days_record(edit.day, edit.repeat)
    return [Change(OPEN, "series", uid, None, record)], [], f"{uid}@{edit.day}"


def _says_no_more(snapshot: Snapshot, edit: AddBlock) -> Box | None:
    """Return the box of the week theme that a series repeats, on each of its days; one with a title, an end
    or people of its own fills the box instead."""
    if (
        edit.repeat is None
        or edit.repeat._replace(days=()) != Repeat()
        or edit.people
        or edit.doc
        or edit.note
    ):
        return None
    known = snapshot.types.get(edit.type or "")
    unnamed = known.title if known else edit.kind.replace("_", " ")
    wanted = (edit.start, edit.end, edit.kind, edit.type, edit.optional)
    same = {
        box.weekday: box
        for box in snapshot.theme_of(IsoWeek.of(edit.day)).boxes
        if wanted == (box.start, box.end, box.kind, box.type, box.optional)
        and edit.summary.casefold() in (box.summary.casefold(), unnamed.casefold())
    }
    day = edit.day.isoweekday()
    return same[day] if same.keys() >= {day, *edit.repeat.days} else None


def _block(snapshot: Snapshot, uid: str, day: date) -> Block:
    block = snapshot.week(IsoWeek.of(day)).block(uid)
    if block is None:
        raise NoBlockError(f"there is no block {uid} in {IsoWeek.of(day)}", "`techlead week` shows the ids")
    return block


def _change(snapshot: Snapshot, uid: str, day: date, fields: Mapping[str, object]) -> list[Change]:
    """Sets fields of an own block, or of the exception of a box or series on that day."""
    bucket = snapshot.bucket_of("blocks", uid, IsoWeek.of(day))
    own = snapshot.records(bucket, "blocks").get(uid)
    if own is not None:
        return [Change(bucket, "blocks", uid, own, {**own, **fields})]
    _block(snapshot, uid, day)
    before = snapshot.records(bucket, "exceptions").get(uid)
    after: Record = {**(before or {"uid": uid}), **fields}
    return [Change(bucket, "exceptions", uid, before, after)]


def _move(snapshot: Snapshot, edit: MoveBlock, now: datetime, uid: str) -> Effect:
    block = _block(snapshot, edit.uid, edit.day)
    if block.source == "calendar":
        raise _not_ours(block)
    if block.status == "done" and not edit.onward:
        raise UserError(
            f"{block.summary} is done and stays where it was",
            "reopen it first: `techlead done ID --reopen`",
        )
    end = edit.end
    if end is None:
        end = kept_end(snapshot, edit.to, edit.start, block.planned_minutes)
    _times(snapshot, edit.to, edit.start, end, crosses=block.span.crosses)
    notes = _past(snapshot, edit.to, end, now)
    place: Record = {
        "day": edit.to.isoformat(),
        "start": edit.start,
        "end": end,
        "zone": snapshot.zone_name,
        "override": None,
    }
    if edit.onward:
        del place["day"]
        return _onward(snapshot, edit, place, now, notes)
    if block.status == "skipped":
        place["status"] = "planned"
    here = snapshot.bucket_of("blocks", edit.uid, IsoWeek.of(edit.day))
    there = str(IsoWeek.of(edit.to))
    if here == there:
        return _change(snapshot, edit.uid, edit.day, place), notes, edit.uid
    own = snapshot.records(here, "blocks").get(edit.uid)
    if own is not None:
        gone = Change(here, "blocks", edit.uid, own, None)
        return [gone, Change(there, "blocks", edit.uid, None, {**own, **place})], notes, edit.uid
    # a box stays in its week: there it is skipped, and what it held becomes a block of its own
    skipped = _change(snapshot, edit.uid, edit.day, {"status": "skipped"})
    record = block_record(
        uid=uid,
        summary=block.summary,
        kind=block.kind,
        type=block.type,
        category=block.category,
        start=edit.start,
        end=end,
        zone=snapshot.zone_name,
        optional=block.optional,
        people=block.people,
        doc=block.doc,
        note=block.note,
    )
    record |= {"day": edit.to.isoformat(), "status": "planned"}
    return [*skipped, Change(there, "blocks", uid, None, record)], notes, uid


def _onward(
    snapshot: Snapshot, edit: MoveBlock | EditBlock, fields: Record, now: datetime, notes: list[str]
) -> Effect:
    """Change a series from one of its days on; what this day had of its own goes."""
    name, _, text = edit.uid.partition("@")
    series = snapshot.table(OPEN, "series").get(name)
    if series is None:
        block = _block(snapshot, edit.uid, edit.day)
        box = "is a box of the week theme" if block.source == "theme" else "does not repeat"
        raise UserError(f"{block.summary} {box}, so only this one can change", "leave out --from-now-on")
    day = date.fromisoformat(text)
    if day < now.date():
        coming = next(days_from(series, now.date()), None)
        hint = f"name a later one: {name[-8:]}@{coming}" if coming else "the series has ended"
        raise UserError(f"{day:%a %d %b} is over, and what has been stays as it was", hint)
    since, uid = day, edit.uid
    if isinstance(edit, MoveBlock) and edit.to != day:
        since, days = moved_days(as_on(series, day), day, edit.to)
        fields, uid = {**fields, **days}, f"{name}@{edit.to}"
    changes = [Change(OPEN, "series", name, series, changed(series, since, fields))]
    bucket = str(IsoWeek.of(day))
    own = snapshot.table(bucket, "exceptions").get(edit.uid)
    if own is not None:
        gone = (
            {"day", "status"} if isinstance(edit, MoveBlock) and own.get("status") == "skipped" else {"day"}
        )
        kept = {key: value for key, value in own.items() if key not in fields and key not in gone}
        left = kept if len(kept) > 1 and uid == edit.uid else None
        changes.append(Change(bucket, "exceptions", edit.uid, own, left))
    return changes, notes, uid


def _not_ours(block: Block) -> UserError:
    return UserError(
        f"“{block.summary}” is from your calendar, and changes there",
        "techlead triage answers it and proposes another time; --type says what it is about",
    )


def _edit(snapshot: Snapshot, edit: EditBlock, now: datetime, uid: str) -> Effect:
    if edit.to is not None:
        moved, notes, about = _move(snapshot, edit.to._replace(onward=edit.onward), now, uid)
        rest = edit._replace(uid=about, day=edit.to.to, to=None)
        made, _, _ = _edit(snapshot.with_changes(moved), rest, now, uid)
        return merged([*moved, *made]), notes, about
    fields = dict(edit.fields)
    if is_of_calendar(edit.uid):
        return _correct(snapshot, edit)
    type_id = fields.get("type")
    if type_id is not None and "kind" not in fields:
        fields["kind"] = snapshot.types[str(type_id)].kind
    if edit.onward and "status" in fields:
        raise UserError("done or skipped is one occurrence, not a series", "leave out --from-now-on")
    if edit.onward:
        return _onward(snapshot, edit, fields, now, [])
    return _change(snapshot, edit.uid, edit.day, fields), [], edit.uid


def merged(changes: Iterable[Change]) -> list[Change]:
    """One change a record: from the image before the first to the one after the last."""
    found: dict[tuple[str, str, str], Change] = {}
    for change in changes:
        name = (change.bucket, change.table, change.uid)
        before = found[name].before if name in found else change.before
        found[name] = Change(*name, before, change.after)
    return [change for change in found.values() if change.before != change.after]


def _correct(snapshot: Snapshot, edit: EditBlock) -> Effect:
    """Remember what the user says of a meeting: its type for the whole series, the rest for this one."""
    block = _block(snapshot, edit.uid, edit.day)
    if not edit.fields.keys() <= set(EDITABLE):
        raise _not_ours(block)
    assert block.occurrence is not None
    name = series_id(block.occurrence.uid)
    before = snapshot.table(OPEN, CORRECTIONS).get(name)
    after = correction(name, edit.fields, before, snapshot.types)
    changes = (
        [Change(OPEN, CORRECTIONS, name, before, after)] if after.keys() > {"uid"} and after != before else []
    )
    own = {key: value for key, value in edit.fields.items() if key in ("doc", "override")}
    if own or edit.override:
        changes += _change(snapshot, edit.uid, edit.day, own)
    return changes, [], edit.uid


def _remove(snapshot: Snapshot, edit: RemoveBlock, now: datetime) -> Effect:
    bucket = snapshot.bucket_of("blocks", edit.uid, IsoWeek.of(edit.day))
    if edit.series:
        name = edit.uid.partition("@")[0]
        series = snapshot.table(OPEN, "series").get(name)
        if series is None:
            raise UserError(
                f"{edit.uid} is not one of your series", "`techlead theme use` changes the boxes of the week"
            )
        today = now.date()
        if date.fromisoformat(str(series["from"])) >= today:
            return [Change(OPEN, "series", name, series, None)], [], name
        ended: Record = {**series, "until": date.fromordinal(today.toordinal() - 1).isoformat()}
        return [Change(OPEN, "series", name, series, ended)], ["what has been stays in the past weeks"], name
    own = snapshot.records(bucket, "blocks").get(edit.uid)
    if own is not None:
        return [Change(bucket, "blocks", edit.uid, own, None)], [], edit.uid
    return _change(snapshot, edit.uid, edit.day, {"status": "skipped"}), [], edit.uid


def _set_day(snapshot: Snapshot, edit: SetDay) -> Effect:
    bucket, uid = str(IsoWeek.of(edit.day)), edit.day.isoformat()
    before = snapshot.table(bucket, "days").get(uid)
    theme = snapshot.theme_of(IsoWeek.of(edit.day))
    usual = any(day == uid for day, _ in theme.holidays)  # then even a normal day has to be said
    after: Record | None = {"uid": uid, "kind": edit.kind} if edit.kind != "normal" or usual else None
    if after is not None and edit.name:
        after["name"] = edit.name
    return ([Change(bucket, "days", uid, before, after)] if before != after else []), [], uid


def _use_theme(snapshot: Snapshot, edit: UseTheme, now: datetime) -> Effect:
    if edit.week < IsoWeek.of(now.date()):
        raise UserError(
            f"{edit.week} is over and keeps the theme that it had", "name this week or a later one"
        )
    uid = f"{edit.week}!" if edit.only else str(edit.week)
    before = snapshot.table(OPEN, "theme_uses").get(uid)
    after: Record = {"uid": uid, "week": str(edit.week), "theme": edit.theme, "only": edit.only}
    changes = [Change(OPEN, "theme_uses", uid, before, after)] if before != after else []
    return [*changes, *_released(snapshot, edit.week)], [], uid


def _released(snapshot: Snapshot, since: IsoWeek) -> Iterator[Change]:
    """Lets go of the themes kept for weeks from this one on, which only a clock that was ahead had ended."""
    for uid, plan in snapshot.table(OPEN, "plans").items():
        if str(plan["from"]) >= str(since):
            yield Change(OPEN, "plans", uid, plan, None)
        elif str(plan["to"]) >= str(since):
            yield Change(OPEN, "plans", uid, plan, {**plan, "to": str(since.shift(-1))})


def _answer(snapshot: Snapshot, edit: AnswerCheck, now: datetime) -> Effect:
    if edit.week > IsoWeek.of(now.date()):
        raise UserError(f"{edit.week} is in the future", "techlead check last, once it has been")
    bucket = str(edit.week)
    before = snapshot.table(bucket, "checks").get("check")
    answers: dict[str, object] = dict(cast("dict[str, object]", before["answers"])) if before else {}
    for question, answer in edit.answers.items():
        if answer is None:
            answers.pop(question, None)
        else:
            answers[question] = answer
    return [Change(bucket, "checks", "check", before, {"uid": "check", "answers": answers})], [], "check"


def _write_update(snapshot: Snapshot, edit: WriteUpdate) -> Effect:
    bucket, uid = str(edit.week), "update"
    before = snapshot.table(bucket, "updates").get(uid)
    after: Record = {
        "status": None,
        "because": None,
        "text": None,
        "effects": {},
        **(before or {}),
        "uid": uid,
    }
    fields = dict(edit.fields)
    told = cast("Mapping[str, str]", fields.pop("effects", None) or {})
    effects = {**cast("dict[str, str]", after["effects"]), **told}
    after |= {**fields, "effects": {title: effect for title, effect in effects.items() if effect}}
    return ([Change(bucket, "updates", uid, before, after)] if after != before else []), [], uid
