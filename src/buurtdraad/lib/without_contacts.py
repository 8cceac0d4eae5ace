"""Leaving out of a text how somebody can be reached: from a page it can be taken away, from a file or a copy it cannot."""

import re

EMAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.\w+")
# Ten digits as people write them, at home or abroad; a date is none.
PHONE = re.compile(r"(?<![\d.])(?!\d{1,2}-\d{1,2}-\d{4})(?:(?:\+|00)\d{2}[\s-]?(?:\(0\))?|\(?0)[1-9](?:[\s()./-]{0,2}\d){8}(?!\d)")
LEFT_OUT = "…"


def without_contacts(text: str) -> str:
    """What people wrote, without e-mail addresses and telephone numbers."""
    return PHONE.sub(LEFT_OUT, EMAIL.sub(LEFT_OUT, text))
