"""Reporting what somebody finds wrong on a page ("Meld dit"), and the moderators who decide on it.

A report names its thing as `kind:id`. This room knows no kinds: they stand in `pages/reporting/things.py`, with the pages.
Whoever owns a thing asks `queries.is_hidden` before it shows it.
"""
