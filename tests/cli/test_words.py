"""The commands about words: no, review, playbook."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from techlead_tui.config.playbook_toml import read_playbook
from techlead_tui.core.playbook import KINDS, PLACEHOLDERS
from tests.cli.conftest import Techlead

SHIPPED, _ = read_playbook("/no/such/folder")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Let a person sit at the terminal, who types these lines."""

    def typed(*lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))
        monkeypatch.setattr("techlead_tui.cli.no.is_terminal", lambda: True)
        monkeypatch.setattr("techlead_tui.cli.review.is_terminal", lambda: True)

    return typed


def own(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "home" / "config" / "playbook" / "mine.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


# no


@pytest.mark.slow
def test_the_options_that_are_wanted_are_filled_in(techlead: Techlead) -> None:
    call = ("no", "design review of billing", "--option", "a,c", "--with", "ana", "--doc", "docs/billing.md")
    reply = techlead(*call, "--json").json["reply"]
    assert set(reply) == {"text", "options", "placeholders", "offers"}
    assert reply["options"] == ["a", "c"]
    assert "docs/billing.md" in reply["text"]
    assert "Fri 27 Nov" in reply["text"]
    assert "last 20 minutes" in reply["text"]
    assert "I pair" not in reply["text"]
    assert reply["text"].endswith("?")
    assert set(reply["placeholders"]) == set(PLACEHOLDERS)
    assert techlead(*call).out.strip() == reply["text"]


def test_escalation_names_the_hours_of_this_week_and_what_could_go(techlead: Techlead) -> None:
    techlead("log", "2h", "pool", "--at", "mon 11:00")
    text = techlead("no", "--escalate", "--json").json["reply"]["text"]
    assert "15 to 20 hours" in text
    assert "2 h are done" in text
    assert "Stakeholder context, Thu 26 Nov 15:00–16:00" in text


def test_the_focus_reply_offers_what_free_offers(techlead: Techlead) -> None:
    first = techlead("free", "30m", "--json").json["slots"][0]
    reply = techlead("no", "--focus", "tue-afternoon", "--zone", "new_york", "--json").json["reply"]
    assert first["start"] == "2026-11-30T16:00:00+00:00"
    assert reply["placeholders"]["next_free"] == "Mon 30 Nov 16:00–16:30 (11:00–11:30 in New York)"
    assert reply["placeholders"]["next_free"] in reply["text"]
    assert "Deep work" not in reply["text"]


@pytest.mark.parametrize("words", [("mon", "afternoon"), ("mon", "16-16:30")])
@pytest.mark.slow
def test_the_time_that_is_asked_for_is_not_offered_back(techlead: Techlead, words: tuple[str, ...]) -> None:
    reply = techlead("no", "--focus", *words, "--json").json["reply"]
    assert "Mon 30 Nov" not in reply["text"]


@pytest.mark.slow
def test_a_block_is_named_by_its_id_or_its_title(techlead: Techlead) -> None:
    techlead("add", "thu", "15-16", "Budget sync", "@ana", "+stakeholder", "--doc", "b.md", "--override", "x")
    reply = techlead("no", "budget sync", "-o", "ac", "--json").json["reply"]
    assert reply["text"].startswith("Hi ana, I won't join Budget sync")
    assert "b.md" in reply["text"]
    (signoff,) = [offer for offer in reply["offers"] if offer["option"] == "c"]
    assert signoff["words"][0] == "move"
    assert signoff["start"] == "2026-11-26T15:40:00+00:00"
    assert techlead(*signoff["words"]).code == 0
    by_id = techlead("no", "em-1-1@2026-11-30", "-o", "c", "--json").json
    assert by_id["week"] == "2026-W49"
    assert by_id["reply"]["placeholders"]["by"] == "Fri 4 Dec"


@pytest.mark.slow
def test_what_is_offered_is_free_when_it_is_taken(techlead: Techlead) -> None:
    call = ("no", "cache", "thu", "14-15", "--with", "ana", "--doc", "c.md", "--json")
    offers = techlead(*call).json["reply"]["offers"]
    assert [offer["option"] for offer in offers] == ["a", "b", "c"]
    for offer in offers[:2]:
        assert techlead(*offer["words"]).code == 0
    assert [offer["start"] for offer in techlead(*call).json["reply"]["offers"]] != [
        offer["start"] for offer in offers
    ]


@pytest.mark.parametrize(
    ("now", "by"), [("2026-11-27T16:00", "Fri 27 Nov"), ("2026-11-28T10:00", "Fri 4 Dec")]
)
@pytest.mark.few(1)
def test_friday_is_one_that_is_not_over(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch, now: str, by: str
) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", now)
    for call in ((), ("em-1-1@2026-11-23",)):
        assert techlead("no", *call, "--escalate", "--json").json["reply"]["placeholders"]["by"] == by


@pytest.mark.parametrize(
    ("text", "by"), [("thu", "Thu 26 Nov"), ("2026-12-01", "Tue 1 Dec"), ("fri 12:00", "Fri 27 Nov 12:00")]
)
@pytest.mark.few(1)
def test_another_day_is_taken_as_it_is_said(techlead: Techlead, text: str, by: str) -> None:
    reply = techlead("no", "x", "-o", "a", "--doc", "d", "--by", text, "--json").json["reply"]
    assert f"comments by {by}." in reply["text"]


def test_nothing_is_planned_unasked(techlead: Techlead) -> None:
    techlead("no", "cache", "thu", "14-15", "--with", "ana", "--doc", "c.md")
    assert techlead("history", "--json").json["history"] == []


def test_without_a_terminal_what_is_missing_is_named(techlead: Techlead) -> None:
    answer = techlead("no", "budget")
    assert answer.code == 2
    assert answer.out == ""
    assert "the document (option a) and the engineer (option b)" in answer.err
    assert "--doc PATH and --with WHO" in answer.err


def test_at_a_terminal_it_is_asked_for_and_no_answer_leaves_the_option_out(
    techlead: Techlead, terminal
) -> None:  # type: ignore[no-untyped-def]
    terminal("", "Ana")
    answer = techlead("no", "budget")
    assert answer.code == 0
    assert "pair with Ana" in answer.out
    assert "comments" not in answer.out
    assert "Which document" in answer.err


@pytest.mark.parametrize("tone", ["plain", "warm"])
@pytest.mark.parametrize("entry", [e for e in SHIPPED.values() if KINDS[e.kind].said], ids=lambda e: e.id)
@pytest.mark.few(2)
def test_every_reply_can_be_reached_and_is_filled(techlead: Techlead, entry, tone: str) -> None:  # type: ignore[no-untyped-def]
    how = {"say-no": (), "escalate": ("--escalate",), "focus": ("--focus",)}
    call = how.get(entry.id, (f"--{entry.kind}", entry.id))
    given = ("--doc", "x.md", "--with", "Ana", "--to", "Bo", "--goal", "a date")
    text = techlead("no", "Budget", *call, *given, "--tone", tone, "--json").json["reply"]["text"]
    assert text.endswith("?")
    assert not set("[]{}") & set(text)
    assert len(text) <= 1200


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("--escalate", "--focus"), "two replies"),
        (("--option", "d"), "no option “d”"),
        (("--option", ""), "no option"),
        (("--focus", "--option", "a"), "has no options"),
        (("--objection", "em-visibilty"), "did you mean em-visibility"),
        (("--tone", "rude"), "--tone does not know"),
        (("--zone", "Europe/Berln"), "did you mean Europe/Berlin"),
        (("--by", "someday"), "is not a day"),
        (("--doc", " "), "--doc is empty"),
        (("em-1-1@2026-13-01",), "not a date"),
    ],
)
@pytest.mark.few(4)
def test_a_wrong_call_is_told(techlead: Techlead, call: tuple[str, ...], said: str) -> None:
    answer = techlead("no", *call)
    assert answer.code == 2
    assert said in answer.err


