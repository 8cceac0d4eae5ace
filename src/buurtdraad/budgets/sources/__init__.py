"""What others bring along, read into plain rows."""
