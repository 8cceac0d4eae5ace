"""Websites as a browser compares them: scheme, host and port (RFC 6454)."""

import re
from collections.abc import Iterable

from environs import ValidationError

ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")


def only_origins(texts: Iterable[str]) -> None:
    """For a setting: each of these is one. Raises `ValidationError` for what is none, such as an address with a path."""
    if not all(ORIGIN.fullmatch(text) for text in texts):
        raise ValidationError("must look like https://www.buurt.example.nl,https://buurthuis.example.nl")
