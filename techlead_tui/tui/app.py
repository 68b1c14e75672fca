"""The Textual application: holds the desk and the looks, opens on the week, ends without leaving a mess."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol, runtime_checkable

from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import Event, InputEvent, Paste
from textual.filter import LineFilter
from textual.screen import Screen
from textual.signal import Signal

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.lengths import short_length
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.palette import Palette, chosen, depth
from techlead_tui.render.text import inert
from techlead_tui.tui import actions
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.refresher import CalendarsRead, Refresher
from techlead_tui.tui.screens.week.screen import WeekScreen
from techlead_tui.tui.screens.week.state import Look
from techlead_tui.tui.screens.week.weeks import ahead
from techlead_tui.tui.style import Colourless, Looks, is_native, theme_of
from techlead_tui.tui.textual_workarounds import CrashingApp, begin, release_widgets
from techlead_tui.tui.ticker import CommandFailed, Ticker
from techlead_tui.tui.typeahead import Typeahead
from techlead_tui.tui.watcher import BEAT, CLOCK, Minute, Pulse, SettingsChanged, Watch
from techlead_tui.tui.week_data import Loaded
from techlead_tui.tui.widgets.rows_view import RowsView
from techlead_tui.tui.witness import Scanning, known, scanned

REST = 1.0  # seconds after the screen is ready until it looks further
SCAN_EVERY = 10  # minutes: a look at refs alone where nothing has happened
BEGUN = "this is your week · a plans a block · L logs coding time · ? shows every key"
WAITING = "another techlead is writing; this waits for it"


@runtime_checkable
class WaitingScreen(Protocol):
    """A screen that can say what it waits for; "" when it no longer does."""

    def show_waiting(self, text: str) -> None: ...


class TechleadApp(CrashingApp):
    TITLE = "techlead"
    CSS_PATH = "screens/week/screen.tcss"  # the first screen's; the others bring theirs when they open
    ENABLE_COMMAND_PALETTE = False  # `?` searches, and ctrl+p opens it with the search
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(a.keys, a.method, a.text, show=False, id=a.id) for a in actions.of_screen("app")),
        Binding("ctrl+q", "leave", show=False, priority=True),  # out of whatever is open
        Binding("ctrl+c", "interrupt", show=False, priority=True),  # a field of text would copy
    ]

    def __init__(
        self,
        planner: Planner,
        loaded: Loaded,
        palette: Palette,
        *,
        size: tuple[int, int],
        beat: float | None = BEAT,
        place: Callable[[], tuple[str | None, str | None]] = lambda: (None, None),
        driver: type[Driver] | None = None,
        ready: Callable[[], None] | None = None,
        first_run: bool = False,
        read_calendars: bool = False,
        run_hooks: bool = False,
    ) -> None:
        release_widgets()
        super().__init__(driver_class=driver, ansi_color=True if is_native(palette) else None)
        self.desk = Desk(planner)
        self.desk.held_up = self._held_up
        self.looks = Looks(palette, depth(os.environ))
        self.place = place  # the repository and branch that the user is in
        self._loaded = loaded
        self._opening_size = size
        self._opened = ready
        self._first_run = first_run
        self._watch = Watch(planner, self.post_message, CLOCK if beat is not None else 1)
        self._untold = ""  # of what calendars say
        self.calendars = Refresher(planner, self.post_message) if read_calendars else None
        self.ticker = Ticker(planner, self.post_message) if run_hooks else None
        self._pulse = Pulse(self._watch.beat, beat) if beat is not None else None
        self._background = beat is not None
        self.evidence_changed: Signal[Evidence] = Signal(self, "evidence_changed")
        self.typeahead = Typeahead(self, self.desk, super().on_event)
        self._colourless = Colourless()
        self.register_theme(theme_of(palette))
        self.theme = f"techlead-{palette.id}"

    def get_default_screen(self) -> Screen[None]:
        return WeekScreen(self.desk, self.looks, self._loaded, self._opening_size)

    # colours

    def use_palette(self, palette: Palette) -> None:
        """Shows everything in other colours from now on."""
        if palette is self.looks.palette:
            return
        self.looks.change(palette)
        self.ansi_color = None  # as the color theme says
        self.register_theme(theme_of(palette))
        self.theme = f"techlead-{palette.id}"
        for screen in self.screen_stack:
            for view in screen.query(RowsView):
                view.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return (self._colourless,) if self.looks.palette.plain else super().get_line_filters()

    @property
    def week_screen(self) -> WeekScreen:
        screen = self.screen_stack[0]
        assert isinstance(screen, WeekScreen)
        return screen

    async def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._paint_anew)
        keys = self.desk.planner.settings.keys
        if keys:  # each entry costs at every key, so only those that were changed
            self.set_keymap(dict(keys))
        if self._first_run:
            from techlead_tui.tui.first_run_model import Answers
            from techlead_tui.tui.screens.first_run import FirstRunScreen

            answers = Answers.of_user(self.desk.planner)
            await self.push_screen(FirstRunScreen(self.desk, self.looks, answers), self._begun)

    async def _begun(self, _kept: bool | None) -> None:
        await self.week_screen.settings_changed()
        self.week_screen.say(ahead(self.week_screen.scene) or BEGUN, "accent")
        if self.calendars is not None:
            self.calendars.now()

    def _paint_anew(self, _app: App[None]) -> None:
        """Back in the foreground, or from an editor: the screen is empty, and nothing of it has changed."""
        self.screen.refresh(layout=True)
        self.beat()

    def on_ready(self) -> None:
        if not self.beats_by_itself(self.beat) and self._pulse is not None:
            self._pulse.start()
        if self.calendars is not None:
            self.calendars.start()
        if self.ticker is not None:
            self.ticker.start()
        if self._opened is not None:
            self._opened()
        if self._background:
            self.set_timer(REST, self._look_further)

    async def on_event(self, event: Event) -> None:
        if isinstance(event, InputEvent | Paste) and not event.is_forwarded:
            await self.typeahead.take(event)
        else:
            await super().on_event(event)

    def on_unmount(self) -> None:
        if self._pulse is not None:
            self._pulse.stop()
        if self.ticker is not None:
            self.ticker.stop()
        self.desk.close()
        if self.calendars is not None:
            self.calendars.stop()  # after the last write, of which other machines are to hear

    def beat(self) -> None:
        """A look at the journal and the clock, from any thread; a fault in it ends the app, not only the
        thread that reads the keys."""
        try:
            self._watch.beat()
        except Exception as error:
            self.crash(error)

    def _look_further(self) -> None:
        self.week_screen.weeks.load_ahead()
        self.look_for_evidence()

    def look_for_evidence(self) -> None:
        """Read what git knows, and scan what has changed, while everything else goes on."""
        begin(self, self._witness, "evidence")

    async def _witness(self) -> None:
        witness = self.desk.witness
        self._show_evidence(await self.desk.apart(known))

        try:
            repo, _ = self.place()
            found = await self.desk.apart(lambda planner: scanned(planner, self.post_message, repo))
        except UserError:  # `repos scan` says what is wrong, where somebody asks for it
            found = None
        witness.progress = None
        self._show_evidence(witness.evidence if found is None else found)

    def on_scanning(self, event: Scanning) -> None:
        self.desk.witness.progress = event.progress
        self.week_screen.paint_around()
        self.evidence_changed.publish(self.desk.witness.evidence)

    def _show_evidence(self, evidence: Evidence) -> None:
        self.desk.witness.take(evidence)
        self.week_screen.paint_around()
        self.evidence_changed.publish(evidence)

    async def on_store_changed(self) -> None:
        await self.week_screen.changed_elsewhere()

    async def on_settings_changed(self, event: SettingsChanged) -> None:
        """Go by a config.toml that somebody has written; one that is wrong changes nothing."""
        settings = self.desk.planner.settings
        wrong = event.problem or next(iter(actions.problems(settings.keys)), "")
        if wrong and isinstance(self.week_screen.interaction, Look):
            self.week_screen.say(f"config.toml is not right any more: {inert(wrong)}", "warn")
        if event.problem:
            return
        if not wrong:
            self.set_keymap(dict(settings.keys))
        self.use_palette(chosen(os.environ, settings.color_theme))
        await self.week_screen.settings_changed()
        if self.calendars is not None:
            self.calendars.now()

    def on_calendars_read(self, event: CalendarsRead) -> None:
        """Tell how far it is, and what others have changed; not over a line that is being typed."""
        if isinstance(self.week_screen.interaction, Look):
            if event.text:
                self.week_screen.say(inert(event.text), "accent" if event.told.get("news") else "hint")
        elif event.told.get("news"):
            self._untold = event.text  # for the next minute, since it is told only once

    def on_command_failed(self, event: CommandFailed) -> None:
        """Tell it quietly; not over a line that is being typed: doctor tells it, too."""
        if isinstance(self.week_screen.interaction, Look):
            self.week_screen.say(inert(event.text), "hint")

    async def on_minute(self, event: Minute) -> None:
        await self.week_screen.clock_turned(event.now)
        if self._background and (event.away or event.now.minute % SCAN_EVERY == 0):
            self.look_for_evidence()
        if self._untold and isinstance(self.week_screen.interaction, Look):
            self.week_screen.say(inert(self._untold), "accent")
            self._untold = ""
        if event.away:
            self.week_screen.say(f"back after {short_length(event.away)}; everything is as you left it")

    def _held_up(self, waiting: bool) -> None:
        """Say that another process keeps this one waiting, or no longer."""
        if isinstance(self.screen, WaitingScreen):
            self.screen.show_waiting(WAITING if waiting else "")

    # what belongs to no screen

    async def action_help(self) -> None:
        from techlead_tui.tui.dialogs.keys import KeysDialog

        await self.push_screen(KeysDialog(self.desk, self.looks))

    async def action_search(self) -> None:
        from techlead_tui.tui.dialogs.keys import KeysDialog

        await self.push_screen(KeysDialog(self.desk, self.looks, search=True))

    async def action_settings(self) -> None:
        from techlead_tui.tui.dialogs.settings import SettingsDialog

        planner = self.desk.planner
        theme = self.week_screen.loaded.snapshot.theme_id(IsoWeek.of(planner.today()))
        await self.push_screen(SettingsDialog(self.desk, self.looks, theme))

    def action_suspend(self) -> None:
        self.action_suspend_process()

    async def action_interrupt(self) -> None:
        """Cancel the line or the dialog that is open; else say how to leave."""
        asks = hasattr(self.screen, "action_interrupt")
        await self.screen.run_action("interrupt" if asks else "leave")

    def action_leave(self) -> None:
        self.exit()
