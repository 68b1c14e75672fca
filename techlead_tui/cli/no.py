"""`techlead no`: a reply that offers help instead of attendance, filled in (M11, M12, M13, M17)."""

from __future__ import annotations

import sys

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json
from techlead_tui.cli.output import copy_out, is_terminal, put, put_json, tell, typed, visible_lines
from techlead_tui.cli.reading_context import context_of
from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import IsoWeek, at
from techlead_tui.core.one_line import one_line
from techlead_tui.core.playbook import (
    PLACEHOLDERS,
    TONES,
    Entry,
    Playbook,
    compose,
    missing_in,
    needed_in,
    parts_of,
    placeholders_of,
    ready,
)
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.text import day_text, listed
from techlead_tui.core.week import Block
from techlead_tui.core.words.args import Call, Option, did_you_mean, from_args, from_line, text_of
from techlead_tui.core.words.units import day_of, read_day
from techlead_tui.core.words.unparse import words_of
from techlead_tui.core.words.when import ReadingContext, find_when, slot_of
from techlead_tui.errors import UserError, WordsError
from techlead_tui.planner.reader import Reader
from techlead_tui.planner.replies import (
    SAY_NO,
    Material,
    Subject,
    material,
    offers,
    subject_of,
)
from techlead_tui.planner.zones import read_zone, zone_of

COMMAND = Command(
    "no",
    "[ID|WORDS...] [WHEN]",
    "Writes a reply that offers help instead of attendance, filled in from the week.",
    (
        Option(("--option", "-o"), "what to offer: a, b, c or several, as a,c (all)", "LETTERS"),
        Option(("--escalate",), "when they insist: the hours of your week, and three ways to choose from"),
        Option(("--focus",), "for what lands on focus time: another time that is free"),
        Option(("--objection",), "the answer to an objection, by its id: techlead playbook objection", "ID"),
        Option(("--reply",), "another reply of the playbook, by its id: proxy, notes", "ID"),
        Option(("--with",), "whom to pair with (b); where nobody is paired with, who asks", "WHO"),
        Option(("--doc",), "the document that you will read (a)", "PATH|URL"),
        Option(("--by",), "by when; Friday of the block's week unless said", "WHEN"),
        Option(("--to",), "who asks", "WHO"),
        Option(("--goal",), "what is to be reached", "TEXT"),
        Option(("--zone",), "the other's time zone, in which free time is shown too", "ZONE"),
        Option(("--tone",), "plain (the default) or warm", "TONE", TONES),
        Option(("--copy", "-c"), "copy it to the clipboard too; nothing is ever sent"),
    ),
    (
        "Options: a reads a document and comments, b pairs with an engineer, c joins the last 20 minutes to",
        "sign off. At a terminal a document or an engineer that is missing is asked for; without one that",
        "is an error. WHEN may be a part of a day: tomorrow-morning. The calls that are shown plan what an",
        "option promises; nothing is planned unasked. techlead playbook lists all texts.",
    ),
    (
        "techlead no 'design review of billing' --option a,c --with ana --doc docs/billing.md",
        "techlead no 'budget sync' thu 14-15 --option c --tone warm",
        "techlead no --escalate",
        "techlead no --focus tue-afternoon --zone New_York --copy",
        "techlead no --objection em-visibility",
    ),
)
REPLY: Keys = {
    "text": "what to send",
    "options": "the options that are on: a, b, c",
    "placeholders": "every placeholder with its value, or null",
    "offers": "what keeps the options' promises, a block or what goes with its trade: each with `option`, "
    "`title`, `start`, `end` and `words` (the arguments of a call that does it)",
}
DAY_PARTS = ("morning", "afternoon")
MORNING, NOON, AFTERNOON, EVENING = 9 * 60, 12 * 60, 13 * 60, 17 * 60  # where a day has no hours of its own


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args, keep=True)
    if call is None:
        return 0
    reader = shell.reader
    entry = _entry(call, reader.playbook())
    options = _options(call, entry)
    context = context_of(shell)
    subject = _subject(call, context, reader)
    zone_text = call.value("zone")
    who = call.value("to")
    zone = read_zone(zone_text) if zone_text is not None else zone_of(reader, who) if who else None
    found = material(reader, subject, zone, places=entry.id == SAY_NO)
    tone = call.value("tone") or "plain"
    values = _values(call, found, entry, options, tone, context)
    missing = missing_in(entry, options, tone, values)
    if missing and _may_ask(call):
        _ask(missing, values)
        has = ready(entry, tone, values)
        options = [letter for letter in options if letter in has] or options
        missing = missing_in(entry, options, tone, values)
    if missing:
        raise _missing_error(entry, missing)
    text = compose(entry, options, tone, values)
    offered = _offers(reader, entry, options, subject, found, values)
    if call.has("json"):
        reply = {"text": text, "options": options, "placeholders": values, "offers": offered}
        put_json(read_json(IsoWeek.of(subject.start.date()) if subject.start else None, "reply", reply))
    else:
        put(visible_lines(text))
        for offer in offered:
            tell(f"hint: {typed(['techlead', *offer['words']])}")
    if call.has("copy"):
        tell(f"note: {copy_out(text)}")
    return 0