@pytest.mark.parametrize("name", ["[bold]Ana[/bold] {by}", "‏مرحبا", "👩‍💻 \x1b[31mx", "x" * 500])
@pytest.mark.few(1)
def test_names_are_text_and_nothing_else(techlead: Techlead, name: str) -> None:
    call = ("no", name, "-o", "b", "--with", name)
    reply = techlead(*call, "--json").json["reply"]
    kept = name.replace("\x1b", "")
    assert f"pair with {kept} on" in reply["text"]
    assert "\x1b" not in techlead(*call).out


@pytest.mark.slow
def test_ones_own_text_is_used_and_a_wrong_one_is_named(techlead: Techlead, tmp_path: Path) -> None:
    file = own(tmp_path, '[[reply]]\nid = "focus"\n[reply.plain]\nopening = "Not now, {requestr}."\n')
    answer = techlead("no", "--focus")
    assert answer.code == 4
    assert f"{file}:4" in answer.err
    assert "did you mean requester?" in answer.err
    assert techlead("playbook", "check").code == 1
    found = techlead("doctor", "--json").json["findings"]
    assert [Path(one["file"]).name for one in found] == ["mine.toml"]
    file.write_text('[[reply]]\nid = "focus"\n[reply.plain]\nopening = "Not now[, {requester}]."\n')
    assert techlead("no", "--focus", "--to", "Ana").out.startswith("Not now, Ana.")
    assert techlead("playbook", "check").code == 0


