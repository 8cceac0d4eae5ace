"""What this room has of one person, for that person: the projects that they lead, and taking their name away.

Which rooms have something stands in `pages/mine/parts.py`.
"""
