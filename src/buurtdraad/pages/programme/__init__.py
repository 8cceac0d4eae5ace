"""The programme for everybody: what was promised and what came of it, and of each challenge what is done about it."""
