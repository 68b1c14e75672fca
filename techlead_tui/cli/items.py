"""The commands of the item kinds: one that adds, one that lists and turns, made from each declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, read_json
from techlead_tui.cli.output import columns, put, put_json, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.ids import short_id
from techlead_tui.core.items.kinds import NAMES, kind_of
from techlead_tui.core.items.kit import Item, ItemKind, Moment, item_json
from techlead_tui.core.words.args import Option
from techlead_tui.core.words.item_options import add_options
from techlead_tui.planner.items import ItemList, items_of
from techlead_tui.render.text import fit, width

COPY = Option(("--copy", "-c"), "copy the text that is offered to the clipboard; nothing is ever sent")
ALL = Option(("--all", "-a"), "the closed ones too")
TITLE = 30  # cells that a title keeps; where there are fewer, the last columns go
ID_HELP = (
    "An ID is what the list shows: the beginning or the end of it, or words of the title that fit one alone.",
)
BY_COMMAND = {command: name.id for name in NAMES for command in (name.add, name.plural)}


def commands_for(kind: ItemKind) -> tuple[Command, Command]:
    """Return the command that adds and the one that lists."""
    add = Command(kind.add, kind.words, kind.adds, add_options(kind), kind.details, kind.examples)
    turns = [
        f"{kind.lister} ID {turn.name}{_taken(kind, turn.takes, turn.needs)}".ljust(36) + f" {turn.text}"
        for turn in kind.transitions
    ]
    other = [
        f"{kind.lister} ID edit [WHAT]".ljust(36) + " Change its title, or fields by the options.",
        f"{kind.lister} ID rm".ljust(36) + " Take it out of the list, as if it had never been there.",
    ]
    copies = (COPY,) if any(turn.reply or turn.answers for turn in kind.transitions) else ()
    options = (ALL, *copies, *add_options(kind))
    words = f"[ID {'|'.join(turn.name for turn in kind.transitions)}|edit|rm ...]"
    examples = (f"techlead {kind.lister}", f"techlead {kind.lister} --all --json")
    return add, Command(kind.lister, words, kind.lists, options, (*ID_HELP, *turns, *other), examples)


def _taken(kind: ItemKind, field: str, needs: bool) -> str:
    if not field:
        return ""
    word = {"day": "WHEN", "length": "LENGTH", "person": "WHO"}.get(kind.field(field).sort, "TEXT")
    return f" {word}" if needs else f" [{word}]"


class _Commands(Mapping[str, Command]):
    """Hold the commands of every kind, each made from its declaration when it is asked for."""

    def __getitem__(self, name: str) -> Command:
        adding, listing = commands_for(kind_of(BY_COMMAND[name]))
        return adding if adding.name == name else listing

    def __iter__(self) -> Iterator[str]:
        return iter(BY_COMMAND)

    def __len__(self) -> int:
        return len(BY_COMMAND)


COMMANDS = _Commands()


def run(name: str, args: list[str], shell: Shell) -> int:
    """0, or 3 when it is refused. UserError."""
    kind = kind_of(BY_COMMAND[name])
    call = asked(COMMANDS[name], args, keep=True)
    if call is None:
        return 0
    if name != kind.add and not call.words and not call.literal:
        as_json = call.has("json")
        found = items_of(shell.reader, kind, closed=call.has("all"), replies=as_json)
        return put_list(kind, found, as_json)
    from techlead_tui.cli.item_edits import add_item, turn_item  # dear, and a list changes nothing

    return add_item(shell, kind, call) if name == kind.add else turn_item(shell, kind, call)


def put_list(kind: ItemKind, found: ItemList, as_json: bool) -> int:
    """Print the items of a kind."""
    items, moment = found.ordered(), found.moment
    if as_json:
        rows: list[Json] = [item_json(item, moment) for item in items]
        put_json({**read_json(None, kind.plural, rows), "footer": kind.footer(items, moment) or None})
        return 0
    if not items:
        how = (
            f" techlead {kind.add} adds one." if kind.add else " techlead add every mon 10-11 WHAT adds one."
        )
        put(kind.empty.partition(". ")[0].rstrip(".") + "." + how)
        return 0
    for line in lines_of(items, moment, columns()):
        put(line)
    footer = kind.footer(items, moment)
    if footer:
        put(visible(footer))
    return 0


def lines_of(items: Sequence[Item], moment: Moment, cells: int, ids: Sequence[str] = ()) -> list[str]:
    """Return items of a kind as a line each: the id, then the columns, none wider than what it holds.

    `ids` are what names each of them, where that is not its short id.
    """
    declared = items[0].kind.columns if items else ()
    rows = [
        [name, *(visible(column.text(item, moment)) for column in declared)]
        for name, item in zip(ids or [short_id(item.uid) for item in items], items, strict=True)
    ]
    holds = [max(map(width, texts)) for texts in zip(*rows, strict=True)]
    sizes = [min(size, column.cells or size) for size, column in zip(holds[1:], declared, strict=True)]
    wide = [*holds[:1], *sizes]
    while len(wide) > 2 and cells - sum(size + 2 for size in wide) + wide[1] + 2 < min(wide[1], TITLE):
        wide.pop()
    if wide:
        wide[1] = max(1, min(wide[1], cells - sum(size + 2 for size in wide) + wide[1] + 2))
    return [
        "  ".join(fit(text, size) for text, size in zip(row, wide, strict=False) if size).rstrip()
        for row in rows
    ]
