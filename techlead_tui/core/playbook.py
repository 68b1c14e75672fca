"""Describe the method's texts as data, and fill the replies among them (M11, M12, M13, M17).

A text names what it needs as `{document}`. A clause in square brackets that holds a placeholder is left out
when a value of it is missing; a placeholder outside of such a clause is needed. `{{` and `}}` are braces.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

LONGEST = 1200  # characters of a text
TONES = ("plain", "warm")
METHOD = tuple(f"M{number}" for number in range(1, 18))
SIGNOFF = 20  # minutes at the end of a meeting that a technical sign-off takes (M11)


class Placeholder(NamedTuple):
    """Say what a placeholder stands for."""

    text: str  # what it is, or the formula of a computed one
    stand_in: str  # what stands for it where a text is only read
    asks: str = ""  # the question to the user for one that is asked for
    given: str = ""  # what gives it in a call of `techlead no`; "" for a computed one


PLACEHOLDERS: dict[str, Placeholder] = {
    "summary": Placeholder(
        "title of the meeting or the request", "the meeting", "What is it about?", "WORDS"
    ),
    "requester": Placeholder(
        "who asks; the one person of the block unless said", "Ana", "Who asks?", "--to WHO"
    ),
    "document": Placeholder(
        "what is to be read; the block's own document unless said",
        "the document",
        "Which document will you read, by path or address?",
        "--doc PATH",
    ),
    "engineer": Placeholder(
        "who is to be paired with", "an engineer", "With whom will you pair?", "--with WHO"
    ),
    "goal": Placeholder("what is to be reached", "the goal", "What is to be reached?", "--goal TEXT"),
    "by": Placeholder("the day; Friday of the block's week unless said", "Friday", "By when?", "--by WHEN"),
    "deep_hours_planned": Placeholder("stretches of deep work in this week", "18 h"),
    "deep_hours_done": Placeholder("sessions of hands-on work logged in this week", "9 h"),
    "deep_hours_left": Placeholder("stretches of deep work in this week from now on", "7 h"),
    "capacity": Placeholder("deep work wanted a week, by the week theme's limits", "15 to 20 hours"),
    "next_free": Placeholder(
        "the first slot that `techlead free` gives for the length, beside the meeting itself; "
        "in the week's zone, and in --zone where the clocks differ",
        "Mon 16:00–16:30",
    ),
    "could_drop": Placeholder(
        "up to two meetings ahead in the block's week, itself left out, that cost most focus",
        "the status meeting",
    ),
    "signoff_minutes": Placeholder("minutes of the sign-off at the meeting's end", str(SIGNOFF)),
    "limit": Placeholder("the most that a meeting of its type may take, by the week theme", "45 min"),
}


class EntryKey(NamedTuple):
    """Say what a key of an entry holds."""

    title: str  # as people read it
    type: str = "text"  # text, texts or flag
    required: bool = True


class Kind(NamedTuple):
    """Say what the entries of a kind hold; those that are `said` to somebody have tones."""

    title: str
    fields: Mapping[str, EntryKey]
    said: bool = False


KINDS: dict[str, Kind] = {
    "role": Kind("The role", {"is": EntryKey("is", "texts"), "is_not": EntryKey("is not", "texts")}),
    "principle": Kind("Principles", {"says": EntryKey(""), "why": EntryKey("why")}),
    "anti-pattern": Kind(
        "The trap",
        {
            "what": EntryKey(""),
            "stages": EntryKey("stages", "texts"),
            "instead": EntryKey("back"),
            "week": EntryKey("week", "text"),
        },
    ),
    "show-up": Kind(
        "When to show up",
        {
            "worth_it": EntryKey("worth it", "flag"),
            "limit": EntryKey("limit", "text", False),
            "conditions": EntryKey("when", "texts", False),
            "instead": EntryKey("instead", "text", False),
        },
    ),
    "reply": Kind("Replies", {}, said=True),
    "objection": Kind("Objections", {"claim": EntryKey("they say"), "instead": EntryKey("do")}, said=True),
    "pattern": Kind(
        "Patterns of coding",
        {"what": EntryKey(""), "takes": EntryKey("takes"), "ends": EntryKey("ends with")},
    ),
    "checklist": Kind("Checklists", {"questions": EntryKey("", "texts")}),
    "template": Kind("Templates", {"text": EntryKey("")}),
}

FIGURES = {  # figures of the user's own, each shown beside the entries that name it
    "split": "how the working time was spent",
    "communication": "the share of communication",
    "deep_work": "deep work planned, done and left",
    "recurring": "recurring meetings",
    "stage": "focus time of the last four weeks",
    "not_worth_it": "meetings of the kind that is not worth it",
    "fragments": "stretches of deep work that are too short",
    "overrides": "refusals overridden",
    "patterns": "sessions by pattern",
    "reviews": "time logged as review",
    "check": "the last Friday checks",
    "async": "time set aside for writing and reading",
}
OPENS = ("week", "no", "free", "check", "update", "lint", "log", "review", "themes", "series")  # commands


class Entry(NamedTuple):
    """Hold one entry of the playbook."""

    kind: str  # one of KINDS
    id: str
    title: str
    method: tuple[str, ...]  # parts of the method
    figure: str  # one of FIGURES, or ""
    opens: str  # the command that it is about, one of OPENS, or ""
    fields: Mapping[str, tuple[str, ...]]  # by key; a flag is ("yes",) or ("no",)
    parts: tuple[str, ...]  # of what is said, in order
    options: Mapping[str, str]  # letter to the part that it turns on or off
    tones: Mapping[str, Mapping[str, str]]  # tone to part to text
    file: str
    rules: tuple[str, ...] = ()  # of which it says why
    types: tuple[str, ...] = ()  # of blocks that it is about

    def part(self, name: str, tone: str) -> str:
        """Return the text of a part in a tone; plain where the tone has none, "" where nothing has."""
        return self.tones.get(tone, {}).get(name) or self.tones.get("plain", {}).get(name, "")

    def texts(self) -> Iterator[str]:
        """Yield every text of the entry."""
        for value in self.fields.values():
            yield from value
        for texts in self.tones.values():
            yield from texts.values()

    def words(self) -> str:
        """Return the text in which a search looks."""
        named = (*self.method, *self.rules, *self.types)
        return "\n".join((KINDS[self.kind].title, self.id, self.title, *named, *self.texts()))


Playbook = Mapping[str, Entry]  # by id, in the order of KINDS


def to_data(entry: Entry) -> list[Any]:
    """Return an entry as JSON values, for the cache."""
    fields = {key: list(value) for key, value in entry.fields.items()}
    tones = {tone: dict(texts) for tone, texts in entry.tones.items()}
    return [
        *entry[:3],
        list(entry.method),
        *entry[4:6],
        fields,
        list(entry.parts),
        dict(entry.options),
        tones,
        entry.file,
        list(entry.rules),
        list(entry.types),
    ]


def from_data(data: Sequence[Any]) -> Entry:
    """Return the entry that `to_data` wrote."""
    entry = Entry(*data)
    fields = {key: tuple(value) for key, value in entry.fields.items()}
    return entry._replace(
        method=tuple(entry.method),
        parts=tuple(entry.parts),
        fields=fields,
        rules=tuple(entry.rules),
        types=tuple(entry.types),
    )


def search(playbook: Playbook, text: str) -> list[Entry]:
    """Return the entries that hold all the words, in any letter case; an id, the id of a rule, or a part of
    the method such as M11, finds its entries alone."""
    words = text.casefold().split()
    if len(words) == 1:
        named = [
            e
            for e in playbook.values()
            if words[0] in (e.id, *e.rules, *(part.casefold() for part in e.method))
        ]
        if named:
            return named
    return [entry for entry in playbook.values() if all(word in entry.words().casefold() for word in words)]


def entry_of(playbook: Playbook, rule: str, type_id: str | None) -> Entry | None:
    """Return the entry that says why there is a rule: the one about the block's type, where there is one."""
    naming = [entry for entry in playbook.values() if rule in entry.rules]
    return next((one for one in naming if type_id in one.types), naming[0] if naming else None)


