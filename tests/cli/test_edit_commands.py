"""Planning by the shell: add, move, edit, rm, done, day, undo and redo."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.cli.conftest import Techlead

WEEK = "2031-W10"  # far enough ahead that nothing is over; its Tuesday is 4 March


def test_the_reference_week_is_there_block_by_block(techlead: Techlead) -> None:
    answer = techlead("week", "2026-W48", "--json").json
    assert (answer["schema"], answer["week"], len(answer["blocks"])) == (1, "2026-W48", 22)
    first = answer["blocks"][0]
    assert first["uid"] == "em-1-1@2026-11-23"
    assert (first["start"], first["planned_minutes"]) == ("2026-11-23T09:00:00+00:00", 60)
    assert first["hard_end"] == "2026-11-23T09:30:00+00:00"
    assert (answer["focus_minutes"], answer["planned_minutes"]["hands_on"]) == (22 * 60, 27 * 60)


def test_code_on_a_deep_day_is_accepted(techlead: Techlead) -> None:
    answer = techlead("add", "2031-03-05", "14-16", "connection", "pool", "+code", "@ana", "--json")
    block = answer.json["block"]
    assert answer.code == 0
    assert (block["summary"], block["kind"], block["type"]) == ("connection pool", "deep_work", "code")
    assert (block["people"], block["box"]) == (["ana"], "wed-afternoon@2031-03-05")


def test_a_refusal_writes_nothing_and_every_fix_works(techlead: Techlead) -> None:
    call = ("add", "2031-03-04", "14-15", "budget sync", "+status")
    refused = techlead(*call, "--json")
    assert refused.code == 3
    assert refused.json["ok"] is False
    assert {"deep-work", "day-theme"} <= {violation["rule"] for violation in refused.json["violations"]}
    assert techlead("history", "--json").json["history"] == []
    fixes = [fix["words"] for violation in refused.json["violations"] for fix in violation["fixes"]]
    assert fixes
    for words in fixes:
        assert techlead(*words).code == 0
        assert techlead("undo").code == 0
    told = techlead(*call)
    assert told.out == ""
    assert told.err.splitlines() == [
        "error: refused: budget sync, Tue 4 Mar 14:00–15:00: 13:00–16:00 is reserved for deep work; "
        "costs 3 h of focus time (deep-work)",
        "also: a “Deep” day has no room for a meeting of type “Status update” (day-theme)",
        "also: “Status update” is on your avoid list (not-worth-it)",
        "hint: instead, best first, with the focus won or lost:",
        "  1  techlead add 2031-03-03 16:00-17:00 'budget sync' +status         Mon +3 h",
        "  2  techlead add 2031-03-05 10:30-11:00 'budget sync' +async +status  Wed +3 h",
        "  3  techlead add 2031-03-07 09:00-10:00 'budget sync' +async +status  Fri +3 h",
        "  4  techlead add 2031-03-07 14:00-15:00 'budget sync' +status         Fri +2 h",
        "hint: or keep it, and say why: --override 'REASON'",
    ]


@pytest.mark.parametrize(
    ("cells", "beside"),
    [
        ("60", ""),
        ("80", "Mon +3 h"),
        ("160", "Put it at Mon 3 Mar 16:00–17:00, Cross-team sync, focus +3 h"),
    ],
)
@pytest.mark.few(1)
def test_what_a_fix_does_stands_beside_it_where_there_is_room(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch, cells: str, beside: str
) -> None:
    monkeypatch.setenv("COLUMNS", cells)
    told = techlead("add", "2031-03-04", "14-15", "budget", "+status").err.splitlines()
    first = next(line for line in told if line.startswith("  1  "))
    call = "  1  techlead add 2031-03-03 16:00-17:00 budget +status"
    assert first.startswith(call)
    assert first[len(call) :].strip() == beside
    assert all(len(line) <= int(cells) for line in told if line.startswith("  ") and beside)


def test_what_is_kept_or_warned_of_is_said_without_the_block_again(techlead: Techlead) -> None:
    answer = techlead("add", "2031-03-04", "14-15", "budget", "sync", "+status", "--override", "CFO visit")
    assert answer.err.splitlines() == [
        "overridden: 13:00–16:00 is reserved for deep work; costs 3 h of focus time (deep-work)",
        "overridden: a “Deep” day has no room for a meeting of type “Status update”; "
        "costs 3 h of focus time (day-theme)",
        "warn: “Status update” is on your avoid list (not-worth-it)",
        "note: costs 3 h of focus time",
    ]


def test_an_override_is_written_and_undone_and_done_again(techlead: Techlead) -> None:
    answer = techlead(
        "add", "2031-03-04", "14-15", "budget sync", "+status", "--override", "CFO visit", "--json"
    )
    assert answer.code == 0
    assert answer.json["block"]["overridden"] is True
    assert answer.json["block"]["override"]["reason"] == "CFO visit"
    assert techlead("undo").code == 0
    assert len(techlead("week", WEEK, "--json").json["blocks"]) == 22
    assert techlead("redo").code == 0
    assert len(techlead("week", WEEK, "--json").json["blocks"]) == 23
    entries = techlead("history", "--json").json["history"]
    assert [entry["turn"] for entry in entries] == ["redo", "undo", "do"]
    assert entries[0]["words"][:2] == ["add", "2031-03-04"]
    assert techlead("redo").code == 2


def test_an_override_needs_a_reason(techlead: Techlead) -> None:
    assert techlead("add", "2031-03-04", "14-15", "x", "+status", "--override", " ").code == 2


def test_a_block_is_found_by_the_end_of_its_id(techlead: Techlead) -> None:
    uid = techlead("add", "2031-03-05", "14-16", "pool", "+code", "--json").json["block"]["uid"]
    assert uid[-8:] in techlead("week", WEEK).out
    moved = techlead("move", uid[-8:], "thu", "13-15", "--json").json["block"]
    assert moved["uid"] == uid
    again = techlead("move", uid, "2031-03-06", "13:00", "--json").json["block"]
    assert (again["start"][:16], again["planned_minutes"]) == ("2031-03-06T13:00", 120)
    edited = techlead("edit", uid[-8:], "better", "title", "@bo", "--doc", "d.md", "--json").json["block"]
    assert (edited["summary"], edited["people"], edited["doc"]) == ("better title", ["bo"], "d.md")
    assert techlead("edit", uid, "--no-doc", "--json").json["block"]["doc"] is None
    assert techlead("done", uid, "--json").json["block"]["status"] == "done"
    assert techlead("move", uid, "14-16").code == 2
    assert techlead("done", uid, "--reopen", "--json").json["block"]["status"] == "planned"
    assert techlead("rm", uid, "--json").json["block"]["status"] == "removed"
    assert techlead("rm", uid).code == 2


def test_a_box_is_skipped_and_comes_back(techlead: Techlead) -> None:
    box = "questions@2031-03-04"
    assert techlead("rm", box, "--json").json["block"]["status"] == "skipped"
    assert "✗" in techlead("week", WEEK).out
    assert techlead("done", box, "--reopen", "--json").json["block"]["status"] == "planned"


def test_a_fixed_box_is_not_moved(techlead: Techlead) -> None:
    answer = techlead("move", "architecture-review@2031-03-03", "2031-03-04", "10:00", "--json")
    assert answer.code == 3
    assert "fixed-box" in {violation["rule"] for violation in answer.json["violations"]}


def test_a_series_stands_in_its_weeks(techlead: Techlead) -> None:
    words = ("every", "2", "weeks", "2031-03-07", "14-15", "office hours", "+pairing")
    uid = techlead("add", *words, "--json").json["block"]["uid"]
    assert uid.endswith("@2031-03-07")

    def shown(week: str) -> bool:
        return "office hours" in techlead("week", week).out

    assert [shown(week) for week in ("2031-W09", "2031-W10", "2031-W11", "2031-W12")] == [
        False,
        True,
        False,
        True,
    ]
    assert techlead("rm", uid, "--series").code == 0
    assert not shown("2031-W12")


def test_a_series_that_is_a_box_already_writes_nothing(techlead: Techlead) -> None:
    answer = techlead("add", "every", "2031-03-03", "9-10", "+em-1-1")
    assert answer.code == 0
    assert "already in the week theme" in answer.err
    assert techlead("history", "--json").json["history"] == []
    assert techlead("add", "every", "2031-03-03", "9-10", "Ana and me", "+em-1-1", "@ana").code == 0
    assert "Ana and me @ana" in techlead("week", "2031-W11").out


def test_a_day_of_leave_has_no_boxes(techlead: Techlead) -> None:
    assert techlead("day", "2031-03-07", "leave", "--json").json["day"] == {
        "date": "2031-03-07",
        "kind": "leave",
        "name": None,
    }
    assert len(techlead("week", WEEK, "--json").json["blocks"]) == 18
    assert techlead("day", "2031-03-07", "--json").json["day"]["kind"] == "leave"
    assert techlead("day", "2031-03-07", "normal").code == 0
    assert len(techlead("week", WEEK, "--json").json["blocks"]) == 22


def test_titles_are_inert_as_text_and_verbatim_as_json(techlead: Techlead) -> None:
    title = "\x1b]0;owned\x07 [red]bold[/red] \u202egnp \nnext line"
    assert techlead("add", "2031-03-05", "14-16", title, "+code", "--json").json["block"]["summary"] == title
    for call in (("week", WEEK), ("week", WEEK, "--grid"), ("find", "owned"), ("history",), ("lint", WEEK)):
        shown = techlead(*call).out
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "[red]bold[/red]" in techlead("find", "owned").out
    assert techlead("find", "owned", "--json").json["blocks"][0]["summary"] == title


def test_a_title_of_any_length_keeps_the_list_in_shape(techlead: Techlead) -> None:
    assert techlead("add", "2031-03-05", "14-16", "pool " * 400, "+code").code == 0
    assert max(map(len, techlead("week", WEEK).out.splitlines())) <= 100


def test_a_time_in_quotes_is_told_as_such(techlead: Techlead) -> None:
    answer = techlead("add", "thu 9-10", "pool", "+code")
    assert answer.code == 2
    assert "“thu 9-10” is in quotes" in answer.err
    assert "no time was understood" in techlead("add", "the pool", "+code").err


def test_what_is_wrong_is_broken_between_words(techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> None:
    techlead("add", "2031-03-08", "14-15", "a", "call", "with", "the", "other", "time", "zone")
    monkeypatch.setenv("COLUMNS", "60")
    shown = techlead("week", WEEK).out.splitlines()
    first = next(number for number, line in enumerate(shown) if line.startswith("⚠ "))
    assert shown[first:] == [
        "⚠ a call with the other time zone, Sat 8 Mar 14:00–15:00:",
        "  Sat 8 Mar is not a working day (working-hours)",
        "techlead lint suggests fixes",
    ]


def test_a_monthly_series_that_begins_on_leave_tells_the_month_after(techlead: Techlead) -> None:
    assert techlead("day", "2031-03-03", "leave").code == 0
    answer = techlead("add", "every", "first", "2031-03-03", "16:00-16:30", "Guild", "--json")
    assert answer.json["block"]["start"][:10] == "2031-04-07"


def test_leave_lowers_the_focus_that_is_wanted(techlead: Techlead) -> None:
    for name in ("2026-11-25", "2026-11-26", "2026-11-27"):
        assert techlead("day", name, "leave").code == 0
    assert "target 6 h to 8 h" in techlead("week", "2026-W48").out


def test_what_is_taken_out_is_named_and_found_as_such(techlead: Techlead) -> None:
    session = techlead("log", "45m", "pool fix", "--at", "2026-11-24 10:00", "--json").json["session"]["uid"]
    assert techlead("rm", session).out == "deleted: session pool fix, 2026-11-24 10:00–10:45\n"
    techlead("rm", "wed-messages@2026-11-25")
    techlead("edit", "wed-messages@2026-11-25", "pool letters")
    assert "(skipped)" in techlead("find", "pool").out


def test_what_the_store_says_for_itself_is_not_found(techlead: Techlead) -> None:
    techlead("add", "2026-11-25", "14-15", "pool", "+code", "@ana")
    techlead("add", "every", "2026-11-27", "15-15:30", "office hours", "+pairing")
    techlead("log", "45m", "pool fix", "--at", "2026-11-24 10:00")
    techlead("move", "architecture-review@2026-11-23", "2026-11-24", "9:00", "--override", "the CFO visits")
    for word in ("planned", "deep_work", "hands", "2026", "UTC", "fixed", "null"):
        assert techlead("find", word).out == "nothing found\n", word
    assert "pool" in techlead("find", "ANA").out
    assert "Architecture review" in techlead("find", "cfo").out


def test_finding_looks_at_boxes_blocks_and_sessions(techlead: Techlead) -> None:
    techlead("add", "2031-03-05", "14-16", "Connection POOL", "+code")
    techlead("log", "45m", "pool fix")
    found = techlead("find", "pool", "--json").json
    assert [block["summary"] for block in found["blocks"]] == ["Connection POOL"]
    assert [session["summary"] for session in found["sessions"]] == ["pool fix"]
    assert techlead("find", "nothing like it").out == "nothing found\n"
    assert techlead("find", "architecture", "review", "--json").json["blocks"]


def test_free_slots_cost_least_focus_first(techlead: Techlead) -> None:
    slots = techlead("free", "45m", "2031-W10", "--json").json["slots"]
    costs = [slot["focus_cost_minutes"] for slot in slots]
    assert costs == sorted(costs)
    assert all(slot["minutes"] == 45 for slot in slots)
    start = slots[0]["start"]
    assert techlead("add", start[:10], start[11:16], "45m", "sync", "+cross-team").code == 0


def test_lint_exits_1_for_a_warning_and_0_for_notes(techlead: Techlead) -> None:
    assert techlead("lint", WEEK).code == 0
    techlead("add", "2031-03-04", "14-15", "budget sync", "+status", "--override", "CFO visit")
    assert techlead("lint", WEEK).code == 0  # one reason answers all that was listed
    techlead("add", "2031-03-05", "17-18", "pool fix", "+code")
    answer = techlead("lint", WEEK, "--json")
    assert answer.code == 1
    keys = {"rule", "severity", "message", "focus_gain_minutes", "fixes"}
    assert all(keys <= set(finding) for finding in answer.json["findings"])


def test_week_themes_are_listed_shown_used_copied_and_checked(techlead: Techlead, tmp_path: object) -> None:
    themes = techlead("themes", "--json").json["themes"]
    assert {"maker-week", "on-call"} <= {theme["id"] for theme in themes}
    shown = techlead("theme", "show", "maker-week", "--json").json["theme"]
    assert {"id", "title", "days", "boxes", "limits"} <= set(shown)
    assert techlead("theme", "use", "on-call", WEEK).code == 0
    assert techlead("week", WEEK, "--json").json["theme"] == "on-call"
    assert techlead("week", "2031-W11", "--json").json["theme"] == "maker-week"
    assert techlead("undo").code == 0
    assert techlead("theme", "use", "four-day", "--from", WEEK).code == 0
    assert techlead("week", "2031-W20", "--json").json["theme"] == "four-day"
    assert techlead("theme", "new", "my-week").code == 0
    assert techlead("theme", "check", "my-week").code == 0
    with open(f"{tmp_path}/bad.toml", "w") as file:
        file.write('title = 3\ndays = "mon"\n')
    wrong = techlead("theme", "check", "bad.toml", "--json")
    assert wrong.code == 1
    assert {"file", "key", "line", "message", "expected", "nearest"} == set(wrong.json["problems"][0])
    assert techlead("theme", "use", "makr-week").code == 2
    assert techlead("theme", "shw").code == 2


def test_a_block_is_named_by_a_word_of_its_title(techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T10:00:00")
    assert techlead("add", "wed", "14-15", "connection pool", "+code").code == 0
    assert techlead("move", "pool", "wed", "15").code == 0
    blocks = techlead("week", "48", "--json").json["blocks"]
    (moved,) = [block for block in blocks if block["summary"] == "connection pool"]
    assert moved["start"].startswith("2026-11-25T15:00")
    assert techlead("done", "POOL").code == 0
    assert techlead("add", "thu", "14-15", "pool tests", "+code").code == 0
    several = techlead("rm", "pool")
    assert several.code == 2
    assert "fits 2 things" in several.err
    assert techlead("rm", "swimming").code == 2


def test_the_fifth_question_is_answered_by_its_name_on_the_screen_too(techlead: Techlead) -> None:
    assert techlead("check", "energy=yes").code == 0
    assert techlead("check", "--answer", "energy=no").code == 0
    (stress,) = [
        one for one in techlead("check", "--json").json["check"]["questions"] if one["id"] == "stress"
    ]
    assert stress["answer"] is False


@pytest.mark.slow
def test_a_fix_of_a_refused_edit_makes_the_edit(techlead: Techlead) -> None:
    uid = techlead("add", "2031-03-05", "14-15", "bbb", "+code", "--json").json["block"]["uid"]
    refused = techlead("edit", uid, "+status", "--json")
    assert refused.code == 3
    fixes = [fix["words"] for violation in refused.json["violations"] for fix in violation["fixes"]]
    assert fixes
    for words in fixes:
        block = techlead(*words, "--json").json["block"]
        assert (block["type"], block["kind"], block["planned_minutes"]) == ("status", "meeting", 60)
        assert block["start"][:10] != "2031-03-05"
        assert techlead("undo").code == 0
        (kept,) = [one for one in techlead("week", WEEK, "--json").json["blocks"] if one["source"] == "own"]
        assert (kept["type"], kept["start"][:16]) == ("code", "2031-03-05T14:00")


def test_an_edit_may_move_the_block_along(techlead: Techlead) -> None:
    uid = techlead("add", "2031-03-05", "14-15", "bbb", "+code", "--json").json["block"]["uid"]
    said = techlead("edit", uid, "ccc", "--to", "2031-03-06 9:00")
    assert said.code == 0
    assert "summary: ccc" in said.out
    assert "to Thu 6 Mar 2031, 09:00–10:00" in said.out
    assert techlead("edit", uid, "--to", "fri").code == 2  # that is what move is for
    assert techlead("edit", uid, "x", "--to", "never").code == 2
    session = techlead("log", "5m", "x", "--json").json["session"]["uid"]
    assert techlead("edit", session, "x", "--to", "fri").code == 2


def test_the_series_of_a_session_cannot_end(techlead: Techlead) -> None:
    uid = techlead("log", "5m", "x", "--json").json["session"]["uid"]
    assert techlead("rm", uid, "--series").code == 2
    assert len(techlead("sessions", "all", "--json").json["sessions"]) == 1


@pytest.mark.parametrize("field", ["--summary", "--doc"])
def test_an_edit_says_what_it_stores_to_the_letter(techlead: Techlead, field: str) -> None:
    uid = techlead("add", "2031-03-05", "14-15", "bbb", "+code", "--json").json["block"]["uid"]
    assert "docs/my_pool_design.md" in techlead("edit", uid, field, "docs/my_pool_design.md").out


@pytest.mark.parametrize(
    "title",
    [
        "می\u200cخواهم کد",
        "a👩\u200d💻b c",
        "see README.md",
        "it's \\ so",
        "bell\a x",
        "e\u0301te\u0301",
        "a\u202eb",
    ],
)
@pytest.mark.few(2)
def test_a_printed_fix_is_the_title_to_the_letter(techlead: Techlead, title: str) -> None:
    techlead("add", "2031-03-05", "14-16", "AAA", "+code")
    refused = techlead("add", "2031-03-05", "15-16", title, "+code")
    call = next(line for line in refused.err.splitlines() if line.startswith("  1  "))
    assert all(char.isprintable() for char in call)
    assert title in read_by_bash(call[5:])


def read_by_bash(call: str) -> list[str]:
    """The words of a printed call, as bash reads `'...'` and `$'...'`."""
    out = []
    for ansi, quoted, bare in re.findall(r"\$'((?:\\.|[^'\\])*)'|((?:'[^']*'|\"[^\"]*\")+)|(\S+)", call):
        if ansi:
            out.append(re.sub(r"\\(x..|u.{4}|U.{8}|.)", _unescaped, ansi))
        else:
            out += shlex.split(quoted or bare)
    return out


def _unescaped(found: re.Match[str]) -> str:
    text = found.group(1)
    return chr(int(text[1:], 16)) if len(text) > 1 else text


@pytest.mark.slow
def test_the_title_of_a_series_means_its_next_occurrence_and_changes_from_now_on(techlead: Techlead) -> None:
    made = techlead("add", "every", "weekday", "18-18:15", "sweeping", "+code", "--json").json["block"]
    moved = techlead("move", "sweeping", "18:30", "--from-now-on", "--json").json["block"]
    assert moved["uid"] == made["uid"]
    assert moved["start"][11:16] == "18:30"
    techlead("edit", "sweeping", "tidying", "--from-now-on", "--note", "bring a broom")
    assert techlead("find", "broom", "--json").json["blocks"]
    assert techlead("find", "sweeping", "--json").json["blocks"] == []
    assert techlead("done", "tidying", "--json").json["block"]["status"] == "done"
    assert techlead("rm", "tidying", "--series").code == 0
    assert techlead("find", "tidying", "--json").json["blocks"] == []
    assert (
        techlead("log", "30m", "soap", "--note", "by the sink", "--json").json["session"]["note"]
        == "by the sink"
    )
    assert len(techlead("find", "sink", "--json").json["sessions"]) == 1


def test_a_word_that_fits_several_things_lists_them(techlead: Techlead) -> None:
    several = techlead("done", "deep work")
    assert several.code == 2
    assert "Deep work, Mon" in several.err or "Deep work, Tue" in several.err
    assert "more" in several.err
