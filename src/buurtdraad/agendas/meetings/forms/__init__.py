"""What is asked of who comes, of who sits in the room, and of who leads the meeting."""