# filling

_NAME = r"\{([A-Za-z_][\w-]*)\}"
_CLAUSE = r"\[([^\[\]]*" + _NAME + r"[^\[\]]*)\]"
_PIECE = r"\{\{|\}\}|" + _NAME


def placeholders_of(text: str) -> list[str]:
    """Return the placeholders of a text, known or not, each once."""
    return list(dict.fromkeys(found[1] for found in re.finditer(_PIECE, text) if found[1]))


def needed_in(text: str) -> list[str]:
    """Return the placeholders that a text cannot do without."""
    return placeholders_of(re.sub(_CLAUSE, "", text))


class MissingError(ValueError):
    """Tell which placeholders have no value and are needed."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


def fill(text: str, values: Mapping[str, str | None]) -> str:
    """Return a text with its placeholders filled. MissingError; a value is never read as a text."""

    def clause(found: re.Match[str]) -> str:
        return found[1] if all(values.get(name) for name in placeholders_of(found[1])) else ""

    def piece(found: re.Match[str]) -> str:
        return str(values[found[1]]) if found[1] else found[0][0]

    left = re.sub(_CLAUSE, clause, text)
    missing = [name for name in placeholders_of(left) if not values.get(name)]
    if missing:
        raise MissingError(missing)
    return re.sub(_PIECE, piece, left)


def read_through(text: str) -> str:
    """Return a text as it is read and not sent: what stands for each placeholder in its place."""
    return fill(text, {name: placeholder.stand_in for name, placeholder in PLACEHOLDERS.items()})


def parts_of(entry: Entry, options: Iterable[str]) -> list[str]:
    """Return the parts of a reply that are said when these of its options are on.

    Where a reply has a part `question_one`, it stands for `question` while a single option is on.
    """
    wanted = [letter for letter in entry.options if letter in set(options)]
    off = {part for letter, part in entry.options.items() if letter not in wanted}
    other = "question" if len(wanted) == 1 and "question_one" in entry.parts else "question_one"
    return [part for part in entry.parts if part not in off and part != other]


def missing_in(
    entry: Entry, options: Iterable[str], tone: str, values: Mapping[str, str | None]
) -> list[str]:
    """Return the placeholders that the reply needs and that have no value."""
    texts = [entry.part(part, tone) for part in parts_of(entry, options)]
    return list(dict.fromkeys(n for text in texts for n in needed_in(text) if not values.get(n)))


def compose(entry: Entry, options: Iterable[str], tone: str, values: Mapping[str, str | None]) -> str:
    """Return the reply as it is sent: options as neighbouring lines, paragraphs around. MissingError."""
    out, before = "", False
    for part in parts_of(entry, options):
        text = fill(entry.part(part, tone), values).strip()
        optional = part in entry.options.values()
        if text:
            out += ("" if not out else "\n" if optional and before else "\n\n") + text
            before = optional
    return out


def ready(entry: Entry, tone: str, values: Mapping[str, str | None]) -> list[str]:
    """Return the letters of the options whose texts have all that they need."""
    return [
        letter
        for letter, part in entry.options.items()
        if all(values.get(name) for name in needed_in(entry.part(part, tone)))
    ]


def compose_ready(entry: Entry, tone: str, values: Mapping[str, str | None]) -> str:
    """Return the reply with the options that are ready; what is missing besides has its stand-in."""
    options = ready(entry, tone, values)
    missing = missing_in(entry, options, tone, values)
    stand_ins = {name: PLACEHOLDERS[name].stand_in for name in missing}
    return compose(entry, options, tone, {**values, **stand_ins})


def body(entry: Entry, tone: str = "plain") -> list[tuple[str, str]]:
    """Return what an entry says as it is read, a label and a text each; labels may be empty."""
    out = []
    for key, field in KINDS[entry.kind].fields.items():
        texts = entry.fields.get(key, ())
        if field.type == "flag":
            out.append((field.title, texts[0] if texts else "no"))
        elif key != "week":
            listed = field.type == "texts"
            out += [(field.title, "")] if listed and field.title and texts else []
            out += [("", f"- {text}") if listed else (field.title, text) for text in texts]
    letters = {part: letter for letter, part in entry.options.items()}
    for part in entry.parts:
        if part != "question_one":
            out.append((letters.get(part, ""), entry.part(part, tone)))
    return out
