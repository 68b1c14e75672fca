"""Find what breaks a week and which moves win focus time (M4, M6, M10), each with fixes."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import Fix, MoveBlock
from techlead_tui.core.fixes import fixes_for
from techlead_tui.core.lengths import length
from techlead_tui.core.placement import lifted, loss
from techlead_tui.core.rules import split_focus, violations
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.text import titled
from techlead_tui.core.theme import SEVERITIES
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Week, at_home

WORTH_A_MOVE = 30  # minutes of focus time that a move must win to be named


class LintFinding(NamedTuple):
    rule: str
    severity: str  # refuse, warn or note
    message: str
    why: str
    subjects: tuple[str, ...]
    focus_gain_minutes: int  # by the best fix, below 0 where each costs some; 0 without one
    fixes: tuple[Fix, ...]  # the best first


def lint(snapshot: Snapshot, key: IsoWeek, now: datetime) -> tuple[LintFinding, ...]:
    """Return what breaks a week and which moves win focus time: the most severe, then the most gainful.

    KeyError when the week is not loaded. Moves into later weeks are found as far as those are loaded.
    """
    week = snapshot.week(key)
    broken = list(_broken(snapshot, week, violations(week, now), now))
    named = {uid for finding in broken if finding.fixes for uid in finding.subjects}
    found = [*broken, *_gainful(snapshot, week, named, now)]
    return tuple(
        sorted(found, key=lambda finding: (SEVERITIES.index(finding.severity), -finding.focus_gain_minutes))
    )


def _broken(
    snapshot: Snapshot, week: Week, found: tuple[Violation, ...], now: datetime
) -> Iterator[LintFinding]:
    """One finding a violation; those of one block share the fixes that mend it."""
    of_block: dict[str, list[Violation]] = {}
    for violation in found:
        if violation.subjects and violation.severity != "note":
            of_block.setdefault(violation.subjects[0], []).append(violation)
    fixes: dict[str, tuple[Fix, ...]] = {}
    for uid, introduced in of_block.items():
        block = week.block(uid)
        if block is not None and _can_move(block, now):
            fixes[uid] = fixes_for(snapshot, _same_place(block), introduced, now, f"{uid}'")
    for violation in found:
        mends = fixes.get(violation.subjects[0], ()) if violation.subjects else ()
        if violation.severity == "note":
            mends = ()
        gain = max((fix.focus_gain_minutes for fix in mends), default=0)
        yield LintFinding(
            violation.rule,
            violation.severity,
            violation.message,
            violation.why,
            violation.subjects,
            gain,
            mends,
        )


def _gainful(snapshot: Snapshot, week: Week, named: set[str], now: datetime) -> Iterator[LintFinding]:
    """Blocks that break nothing and yet cost focus time where another place would cost less."""
    if week.theme.severities.get(split_focus.ID, split_focus.DEFAULT) == "off":
        return
    for block in week.live:
        if block.uid in named or block.kind in ("deep_work", "leave") or not _can_move(block, now):
            continue
        cost = loss(lifted(week, block.uid), block)
        if cost < WORTH_A_MOVE:
            continue
        wish = Violation(
            split_focus.ID, "note", titled(block), "", split_focus.WHY, (block.uid,), block.start
        )
        fixes = tuple(
            fix
            for fix in fixes_for(snapshot, _same_place(block), (wish,), now, f"{block.uid}'")
            if fix.focus_gain_minutes >= WORTH_A_MOVE
        )
        if fixes:
            gain = max(fix.focus_gain_minutes for fix in fixes)
            yield LintFinding(
                split_focus.ID,
                "note",
                f"{titled(block)}: moving it wins back {length(gain)} of focus time",
                split_focus.WHY,
                (block.uid,),
                gain,
                fixes,
            )


def _can_move(block: Block, now: datetime) -> bool:
    tied = block.source == "calendar" or (block.fixed and at_home(block))
    return block.status == "planned" and block.start >= now and not tied


def _same_place(block: Block) -> MoveBlock:
    return MoveBlock(block.uid, block.day, block.day, block.span.start_minute, block.span.end_minute)
