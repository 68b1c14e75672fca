"""Calls that cannot be done, and homes that are not as they should be: a sentence, a code, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from techlead_tui.cli.registry import NAMES
from techlead_tui.config.local_time import Clock
from techlead_tui.errors import DataError
from tests.cli.conftest import Techlead


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("doctor everything", "“everything” is one word too many"),
        ("doctor --restore none.zip --yes", "there is no backup “none.zip”"),
        ("help theme you", "there is no command theme you"),
        ("help add more", "there is no command add more"),
        ("help --json ad", "did you mean add?"),
        ("theme --json sow", "did you mean show?"),
        ("sessions soon", "+2, -1, a date in it or all"),
        ("check soon", "+2, -1, a date in it or all"),
        ("move", "give its ID first"),
        ("redo", "techlead history"),
        ("--jsn", "did you mean techlead --json?"),
        ("list", "did you mean techlead week?"),
        ("tomorrow", "did you mean techlead day tomorrow?"),
        ("2026-w50", "did you mean techlead week 2026-w50?"),
        ("theme list", "techlead themes lists them"),
        ("log pool fix 45m", "the length comes first: techlead log 45m ...\n"),
        ("check code=yes this next", "“next” is one word too many"),
        ("check code=perhaps", "code=yes, code=no or code=open"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(techlead: Techlead, call: str, says: str) -> None:
    answer = techlead(*call.split())
    assert (answer.code, answer.out) == (2, "")
    error, hint = answer.err.splitlines()
    assert error.startswith("error: ")
    assert hint.startswith("hint: ")
    assert says in answer.err


def test_options_may_stand_before_the_verb_and_alone(techlead: Techlead) -> None:
    techlead("log", "5m", "x")  # or the first use would be now, by the second
    assert techlead("--json").json == techlead("week", "--json").json
    assert techlead("--json", "next").json["week"] == techlead("week", "next", "--json").json["week"]
    assert techlead("theme", "--json", "show").json["theme"]["id"] == "maker-week"


def test_a_plain_word_answers_the_check(techlead: Techlead) -> None:
    answer = techlead("check", "last", "code=yes", "stress=frazzled", "--answer", "team=no", "--json")
    given = {question["id"]: question["answer"] for question in answer.json["check"]["questions"]}
    assert given == {"code": True, "meetings": None, "depth": None, "team": False, "stress": False}


def test_what_is_suggested_is_taken_at_once_but_for_what_was_answered(techlead: Techlead) -> None:
    def answers(*args: str) -> dict[str, bool | None]:
        questions = techlead("check", *args, "--json").json["check"]["questions"]
        return {question["id"]: question["answer"] for question in questions}

    before = techlead("check", "--json").json["check"]["questions"]
    suggested = {question["id"]: question["suggested"] for question in before}
    assert any(answer is not None for answer in suggested.values())
    assert answers() == dict.fromkeys(suggested)
    assert answers("meetings=no", "--confirm") == {**suggested, "meetings": False}
    assert "no suggestion is left" in techlead("check", "--confirm").err
    assert techlead("undo").code == 0
    assert answers() == dict.fromkeys(suggested)


def test_a_meeting_that_nobody_named_is_refused_with_the_types_of_own_work(techlead: Techlead) -> None:
    assert "as no type was named" in techlead("add", "2031-03-04", "14-15", "design", "the", "cache").err
    assert "as no type was named" not in techlead("add", "2031-03-04", "14-15", "x", "+meeting").err


@pytest.mark.parametrize(
    ("words", "day"), [("pool yesterday", "yesterday"), ("yesterday pool", "yesterday"), ("Mon pool", "mon")]
)
def test_a_day_at_either_end_of_the_text_is_pointed_at(techlead: Techlead, words: str, day: str) -> None:
    answer = techlead("log", "45m", *words.split())
    assert answer.code == 0
    assert f"--at {day}" in answer.err


def test_a_day_that_is_said_as_such_is_not_pointed_at(techlead: Techlead) -> None:
    assert techlead("log", "45m", "pool", "--at", "yesterday").err == ""


def test_any_day_is_shown_with_what_stands_in_it(techlead: Techlead) -> None:
    techlead("add", "2031-03-05", "14-16", "connection pool", "+code")
    shown = techlead("day", "2031-03-05").out
    assert shown.startswith("Wed 5 Mar 2031: normal, Deep\n")
    assert "connection pool +code" in shown
    assert "nothing planned" in techlead("day", "2031-03-08").out


def test_nothing_to_tell_is_told(techlead: Techlead) -> None:
    assert techlead("check", "all").out.startswith("no week has an answer yet")
    assert techlead("sessions").out.startswith("no sessions in 20")
    assert techlead("sessions", "all").out.startswith("no sessions yet")


@pytest.mark.few(0)
def test_a_demonstration_touches_no_folder_that_holds_anything(techlead: Techlead, tmp_path: Path) -> None:
    settings = tmp_path / "mine" / "config" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('name = "Ana"\n')
    (tmp_path / "file").write_text("x")
    for name in ("mine", "file"):
        answer = techlead("demo", "--keep", str(tmp_path / name))
        assert answer.code == 2
        assert "already exists" in answer.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["config"]
    assert settings.read_text() == 'name = "Ana"\n'
    (tmp_path / "empty").mkdir()
    assert techlead("demo", "--keep", str(tmp_path / "empty"), "--json").code == 0


ARGUMENTS = {
    "free": "45m",
    "find": "pool",
    "add": "2031-03-05 14-16 pool +code",
    "move": "em-1-1 14-15",
    "edit": "em-1-1 title",
    "rm": "em-1-1",
    "done": "em-1-1",
    "day": "2031-03-05 leave",
    "log": "45m x --at 9:00",
    "check": "--answer code=yes",
    "theme": "new mine",
    "completions": "bash",
}
BROKEN = {
    "data": "not a folder",
    "config": "not a folder",
    "cache": "not a folder",
    "config/config.toml": 'week_theme = "gone"\n',
    "config/config.toml ": "[[[",
    "config/themes/maker-week.toml": "title = 3",
    "config/themes/maker-week.toml ": "\0",
    "config/playbook/types.toml": "[x]\nkind = 1",
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.few(2)
def test_in_a_broken_home_every_command_answers_or_says_why_not(
    techlead: Techlead, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "home" / name.strip()
    file.parent.mkdir(parents=True)
    file.write_text(BROKEN[name])
    for command in (name for name in NAMES if name != "demo"):
        answer = techlead(command, *ARGUMENTS.get(command, "").split())
        assert answer.code in (0, 1, 2, 3, 4)
        if answer.code in (2, 4):
            error, *hints = answer.err.splitlines()
            assert error.startswith("error: ")
            assert hints
            assert "Errno" not in error
    assert file.read_text() == BROKEN[name]


def test_a_week_theme_that_is_gone_is_told_with_who_uses_it(techlead: Techlead, tmp_path: Path) -> None:
    settings = tmp_path / "home" / "config" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('week_theme = "makr-week"\n')
    answer = techlead("week")
    assert answer.code == 4
    assert f"and {settings} uses it" in answer.err
    assert "did you mean maker-week?" in answer.err
    assert techlead("theme", "use", "maker-week").code == 0
    assert techlead("week").code == 0


@pytest.mark.parametrize("verb", [("rm",), ("done",), ("edit",), ("move",)])
def test_an_empty_id_means_nothing_even_where_there_is_one_thing(
    techlead: Techlead, verb: tuple[str, ...]
) -> None:
    techlead("add", "2031-03-05", "14-16", "pool", "+code")
    rest = {"edit": ("x",), "move": ("2031-03-06", "10")}.get(verb[0], ())
    for text in ("", "  ", "0", "03", "03b"):
        answer = techlead(*verb, text, *rest)
        assert answer.code == 2, text
    assert len(techlead("history", "--json").json["history"]) == 1


@pytest.mark.parametrize(
    "call",
    [
        ("done", "em-1-1@9999-12-27"),
        ("rm", "em-1-1@0001-01-01"),
        ("move", "em-1-1@3000-01-06", "10"),
        ("log", "30m", "x", "--at", "9999-12-31T23:59:00+00:00"),
        ("log", "30m", "x", "--at", "0001-01-01T00:00:00+00:00"),
        ("add", "2101-01-03", "9-10", "x"),
        ("day", "1969-12-31", "leave"),
    ],
)
def test_a_date_that_nobody_plans_for_is_out_of_reach(techlead: Techlead, call: tuple[str, ...]) -> None:
    answer = techlead(*call)
    assert answer.code == 2
    assert "years run from 1970 to 2100" in answer.err


def test_json_at_a_terminal_holds_no_sign_that_acts(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "a\u009bb\u007fc\u202ed"
    techlead("log", "5m", title)
    monkeypatch.setattr("techlead_tui.cli.output.is_terminal", lambda: True)
    answer = techlead("sessions", "all", "--json")
    assert answer.json["sessions"][0]["summary"] == title
    assert not {"\u009b", "\u007f", "\u202e"} & set(answer.out)


@pytest.mark.parametrize(
    "moment", ["1899-01-01T00:00", "1969-06-01T00:00", "2100-06-01T00:00", "9999-12-31T23:00"]
)
def test_a_clock_out_of_reach_is_said(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", moment)
    with pytest.raises(DataError, match="out of range") as wrong:
        Clock.of_user()
    assert wrong.value.exit_code == 4


def test_what_was_pasted_by_mistake_is_not_echoed_whole(techlead: Techlead) -> None:
    paste = "a" * 100_000
    for call in (("rm", paste), ("add", "2031-03-04", "14-15", paste, "+nonsense")):
        answer = techlead(*call)
        assert answer.code == 2
        assert len(answer.err) < 1000
    refused = techlead("add", "2031-03-04", "14-15", paste, "+status").err
    sentences = [line for line in refused.splitlines() if "techlead add" not in line]
    assert sum(map(len, sentences)) < 2000


def test_what_looks_back_takes_a_weekday_for_the_last_one(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T10:20")
    this = techlead("week", "--json").json["week"]
    for call in (("sessions", "mon"), ("check", "mon"), ("check", "mon", "code=yes")):
        answer = techlead(*call, "--json").json
        assert answer.get("week", answer.get("check", {}).get("week")) == this
    assert techlead("week", "mon", "--json").json["week"] > this


def test_a_week_that_is_still_to_come_is_not_answered_for(techlead: Techlead) -> None:
    for answer in ("code=yes", "--confirm"):
        refused = techlead("check", "next", answer)
        assert refused.code == 2
        assert "is in the future" in refused.err
    assert techlead("check", "all").out.startswith("no week has an answer yet")


def test_a_whole_day_up_to_now_began_on_the_day_before(techlead: Techlead) -> None:
    assert "of the day before" in techlead("log", "24h").out


@pytest.mark.parametrize("name", ["themes", "playbook"])
def test_a_folder_that_cannot_be_read_is_named_by_the_doctor(
    techlead: Techlead, tmp_path: Path, name: str
) -> None:
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / name).symlink_to(tmp_path / "not mounted")
    answer = techlead("doctor", "--json")
    assert answer.code == 1
    assert {name in finding["message"] or name in finding["file"] for finding in answer.json["findings"]} == {
        True
    }


def test_what_the_doctor_finds_in_a_file_names_it_once(techlead: Techlead, tmp_path: Path) -> None:
    (tmp_path / "home" / "config" / "playbook" / "meetings.toml").mkdir(parents=True)
    (line,) = [line for line in techlead("doctor").out.splitlines() if "meetings.toml" in line]
    assert line.count("meetings.toml") == 1


@pytest.mark.parametrize("call", [("log", "30m", "1h", "x"), ("add", "tue", "9-10", "1h", "x", "+code")])
def test_a_second_length_is_not_taken_for_text(techlead: Techlead, call: tuple[str, ...]) -> None:
    answer = techlead(*call)
    assert answer.code == 2
    assert "“1h” is one length too many" in answer.err
    assert (
        "“1h30” is one length too many" in techlead(*["1h30" if word == "1h" else word for word in call]).err
    )
    assert techlead("log", "30m", "90 seconds of pause").code == techlead("log", "30m", "90", "x").code == 0
    *front, length, text = [word for word in call if word != "+code"]
    assert techlead(*front, f"{length} {text}", "--json").code in (
        0,
        3,
    )  # 3: the week refuses it, the words do not
    assert techlead(*front, "--json", "--", length, text).code in (0, 3)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("10-11 14-15 x", "“14-15” is one time"),
        ("tue 10-11 wed x", "“wed” is one day"),
        ("tue 10-11 Tue,Thu x", "“Tue,Thu” is one day"),
        ("tue 10-11 tomorrow x", "“tomorrow” is one day"),
        ("every tue 10-11 mon-fri x", "“mon-fri” is one day"),
    ],
)
def test_a_second_day_or_time_is_not_taken_for_text(techlead: Techlead, words: str, what: str) -> None:
    answer = techlead("add", *words.split(), "+code")
    assert (answer.code, what in answer.err) == (2, True), answer
    *front, odd, text = words.split()
    for title in (f"{odd} {text}",), ("--", odd, text):
        assert techlead("add", *front, "+code", *title).code in (0, 3)


@pytest.mark.parametrize("text", ["1-1 with ana", "9-5 job", "24-48 hours", "Monday report", "sunny"])
def test_what_only_looks_like_a_day_or_a_time_is_text(techlead: Techlead, text: str) -> None:
    answer = techlead("add", "tue", "13-14", *text.split(), "+code", "--json")
    assert answer.json["block"]["summary"] == text


@pytest.mark.parametrize(
    "call",
    [
        ("repos", "add", ""),
        ("repos", "rm", ""),
        ("source", "publish", ""),
        ("source", "add", ""),
        ("rm", ""),
        ("move", "", "thu", "10"),
        ("triage", ""),
        ("doctor", "--restore", "", "--yes"),
        ("report", "--html", ""),
    ],
)
def test_an_empty_word_of_a_script_is_never_the_folder_or_the_only_one(
    techlead: Techlead, tmp_path: Path, call: tuple[str, ...]
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    techlead("add", "fri", "15-16", "docs", "+code")
    assert techlead("repos", "add", ".").code == 0
    before = [path.read_bytes() for path in sorted((tmp_path / "home" / "config").rglob("*.toml"))]
    answer = techlead(*call)
    assert (answer.code, answer.out) == (2, ""), answer
    assert before == [path.read_bytes() for path in sorted((tmp_path / "home" / "config").rglob("*.toml"))]
    assert len(techlead("history", "--json").json["history"]) == 1


def test_a_percentage_is_of_a_hundred(techlead: Techlead) -> None:
    techlead("pair", "parser", "@ana")
    assert "at most 100" in techlead("pairs", "parser", "paired", "400").err
    assert techlead("campaign", "billing", "--share", "101").code == 2
    assert techlead("pairs", "parser", "paired", "100").code == 0


def test_a_title_that_fills_a_screen_is_told_in_short(techlead: Techlead) -> None:
    paste = "a" * 100_000
    for call in (
        ("add", "2031-03-04", "14-15", paste, "+status"),
        ("add", "2031-03-03", "14-15", paste, "+code", "--override", "so"),
        ("log", "30m", paste),
        ("history",),
    ):
        answer = techlead(*call)
        assert 0 < len(answer.out + answer.err) < 2500


def test_a_title_without_a_sign_to_see_is_untitled_in_the_answer_too(techlead: Techlead) -> None:
    assert (
        "untitled" in techlead("add", "2031-03-03", "14-15", "\u200b\u200c", "+code", "--override", "so").out
    )
    assert techlead("log", "10m", "\u200b").out.startswith("logged 10m,")


@pytest.mark.parametrize(
    ("word", "what"), [("15:00", "time"), ("15:00-16:00", "time"), ("2031-03-05", "date")]
)
def test_a_second_time_is_not_taken_for_text(techlead: Techlead, word: str, what: str) -> None:
    for front in (("add", "2031-03-03", "14-15", "+code", "--override", "so"), ("log", "30m")):
        answer = techlead(*front, word, "x")
        assert answer.code == 2
        assert f"“{word}” is one {what} too many" in answer.err
        assert techlead(*front, "--", word, "x").code == 0
        techlead("undo")
