"""One row of words to type, in forms, lists and the line at the bottom of the screen."""

from __future__ import annotations

from textual.widgets import Input
from textual.widgets.input import Selection


class RowInput(Input):
    """Take words in one row, and leave the arrows up and down to the form."""

    DEFAULT_CSS = """
    RowInput, RowInput:focus { height: 1; border: none; padding: 0; }
    """

    def __init__(
        self, value: str, placeholder: str, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(
            value,
            placeholder=placeholder,
            select_on_focus=False,
            validate_on=(),  # else a class that says so is set, and the row styled again
            id=id,
            classes=classes,
        )

    def watch_value(self) -> None:
        """Keep the cursor in sight: Textual leaves a row that was empty at its beginning."""
        self.show_cursor()

    def on_resize(self) -> None:
        self.show_cursor()

    def show_cursor(self) -> None:
        """Scroll to the cursor, which Textual does only where it moves."""
        selection = self.selection
        self.selection = Selection.cursor(0)
        self.selection = selection
