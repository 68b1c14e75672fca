"""Writes docs/reference/rules/ from the rules and their fixtures: `python -m tests.core.rules.pages`."""

from __future__ import annotations

import re
from pathlib import Path

from techlead_tui.core.rules import RULES, Rule, violations
from tests.core.rules.cases import FIRING, QUIET

FOLDER = Path(__file__).parents[3] / "docs" / "reference" / "rules"

SETTINGS = {
    "day-theme": "`allows` of `[day.…]`",
    "deep-work": "the boxes of kind `deep_work`, and `optional` of each",
    "outside-box": "the boxes with a `type`, and `allows` of `[day.…]`",
    "fixed-box": "`fixed` of a box",
    "type-limit": "`[limits.meeting]` and `[limits.week]`",
    "lunch": "`lunch`",
    "overlap": "the boxes",
    "window-closed": "the boxes of kind `window`",
    "working-hours": "`hours` and the days that have a `[day.…]`",
    "communication-share": "`communication_percent` of `[limits]`",
    "deep-work-hours": "`deep_work` and `focus_stretch` of `[limits]`",
    "recurring-count": "`recurring_meetings` of `[limits]`",
    "prep-document": "`prep` of `[limits]`",
    "not-worth-it": "`worth_it` of a type in `playbook/types.toml`",
    "split-focus": "`focus_stretch` of `[limits]`",
}
MEANS = {
    "refuse": "refuses the edit; `--override REASON` overrides it and is counted",
    "warn": "says so and lets it pass",
}


def what(rule: Rule) -> str:
    """The rule's own description, without the parts of the method that it names."""
    return re.sub(r" \(M\d+(, M\d+)*\)", "", rule.__doc__ or "").strip()


def page(rule: Rule) -> str:
    """The reference page of a rule."""
    case = FIRING[rule.ID]
    example = next(
        each for each in violations(case.week(), case.now) if each.rule == rule.ID and each.severity != "note"
    )
    quiet = "\n".join(f"- {each.says}" for each in QUIET[rule.ID])
    return f"""<!-- Written by tests/core/rules/pages.py from the rule and its fixtures. -->
# {rule.TITLE}

| | |
|---|---|
| rule | `{rule.ID}` |
| severity | `{rule.DEFAULT}`: {MEANS[rule.DEFAULT]} |
| looks at | {SETTINGS[rule.ID]} |
| another severity | `{rule.ID} = "note"` under `[rules]` of the week theme, or `refuse`, `warn`, `off` |

{what(rule)}

## What it says

For {case.says}:

> {example.message}

## Why

{rule.WHY}

## What mends it

{rule.MENDS}

## What keeps the rule

{quiet}
"""


def index() -> str:
    """The list of all rules."""
    rows = "\n".join(f"| [`{rule.ID}`]({rule.ID}.md) | {rule.TITLE} | {rule.DEFAULT} |" for rule in RULES)
    return f"""<!-- Written by tests/core/rules/pages.py from the rules. -->
# The rules of the week

Every edit is weighed by these rules. What the edit itself breaks is said, with the reason and the nearest
places that fit; what was broken before it never stands in its way. Where several rules of the same severity
have something to say, the one that stands first here speaks first.

| rule | says | severity |
|---|---|---|
{rows}

- `refuse`: nothing is written, unless `--override REASON` gives the reason; overrides are counted on Friday.
- `warn`: it is said, and the edit passes.
- `note`: `techlead lint` lists it. What only the week theme's own boxes break is never more than a note, and
  neither is what was overridden.
- `off`: the rule is silent.

A week theme sets the severities under `[rules]`.
"""


def pages() -> dict[str, str]:
    """File name to text of everything in the folder."""
    return {"README.md": index(), **{f"{rule.ID}.md": page(rule) for rule in RULES}}


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
