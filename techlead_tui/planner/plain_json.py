"""JSON text without the json module, for answers that must come at once."""

from __future__ import annotations

from techlead_tui.store.text import encode as encode

__all__ = ["encode"]
