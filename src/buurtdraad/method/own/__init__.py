"""What this room has of one person, for that person: lines for `/mijn/`, the data to take along, and erasing it.

Which rooms have something stands in `pages/mine/parts.py`.
"""
