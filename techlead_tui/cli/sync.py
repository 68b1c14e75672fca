"""`techlead sync`: read the calendars again, meet the other machines, and tell what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from techlead_tui.calendars.writing import PublishedEvent
from techlead_tui.cli.command import Command
from techlead_tui.cli.edit_result import planner_of
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Keys, write_json
from techlead_tui.cli.output import fail, is_terminal, put, put_json, tell, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.source import source_json
from techlead_tui.core.calendar import into
from techlead_tui.core.words.args import Option
from techlead_tui.errors import UserError
from techlead_tui.planner.calendars import SourceState, Synced, sync
from techlead_tui.planner.machines import Shared, shared_texts, sync_machines
from techlead_tui.planner.publish import PublishPlan, publish, step_text

COMMAND = Command(
    "sync",
    "",
    "Reads the calendars again, brings your machines in step, publishes your boxes, and says what is new.",
    (
        Option(("--dry-run",), "only say what would be done"),
        Option(("--ours",), "publish again what others have changed or deleted of your boxes"),
    ),
    (
        "A calendar that cannot be reached keeps what was read last, and the exit code is 5. The open",
        "screen does the same every quarter of an hour. techlead source publish says where boxes go, and",
        "folder = in [machines] of config.toml where your machines meet.",
    ),
    ("techlead sync", "techlead sync --dry-run", "techlead sync --json"),
)
SYNC: Keys = {
    "added": "occurrences that are new, and records that came from other machines",
    "changed": "occurrences and records that are not what they were, moved ones included",
    "removed": "occurrences and records that are gone",
    "news": "meetings that others moved or cancelled: `what`, `summary`, `before`, `after` (null: cancelled) "
    "and `focus_minutes`, the focus time that its week won",
    "sources": "the calendars, as `source list` tells of them",
    "published": "what was done with published boxes, or null: `path`, `events` (how many are there), "
    "`added`, `changed`, `removed`, and `outside`: what others `changed_outside` or `deleted_outside`, each "
    "with `what`, `summary`, `box`, `start`, `end` and `now` (null: deleted)",
    "machines": "your other machines: `name`, `machine` (its id), `file`, `at` (when it last wrote), "
    "`added`, `changed`, `removed`, and `problem` (why its file was not read to the end, or null)",
    "conflicts": "where two machines changed the same field: `table`, `uid`, `week`, `summary`, `field`, "
    "`kept`, `kept_from`, `gave_way`, `gave_way_from`",
    "shared": "where machines meet, or null: `folder`, `machine` (id of this one, null before its first "
    "sync), `name`, `sent` (transactions written), `notes`, and `error` (or null)",
    "dry_run": "whether nothing was done",
}


def run(_name: str, args: list[str], shell: Shell) -> int:
    """0, or 5 when a calendar or the shared folder could not be reached. UserError."""
    call = asked(COMMAND, args, 0)
    if call is None:
        return 0
    planner = planner_of(shell)
    dry, as_json = call.has("dry_run"), call.has("json")
    done = sync(planner, dry=dry, progress=_progress if is_terminal() and not as_json else None)
    shared = sync_machines(planner, dry=dry)
    made: PublishPlan | None = None
    wrong: UserError | None = None
    try:
        made = publish(planner, dry=dry, ours=call.has("ours"))
    except UserError as error:  # what calendars have told once is not lost over it
        wrong = error
    if as_json:
        whole = sync_json(done, shell, dry) | {"published": None if made is None else plan_json(made, shell)}
        put_json(write_json("sync", with_machines(whole, shared)))
    else:
        _put(done, dry, nothing=made is None and shared is None and wrong is None)
        if shared is not None:
            _put_machines(shared, dry)
        if made is not None:
            _put_plan(made, shell, dry)
    if wrong is not None:
        raise wrong
    failed = any(state.error for state in done.states) or (shared is not None and shared.error)
    return 5 if failed and not dry else 0


def _progress(done: int, count: int, name: str) -> None:
    if name:
        tell(f"reading {done + 1} of {count}: {visible(name)}")


def sync_json(done: Synced, shell: Shell, dry: bool) -> dict[str, object]:
    """Return the noun `sync`."""
    return {
        "added": sum(state.added for state in done.states),
        "changed": sum(state.changed for state in done.states),
        "removed": sum(state.removed for state in done.states),
        "news": [
            {
                "what": news.what,
                "summary": news.summary,
                "before": _span(news.before),
                "after": None if news.after is None else _span(news.after),
                "focus_minutes": won,
            }
            for news, won in done.news
        ],
        "sources": [source_json(state, shell) for state in done.states],
        "dry_run": dry,
    }


def _span(span: Sequence[object]) -> dict[str, str]:
    return {name: time.isoformat() for name, time in zip(("start", "end"), span, strict=True)}  # type: ignore[attr-defined]


def plan_json(made: PublishPlan, shell: Shell) -> dict[str, object]:
    """Return what publishing did as JSON."""
    outside = [step for step in made.steps if step.what.endswith("_outside")]

    def span(event: PublishedEvent) -> dict[str, str]:
        return {
            "start": into(event.start, shell.zone).isoformat(),
            "end": into(event.end, shell.zone).isoformat(),
        }

    return {
        "path": made.path,
        "events": made.published,
        "added": made.count("add"),
        "changed": made.count("change"),
        "removed": made.count("remove"),
        "outside": [
            {
                "what": step.what,
                "summary": step.event.summary,
                "box": step.box,
                **span(step.event),
                "now": None
                if step.outside is None
                else {"summary": step.outside.summary, **span(step.outside)},
            }
            for step in outside
        ],
    }


def with_machines(whole: dict[str, object], shared: Shared | None) -> dict[str, object]:
    """Return the noun `sync` with what came from other machines."""
    if shared is None:
        return {**whole, "machines": [], "conflicts": [], "shared": None}
    out = {
        name: sum(getattr(one, name) for one in shared.machines) + cast("int", whole[name])
        for name in ("added", "changed", "removed")
    }
    others = [{**one._asdict(), "problem": one.problem or None} for one in shared.machines]
    place = {
        "folder": shared.folder,
        "machine": shared.machine or None,
        "name": shared.name,
        "sent": shared.sent,
        "notes": list(shared.notes),
        "error": shared.error or None,
    }
    return {**whole, **out, "machines": others, "conflicts": list(shared.conflicts), "shared": place}


def _put_machines(shared: Shared, dry: bool) -> None:
    """Print what went to the other machines and what came from them."""
    for text in shared_texts(shared):
        put(visible(text))
    for one in shared.machines:
        put(visible(f"{one.name}: {one.counts or 'nothing has changed'}"))
    if shared.error:
        fail(visible(shared.error), visible(shared.hint))
    else:
        count = (
            f"{shared.sent} {'change' if shared.sent == 1 else 'changes'}" if shared.sent else "nothing new"
        )
        put(visible(f"{'would write to' if dry else 'wrote to'} {shared.folder}: {count}"))


def _put_plan(made: PublishPlan, shell: Shell, dry: bool) -> None:
    for step in made.steps:
        if step.shown and (dry or step.what.endswith("_outside")):
            put(visible(step_text(step, shell.reader)))
    names = {"add": "new", "change": "changed", "remove": "taken back"}
    counts = [f"{made.count(what)} {name}" for what, name in names.items() if made.count(what)]
    said = ", ".join(counts) or "nothing has changed"
    would = "would publish to" if dry else "published to"
    put(visible(f"{would} {made.path}: {said}, {made.published} boxes there"))


def _put(done: Synced, dry: bool, *, nothing: bool) -> None:
    if not done.states and nothing:
        put("No calendar is read. techlead source add takes one.")
    for state in done.states:
        put(visible(f"{state.source.name}: {'would be read' if dry else _said(state)}"))
    for text in done.told:
        put(visible(text))


def _said(state: SourceState) -> str:
    if state.error:
        return f"could not be read: {state.error}; what was read last is kept"
    counts = [
        f"{count} {what}"
        for count, what in ((state.added, "new"), (state.changed, "changed"), (state.removed, "gone"))
        if count
    ]
    problems = sum(count for _, count, _ in state.problems)
    counts += [f"{problems} with problems: techlead doctor lists them"] if problems else []
    return ", ".join(counts) or "nothing has changed"
