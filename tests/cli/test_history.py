"""The history names things as people do."""

from tests.cli.conftest import Techlead


def test_history_and_undo_say_of_what_a_change_was(techlead: Techlead) -> None:
    uid = techlead("add", "2031-03-05", "14-16", "connection pool", "+code", "--json").json["block"]["uid"]
    techlead("done", uid[-8:])
    assert "done 'connection pool'" in techlead("history").out
    undone = techlead("undo").out
    assert "done 'connection pool'" in undone
    assert uid not in undone
    assert techlead("history", "--json").json["history"][0]["words"] == ["done", uid]
