"""techlead-tui: the terminal weekly planner that keeps tech leads technical."""

__version__ = "0.1.0"
