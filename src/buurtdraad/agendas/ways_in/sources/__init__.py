"""Wishes as others keep them: tables of our own kind, and exports of other platforms."""
