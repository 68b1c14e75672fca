"""The bottom of the week screen: what is wrong with the one-key fix, and the keys."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.core.calendar import clock, minute_of
from techlead_tui.core.lengths import short_length
from techlead_tui.core.text import times
from techlead_tui.core.theme import Types
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Session
from techlead_tui.render import symbols
from techlead_tui.render.sidebar import NO_TYPES, kind_text, session_text
from techlead_tui.render.text import Row, Run, cut, cut_parts, exactly, inert, row_width, width, wrap

Key = tuple[str, str, str]  # key as shown, what it does, id of the action
Spots = tuple[tuple[int, int, str], ...]  # cells [start, stop) of a row and what a click on them does
KEPT = ("week.undo", "week.quick_log", "week.friday", "app.leave")  # keys that the bar does not drop
KEPT_FROM = 60  # cells


def violation_line(
    violation: Violation, at: int, count: int, cells: int, about: str = ""
) -> tuple[Row, Spots]:
    """Return what is wrong under the cursor, which of how many it is, and what Enter and a click do.

    `about` is the title and time of the block under the cursor, which need not be said.
    """
    ink = "refuse" if violation.severity == "refuse" else "warn"
    sign = f" {symbols.WRONG} {f'{at}/{count} ' if count > 1 else ''}"
    text, room = inert(violation.beside(about)), cells - width(sign)
    walk: Row = (("  v ", "key"), ("next", "hint")) if count > 1 else ()
    fix = inert(violation.fixes[0].title) if violation.fixes else ""
    keys: list[Row] = [()]
    if fix:  # the least important goes first: the name of the place, the cost, the place; never the reason
        head = fix.split(", ")[0]
        titles = (fix, head, head.partition(" it ")[2] or head, "fix")
        keys = [(("  ⏎ ", "key"), (title, "strong")) for title in titles]
    said, key, turn = next(
        (
            (reason, key, turn)
            for reason in (text, text.split("; ")[0])
            for key in keys[:3]
            for turn in (walk, ())
            if width(reason) + row_width(key) + row_width(turn) <= room
        ),
        (cut_parts(text, max(room - row_width(keys[-1]), cells // 2)), keys[-1], ()),
    )
    row = exactly([(sign, ink), (said, "ink"), *key, *turn], cells, "ink")
    end = width(sign) + width(said) + row_width(key)
    spots: Spots = ((0, end, "place"),)
    return row, (*spots, (end, end + row_width(turn), "next_wrong")) if turn else spots


SAID = 4  # rows of what is wrong at most
KEEP: Row = (("   o ", "key"), ("keep it, with a reason", "hint"))
KEEP_SHORT: Row = (("   o ", "key"), ("keep it", "hint"))
DROP: Row = (("   esc ", "key"), ("cancel", "hint"))
PUT_BACK: Row = (("   esc ", "key"), ("put it back", "hint"))
WHY: Row = (("   H ", "key"), ("why", "hint"))
MOVE_ON: Row = (("   ←↓↑→ ", "key"), ("move it on", "hint"))
FIRST: Row = (("   one of these first", "hint"),)
KEPT_LONG = 48  # cells from which on there is room for the long one


def refusal(
    violations: Sequence[Violation],
    cells: int,
    rows: int,
    *,
    head: str = "",
    focus: str = "",
    asked: bool = True,
    last: Row = (),
) -> list[Row]:
    """Return what the week says to an edit, why, and the fixes by number, in at most `rows` rows.

    `asked` where a key takes a fix; `last` holds the other keys that go on from here.
    """
    first = violations[0]
    ink = "refuse" if first.severity == "refuse" else "warn"
    ground = "bar"

    def line(*runs: Run) -> Row:
        return exactly([(text, f"{style}/{ground}") for text, style in runs], cells, f"ink/{ground}")

    def said(text: str, sign: str, style: str, lines: int = 2) -> list[Row]:
        return [
            line((sign if at == 0 else " " * width(sign), ink), (part, style))
            for at, part in enumerate(wrap(inert(text), cells - width(sign) - 1, lines))
        ]

    ways = []
    for number, fix in enumerate(first.fixes[: _fixes_shown(first, cells, rows, head)], 1):
        won = fix.focus_gain_minutes
        gain = f"{'+' if won > 0 else '−'}{short_length(abs(won))}" if won else ""
        best = asked and number == 1
        key = f" ⏎ {number} " if best else f"   {number} "
        if gain:
            short = width(f"{key}{fix.title.split(', ')[0]}  focus {gain}") >= cells
            gain = f"  {gain}" if short else f"  focus {gain}"
        title = cut_parts(inert(fix.title), max(8, cells - width(key) - width(gain) - 1), (", ",))
        ways.append(
            line((key, "key"), (title, "strong" if best else "ink"), (gain, "good" if won > 0 else "warn"))
        )
    if last:
        ways.append(line(*last))
    room = rows - len(ways)
    out = said(f"{head}{first.message}", f" {symbols.WRONG} ", "strong", max(1, min(SAID, room)))
    also = [said(f"also: {one.beside(first.about, first.told_cost)}", "   ", "ink") for one in violations[1:]]
    left = room - len(out) - bool(focus) - sum(map(len, also))
    for part in (
        [line(("   ", "ink"), (focus, "warn"))] if focus else [],
        said(first.why, "   ", "detail", max(SAID, left)),
        *also,
    ):
        if len(out) + len(part) <= room:
            out += part
    return [*out, *ways]


def keys_of_refusal(cells: int, overridable: bool, *, carried: bool = False, urgent: bool = False) -> Row:
    """Return the keys that go on from a refusal: keep the edit, leave it, read why, move on what is carried.

    `urgent` after a key that does nothing before one of these.
    """
    row = (*_keep(cells, overridable), *_leave(carried), *WHY)
    for more in (MOVE_ON if carried else (), FIRST if urgent else ()):
        row += more if row_width((*row, *more)) <= cells else ()
    return tuple((text, "warn" if ink == "hint" else ink) for text, ink in row) if urgent else row


def _fixes_shown(violation: Violation, cells: int, rows: int, head: str = "") -> int:
    """Return for how many ways out there is room below the whole sentence; one at least."""
    said = wrap(inert(f"{head}{violation.message}"), cells - width(f" {symbols.WRONG} ") - 1, SAID)
    return min(9, len(violation.fixes), max(1, rows - 1 - len(said)))


def _leave(carried: bool) -> Row:
    return PUT_BACK if carried else DROP


def _keep(cells: int, overridable: bool) -> Row:
    return () if not overridable else KEEP if cells >= KEPT_LONG else KEEP_SHORT


def refusal_spots(
    violations: Sequence[Violation],
    drawn: int,
    cells: int,
    rows: int,
    *,
    overridable: bool,
    carried: bool = False,
) -> dict[int, Spots]:
    """Return what clicks do on `drawn` rows that end in those of `refusal`, by row."""
    keep = row_width(_keep(cells, overridable))
    drop = keep + row_width(_leave(carried))
    last: Spots = ((keep, drop, "cancel"), (drop, drop + row_width(WHY), "playbook"))
    out = {drawn - 1: ((0, keep, "override"), *last) if keep else last}
    count = _fixes_shown(violations[0], cells, rows)
    for number in range(count):
        out[drawn - 1 - count + number] = ((0, cells, f"fix({number + 1})"),)
    return out


def here_line(here: Block | Session | None, cells: int, types: Types = NO_TYPES) -> Row:
    """The block or session under the cursor in one line, for screens without a panel."""
    if here is None:
        return exactly((), cells, "ink")
    if isinstance(here, Session):
        what = cut(inert(here.summary) or "session", cells // 2)
        told = f"  {short_length(here.minutes)}  {session_text(here)}"
        return exactly([(f" {times(here.span)} ", "time"), (what, "strong"), (told, "detail")], cells, "ink")
    block = here
    span = f" {times(block.span)} "
    hard = f"  {symbols.HARD_END}{clock(minute_of(block.hard_end))}" if block.hard_end else ""
    people = "".join(f" @{inert(name)}" for name in block.people)
    note = f"  {inert(block.note)}" if block.note else ""
    why = f"  {symbols.OVERRIDDEN} {inert(block.override.reason)}" if block.override else ""
    kind = kind_text(block, types)
    zone = f"  {symbols.WRONG} planned in {inert(block.unknown_zone)}" if block.unknown_zone else ""
    tail = f"{zone}{f'  {kind}' if kind.lower() != block.summary.lower() else ''}{hard}{people}{why}{note}"
    title = cut(f"{symbols.signs(block, False)}{inert(block.summary)}", max(8, cells - width(span) - 12))
    return exactly([(span, "time"), (title, "strong"), (tail, "detail")], cells, "ink")


def note_line(text: str, cells: int, ink: str = "hint") -> Row:
    """A sentence to the user."""
    return exactly([(f" {cut_parts(inert(text), cells - 2)}", ink)], cells, "ink")


def key_bar(keys: Sequence[Key], cells: int) -> tuple[Row, Spots]:
    """The keys that fit into one row, and for each the cells [start, stop) it stands on with its action's id.

    Neighbours with one label share it: `[ ] week`. The last key stays however little room there is, and how
    to check the week and to leave before all others.
    """
    return key_rows(keys, cells, 1)[0]


def key_rows(keys: Sequence[Key], cells: int, most: int) -> list[tuple[Row, Spots]]:
    """Return the keys in as few rows as hold them all, at most `most`: each as `key_bar` has it."""
    groups: list[list[Key]] = []
    for key in keys:
        if groups and groups[-1][0][1] == key[1]:
            groups[-1].append(key)
        else:
            groups.append([key])
    if most == 1:
        return [_key_row(_fitting(groups, cells), cells)]
    for count in range(1, most):
        rows = _filled(groups, cells, count)
        if sum(map(len, rows)) == len(groups):
            return [_key_row(row, cells) for row in rows]
    return [_key_row(row, cells) for row in _filled(groups, cells, most)]


def _filled(groups: Sequence[list[Key]], cells: int, count: int) -> list[list[list[Key]]]:
    """Return the groups of keys row by row; those for which there is no room are left out, never the last."""
    rows: list[list[list[Key]]] = [[]]
    at = 0
    for group in groups:
        size, final = _size(group), group is groups[-1]
        if at + size > cells and rows[-1] and len(rows) < count:
            rows.append([])
            at = 0
        kept = 0 if final or len(rows) < count else _size(groups[-1])
        if at + size + kept <= cells or final:
            rows[-1].append(group)
            at += size
    return rows


def _key_row(groups: Sequence[list[Key]], cells: int) -> tuple[Row, Spots]:
    runs: list[Run] = []
    spots: list[tuple[int, int, str]] = []
    at = 0
    for group in groups:
        for shown, _, action in group:
            runs.append((f" {shown}", "key/bar"))
            spots.append((at, at + width(shown) + 1, action))
            at = spots[-1][1]
        label = f" {group[0][1]} "
        runs.append((label, "hint/bar"))
        at += width(label)
        spots[-1] = (spots[-1][0], at, spots[-1][2])
    return exactly(runs, cells, "ink/bar"), tuple(spots)


def _fitting(groups: Sequence[list[Key]], cells: int) -> list[list[Key]]:
    """Return the groups of keys that there is room for, in order."""
    last = groups[-1:]
    first = [group for group in groups if cells >= KEPT_FROM and group[0][2] in KEPT]
    out = [*last]
    for group in (*first, *groups):
        if group not in out and sum(map(_size, out)) + _size(group) <= cells:
            out.append(group)
    return [group for group in groups if group in out]


def _size(group: Sequence[Key]) -> int:
    return sum(width(shown) + 1 for shown, _, _ in group) + width(group[0][1]) + 2
