"""What a visitor accepts and already has, read from the headers of the request (RFC 9110)."""

import re
from functools import lru_cache

# Best first, where a visitor likes several equally.
CODINGS = ("br", "gzip", "identity")
WEIGHT = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")
ETAGS = re.compile(r'(?:W/)?("[^"]*")')


def coding_for(accept_encoding: str) -> str:
    """The coding to answer in: `br`, `gzip` or `identity`, by the weights of Accept-Encoding."""
    return _coding_for(accept_encoding) if len(accept_encoding) < 200 else "identity"


@lru_cache(maxsize=256)
def _coding_for(accept_encoding: str) -> str:
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights["gzip" if name == "x-gzip" else name] = _weight(parameters)
    others = weights.get("*", 0.0)
    # Without a word about it, the plain form is acceptable, and the last choice.
    offered = {"br": others, "gzip": others, "identity": weights.get("*", 0.0001)} | weights
    best = max(CODINGS, key=lambda coding: offered[coding])
    return best if offered[best] > 0 else "identity"


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if WEIGHT.fullmatch(value.strip()) else 0.0
    return 1.0


def has_it_already(if_none_match: str, etag: str) -> bool:
    """Whether the visitor holds the page with this (weak) ETag: `*`, or one of a list, compared weakly."""
    if not if_none_match:
        return False
    if if_none_match == etag or if_none_match.strip() == "*":
        return True
    return etag.removeprefix("W/") in ETAGS.findall(if_none_match)
