"""Change a week theme: days, boxes and limits, with the week that results beside them (M4, M5, M6)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.geometry import Size

from techlead_tui.config.theme_draft import ThemeDraft, Values
from techlead_tui.config.theme_toml import TONES, WEEKDAYS
from techlead_tui.core.balance import focus_minutes, percent, planned_inside, wanted_minutes
from techlead_tui.core.calendar import IsoWeek, clock
from techlead_tui.core.edits import UseTheme
from techlead_tui.core.lengths import hours, short_length
from techlead_tui.core.lint import lint
from techlead_tui.core.snapshot import OPEN, Snapshot, Tables
from techlead_tui.core.theme import KINDS, Box, DayTheme, WeekTheme
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import Row, Run, exactly, inert, wrap
from techlead_tui.render.trap import drawn_week
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.dialogs.form import Form
from techlead_tui.tui.dialogs.list_dialog import ListDialog
from techlead_tui.tui.dialogs.row_list import Heading, Lines, columns
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.choice_fields import ChoiceField
from techlead_tui.tui.widgets.fields import FormField, TextField

STEP = 15  # minutes that a key moves a box
LIST = 46  # cells of the list
BESIDE_FROM = 100  # cells of a screen with room for the week beside the list
ADVICE = 3  # findings that are shown
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class LimitRow(NamedTuple):
    """One figure of a week theme's limits."""

    part: str  # "" for the limits themselves, else split, meeting or week
    name: str
    title: str
    value: str  # as it is typed
    number: bool = False  # stored as a number, not as a length


ThemeRow = DayTheme | Box | LimitRow


def rows_of(theme: WeekTheme) -> list[ThemeRow | Heading]:
    """Return the days with their boxes, then the limits."""
    out: list[ThemeRow | Heading] = []
    for day in theme.days:
        out += [Heading(DAYS[day.weekday - 1]), day]
        out += [box for box in theme.boxes if box.weekday == day.weekday]
    limits = theme.limits
    low, high = limits.deep_work_minutes
    out += [
        Heading("Limits"),
        LimitRow("", "focus_stretch", "shortest stretch of focus", short_length(limits.focus_minutes)),
        LimitRow("", "deep_work", "focus wanted a week", f"{short_length(low)}-{short_length(high)}"),
        LimitRow(
            "", "communication_percent", "communication, percent", str(limits.communication_percent), True
        ),
        LimitRow("", "recurring_meetings", "recurring meetings", str(limits.recurring_meetings), True),
        LimitRow("", "prep", "document before a meeting", f"{limits.prep_hours}h"),
        Heading("Split, percent"),
        *(
            LimitRow("split", name, name.replace("_", " "), str(value), True)
            for name, value in limits.split.items()
        ),
        Heading("Longest meeting"),
        *(LimitRow("meeting", name, name, short_length(value)) for name, value in limits.meeting.items()),
        Heading("Most a week"),
        *(LimitRow("week", name, name, short_length(value)) for name, value in limits.weekly.items()),
    ]
    return out


def limit_value(row: LimitRow, text: str) -> object:
    """Return what a limit's file holds for what was typed. UserError."""
    if row.number:
        if not (text.isascii() and text.isdigit()):
            raise UserError(f"“{text[:40]}” is not a number", "a whole number")
        return int(text[:6])
    if row.name == "deep_work":
        low, dash, high = text.partition("-")
        if not dash:
            raise UserError(f"“{text[:40]}” is not two numbers, the least and the most", "15h-20h")
        return [low.strip(), high.strip()]
    return text


