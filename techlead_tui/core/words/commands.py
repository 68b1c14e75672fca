"""Read the calls that edit, each from its words and options: what `spell` writes and the shell is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from techlead_tui.core.calendar import IsoWeek, fixed, into
from techlead_tui.core.edits import (
    AnswerCheck,
    FinishBlock,
    JudgeTrial,
    RemoveBlock,
    RemoveSession,
    SetDay,
    UseTheme,
    WriteUpdate,
)
from techlead_tui.core.lengths import short_length
from techlead_tui.core.session import LogSession
from techlead_tui.core.span import Span
from techlead_tui.core.text import times
from techlead_tui.core.theme import DAY_KINDS
from techlead_tui.core.words import log, planning
from techlead_tui.core.words.args import Call, Token, did_you_mean, from_args, from_line, read_options
from techlead_tui.core.words.log import LogWords
from techlead_tui.core.words.options import nothing_more, override_reason
from techlead_tui.core.words.past import read_start
from techlead_tui.core.words.planning import read_add, read_move
from techlead_tui.core.words.scan import Scan, WhenPieces
from techlead_tui.core.words.units import (
    DAY_HINT,
    check_range,
    day_of,
    full_date,
    in_reach,
    read_day,
    read_week,
)
from techlead_tui.core.words.when import ParsedEdit, ReadingContext, last_of
from techlead_tui.errors import WordsError


def session_from(words: LogWords, context: ReadingContext, start: datetime | None = None) -> LogSession:
    """The session that the words log; without a `start` it ended now."""
    zone = context.zone
    length = timedelta(minutes=words.minutes)
    if start is None:
        start = context.now.replace(second=0, microsecond=0) - length
    start = into(start, zone)
    return LogSession(
        summary=words.summary,
        start=start.isoformat(timespec="seconds"),
        end=into(start + length, zone).isoformat(timespec="seconds"),
        week=str(IsoWeek.of(start.date())),
        zone=context.zone_name,
        pattern=words.pattern,
        category=words.category,
        repo=words.repo or None,
        branch=words.branch or None,
        result=words.result or None,
        note=words.note or None,
    )


def said_of_session(session: LogSession) -> tuple[str, ...]:
    """Describe a session in short phrases."""
    start, end = datetime.fromisoformat(session.start), datetime.fromisoformat(session.end)
    span = Span(fixed(start), fixed(end))
    said = [f"{full_date(start.date())}, {times(span)} ({short_length(span.minutes)})"]
    said.append(f"“{session.summary}”" if session.summary else "no note")
    if session.note:
        said.append(f"note “{session.note}”")
    if session.pattern:
        said.append(f"pattern {session.pattern}")
    if session.category != "hands_on":
        said.append(session.category.replace("_", " "))
    if session.repo:
        said.append(f"{session.repo} ({session.branch})" if session.branch else session.repo)
    if session.result:
        said.append(f"result: {session.result}")
    return tuple(said)


TRIAL_VERDICTS = ("keep", "adjust", "drop")
ANSWERS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False, "open": None}


def read_line(line: str, context: ReadingContext) -> ParsedEdit:
    """The TUI's line: the words of `add`, without options."""
    tokens = from_line(line)
    for token in tokens:
        if not token.literal and token.text.lstrip("-")[:1].isalpha() and token.text[0] == "-":
            raise WordsError(
                f"“{token.text[:60]}” is not a word of this line",
                "a type is +code, a person @ana, a document doc:PATH. After -- everything is text",
                token.text,
                token.position,
            )
    return read_add(tokens, context)


OF_LINE = tuple(
    option for option in log.OPTIONS if option.key in ("pattern", "at", "category", "note", "result")
)


def read_log_line(line: str, context: ReadingContext, ended: Callable[[date], datetime]) -> ParsedEdit:
    """The TUI's quick log: the words of `log`, and a past day or time before or after them.

    Without one the session ended now; on a day alone it begins when, by `ended`, the last one of it ended.
    """
    call = read_options(line.split(), OF_LINE)
    found, tokens = _past_of(from_args(call.words, call.literal))
    words = log.log_of(tokens, call.given)
    if found is not None:
        day, minute = last_of(found, context)
        start = ended(day) if minute is None else context.moment(day, minute)
    elif words.at is not None:
        day, begun = read_start(words.at, context)
        start = begun or ended(day)
    else:
        return _logged(session_from(words, context))
    return _logged(session_from(words, context, start))


