"""Meetings of residents: making them known, signing up, the evening itself with its screen, and what came of it."""
