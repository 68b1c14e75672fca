"""Opens the week: a real first frame at once, Textual behind it, and a clean end whatever happens."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from techlead_tui import __version__
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.errors import DataError
from techlead_tui.planner.reader import Reader
from techlead_tui.render.ansi import Painter
from techlead_tui.render.palette import Palette, chosen, depth
from techlead_tui.render.text import Row, inert
from techlead_tui.render.week_page import opening_view, scene_rows
from techlead_tui.tui.keys import bar
from techlead_tui.tui.terminal import Terminal
from techlead_tui.tui.week_data import Loaded, load, load_now


def write_report(error: BaseException, folder: str, now: datetime) -> str | None:
    """Writes the report and returns its path; None when it cannot be written. Holds no data of the user's
    but what stands in the traceback's lines of code and the error's own message."""
    import platform  # dear, as the next one is
    import traceback

    path = os.path.join(folder, f"crash-{now:%Y%m%d-%H%M%S}.txt")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(f"techlead {__version__}, Python {platform.python_version()}, {sys.platform}\n")
            file.write(f"{now.isoformat(timespec='seconds')}\n\n")
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return None
    return path


RUSH = 20_000  # objects made without a pause until garbage is collected even in the middle of a key
CARE_AFTER = 3.0  # seconds after the first paint, when the user is likely to read
COLOR_SYSTEMS = {24: "truecolor", 8: "256", 4: "standard", 0: "standard"}  # Textual's, by bits
Place = Callable[[], tuple[str | None, str | None]]


def run(reader: Reader, week: IsoWeek | None = None, *, place: Place = lambda: (None, None)) -> int:
    """Shows the week until the user leaves; the exit code. Errors of data and configuration are raised
    before anything is drawn. `place` tells the repository and branch that the user is in."""
    if reader.settings.keys:
        _check_keys(reader.settings.keys)
    gc.disable()  # a collection in the middle of the imports costs more than it frees
    palette = chosen(os.environ, reader.settings.color_theme)
    loaded = load(reader, week) if week is not None else load_now(reader)
    columns, lines = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    size = (max(1, columns), max(1, lines))
    terminal = Terminal()
    code = 0
    failure: BaseException | None = None
    terminal.guard()
    terminal.quiet()
    first_run = not reader.settings.first_run_done and not loaded.snapshot.seq
    try:
        frame = _first_questions if first_run else _first_frame
        terminal.show(Painter(palette, depth(os.environ)).frame(frame(reader, loaded, size)))
        code, failure = _textual(reader, loaded, palette, size, place, terminal, first_run=first_run)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        failure = error
    finally:
        terminal.restore()
        gc.enable()
    if failure is not None:
        return _report(failure, reader)
    return code


def _check_keys(keys: Mapping[str, str]) -> None:
    """Raise DataError where keys of the user's own cannot be."""
    from techlead_tui.tui.actions import problems  # dear, and few users have keys of their own

    for wrong in problems(keys):
        raise DataError(f"[keys] in config.toml: {wrong}", "docs/reference/keys.md lists the ids")


def _first_frame(reader: Reader, loaded: Loaded, size: tuple[int, int]) -> Sequence[Row]:
    settings = reader.settings
    scene = loaded.scene
    view = opening_view(scene.week, scene.now, *size, wanted_days=settings.days, zoom=settings.zoom or None)
    return scene_rows(scene, view, bar("look", settings.keys), *size)


def _first_questions(reader: Reader, _loaded: Loaded, size: tuple[int, int]) -> Sequence[Row]:
    from techlead_tui.render.first_run import first_frame
    from techlead_tui.tui.first_run_model import Answers, questions

    answers = Answers.of_user(reader)
    keys = bar("first", reader.settings.keys)
    return first_frame(questions(answers), answers.week(reader), keys, *size)


def _textual(
    reader: Reader,
    loaded: Loaded,
    palette: Palette,
    size: tuple[int, int],
    place: Place,
    terminal: Terminal,
    *,
    first_run: bool,
) -> tuple[int, BaseException | None]:
    """Runs the app; its exit code, and the exception that ended it, if one did."""
    for stale in ("COLUMNS", "LINES"):  # exported once, they say nothing of this terminal
        os.environ.pop(stale, None)
    os.environ.setdefault("TEXTUAL_FPS", "120")  # read when Textual is imported, as is the next one
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", COLOR_SYSTEMS[depth(os.environ)])
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # empty it means nothing, but not to Textual
    from techlead_tui.planner.planner import Planner  # dear: the first frame is there without it
    from techlead_tui.tui.app import TechleadApp

    driver = None
    if os.name != "nt":
        from techlead_tui.tui.driver import SeamlessDriver

        driver = SeamlessDriver
        driver.terminal = terminal

    def ready() -> None:
        # what is there now stays: later collections need not look at it again
        gc.collect()
        gc.freeze()
        gc.set_threshold(RUSH)
        gc.enable()
        caring.start()

    from threading import Timer

    from techlead_tui.planner import maintenance

    caring = Timer(CARE_AFTER, maintenance.begin, [reader.folders])
    caring.daemon = True
    app = TechleadApp(
        Planner.after(reader),
        loaded,
        palette,
        size=size,
        place=place,
        driver=driver,
        ready=ready,
        first_run=first_run,
        read_calendars=True,
        run_hooks=True,
    )
    app.run()
    caring.cancel()
    return app.return_code or 0, app.failure


def _report(failure: BaseException, reader: Reader) -> int:
    path = write_report(failure, reader.folders.data, reader.now())
    kind = f"{type(failure).__name__}: {failure}".splitlines()[0]
    print(f"error: techlead stopped because of an internal error ({inert(kind)})", file=sys.stderr)
    saved = f"the report is in {path}" if path else "no report could be written"
    print(f"hint: everything you saved is safe; {saved}", file=sys.stderr)
    return 70
