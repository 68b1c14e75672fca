"""Decision documents on the screen: their states are in their files."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from techlead_tui.core.edits import AddItem
from tests.tui.conftest import Opened, Opener
from tests.tui.hand import click_words

SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])


def begin(screen: Opened, title: str, folder: Path) -> None:
    edit = AddItem("decision", title, {"folder": str(folder), "consulted": ["ana"]})
    assert not screen.planner.apply(edit, ["decide"]).refused


async def open_list(screen: Opened) -> None:
    await screen.screen.run_action("items('decision')")
    await screen.settle()


@SIZES
async def test_what_supersedes_a_document_says_so_both_ways(
    opened: Opener, tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = tmp_path / "adr"
    async with opened(size=size) as screen:
        begin(screen, "Events", folder)
        begin(screen, "Streams", folder)
        await open_list(screen)
        await screen.press("home")
        await click_words(screen, "s supersede")
        await screen.type("streams")
        await click_words(screen, "⏎ save")
        old, new = (next(folder.glob(f"*{name}.md")).read_text() for name in ("events", "streams"))
        assert "status: superseded by 0002-streams.md" in old
        assert "supersedes: 0001-events.md" in new
        await screen.press("u")
        assert "status: proposed" in next(folder.glob("*events.md")).read_text()


@pytest.mark.slow
async def test_what_is_not_there_cannot_supersede(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        begin(screen, "Events", tmp_path / "adr")
        await open_list(screen)
        await screen.press("s")
        await screen.type("streams")
        await screen.press("enter")
        assert "there is no decision" in screen.text()


@pytest.mark.process
@pytest.mark.parametrize(
    ("script", "says"),
    [("printf '\\nMore.\\n' >> $1", "as its file says"), ("exit 3", "failed with exit code 3")],
    ids=["writes", "fails"],
)
async def test_enter_opens_the_document_in_the_editor(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, says: str
) -> None:
    editor, folder = tmp_path / "editor", tmp_path / "adr"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("textual.app.App.suspend", lambda _self: nullcontext())
    async with opened(size=(80, 24)) as screen:
        begin(screen, "Events", folder)
        await open_list(screen)
        assert "⏎ open" in screen.text()
        await screen.press("enter")
        assert says in " ".join(screen.text().split())  # wherever the path to the editor breaks the line
        written = (folder / "0001-events.md").read_text()
        assert written.endswith("More.\n") is (says == "as its file says")
