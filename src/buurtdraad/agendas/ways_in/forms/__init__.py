"""What we ask of who speaks, of who listens, and of who enters a pile or a table."""
