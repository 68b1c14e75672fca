"""Change the settings: each holds as soon as it is changed, and the week behind shows it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.timer import Timer

from techlead_tui.config.settings import DAYS, ZOOMS, Settings
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import UseTheme
from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.words.emails import read_emails, words_of_list
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.palette import AUTO, PALETTES, chosen, depth
from techlead_tui.render.text import Row, exactly, inert, wrap
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.dialogs.form import Form
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks, is_native
from techlead_tui.tui.widgets.choice_fields import ChoiceField, LinkField
from techlead_tui.tui.widgets.fields import FormField, LineField, TextField
from techlead_tui.tui.widgets.form_rows import FormRows

REST = 0.4  # seconds that a week theme is shown until it is used


class EmailsField(LineField[tuple[str, ...]]):
    """Hold e-mail addresses, with commas or blanks between them."""

    def parse(self, text: str) -> tuple[str, ...]:
        return read_emails(words_of_list(text))


class FoldersField(LineField[tuple[str, ...]]):
    """Hold folders, with commas between them."""

    def parse(self, text: str) -> tuple[str, ...]:
        folders = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        for folder in folders:
            if not os.path.isdir(os.path.expanduser(folder)):
                raise UserError(
                    f"“{folder}” is not a folder", "one such as ~/src, with commas between several"
                )
        return folders


class SettingsDialog(Form[None], inherit_bindings=False):
    """Keep what is written when its line is left, and what is chosen at once."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("settings")
    heading = "Settings"
    click_leaves = True
    verdict_height = 2

    def __init__(self, desk: Desk, looks: Looks, theme_id: str) -> None:
        """Take the id of this week's theme."""
        super().__init__(desk, looks)
        self._theme_id = theme_id
        self._themes: Sequence[WeekTheme] = ()
        self._said = ("", "hint")
        self._resting: Timer | None = None
        self._refused: str | None = None  # what could not be kept when one wanted to leave

    def aside(self) -> str:
        return "saved as you change them"

    @property
    def _settings(self) -> Settings:
        return self.desk.planner.settings

    def fields(self) -> Sequence[FormField[Any]]:
        settings = self._settings
        colors = [(AUTO, "like the terminal"), *((one.id, one.title) for one in PALETTES.values())]
        days = [(str(count), f"{count} days") for count in DAYS]
        zooms = [(str(zoom), f"{zoom} minutes a row" if zoom else "to fit the day") for zoom in ZOOMS]
        self.theme = ChoiceField(
            "week_theme", "week theme", [(self._theme_id, self._theme_id)], self._theme_id
        )
        self.link = LinkField("keys", "keys", self._own_keys())
        self.editor = LinkField("edit_theme", "days, boxes", "change this week theme")
        return (
            TextField("name", "name", settings.name, example="Ada Lovelace"),
            EmailsField("emails", "e-mails", ", ".join(settings.emails), example="ada@example.org"),
            self.theme,
            ChoiceField("color_theme", "colors", colors, settings.color_theme),
            ChoiceField("days", "days", days, str(settings.days)),
            ChoiceField("zoom", "zoom", zooms, str(settings.zoom)),
            self.link,
            FoldersField(
                "repository_roots", "code in", ", ".join(settings.repository_roots), example="~/src"
            ),
            self.editor,
        )

    def _own_keys(self) -> str:
        count = len(self._settings.keys)
        return f"{count} of your own" if count else "the default keys"

    async def open(self) -> None:
        try:
            self._themes = await self.desk.search(lambda planner: planner.library.usable_themes())
        except UserError as error:
            self._say(error_text(error), "warn")
        else:
            self.theme.offer([(theme.id, theme.title) for theme in self._themes])
            self.paint()

    # what is said

    def _about(self, name: str) -> str:
        """Return the sentence about a line."""
        if name == "week_theme":
            return next((one.description for one in self._themes if one.id == self._theme_id), "")
        return {
            "edit_theme": "its days, boxes and limits, with the week that results",
            "name": "your name in replies and posts",
            "emails": "as in your commits and invitations",
            "color_theme": _color_note(self._settings),
            "days": "five, or as many as you work; seven shows the weekend too",
            "zoom": "z zooms the week for now",
            "repository_roots": "folders with repositories: your commits in them are shown beside sessions",
            "keys": "Enter lists them; each can be changed",
        }[name]

    def paint(self) -> None:
        front = self.front
        kind = (
            "turn" if isinstance(front, ChoiceField) else "open" if isinstance(front, LinkField) else "text"
        )
        self.mode = f"settings-{kind}"
        super().paint()

    def said(self, cells: int, rows: int) -> Sequence[Row]:
        text, ink = self._said
        if not text and self.front is not None:
            text, ink = self._about(self.front.field), "hint"
        parts = wrap(inert(text), cells - 2, rows)
        return [exactly([("  ", "ink/bar"), (part, f"{ink}/bar")], cells, "ink/bar") for part in parts]

    def _say(self, text: str, ink: str = "good") -> None:
        self._said = (text, ink)
        self.paint()

    # moving about

    async def action_up(self) -> None:
        self.action_previous()

    async def action_down(self) -> None:
        self.action_next()

    async def on_form_rows_field_left(self, event: FormRows.FieldLeft) -> None:
        """Keep what was written in the line that is left, or go back to it."""
        event.stop()
        field = event.field
        if field is not self.lines.front:
            self._said = ("", "hint")
            if isinstance(field, LineField) and self.is_active and not await self._settle(field):
                field.take_focus()
        self.paint()

    async def action_save(self) -> None:
        """Take a line that is written by Enter in it."""
        await self.action_change()

    async def action_change(self) -> None:
        """Keep what is written, turn what has a few values, open the keys."""
        front = self.front
        if isinstance(front, ChoiceField):
            front.turn(1)
        elif isinstance(front, LinkField):
            await self.on_link_field_opened()
        else:
            self.action_next()

    async def on_link_field_opened(self) -> None:
        """Open what the line in front leads to."""
        if self.front is self.editor:
            from techlead_tui.tui.dialogs.theme_editor import ThemeEditor

            if self._resting is not None:
                await self._use_theme()  # the one that is shown
            await self.app.push_screen(
                ThemeEditor(self.desk, self.looks, self._theme_id), self._theme_changed
            )
            return
        from techlead_tui.tui.dialogs.key_bindings import OwnKeysDialog

        await self.app.push_screen(OwnKeysDialog(self.desk, self.looks), self._keys_kept)

    async def _theme_changed(self, saved: str | None) -> None:
        if saved is not None:
            self._theme_id = saved
            self._themes = await self.desk.search(lambda planner: planner.library.usable_themes())
            self.theme.offer([(theme.id, theme.title) for theme in self._themes])
            self.theme.put(saved)
            await self.app.week_screen.settings_changed()  # type: ignore[attr-defined]
        self.paint()

    def _keys_kept(self, _result: None) -> None:
        self.link.put(self._own_keys())
        self.paint()

    async def action_leave(self) -> None:
        if self._resting is not None:
            await self._use_theme()
        front = self.front
        if not isinstance(front, LineField) or await self._settle(front) or self._refused == front.value:
            self.dismiss()
        else:
            self._refused = front.value
            self._say(f"{self._said[0]}; leave again, and it stays as it was", "warn")

    # keeping

    async def on_form_field_changed(self, event: FormField.Changed) -> None:
        event.stop()
        self._said = ("", "hint")
        name, value = event.field.field, event.field.value
        if name == "week_theme":
            self._theme_id = value
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.set_timer(REST, self._use_theme)
        elif isinstance(event.field, ChoiceField):
            await self._turned(name, int(value) if name in ("days", "zoom") else value)
        self.paint()

    async def _turned(self, name: str, value: object) -> None:
        if not await self._keep(**{name: value}):
            return
        if name == "color_theme":
            self.app.use_palette(chosen(os.environ, str(value)))  # type: ignore[attr-defined]
            self.box.set_class(is_native(self.looks.palette), "-framed")
        else:
            await self.app.week_screen.settings_changed()  # type: ignore[attr-defined]

    async def _settle(self, field: LineField[Any]) -> bool:
        """Keep a written line; return False, and say why, when that cannot be."""
        try:
            value = field.read()
        except UserError as error:
            self._say(error.message, "warn")
            return False
        if isinstance(value, str):
            value = " ".join(value.split())
        if value == getattr(self._settings, field.field):
            return True
        kept = await self._keep(**{field.field: value})
        if kept and field.field in ("repository_roots", "emails"):
            self.app.look_for_evidence()  # type: ignore[attr-defined]
        return kept

    async def _keep(self, **changes: object) -> bool:
        """Return whether the settings could be written."""

        def change(planner: Planner) -> None:
            from techlead_tui.config.settings_file import change_settings

            planner.settings = change_settings(planner.folders.config, **changes)

        try:
            await self.desk.ask(change)
        except UserError as error:
            self._say(error_text(error), "warn")
            return False
        return True

    async def _use_theme(self) -> None:
        """Use the week theme that is shown from this week on; undo takes it back."""
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


def _color_note(settings: Settings) -> str:
    bits = depth(os.environ)
    if not bits:
        return "NO_COLOR is set, so no colors are shown"
    if bits == 4:
        return "this terminal shows 16 colors, so its own are used"
    if settings.color_theme in PALETTES:
        return "already applied; see behind"
    return f"follows your terminal (now: {chosen(os.environ).title.lower()})"
