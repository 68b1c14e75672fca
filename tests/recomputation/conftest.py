"""Hand on the program run in process."""

from __future__ import annotations

from tests.cli.conftest import techlead as techlead
