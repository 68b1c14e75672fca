"""Translate the palette for Textual: styles and strips for our rows, a color theme for its widgets."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.theme import BUILTIN_THEMES, Theme

from techlead_tui.render.ansi import Painter, nearest
from techlead_tui.render.palette import Palette, look
from techlead_tui.render.text import Row, row_width


class Looks:
    """Hold one palette on a terminal of so many bits of color, with the styles made of it."""

    def __init__(self, palette: Palette, bits: int = 24) -> None:
        self.palette = palette
        self.painter = Painter(palette, bits)
        self._bits = bits
        self._styles: dict[str, Style] = {}

    def change(self, palette: Palette) -> None:
        """Take another palette; what shows the old one has to be painted again."""
        self.palette = palette
        self.painter = Painter(palette, self._bits)
        self._styles.clear()

    def style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            shown = look(self.palette, name)
            style = Style(
                color=self._colour(shown.fg),
                bgcolor=self._colour(shown.bg),
                bold=shown.bold or None,
                dim=shown.dim or None,
                italic=shown.italic or None,
                underline=shown.underline or None,
                strike=shown.strike or None,
                reverse=shown.reverse or None,
            )
            self._styles[name] = style
        return style

    def strip(self, row: Row) -> Strip:
        return Strip([Segment(text, self.style(style)) for text, style in row], row_width(row))

    def _colour(self, value: str | None) -> str | None:
        if value is None:
            return "default" if is_native(self.palette) else None
        if not value.startswith("#"):
            return f"color({value})"
        return f"color({nearest(value)})" if self._bits == 8 else value  # the painter's, not Rich's nearest


def is_native(palette: Palette) -> bool:
    """Return whether the palette leaves the colors to the terminal."""
    return not palette.inks["ink"]


class Colourless(LineFilter):
    """Take every color out, and leave weight, line and reverse.

    Textual's own filters turn colors into greys or into the terminal's own, which is still color.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [Segment(text, _without_colour(style), control) for text, style, control in segments]


@lru_cache(1024)
def _without_colour(style: Style | None) -> Style | None:
    return None if style is None else style.without_color


def theme_of(palette: Palette) -> Theme:
    """Return Textual's color theme with the palette's colors."""
    if is_native(palette):
        base = vars(BUILTIN_THEMES["ansi-dark"])
        swapped = dict.fromkeys(("input-cursor-text-style", "block-cursor-text-style"), "reverse")
        plain = {"input-cursor-background": "ansi_default", "input-cursor-foreground": "ansi_default"}
        plain |= {"block-cursor-background": "ansi_default", "block-cursor-foreground": "ansi_default"}
        variables = {**base["variables"], **plain, **swapped}
        return Theme(**{**base, "name": f"techlead-{palette.id}", "variables": variables})
    inks, grounds = palette.inks, palette.grounds
    return Theme(
        name=f"techlead-{palette.id}",
        primary=inks["accent"] or "",
        secondary=inks["edge.mentorship"],
        warning=inks["warn"],
        error=inks["refuse"],
        success=inks["good"],
        accent=inks["accent"],
        foreground=inks["ink"],
        background=grounds["page"],
        surface=grounds["input"],
        panel=grounds["bar"],
        dark=palette.dark,
        variables={
            "input-cursor-background": inks["accent"] or "",
            "input-cursor-foreground": grounds["page"] or "",
            "text-disabled": inks["faint"] or "",  # of an example in an empty line
            "block-cursor-background": grounds["cursor"] or "",
            "block-cursor-foreground": inks["cursor"] or "",
            "scrollbar": inks["rule"] or "",
            "scrollbar-hover": inks["faint"] or "",
            "scrollbar-active": inks["accent"] or "",
            "scrollbar-background": grounds["bar"] or "",
            "scrollbar-background-hover": grounds["bar"] or "",
            "scrollbar-background-active": grounds["bar"] or "",
            "scrollbar-corner-color": grounds["bar"] or "",
        },
    )
