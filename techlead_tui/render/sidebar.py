"""The panel beside the grid: now and next, the week's balance, today, and what is amiss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from techlead_tui.core.balance import logged_in
from techlead_tui.core.calendar import clock, minute_of
from techlead_tui.core.items.waiting import NOTHING, Waiting
from techlead_tui.core.lengths import short_length
from techlead_tui.core.span import subtract, total
from techlead_tui.core.text import times, titled
from techlead_tui.core.theme import Types
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Session, Week
from techlead_tui.render import symbols
from techlead_tui.render.metrics import Figures
from techlead_tui.render.text import Row, Run, cut, exactly, fit, inert, splice, width, wrap

NO_TYPES: Types = {}
CARD = 10  # rows; what stands above does not move with the block


def card_rows(rows: int) -> int:
    """Of so many rows of the panel, those for the card."""
    return CARD if rows >= 32 else 0 if rows < 16 else 6


def card(
    here: Block | Session | None,
    wrong: Sequence[Violation],
    cells: int,
    rows: int,
    waiting: Waiting = NOTHING,
    types: Types = NO_TYPES,
) -> list[Row]:
    """Draw the block or the session in exactly `rows` rows; empty where there is none."""
    out: list[Row] = []
    if isinstance(here, Session):
        out = _worked(here, cells)[:rows]
    elif here is not None:
        out = _said(here, wrong, cells, rows, waiting, types)[:rows]
    out += [()] * (rows - len(out))
    return [exactly(row, cells, "ink/panel") for row in out]


def _worked(session: Session, cells: int) -> list[Row]:
    texts = (
        ("HERE", "faint"),
        (inert(session.summary) or "session", "strong"),
        (f"{times(session.span)}  {short_length(session.minutes)}", "ink"),
        (session_text(session), "detail"),
    )
    return [((f" {part}", ink),) for text, ink in texts for part in wrap(text, cells - 2, 3)]


def session_text(session: Session) -> str:
    """`session, hands-on · spike · payments`: what is known of a session, in words."""
    parts = (f"session, {symbols.NAMES[session.category]}", session.pattern, session.repo, session.result)
    return " · ".join(inert(part) for part in parts if part)


def kind_text(block: Block, types: Types) -> str:
    """`meeting, optional`: what a block is, in words; of a type by the title that it has."""
    known = types.get(block.type or "")
    text = known.title if known is not None else block.type or block.kind.replace("_", " ")
    return f"{text}, optional" if block.optional else text


def _said(
    block: Block, wrong: Sequence[Violation], cells: int, rows: int, waiting: Waiting, types: Types
) -> list[Row]:
    out: list[Row] = []

    def line(text: str, ink: str, lines: int = 1) -> None:
        lines = min(lines, rows - len(out))
        parts = wrap(text, cells - 2, lines) if lines > 1 else [cut(text, cells - 2)]
        out.extend(((f" {part}", ink),) for part in parts)

    line("HERE", "faint")
    line(inert(block.summary) or "untitled", "strong", 3)
    line(f"{times(block.span)}  {short_length(block.planned_minutes)}", "ink")
    if block.unknown_zone:
        line(f"{symbols.WRONG} planned in {inert(block.unknown_zone)}, which is not known here", "warn", 2)
    if (kind := kind_text(block, types)).lower() != block.summary.lower():
        line(kind, "detail")
    if block.hard_end is not None:
        line(f"{symbols.HARD_END} ends {clock(minute_of(block.hard_end))} (limit)", "detail")
    for question in waiting.questions.get(block.uid, ()):
        line(f"{symbols.ASKED} {inert(question)}", "ink", 2)
    if block.people:
        line(" ".join(f"@{inert(name)}" for name in block.people), "detail")
    if block.occurrence is not None:
        one = block.occurrence
        about = f"from {one.source}, {one.answer}" if block.unanswered else f"from {one.source}"
        line(about + (", comes again" if one.recurring else ""), "warn" if block.unanswered else "detail")
        if one.note:
            line(inert(one.note), "warn", 2)
    if block.doc:
        line(f"doc {inert(block.doc)}", "detail")
    if block.note:
        line(f"note {inert(block.note)}", "ink", 3)
    if block.status != "planned":
        line(f"{symbols.signs(block, False)}{block.status}", "good")
    if block.override is not None:
        line(f"{symbols.OVERRIDDEN} kept: {inert(block.override.reason)}", "warn", 3)
    for violation in wrong:
        if block.uid in violation.subjects:
            said = violation.beside(titled(block))  # its name stands above
            if violation.severity == "note":  # settled, or the week theme's own: nothing to be done
                line(inert(said), "detail", 5)
            else:
                ink = "refuse" if violation.severity == "refuse" else "warn"
                line(f"{symbols.WRONG} {inert(said)}", ink, 5)
    return out


WIDE = 28  # cells from which on nothing is shortened
TABLE = 38  # cells from which on what is planned has a column of its own beside what was done
LISTED = 12  # rows of a list at most
LEAST = 2  # things, or one and how many more, for which a list is worth beginning
SPENT = 6  # cells beside a gauge for the time that was spent


def panel(
    week: Week,
    figures: Figures,
    now: datetime,
    wrong: Sequence[Violation],
    cells: int,
    rows: int,
    current: Week | None = None,
    waiting: Waiting = NOTHING,
    commits: str = "",
) -> list[Row]:
    """Draw what does not follow the cursor in exactly `rows` rows; a list cut short says by how much.

    `current` is the week of `now`, where another is shown; `commits` tells of today's.
    """
    today = current or week
    ahead = [*today.live, *(week.live if today is not week else ())]
    name = "THIS WEEK" if today is week else f"W{week.key.number:02}"
    out = _now(today, now, cells, waiting, commits, ahead)
    for tall in (True, False):
        balance = _balance(name, figures, cells, tall=tall)
        if len(out) + 1 + len(balance) <= rows:
            out += [(), *balance]
            break
    listings = (
        _day(today, now, cells, rows - len(out) - 1),
        _due(waiting, now, cells),
        _stale(waiting, cells),
        _wrong(week, wrong, cells),
        _short(figures, cells),
    )
    for head, items in listings:
        room = min(LISTED, rows - len(out) - 1)
        if items and room >= len(head) + min(LEAST, len(items)):
            out += [(), *_shortened(head, items, room, cells)]
    out += [()] * (rows - len(out))
    return [exactly(row, cells, "ink/panel") for row in out[:rows]]


Listing = tuple[list[Row], list[Row]]  # what stands above a list, and the list


def _shortened(head: list[Row], items: list[Row], rows: int, cells: int) -> list[Row]:
    if len(head) + len(items) <= rows:
        return [*head, *items]
    shown = max(0, rows - len(head) - 1)
    return [*head, *items[:shown], _line(f"and {len(items) - shown} more", "hint", cells)]


def _head(text: str) -> Row:
    return ((f" {text}", "faint"),)


def _line(text: str, style: str, cells: int) -> Row:
    return ((cut(f" {text}", cells - 1), style),)


def _now(
    week: Week, now: datetime, cells: int, waiting: Waiting, commits: str, live: Sequence[Block]
) -> list[Row]:
    """Draw what is on and what is next of `live`."""
    out: list[Row] = [(((" NOW ", "faint"), (f"{now:%a} {clock(minute_of(now))}", "now")))]
    held = [block for block in week.blocks_on(now.date()) if block.live and block.held.holds(now)]
    block = min(held, key=lambda block: block.planned_minutes, default=None)
    if block is None:
        out.append(_line("free time", "ink", cells))
    else:
        end = block.held.end
        left = int((end - now).total_seconds() + 59) // 60
        out.append(_line(inert(block.summary), "strong", cells))
        out.append(_line(f"{short_length(left)} left, to {clock(minute_of(end))}", "detail", cells))
    today = week.sessions_on(now.date())
    running = next((session for session in today if session.running), None)
    if waiting.paused is not None:
        out.append(_line(f"{symbols.PAUSED} {inert(waiting.paused) or 'session'}, paused", "session", cells))
    elif running is not None or today:
        last = running or today[-1]
        until = f", to {clock(minute_of(last.end))}" if cells >= WIDE and not last.running else ""
        label = symbols.session_label(last, inert(last.summary), cells - 2 - len(until))
        out.append(_line(f"{label}{until}", "session", cells))
    if commits:
        out.append(_line(f"{symbols.COMMITTED} {commits}", "session", cells))
    ahead = [block for block in live if now < block.start <= now + timedelta(days=7)]
    following = min(ahead, key=lambda block: (block.start, block.source == "theme"), default=None)
    if following is not None:
        when = clock(minute_of(following.start))
        if following.day != now.date():
            when = f"{following.start:%a} {when}"
        out += [(), _head("NEXT"), _line(f"{when}  {inert(following.summary)}", "ink", cells)]
        count = len(waiting.questions.get(following.uid, ()))
        if count:
            what = "question waits" if count == 1 else "questions wait"
            out.append(_line(f"{count} {what} for it", "accent", cells))
    return out


def _balance(name: str, figures: Figures, cells: int, *, tall: bool) -> list[Row]:
    """Planned against wanted and done, by category; with gauges where there is room (M1)."""
    out: list[Row] = [_head(name)]
    for category in ("hands_on", "mentorship", "communication"):
        share, target = figures.percent(category), figures.targets.get(category, 0)
        over = category == "communication" and share > figures.communication_limit
        ink = f"edge.{category}"
        wanted = f" aim {target}" if cells >= WIDE else ""  # the gauge marks it
        out.append(
            (
                (f" {symbols.EDGE[category]} ", ink),
                (fit(symbols.NAMES[category], cells - 8 - len(wanted)), "ink"),
                (f"{share:>3}%", "refuse" if over else "strong"),
                (wanted, "hint"),
            )
        )
        if tall:
            spent = figures.done[category]
            bar = gauge(share, figures.share(spent), target, cells - 4 - SPENT, ink)
            time = short_length(spent) if spent else ""
            out.append(((" " * 3, "ink"), *bar, (f"{time:>{SPENT}}", "strong")))
    if tall:
        out.append(_legend(cells))
    rest = f"{figures.percent('other')}%"
    out.append(
        (
            (" logged ", "detail"),
            (short_length(figures.logged), "strong"),
            ("  other ", "detail"),
            (rest, "strong"),
            (f" aim {figures.targets.get('other', 0)}" if cells >= WIDE else "", "hint"),
        )
    )
    if any(figures.outside):
        beside, past = map(short_length, figures.outside)
        said = f"planned {beside}, done {past}" if cells >= WIDE else f"{beside}, done {past}"
        out.append(_line(f"outside hours {said}" if cells >= WIDE else f"outside {said}", "detail", cells))
    return out


def _legend(cells: int) -> Row:
    names = ("done", "planned" if cells >= WIDE else "plan", "aim")
    gap = "  " if cells >= WIDE else " "
    signs = ((symbols.SOLID, "ink"), (symbols.FULL, "ink"), (symbols.TARGET, "strong"))
    out: list[Run] = []
    for (sign, ink), name in zip(signs, names, strict=True):
        out += [(f"{gap if out else ' '}{sign}", ink), (f" {name}", "hint")]
    return tuple(out)


def gauge(planned: int, done: int, target: int, cells: int, ink: str) -> list[Run]:
    """A bar of percent: solid for what is done, shaded for what is planned, a mark where the target is."""
    solid, full = (
        min(cells, max(1, round(cells * share / 100)) if share > 0 else 0) for share in (done, planned)
    )
    full = max(solid, full)
    runs: list[Run] = [
        (symbols.SOLID * solid, ink),
        (symbols.FULL * (full - solid), ink),
        (symbols.EMPTY * (cells - full), "bar.empty"),
    ]
    return splice(runs, min(cells - 1, round(cells * target / 100)), [(symbols.TARGET, "strong")])


def _day(week: Week, now: datetime, cells: int, room: int) -> Listing:
    """List what is planned today, how long, and what came of it; with little room the past goes first."""
    table = cells >= TABLE
    name, titles = "TODAY", "planned  done" if table else "done"
    head: list[Row] = [((f" {name}{titles:>{cells - 2 - len(name)}}", "faint"),)]
    blocks = _day_blocks(week, now)
    spent = logged_in(week, now, [block for block, _ in blocks])
    said: list[tuple[bool, list[Row]]] = []  # of each block whether it is over, and its lines
    for block, inside in blocks:
        minutes = spent.get(block.uid, 0)
        over, on = block.end <= now, block.span.holds(now)
        done = symbols.DONE if block.status == "done" or (over and block.kind == "meeting") else ""
        tail = f"{done}{short_length(minutes)}" if minutes else done or ("–" if over else "")
        if table:
            tail = f"{short_length(block.planned_minutes):>6}{tail:>6}"
        end: Run = (f" {tail}" if tail else "", "session" if minutes else "done" if done else "detail")
        title, inset = inert(block.summary), " " * inside
        wide = cells - 8 - inside  # beside the time
        lines = [title]
        if on and not table and width(title) + width(end[0]) > wide:
            lines = [*wrap(title, wide, 2), ""][:2]
        rows: list[Row] = []
        for at, line in enumerate(lines):
            first, last = at == 0, at == len(lines) - 1
            when = f" {clock(minute_of(block.start))} {inset}" if first else f"{'':7}{inset}"
            text = fit(line, wide - width(end[0]) if last else wide)
            runs: list[Run] = [(when, "now" if on else "time"), (text, "detail" if over else "ink")]
            rows.append((*runs, end) if last else tuple(runs))
        said.append((over, rows))
    while len(head) + sum(len(rows) for _, rows in said) > room and any(over for over, _ in said):
        said.remove(next(one for one in said if one[0]))
    return head, [row for _, rows in said for row in rows]


def _day_blocks(week: Week, now: datetime) -> list[tuple[Block, bool]]:
    """The blocks of today; what takes up a box stands for it, what takes up less stands inside (True)."""
    live = [block for block in week.blocks_on(now.date()) if block.live]
    boxes: dict[str | None, list[Block]] = {block.uid: [] for block in live}
    for block in live:
        if block.box in boxes:
            boxes[block.box].append(block)
    out: list[tuple[Block, bool]] = []
    for block in live:
        if block.box not in boxes:
            inner = boxes[block.uid]
            left = bool(subtract([block.span], [found.span for found in inner]))
            out += [(block, False)] if left else []
            out += [(found, left) for found in inner]
    return out


def _due(waiting: Waiting, now: datetime, cells: int) -> Listing:
    """List what is due today or was before, with the people it is with, and count the requests."""
    rows: list[Row] = []
    if waiting.requests:
        what = "request waits" if waiting.requests == 1 else "requests wait"
        rows.append(_line(f"{symbols.REQUESTS} {waiting.requests} {what}", "accent", cells))
    for one in waiting.due:
        who = f" @{inert(one.people[0])}" if one.people else ""
        ink = "warn" if one.due < now.date() else "ink"
        text = cut(inert(one.summary), max(8, cells - 4 - width(who)))
        rows.append(((f" {symbols.DUE} ", "accent"), (text, ink), (who, "detail")))
    return [_head(f"DUE  {len(rows)}")] if rows else [], rows


def _stale(waiting: Waiting, cells: int) -> Listing:
    """List the calendars of which only what was read some time ago is known."""
    rows: list[Row] = [_line(inert(text), "warn", cells) for text in waiting.stale]
    return [_head("CALENDARS")] if rows else [], rows


def _wrong(week: Week, wrong: Iterable[Violation], cells: int) -> Listing:
    """List the warnings, in the order in which `v` walks through them."""
    first: dict[str, Violation] = {}  # a block stands here once, however much is said of it
    for violation in wrong:
        if violation.severity in ("refuse", "warn") and violation.subjects:
            first.setdefault(violation.subjects[0], violation)
    if not first:
        return [], []
    rows: list[Row] = []
    for uid, violation in first.items():
        block = week.block(uid)
        if block is not None:
            when = f"{block.start:%a} {clock(minute_of(block.start))}"
            ink = "refuse" if violation.severity == "refuse" else "warn"
            title = cut(f"{when}  {inert(block.summary)}", cells - 4)
            rows.append(((f" {symbols.WRONG} ", ink), (title, "ink")))
    return [_head(f"WARNINGS  {len(first)}")], rows


def _short(figures: Figures, cells: int) -> Listing:
    """Deep work that is too short to be focus time."""
    rows = []
    for span in figures.short:
        when = f"{span.start:%a} {times(span)}"
        rows.append(_line(f"{when}  {short_length(span.minutes)}", "ink", cells))
    lost = total(figures.short)
    part = f"{short_length(lost)}, {100 * lost // figures.deep if figures.deep else 0}% of deep work"
    return [_head("TOO SHORT FOR FOCUS"), _line(part, "detail", cells)], rows
