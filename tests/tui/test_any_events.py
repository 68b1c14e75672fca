"""Any keys, clicks, pastes, sizes and answers of a terminal: no crash, no hang, and a store like its journal.

TECHLEAD_EVENTS is how many events to send, TECHLEAD_SEEDS the first of more seeds; one that failed once is
kept in SEEDS.
"""

from __future__ import annotations

import os
import random
from collections import Counter, deque
from datetime import timedelta
from pathlib import Path

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import key_to_character

from techlead_tui import fs
from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.config.settings_file import change_settings
from techlead_tui.core.edits import AddBlock
from techlead_tui.core.source import Source
from techlead_tui.entry import main
from techlead_tui.planner.calendars import refresh
from techlead_tui.planner.planner import Planner
from techlead_tui.render.palette import DARK
from techlead_tui.store import recovery
from techlead_tui.store.bucket_file import BucketContents
from techlead_tui.store.store import Store
from techlead_tui.tui.actions import ACTIONS
from techlead_tui.tui.app import TechleadApp
from techlead_tui.tui.driver import TerminalInput
from techlead_tui.tui.watcher import Minute, StoreChanged
from techlead_tui.tui.week_data import load_now
from tests.calendars.files import ME, calendar, event
from tests.core.weeks import ZONE, moment
from tests.store.harness import state
from tests.tui.conftest import Opened
from tests.tui.test_input_filter import NOISE

