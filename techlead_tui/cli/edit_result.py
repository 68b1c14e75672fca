"""Carries an edit out and says what came of it: saved, refused with ways out, overridden."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.cli.json_shapes import Json, block_json, refusal_json, violations_json, write_json
from techlead_tui.cli.output import columns, fail, put, put_json, sentence, tell, tell_notes, typed, visible
from techlead_tui.cli.session_json import shown_json
from techlead_tui.cli.shell import Shell
from techlead_tui.config.local_time import here
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import (
    AddBlock,
    AddItem,
    AnswerCheck,
    EditBlock,
    EditItem,
    EditSession,
    FinishBlock,
    Fix,
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
from techlead_tui.core.ids import short_id
from techlead_tui.core.lengths import length
from techlead_tui.core.records import OPEN, Record
from techlead_tui.core.running import StartSession, StopSession
from techlead_tui.core.session import LogSession
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.text import day_text, listed, titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block
from techlead_tui.core.words.planning import ASSUMED
from techlead_tui.core.words.unparse import words_of
from techlead_tui.core.words.when import ParsedEdit
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import width

LONGEST_WORD = 1000  # letters of a word in a call to copy; what is longer was pasted by mistake


def _call(words: Sequence[str]) -> str:
    return typed(("techlead", *(word if len(word) <= LONGEST_WORD else f"{word[:60]}…" for word in words)))


def fix_lines(fixes: Sequence[Fix], cells: int) -> list[str]:
    """The calls, with what each does beside it: in full where that fits into `cells`, else its day."""
    calls = [f"{number:>3}  {_call(fix.words)}" for number, fix in enumerate(fixes, 1)]
    wide = max(map(width, calls), default=0)
    rows: list[str] = []
    for told in (_in_full, _in_short):
        rows = [
            f"{call}{' ' * (wide - width(call))}  {told(fix)}" for call, fix in zip(calls, fixes, strict=True)
        ]
        if all(width(row) <= cells for row in rows):
            return rows
    return [row if width(row) <= cells else call for row, call in zip(rows, calls, strict=True)]


def _in_full(fix: Fix) -> str:
    """`Put it at Mon 23 Nov 16:00–17:00, Cross-team sync, focus +3 h`."""
    gain = _fix_gain(fix)
    return f"{visible(fix.title)}, focus {gain}" if gain else visible(fix.title)


def _in_short(fix: Fix) -> str:
    """`Mon +3 h`."""
    day = fix.edit.day_after
    return " ".join(part for part in (day_text(day)[:3] if day else "", _fix_gain(fix)) if part)


def _fix_gain(fix: Fix) -> str:
    gain = fix.focus_gain_minutes
    return f"{'+' if gain > 0 else '-'}{length(abs(gain))}" if gain else ""


def planner_of(shell: Shell) -> Planner:
    """The one planner of a call. DataError when the settings cannot be read."""
    if not isinstance(shell.opened, Planner):
        shell.opened = Planner(shell.folders, shell.clock, shell.origin, shell.zone)
    return shell.opened


def carry_out(shell: Shell, reading: ParsedEdit, as_json: bool) -> int:
    """Applies the edit; the exit code: 0 done, 3 refused."""
    planner = planner_of(shell)
    about = _about(shell, reading)
    decision = planner.apply(reading.edit, words_of(reading.edit, planner.library.types()))
    if as_json:
        put_json(decision_json(decision, *_written(decision, about, shell.clock.moment())))
    elif decision.refused:
        put_refusal(reading, decision)
    else:
        _say(reading, decision, about)
    return 3 if decision.refused else 0


def decision_json(decision: Decision, noun: str, value: object) -> Json:
    """Return what a write answers: what it wrote under its noun, or the violations that refuse it."""
    if decision.refused:
        return refusal_json(decision.violations)
    return write_json(
        noun,
        value,
        notes=list(decision.notes),
        violations=violations_json(decision.violations),
        focus_delta_minutes=decision.focus_delta_minutes,
    )


def _about(shell: Shell, reading: ParsedEdit) -> Block | Record | None:
    """Return the block that an edit is about to finish or delete, for the answer."""
    edit = reading.edit
    if not isinstance(edit, FinishBlock | RemoveBlock | RemoveSession):
        return None
    week = edit.week if isinstance(edit, RemoveSession) else IsoWeek.of(edit.day)
    snapshot = shell.reader.snapshot(week)
    if isinstance(edit, RemoveSession):
        return _record(snapshot, week, edit.uid)
    return snapshot.week(week).block(edit.uid)


def _record(snapshot: Snapshot, week: IsoWeek, uid: str) -> Record | None:
    return next((record for record in snapshot.session_records(week) if record["uid"] == uid), None)


def _weeks_of(decision: Decision) -> list[IsoWeek]:
    return [IsoWeek.parse(change.bucket) for change in decision.changes if change.bucket != OPEN]


def _written(decision: Decision, about: Block | Record | None, moment: int) -> tuple[str, Json | None]:
    """The noun and what it is now."""
    edit, after = decision.edit, decision.after
    match edit:
        case SetDay():
            return "day", {"date": edit.day.isoformat(), "kind": edit.kind, "name": edit.name or None}
        case UseTheme():
            return "theme_use", {"theme": edit.theme, "week": str(edit.week), "only": edit.only}
        case EditSession() | SplitSession() | MergeSessions():
            weeks = [edit.week, *_weeks_of(decision)]
            records = [record for week in weeks if (record := _record(after, week, edit.uid))]
            return "session", shown_json(records[0], moment) if records else None
        case RemoveSession():
            return "session", shown_json(about, moment) if isinstance(about, dict) else None
        case AnswerCheck() | JudgeTrial() | WriteUpdate() | LogSession() | StartSession() | StopSession():
            raise AssertionError("the check, the trial, the update and the sessions answer for themselves")
        case AddItem() | EditItem() | TurnItem() | RemoveItem():
            raise AssertionError("the lists answer for themselves")
        case _:
            day = edit.day_after
    block = after.week(IsoWeek.of(day)).block(decision.uid)
    if block is None and isinstance(about, Block):
        return "block", {**block_json(about), "status": "removed"}
    return "block", None if block is None else block_json(block)


def put_refusal(reading: ParsedEdit, decision: Decision) -> None:
    """The refusal on stderr: what, why, at what cost; what else is wrong; the calls that would go through."""
    first, *others = decision.violations
    fail(f"refused: {first.message} ({first.rule})")
    for violation in others:
        said = violation.beside(first.about, first.told_cost)
        tell(f"also: {visible(said)} ({violation.rule})")
    if isinstance(decision.edit, AddItem | EditItem):
        tell(f"why: {visible(first.why)}")
    if ASSUMED in reading.said:
        tell("hint: it is a meeting, as no type was named; work of your own is +code, +design or +review")
    fixes = [fix for violation in decision.violations for fix in violation.fixes]
    if fixes:
        gains = any(fix.focus_gain_minutes for fix in fixes)
        tell(f"hint: instead, best first{', with the focus won or lost' if gains else ''}:")
    for line in fix_lines(fixes, columns()):
        tell(line)
    tell(f"hint: {'or ' if fixes else ''}keep it, and say why: --override 'REASON'")


def _say(reading: ParsedEdit, decision: Decision, about: Block | Record | None) -> None:
    verb = ""
    text, edit = ", ".join(reading.said), decision.edit
    if isinstance(about, dict):
        about = here(about)
        start, end = str(about["start"]), str(about.get("end", ""))
        verb = "deleted"
        text = f"session {about['summary'] or '–'}, {start[:10]} {start[11:16]}–{end[11:16] or 'now'}"
    elif isinstance(about, Block) and isinstance(edit, FinishBlock | RemoveBlock):
        verb, text = _FINISHED[edit.status] if isinstance(edit, FinishBlock) else "deleted", titled(about)
        if isinstance(edit, RemoveBlock) and edit.series:
            verb = "series ended"
    moved = isinstance(edit, AddBlock | MoveBlock) or (isinstance(edit, EditBlock) and edit.to is not None)
    put_saved(decision, text, verb, told=moved and bool(decision.changes))


def put_saved(decision: Decision, text: str, verb: str = "", *, told: bool = False) -> None:
    """Print what was saved, with its id where that is to be `told`, and what to note and to warn about."""
    if not verb:
        verb = "overridden" if decision.overridden else "saved" if decision.changes else "nothing to change"
    uid = f"  [{short_id(decision.uid)}]" if told else ""
    put(f"{verb}: {visible(sentence(text))}{uid}")
    tell_notes(decision.notes)
    day = decision.edit.day_after
    block = None if day is None else decision.after.week(IsoWeek.of(day)).block(decision.uid)
    for violation in decision.violations:
        said = violation.beside(titled(block) if block is not None else "")
        tell(f"{_kind(violation, decision)}: {visible(said)} ({violation.rule})")
    if decision.focus_delta_minutes:
        edit = decision.edit
        comes_again = any(getattr(edit, name, None) for name in ("series", "repeat", "onward"))
        where = (
            f" in {listed([str(week) for week in edit.weeks])}" if comes_again else ""
        )  # each week has its own
        tell(f"note: {_gain(decision.focus_delta_minutes)}{where}")


_FINISHED = {"done": "done", "skipped": "skipped", "planned": "planned again"}


def _kind(violation: Violation, decision: Decision) -> str:
    return "overridden" if violation.severity == "refuse" and decision.overridden else violation.severity


def _gain(minutes: int) -> str:
    return f"{'wins' if minutes > 0 else 'costs'} {length(abs(minutes))} of focus time"