def _logged(session: LogSession) -> ParsedEdit:
    return ParsedEdit(session, said_of_session(session))


def _past_of(tokens: list[Token]) -> tuple[WhenPieces | None, list[Token]]:
    """Take a past WHEN off the front or, with a day in it, off the end; what is left begins with a length."""
    scan, rest = Scan(tokens, False).run()
    if scan.weeks is not None:
        raise WordsError("a session does not repeat", "log each of them: yesterday 2h pool fix")
    length_first = log.starts_with_length(tokens)
    if scan.day is not None or (scan.start is not None and not length_first):
        minutes = scan.length
        if scan.start is not None and scan.end is not None:
            check_range(scan.start, scan.end, scan.word, scan.position)
            minutes = scan.end - scan.start
        length = [] if minutes is None else [Token(f"{minutes}m", " ", 0)]
        return scan, [*length, *rest]
    for begin in range(max(1, len(tokens) - 2), len(tokens)):
        last, left = Scan(tokens[begin:], True).run()
        if not left and last.day is not None and last.end is None and last.length is None:
            return last, tokens[:begin]
    return None, tokens


def _add(call: Call, context: ReadingContext) -> ParsedEdit:
    words, literal = call.words, call.literal
    if not words and not literal:
        raise WordsError("plan what?", "techlead add wed 14-16 connection pool +code")
    # one quoted argument alone is a whole line
    tokens = from_line(words[0]) if len(words) == 1 and not literal else from_args(words, literal)
    people, doc, note = tuple(call.given.get("with", ())), call.value("doc"), call.value("note")
    return read_add(tokens, context, people, doc, override_reason(call), note)


def _move(call: Call, context: ReadingContext) -> ParsedEdit:
    place = context.locate(_id(call))
    tokens = from_line(" ".join([*call.words[1:], *call.literal]))
    onward = call.has("from_now_on")
    if onward and place.table == "sessions":
        raise WordsError(
            f"{place.uid} is a session: it does not repeat", "leave out --from-now-on", place.uid
        )
    return read_move(tokens, place, context, override=override_reason(call), onward=onward)


def _edit(call: Call, context: ReadingContext) -> ParsedEdit:
    place = context.locate(_id(call))
    override_reason(call)
    return planning.read_edit(from_args(call.words[1:], call.literal), call, place, context)


def _rm(call: Call, context: ReadingContext) -> ParsedEdit:
    place = context.locate(_id(call))
    nothing_more(call.words[1:])
    if place.table == "sessions":
        if call.has("series"):
            raise WordsError(f"{place.uid} is a session, in no series", "rm ID deletes it", "--series")
        return ParsedEdit(RemoveSession(uid=place.uid, week=place.week), (f"session {place.uid} goes",))
    series = call.has("series")
    said = "its series ends" if series else f"goes on {full_date(place.day)}"
    return ParsedEdit(RemoveBlock(uid=place.uid, day=place.day, series=series), (said,))


def _done(call: Call, context: ReadingContext) -> ParsedEdit:
    place = context.locate(_id(call))
    nothing_more(call.words[1:])
    if place.table == "sessions":
        raise WordsError(f"{place.uid} is a session: it is done already", "done is for blocks", place.uid)
    if call.has("skipped") and call.has("reopen"):
        raise WordsError("--skipped and --reopen exclude each other", "say one of the two", "--reopen")
    status = "skipped" if call.has("skipped") else "planned" if call.has("reopen") else "done"
    return ParsedEdit(FinishBlock(uid=place.uid, day=place.day, status=status), (status,))


def _day(call: Call, context: ReadingContext) -> ParsedEdit:
    words = [*call.words, *call.literal]
    if len(words) < 2:
        raise WordsError(
            "which day, and what kind of day?", "techlead day fri leave; kinds are " + ", ".join(DAY_KINDS)
        )
    word = read_day(words[0])
    if word is None:
        raise WordsError(f"“{words[0][:60]}” is not a day", DAY_HINT, words[0], 0)
    day = in_reach(day_of(word, context.today, shown=context.shown), words[0])
    kind = words[1].lower().replace("oncall", "on-call")
    if kind not in DAY_KINDS:
        raise WordsError(f"“{words[1][:60]}” is not a kind of day", did_you_mean(kind, DAY_KINDS), words[1])
    nothing_more(words[2:])
    name = (call.value("name") or "").strip()
    return ParsedEdit(SetDay(day, kind, name), (full_date(day), kind, *([name] if name else [])))


