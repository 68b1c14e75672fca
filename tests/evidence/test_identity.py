"""Name and e-mail from a gitconfig, read as text."""

from pathlib import Path

import pytest

from techlead_tui.evidence.identity import identity


@pytest.fixture(autouse=True)
def no_xdg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n", ("Ada Lovelace", "ada@example.org")),
        ('[USER]\n  Name = "Ada # \\"L\\""  ; a comment\n', ('Ada # "L"', "")),
        ('[core]\nname = nobody\n[user] email = a@b\n[user "x"]\nname = other\n', ("", "a@b")),
        ("[user]\nname = Ada\x1b[31m\n", ("", "")),
        ("garbage \x00 [[[", ("", "")),
        ("", ("", "")),
    ],
)
def test_what_git_knows_is_read(tmp_path: Path, text: str, found: tuple[str, str]) -> None:
    (tmp_path / ".gitconfig").write_text(text, encoding="utf-8")
    assert identity(str(tmp_path)) == found


def test_the_file_in_the_home_folder_wins(tmp_path: Path) -> None:
    folder = tmp_path / ".config" / "git"
    folder.mkdir(parents=True)
    (folder / "config").write_text("[user]\nname = Old\nemail = old@x\n", encoding="utf-8")
    (tmp_path / ".gitconfig").write_text("[user]\nname = New\n", encoding="utf-8")
    assert identity(str(tmp_path)) == ("New", "old@x")


def test_without_a_gitconfig_nothing_is_known(tmp_path: Path) -> None:
    assert identity(str(tmp_path)) == ("", "")
