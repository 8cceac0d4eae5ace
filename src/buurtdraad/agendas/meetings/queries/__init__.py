"""What is true now of meetings."""
