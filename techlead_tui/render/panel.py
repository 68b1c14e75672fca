"""The panel beside the grid: now and next, the week's balance, today, a card of the block here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from techlead_tui.core.block import Block
from techlead_tui.core.localtime import clock, minute_of
from techlead_tui.core.phrases import titled
from techlead_tui.core.span import total
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week
from techlead_tui.render import marks
from techlead_tui.render.cells import cut, fit, inert, wrap
from techlead_tui.render.figures import Figures
from techlead_tui.render.head import gauge
from techlead_tui.render.runs import Row, Run, exactly

NAMES = {"hands_on": "hands-on", "mentorship": "mentorship", "communication": "communication"}
SHORT = {"hands_on": "hands-on", "mentorship": "mentor", "communication": "talk"}
WIDE = 28  # cells from which on names are not shortened
LISTED = 6  # findings and short stretches that are listed


CARD = 10  # rows at the bottom for the block under the cursor; what stands above does not move with it


def panel(
    week: Week,
    figures: Figures,
    now: datetime,
    wrong: Sequence[Violation],
    cells: int,
    rows: int,
    current: Week | None = None,
) -> list[Row]:
    """What does not follow the cursor, in exactly `rows` rows; sections that do not fit are left out.

    `current` is the week of `now`, where another is shown.
    """
    today = current or week
    first = _now(today, now, cells)
    lists = [_day(today, now, cells), _wrong(week, wrong, cells), _short(figures, cells)]
    balance = _balance(figures, cells, tall=True)
    if _taken([first, balance, lists[0]]) > rows:
        balance = _balance(figures, cells, tall=False)
    out: list[Row] = []
    for section in (first, balance, *lists):
        if section and len(out) + len(section) + bool(out) <= rows:
            out += [(), *section] if out else section
    out += [()] * (rows - len(out))
    return [exactly(row, cells, "ink/panel") for row in out[:rows]]


def card_rows(rows: int) -> int:
    """Of so many rows of the panel, those for the card of the block under the cursor."""
    return CARD if rows >= 32 else 0 if rows < 16 else 6


def card(here: Block | None, wrong: Sequence[Violation], cells: int, rows: int) -> list[Row]:
    """The block under the cursor, in exactly `rows` rows."""
    out = _here(here, wrong, cells)[:rows]
    out += [()] * (rows - len(out))
    return [exactly(row, cells, "ink/panel") for row in out]


def _taken(sections: Sequence[list[Row]]) -> int:
    """Rows of sections with a blank one between each two."""
    return sum(len(section) + 1 for section in sections if section) - 1


def _head(text: str) -> Row:
    return ((f" {text}", "faint"),)


def _line(text: str, style: str, cells: int) -> Row:
    return ((cut(f" {text}", cells - 1), style),)


def _now(week: Week, now: datetime, cells: int) -> list[Row]:
    out: list[Row] = [(((" NOW ", "faint"), (f"{now:%a} {clock(minute_of(now))}", "now")))]
    held = [block for block in week.live if block.span.holds(now)]
    block = min(held, key=lambda block: block.planned_minutes, default=None)
    if block is None:
        out.append(_line("free time", "ink", cells))
    else:
        left = int((block.end - now).total_seconds() + 59) // 60
        out.append(_line(inert(block.summary), "strong", cells))
        out.append(_line(f"{marks.length(left)} left, to {clock(minute_of(block.end))}", "detail", cells))
    today = [session for session in week.sessions if session.start.date() == now.date()]
    if today:
        last = today[-1]
        until = f", to {clock(minute_of(last.end))}" if cells >= WIDE else ""
        label = marks.session_label(last, inert(last.summary), cells - 2 - len(until))
        out.append(_line(f"{label}{until}", "session", cells))
    following = next((block for block in week.live if block.start > now and block.box is None), None)
    if following is not None:
        when = clock(minute_of(following.start))
        if following.day != now.date():
            when = f"{following.start:%a} {when}"
        out += [(), _head("NEXT"), _line(f"{when}  {inert(following.summary)}", "ink", cells)]
    return out


def _here(block: Block | None, wrong: Sequence[Violation], cells: int) -> list[Row]:
    if block is None:
        return []
    out: list[Row] = [_head("HERE")]
    for line in wrap(inert(block.summary) or "untitled", cells - 2, 3):
        out.append(_line(line, "strong", cells))
    span = f"{clock(minute_of(block.start))}–{clock(minute_of(block.end))}"
    out.append(_line(f"{span}  {marks.length(block.planned_minutes)}", "ink", cells))
    if kind_text(block) != block.summary.lower():
        out.append(_line(kind_text(block), "detail", cells))
    if block.hard_end is not None:
        out.append(
            _line(f"{marks.HARD_END} ends {clock(minute_of(block.hard_end))} (limit)", "detail", cells)
        )
    if block.people:
        out.append(_line(" ".join(f"@{inert(name)}" for name in block.people), "detail", cells))
    if block.doc:
        out.append(_line(f"doc {inert(block.doc)}", "detail", cells))
    if block.status != "planned":
        out.append(_line(f"{marks.signs(block, False)}{block.status}", "good", cells))
    if block.override is not None:
        for line in wrap(f"{marks.OVERRIDDEN} kept: {inert(block.override.reason)}", cells - 2, 3):
            out.append(_line(line, "warn", cells))
    for violation in wrong:
        if block.uid in violation.subjects:
            said = violation.message.removeprefix(f"{titled(block)}: ")  # its name stands above
            for line in wrap(f"{marks.WRONG} {inert(said)}", cells - 2, 3):
                out.append(_line(line, "refuse" if violation.severity == "refuse" else "warn", cells))
    return out


def kind_text(block: Block) -> str:
    """`meeting, optional`: what a block is, in words."""
    text = block.type.replace("-", " ") if block.type else block.kind.replace("_", " ")
    return f"{text}, optional" if block.optional else text


def _balance(figures: Figures, cells: int, *, tall: bool) -> list[Row]:
    """Planned against wanted, by category; with bars where there is room (M1)."""
    out: list[Row] = [_head("THIS WEEK")]
    long = cells >= WIDE
    beside = cells - 34 if long and not tall else 0
    for category in ("hands_on", "mentorship", "communication"):
        share, target = figures.percent(category), figures.targets.get(category, 0)
        over = category == "communication" and share > figures.communication_limit
        ink = f"edge.{category}"
        runs: list[Run] = [
            (f" {marks.EDGE[category]} ", ink),
            (f"{(NAMES if long else SHORT)[category]:<{14 if long else 9}}", "ink"),
            (f"{share:>3}%", "refuse" if over else "strong"),
            (f" of {target}", "hint"),
        ]
        if beside > 3:
            runs += [(" ", "ink"), *gauge(share, target, beside, ink, "panel")]
        out.append(tuple(runs))
        if tall:
            out.append(((" ", "ink"), *gauge(share, target, cells - 2, ink, "panel")))
    logged: list[Run] = [(" logged ", "detail"), (marks.length(figures.logged), "strong")]
    out.append(tuple(logged))
    return out


def _day(week: Week, now: datetime, cells: int) -> list[Row]:
    """What is planned today, how long, and what came of it."""
    day = now.date()
    blocks = [block for block in week.live if block.day == day]
    if not blocks:
        return []
    long = cells >= WIDE
    name = "TODAY"
    out: list[Row] = [
        ((f" {name}", "faint"), (f"{'planned   done' if long else 'done':>{cells - 2 - len(name)}}", "faint"))
    ]
    for block in blocks:
        minutes = total(session.span for session in week.sessions if block.span.holds(session.start))
        done = "✓" if block.status == "done" else marks.length(minutes) if minutes else ""
        if not done and block.end <= now:
            done = "✓" if block.kind == "meeting" else "–"
        tail = f"{marks.length(block.planned_minutes):>6}{done:>7}" if long else f"{done:>6}"
        room = cells - 8 - len(tail)
        over = block.end <= now
        inset = 1 if block.box is not None else 0
        out.append(
            (
                (f" {clock(minute_of(block.start))} ", "now" if block.span.holds(now) else "time"),
                (fit(" " * inset + inert(block.summary), room), "detail" if over else "ink"),
                (tail, "session" if minutes else "done" if done == "✓" else "detail"),
            )
        )
    return out


def _wrong(week: Week, wrong: Sequence[Violation], cells: int) -> list[Row]:
    """What is against the week, in the order in which the bottom line walks through it."""
    first: dict[str, Violation] = {}  # a block stands here once, however much is said of it
    for violation in wrong:
        if violation.severity in ("refuse", "warn") and violation.subjects:
            first.setdefault(violation.subjects[0], violation)
    found = list(first.values())
    if len(found) < 2:
        return []  # the bottom line says it
    out: list[Row] = [_head(f"AGAINST THE WEEK  {len(found)}")]
    for violation in found[:LISTED]:
        block = week.block(violation.subjects[0])
        if block is not None:
            when = f"{block.start:%a} {clock(minute_of(block.start))}"
            ink = "refuse" if violation.severity == "refuse" else "warn"
            out.append(
                ((f" {marks.WRONG} ", ink), (cut(f"{when}  {inert(block.summary)}", cells - 4), "ink"))
            )
    if len(found) > LISTED:
        out.append(_line(f"  and {len(found) - LISTED} more", "hint", cells))
    return out


def _short(figures: Figures, cells: int) -> list[Row]:
    """Deep work that is too short to be focus time."""
    if not figures.short:
        return []
    lost = sum(span.minutes for span in figures.short)
    out: list[Row] = [_head(f"TOO SHORT FOR FOCUS  {marks.length(lost)}")]
    for span in figures.short[:LISTED]:
        times = f"{span.start:%a} {clock(minute_of(span.start))}–{clock(minute_of(span.end))}"
        out.append(_line(f"{times}  {marks.length(span.minutes)}", "ink", cells))
    if len(figures.short) > LISTED:
        out.append(_line(f"and {len(figures.short) - LISTED} more", "hint", cells))
    return out