@pytest.mark.parametrize("raw", [b"\xff", b"#" * 10_000_000])
@pytest.mark.few(1)
def test_a_playbook_that_cannot_be_read_is_named(techlead: Techlead, tmp_path: Path, raw: bytes) -> None:
    own(tmp_path, raw)
    for call in (("no", "--escalate"), ("playbook",), ("review",)):
        answer = techlead(*call)
        assert answer.code == 4
        assert "mine.toml" in answer.err
    assert techlead("playbook", "check", "--json").json["problems"][0]["file"].endswith("mine.toml")
    assert techlead("week").code == 0


@pytest.mark.process
def test_the_text_is_copied_and_the_way_is_told(
    techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / "wl-copy"
    command.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(tmp_path / 'got')!r}, 'w').write(sys.stdin.read())\n"
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    answer = techlead("no", "--focus", "--copy")
    assert "copied, by wl-copy" in answer.err
    assert (tmp_path / "got").read_text() == answer.out.rstrip("\n")
    command.unlink()
    assert "select the text" in techlead("no", "--focus", "--copy").err


@pytest.mark.few(0)
def test_every_placeholder_is_filled_from_the_demos_week(
    techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = str(tmp_path / "demo")
    assert techlead("demo", "--keep", home).code == 0
    monkeypatch.setenv("TECHLEAD_HOME", home)
    given = ("--doc", "x.md", "--with", "Ana", "--to", "Bo", "--goal", "a date")
    values = techlead("no", "Budget sync", *given, "--json").json["reply"]["placeholders"]
    assert all(values.values()), values


# review


def test_without_a_terminal_the_template_is_printed(techlead: Techlead) -> None:
    markdown = techlead("review", "--json").json["review"]["markdown"]
    assert techlead("review").out.strip() == markdown.strip()
    for wanted in ("**Overall:**", "What goes wrong", "not required", "pair"):
        assert wanted in markdown


@pytest.mark.slow
def test_the_time_is_hands_on_and_never_shipped_code(techlead: Techlead) -> None:
    answer = techlead("review", "pool", "rewrite", "--log", "10m", "--json").json
    assert answer["ok"]
    assert (answer["session"]["pattern"], answer["session"]["category"]) == ("review", "hands_on")
    assert answer["session"]["summary"] == "pool rewrite"
    code = techlead("check", "--json").json["check"]["questions"][0]
    assert code["suggested"] is not True
    assert "1 review, not counted as code" in code["evidence"]
    figure = techlead("playbook", "before-a-review", "--json").json["playbook"][0]["figure"]
    assert figure == "10 min logged as review in 4 weeks"
    techlead("log", "5m", "the same", "+review")
    assert techlead("sessions", "--json").json["sessions"][-1]["pattern"] == "review"
    techlead("undo")
    techlead("undo")
    assert techlead("sessions", "--json").json["sessions"] == []


def editor(tmp_path: Path, body: str) -> str:
    path = tmp_path / "editor"
    path.write_text(f"#!{sys.executable}\nimport sys\npath = sys.argv[-1]\n{body}\n")
    path.chmod(0o755)
    return f"'{path}' --wait"


@pytest.mark.process
def test_the_editor_gets_the_template_and_its_text_is_printed(
    techlead: Techlead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal
) -> None:  # type: ignore[no-untyped-def]
    terminal()
    monkeypatch.setenv("EDITOR", "false")
    body = "text = open(path).read()\nassert 'Overall' in text\nopen(path, 'w').write('Good, Ünal.')"
    monkeypatch.setenv("VISUAL", editor(tmp_path, body))
    assert techlead("review").out == "Good, Ünal.\n"


@pytest.mark.process
@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("", 0, "not changed"),
        ("sys.exit(3)", 4, "failed with exit code 3"),
        ("open(path, 'w').write('mine')\nsys.exit(3)", 4, "your text is kept in"),
        ("open(path, 'wb').write(b'\\xff')", 4, "not UTF-8"),
        ("import os\nos.unlink(path)", 0, "not changed"),
    ],
)
@pytest.mark.few(2)
def test_an_editor_that_fails_or_writes_nothing_is_told_and_loses_nothing(
    techlead: Techlead,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    terminal,
    body: str,
    code: int,
    said: str,
) -> None:  # type: ignore[no-untyped-def]
    terminal()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("EDITOR", editor(tmp_path, body))
    answer = techlead("review")
    assert answer.code == code
    assert answer.out == ""
    assert said in answer.err
    kept = [name for name in os.listdir(tmp_path) if name.startswith("techlead-")]
    assert len(kept) == ("kept" in answer.err)


