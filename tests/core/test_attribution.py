"""Co-authors of a commit: who they are, and which of them are programs."""

from __future__ import annotations

import pytest

from techlead_tui.core.attribution import MOST, divided, is_assistant, people_of
from techlead_tui.core.evidence import CoAuthor

ANA = CoAuthor("Ana", "ana@example.org")


def test_each_trailer_names_one_once() -> None:
    message = (
        "Pool fix\n\nCo-authored-by: Ana <ana@example.org>\n"
        "CO-AUTHORED-BY:  Bo\x1b[31m Li <bo@example.org> x\n"
        "co-authored-by: Ana again <ANA@example.org>\nCo-authored-by: nobody\nCo-authored-by: x <y>\n"
        "Reviewed-by: Cy <cy@example.org>\n"
    )
    assert people_of(message) == (ANA, CoAuthor("Bo[31m Li", "bo@example.org"))


def test_there_is_an_end_to_names_and_to_their_letters() -> None:
    lines = [f"Co-authored-by: {'x' * 200} <{number}@example.org>" for number in range(MOST + 9)]
    found = people_of("\n".join(lines))
    assert len(found) == MOST
    assert {len(person.name) for person in found} == {100}


@pytest.mark.parametrize(
    ("name", "email", "program"),
    [
        ("Claude", "noreply@anthropic.com", True),
        ("Claude", "claude@example.org", False),
        ("Renovate[bot]", "bot@example.org", True),
        ("x", "49699333+dependabot[bot]@users.noreply.github.com", True),
        ("Copilot", "198982749+Copilot@users.noreply.github.com", True),
        ("Copilot", "copilot@noreply.github.com", True),
        ("Ana", "1+ana@users.noreply.github.com", False),
        ("Copilot", "copilot@example.org", False),
    ],
)
def test_a_program_is_known_by_its_address(name: str, email: str, program: bool) -> None:
    assert is_assistant(CoAuthor(name, email)) is program


def test_colleagues_and_programs_are_told_apart_and_oneself_is_neither() -> None:
    robot, me = CoAuthor("Copilot", "Copilot@GitHub.com"), CoAuthor("Me", "Me@example.org")
    assert divided([me, ANA, robot], {"me@example.org"}) == ((ANA,), (robot,))
