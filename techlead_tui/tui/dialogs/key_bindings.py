"""Give actions keys of the user's own: another key for any, and no two actions on one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Key

from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import Run, cut, fit
from techlead_tui.tui import actions
from techlead_tui.tui.actions import Action
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.dialogs.list_dialog import ListDialog
from techlead_tui.tui.dialogs.row_list import Lines
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks

KEYS = 14  # cells of the keys


class OwnKeysDialog(ListDialog[None]):
    """List every action with its keys; while `waiting` the next key pressed is the one under the cursor's."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("own_keys")
    heading = "Keys"
    wide = 76
    card_rows = 2
    notch = 3

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__(desk, looks)
        self.waiting = False

    def aside(self) -> str:
        return "• changed by you"

    def opening(self) -> Sequence[Action]:
        return actions.ACTIONS

    @property
    def front(self) -> Action:
        action = self.list.item
        assert isinstance(action, Action)
        return action

    def draw(self, item: Action, cells: int, picked: bool) -> Lines:
        own = self.desk.planner.settings.keys
        keys = " ".join(actions.shown(key) for key in item.bound(own))
        mark = "• " if item.id in own else "  "
        shown = "…" if picked and self.waiting else keys
        return [
            [
                (mark, "accent"),
                (fit(shown, KEYS), "key"),
                (cut(item.text.rstrip("."), cells - KEYS - 2), "ink"),
            ]
        ]

    def words(self, item: Action) -> str:
        return f"{item.text} {item.label} {item.id}"

    def card(self, item: Action) -> Sequence[Run]:
        if self.waiting:
            return [(f"press the new key for “{item.text.rstrip('.')}”; esc cancels", "accent")]
        return [(f"{item.group} · {item.text.rstrip('.')} · {item.id}", "hint")]

    def paint(self) -> None:
        self.mode = "own_keys-waiting" if self.waiting else "own_keys"
        super().paint()
        self.list.paint()

    async def on_key(self, event: Key) -> None:
        """Take any key at all while one is waited for."""
        if self.waiting:
            event.stop()
            event.prevent_default()
            await self._pressed(event.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no key do what it does elsewhere while one is waited for."""
        return action == "leave" if self.waiting else super().check_action(action, parameters)

    async def action_take(self) -> None:
        self.action_change()

    def action_change(self) -> None:
        """Wait for the key that is to do it."""
        if self.list.item is not None:
            self.waiting = True
            self.set_focus(None)  # of the filter: the key would be typed into it
            self.say("")

    async def _pressed(self, key: str) -> None:
        self.waiting = False
        wrong = actions.clash(self.desk.planner.settings.keys, self.front.id, key) if key != "escape" else ""
        if wrong is not None:
            self.say(wrong, "warn")
        else:
            await self._keep({**self.desk.planner.settings.keys, self.front.id: key})

    async def action_reset(self) -> None:
        """Bring back the keys that the action comes with, where no other has taken them."""
        own = dict(self.desk.planner.settings.keys)
        if own.pop(self.front.id, None) is None:
            return
        clashes = (actions.clash(own, self.front.id, key) for key in self.front.keys.split(","))
        wrong = next((clash for clash in clashes if clash is not None), None)
        if wrong is not None:
            self.say(wrong, "warn")
        else:
            await self._keep(own)

    async def _keep(self, own: dict[str, str]) -> None:
        def change(planner: Planner) -> None:
            from techlead_tui.config.settings_file import change_settings

            planner.settings = change_settings(planner.folders.config, keys=own)

        try:
            await self.desk.ask(change)
        except UserError as error:
            self.say(error_text(error), "warn")
        else:
            self.app.set_keymap(own)
            self.say(f"kept: {' '.join(actions.shown(key) for key in self.front.bound(own))}", "good")

    async def action_leave(self) -> None:
        """Go back to the settings; from waiting for a key, by mouse, to the list."""
        if self.waiting:
            self.waiting = False
            self.say("")
        else:
            await super().action_leave()
