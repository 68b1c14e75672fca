"""Tell what gave way where two machines changed the same field: for the history, and as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from techlead_tui.core.calendar import clock
from techlead_tui.core.merging import PLACE, THERE, Clash, Fields, Parts, StampedPart, part_of, record_of
from techlead_tui.core.records import Record
from techlead_tui.core.text import day_text

TITLES = {"checks": "the Friday check", "updates": "the status update", "days": "the kind of day"}
PARTS = {"kind": "its kind", "status": "its state", "summary": "its title"}


def clash_record(clash: Clash, parts: Parts, names: Mapping[str, str]) -> Record:
    """Return what the history keeps: which record, what stayed and what gave way, and on which machine each
    was changed; `names` are those of the machines, by id."""
    table, uid, bucket = clash.key
    there = record_of(clash.key, {**parts, THERE: StampedPart("", "", {THERE: True})})
    summary = str((there[1] if there else {}).get("summary") or TITLES.get(table, "") or uid)
    fields = sorted({**clash.kept.fields, **clash.lost.fields})
    return {
        "table": table,
        "uid": uid,
        "week": bucket or (there[0] if there else ""),
        "summary": summary,
        "field": part_of(table, fields[0]) if fields else "",
        "kept": _value(clash.kept),
        "kept_from": _machine(clash.kept, names),
        "gave_way": _value(clash.lost),
        "gave_way_from": _machine(clash.lost, names),
    }


def _value(part: StampedPart) -> Fields:
    """Return fields as JSON; of a record that is there or not, `deleted`."""
    if THERE in part.fields:
        return {"deleted": not part.fields[THERE]}
    return {("week" if field == PLACE else field): value for field, value in part.fields.items()}


def _machine(part: StampedPart, names: Mapping[str, str]) -> str:
    machine = part.stamp.split(".", 2)[2]
    return names.get(machine, machine)


def clash_text(told: Mapping[str, object]) -> str:
    """Return a sentence about a record of the history that says what gave way."""
    kept, lost = cast("Fields", told["kept"]), cast("Fields", told["gave_way"])
    title, by, other = f"“{told['summary']}”", told["kept_from"], told["gave_way_from"]
    if "deleted" in kept:
        if kept["deleted"]:
            return f"{title}: a change on {other} gave way to its deletion on {by}"
        return f"{title}: its deletion on {other} gave way to a change on {by}"
    only = {name for name in {*kept, *lost} if kept.get(name) != lost.get(name)}
    gave_way, stayed = f"{_text(lost, only)} on {other}", f"{_text(kept, only)} on {by}"
    if told["field"] == "time":  # which says itself what it is
        return f"{title}: {gave_way} gave way to {stayed}"
    what = PARTS.get(str(told["field"]), str(told["field"]).partition("/")[2] or str(told["field"]))
    return f"{title}: {what}, {gave_way}, gave way to {stayed}"


def _text(fields: Fields, only: set[str]) -> str:
    """Return values as a person reads them; of a time the day only where it differs."""
    start, end = fields.get("start"), fields.get("end")
    day = fields.get("day") if "day" in only else None
    shown = [_day(str(day))] if day else []
    if isinstance(start, int) and isinstance(end, int):
        shown.append(f"{clock(start)}–{clock(end)}")
        only = only - {"start", "end", "day", "zone", "week"}
    else:
        only = only - ({"day"} if shown else set())
    shown += [_word(fields[name]) for name in sorted(only) if fields.get(name) not in (None, "", [])]
    return " ".join(shown) or "nothing"


def _day(text: str) -> str:
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:  # another machine may have written anything
        return text


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return str(value.get("reason") or value.get("id") or "another")
    text = str(value).replace("\n", " ")
    return f"“{text[:60]}”"
