"""What the settings show and read: a line for each, its values, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from techlead_tui.config.settings import DAYS, ZOOMS, Settings
from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.words.emails import read_emails, words_of_list
from techlead_tui.render.entries import Entry
from techlead_tui.render.palettes import AUTO, PALETTES, chosen, depth

WRITTEN = ("name", "emails")
TEXT, TURN, OPEN = "settings-text", "settings-turn", "settings-open"  # modes of the key bar


class Line(NamedTuple):
    name: str  # a field of Settings
    entry: Entry
    mode: str
    value: object = None
    values: tuple[tuple[object, str], ...] = ()  # and how each reads


def lines_of(
    settings: Settings, theme_id: str, themes: Sequence[WeekTheme], environ: Mapping[str, str]
) -> list[Line]:
    """Every line, in order."""
    emails = ", ".join(settings.emails)
    who = Entry("Name", settings.name, False, "as you are called", "how you are called in replies and posts")
    mail = Entry("E-mails", emails, False, "ada@example.org", "as in your commits and invitations")
    week = tuple((theme.id, theme.title) for theme in themes) or ((theme_id, theme_id),)
    about = next((theme.description for theme in themes if theme.id == theme_id), "")
    colours = (
        (AUTO, "As the terminal says"),
        *((palette.id, palette.title) for palette in PALETTES.values()),
    )
    days = tuple((count, f"{count} days") for count in DAYS)
    zooms = tuple((zoom, f"{zoom} minutes a row" if zoom else "As fits the day") for zoom in ZOOMS)
    count = len(settings.keys)
    own = f"{count} of your own" if count else "as they come"
    return [
        Line("name", who, TEXT),
        Line("emails", mail, TEXT),
        _turning("week_theme", "Week theme", theme_id, week, about),
        _turning("color_theme", "Colours", settings.color_theme, colours, _colour_note(settings, environ)),
        _turning(
            "days", "Days", settings.days, days, "five, or as many as work; seven shows the weekend too"
        ),
        _turning("zoom", "Zoom", settings.zoom, zooms, "z on the week zooms for the moment"),
        Line("keys", Entry("Keys", own, False, "", "Enter shows them; each can be another one"), OPEN),
    ]


def _turning(name: str, label: str, value: object, values: tuple[tuple[object, str], ...], note: str) -> Line:
    shown = next((text for one, text in values if one == value), str(value))
    return Line(name, Entry(label, shown, True, "", note), TURN, value, values)


def _colour_note(settings: Settings, environ: Mapping[str, str]) -> str:
    bits = depth(environ)
    if not bits:
        return "NO_COLOR is set, so there is none here"
    if bits == 4:
        return "this terminal shows 16 colours, so its own are used here"
    if settings.color_theme in PALETTES:
        return "behind this, the week already wears it"
    return f"here that is {chosen(environ).title.lower()}; COLORFGBG says whether the ground is light"


def written(name: str, text: str) -> object:
    """The value of a written line; WordsError."""
    if name == "name":
        return " ".join(text.split())
    return read_emails(words_of_list(text))
