"""A first copy of a week theme for the user to change (`techlead theme new`)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count

import tomli_w

from techlead_tui.config.catalog import Library
from techlead_tui.config.files import read_text, write_text
from techlead_tui.config.problems import shown
from techlead_tui.config.theme_toml import FIXED_KINDS, ID, WEEKDAYS, is_id
from techlead_tui.config.toml_reader import key_lines
from techlead_tui.core.calendar import clock
from techlead_tui.core.lengths import short_length
from techlead_tui.core.theme import Box, DayTheme, Limits, WeekTheme
from techlead_tui.core.theme_fitting import fitted
from techlead_tui.core.words.hours import WorkingTime, working_time_words
from techlead_tui.errors import DataError

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def theme_text(theme: WeekTheme, opening: str) -> str:
    """The file's text; `opening` is said at its top, a line or more."""
    frames = [(day.opens, day.closes, day.lunch) for day in theme.days]
    usual = max(frames, key=frames.count)
    lines = [f"# {line}".rstrip() for line in opening.splitlines()]
    lines += ["", f"title = {_text(theme.title)}"]
    if theme.description:
        lines.append(f"description = {_text(theme.description)}")
    lines += ["", "# The working day and its lunch. A day below may set its own; lunch = false means none."]
    lines += _frame(*usual)
    lines += [
        "",
        "# Days that are leave, by date and name; techlead holidays FILE.ics sets them for every week theme.",
    ]
    lines.append(f"holidays = [{', '.join(_text(f'{day} {name}') for day, name in theme.holidays)}]")
    lines += _heading("Day themes")
    lines += [
        "# What each working day is for. `allows` lists the types and kinds that may be planned outside",
        '# the boxes; "worth-it" means every type that is worth it, "any" means anything at all.',
        "# `tone` tints the day: sync, deep, catch_up or calm.",
    ]
    for day in theme.days:
        lines += _day(day, usual)
    lines += _heading("Time boxes")
    lines.append("# Fixed day, fixed start, hard end. A weekday without boxes is free within its hours.")
    for day in theme.days:
        own = [box for box in theme.boxes if box.weekday == day.weekday]
        lines += ["", f"# {DAY_NAMES[day.weekday - 1]}"] if own else []
        for box in own:
            lines += _box(box)
    lines += _limits(theme.limits)
    lines += _heading("Rules")
    lines.append(
        "# refuse: not without a written reason. warn: said, but done. note: shown by lint. off: silent."
    )
    lines += ["", "[rules]", *(f'{rule} = "{said}"' for rule, said in theme.severities.items())]
    return "\n".join(lines) + "\n"


def _heading(text: str) -> list[str]:
    return ["", f"# --- {text} ".ljust(94, "-")]


def _text(text: str) -> str:
    return tomli_w.dumps({"text": text}).removeprefix("text = ").rstrip()


def _span(start: int, end: int) -> str:
    return f'"{clock(start)}-{clock(end)}"'


def _length(minutes: int) -> str:
    return f'"{short_length(minutes)}"'


def _frame(opens: int, closes: int, lunch: tuple[int, int] | None) -> list[str]:
    return [f"hours = {_span(opens, closes)}", f"lunch = {_span(*lunch) if lunch else 'false'}"]


def _day(day: DayTheme, usual: tuple[int, int, tuple[int, int] | None]) -> list[str]:
    allows = ", ".join(_text(name) for name in day.allows)
    out = ["", f"[day.{WEEKDAYS[day.weekday - 1]}]", f"title = {_text(day.title)}", f'tone = "{day.tone}"']
    out.append(f"allows = [{allows}]")
    own = (day.opens, day.closes, day.lunch)
    return out if own == usual else [*out, *_frame(*own)]


def _box(box: Box) -> list[str]:
    out = ["", "[[box]]", f'id = "{box.id}"', f'day = "{WEEKDAYS[box.weekday - 1]}"']
    out += [f'start = "{clock(box.start)}"', f'end = "{clock(box.end)}"', f"summary = {_text(box.summary)}"]
    out += [f'kind = "{box.kind}"']
    if box.type:
        out.append(f'type = "{box.type}"')
    if box.optional:
        out.append("optional = true")
    if box.fixed != (box.kind in FIXED_KINDS):
        out.append(f"fixed = {'true' if box.fixed else 'false'}")
    return out


