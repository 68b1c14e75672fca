"""A week theme's file is changed piece by piece: comments stay, and a wrong theme is never made."""

from __future__ import annotations

from pathlib import Path

import pytest

from techlead_tui.config.catalog import Library
from techlead_tui.config.theme_draft import ThemeDraft
from techlead_tui.config.theme_files import new_theme
from techlead_tui.errors import DataError, UserError


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(str(tmp_path / "config"), str(tmp_path / "cache"))


@pytest.fixture
def own(library: Library, tmp_path: Path) -> ThemeDraft:
    new_theme(library, str(tmp_path / "config"), "my-week")
    return ThemeDraft(library, "my-week")


def comments(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def test_each_part_is_changed_and_every_comment_stays(own: ThemeDraft) -> None:
    before = comments(own.text)
    own.set_day(2, {"title": "Build", "allows": ["deep_work"]})
    own.set_box("em-1-1", {"end": "09:30"})
    own.set_limit("", "recurring_meetings", 4)
    own.set_limit("meeting", "stakeholder", "30m")
    own.set_head({"title": "Mine"})
    theme = own.theme
    assert theme.title == "Mine"
    assert theme.day(2).title == "Build"  # type: ignore[union-attr]
    assert next(box for box in theme.boxes if box.id == "em-1-1").end == 570
    assert theme.limits.recurring_meetings == 4
    assert theme.limits.meeting["stakeholder"] == 30
    assert comments(own.text) == before


def test_boxes_come_move_and_go(own: ThemeDraft) -> None:
    own.remove_box("cross-team")
    box_id = own.add_box(
        {"day": "mon", "start": "16:00", "end": "16:30", "summary": "Desk", "kind": "window"}
    )
    own.move_box(box_id, 15)
    found = next(box for box in own.theme.boxes if box.id == box_id)
    assert (box_id, found.start, found.end) == ("window", 975, 1005)
    assert all(own.undo() for _ in range(3))
    assert not own.undo()
    assert not own.changed
    assert "cross-team" in {box.id for box in own.theme.boxes}


def test_what_would_be_wrong_is_refused_with_its_reason_and_changes_nothing(own: ThemeDraft) -> None:
    before = own.text
    with pytest.raises(UserError, match="lunch"):
        own.set_box("team-sync", {"end": "12:30"})
    with pytest.raises(UserError, match="ends before it starts"):
        own.set_box("team-sync", {"end": "09:00"})
    with pytest.raises(UserError):
        own.set_day(2, {"allows": ["nonsense"]})
    with pytest.raises(UserError, match="leave its day"):
        own.move_box("em-1-1", -600)
    assert own.text == before


def test_a_shipped_theme_is_saved_as_a_copy_of_ones_own(library: Library, tmp_path: Path) -> None:
    draft = ThemeDraft(library, "maker-week")
    draft.set_limit("", "recurring_meetings", 3)
    assert draft.save(library, str(tmp_path / "config")) == "my-maker-week"
    assert library.theme("my-maker-week").limits.recurring_meetings == 3
    assert library.theme("maker-week").limits.recurring_meetings == 5
    assert not draft.changed


def test_a_file_that_was_changed_meanwhile_is_left_as_it_is(
    own: ThemeDraft, library: Library, tmp_path: Path
) -> None:
    own.set_limit("", "recurring_meetings", 3)
    path = Path(own.path)
    path.write_text(path.read_text() + "# mine\n")
    with pytest.raises(DataError, match="changed in the meantime"):
        own.save(library, str(tmp_path / "config"))
    assert path.read_text().endswith("# mine\n")
    assert own.changed
    path.unlink()
    with pytest.raises(DataError, match="changed in the meantime"):
        own.save(library, str(tmp_path / "config"))
