"""Decision documents: a Markdown file is written, listed, turned and read as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from techlead_tui.cli.decide_edits import open_in_editor
from tests.cli.conftest import Techlead


def decide(techlead: Techlead, *args: str) -> dict[str, object]:
    answer = techlead("decide", *args, "--json")
    assert answer.code == 0, answer.err
    found: dict[str, object] = answer.json["decision"]
    return found


def test_a_document_is_written_into_the_data_folder_and_listed(techlead: Techlead, tmp_path: Path) -> None:
    made = decide(techlead, "Move to events", "@ana", "--consulted", "ben,chidi")
    path = tmp_path / "home" / "data" / "decisions" / "0001-move-to-events.md"
    assert made["path"] == str(path)
    text = path.read_text(encoding="utf-8")
    assert "status: proposed\n" in text
    assert "decision-makers: [ana]\nconsulted: [ben, chidi]\n" in text
    assert "# Move to events\n" in text
    listed = techlead("decisions", "--json").json["decisions"]
    assert [(one["status"], one["path"], one["people"]) for one in listed] == [
        ("draft", str(path), ["ana", "ben", "chidi"])
    ]
    assert listed[0]["days_left"] > 0


@pytest.mark.parametrize(
    ("others", "want"),
    [
        ((), "0001-one-cache.md"),
        (("007-x.md", "README.md"), "008-one-cache.md"),
        (("0009_y.md",), "0010_one-cache.md"),
        (("use-kafka.md",), "one-cache.md"),
        (("one-cache.md",), "one-cache-2.md"),
    ],
)
def test_numbers_go_on_as_the_folder_does_it(
    techlead: Techlead, tmp_path: Path, others: tuple[str, ...], want: str
) -> None:
    folder = tmp_path / "docs" / "adr"
    folder.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for name in others:
        (folder / name).write_text("# Other\n", encoding="utf-8")
    assert decide(techlead, "One cache?")["path"] == str(folder / want)
    assert all((folder / name).read_text(encoding="utf-8") == "# Other\n" for name in others)


def test_the_folder_of_the_settings_and_the_one_of_the_call_win(techlead: Techlead, tmp_path: Path) -> None:
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'decisions_folder = "{tmp_path}/ours"\n', encoding="utf-8")
    assert decide(techlead, "a")["path"] == f"{tmp_path}/ours/0001-a.md"
    assert decide(techlead, "b", "--dir", "here")["path"] == f"{tmp_path}/here/0001-b.md"


def test_a_state_is_written_into_the_file_and_undo_takes_it_back(techlead: Techlead) -> None:
    path = Path(str(decide(techlead, "Move to events")["path"]))
    before = path.read_bytes()
    assert techlead("decisions", "events", "open").code == 0
    done = techlead("decisions", "events", "decided", "--json").json["decision"]
    assert (done["status"], done["revisit"] is not None) == ("decided", True)
    assert "status: accepted\n" in path.read_text(encoding="utf-8")
    assert techlead("undo").code == 0
    assert "status: proposed\n" in path.read_text(encoding="utf-8")
    assert techlead("decisions", "--json").json["decisions"][0]["status"] == "open"
    techlead("undo")
    techlead("undo")
    assert techlead("decisions", "--json").json["decisions"] == []
    assert path.read_bytes() == before


def test_what_supersedes_says_so_both_ways_in_one_step(techlead: Techlead) -> None:
    old, new = (Path(str(decide(techlead, title)["path"])) for title in ("Events", "Streams"))
    assert techlead("decisions", "Events", "superseded", "Streams").code == 0
    assert "status: superseded by 0002-streams.md" in old.read_text(encoding="utf-8")
    assert "supersedes: 0001-events.md" in new.read_text(encoding="utf-8")
    techlead("undo")
    assert "status: proposed" in old.read_text(encoding="utf-8")


def test_a_file_is_read_as_it_was_edited_by_hand(techlead: Techlead) -> None:
    path = Path(str(decide(techlead, "Move to events", "@ana")["path"]))
    text = path.read_text(encoding="utf-8").replace("status: proposed", "status: rejected")
    path.write_text(text.replace("# Move to events", "# Stay").replace("[ana]", "ana, bo"), encoding="utf-8")
    assert techlead("decisions", "--json").json["decisions"] == []
    found = techlead("decisions", "--all", "--json").json["decisions"][0]
    assert (found["summary"], found["status"], found["people"]) == ("Stay", "rejected", ["ana", "bo"])
    path.unlink()
    found = techlead("decisions", "--json").json["decisions"][0]
    assert found["problem"] == f"{path}: the file is gone"
    assert techlead("decisions", found["uid"], "decided").code == 4
    assert techlead("decisions", found["uid"], "rm").code == 0


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfe# x", ":1: the text is not UTF-8"),
        (b"---\nstatus: maybe\n---\n# x\n", ":2: status is not known"),
        (b"---\nstatus: proposed\ndeadline: soon\n---\n# x\n", ":3: deadline is not a date"),
        (b"---\nstatus: [\n---\n# x\n", "the front matter is not YAML"),
    ],
)
def test_a_file_that_is_not_right_is_named_and_left_alone(techlead: Techlead, raw: bytes, said: str) -> None:
    path = Path(str(decide(techlead, "Move to events")["path"]))
    path.write_bytes(raw)
    found = techlead("decisions", "--json").json["decisions"][0]
    assert said in found["problem"]
    refused = techlead("decisions", "events", "open")
    assert (refused.code, said in refused.err) == (4, True)
    assert path.read_bytes() == raw


def test_a_file_without_front_matter_is_named_until_it_has_one(techlead: Techlead) -> None:
    path = Path(str(decide(techlead, "Move to events")["path"]))
    path.write_text("# Move to events\n\nBecause.\n", encoding="utf-8")
    assert f"{path}:1: there is no front matter" in techlead("decisions").err
    assert techlead("decisions", "events", "decided").code == 0
    found = techlead("decisions", "--all", "--json").json["decisions"][0]
    assert (found["problem"], found["status"]) == (None, "decided")
    assert path.read_text(encoding="utf-8").endswith("# Move to events\n\nBecause.\n")


def test_all_shows_the_others_and_a_turn_takes_one_into_the_list(techlead: Techlead, tmp_path: Path) -> None:
    folder = tmp_path / "docs" / "decisions"
    folder.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    own = folder / "0001-kafka.md"
    own.write_text("# Kafka\n\nBecause.\n", encoding="utf-8")
    assert techlead("decisions", "--json").json["decisions"] == []
    assert techlead("decisions", "--all", "--json").json["decisions"][0]["summary"] == "Kafka"
    assert techlead("decisions", "0001-kafka.md", "decided").code == 0
    text = own.read_text(encoding="utf-8")
    assert text.startswith("---\nstatus: accepted\n")
    assert text.endswith("# Kafka\n\nBecause.\n")


def test_where_one_of_two_files_is_not_right_neither_is_changed(techlead: Techlead) -> None:
    old, new = (Path(str(decide(techlead, title)["path"])) for title in ("Events", "Streams"))
    old.write_bytes(b"---\nstatus: [\n---\n# Events\n")
    before = (old.read_bytes(), new.read_bytes())
    assert techlead("decisions", "Events", "superseded", "Streams").code == 4
    assert (old.read_bytes(), new.read_bytes()) == before


def test_a_change_keeps_the_mode_of_the_file(techlead: Techlead) -> None:
    path = Path(str(decide(techlead, "Events")["path"]))
    path.chmod(0o640)
    assert techlead("decisions", "Events", "open").code == 0
    assert techlead("decisions", "Events", "edit", "Streams").code == 0
    assert path.stat().st_mode & 0o777 == 0o640
    assert "# Streams\n" in path.read_text(encoding="utf-8")


@pytest.mark.process
@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("", "with $EDITOR set"),
        ("false", "the editor false failed with exit code 1; the file is written"),
        ("no-such-editor", "the editor no-such-editor did not start: no such file or directory; the file"),
        ("'x", "is not a command: 'x; the file"),
        ("true", ""),
    ],
)
def test_an_editor_that_fails_is_told_and_nothing_is_lost(
    editor: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    path = tmp_path / "x.md"
    path.write_text("# x\n", encoding="utf-8")
    open_in_editor(str(path))
    told = capsys.readouterr().err
    assert said in told if said else not told
    assert path.read_text(encoding="utf-8") == "# x\n"
