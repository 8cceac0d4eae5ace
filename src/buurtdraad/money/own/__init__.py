"""What this room has of one person, for that person: what was paid for their plans, and forgetting to whom after the legal time."""
