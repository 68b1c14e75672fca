"""What people type, read and spelled: the words of `add`, `move`, `edit`, `log` and of the TUI's line."""
