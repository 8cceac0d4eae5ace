""" "Is it there already?": which wishes of an area say about the same as the one that somebody is typing.

Plain Python over plain text; nothing leaves the machine. How well it does, and how the database helps: `docs/similar.md`.
"""
