"""Tables that people bring along: read, looked at first (dry run), then taken in, with a report per row."""
