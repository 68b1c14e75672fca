"""Opens the week: a real first frame at once, Textual behind it, and a clean end whatever happens."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence

from techlead_tui.config.errors import ConfigError
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.planner.planner import Planner
from techlead_tui.render.ansi import Painter
from techlead_tui.render.foot import Key
from techlead_tui.render.palette import Palette, chosen, depth
from techlead_tui.render.scene import opening_view, scene_rows
from techlead_tui.tui import actions
from techlead_tui.tui.loaded import Loaded, load
from techlead_tui.tui.terminal import Terminal

CARE_AFTER = 3.0  # seconds after the first paint, when the user is likely to read
COLOR_SYSTEMS = {24: "truecolor", 8: "256", 4: "standard", 0: "standard"}  # Textual's, by bits
Place = Callable[[], tuple[str | None, str | None]]


def run(planner: Planner, week: IsoWeek | None = None, *, place: Place = lambda: (None, None)) -> int:
    """Shows the week until the user leaves; the exit code. Errors of data and configuration are raised
    before anything is drawn. `place` tells the repository and branch that the user is in."""
    problems = actions.problems(planner.settings.keys)
    if problems:
        raise ConfigError(f"[keys] in config.toml: {problems[0]}", "the ids stand in docs/reference/keys.md")
    gc.disable()  # a collection in the middle of the imports costs more than it frees
    palette = chosen(os.environ, planner.settings.color_theme)
    loaded = load(planner, week or IsoWeek.of(planner.today()))
    columns, lines = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    size = (max(1, columns), max(1, lines))
    terminal = Terminal()
    code = 0
    failure: BaseException | None = None
    terminal.guard()
    terminal.quiet()
    try:
        terminal.show(_first_frame(loaded, palette, actions.bar("look", planner.settings.keys), size))
        code, failure = _textual(planner, loaded, palette, size, place, terminal)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        failure = error
    finally:
        terminal.restore()
        gc.enable()
    if failure is not None:
        return _report(failure, planner)
    return code


def _first_frame(loaded: Loaded, palette: Palette, keys: Sequence[Key], size: tuple[int, int]) -> str:
    view = opening_view(loaded.scene.week, loaded.scene.now, *size)
    rows = scene_rows(loaded.scene, view, keys, *size)
    return Painter(palette, depth(os.environ)).frame(rows)


def _textual(
    planner: Planner,
    loaded: Loaded,
    palette: Palette,
    size: tuple[int, int],
    place: Place,
    terminal: Terminal,
) -> tuple[int, BaseException | None]:
    """Runs the app; its exit code, and the exception that ended it, if one did."""
    os.environ.setdefault("TEXTUAL_FPS", "120")  # read when Textual is imported, as is the next one
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", COLOR_SYSTEMS[depth(os.environ)])
    if not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)  # empty it means nothing, but not to Textual
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
        gc.enable()
        caring.start()

    from threading import Timer

    from techlead_tui.planner import care

    caring = Timer(CARE_AFTER, care.begin, [planner.folders])
    caring.daemon = True
    app = TechleadApp(planner, loaded, palette, size=size, place=place, driver=driver, ready=ready)
    app.run()
    caring.cancel()
    return app.return_code or 0, app.failure


def _report(failure: BaseException, planner: Planner) -> int:
    from techlead_tui.tui.crash import write_report

    path = write_report(failure, planner.folders.data, planner.now())
    kind = f"{type(failure).__name__}: {failure}".splitlines()[0]
    print(f"error: techlead stopped because of a fault of its own ({kind})", file=sys.stderr)
    saved = f"the report is in {path}" if path else "no report could be written"
    print(f"hint: everything you saved is safe; {saved}", file=sys.stderr)
    return 70
