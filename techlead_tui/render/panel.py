"""The panel beside the grid: what is now, what is next, the block under the cursor, the week's balance."""

from __future__ import annotations

from datetime import datetime

from techlead_tui.core.block import Block
from techlead_tui.core.localtime import clock, minute_of
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week
from techlead_tui.render import marks
from techlead_tui.render.cells import cut, inert, wrap
from techlead_tui.render.figures import Figures
from techlead_tui.render.head import bar
from techlead_tui.render.runs import Row, Run, exactly

NAMES = {"hands_on": "hands-on", "mentorship": "mentorship", "communication": "communication"}
SHORT = {"hands_on": "hands-on", "mentorship": "mentor", "communication": "talk"}


def panel(
    week: Week,
    figures: Figures,
    now: datetime,
    here: Block | None,
    wrong: tuple[Violation, ...],
    cells: int,
    rows: int,
    current: Week | None = None,
) -> list[Row]:
    """Exactly `rows` rows; sections that do not fit are left out. `current` is the week of `now`."""
    sections = [_now(current or week, now, cells), _here(here, wrong, cells), _balance(figures, cells)]
    if sum(len(section) + 1 for section in sections) > rows + 1:
        sections = [sections[0], sections[2], sections[1]]
    out: list[Row] = []
    for section in sections:
        if not section:
            continue
        if out:
            section = [(("", "ink"),), *section]
        if len(out) + len(section) > rows:
            break
        out += section
    out += [()] * (rows - len(out))
    return [exactly(row, cells, "ink/panel") for row in out[:rows]]


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
    following = next((block for block in week.live if block.start > now and block.box is None), None)
    if following is not None:
        when = clock(minute_of(following.start))
        if following.day != now.date():
            when = f"{following.start:%a} {when}"
        out += [(), _head("NEXT"), _line(f"{when}  {inert(following.summary)}", "ink", cells)]
    return out


def _here(block: Block | None, wrong: tuple[Violation, ...], cells: int) -> list[Row]:
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
            for line in wrap(f"{marks.WRONG} {inert(violation.message)}", cells - 2, 3):
                out.append(_line(line, "refuse" if violation.severity == "refuse" else "warn", cells))
    return out


def kind_text(block: Block) -> str:
    """`meeting, optional`: what a block is, in words."""
    text = block.type.replace("-", " ") if block.type else block.kind.replace("_", " ")
    return f"{text}, optional" if block.optional else text


def _balance(figures: Figures, cells: int) -> list[Row]:
    out: list[Row] = [_head("THIS WEEK")]
    long = cells >= 28
    name_cells = 14 if long else 9
    gauge = max(3, cells - name_cells - 9)
    for category in ("hands_on", "mentorship", "communication"):
        share = figures.percent(category)
        over = category == "communication" and share > figures.communication_limit
        runs: list[Run] = [
            (f" {marks.EDGE[category]} ", f"edge.{category}"),
            (f"{(NAMES if long else SHORT)[category]:<{name_cells}}", "ink"),
            (f"{share:>3}% ", "refuse" if over else "strong"),
            *bar(share, 100, gauge, f"edge.{category}", "panel"),
        ]
        out.append(tuple(runs))
    out.append(())
    out.append(((" logged ", "detail"), (marks.length(figures.logged), "strong")))
    return out
