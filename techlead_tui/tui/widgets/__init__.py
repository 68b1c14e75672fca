"""Widgets of the week screen."""
