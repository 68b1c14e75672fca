"""Textual's driver for a terminal that already shows the first frame."""

from __future__ import annotations

import sys
from typing import Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

_SWITCH = "\x1b[?1049h"
_SWITCH_BACK = "\x1b[?1049l"


class SeamlessDriver(LinuxDriver):
    """Leaves the alternate screen as it is: entering it anew would clear the frame that stands there.

    Leaving it is `Terminal.restore`'s, which also runs when Textual has crashed.
    """

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._file = sys.__stdout__  # Textual takes stderr, which people redirect

    def write(self, data: str) -> None:
        if data not in (_SWITCH, _SWITCH_BACK):
            super().write(data)
