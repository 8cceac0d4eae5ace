"""What we ask about municipal work."""
