"""The neighbourhood agenda: versions, topics, agreements with their owners, and who joins in."""
