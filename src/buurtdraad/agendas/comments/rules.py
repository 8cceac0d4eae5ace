"""What holds for comments, in plain Python."""

MOST_LETTERS = 1000
