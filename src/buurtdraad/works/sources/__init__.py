"""Files that departments bring: tables and shapes, read into plain rows."""
