"""For the partner behind its link or signed in, and for staff."""
