"""Ask git about the work that was done."""
