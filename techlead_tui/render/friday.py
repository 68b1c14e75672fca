"""The Friday check (M16) as rows: five questions with evidence and answers, score and verdict."""

from __future__ import annotations

from techlead_tui.core.selfcheck import WORDINGS, Check, Question
from techlead_tui.core.week import Week
from techlead_tui.render.header import dates_text
from techlead_tui.render.text import Row, Run, cut, exactly, inert, row_width, width, wrap

VERDICTS = {
    "open": "still open",
    "cracked_it": "cracked it: this is the job",
    "decent": "decent: one thing to change for next week",
    "drifting": "drifting: the calendar is winning",
}


def answer_run(question: Question) -> Run:
    """`✓ yes`, `✗ no`; what is only suggested ends in `?`."""
    wording = WORDINGS[question.id]
    if question.answer is not None:
        return (f"✓ {wording.yes}", "good") if question.answer else (f"✗ {wording.no}", "warn")
    if question.suggested is None:
        return ("· open", "hint")
    return (f"· {wording.yes if question.suggested else wording.no}?", "ink")


def score_runs(check: Check) -> list[Run]:
    """`3 of 5 · decent`."""
    ink = {"open": "hint", "drifting": "refuse", "decent": "accent", "cracked_it": "good"}[check.verdict]
    open_ones = sum(question.answer is None for question in check.questions)
    out: list[Run] = [
        (f"{check.score} of {len(check.questions)}", "strong"),
        (f"  {VERDICTS[check.verdict]}", ink),
    ]
    if open_ones:
        out.append((f" ({open_ones} to answer)", "hint"))
    return out


def friday_rows(check: Check, week: Week, at: int, cells: int, rows: int) -> tuple[list[Row], list[int]]:
    """The whole check, and the question that each row belongs to, or -1; `at` is the question in front.

    Roomy where the rows allow it.
    """
    days = [day.date for day in week.days if day.theme is not None] or [day.date for day in week.days]
    head: list[Run] = [
        (" Friday check", "accent/bar"),
        (f"  W{week.key.number:02}  {dates_text(days[0], days[-1])} {days[-1].year}", "strong/bar"),
    ]
    out = [exactly(head, cells, "ink/bar"), exactly((), cells, "ink")]
    inside = min(cells, 96)
    roomy = rows >= 4 + len(check.questions) * 4
    numbers = [-1] * len(out)
    for number, question in enumerate(check.questions):
        asked = _question(question, number + 1, number == at, inside, cells, roomy)
        out += asked
        numbers += [number] * len(asked)
    out += [
        exactly([(" " + "─" * (inside - 2), "rule")], cells, "ink"),
        exactly([("   ", "ink"), *score_runs(check)], cells, "ink"),
    ]
    if len(out) > rows:  # a small screen: the question in front, and the end
        asked = _question(check.questions[at], at + 1, True, inside, cells, False)
        out = [out[0], *asked, out[-1]][:rows]
        numbers = [-1] * len(out)
    left = rows - len(out)
    return [*out, *[exactly((), cells, "ink")] * left], [*numbers, *[-1] * (rows - len(numbers))]


def _question(
    question: Question, number: int, front: bool, inside: int, cells: int, roomy: bool
) -> list[Row]:
    wording = WORDINGS[question.id]
    ground = "bar" if front else "page"
    answer = answer_run(question)
    left: list[Run] = [
        (" ▸ " if front else "   ", f"accent/{ground}"),
        (f"{number} ", f"hint/{ground}"),
        (f"{wording.title:<10}", f"{'accent' if front else 'strong'}/{ground}"),
    ]
    room = inside - row_width(left) - width(answer[0]) - 3
    lines = wrap(wording.asks, max(10, room), 2 if roomy or cells < 80 else 1)
    indent = row_width(left)
    out: list[Row] = []
    for index, line in enumerate(lines or [""]):
        lead: list[Run] = left if index == 0 else [(" " * indent, f"ink/{ground}")]
        tail: list[Run] = []
        if index == 0:
            gap = inside - indent - width(line) - width(answer[0]) - 2
            tail = [(" " * max(1, gap), f"ink/{ground}"), (answer[0], f"{answer[1]}/{ground}")]
        out.append(exactly([*lead, (line, f"ink/{ground}"), *tail], inside, f"ink/{ground}"))
    for line in wrap(inert(" · ".join(question.evidence)), max(10, inside - indent - 2), 2):
        runs: list[Run] = [
            (" " * indent, f"ink/{ground}"),
            (cut(line.removeprefix("· "), cells - indent), f"detail/{ground}"),
        ]
        out.append(exactly(runs, inside, f"ink/{ground}"))
    out = [exactly(row, cells, "ink") for row in out]
    if roomy:
        out.append(exactly((), cells, "ink"))
    return out
