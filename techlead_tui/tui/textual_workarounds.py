"""Lets go of widgets that are gone: Textual keeps each that was ever drawn (textual #6665)."""

from __future__ import annotations

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


@lru_cache(1024)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def unpin() -> None:
    """The same cache by colours alone: keyed by the widget's own cache as well it would pin 1024 of them."""
    if hasattr(StylesCache, "get_inner_outer"):
        StylesCache.get_inner_outer = staticmethod(_inner_outer)  # type: ignore[method-assign, assignment]
