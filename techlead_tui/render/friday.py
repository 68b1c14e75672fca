"""Draw the Friday check (M16): five questions with evidence and answers, score and verdict."""

from __future__ import annotations

from collections.abc import Collection

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


def friday_rows(check: Check, week: Week, at: int, cells: int, rows: int) -> tuple[list[Row], list[int]]:
    """Return the whole check, and the question that each row belongs to, or -1.

    `at` is the question in front. Roomy where the rows allow it; where they are few, the others are brief.
    """
    days = [day.date for day in week.days if day.theme is not None] or [day.date for day in week.days]
    head: list[Run] = [
        (" Friday check", "accent/bar"),
        (f"  W{week.key.number:02}  {dates_text(days[0], days[-1])} {days[-1].year}", "strong/bar"),
    ]
    inside = min(cells, 96)
    roomy = rows >= 4 + len(check.questions) * 4
    title, blank = exactly(head, cells, "ink/bar"), exactly((), cells, "ink")
    score = exactly([("   ", "ink"), *score_runs(check)], cells, "ink")
    ruler = exactly([(" " + "─" * (inside - 2), "rule")], cells, "ink")

    def asked(shown: Collection[int], brief: bool) -> tuple[list[Row], list[int]]:
        found, numbers = [], []
        for n in shown:
            question = check.questions[n]
            lines = _question(question, n + 1, n == at, inside, cells, roomy)
            lines = lines[:1] if brief and n != at else lines
            found += lines
            numbers += [n] * len(lines)
        return found, numbers

    every = range(len(check.questions))
    body, numbers = asked(every, False)
    out, numbers = [title, blank, *body, ruler, score], [-1, -1, *numbers]
    if len(out) > rows:
        body, numbers = asked(every, True)
        out, numbers = [title, *body, score], [-1, *numbers]
    if len(out) > rows:  # a very small screen: the question in front, and the end
        body, numbers = asked((at,), False)
        out, numbers = [title, *body, score][:rows], [-1, *numbers]
    numbers = [*numbers, *[-1] * len(out)][: len(out)]
    left = rows - len(out)
    return [*out, *[blank] * left], [*numbers, *[-1] * left]


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
