"""Repeat a block: how often, until when, and what the coming ones would run into (M5)."""

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from techlead_tui.core.calendar import NTH, IsoWeek, first_from
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import AddBlock, Edit, RemoveBlock
from techlead_tui.core.judge import judge_together
from techlead_tui.core.rules import violations
from techlead_tui.core.series import Repeat, days_from, days_record
from techlead_tui.core.text import day_text
from techlead_tui.core.week import Block
from techlead_tui.core.words.planning import ORDINALS
from techlead_tui.core.words.units import EACH_DAY, full_date
from techlead_tui.errors import FieldError, UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render import symbols
from techlead_tui.render.text import Row, cut, exactly, inert
from techlead_tui.tui.dialogs.form import FormDialog, verdict_rows
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.choice_fields import ChoiceField
from techlead_tui.tui.widgets.fields import FormField
from techlead_tui.tui.widgets.time_fields import DateField

COMING = 8  # occurrences looked at
EVERY = (("1", "every week"), ("2", "every 2 weeks"), ("3", "every 3 weeks"), ("4", "every 4 weeks"))
ON = {"weekday": "every weekday, Mon to Fri", "day": "every day"}


def monthly(day: date) -> list[tuple[str, str]]:
    """Return the ways to come once a month on such a weekday; a value's second half is `Repeat.nth`."""
    found = [nth for nth in NTH if first_from(day, nth) == day]
    return [(f"1/{nth}", f"once a month, on the {ORDINALS[nth]} {day:%A}") for nth in found]


def daily(day: date) -> list[tuple[str, str]]:
    """Return the ways to come on several weekdays, that of the day among them."""
    return [(f"1/{name}", text) for name, text in ON.items() if day.isoweekday() in EACH_DAY[name]]


class Coming(NamedTuple):
    """Hold one occurrence, and what would be wrong with it; "" where nothing is."""

    day: date
    wrong: str
    severity: str


class SeriesDialog(FormDialog):
    """Make the block the first of its series."""

    heading = "Repeat"
    mode = "form-plain"
    verdict_height = COMING + 2

    def __init__(self, desk: Desk, looks: Looks, block: Block) -> None:
        super().__init__(desk, looks)
        self.block = block
        self.about = block.summary
        self.coming: tuple[Coming, ...] = ()

    def aside(self) -> str:
        return self.block.summary

    def fields(self) -> Sequence[FormField[Any]]:
        day, today = self.block.day, self.desk.planner.today()
        self.every = ChoiceField("every", "how often", (*EVERY, *daily(day), *monthly(day)), "1")
        self.until = DateField(
            "until", "until", today=today, shown=IsoWeek.of(day), example="no end, or 2027-01-31"
        )
        return self.every, self.until

    def _repeat(self) -> Repeat:
        until = self.until.read() if self.until.text else None
        if until is not None and until < self.block.day:
            begins = full_date(self.block.day)
            raise FieldError("until", f"it would end before it begins, on {begins}", "a later day")
        every, _, on = self.every.value.partition("/")
        if on in EACH_DAY:
            return Repeat(int(every), until, None, EACH_DAY[on])
        return Repeat(int(every), until, int(on) if on else None)

    def edits(self) -> list[Edit]:
        block, span = self.block, self.block.span
        return [
            RemoveBlock(block.uid, block.day),
            AddBlock(
                block.summary,
                block.day,
                span.start_minute,
                span.end_minute,
                block.kind,
                block.type,
                block.people,
                block.optional,
                block.doc,
                self._repeat(),
                note=block.note,
            ),
        ]

    def calls(self, edits: Sequence[Edit]) -> list[str]:
        """Return the `add every ...` that makes the series; that its first block goes is understood."""
        return super().calls(edits[-1:])

    async def _weigh(self) -> None:
        try:
            edits = self.edits()
            self.coming = await self.desk.ask(lambda planner: coming(planner, edits))
        except (FieldError, UserError):
            self.coming = ()
        await super()._weigh()

    def plain_verdict(self, decision: Decision | None, cells: int, rows: int) -> Sequence[Row]:
        if not self.coming:
            return verdict_rows(decision, cells, rows)
        wrong = sum(bool(one.wrong) for one in self.coming)
        text = f"{wrong} of the next {len(self.coming)} break a rule" if wrong else "all of them fit"
        said = [exactly([(text, f"{'warn' if wrong else 'good'}/bar")], cells, "ink/bar")]
        for one in self.coming[: rows - 1]:
            sign, ink = (f"{symbols.WRONG} ", one.severity) if one.wrong else (f"{symbols.DONE} ", "good")
            text = cut(inert(one.wrong) or "fits", cells - 16)
            runs = [(sign, f"{ink}/bar"), (f"{day_text(one.day):<12}", "strong/bar"), (text, "ink/bar")]
            said.append(exactly(runs, cells, "ink/bar"))
        return said


def coming(planner: Planner, edits: Sequence[Edit]) -> tuple[Coming, ...]:
    """Return the next occurrences of the series that the last edit adds. UserError."""
    add = edits[-1]
    assert isinstance(add, AddBlock)
    assert add.repeat is not None
    days = list(islice(days_from(days_record(add.day, add.repeat), add.day), COMING))
    before = planner.snapshot(
        *sorted({week for edit in edits for week in edit.weeks} | set(map(IsoWeek.of, days)))
    )
    now = planner.now()
    after = judge_together(before, edits, now, "new").after
    out = []
    for day in days:
        key = IsoWeek.of(day)
        uid = f"new@{day}"
        found = [one for one in violations(after.week(key), now) if uid in one.subjects or not one.subjects]
        old = {violation.key for violation in violations(before.week(key), now)} if found else set()
        new = [one for one in found if one.key not in old]
        wrong = next((one for one in new if one.severity in ("refuse", "warn")), None)
        text = wrong.beside(wrong.about) if wrong else ""  # the day stands beside it
        out.append(Coming(day, text, wrong.severity if wrong else "good"))
    return tuple(out)
