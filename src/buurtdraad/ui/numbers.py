"""Numbers as people write them."""

import math
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

MINUS = "\u2212"


def as_text(value: float | Decimal | None, decimals: int = 0, language: str | None = None) -> str:
    """The number rounded half up to `decimals`, with the separators of the language: "1.880" and "4,5" in Dutch.

    `language` is a language code, by default the active one; all but English write as Dutch does.
    None, infinite and not-a-number give "-": a page says elsewhere why a figure is missing.
    """
    if value is None or not math.isfinite(value):
        return "-"
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}"
    if not is_english(language):
        text = text.translate(str.maketrans(",.", ".,"))
    return MINUS + text if rounded < 0 else text


def is_english(language: str | None = None) -> bool:
    """Whether the language (by default the active one) writes a decimal point."""
    return (language or get_language() or "").startswith("en")
