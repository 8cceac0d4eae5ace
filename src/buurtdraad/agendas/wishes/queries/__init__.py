"""What is true now of wishes."""