@pytest.mark.process
def test_an_editor_that_is_not_there_is_named(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch, terminal
) -> None:  # type: ignore[no-untyped-def]
    terminal()
    monkeypatch.setenv("EDITOR", "no-such-editor")
    answer = techlead("review")
    assert answer.code == 4
    assert "no-such-editor did not start" in answer.err


def test_without_an_editor_questions_are_asked(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch, terminal
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    terminal("Good.", "Two writers", "They race.", "A queue", "", "Start small", "")
    out = techlead("review").out
    assert out.startswith(
        "**Overall:** Good.\n\n## Risks\n\n### Risk 1: Two writers\n- What goes wrong: They race."
    )
    assert "(not required)\n\n1. Start small\n" in out
    assert out.rstrip().endswith("tell me when.")
    terminal("", "", "")
    assert techlead("review").out == ""


# playbook


def test_every_entry_is_found_by_its_id_beside_a_figure_of_the_users_own(techlead: Techlead) -> None:
    techlead("log", "2h", "pool", "+lead")
    found = techlead("playbook", "--json").json["playbook"]
    assert [entry["id"] for entry in found] == list(SHIPPED)
    assert all(entry["figure"] and entry["opens"] for entry in found)
    assert {part for entry in found for part in entry["method"]} == {f"M{n}" for n in range(1, 18)}
    assert "lead 1" in techlead("playbook", "spike").out


def test_words_find_entries_and_none_is_told(techlead: Techlead) -> None:
    assert "em-visibility" in techlead("playbook", "needs", "VISIBILITY").out
    assert techlead("playbook", "M13", "--json").json["playbook"][0]["id"] == "focus"
    assert techlead("playbook", "xyzzy").out == "nothing contains these words\n"
    assert techlead("playbook", "xyzzy", "--json").json["playbook"] == []
    assert json.loads(techlead("playbook", "check", "--json").out)["problems"] == []


@pytest.mark.slow
def test_what_could_be_dropped_is_offered_with_the_call_that_writes_the_trade_down(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T09:00")
    call = ("add", "fri", "14:30-15", "card call", "--override", "nine hours ahead")
    assert techlead(*call).code == 0
    offers = techlead("no", "budget sync", "--to", "mira", "--escalate", "--json").json["reply"]["offers"]
    assert [offer["words"][0] for offer in offers] == ["rm", "trade", "rm", "trade"]
    mine = [offer for offer in offers if offer["title"] == "Drop card call"]
    for offer in mine:
        assert techlead(*offer["words"]).code == 0
    (entry,) = [one for one in techlead("boundary", "--json").json["boundary"] if one["what"] == "trade"]
    assert (entry["summary"], entry["reason"], entry["people"]) == ("card call", "for budget sync", ["mira"])
