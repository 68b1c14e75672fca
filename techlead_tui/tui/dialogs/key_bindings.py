"""Keys of one's own: every action with its keys, another one for any, no two things on one key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Click, Key, MouseScrollDown, MouseScrollUp, Resize
from textual.screen import ModalScreen

from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import Row, cut, exactly, fit
from techlead_tui.tui import actions
from techlead_tui.tui.actions import Action
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks, is_native
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView

KEYS = 16  # cells of the mark and the keys
ROWS = 22  # at most
NOTCH = 3


class KeyList(RowsView, can_focus=True):
    """Hands every key to its dialog while that waits for one."""

    def on_key(self, event: Key) -> None:
        dialog = self.screen
        if isinstance(dialog, OwnKeysDialog) and dialog.waiting:
            event.stop()
            event.prevent_default()
            dialog.call_later(dialog.pressed, event.key)

    def on_click(self, event: Click) -> None:
        dialog = self.screen
        assert isinstance(dialog, OwnKeysDialog)
        dialog.clicked(event.y)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self._scrolled(NOTCH)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self._scrolled(-NOTCH)

    def _scrolled(self, step: int) -> None:
        dialog = self.screen
        assert isinstance(dialog, OwnKeysDialog)
        dialog.step(step)


class OwnKeysDialog(ModalScreen[None]):
    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(a.keys, a.method, a.text, show=False, id=a.id) for a in actions.of_screen("own_keys")
    ]

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.at = 0
        self.waiting = False
        self._first = 0
        self._said = ("", "hint")
        self._actions = actions.ACTIONS

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes="-framed" if is_native(self.looks.palette) else ""):
            yield KeyList(self.looks, id="list")
            yield KeyBar(self.looks, id="keys")

    def on_mount(self) -> None:
        self.query_one(KeyList).focus()

    def on_resize(self, event: Resize) -> None:
        self.query_one("#list").styles.height = max(4, min(ROWS, event.size.height - 4))
        self.call_after_refresh(self._paint)

    @property
    def front(self) -> Action:
        return self._actions[self.at]

    def _paint(self) -> None:
        view = self.query_one("#list", RowsView)
        cells, height = view.size.width, view.size.height
        if not cells:
            return
        room = max(1, height - 3)
        self._first = max(self.at - room + 1, min(self._first, self.at))
        title = exactly([(" Keys", "accent/bar"), ("   of your own", "hint/bar")], cells, "ink/bar")
        rows = [title]
        for number in range(self._first, min(self._first + room, len(self._actions))):
            rows.append(self._row(self._actions[number], number == self.at, cells))
        blank = exactly((), cells, "ink/bar")
        rows += [blank] * (height - 2 - len(rows))
        text, ink = self._said
        text = text or f"{self.front.group} · {self.front.text.rstrip('.')} · {self.front.id}"
        if self.waiting:
            text, ink = f"press the new key for “{self.front.text.rstrip('.')}”; esc leaves it", "accent"
        rows += [blank, exactly([(f" {cut(text, cells - 2)}", f"{ink}/bar")], cells, "ink/bar")]
        view.show_rows(rows[:height])
        mode = "own_keys-waiting" if self.waiting else "own_keys"
        self.query_one(KeyBar).show(mode, self.desk.planner.settings.keys, cells)

    def _row(self, action: Action, front: bool, cells: int) -> Row:
        own = self.desk.planner.settings.keys
        ground = "input" if front else "bar"
        keys = " ".join(actions.shown(key) for key in action.bound(own))
        if front and self.waiting:
            keys = "…"
        mark = "▸" if front else "•" if action.id in own else " "
        text = cut(action.text.rstrip("."), cells - KEYS - 1)
        runs = [
            (f" {mark} ", f"accent/{ground}"),
            (fit(keys, KEYS - 3), f"key/{ground}"),
            (text, f"{'strong' if front else 'ink'}/{ground}"),
        ]
        return exactly(runs, cells, f"ink/{ground}")

    def step(self, step: int) -> None:
        if not self.waiting:
            self.at = max(0, min(len(self._actions) - 1, self.at + step))
            self._said = ("", "hint")
            self._paint()

    def clicked(self, y: int) -> None:
        number = self._first + y - 1
        if self.waiting or not (y >= 1 and number < len(self._actions)):
            return
        if number == self.at:
            self.action_change()
        else:
            self.step(number - self.at)

    def action_up(self) -> None:
        self.step(-1)

    def action_down(self) -> None:
        self.step(1)

    def action_page_up(self) -> None:
        self.step(-10)

    def action_page_down(self) -> None:
        self.step(10)

    def action_change(self) -> None:
        """Waits for the key that is to do it."""
        self.waiting = True
        self._said = ("", "hint")
        self._paint()

    async def pressed(self, key: str) -> None:
        """The key that was waited for."""
        self.waiting = False
        if key == "escape":
            self._paint()
            return
        own = self.desk.planner.settings.keys
        wrong = actions.clash(own, self.front.id, key)
        if wrong is not None:
            self._said = (wrong, "warn")
            self._paint()
            return
        await self._keep({**own, self.front.id: key})

    async def action_reset(self) -> None:
        """The keys that it comes with."""
        own = dict(self.desk.planner.settings.keys)
        if own.pop(self.front.id, None) is None:
            return
        for key in self.front.keys.split(","):
            wrong = actions.clash(own, self.front.id, key)
            if wrong is not None:
                self._said = (wrong, "warn")
                self._paint()
                return
        await self._keep(own)

    async def _keep(self, own: dict[str, str]) -> None:
        def change(planner: Planner) -> None:
            from techlead_tui.config.settings_file import change_settings

            planner.settings = change_settings(planner.folders.config, keys=own)

        try:
            await self.desk.ask(change)
        except UserError as error:
            self._said = (error_text(error), "warn")
        else:
            self.app.set_keymap(own)
            keys = self.front.bound(own)
            self._said = (f"kept: {' '.join(actions.shown(key) for key in keys)}", "good")
        self._paint()

    def action_leave(self) -> None:
        """Back to the settings; from waiting for a key, by mouse, to the list."""
        if self.waiting:
            self.waiting = False
            self._paint()
        else:
            self.dismiss()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        await self.run_action(event.action_id.partition(".")[2])
