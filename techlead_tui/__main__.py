"""`python -m techlead_tui` is `techlead`."""

from __future__ import annotations

import sys

from techlead_tui.entry import main

if __name__ == "__main__":
    sys.exit(main())
