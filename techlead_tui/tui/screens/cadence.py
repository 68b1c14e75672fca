"""Show the coding cadence: it opens with what is stored, and fills in as repositories are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.screen import Screen

from techlead_tui.core.balance import Balance
from techlead_tui.core.cadence import Cadence, cadence, cadence_weeks
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.drift import Drift
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.items.kit import Moment
from techlead_tui.core.patterns import Patterns
from techlead_tui.errors import UserError
from techlead_tui.planner.balances import balances
from techlead_tui.planner.drift import drift_of, drift_weeks
from techlead_tui.planner.patterns import patterns_of
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.retrospect import Retrospect
from techlead_tui.render.cadence import PANES, CadenceScene, cadence_rows, pane_lines, panes_in_view
from techlead_tui.render.footer import note_line
from techlead_tui.render.text import inert
from techlead_tui.tui.decision_text import error_text, focus_text
from techlead_tui.tui.dialogs.dialog import bindings_of
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.textual_workarounds import begin
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView
from techlead_tui.tui.witness import known

PAGE = 5  # lines
METHOD = {"sessions": "M14", "balance": "M1", "drift": "M2"}  # the part that each pane is about


class CadenceScreen(Screen[None]):
    """Show hours and commits of 26 weeks, what is under way, and what leads back to code."""

    CSS_PATH = "retrospect.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("cadence")

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.scene: CadenceScene | None = None
        self._found: Retrospect | None = None  # what was read last
        self._said = ("", "hint")

    def compose(self) -> ComposeResult:
        yield RowsView(self.looks, id="cadence")
        yield RowsView(self.looks, id="note")
        yield KeyBar(self.looks, id="keys")

    def on_mount(self) -> None:
        changed: Any = getattr(self.app, "evidence_changed", None)
        if changed is not None:
            changed.subscribe(self, self._evidence_came)
        self.app.call_later(self._load)  # in the queue of the keys: they wait for it, and the paint does not

    def on_resize(self, _event: Resize) -> None:
        self._paint()
        if self._found is not None:
            self.app.call_later(self._work_out)  # what came into view

    def _evidence_came(self, _evidence: Evidence) -> None:
        """Show how far a scan is, and what it found once it is over."""
        if self.scene is None:
            return
        self.scene = self.scene._replace(progress=self._progress())
        if self.desk.witness.progress is None:
            begin(self, self._load, "cadence")
        else:
            self._paint()

    def _progress(self) -> str:
        found = self.desk.witness.progress
        return f"reading {found[0]} of {found[1]}: {inert(found[2])}" if found is not None else ""

    async def _load(self) -> None:
        """Read the heat map first, then what is worked out from whole weeks."""
        evidence = self.desk.witness.evidence
        if not evidence.known:  # nobody has looked yet: what the last scan left is there at once
            evidence = await self.desk.search(known)

        def stored(planner: Planner) -> tuple[Retrospect, Cadence]:
            weeks = {*cadence_weeks(IsoWeek.of(planner.today())), *drift_weeks(planner)}
            found = Retrospect(planner.snapshot(*sorted(weeks)), evidence, planner.now())
            return found, cadence(found.snapshot, found.now, evidence)

        try:
            self._found, first = await self.desk.search(stored)
        except UserError as error:
            self._said = (error_text(error), "warn")
            self._paint()
            return
        old = self.scene or CadenceScene(first)
        self.scene = old._replace(cadence=first, progress=self._progress())
        self._paint()
        await self._work_out()

    async def _work_out(self) -> None:
        """Work out from whole weeks what is in view: the dear parts of a pane when it is turned to."""
        found, scene = self._found, self.scene
        if found is None or scene is None:
            return
        panes = panes_in_view(scene.pane, self.size.width)

        def worked_out(planner: Planner) -> tuple[Patterns, Drift, Sequence[tuple[str, Balance]]]:
            moment, this = Moment(found.snapshot, found.now), IsoWeek.of(found.now.date())
            return (
                patterns_of(planner, found.evidence, moment),
                drift_of(found, history="drift" in panes),
                balances(found.snapshot, this, found.now) if "balance" in panes else (),
            )

        try:
            patterns, drift, periods = await self.desk.search(worked_out)
        except UserError as error:
            self._said = (error_text(error), "warn")
        else:
            self.scene = (self.scene or scene)._replace(patterns=patterns, drift=drift, balances=periods)
        self._paint()

    def _paint(self) -> None:
        cells, rows = self.size
        if not cells or not self.is_attached:
            return
        if self.scene is not None:
            drawn = cadence_rows(self.scene, cells, max(1, rows - 2))
            self.query_one("#cadence", RowsView).show_rows(drawn)
        self.query_one("#note", RowsView).show_rows([note_line(self._said[0], cells, self._said[1])])
        self.query_one(KeyBar).show("cadence", self.desk.planner.settings.keys, cells)

    async def action_apply(self) -> None:
        """Do the first of what leads back."""
        found = self.scene.drift if self.scene is not None else None
        if found is None or not found.back:
            self._said = ("nothing to be done: the weeks look well", "hint")
            self._paint()
            return
        fix = found.back[0]
        try:
            decision = await self.desk.ask(lambda planner: planner.apply(fix.edit, fix.words))
        except UserError as error:
            self._said = (error_text(error), "warn")
        else:
            gained = focus_text(decision.focus_delta_minutes)
            parts = (
                fix.title,
                "refused by the week" if decision.refused else "done",
                gained,
                "u takes it back",
            )
            self._said = (" · ".join(filter(None, parts)), "warn" if decision.refused else "accent")
        await self._load()

    async def action_undo(self) -> None:
        try:
            await self.desk.ask(lambda planner: planner.undo())
            self._said = ("the last change is taken back", "accent")
        except UserError as error:
            self._said = (error_text(error), "warn")
        await self._load()

    async def action_other(self) -> None:
        """Show the next of sessions, balance with its formula, and drift."""
        if self.scene is not None:
            pane = PANES[(PANES.index(self.scene.pane) + 1) % len(PANES)]
            self.scene = self.scene._replace(pane=pane, first=0)
            self._paint()
            await self._work_out()

    async def action_why(self) -> None:
        """Read in the playbook what is behind the pane that was turned to."""
        from techlead_tui.tui.dialogs.playbook import PlaybookDialog

        pane = PANES[0] if self.scene is None else self.scene.pane
        await self.app.push_screen(PlaybookDialog(self.desk, self.looks, METHOD[pane]))

    def action_up(self) -> None:
        self._scroll(-1)

    def action_down(self) -> None:
        self._scroll(1)

    def on_mouse_scroll_up(self) -> None:
        self._scroll(-PAGE)

    def on_mouse_scroll_down(self) -> None:
        self._scroll(PAGE)

    def _scroll(self, lines: int) -> None:
        if self.scene is not None:
            last = max(0, pane_lines(self.scene, self.size.width) - 1)
            self.scene = self.scene._replace(first=max(0, min(last, self.scene.first + lines)))
            self._paint()

    def action_leave(self) -> None:
        self.dismiss()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        if self.is_active:
            await self.run_action(event.action_id.partition(".")[2])