def _limits(limits: Limits) -> list[str]:
    low, high = limits.deep_work_minutes
    lines = [*_heading("Limits"), '# Lengths carry their unit: "45m", "2h", "1h30".', "", "[limits]"]
    lines += [
        f"focus_stretch = {_length(limits.focus_minutes)}  # a shorter stretch of deep work is no focus time",
        f"deep_work = [{_length(low)}, {_length(high)}]  # focus wanted a week",
        f"communication_percent = {limits.communication_percent}  # more of the working time is an alarm",
        f"recurring_meetings = {limits.recurring_meetings}  # a week, at most",
        f'prep = "{limits.prep_hours}h"  # the document is ready this long before the meeting',
    ]
    if limits.split:
        lines += ["", "# How the working time is meant to split, in percent.", "[limits.split]"]
        lines += [f"{name} = {percent}" for name, percent in limits.split.items()]
    lines += ["", "# The longest one meeting of a type may be.", "[limits.meeting]"]
    lines += [f"{name} = {_length(minutes)}" for name, minutes in limits.meeting.items()]
    lines += ["", "# The most that a type may take in a week.", "[limits.week]"]
    return lines + [f"{name} = {_length(minutes)}" for name, minutes in limits.weekly.items()]


NAME = "my-week"


def names(stem: str) -> Iterator[str]:
    """Yield a name, then the same with 2, 3 and so on."""
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))


def free_id(library: Library, stem: str) -> str:
    """Return an id that no week theme has: the stem, or the stem with a number."""
    known = set(library.theme_ids())
    return next(name for name in names(stem) if name not in known)


def write_fitted(library: Library, config_dir: str, source: str, time: WorkingTime) -> str:
    """Writes a theme fitted to a working time into the user's themes, under a free id; the id.

    DataError for an unknown source and where the folder cannot be written.
    """
    original = library.theme(source)
    theme_id = free_id(library, NAME)
    title = f"My {original.title[:1].lower()}{original.title[1:]}"
    theme = fitted(original, time)._replace(id=theme_id, title=title)
    opening = (
        f"{title}: your own week theme, {source} fitted to {working_time_words(time)}.\n"
        "\n"
        f"See what is wrong with it:     techlead theme check {theme_id}\n"
        f"Use it from this week on:      techlead theme use {theme_id}"
    )
    write_text(os.path.join(config_dir, "themes", f"{theme_id}.toml"), theme_text(theme, opening))
    return theme_id


def new_theme(library: Library, config_dir: str, theme_id: str, source: str = "maker-week") -> str:
    """Copies a theme, comments and all, into the user's themes under a new id; the path of the copy.

    DataError for an id that cannot be one or that there is already, for an unknown source, and
    where the folder cannot be written. Never overwrites a file.
    """
    if not is_id(theme_id):
        raise DataError(f'"{shown(theme_id)}" cannot be the id of a week theme', f"use {ID}: my-week")
    original = library.path_of(source)
    library.theme(source)  # a copy of what is wrong would be wrong too
    folder = os.path.join(config_dir, "themes")
    path = os.path.join(folder, f"{theme_id}.toml")
    taken = f'there is already a week theme "{theme_id}"'
    if theme_id in library.theme_ids():
        found = library.path_of(theme_id)
        own = os.path.dirname(found) == folder
        hint = "edit that file" if own else f"write {path} yourself, which takes its place"
        raise DataError(f"{taken}: {found}", f"choose another id, or {hint}")
    text = retitled(read_text(original), theme_id, source)
    if os.path.lexists(path):
        raise DataError(f"{taken}: {path}", "choose another id, or edit that file")
    write_text(path, text)
    return path


def retitled(text: str, theme_id: str, source: str) -> str:
    """The text with its opening comment and its title replaced by the copy's own."""
    lines = text.splitlines(keepends=True)
    title_line = key_lines(text).get(("title",))
    title = theme_id.replace("-", " ").capitalize()
    if title_line is not None:
        lines[title_line - 1] = f'title = "{title}"\n'
    opening = 0
    while opening < len(lines) and lines[opening].startswith("#"):
        opening += 1
    head = (
        f"# {title}: your own week theme, begun as a copy of {source}.\n"
        "#\n"
        f"# See what is wrong with it:     techlead theme check {theme_id}\n"
        f"# Use it from this week on:      techlead theme use {theme_id}\n"
    )
    return head + "".join(lines[opening:])