class ThemeEditor(ListDialog[str | None]):
    """Close with the id of the theme that was saved last, else with None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("theme")
    heading = "Week theme"
    mode = "theme"
    loads = True
    wide = LIST
    filters = False
    click_leaves = False  # what was changed would be lost

    def __init__(self, desk: Desk, looks: Looks, theme_id: str) -> None:
        super().__init__(desk, looks)
        self.theme_id = theme_id
        self.draft: ThemeDraft | None = None
        self._empty: Snapshot | None = None  # in which the week is drawn
        self._key = IsoWeek.of(desk.planner.today()).shift(1)
        self._advice: list[Run] = []
        self._saved: str | None = None
        self._drawn: tuple[WeekTheme, tuple[int, int], list[Row]] | None = None  # for a theme and a size
        self._warned = False

    def aside(self) -> str:
        if self.draft is None:
            return ""
        changed = " · not saved" if self.draft.changed else ""
        return f"{self.draft.theme.title}{changed}"

    def load(self, planner: Planner) -> Sequence[Any]:
        if self.draft is None:
            self.draft = ThemeDraft(planner.library, self.theme_id)
            buckets: dict[str, Tables] = {OPEN: {}}
            buckets |= {str(self._key.shift(n)): {} for n in range(5)}
            self._empty = planner.snapshot()._replace(buckets=buckets, this=None, since=None)
        self._weigh(planner)
        return rows_of(self.draft.theme)

    def _alone(self) -> Snapshot:
        """Return a home in which there is nothing but the theme."""
        assert self.draft is not None
        assert self._empty is not None
        theme = self.draft.theme
        return self._empty._replace(themes={theme.id: theme}, default_theme=theme.id)

    def _weigh(self, planner: Planner) -> None:
        """Work out what the theme comes to, and what it breaks itself."""
        snapshot = self._alone()
        week = snapshot.week(self._key)
        talk = percent(planned_inside(week)["communication"], week)
        low, high = (minutes for minutes in wanted_minutes(week))
        focus = focus_minutes(week)
        self._advice = [
            (
                f"focus {hours(focus)}, wanted {hours(low)} to {hours(high)}",
                "good" if focus >= low else "warn",
            ),
            (
                f"communication {talk} %, alarm above {week.theme.limits.communication_percent} %",
                "good" if talk <= week.theme.limits.communication_percent else "warn",
            ),
        ]
        found = lint(snapshot, self._key, planner.now())
        self._advice += [(finding.message, "hint") for finding in found[:ADVICE]]
        if len(found) > ADVICE:
            self._advice.append((f"and {len(found) - ADVICE} more", "hint"))

    # drawing

    def draw(self, item: ThemeRow, cells: int, _picked: bool) -> Lines:
        if isinstance(item, DayTheme):
            lunch = f", lunch {clock(item.lunch[0])}" if item.lunch else ""
            span = f"{clock(item.opens)}–{clock(item.closes)}{lunch}"
            return [columns(cells, (f"“{item.title}”", 12, "accent"), (span, 0, "hint"))]
        if isinstance(item, Box):
            sign = "?" if item.optional else ""
            return [
                columns(cells, (f"{clock(item.start)}–{clock(item.end)}", 11), (f"{item.summary}{sign}", 0))
            ]
        return [columns(cells, (item.title, 0), (item.value, 9))]

    def set_sizes(self, size: Size) -> None:
        beside = size.width >= BESIDE_FROM
        self.card_cells = size.width - LIST - 8 if beside else 0
        self.wide = LIST if beside else min(80, size.width)
        self.card_rows = 0 if beside else min(6, max(2, size.height // 4))
        super().set_sizes(size)

    def size_list(self, cells: int, room: int) -> int:
        if self.card_cells:
            self._rows = max(1, room)
            self.list.styles.width, self.list.styles.height = cells, self._rows
            self.list.paint(Size(cells, self._rows), anew=True)
            return self._rows
        return super().size_list(cells, room)

    def rows_of_card(self, cells: int, height: int) -> list[Row]:
        """Return the week that results, and what is to be said of it."""
        if self.draft is None or self._empty is None:
            return super().rows_of_card(cells, height)
        text, ink = self.said
        told = [(text, ink)] if text else self._advice
        said: list[Row] = [
            exactly([("  ", "ink/bar"), (line, f"{ink}/bar")], cells, "ink/bar")
            for text, ink in told
            for line in wrap(inert(text), max(10, cells - 3), 3)
        ]
        if self.card_cells and height > len(said) + 8:
            said = [*self._drawn_week(cells, height - len(said) - 1), *said]
        return said

    def _drawn_week(self, cells: int, rows: int) -> list[Row]:
        """Return the week that results, drawn once for a theme and a size."""
        assert self.draft is not None
        theme = self.draft.theme
        if self._drawn is None or self._drawn[0] is not theme or self._drawn[1] != (cells, rows):
            drawn = drawn_week(self._alone().week(self._key), None, cells - 2, rows, theme.title)
            found = [exactly([("  ", "ink/bar"), *row], cells, "ink/bar") for row in drawn]
            self._drawn = theme, (cells, rows), found
        return self._drawn[2]

    # changing

    async def _change(self, change: Callable[[ThemeDraft], object], said: str = "") -> bool:
        """Apply a change to the draft, and show what comes of it; False where it would be wrong."""
        draft = self.draft
        if draft is None:
            return False
        try:
            await self.desk.ask(lambda _planner: change(draft))
        except UserError as error:
            self.say(error_text(error), "warn")
            return False
        self._warned = False
        await self.show_result(said)
        return True

    async def action_take(self) -> None:
        """Open what is under the cursor in a form."""
        item = self.list.item
        if item is None or self.draft is None or not self.is_active:
            return

        async def back(saved: bool | None) -> None:
            if saved:
                self._warned = False
                await self.reload()

        await self.app.push_screen(RowForm(self.desk, self.looks, self.draft, item), back)

    async def action_add(self) -> None:
        """Add a box to the day under the cursor."""
        item = self.list.item
        if item is None or self.draft is None:
            return
        weekday = item.weekday if isinstance(item, DayTheme | Box) else self.draft.theme.days[0].weekday

        async def back(saved: bool | None) -> None:
            if saved:
                await self.reload()

        await self.app.push_screen(
            RowForm(self.desk, self.looks, self.draft, _free_box(self.draft, weekday), new=True), back
        )

    async def action_remove(self) -> None:
        item = self.list.item
        if isinstance(item, Box):
            await self._change(
                lambda draft: draft.remove_box(item.id), f"{item.summary} is gone; u brings it back"
            )
        elif isinstance(item, LimitRow) and item.part:
            await self._change(lambda draft: draft.set_limit(item.part, item.name, None))

    async def action_later(self) -> None:
        await self._move(1)

    async def action_earlier(self) -> None:
        await self._move(-1)

    async def _move(self, way: int) -> None:
        item = self.list.item
        if isinstance(item, Box):
            await self._change(lambda draft: draft.move_box(item.id, way * STEP))
        elif isinstance(item, LimitRow) and item.number:
            value = max(0, int(item.value) + way)
            await self._change(lambda draft: draft.set_limit(item.part, item.name, value))

    async def action_undo(self) -> None:
        await self._change(lambda draft: draft.undo())

    async def action_save(self) -> None:
        """Write the file; a copy of a shipped theme is used from this week on."""
        draft = self.draft
        if draft is None or not draft.changed:
            self.say("nothing has changed")
            return
        copied = not draft.own

        def save(planner: Planner) -> str:
            saved = draft.save(planner.library, planner.folders.config)
            if copied:
                edit = UseTheme(saved, IsoWeek.of(planner.today()))
                planner.apply(edit, words_of(edit))
            return saved

        try:
            self._saved = self.theme_id = await self.desk.ask(save)
        except UserError as error:
            self.say(error_text(error), "warn")
            return
        used = ", used from this week on" if copied else ""
        await self.show_result(f"saved as {self._saved}{used}")

    async def action_leave(self) -> None:
        """Go back; what was changed and not saved is asked for once."""
        if self.draft is not None and self.draft.changed and not self._warned:
            self._warned = True
            self.say("not saved: s saves it, esc again leaves it as it was", "warn")
            return
        self.dismiss(self._saved)


def _free_box(draft: ThemeDraft, weekday: int) -> Box:
    """Return a box in the last half hour of a day that no box has."""
    theme = draft.theme
    day = next(day for day in theme.days if day.weekday == weekday)
    taken = [(box.start, box.end) for box in theme.boxes if box.weekday == weekday]
    taken += [day.lunch] if day.lunch else []
    start = next(
        (
            minute
            for minute in range(day.closes - 30, day.opens - 1, -STEP)
            if all(end <= minute or minute + 30 <= begin for begin, end in taken)
        ),
        day.closes - 30,
    )
    return Box("", weekday, start, start + 30, "", "meeting", None, False, True)


class RowForm(Form[bool]):
    """Change one day, box or limit; closes with True once the draft has taken it."""

    mode = "form"
    verdict_height = 3

    def __init__(
        self, desk: Desk, looks: Looks, draft: ThemeDraft, item: ThemeRow, *, new: bool = False
    ) -> None:
        super().__init__(desk, looks)
        self.draft = draft
        self.item = item
        self.new = new
        self._wrong = ""
        if isinstance(item, DayTheme):
            self.heading = DAYS[item.weekday - 1]
        elif isinstance(item, Box):
            self.heading = item.summary or "A new box"
        else:
            self.heading = item.title

    def fields(self) -> Sequence[FormField[Any]]:
        item = self.item
        if isinstance(item, DayTheme):
            lunch = f"{clock(item.lunch[0])}-{clock(item.lunch[1])}" if item.lunch else "none"
            return (
                TextField("title", "title", item.title, example="Deep"),
                ChoiceField("tone", "tint", [(tone, tone.replace("_", "-")) for tone in TONES], item.tone),
                TextField("allows", "allows", ", ".join(item.allows), example="deep_work, pairing"),
                TextField(
                    "hours", "hours", f"{clock(item.opens)}-{clock(item.closes)}", example="09:00-17:00"
                ),
                TextField("lunch", "lunch", lunch, example="12:00-13:00, or none"),
            )
        if isinstance(item, Box):
            days = [(WEEKDAYS[day.weekday - 1], DAYS[day.weekday - 1]) for day in self.draft.theme.days]
            types = [("", "none"), *((known.id, known.title) for known in self.draft.types.values())]
            flags = [("no", "no"), ("yes", "yes")]
            return (
                TextField("summary", "what", item.summary, example="Architecture review"),
                ChoiceField("day", "day", days, WEEKDAYS[item.weekday - 1]),
                TextField("start", "start", clock(item.start), example="13:00"),
                TextField("end", "end", clock(item.end), example="14:00"),
                ChoiceField(
                    "kind",
                    "kind",
                    [(kind, kind.replace("_", " ")) for kind in KINDS if kind != "leave"],
                    item.kind,
                ),
                ChoiceField("type", "type", types, item.type or ""),
                ChoiceField("optional", "optional", flags, "yes" if item.optional else "no"),
                ChoiceField("fixed", "fixed", flags, "yes" if item.fixed else "no"),
            )
        return (TextField("value", item.title[:12], item.value, example=item.value),)

    def said(self, cells: int, rows: int) -> Sequence[Row]:
        return [
            exactly([("  ", "ink/bar"), (line, "warn/bar")], cells, "ink/bar")
            for line in wrap(inert(self._wrong), max(10, cells - 3), rows)
            if self._wrong
        ]

    def _values(self) -> dict[str, str]:
        return {
            field.field: field.text if isinstance(field, TextField) else field.value
            for field in self.all_fields
        }

    async def action_save(self) -> None:
        values = self._values()
        try:
            await self.desk.ask(lambda _planner: self._keep(values))
        except UserError as error:
            self._wrong = error_text(error)
            self.paint()
            return
        self.dismiss(True)

    def _keep(self, values: Mapping[str, str]) -> None:
        """Put what was filled in into the draft. UserError."""
        item, draft = self.item, self.draft
        if isinstance(item, DayTheme):
            draft.set_day(item.weekday, self._of_day(item, values))
        elif isinstance(item, Box):
            found = _of_box(values)
            if self.new:
                draft.add_box({name: value for name, value in found.items() if value is not None})
            else:
                draft.set_box(item.id, found)
        else:
            draft.set_limit(item.part, item.name, limit_value(item, values["value"].strip()))

    def _of_day(self, day: DayTheme, values: Mapping[str, str]) -> Values:
        """Return the keys of a day that were changed; a day keeps to the hours of the week otherwise."""
        out: dict[str, object] = {"title": values["title"].strip(), "tone": values["tone"]}
        out["allows"] = [part for part in values["allows"].replace(",", " ").split() if part]
        if values["hours"].strip() != f"{clock(day.opens)}-{clock(day.closes)}":
            out["hours"] = values["hours"].strip()
        lunch = values["lunch"].strip().lower()
        usual = f"{clock(day.lunch[0])}-{clock(day.lunch[1])}" if day.lunch else "none"
        if lunch != usual:
            out["lunch"] = False if lunch in ("", "none", "no") else lunch
        return out


def _of_box(values: Mapping[str, str]) -> dict[str, object]:
    """Return the keys of a box; what goes without saying is left out."""
    kind, flag = values["kind"], {"yes": True, "no": False}
    fixed = flag[values["fixed"]]
    return {
        "summary": values["summary"].strip(),
        "day": values["day"],
        "start": values["start"].strip(),
        "end": values["end"].strip(),
        "kind": kind,
        "type": values["type"] or None,
        "optional": True if flag[values["optional"]] else None,
        "fixed": None if fixed == (kind in ("meeting", "window")) else fixed,
    }
