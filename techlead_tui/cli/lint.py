"""`techlead lint`: what breaks the week, and which moves win focus time."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.edit_result import fix_lines
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Keys, fixes_json, read_json
from techlead_tui.cli.output import columns, in_lines, is_terminal, put, put_json, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.weeks import WEEK_HELP, week_asked
from techlead_tui.core.lint import LintFinding, lint

COMMAND = Command(
    "lint",
    "[WEEK]",
    "Lists what breaks the week's rules, with ranked moves and the focus time that each wins back.",
    (),
    (*WEEK_HELP, "Exits 1 for a refusal or a warning; notes alone are 0."),
    ("techlead lint", "techlead lint next --json"),
)
FINDING: Keys = {
    "rule": "the id of the rule",
    "severity": "refuse, warn or note",
    "message": "what is wrong, or could be better",
    "why": "why the week has this rule",
    "subjects": "uids of the blocks concerned",
    "focus_gain_minutes": "focus time that the best fix wins",
    "fixes": "as in a violation, the best first",
}
AHEAD = 4  # weeks that a fix may move something to


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args, 1)
    if call is None:
        return 0
    key = week_asked(call, shell)
    snapshot = shell.reader.snapshot(*(key.shift(weeks) for weeks in range(AHEAD + 1)))
    findings = lint(snapshot, key, shell.now())
    if call.has("json"):
        put_json(read_json(key, "findings", [finding_json(finding) for finding in findings]))
    else:
        _print(findings, str(key))
    return int(any(finding.severity in ("refuse", "warn") for finding in findings))


def finding_json(finding: LintFinding) -> dict[str, object]:
    return {**finding._asdict(), "subjects": list(finding.subjects), "fixes": fixes_json(finding.fixes)}


def _print(findings: tuple[LintFinding, ...], week: str) -> None:
    if not findings:
        put(f"{week}: nothing to fix")
    for finding in findings:
        head, message = f"{finding.severity:<6}  ", f"{visible(finding.message)} ({finding.rule})"
        put(in_lines(head, message, columns()) if is_terminal() else head + message)
        for line in fix_lines(finding.fixes, columns()):
            put(line)
