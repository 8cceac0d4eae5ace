"""Requests from an older system: what ran there goes on here, and what ended there is history."""
