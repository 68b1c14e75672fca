"""Screens; each one's style sheet stands beside it."""
