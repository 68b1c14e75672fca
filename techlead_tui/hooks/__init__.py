"""Call programs outside: the clipboard, the editor."""
