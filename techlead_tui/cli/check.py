"""`techlead check`: the Friday self-check, with the evidence beside each question (M16)."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json, write_json
from techlead_tui.cli.output import put, put_json, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.weeks import WEEK_HELP, week_asked, weeks_asked
from techlead_tui.core.selfcheck import QUESTIONS, WORDINGS, Check
from techlead_tui.core.words.args import Call
from techlead_tui.core.words.options import OPTIONS
from techlead_tui.errors import WordsError
from techlead_tui.planner.selfcheck import checked

COMMAND = Command(
    "check",
    "[WEEK|all] [QUESTION=ANSWER...]",
    "Shows the Friday self-check with its evidence, and takes your answers.",
    OPTIONS["check"],
    (
        *WEEK_HELP,
        "The questions: code (did I ship meaningful commits?), meetings (do the recurring ones fit on one",
        "hand?), depth (could I debug production now?), team (do people bring hard problems directly?) and",
        "energy (did the week give me any? in JSON its id is stress). Yes is always the good answer; a",
        "suggestion counts only once you confirm it: --confirm takes all that are left.",
    ),
    (
        "techlead check",
        "techlead check code=yes team=yes energy=no",
        "techlead check last team=yes --confirm",
    ),
)
HINT = "techlead check last code=yes energy=no"
CHECK: Keys = {
    "week": "the ISO week",
    "questions": "code, meetings, depth, team, stress: each with `id`, `suggested` (true, false or null), "
    "`answer` (true, false or null) and `evidence` (phrases)",
    "score": "confirmed good answers",
    "verdict": "cracked_it, decent, drifting, or open while an answer is missing",
}
VERDICTS = {
    "open": "open: answer with code=yes and so on, or --confirm the suggestions",
    "cracked_it": "you have cracked it",
    "decent": "a decent week",
    "drifting": "drifting: this week took you away from the code",
}
SHOWN = {True: "yes", False: "no", None: "?"}


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args)
    if call is None:
        return 0
    answers = [word for word in call.words if "=" in word]
    if answers:
        call.given["answer"] = [*call.given.get("answer", ()), *answers]
        call.words = [word for word in call.words if "=" not in word]
    if len(call.words) > 1:
        raise WordsError(f"“{call.words[1][:60]}” is one word too many", HINT, call.words[1])
    if call.has("answer") or call.has("confirm"):
        if call.words and call.words[0].lower() == "all":
            raise WordsError("answers belong to one week", "techlead check last code=yes", call.words[0])
        from techlead_tui.cli.edit_result import planner_of
        from techlead_tui.cli.reading_context import context_of
        from techlead_tui.core.words.commands import READERS
        from techlead_tui.core.words.unparse import words_of

        if call.has("confirm"):
            call.given["answer"] = [*call.given.get("answer", ()), *_suggested(call, shell)]
            if not call.given["answer"]:
                raise WordsError("no suggestion is left to confirm", HINT, "--confirm")
        edit = READERS["check"](call, context_of(shell)).edit
        planner_of(shell).apply(edit, words_of(edit))
        found = checked(shell.reader, week_asked(call, shell, back=True))
        if call.has("json"):
            put_json(write_json("check", check_json(found)))
        else:
            _print(found)
        return 0
    key = weeks_asked(call, shell)
    if key is None:
        checks = [checked(shell.reader, week) for week in shell.reader.all_weeks()]
        checks = [one for one in checks if any(question.answer is not None for question in one.questions)]
        if call.has("json"):
            put_json(read_json(None, "checks", [check_json(one) for one in checks]))
            return 0
        for one in checks:
            put(f"{one.week}  {one.score} of {len(QUESTIONS)}  {one.verdict.replace('_', ' ')}")
        if not checks:
            put("no week has an answer yet: techlead check code=yes")
        return 0
    found = checked(shell.reader, key)
    if call.has("json"):
        put_json(read_json(key, "check", check_json(found)))
    else:
        _print(found)
    return 0


def _suggested(call: Call, shell: Shell) -> list[str]:
    """The suggestions for questions that have no answer, in the call or from before."""
    from techlead_tui.core.words.commands import read_answer

    said = {read_answer(pair)[0] for text in call.given.get("answer", ()) for pair in text.split(",")}
    return [
        f"{question.id}={SHOWN[question.suggested]}"
        for question in checked(shell.reader, week_asked(call, shell, back=True)).questions
        if question.answer is None and question.suggested is not None and question.id not in said
    ]


def check_json(found: Check) -> Json:
    return {
        "week": str(found.week),
        "questions": [
            {**question._asdict(), "evidence": list(question.evidence)} for question in found.questions
        ],
        "score": found.score,
        "verdict": found.verdict,
    }


def _print(found: Check) -> None:
    put(f"{found.week}  Friday check")
    for question in found.questions:
        guess = (
            ""
            if question.answer is not None or question.suggested is None
            else f" ({SHOWN[question.suggested]}?)"
        )
        wording = WORDINGS[question.id]
        put(f"  {SHOWN[question.answer]:<3}  {wording.title.lower():<9} {wording.asks}{guess}")
        for phrase in question.evidence:
            put(f"                 {visible(phrase)}")
    put(f"  {found.score} of {len(QUESTIONS)}, {VERDICTS[found.verdict]}")
