"""A first copy of a week theme for the user to change (`techlead theme new`)."""

from __future__ import annotations

import os

from techlead_tui.config.files import read_text
from techlead_tui.config.library import Library
from techlead_tui.config.paths import make_folder
from techlead_tui.config.problems import shown
from techlead_tui.config.theme_toml import ID, is_id
from techlead_tui.config.toml_lines import key_lines
from techlead_tui.errors import DataError


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
        raise DataError(f"{taken}: {library.path_of(theme_id)}", "choose another id, or edit that file")
    text = _retitled(read_text(original), theme_id, source)
    try:
        make_folder(folder)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as wrong:
        if os.path.lexists(path):
            raise DataError(f"{taken}: {path}", "choose another id, or edit that file") from None
        said = (wrong.strerror or str(wrong)).lower()
        raise DataError(f"not saved: {path}: {said}", "check the configuration folder") from None
    return path


def _retitled(text: str, theme_id: str, source: str) -> str:
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