def _entry(call: Call, playbook: Playbook) -> Entry:
    """Return the reply that the call asks for. WordsError."""
    wanted = [name for name in ("escalate", "focus", "objection", "reply") if call.has(name)]
    if len(wanted) > 1:
        both = f"--{wanted[0]} and --{wanted[1]}"
        raise WordsError(f"{both} are two replies", "say one of them", f"--{wanted[1]}")
    if not wanted or wanted[0] in ("escalate", "focus"):  # ids of replies
        return playbook[wanted[0] if wanted else SAY_NO]
    kind = wanted[0]
    name = (call.value(kind) or "").strip().lower()
    ids = [entry.id for entry in playbook.values() if entry.kind == kind]
    if name not in ids:
        raise WordsError(f"there is no {kind} “{name[:60]}”", did_you_mean(name, ids), name)
    return playbook[name]


def _options(call: Call, entry: Entry) -> list[str]:
    """Return the letters that are on. WordsError."""
    given = [
        part for text in call.given.get("option", ()) for part in text.lower().replace(" ", "").split(",")
    ]
    if not call.has("option"):
        return list(entry.options)
    if not entry.options:
        raise WordsError(f"the reply {entry.id} has no options", "leave --option out", "--option")
    letters = [letter for part in given for letter in (part if part not in entry.options else (part,))]
    for letter in letters or [""]:
        if letter not in entry.options:
            known = ", ".join(entry.options)
            raise WordsError(f"there is no option “{letter[:60]}”", f"options are {known}", letter)
    return [letter for letter in entry.options if letter in letters]


# what it is about


def _subject(call: Call, context: ReadingContext, reader: Reader) -> Subject:
    """Return what the words name: a block by its id or its title, or words with a time or without."""
    words = [*call.words, *call.literal]
    if not words:
        return Subject()
    if len(call.words) == 1 and not call.literal:
        block = _block_of_id(call.words[0], context, reader)
        if block is not None and block.kind == "deep_work" and call.has("focus"):
            return Subject(start=block.start, end=block.end)  # what lands on it has another title
        if block is not None:
            return subject_of(block)
    text = " ".join(" ".join(words).split())
    block = _block_of_title(text, reader)
    if block is not None:
        return subject_of(block)
    part = _part_of_day(call.words, context, reader)
    if part is not None:
        return part
    found, rest = find_when(from_args(call.words, call.literal))
    if found.start is None:
        return Subject(one_line(text))
    span = slot_of(found, rest, context)
    start, end = (at(span.day, minute, context.zone) for minute in (span.start, span.end))
    return Subject(one_line(text_of(rest)), start=start, end=end, minutes=span.end - span.start)


def _block_of_id(text: str, context: ReadingContext, reader: Reader) -> Block | None:
    """Return the block of an id; None for a word that is none. UserError for an id that cannot be found."""
    if any(char.isspace() for char in text):
        return None
    try:
        target = context.locate(text)
    except UserError:
        like_id = "@" in text[1:] or (len(text) >= 8 and not set(text.lower()) - set("0123456789abcdef-"))
        if like_id:
            raise
        return None
    if target.table != "blocks":
        raise WordsError(f"{text[:60]} is a session", "a reply is about a block that is planned", text)
    return reader.snapshot(target.week).week(target.week).block(target.uid)


def _block_of_title(text: str, reader: Reader) -> Block | None:
    """Return the next block of this week or the next one that has this title."""
    now = reader.now()
    this = IsoWeek.of(now.date())
    snapshot: Snapshot = reader.snapshot(this, this.shift(1))
    for key in (this, this.shift(1)):
        for block in snapshot.week(key).live:
            if block.end > now and block.summary.casefold() == text.casefold():
                return block
    return None


