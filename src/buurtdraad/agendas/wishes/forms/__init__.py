"""What is asked about wishes."""
