"""Pages, files and feeds for others."""
