"""A week theme of the user's own, fitted to the days and hours that they work."""

from __future__ import annotations

import os

from techlead_tui.config.files import write_text
from techlead_tui.config.library import Library
from techlead_tui.config.theme_text import theme_text
from techlead_tui.core.fit import fitted
from techlead_tui.core.words.working_time import WorkingTime, working_time_words

NAME = "my-week"


def write_fitted(library: Library, config_dir: str, source: str, time: WorkingTime) -> str:
    """Writes a theme fitted to a working time into the user's themes, under a free id; the id.

    DataError for an unknown source and where the folder cannot be written.
    """
    original = library.theme(source)
    known = set(library.theme_ids())
    names = (NAME if number == 1 else f"{NAME}-{number}" for number in range(1, len(known) + 2))
    theme_id = next(name for name in names if name not in known)
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
