"""What every call is answered, to the letter; `python -m tests.core.words.transcript` writes it anew."""

from pathlib import Path

import pytest

from tests.core.words.transcript import FOLDER, transcript


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_call_is_answered_as_it_is_written_down(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert transcript(text) == text
