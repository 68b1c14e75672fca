"""Where files live, settings, week themes, the playbook, and the system clock."""