SEEDS = (1, 2, 305, 340)
WANTED = int(os.environ.get("TECHLEAD_EVENTS", "3000"))
EACH = 5000  # events of one seed at most
FIRST = int(os.environ.get("TECHLEAD_SEEDS", "100"))
MORE = range(FIRST, FIRST + max(0, WANTED // EACH - len(SEEDS)))

EDITING = "0123456789 \r\r\r\r\x1b\x1b\x1b\t\x7f\x03\x05\x0b@"
SENT = {keys[0].value: text for text, keys in ANSI_SEQUENCES_KEYS.items() if isinstance(keys, tuple)}
SENT |= {"at": "@", "plus": "+", "minus": "-", "slash": "/"}
KEYS = tuple(
    SENT.get(key) or key_to_character(key) or key
    for action in ACTIONS
    for key in action.keys.split(",")
    if key and action.id not in ("app.leave", "app.suspend")
)
FOUND = tuple(action.text for action in ACTIONS if action.id.partition(".")[0] in ("week", "app"))
DOWN = SENT["down"]
ROUTES = (  # to what lies deep
    f",{DOWN * 8}\r",  # the editor of the week theme
    f",{DOWN * 6}\r",  # keys of one's own
    "L45m fix\rtE",
    "f\r\r\r",
    "H/trap\r\r",
    "a wed 8-9 y\rR",
)
OTHERS = ("\x1bOR", "\x1b[1;5C", "\x1b[1;2A", "\x1b[97;5u", "\x1bx", "\x1b[I", "\x1b[O", "q")
WORDS = (
    "fri 16-17 pool",
    "tue 10-11 x +status",
    "a wed 14-16 pool +code @ana\r",
    "L45m fix\r",
    "every mon 9-10 sync +cross-team",
    "because of the CFO",
    "connection",
    "1h",
    "一二三四五六七八九十 👩\N{ZERO WIDTH JOINER}💻",
    "ana",
    "2026-12-02",
    "next fri",
    "[bold]x[/]",
)
PASTES = (
    *WORDS,
    "two\nlines",
    "\x1b[31mred\x07",
    "\x1b]52;c;x\x07",
    "x" * 3000,
    "\u202eabc",
    "\x00\x9b31m",
    "e\u0301" * 50,
)
SIZES = ((120, 40), (80, 24), (200, 60), (40, 5), (20, 4), (1, 1), (36, 14), (60, 20), (140, 12), (9, 70))


IN_USE = (  # a home with something in every list
    ("delegate", "status notes", "--to", "ana"),
    ("ping", "why two caches?", "@chidi"),
    ("invite", "thu", "14-15", "budget", "+status", "@eva"),
    ("invite", "every", "tue", "9-10", "sync", "+cross-team", "@bo"),
    ("decide", "which queue", "--decider", "ana"),
    ("outcome", "the pool holds"),
    ("campaign", "new checkout", "--repo", "shop"),
    ("spike", "does it scale?", "--repo", "shop"),
    ("refactor", "the parser", "--module", "parse.py"),
    ("pair", "cache keys", "@ana"),
    ("trade", "the demo", "--for", "the fix", "@bo"),
    ("add", "wed", "13-15", "pool", "+code"),
    ("add", "every", "mon", "9-10", "board", "+cross-team", "--override", "they ask"),
    ("log", "45m", "fix"),
    ("check", "code=yes", "stress=no"),
)


def fill(folders: Folders, path: Path) -> None:
    """Write what a home in use holds: items of every kind, a calendar that has been read."""
    for words in IN_USE:
        assert main(list(words)) == 0, words
    asked = ("ORGANIZER;CN=Ana:mailto:ana@example.org", f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{ME}")
    path.write_bytes(calendar(event(*asked, title="Sync", start="DTSTART:20261126T100000Z")))
    source = Source("work", path=str(path))
    change_settings(folders.config, emails=(ME,), sources=(source,))
    refresh(folders, [source], (ME,), moment("tue 11:37"), ZONE)


class Hand:
    """Choose what comes next, as the bytes that a terminal sends."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def burst(self, width: int, height: int) -> list[str]:
        return [self.one(width, height) for _ in range(self.dice.choice((1, 1, 2, 3, 8)))]

    def one(self, width: int, height: int) -> str:
        dice = self.dice
        kind = dice.random()
        if kind < 0.48:
            return dice.choice(KEYS)
        if kind < 0.62:
            return dice.choice(EDITING)
        if kind < 0.64:
            return dice.choice(OTHERS)
        if kind < 0.65:
            return "\x1b\x1b" + dice.choice(ROUTES)
        if kind < 0.68:  # what has no key is found by the search
            return f"\x1b\x1b\x10{dice.choice(FOUND)}\r"
        if kind < 0.85:
            return self.mouse(width, height)
        if kind < 0.92:
            return dice.choice(WORDS)
        if kind < 0.95:
            return f"\x1b[200~{dice.choice(PASTES)}\x1b[201~"
        return dice.choice(tuple(NOISE.values()))

    def mouse(self, width: int, height: int) -> str:
        dice = self.dice
        x, y = dice.randint(1, width), dice.randint(1, height)
        button = dice.choice((0, 0, 0, 0, 2, 4, 16))
        click = f"\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m"
        kind = dice.random()
        if kind < 0.5:
            return click
        if kind < 0.65:
            return click * 2
        if kind < 0.8:
            wheel = dice.choice((64, 65, 68, 69, 80, 81))
            return f"\x1b[<{wheel};{x};{y}M" * dice.randint(1, 4)
        to = f"{dice.randint(1, width)};{dice.randint(1, height)}"
        released = f"\x1b[<{button};{to}m" if dice.random() < 0.8 else ""
        return f"\x1b[<{button};{x};{y}M\x1b[<{button + 32};{to}M{released}"


class Run:
    """Hold one store, and one program after another on it, as the keys leave them."""

    def __init__(self, home: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self.folders = Folders.under(str(home))
        self.clock = StillClock(moment("tue 11:37"))
        self.size = SIZES[0]
        self.sent: deque[str] = deque(maxlen=40)
        self.done = 0
        self.seen: Counter[str] = Counter()
        change_settings(self.folders.config, first_run_done=bool(seed % 5))

    async def session(self, events: int) -> None:
        """Send events until the program has ended, or there have been enough."""
        planner = Planner(self.folders, self.clock, "tui", ZONE)
        app = TechleadApp(planner, load_now(planner), DARK, size=self.size, beat=None)
        typed, hand = TerminalInput(), Hand(self.dice)
        async with app.run_test(size=self.size) as pilot:
            screen = Opened(pilot, planner, self.clock)
            await screen.settle()
            driver = app._driver
            assert driver is not None
            while self.done < events and not app._exit:
                for text in hand.burst(*self.size):
                    self.sent.append(text)
                    for event in (*typed.come(text), *typed.pause()):
                        self.done += 1
                        driver.process_message(event)
                await self._meanwhile(screen)
                if not app._exit:
                    await screen.settle()
                self.done += 1
                self.seen[type(app.screen).__name__] += 1
                if not app._exit and self.dice.random() < 0.2:
                    screen.text()  # draws all of it, and measures it

    async def _meanwhile(self, screen: Opened) -> None:
        """Do what happens without a key: another size, another process, another minute."""
        kind = self.dice.random()
        if kind < 0.02:
            self.sent.append("(size)")
            self.size = self.dice.choice(SIZES)
            await screen.pilot.resize_terminal(*self.size)
        elif kind < 0.03:
            self.sent.append("(elsewhere)")
            self._elsewhere()
            screen.app.post_message(StoreChanged())
        elif kind < 0.04:
            self.sent.append("(minute)")
            self.clock.now += timedelta(minutes=self.dice.choice((1, 30, 600, 3000)))
            screen.app.post_message(Minute(self.clock.now, self.dice.choice((0, 90))))

    def _elsewhere(self) -> None:
        other = Planner(self.folders, self.clock, "cli", ZONE)
        if self.dice.random() < 0.5 and other.history(1):
            try:
                other.undo()
            except Exception:
                return
        else:
            day = self.clock.now.date() + timedelta(days=self.dice.randint(0, 4))
            start = 60 * self.dice.randint(8, 17)
            other.apply(AddBlock("elsewhere", day, start, start + 60, "deep_work", "code"), ["add"])

    def check(self) -> None:
        """The store is in order, and says what its journal says."""
        store = Store(self.folders.data)
        told: dict[str, BucketContents] = {}
        lines = (fs.read_file(store.folder.journal) or b"").splitlines()
        recovery.replay(lines, told, only=False)
        replayed = {
            (bucket, table, uid): record
            for bucket, contents in told.items()
            for table, records in contents.tables.items()
            for uid, record in records.items()
        }
        assert state(store) == replayed
        if self.dice.random() < 0.3:
            store.maintain()
            assert state(store) == replayed
        assert [finding for finding in store.verify() if finding.serious] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*SEEDS, *MORE])
async def test_any_events_end_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(TechleadApp, "action_suspend", lambda _: None)  # it would stop the tests
    monkeypatch.setattr("techlead_tui.tui.clipboard.copy", lambda *_, **__: None)
    events = min(EACH, max(1, WANTED // (len(SEEDS) + len(MORE))))
    monkeypatch.setenv("TECHLEAD_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)  # outside any repository
    run = Run(tmp_path, seed)
    if seed % 3:
        fill(run.folders, tmp_path / "work.ics")
    try:
        while run.done < events:
            await run.session(events)
            run.check()
    except BaseException as error:
        error.add_note(f"seed {seed}, event {run.done}, after {list(run.sent)}")
        raise
    print(sorted(run.seen.items()))
