"""Change a week theme's file piece by piece, and keep the comments that stand in it (M4, M5)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from techlead_tui.config.catalog import Library
from techlead_tui.config.files import is_there, read_text, write_text
from techlead_tui.config.problems import FileError
from techlead_tui.config.theme_files import free_id, names, retitled
from techlead_tui.config.theme_toml import WEEKDAYS, parse_theme
from techlead_tui.core.calendar import clock
from techlead_tui.core.theme import Types, WeekTheme
from techlead_tui.errors import DataError, UserError

Values = Mapping[str, object]  # by key, as TOML has them; None takes a key out


class ThemeDraft:
    """Hold a week theme's text while it is changed. Nothing is written before `save`."""

    def __init__(self, library: Library, theme_id: str) -> None:
        """Read the file of a theme. DataError, FileError."""
        self.theme_id = theme_id
        self.path = library.path_of(theme_id)
        self.own = library.is_own(theme_id)  # a shipped one is saved as a copy
        self.types: Types = library.types()
        self._found = read_text(self.path)
        self._texts = [self._found]
        self.theme = self._parsed(self._found)

    @property
    def text(self) -> str:
        return self._texts[-1]

    @property
    def changed(self) -> bool:
        return self.text != self._found

    def _parsed(self, text: str) -> WeekTheme:
        return parse_theme(text, theme_id=self.theme_id, file=self.path, types=self.types)

    def undo(self) -> bool:
        """Take the last change back; False when there is none."""
        if len(self._texts) == 1:
            return False
        self._texts.pop()
        self.theme = self._parsed(self.text)
        return True

    def _change(self, change: Callable[[Any], None]) -> None:
        """Apply a change to the parsed file. UserError where the theme would be wrong: it stays as it was."""
        import tomlkit  # dear, and only a change needs it

        document = tomlkit.parse(self.text)
        change(document)
        text = tomlkit.dumps(document)
        try:
            theme = self._parsed(text)
        except FileError as wrong:
            problem = wrong.problems[0]
            raise UserError(problem.message, problem.hint) from None
        if text != self.text:
            self._texts.append(text)
            self.theme = theme

    def set_head(self, values: Values) -> None:
        """Change title, description, hours or lunch of the whole week."""
        self._change(lambda document: _put(document, values))

    def set_day(self, weekday: int, values: Values) -> None:
        """Change a day's title, tone, allows, hours or lunch."""

        def change(document: Any) -> None:
            _put(document["day"][WEEKDAYS[weekday - 1]], values)

        self._change(change)

    def set_box(self, box_id: str, values: Values) -> None:
        """Change fields of a box."""
        self._change(lambda document: _put(_box(document, box_id), values))

    def add_box(self, values: Values) -> str:
        """Add a box under a free id, which is returned."""
        import tomlkit

        taken = {box.id for box in self.theme.boxes}
        stem = str(values.get("kind") or values.get("type") or "box").replace("_", "-")
        box_id = next(name for name in names(stem) if name not in taken)

        def change(document: Any) -> None:
            table = tomlkit.table()
            _put(table, {"id": box_id, **values})
            if "box" not in document:
                document["box"] = tomlkit.aot()
            document["box"].append(table)

        self._change(change)
        return box_id

    def remove_box(self, box_id: str) -> None:
        def change(document: Any) -> None:
            boxes = document["box"]
            del boxes[next(n for n, box in enumerate(boxes) if box["id"] == box_id)]

        self._change(change)

    def move_box(self, box_id: str, minutes: int) -> None:
        """Put a box later, or earlier, by some minutes."""
        box = next(box for box in self.theme.boxes if box.id == box_id)
        if not 0 <= box.start + minutes < box.end + minutes <= 24 * 60:
            raise UserError("the box would leave its day")
        self.set_box(box_id, {"start": clock(box.start + minutes), "end": clock(box.end + minutes)})

    def set_limit(self, part: str, name: str, value: object) -> None:
        """Change a limit: of `part` "" itself, else of split, meeting or week; None takes it out."""
        import tomlkit

        def change(document: Any) -> None:
            table = document.setdefault("limits", tomlkit.table())
            _put(table.setdefault(part, tomlkit.table()) if part else table, {name: value})

        self._change(change)

    def save(self, library: Library, config_dir: str) -> str:
        """Write the file and return the id of the theme: its own, or that of a copy of a shipped one.

        DataError where somebody has changed the file since it was read: then nothing is written.
        """
        if self.own:
            if not is_there(self.path) or read_text(self.path) != self._found:
                raise DataError(
                    f"{self.path} has been changed in the meantime",
                    "your changes are still here; leave, and open it again",
                )
            write_text(self.path, self.text)
        else:
            source, self.theme_id = self.theme_id, free_id(library, f"my-{self.theme_id}")
            self.path = os.path.join(config_dir, "themes", f"{self.theme_id}.toml")
            write_text(self.path, retitled(self.text, self.theme_id, source))
            self.own = True
        self._found = read_text(self.path)
        self._texts = [self._found]
        self.theme = self._parsed(self._found)
        return self.theme_id


def _box(document: Any, box_id: str) -> Any:
    return next(box for box in document["box"] if box["id"] == box_id)


def _put(table: Any, values: Values) -> None:
    for name, value in values.items():
        if value is None:
            if name in table:
                del table[name]
        elif name not in table or table[name] != value:
            table[name] = value
