"""What waits to be heard, what was entered, and what can still be undone."""
