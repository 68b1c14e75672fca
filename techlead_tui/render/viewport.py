"""Hold how a week is looked at: zoom, days, cursor; and where the parts of the screen stand."""

from datetime import date
from typing import NamedTuple

from techlead_tui.core.week import Week

STEP = 15  # minutes that the cursor moves
ZOOMS = (15, 30, 60)  # minutes a row
DAY = 24 * 60
DAY_VIEW_BELOW = 80  # columns: one day at a time
LIST_BELOW = 40  # columns: a plain list
PANEL_FROM = 112  # columns: room for a panel beside the grid
HEAD_ROWS = 3  # header, names of the days, their bands
FOOT_ROWS = 2  # line of what is wrong, key bar


class Ghost(NamedTuple):
    """A block on its way to another place, before it is put down."""

    uid: str | None  # of the block being moved; None for one that is being added
    day: date
    start: int  # minutes since midnight
    end: int
    title: str
    note: str  # "focus −1 h 30": what putting it here does
    allowed: bool

    def on(self, day: date) -> tuple[int, int] | None:
        """Return what it takes of a day: of its own, or past midnight of the next; None for nothing."""
        before = (day - self.day).days * DAY
        start, end = max(0, self.start - before), min(DAY, self.end - before)
        return (start, end) if before >= 0 and start < end else None


class WayOut(NamedTuple):
    """Say where a way out of a refusal leads to, and by which number it is taken."""

    number: int
    day: date
    start: int  # minutes since midnight


class Viewport(NamedTuple):
    zoom: int  # minutes a row, one of ZOOMS
    days: tuple[date, ...]  # the columns, in order
    first: int  # minute at the top row
    cursor_day: date
    cursor: int  # minute since midnight, a multiple of STEP
    ghost: Ghost | None = None
    picked: str | None = None  # uid of the block that the cursor has picked where several share its place
    ways: tuple[WayOut, ...] = ()
    lifted: int | None = None  # the minute at the top before it was scrolled to show the ghost


class Frame(NamedTuple):
    """Say where the parts of the screen stand, in cells."""

    width: int
    height: int
    grid_width: int
    grid_height: int
    panel_width: int  # 0: no panel
    listed: bool  # a plain list in place of the grid


def frame(width: int, height: int) -> Frame:
    """The parts of a screen of any size, down to one cell."""
    panel = 0
    if width >= PANEL_FROM:
        panel = 24 if width < 140 else 32 if width < 180 else 42
    rows = max(1, height - HEAD_ROWS - FOOT_ROWS)
    return Frame(width, height, width - panel, rows, panel, width < LIST_BELOW)


def hours_of(week: Week, days: tuple[date, ...]) -> tuple[int, int]:
    """The minutes between which these days work: 9 to 17 where none does."""
    themes = [theme for day in days if (theme := week.day(day).theme) is not None]
    return min((theme.opens for theme in themes), default=9 * 60), max(
        (t.closes for t in themes), default=17 * 60
    )


def natural_zoom(week: Week, days: tuple[date, ...], rows: int) -> int:
    """The finest zoom that shows the working day whole; the coarsest when none does."""
    first, last = hours_of(week, days)
    return next((zoom for zoom in ZOOMS if -(-(last - first) // zoom) <= rows), ZOOMS[-1])


def natural_first(week: Week, days: tuple[date, ...], zoom: int, rows: int) -> int:
    """The minute at the top: up to an hour before the working day where rows are to spare."""
    first, last = hours_of(week, days)
    spare = rows - -(-(last - first) // zoom)
    top = first - first % zoom - zoom * max(0, min(spare // 2, 60 // zoom))
    return max(0, min(top, -(-DAY // zoom) * zoom - rows * zoom))


def following(first: int, zoom: int, rows: int, cursor: int) -> int:
    """The top minute nearest to `first` that keeps the cursor and a row around it in sight."""
    last = max(0, -(-DAY // zoom) * zoom - rows * zoom)
    margin = zoom if rows > 4 else 0
    row = cursor - cursor % zoom
    if row - margin < first:
        first = row - margin
    elif row + zoom + margin > first + rows * zoom:
        first = row + zoom + margin - rows * zoom
    return max(0, min(first, last))


def lifted(view: Viewport, ghost: Ghost, rows: int) -> Viewport:
    """Return the view with a ghost, scrolled as far as it takes to see it within the first `rows` rows."""
    first = home = view.first if view.lifted is None else view.lifted
    if ghost.end > home + rows * view.zoom:
        first = -(-(ghost.end - rows * view.zoom) // view.zoom) * view.zoom
    first = max(0, min(first, ghost.start - ghost.start % view.zoom))
    return view._replace(ghost=ghost, first=first, lifted=None if first == home else home)


def bare(view: Viewport) -> Viewport:
    """Return the view without a ghost and ways out, scrolled as it was before them."""
    first = view.first if view.lifted is None else view.lifted
    return view._replace(ghost=None, ways=(), first=first, lifted=None)


def settled(week: Week, view: Viewport, rows: int, cursor: int) -> int:
    """The top minute for a cursor: as it is where that shows it, else the working day's where that does."""
    first = following(view.first, view.zoom, rows, cursor)
    opens, closes = hours_of(week, view.days)
    if first == view.first or closes - opens > rows * view.zoom:
        return first
    natural = natural_first(week, view.days, view.zoom, rows)
    return following(natural, view.zoom, rows, cursor)


def used_days(week: Week) -> set[date]:
    """The days on which work is planned, done or usual."""
    used = {day.date for day in week.days if day.theme is not None}
    return used | {block.day for block in week.live} | {session.start.date() for session in week.sessions}


def days_shown(week: Week, wanted: int, width: int, cursor_day: date) -> tuple[date, ...]:
    """The columns: one day below 80 columns or where it is wanted, else the working days (five at least),
    or all seven."""
    if width < DAY_VIEW_BELOW or wanted == 1:
        return (cursor_day,)
    dates = [day.date for day in week.days]
    if wanted == 7:
        return tuple(dates)
    used = used_days(week)
    last = max((dates.index(day) for day in used if day in dates), default=4)
    return tuple(dates[: max(5, last + 1)])
