"""Read what other calendars write."""
