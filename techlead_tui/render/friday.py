"""Draw the steps of Friday (M16): questions with evidence, direction, status update, next week."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.drift import TITLES, Drift
from techlead_tui.core.friday import Carried, MonthlyReview, Suggestion, review_text
from techlead_tui.core.lengths import length
from techlead_tui.core.selfcheck import QUESTIONS, WORDINGS, Check, PastFriday, Question
from techlead_tui.core.trial import Trial, told
from techlead_tui.core.week import Week
from techlead_tui.render.footer import Spots
from techlead_tui.render.grid import Sheet
from techlead_tui.render.header import bands, dates_text, day_names
from techlead_tui.render.text import Row, Run, cut_parts, exactly, inert, row_width, width, wrap
from techlead_tui.render.viewport import Frame, Viewport, days_shown, natural_first, natural_zoom

STEPS = ("Questions", "Direction", "Update", "Next week")
WIDEST = 100  # cells of text; longer lines are hard to read
WEEK_FROM = (80, 18)  # cells and rows from which on the week stands below them
BESIDE_FROM = 150  # cells from which on the score and the Fridays stand beside the questions
VERDICTS = {
    "open": "still open",
    "cracked_it": "cracked it: this is the job",
    "decent": "decent: one thing to change for next week",
    "drifting": "drifting: the calendar is winning",
}
SCORES = "▁▂▃▅▆█"  # none to all five good answers


class Part(NamedTuple):
    """Hold rows that belong together, and the number of the item that they show, or -1."""

    rows: list[Row]
    item: int = -1


def title_row(key: IsoWeek, step: int, cells: int) -> tuple[Row, Spots]:
    """Return the title with the four steps, and where each can be clicked."""
    dates = f"  {dates_text(key.monday, key.day(5))} {key.day(5).year}" if cells >= 90 else ""
    runs: list[Run] = [(" Friday", "accent/bar"), (f"  W{key.number:02}{dates}  ", "strong/bar")]
    spots: list[tuple[int, int, str]] = []
    for n, name in enumerate(STEPS):
        text = f" {name} " if cells >= 60 or n == step else f" {n + 1} "
        start = row_width(runs)
        runs.append((text, "key/page" if n == step else "hint/bar"))
        spots.append((start, start + width(text), f"go({n})"))
    return exactly(runs, cells, "ink/bar"), tuple(spots)


def beginning_row(key: IsoWeek, cells: int) -> Row:
    """Return the title of what a week begins with."""
    dates = dates_text(key.monday, key.day(5))
    return exactly(
        [(" The week begins", "accent/bar"), (f"  W{key.number:02}  {dates}", "strong/bar")], cells, "ink/bar"
    )


def scrolled(parts: Sequence[Part], at: int, cells: int, rows: int) -> tuple[list[Row], list[int]]:
    """Return as many rows as fit, with the item `at` among them, and the item that each row shows."""
    flat = [(row, part.item) for part in parts for row in part.rows]
    first = next((y for y, (_, item) in enumerate(flat) if item == at), 0)
    last = max((y for y, (_, item) in enumerate(flat) if item == at), default=0)
    top = max(0, min(first, max(0, last + 2 - rows)), min(last + 2, len(flat)) - rows)
    shown = flat[top : top + rows]
    blank = exactly((), cells, "ink")
    if top + rows < len(flat) and shown:
        shown[-1] = (exactly([("   ↓ more", "hint")], cells, "ink"), -1)
    shown += [(blank, -1)] * (rows - len(shown))
    return [row for row, _ in shown], [item for _, item in shown]


def text_part(
    text: str, cells: int, ink: str = "ink", indent: int = 3, item: int = -1, lines: int = 12
) -> Part:
    """Return a text in as many lines as it needs."""
    room = max(10, min(cells, WIDEST) - indent - 1)
    rows = [
        exactly([(" " * indent, "ink"), (line, ink)], cells, "ink")
        for line in wrap(inert(text), room, lines) or [""]
    ]
    return Part(rows, item)


def _blank(cells: int) -> Part:
    return Part([exactly((), cells, "ink")])


def _heading(text: str, cells: int) -> Part:
    return Part([exactly([("   ", "ink"), (text, "strong")], cells, "ink")])


# the questions


def answer_run(question: Question) -> Run:
    """Return `✓ yes` or `✗ no`; what is only suggested ends in `?`."""
    wording = WORDINGS[question.id]
    if question.answer is not None:
        return (f"✓ {wording.yes}", "good") if question.answer else (f"✗ {wording.no}", "warn")
    if question.suggested is None:
        return ("· open", "hint")
    return (f"· {wording.yes if question.suggested else wording.no}?", "ink")


def score_runs(check: Check) -> list[Run]:
    """Return `3 of 5 · decent`."""
    ink = {"open": "hint", "drifting": "refuse", "decent": "accent", "cracked_it": "good"}[check.verdict]
    open_ones = sum(question.answer is None for question in check.questions)
    out: list[Run] = [
        (f"{check.score} of {len(check.questions)}", "strong"),
        (f"  {VERDICTS[check.verdict]}", ink),
    ]
    if open_ones:
        out.append((f" ({open_ones} to answer)", "hint"))
    return out


def question_parts(
    check: Check,
    past: Sequence[PastFriday],
    at: int,
    cells: int,
    rows: int,
    week: Callable[[int, int], Sequence[Row]],
) -> list[Part]:
    """Return the questions with their evidence, the score and the Fridays before; with room the week too, as
    `week` draws it in so many cells and rows."""
    inside = min(cells, WIDEST)
    airy = rows >= 3 + len(check.questions) * 4
    parts: list[Part] = [_blank(cells)] if airy else []
    listed = rows >= 9 + sum(len(question.evidence) + 2 for question in check.questions)
    for n, question in enumerate(check.questions):
        parts.append(Part(_question(question, n + 1, n == at, inside, cells, listed), n))
        parts += [_blank(cells)] if airy else []
    score: Row = (("   ", "ink"), *score_runs(check))
    if cells >= BESIDE_FROM:
        beside: list[Row] = [(), score, (), *_columns(past), ()]
        room, left = cells - WIDEST - 4, rows - len(beside)
        if room >= WEEK_FROM[0] and left >= WEEK_FROM[1]:
            beside += week(room, left)
        return _with_beside(parts, beside, cells)
    parts.append(Part([exactly([(" " + "─" * (inside - 2), "rule")], cells, "ink")]))
    parts.append(Part([exactly(score, cells, "ink")]))
    return [*parts, *([_blank(cells)] if airy else []), *_strip(past, cells)]


def week_rows(week: Week, now: datetime, cells: int, rows: int) -> list[Row]:
    """Return a week as it was or is planned, to look at."""
    part = Frame(cells, rows, cells, rows - 2, 0, False)
    days = days_shown(week, 5, cells, now.date())
    zoom = natural_zoom(week, days, part.grid_height)
    first = natural_first(week, days, zoom, part.grid_height)
    sheet = Sheet(week, Viewport(zoom, days, first, days[0], first), part, now, {})
    return [day_names(sheet), bands(sheet), *map(sheet.row, range(part.grid_height))]


def _with_beside(parts: Sequence[Part], beside: Sequence[Row], cells: int) -> list[Part]:
    """Return the parts with other rows at their right."""
    rest = iter(beside)
    edge: Run = ("  │ ", "rule")
    out = [
        Part(
            [exactly([*exactly(row, WIDEST, "ink"), edge, *next(rest, ())], cells, "ink") for row in rows],
            item,
        )
        for rows, item in parts
    ]
    left = [exactly([*exactly((), WIDEST, "ink"), edge, *row], cells, "ink") for row in rest]
    return [*out, Part(left)] if left else out


def _question(
    question: Question, number: int, front: bool, inside: int, cells: int, listed: bool
) -> list[Row]:
    wording = WORDINGS[question.id]
    ground = "bar" if front else "page"
    answer = answer_run(question)
    left: list[Run] = [
        (" ▸ " if front else "   ", f"accent/{ground}"),
        (f"{number} ", f"hint/{ground}"),
        (f"{wording.title:<10}", f"{'accent' if front else 'strong'}/{ground}"),
    ]
    indent = row_width(left)
    room = inside - indent - width(answer[0]) - 3
    out: list[Row] = []
    for index, line in enumerate(wrap(wording.asks, max(10, room), 3) or [""]):
        lead: list[Run] = left if index == 0 else [(" " * indent, f"ink/{ground}")]
        gap = inside - indent - width(line) - width(answer[0]) - 2
        tail: list[Run] = []
        if index == 0:
            tail = [(" " * max(1, gap), f"ink/{ground}"), (answer[0], f"{answer[1]}/{ground}")]
        out.append(exactly([*lead, (line, f"ink/{ground}"), *tail], inside, f"ink/{ground}"))
    told = question.evidence if listed else [" · ".join(question.evidence)]
    for line in (line for each in told for line in wrap(inert(each), max(10, inside - indent - 2), 6)):
        said = line.removeprefix("· ")
        runs: list[Run] = [(" " * indent, f"ink/{ground}"), (said, f"detail/{ground}")]
        out.append(exactly(runs, inside, f"ink/{ground}"))
    return [exactly(row, cells, "ink") for row in out]


def _strip(past: Sequence[PastFriday], cells: int) -> list[Part]:
    """Return the scores of past Fridays: a bar and a figure for each, `·` where questions were left open."""
    if all(friday.score is None for friday in past):
        return []
    shown = past[-max(1, (cells - 14) // 4) :]
    weeks: list[Run] = [("   Fridays   ", "hint")]
    bars: list[Run] = [("             ", "hint")]
    for friday in shown:
        weeks.append((f"{friday.week.number:02}  ", "hint"))
        if friday.score is None:
            bars.append((" ·  ", "hint"))
        else:
            bars.append((f"{SCORES[friday.score]}{friday.score}  ", _score_ink(friday.score)))
    return [Part([exactly(weeks, cells, "ink"), exactly(bars, cells, "ink")])]


def _score_ink(score: int) -> str:
    return "good" if score == len(QUESTIONS) else "accent" if score >= 3 else "warn"


def _columns(past: Sequence[PastFriday]) -> list[Row]:
    """Return the scores of past Fridays as columns, each over its figure and its week."""
    if all(friday.score is None for friday in past):
        return []
    scores = [(friday.score or 0, "·" if friday.score is None else str(friday.score)) for friday in past]
    out: list[Row] = []
    for level in range(len(QUESTIONS), 0, -1):
        bars = [("██  " if score >= level else "    ", _score_ink(score)) for score, _ in scores]
        out.append((("   ", "ink"), *bars))
    out.append((("   ", "ink"), *((f"{figure:<4}", _score_ink(score)) for score, figure in scores)))
    return [*out, (("   ", "ink"), *((f"{friday.week.number:02}  ", "hint") for friday in past))]


# the direction


def direction_parts(
    drift: Drift,
    change: Suggestion | None,
    review: MonthlyReview | None,
    trial: Trial | None,
    now: datetime,
    cells: int,
) -> tuple[list[Part], int]:
    """Return drift, the month in review, the trial and the suggested change; and how many items there are."""
    stage = "unknown" if drift.stage is None else f"stage {drift.stage} of 4"
    ink = (
        "hint"
        if drift.stage is None
        else "good"
        if drift.stage == 0
        else "warn"
        if drift.stage < 3
        else "refuse"
    )
    parts = [_blank(cells), _heading("Where you stand", cells)]
    parts.append(text_part(f"{stage}: {TITLES[drift.stage].removeprefix('unknown: ')}", cells, ink, 5))
    parts += [text_part(f"· {line}", cells, "detail", 5) for line in drift.evidence]
    signs = "".join("·" if one is None else str(one) for _, one in drift.history)
    if any(one is not None for _, one in drift.history):
        parts.append(text_part(f"the last {len(drift.history)} weeks: {signs}", cells, "hint", 5))
    if review is not None:
        parts += [
            _blank(cells),
            _heading("A month in review", cells),
            text_part(review_text(review), cells, "ink", 5),
        ]
    if trial is not None:
        parts += [_blank(cells), _heading("The week theme on trial", cells)]
        parts += [text_part(line, cells, "ink", 5) for line in told(trial, now)]
    parts += [_blank(cells), _heading("One change for next week", cells)]
    if change is None:
        return [*parts, text_part("next week is fine as it is", cells, "good", 5)], 0
    parts.append(text_part(change.reason, cells, "ink", 5))
    gain = change.fix.focus_gain_minutes
    told_gain = f"  {'+' if gain > 0 else '−'}{length(abs(gain))} of focus time" if gain else ""
    title = cut_parts(inert(change.fix.title), min(cells, WIDEST) - 7 - width(told_gain), (", ",))
    offer: list[Run] = [
        ("   ▸ ", "accent/bar"),
        ("⏎ ", "key/bar"),
        (title, "strong/bar"),
        (told_gain, "good/bar"),
    ]
    parts.append(Part([exactly(exactly(offer, min(cells, WIDEST), "ink/bar"), cells, "ink")], 0))
    return parts, 1


# the status update


def update_parts(text: str, edited: bool, cells: int) -> list[Part]:
    """Return the post, a line of Markdown a row and longer ones wrapped."""
    parts = [_blank(cells)]
    for n, line in enumerate(text.rstrip("\n").split("\n")):
        ink = "accent" if line.startswith("#") else "ink"
        indent = 5 if line.startswith(("- ", "* ")) else 3
        parts.append(text_part(line, cells, ink, indent, n, 20))
    if edited:
        parts.append(text_part("as you wrote it", cells, "hint"))
    return parts


# the next week


def carried_parts(carried: Sequence[Carried], at: int, cells: int) -> list[Part]:
    """Return what goes on into the next week, each with what Enter does with it."""
    if not carried:
        return [
            _blank(cells),
            text_part("nothing is carried over, and no block needs to move", cells, "good"),
        ]
    inside = min(cells, WIDEST)
    parts = [_blank(cells)]
    for n, one in enumerate(carried):
        front = n == at
        ground = "bar" if front else "page"
        lead: Run = (" ▸ " if front else "   ", f"accent/{ground}")
        kind: Run = (f"{one.kind:<11}", f"hint/{ground}")
        rows = []
        for y, line in enumerate(wrap(inert(one.text), max(10, inside - 15), 3) or [""]):
            runs: list[Run] = [lead, kind] if y == 0 else [(" " * 14, f"ink/{ground}")]
            rows.append(exactly([*runs, (line, f"{one.ink}/{ground}")], inside, f"ink/{ground}"))
        if front and one.does:
            does: list[Run] = [
                (" " * 14, f"ink/{ground}"),
                ("⏎ ", f"key/{ground}"),
                (inert(one.does), f"strong/{ground}"),
            ]
            rows.append(exactly(does, inside, f"ink/{ground}"))
        parts.append(Part([exactly(row, cells, "ink") for row in rows], n))
    return parts
