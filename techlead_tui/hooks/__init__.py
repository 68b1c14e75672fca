"""Call programs outside: the clipboard."""
