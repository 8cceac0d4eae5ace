"""Following what comes of wishes: the page of one wish with its thread, what was done, and the wishes on the page of an area."""