def _theme(call: Call, context: ReadingContext) -> ParsedEdit:
    words = [*call.words, *call.literal]
    if not words:
        raise WordsError("which week theme?", "techlead themes lists them")
    nothing_more(words[2:])
    since = call.value("from")
    if since is not None and len(words) > 1:
        raise WordsError(
            "one week or from a week on?", "theme use ID WEEK, or theme use ID --from WEEK", words[1]
        )
    if since is None and len(words) > 1:
        week = read_week(words[1], context.today)
        return ParsedEdit(UseTheme(theme=words[0], week=week, only=True), (words[0], f"in {week} alone"))
    week = IsoWeek.of(context.today) if since is None else read_week(since, context.today)
    return ParsedEdit(UseTheme(theme=words[0], week=week), (words[0], f"from {week} on"))


def _trial(call: Call, context: ReadingContext) -> ParsedEdit:
    words = [*call.words, *call.literal]
    nothing_more(words[3:])
    if len(words) < 3:
        raise WordsError("which trial?", "techlead theme trial keep THEME WEEK")
    if words[0].lower() not in TRIAL_VERDICTS:
        raise WordsError(
            f"“{words[0][:60]}” is not a verdict", did_you_mean(words[0], TRIAL_VERDICTS), words[0]
        )
    week = read_week(words[2], context.today)
    return ParsedEdit(JudgeTrial(week, words[1], words[0].lower()), (words[1], words[0].lower()))


def _check(call: Call, context: ReadingContext) -> ParsedEdit:
    words = [*call.words, *call.literal]
    nothing_more(words[1:])
    week = read_week(words[0], context.today, back=True) if words else IsoWeek.of(context.today)
    answers: dict[str, bool | None] = {}
    for text in call.given.get("answer", ()):
        for pair in text.split(","):
            question, answer = read_answer(pair)
            answers[question] = answer
    if not answers:
        raise WordsError("which answer?", "--answer code=yes")
    said = tuple(f"{question}: {_SHOWN[answer]}" for question, answer in answers.items())
    return ParsedEdit(AnswerCheck(week=week, answers=answers), (str(week), *said))


_SHOWN = {True: "yes", False: "no", None: "open"}


def _update(call: Call, context: ReadingContext) -> ParsedEdit:
    words = [*call.words, *call.literal]
    nothing_more(words[1:])
    week = read_week(words[0], context.today, back=True) if words else IsoWeek.of(context.today)
    fields: dict[str, object] = {}
    for name in ("status", "because", "text"):
        if call.has(name):
            fields[name] = (call.value(name) or "").strip() or None
    effects: dict[str, str] = {}
    for pair in call.given.get("effect", ()):
        title, equals, said = pair.partition("→" if "→" in pair else "=")
        if not equals or not title.strip():
            raise WordsError(f"“{pair[:60]}” is not an effect", "--effect 'TITLE=what is different'", pair)
        effects[title.strip()] = said.strip()
    if effects:
        fields["effects"] = effects
    if not fields:
        raise WordsError("what is to be kept?", "--status yellow --because 'waits for the audit'")
    return ParsedEdit(WriteUpdate(week=week, fields=fields), (str(week), *fields))


def read_answer(text: str) -> tuple[str, bool | None]:
    """`code=yes` as a question and its answer."""
    from techlead_tui.core.selfcheck import QUESTIONS  # dear, and rarely needed

    question, equals, answer = text.strip().lower().partition("=")
    question = "stress" if question == "energy" else question  # as the screen calls it
    if question not in QUESTIONS:
        raise WordsError(
            f"“{question[:60]}” is not one of the questions", did_you_mean(question, QUESTIONS), question
        )
    good = {"energised": "yes", "frazzled": "no"} if question == "stress" else {}
    answer = good.get(answer, answer)
    if not equals or answer not in ANSWERS:
        raise WordsError(
            f"“{text[:60]}” is not an answer", f"{question}=yes, {question}=no or {question}=open", text
        )
    return question, ANSWERS[answer]


def _id(call: Call) -> str:
    if not call.words:
        raise WordsError(
            "which block or session?", "give its ID first: techlead week and techlead sessions show the IDs"
        )
    return call.words[0]


READERS: dict[str, Callable[[Call, ReadingContext], ParsedEdit]] = {
    "add": _add,
    "move": _move,
    "edit": _edit,
    "rm": _rm,
    "done": _done,
    "day": _day,
    "theme use": _theme,
    "theme trial": _trial,
    "check": _check,
    "update": _update,
}
