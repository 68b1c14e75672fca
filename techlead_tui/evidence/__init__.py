"""What git knows of the work that was done."""