def _part_of_day(words: list[str], context: ReadingContext, reader: Reader) -> Subject | None:
    """Return what `tue-afternoon` or `budget tomorrow morning` names, or None."""
    parts = [piece for word in words for piece in _split(word)]
    if len(parts) < 2 or parts[-1].lower() not in DAY_PARTS:
        return None
    word = read_day(parts[-2])
    if word is None:
        return None
    day = day_of(word, context.today)
    key = IsoWeek.of(day)
    plan = reader.snapshot(key).week(key).day(day).theme
    lunch = plan.lunch if plan is not None and plan.lunch is not None else (NOON, AFTERNOON)
    opens, closes = (plan.opens, plan.closes) if plan is not None else (MORNING, EVENING)
    start, end = (opens, lunch[0]) if parts[-1].lower() == "morning" else (lunch[1], closes)
    begin, stop = at(day, start, context.zone), at(day, end, context.zone)
    return Subject(one_line(" ".join(parts[:-2])), start=begin, end=stop)


def _split(word: str) -> list[str]:
    day, dash, part = word.partition("-")
    return [day, part] if dash and part.lower() in DAY_PARTS and read_day(day) else [word]


# what it is filled with


def _values(
    call: Call, found: Material, entry: Entry, options: list[str], tone: str, context: ReadingContext
) -> dict[str, str | None]:
    given = {"document": "doc", "engineer": "with", "requester": "to", "goal": "goal"}
    values = dict(found.values)
    for name, option in given.items():
        value = call.value(option)
        if value is not None:
            cleaned = one_line(value)
            if not cleaned:
                raise WordsError(f"--{option} is empty", f"write --{option} with a value", f"--{option}")
            values[name] = cleaned.removeprefix("@") if name in ("engineer", "requester") else cleaned
    if call.value("by") is not None:
        values["by"] = _day_of(call.value("by") or "", context)
    used = {name for part in parts_of(entry, options) for name in placeholders_of(entry.part(part, tone))}
    if values["engineer"] and "engineer" not in used and not values["requester"]:
        values["requester"] = values["engineer"]
    return values


def _day_of(text: str, context: ReadingContext) -> str:
    """Return the day, and the time where one is said, of `--by`. WordsError."""
    found, rest = find_when(from_line(text), bare=True)
    if rest or found.day is None:
        raise WordsError(f"“{text[:60]}” is not a day", "--by thu, --by 2026-11-27 or --by 'fri 12:00'", text)
    day = day_text(day_of(found.day, context.today))
    return day if found.start is None else f"{day} {found.start // 60:02}:{found.start % 60:02}"


def _may_ask(call: Call) -> bool:
    return not call.has("json") and is_terminal() and sys.stdin is not None and sys.stdin.isatty()


def _ask(missing: list[str], values: dict[str, str | None]) -> None:
    """Ask for values that are missing; no answer leaves one as it is."""
    for name in missing:
        if PLACEHOLDERS[name].asks:
            sys.stderr.write(f"{PLACEHOLDERS[name].asks} ")
            sys.stderr.flush()
            values[name] = one_line(sys.stdin.readline()) or None


def _missing_error(entry: Entry, missing: list[str]) -> WordsError:
    names, ways = [], []
    for name in missing:
        letters = [
            letter for letter, part in entry.options.items() if name in needed_in(entry.part(part, "plain"))
        ]
        names.append(f"the {name.replace('_', ' ')}" + (f" (option {letters[0]})" if letters else ""))
        ways.append(PLACEHOLDERS[name].given or f"put a clause with {{{name}}} into square brackets")
    return WordsError(f"the reply needs {listed(names)}", listed(list(dict.fromkeys(ways))), missing[0])


def _offers(
    reader: Reader,
    entry: Entry,
    options: list[str],
    subject: Subject,
    found: Material,
    values: dict[str, str | None],
) -> list[Json]:
    types = reader.library.types()
    return [
        {
            "option": offer.option,
            "title": offer.title,
            "start": offer.span.start.isoformat(),
            "end": offer.span.end.isoformat(),
            "words": words_of(edit, types),
        }
        for offer in offers(subject, found, values, entry.id)
        if offer.option in options
        for edit in offer.edits
    ]
