"""Hold the screens, each with its style sheet beside it."""
