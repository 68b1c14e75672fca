"""The words of `edit`: other fields of a block or a session."""

from __future__ import annotations

from techlead_tui.core.edits import EditBlock, EditSession
from techlead_tui.core.kinds import CATEGORIES, KINDS, PATTERNS
from techlead_tui.core.words.add import take_optional
from techlead_tui.core.words.at import read_instant
from techlead_tui.core.words.near import did_you_mean
from techlead_tui.core.words.options import Call, Option
from techlead_tui.core.words.reading import Context, Place, Reading
from techlead_tui.core.words.scan import find_when
from techlead_tui.core.words.tags import kind_tag, read_tags
from techlead_tui.core.words.tokens import Token, is_tag, text_of
from techlead_tui.errors import WordsError

STATUSES = ("planned", "done", "skipped")
OPTIONS = (
    Option(("--summary",), "another title, to the letter", "TEXT"),
    Option(("--type",), "another type, as +TYPE", "TYPE"),
    Option(("--no-type",), "no type"),
    Option(("--kind",), "another kind", "KIND", tuple(map(kind_tag, KINDS))),
    Option(("--category",), "what it counts as", "CATEGORY", CATEGORIES),
    Option(("--no-category",), "what its kind and type count as"),
    Option(("--with",), "someone who takes part, as @NAME; instead of those named before", "NAME", many=True),
    Option(("--no-people",), "nobody else takes part"),
    Option(("--optional",), "optional or not", "yes|no", ("yes", "no")),
    Option(("--doc",), "the document that prepares it", "PATH|URL"),
    Option(("--no-doc",), "no document"),
    Option(("--status",), "planned, done or skipped", "STATUS", STATUSES),
    Option(("--pattern", "-p"), "of a session: lead, spike, refactor or pair", "PATTERN", PATTERNS),
    Option(("--no-pattern",), "of a session: no pattern"),
    Option(("--start",), "of a session: an ISO time with an offset", "TIME"),
    Option(("--end",), "of a session: an ISO time with an offset", "TIME"),
)
OF_BLOCKS = (
    "type",
    "no_type",
    "kind",
    "with",
    "no_people",
    "no_category",
    "optional",
    "doc",
    "no_doc",
    "status",
)
OF_SESSIONS = ("pattern", "no_pattern", "start", "end")


def read_edit(tokens: list[Token], call: Call, place: Place, context: Context) -> Reading:
    """The fields that the words after the ID set; a text is the new summary."""
    session = place.table == "sessions"
    for key in call.given:
        if key in (OF_BLOCKS if session else OF_SESSIONS):
            name, other = ("a session", "blocks") if session else ("a block", "sessions")
            raise WordsError(f"{place.uid} is {name}: --{key.replace('_', '-')} is for {other}", "", key)
    fields = _session_fields(tokens, call, context) if session else _block_fields(tokens, call, context)
    if not fields:
        raise WordsError("what should change?", "edit ID a new title, edit ID +review, edit ID --doc PATH")
    said = tuple(f"{name.replace('_', ' ')}: {_shown(value)}" for name, value in fields.items())
    if session:
        return Reading(EditSession(uid=place.uid, week=place.week, fields=fields), said)
    override = call.value("override")
    if override:
        said += (f"overriding: {override}",)
    return Reading(EditBlock(uid=place.uid, day=place.day, fields=fields, override=override), said)


def _block_fields(tokens: list[Token], call: Call, context: Context) -> dict[str, object]:
    fields: dict[str, object] = {}
    tags, rest = read_tags(tokens, context.types)
    if not call.has("summary"):
        optional, rest = take_optional(rest)
        if optional:
            fields["optional"] = True
    _summary(fields, rest, call)
    type_id = call.value("type") or tags.type
    if type_id is not None and type_id not in context.types:
        raise WordsError(f"unknown type “{type_id[:60]}”", did_you_mean(type_id, context.types), type_id)
    for name, value, none in (
        ("type", type_id, call.has("no_type")),
        ("kind", (call.value("kind") or tags.kind or "").replace("-", "_") or None, False),
        ("category", call.value("category"), call.has("no_category")),
        ("people", call.given.get("with") or list(tags.people) or None, call.has("no_people")),
        ("doc", call.value("doc") or tags.doc, call.has("no_doc")),
        ("status", call.value("status"), False),
    ):
        if value is not None and none:
            raise WordsError(f"{name} is both set and taken away", "say one of the two")
        if value is not None or none:
            fields[name] = value if value is not None else [] if name == "people" else None
    if tags.optional is not None:
        fields["optional"] = tags.optional
    if call.has("optional"):
        fields["optional"] = call.value("optional") == "yes"
    return fields


def _session_fields(tokens: list[Token], call: Call, context: Context) -> dict[str, object]:
    fields: dict[str, object] = {}
    tags = [token for token in tokens if not token.literal and is_tag(token.text)]
    for tag in tags:
        name = tag.text[1:].lower().replace("-", "_")
        if name not in (*PATTERNS, *CATEGORIES):
            hint = did_you_mean(name, (*PATTERNS, *CATEGORIES))
            raise WordsError(f"“{tag.text[:60]}” is no pattern of a session", hint, tag.text, tag.position)
        fields["pattern" if name in PATTERNS else "category"] = name
    _summary(fields, [token for token in tokens if token not in tags], call)
    for name in ("pattern", "category"):
        if call.has(name):
            fields[name] = call.value(name)
    if call.has("no_pattern"):
        fields["pattern"] = None
    for name in ("start", "end"):
        text = call.value(name)
        if text is None:
            continue
        moment = read_instant(text, context)
        if moment is None:
            raise WordsError(f"“{text[:60]}” is no time with an offset", "2026-11-24T14:00:00+01:00", text)
        fields[name] = moment.isoformat(timespec="seconds")
    return fields


def _summary(fields: dict[str, object], rest: list[Token], call: Call) -> None:
    """The new title: `--summary`, or the words, unless they look like a time."""
    text = text_of(rest)
    given = call.value("summary")
    if given is not None and text.strip():
        raise WordsError("two titles", "give it as words or as --summary", text)
    if given is None and text.strip():
        found, others = find_when(rest, bare=True)
        if not others and found.start is not None:
            word = rest[0]
            raise WordsError("edit changes no times", f"techlead move ID {text}", word.text, word.position)
        fields["summary"] = text
    elif given is not None:
        if not given.strip():
            raise WordsError("an empty title", "write a few words after --summary", "--summary")
        fields["summary"] = given


def _shown(value: object) -> str:
    if value is None or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value).replace("_", " ")
