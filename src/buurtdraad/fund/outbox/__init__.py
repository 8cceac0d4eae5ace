"""Bringing requests for money to the case system of the municipality (ZGW): later, once, and so that none is lost."""
