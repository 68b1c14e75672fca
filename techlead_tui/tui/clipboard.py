"""Copy a text by whatever way there is, the terminal last, and say which way it went."""

from __future__ import annotations

import asyncio

from textual.app import App

from techlead_tui.hooks.clipboard import copy, said


async def copy_text(app: App[object], text: str) -> str:
    """Copy a text, and return the sentence that tells which way it went."""
    ways: list[str] = []
    way = await asyncio.to_thread(copy, text, ways.append)
    if ways:
        app.copy_to_clipboard(text)
    return said(way)
