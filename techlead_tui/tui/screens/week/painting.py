"""Paint the week screen from what is shown and what is under way."""

from __future__ import annotations

from time import monotonic

from textual.screen import Screen

from techlead_tui.core.decide import Decision
from techlead_tui.core.week import Block
from techlead_tui.render.footer import keys_of_refusal, note_line, refusal, refusal_spots
from techlead_tui.render.header import warning_spot
from techlead_tui.render.text import Row
from techlead_tui.render.viewport import FOOT_ROWS, frame
from techlead_tui.render.week_page import foot_row, head_row, panel_card, panel_rows
from techlead_tui.tui.screens.week.ports import WeekPorts
from techlead_tui.tui.screens.week.state import Refused, mode
from techlead_tui.tui.style import is_native
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import Choices, RowsView

TIME_TO_READ = 2.0  # seconds that a sentence about trouble stays at least


class Painting:
    """Hand rows to the widgets around the grid. `said` is a sentence and its ink, until the next key."""

    def __init__(self, week: WeekPorts, said: str) -> None:
        self._week = week
        self.said: tuple[str, str] | None = (said, "hint") if said else None
        self._shown: Block | None = None  # the block that panel and line tell about
        self._said_shown = False
        self._held = 0.0  # when keys may take the sentence away

    def find_parts(self, screen: Screen[None]) -> None:
        """Take hold of the widgets, once they are mounted."""
        self._header = screen.query_one("#header", Choices)
        self._panel = screen.query_one("#panel", RowsView)
        self._foot = screen.query_one("#foot", Choices)
        self._refusal = screen.query_one("#refusal", Choices)
        self._key_bar = screen.query_one(KeyBar)

    def week(self) -> None:
        """Paint everything; what is the same is not written again."""
        part, scene = frame(*self._week.navigation.size), self._week.scene
        head = head_row(scene, self._week.view, part.width)
        self._header.offer([head], {0: warning_spot(head)})
        self._week.grid.show(scene, self._week.view, part)
        self.around()
        self.keys()

    def around(self) -> None:
        """Paint panel and bottom line, which follow the cursor."""
        self._shown = self._week.here
        part = frame(*self._week.navigation.size)
        if part.panel_width:
            cells, rows = part.panel_width, part.height - 3
            card = panel_card(self._week.scene, self._week.view, cells, rows)
            commits = self._week.desk.witness.line(self._week.scene.now.date())
            self._panel.show_rows([*panel_rows(self._week.scene, cells, rows, commits), *card])
        self.line()

    def follow(self) -> bool:
        """Paint what a step of the cursor changes; tell whether it came to another block."""
        if self._week.here != self._shown:
            self.around()
            return True
        if self.said is not None or self._said_shown:
            self.line()
        return False

    def say(self, said: tuple[str, str], held: bool = False) -> None:
        """Paint a sentence in the bottom line; one that is held outlives the keys of the next moment."""
        self.said = said
        self._held = monotonic() + TIME_TO_READ if held else 0.0
        self.line()

    @property
    def unread(self) -> str:
        """Return the sentence that is held, or ""."""
        return self.said[0] if self.said is not None and monotonic() < self._held else ""

    def next_said(self, said: tuple[str, str] | None) -> None:
        """Take what a key says in place of the sentence before; it is painted with what the key changes."""
        if said is not None or monotonic() >= self._held:
            self.said = said

    def hush(self) -> None:
        """Take the sentence away."""
        self.said = None
        self.line()

    def line(self) -> None:
        """Paint the bottom line: the sentence to the user, else what is under the cursor."""
        self._said_shown = self.said is not None
        width = self._week.navigation.size[0]
        if self.said is not None:
            self._foot.offer([note_line(self.said[0], width, self.said[1])], {})
        else:
            row, spots = foot_row(self._week.scene, self._week.view, width)
            self._foot.offer([row], {0: spots})

    def keys(self) -> None:
        """Paint the keys of what is under way, and what the week refused over the bottom of the grid."""
        now, width = self._week.interaction, self._week.navigation.size[0]
        self._key_bar.show(mode(now), self._week.desk.planner.settings.keys, width)
        self._refusal.display = isinstance(now, Refused)
        self.refusal()

    def refusal(self, *, urgent: bool = False) -> None:
        """Paint what the week refused; `urgent` after a key that does nothing before it is answered."""
        now, (width, height) = self._week.interaction, self._week.navigation.size
        if not isinstance(now, Refused):
            return
        found, can_keep, held = now.decision.violations, now.decision.edit.refusable, now.carried is not None
        most = _most(height)
        rows = _refusal_rows(now.decision, width, height, carried=held, urgent=urgent)
        if is_native(self._week.looks.palette):  # no ground of its own sets it off
            rows = [(("─" * width, "rule"),), *rows]
        self._refusal.styles.height = len(rows)
        self._refusal.offer(
            rows, refusal_spots(found, len(rows), width, most, overridable=can_keep, carried=held)
        )


def rows_above_refusal(decision: Decision, width: int, height: int) -> int:
    """Return how many rows of the grid stay in sight above what is said of a refusal."""
    covered = len(_refusal_rows(decision, width, height)) - FOOT_ROWS + 1  # a rule may stand over it
    return max(1, frame(width, height).grid_height - covered)


def _refusal_rows(
    decision: Decision, width: int, height: int, *, carried: bool = False, urgent: bool = False
) -> list[Row]:
    last = keys_of_refusal(width, decision.edit.refusable, carried=carried, urgent=urgent)
    return refusal(decision.violations, width, _most(height), last=last)


def _most(height: int) -> int:
    return max(3, height // 2)
