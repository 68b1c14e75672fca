"""Durable storage: a checksummed journal, one TinyDB file a week, undo, recovery."""
