"""Declare what a lead keeps lists of: one module a kind, and the kit that all of them follow from."""
