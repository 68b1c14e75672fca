"""The settings: each kept as soon as it is changed, colours and week shown behind as they change."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Click, Resize
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input

from techlead_tui.config.settings import DAYS, ZOOMS, Settings
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import UseTheme
from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.words.emails import read_emails, words_of_list
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import UserError, WordsError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.form_rows import VALUE, FormRow, form_rows
from techlead_tui.render.palette import AUTO, PALETTES, chosen, depth
from techlead_tui.render.text import Row, cut, exactly, inert
from techlead_tui.tui import actions
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks, is_native
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView

WRITTEN = ("name", "emails")
TEXT, TURN, OPEN = "settings-text", "settings-turn", "settings-open"  # modes of the key bar


class SettingLine(NamedTuple):
    name: str  # a field of Settings
    entry: FormRow
    mode: str
    value: object = None
    values: tuple[tuple[object, str], ...] = ()  # and how each reads


def lines_of(
    settings: Settings, theme_id: str, themes: Sequence[WeekTheme], environ: Mapping[str, str]
) -> list[SettingLine]:
    """Every line, in order."""
    emails = ", ".join(settings.emails)
    who = FormRow(
        "Name", settings.name, False, "as you are called", "how you are called in replies and posts"
    )
    mail = FormRow("E-mails", emails, False, "ada@example.org", "as in your commits and invitations")
    week = tuple((theme.id, theme.title) for theme in themes) or ((theme_id, theme_id),)
    about = next((theme.description for theme in themes if theme.id == theme_id), "")
    colours = (
        (AUTO, "As the terminal says"),
        *((palette.id, palette.title) for palette in PALETTES.values()),
    )
    days = tuple((count, f"{count} days") for count in DAYS)
    zooms = tuple((zoom, f"{zoom} minutes a row" if zoom else "As fits the day") for zoom in ZOOMS)
    count = len(settings.keys)
    own = f"{count} of your own" if count else "as they come"
    return [
        SettingLine("name", who, TEXT),
        SettingLine("emails", mail, TEXT),
        _turning("week_theme", "Week theme", theme_id, week, about),
        _turning("color_theme", "Colours", settings.color_theme, colours, _colour_note(settings, environ)),
        _turning(
            "days", "Days", settings.days, days, "five, or as many as work; seven shows the weekend too"
        ),
        _turning("zoom", "Zoom", settings.zoom, zooms, "z on the week zooms for the moment"),
        SettingLine(
            "keys", FormRow("Keys", own, False, "", "Enter shows them; each can be another one"), OPEN
        ),
    ]


def _turning(
    name: str, label: str, value: object, values: tuple[tuple[object, str], ...], note: str
) -> SettingLine:
    shown = next((text for one, text in values if one == value), str(value))
    return SettingLine(name, FormRow(label, shown, True, "", note), TURN, value, values)


def _colour_note(settings: Settings, environ: Mapping[str, str]) -> str:
    bits = depth(environ)
    if not bits:
        return "NO_COLOR is set, so there is none here"
    if bits == 4:
        return "this terminal shows 16 colours, so its own are used here"
    if settings.color_theme in PALETTES:
        return "behind this, the week already wears it"
    return f"here that is {chosen(environ).title.lower()}; COLORFGBG says whether the ground is light"


def written(name: str, text: str) -> object:
    """The value of a written line; WordsError."""
    if name == "name":
        return " ".join(text.split())
    return read_emails(words_of_list(text))


HEAD = 2  # rows above the first line
REST = 0.4  # seconds that a week theme rests in front until it is used


class SettingsRows(RowsView):
    """A click goes to a line, a second one turns it."""

    def on_click(self, event: Click) -> None:
        screen = self.screen
        assert isinstance(screen, SettingsDialog)
        screen.clicked(event.x, event.y)


class SettingsDialog(ModalScreen[None]):
    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(a.keys, a.method, a.text, show=False, id=a.id) for a in actions.of_screen("settings")
    ]

    def __init__(self, desk: Desk, looks: Looks, theme_id: str) -> None:
        """`theme_id` is the week theme of this week."""
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.at = 0
        self._theme_id = theme_id
        self._themes: list[WeekTheme] = []
        self._said = ("", "hint")
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes="-framed" if is_native(self.looks.palette) else ""):
            yield SettingsRows(self.looks, id="lines")
            yield KeyBar(self.looks, id="keys")
            yield Input("", select_on_focus=False, compact=True, id="entry")

    async def on_mount(self) -> None:
        self._front(0)
        try:
            self._themes = await self.desk.ask(lambda planner: planner.library.usable_themes())
        except UserError as error:
            self._say(error_text(error), "warn")
        self._paint()

    def on_resize(self, _event: Resize) -> None:
        self.call_after_refresh(self._paint)

    @property
    def lines(self) -> list[SettingLine]:
        return lines_of(self.desk.planner.settings, self._theme_id, self._themes, os.environ)

    # painting

    def _paint(self) -> None:
        view = self.query_one("#lines", RowsView)
        cells = view.size.width
        if not cells:
            return
        lines = self.lines
        front = lines[self.at]
        title = exactly(
            [(" Settings", "accent/bar"), ("   kept as you change them", "hint/bar")], cells, "ink/bar"
        )
        blank = exactly((), cells, "ink/bar")
        said = self._said if self._said[0] else (front.entry.note, front.entry.ink)
        words: Row = exactly([(f"   {cut(inert(said[0]), cells - 5)}", f"{said[1]}/bar")], cells, "ink/bar")
        entries = [line.entry for line in lines]
        view.show_rows([title, blank, *form_rows(entries, self.at, cells, 1, "bar"), blank, words, blank])
        self.query_one(KeyBar).show(front.mode, self.desk.planner.settings.keys, cells)
        entry = self.query_one("#entry", Input)
        entry.styles.offset = (VALUE - 1, HEAD + self.at)
        entry.styles.width = max(4, cells - VALUE - 1)

    def _say(self, text: str, ink: str = "good") -> None:
        self._said = (text, ink)
        self._paint()

    # going about

    def _front(self, number: int) -> None:
        self.at = number
        self._said = ("", "hint")
        line = self.lines[number]
        entry = self.query_one("#entry", Input)
        entry.display = line.name in WRITTEN
        if line.name in WRITTEN:
            entry.value = line.entry.value
            entry.placeholder = line.entry.example
            entry.cursor_position = len(entry.value)
            entry.focus()
        else:
            self.set_focus(None)
        self._paint()

    async def _go(self, number: int) -> None:
        if 0 <= number < len(self.lines) and await self._settled():
            self._front(number)

    async def action_up(self) -> None:
        await self._go(self.at - 1)

    async def action_down(self) -> None:
        await self._go(self.at + 1)

    def clicked(self, x: int, y: int) -> None:
        number = y - HEAD
        if not 0 <= number < len(self.lines):
            return
        if number != self.at:
            self.call_later(self._go, number)
        elif self.lines[number].mode == "settings-turn":
            self.call_later(self._turn, -1 if x < VALUE else 1)
        else:
            self.call_later(self.action_change)

    async def action_change(self) -> None:
        """Enter: keeps what is written, turns what has a few values, opens the keys."""
        line = self.lines[self.at]
        if line.name == "keys":
            from techlead_tui.tui.dialogs.key_bindings import OwnKeysDialog

            await self.app.push_screen(OwnKeysDialog(self.desk, self.looks), self._keys_kept)
        elif line.name in WRITTEN:
            if await self._settled() and self.at + 1 < len(self.lines):
                self._front(self.at + 1)
        else:
            await self._turn(1)

    def _keys_kept(self, _result: None) -> None:
        self._paint()

    async def action_turn(self) -> None:
        await self._turn(1)

    async def action_turn_back(self) -> None:
        await self._turn(-1)

    async def action_leave(self) -> None:
        if await self._settled():
            self.dismiss()

    # keeping

    async def _turn(self, step: int) -> None:
        line = self.lines[self.at]
        if line.mode != "settings-turn":
            return
        values = [value for value, _ in line.values]
        at = values.index(line.value) if line.value in values else 0
        value = values[(at + step) % len(values)]
        if line.name == "week_theme":
            self._theme_id = str(value)
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(REST, self._use_theme)
            self._said = ("", "hint")
            self._paint()
        elif await self._keep(**{line.name: value}):
            if line.name == "color_theme":
                self.app.use_palette(chosen(os.environ, str(value)))  # type: ignore[attr-defined]
                self.query_one("#box").set_class(is_native(self.looks.palette), "-framed")
            else:
                await self.app.week_screen.settings_changed()  # type: ignore[attr-defined]

    async def _keep(self, **changes: object) -> bool:
        """Whether the settings could be written."""

        def change(planner: Planner) -> None:
            from techlead_tui.config.settings_file import change_settings

            planner.settings = change_settings(planner.folders.config, **changes)

        try:
            await self.desk.ask(change)
        except UserError as error:
            self._say(error_text(error), "warn")
            return False
        self._said = ("", "hint")
        self._paint()
        return True

    async def _settled(self) -> bool:
        """Keeps what the line in front still holds; False, and why, when that cannot be."""
        if self._resting is not None:
            await self._use_theme()
        name = self.lines[self.at].name
        if name not in WRITTEN:
            return True
        text = self.query_one("#entry", Input).value
        try:
            value = written(name, text)
        except WordsError as error:
            self._say(error.message, "warn")
            return False
        if value == getattr(self.desk.planner.settings, name):
            return True
        return await self._keep(**{name: value})

    async def _use_theme(self) -> None:
        """The week theme in front from this week on; undo takes it back."""
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        theme_id = self._theme_id

        def use(planner: Planner) -> None:
            edit = UseTheme(theme_id, IsoWeek.of(planner.today()))
            planner.apply(edit, words_of(edit))

        try:
            await self.desk.ask(use)
        except UserError as error:
            self._say(error_text(error), "warn")
            return
        await self.app.week_screen.settings_changed()  # type: ignore[attr-defined]
        self._say("used from this week on; u on the week takes it back")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._said[0]:
            self._said = ("", "hint")
            self._paint()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.action_change()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        await self.run_action(event.action_id.partition(".")[2])
