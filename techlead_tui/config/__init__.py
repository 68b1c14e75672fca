"""Know where files live; read settings, week themes and types, and the system clock."""
