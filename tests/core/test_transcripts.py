"""What comes of calls, to the letter; `TECHLEAD_GOLDENS=write pytest tests/core` writes it anew."""

import os
from pathlib import Path

import pytest

from tests.core.transcript import FOLDER, transcript


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_what_comes_of_a_call_is_as_it_is_written_down(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if os.environ.get("TECHLEAD_GOLDENS") == "write":
        path.write_text(transcript(text), encoding="utf-8")
    assert transcript(text) == path.read_text(encoding="utf-8")
