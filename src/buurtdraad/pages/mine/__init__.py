"""`/mijn/`: all that is of one person, from every room; the same to take along; and going."""
