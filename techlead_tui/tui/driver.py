"""Textual's driver for a terminal that already shows the first frame."""

from __future__ import annotations

import sys
from typing import Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from techlead_tui.tui.terminal import ENTER_ALTERNATE, LEAVE_ALTERNATE, Terminal


class SeamlessDriver(LinuxDriver):
    """Enters the alternate screen only where it is not shown already: anew it would clear the frame."""

    terminal: Terminal  # set before the app runs

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._file = sys.__stdout__  # Textual takes stderr, which people redirect

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self.terminal.before is not None:
            self.attrs_before = self.terminal.before  # those from before the first frame

    def write(self, data: str) -> None:
        if data == ENTER_ALTERNATE:
            if self.terminal.alternate:
                return
            self.terminal.alternate = True
        elif data == LEAVE_ALTERNATE:  # the end, or ctrl+z
            self.terminal.alternate = False
        super().write(data)
