"""The week themes and block types there are: the shipped ones and the user's own (M4, M10)."""

import os
from typing import NamedTuple

from techlead_tui.config.compiled import Fingerprint, fingerprint, folder_of, load, save
from techlead_tui.config.files import is_there, names_in
from techlead_tui.config.problems import FileError, Problem, shown
from techlead_tui.core.theme import BlockType, Types, WeekTheme, from_data, to_data
from techlead_tui.core.words.args import nearest
from techlead_tui.errors import DataError

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHIPPED_TYPES = os.path.join(_PACKAGE, "playbook", "types.toml")


def shipped_themes() -> str:
    """The folder of the themes that come with the program: in the wheel, or beside it in a checkout."""
    installed = os.path.join(_PACKAGE, "themes")
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(_PACKAGE), "themes")


class ThemeFile(NamedTuple):
    """A week theme as a list shows it."""

    id: str
    title: str  # the id where the file is not right
    path: str
    shipped: bool
    problems: tuple[Problem, ...]


class Library:
    """Reads themes and types when asked, from the cache where the files have not changed.

    A file of the user's wins over a shipped one of the same id. DataError (FileError for a
    wrong one) where a file cannot be used.
    """

    def __init__(self, config_dir: str, cache_dir: str) -> None:
        self._own_themes = os.path.join(config_dir, "themes")
        self._own_types = os.path.join(config_dir, "playbook", "types.toml")
        self._shipped = shipped_themes()
        self._cache = folder_of(cache_dir)
        self._read: dict[str, tuple[Fingerprint, object]] = {}

    def theme(self, theme_id: str) -> WeekTheme:
        """The week theme of an id; DataError for an unknown one, FileError for a wrong file."""
        return self._theme(theme_id, self.path_of(theme_id))

    def last_good(self, theme_id: str) -> WeekTheme | None:
        """The theme as it was when its file could last be read, if the cache still has it."""
        return _theme_from(load(self._cache, f"theme-{theme_id}", None))

    def theme_ids(self) -> list[str]:
        """Every id there is, in alphabetical order."""
        return sorted(set(_toml_files(self._shipped)) | set(_toml_files(self._own_themes)))

    def themes(self) -> list[ThemeFile]:
        """Every theme there is; one whose file is not right is listed with what is wrong."""
        out = []
        for theme_id in self.theme_ids():
            path = self.path_of(theme_id)
            shipped = os.path.dirname(path) == self._shipped
            try:
                out.append(ThemeFile(theme_id, self._theme(theme_id, path).title, path, shipped, ()))
            except FileError as wrong:
                out.append(ThemeFile(theme_id, theme_id, path, shipped, wrong.problems))
            except DataError as wrong:
                message = wrong.message.removeprefix(f"{path}: ")  # a problem names its file itself
                problem = Problem(path, "", None, message, wrong.hint, None)
                out.append(ThemeFile(theme_id, theme_id, path, shipped, (problem,)))
        return out

    def usable_themes(self, first: str = "") -> list[WeekTheme]:
        """Return the themes whose files are right: the one of the id `first`, then the others by title."""
        themes = [self.theme(file.id) for file in self.themes() if not file.problems]
        return sorted(themes, key=lambda theme: (theme.id != first, theme.title))

    def path_of(self, theme_id: str) -> str:
        """The file of a theme; DataError with the nearest id where there is none."""
        if theme_id == os.path.basename(theme_id) and not theme_id.startswith("."):
            for folder in (self._own_themes, self._shipped):
                path = os.path.join(folder, f"{theme_id}.toml")
                if is_there(path):
                    return path
        meant = nearest(theme_id, self.theme_ids())
        hint = f"did you mean {meant}? " if meant else ""
        raise DataError(f'there is no week theme "{shown(theme_id)}"', f"{hint}techlead themes lists them")

    def is_own(self, theme_id: str) -> bool:
        """Tell whether the file of a theme is the user's. DataError."""
        return os.path.dirname(self.path_of(theme_id)) == self._own_themes

    def types(self) -> Types:
        """Every block type by id; FileError where the user's file is wrong."""
        return self._types()

    def check_file(self, path: str) -> tuple[Problem, ...]:
        """Everything wrong with a theme's file (`techlead theme check`); DataError when unreadable."""
        from techlead_tui.config.files import read_text
        from techlead_tui.config.theme_toml import parse_theme

        theme_id = os.path.basename(path).removesuffix(".toml")
        try:
            parse_theme(read_text(path), theme_id=theme_id, file=path, types=self._types())
        except FileError as wrong:
            return wrong.problems
        return ()

    def _theme(self, theme_id: str, path: str) -> WeekTheme:
        made_for = fingerprint(path, SHIPPED_TYPES, self._own_types)
        known = self._read.get(path)
        if known is not None and known[0] == made_for and isinstance(known[1], WeekTheme):
            return known[1]
        name = f"theme-{theme_id}"
        theme = _theme_from(load(self._cache, name, made_for))
        if theme is None:
            from techlead_tui.config.files import read_text
            from techlead_tui.config.theme_toml import parse_theme

            theme = parse_theme(read_text(path), theme_id=theme_id, file=path, types=self._types())
            save(self._cache, name, made_for, to_data(theme))
        self._read[path] = (made_for, theme)
        return theme

    def _types(self) -> dict[str, BlockType]:
        made_for = fingerprint(SHIPPED_TYPES, self._own_types)
        known = self._read.get(SHIPPED_TYPES)
        if known is not None and known[0] == made_for and isinstance(known[1], dict):
            return known[1]
        types = _types_from(load(self._cache, "types", made_for))
        if types is None:
            from techlead_tui.config.files import read_text
            from techlead_tui.config.theme_toml import parse_types

            types = parse_types(read_text(SHIPPED_TYPES), file=SHIPPED_TYPES, base={})
            if is_there(self._own_types):
                types = parse_types(read_text(self._own_types), file=self._own_types, base=types)
            save(self._cache, "types", made_for, [list(kind) for kind in types.values()])
        self._read[SHIPPED_TYPES] = (made_for, types)
        return types


def _toml_files(folder: str) -> list[str]:
    """The names, without their ending, of the TOML files in a folder; none where it is not there."""
    return [name[:-5] for name in names_in(folder) if name.endswith(".toml") and not name.startswith(".")]


def _theme_from(data: object) -> WeekTheme | None:
    try:
        return from_data(data) if isinstance(data, dict) else None
    except (LookupError, TypeError):
        return None


def _types_from(data: object) -> dict[str, BlockType] | None:
    try:
        return {row[0]: BlockType(*row) for row in data} if isinstance(data, list) else None
    except (LookupError, TypeError):
        return None
