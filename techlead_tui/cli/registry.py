"""List the commands in the order of the help, and the module of each: its `run(name, args, context)`."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, ...]] = {
    "The week": ("week", "today", "now", "lint", "free", "find"),
    "Planning": ("add", "move", "edit", "rm", "done", "day", "holidays", "types"),
    "Coding": ("log", "sessions"),
    "People": (
        "delegate",
        "delegations",
        "ping",
        "questions",
        "invite",
        "triage",
        "trade",
        "trades",
        "decide",
        "decisions",
        "series",
        "with",
        "owed",
    ),
    "Words": ("no", "review", "playbook"),
    "Looking back": ("check", "boundary", "undo", "redo", "history"),
    "Week themes": ("themes", "theme"),
    "Upkeep": ("doctor", "demo", "completions", "help"),
}
NAMES = tuple(name for names in GROUPS.values() for name in names)
MODULES = {name: f"techlead_tui.cli.{name}" for name in NAMES} | {
    "add": "techlead_tui.cli.edit_commands",
    "move": "techlead_tui.cli.edit_commands",
    "edit": "techlead_tui.cli.edit_commands",
    "rm": "techlead_tui.cli.edit_commands",
    "done": "techlead_tui.cli.edit_commands",
    "day": "techlead_tui.cli.day",
    "today": "techlead_tui.cli.week",
    "find": "techlead_tui.cli.find",
    "free": "techlead_tui.cli.find",
    "undo": "techlead_tui.cli.history",
    "redo": "techlead_tui.cli.history",
    "themes": "techlead_tui.cli.theme",
    "delegate": "techlead_tui.cli.items",
    "delegations": "techlead_tui.cli.items",
    "ping": "techlead_tui.cli.items",
    "questions": "techlead_tui.cli.items",
    "trade": "techlead_tui.cli.items",
    "trades": "techlead_tui.cli.items",
    "invite": "techlead_tui.cli.triage",
    "decisions": "techlead_tui.cli.decide",
    "with": "techlead_tui.cli.people",
    "owed": "techlead_tui.cli.people",
    "boundary": "techlead_tui.cli.people",
}
QUICK = ("log", "now", "sessions")  # run with a bare Context: what a Shell holds is dear to import
