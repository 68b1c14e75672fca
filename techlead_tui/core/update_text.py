"""Write the status update as Markdown or Slack text, and read back what somebody wrote into it (M9)."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from techlead_tui.core.lengths import length
from techlead_tui.core.text import day_text
from techlead_tui.core.update import ARROW, Line, Totals, Update

SECTIONS = ("done", "progress", "blockers", "ahead")


class Outline(NamedTuple):
    """Hold the words of a template: a heading for each of SECTIONS, and how the post ends."""

    headings: tuple[str, ...]
    closing: str


_HEADING = r"(?m)^(?:\*\*(.+?)\*\*|#+ +(.+?))[ \t]*$"
SHIPPED = Outline(
    ("Done", "Under way", "Stuck", "Next week"), "Comments and questions are welcome in this thread."
)


def outline_of(template: str) -> Outline:
    """Return the headings and the closing words of a template; the usual ones where it has not four."""
    found = [one[1] or one[2] for one in re.finditer(_HEADING, template)]
    if len(found) != len(SECTIONS):
        return SHIPPED
    last = list(re.finditer(_HEADING, template))[-1]
    closing = "\n".join(
        line for line in template[last.end() :].strip().split("\n") if not line.startswith("-")
    ).strip()
    return Outline(tuple(found), closing or SHIPPED.closing)


def title_of(update: Update) -> str:
    """Return the heading: `Week 48, 23 to 27 November: green`."""
    period = update.period
    if not period.is_week:
        return f"{period.name}, {day_text(period.first)} to {day_text(period.last)} {period.last.year}"
    last = period.weeks[0].day(5)
    return f"Week {period.weeks[0].number}, {day_text(period.first)} to {day_text(last)} {last.year}"


def markdown(update: Update, outline: Outline = SHIPPED, *, for_em: bool = False, brag: bool = False) -> str:
    """Return the post as Markdown; a section without a line is left out, but for what is stuck."""
    colour = f"**{update.status.capitalize()}**" + (f": {update.because}" if update.because else "")
    parts = [f"# {title_of(update)}", colour] if update.period.is_week else [f"# {title_of(update)}"]
    for heading, lines in sections(update, outline, for_em=for_em, brag=brag):
        parts.append("\n".join([f"## {heading}", *(f"- {_escaped(line.text)}" for line in lines)]))
    if not brag:
        parts.append(outline.closing)
    return "\n\n".join(parts) + "\n"


def sections(
    update: Update, outline: Outline, *, for_em: bool = False, brag: bool = False
) -> list[tuple[str, tuple[Line, ...]]]:
    """Return the headings with their lines, in the order of the post."""
    done, progress, stuck, ahead = outline.headings
    if brag:
        named: list[tuple[str, tuple[Line, ...]]] = [
            ("Built", update.done),
            ("Decided", update.decided),
            ("Found out", update.found),
            ("Who grew", update.grown),
            ("Figures", _told(update.totals)),
        ]
        return [(heading, lines) for heading, lines in named if lines]
    grown = update.grown
    if not for_em:  # what somebody learns by it is between them and the lead
        grown = tuple(line._replace(detail=line.detail.partition(",")[0]) for line in grown)
    named = [
        ("Promised last week", update.promised if update.period.is_week else ()),
        (done, (*update.done, *update.decided, *update.found, *grown)),
        (progress, update.progress),
        (stuck, update.blockers or (Line("Nothing"),)),
        (ahead, update.ahead),
    ]
    if for_em:
        named.append(("My week", _told(update.totals)))
    return [(heading, lines) for heading, lines in named if lines]


def _told(totals: Totals) -> tuple[Line, ...]:
    lines = [
        Line(f"Coding {length(totals.coding)}"),
        Line(f"Focus time {length(totals.focus)} of {length(totals.focus_wanted)} wanted"),
        Line(f"Communication {totals.communication_percent} % of the working time"),
    ]
    if totals.reviews:
        lines.append(Line(f"Review {length(totals.reviews)}"))
    if totals.commits is not None:
        lines.append(Line(f"{totals.commits} commits"))
    if totals.overrides:
        rules = "one rule" if totals.overrides == 1 else f"{totals.overrides} rules"
        lines.append(Line(f"{rules} overridden, with a reason"))
    return tuple(lines)


def _escaped(text: str) -> str:
    """Return a line as Markdown that shows it to the letter."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", " ".join(text.split()))


_BOLD = r"\*\*(.+?)\*\*"
_HEAD = r"^#+ +(.+)$"


def slack(text: str) -> str:
    """Return a post in Slack's own markup (mrkdwn)."""
    lines = []
    for line in text.split("\n"):
        heading = re.match(_HEAD, line)
        if heading is not None:
            lines.append(f"*{_slack_text(heading[1])}*")
            continue
        bullet = line.startswith("- ")
        body = re.sub(_BOLD, "\0\\1\0", line[2:] if bullet else line)
        lines.append(("• " if bullet else "") + _slack_text(body).replace("\0", "*"))
    return "\n".join(lines)


def _slack_text(text: str) -> str:
    plain = re.sub(r"\\([\\`*_\[\]<>])", r"\1", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Written(NamedTuple):
    """Hold what an edited post says that is kept beside it."""

    effects: Mapping[str, str]  # by the title of a line
    ahead: tuple[str, ...]  # bullets under the last heading


def read_back(text: str, update: Update, outline: Outline = SHIPPED) -> Written:
    """Return the effects and the lines for next week that somebody wrote into a post."""
    known = {line.title: line for line in (*update.done, *update.decided, *update.found, *update.grown)}
    effects: dict[str, str] = {}
    ahead: list[str] = []
    heading = ""
    for raw in text.split("\n"):
        found = re.match(_HEAD, raw.strip())
        if found is not None:
            heading = found[1].strip()
            continue
        if not raw.startswith(("- ", "* ")):
            continue
        line = re.sub(r"\\([\\`*_\[\]<>])", r"\1", raw[2:].strip())
        if heading == outline.headings[3] and line:
            ahead.append(line)
        told, arrow, effect = line.partition(ARROW)
        told = told.strip()
        title = next((name for name, one in known.items() if told in (name, f"{name} ({one.detail})")), None)
        if arrow and title is not None and effect.strip():
            effects[title] = effect.strip()
    return Written(effects, tuple(ahead))
