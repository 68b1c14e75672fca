"""Strategies for tests of every folder."""

from hypothesis import strategies as st

# Whatever UTF-8 can write, but not by its name, as `st.text()` has it: to find all that a codec can write
# takes more than a second in each process of a fresh checkout.
LETTERS = st.characters(exclude_categories=["Cs"])
