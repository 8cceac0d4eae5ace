"""Codes of voters, and the keyed hashes that stand in the tables instead of them. Plain: no database, no clock.

A code is 12 random symbols (60 bits) and a check symbol, of an alphabet of 32 without letters that look like a number (Crockford).
The check symbol is a sum over the field of 32 elements in which each place has a weight of its own: it finds every wrong symbol and
every two symbols that changed places. Which voter has which ballot can only be told by somebody who holds both a code and the key.
"""

import hmac
import secrets
from typing import NamedTuple

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM, LENGTH, REFERENCE = 12, 13, 10
SAME = str.maketrans({"I": "1", "L": "1", "O": "0"})
# What people put between the groups; anything else makes it no code.
BETWEEN = str.maketrans(dict.fromkeys(" \t\r\n\u00a0\u202f-\u2010\u2011\u2012\u2013\u2014_./"))
LONGEST = 60  # characters that somebody typed, with all that stands between
VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
PRIMITIVE = 0b100101  # x^5 + x^2 + 1: x makes all 31 elements that are not zero


class Ids(NamedTuple):
    """What stands in the tables for one code (32 bytes each). No two can be joined without the code and the key."""

    register_id: bytes
    ballot_id: bytes
    receipt: bytes
    paper_id: bytes


def _times(left: int, right: int) -> int:
    """The product of two elements of the field of 32."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0b100000:
            left ^= PRIMITIVE
        right >>= 1
    return product


def _weighed() -> tuple[dict[str, int], ...]:
    """Per place of the code: what each symbol weighs there."""
    tables, weight = [], 1
    for _place in range(RANDOM):
        weight = _times(weight, 2)
        tables.append({symbol: _times(weight, value) for symbol, value in VALUE.items()})
    return tuple(tables)


WEIGHED = _weighed()


def check_symbol(body: str) -> str:
    """The thirteenth symbol of twelve."""
    total = 0
    for table, symbol in zip(WEIGHED, body, strict=True):
        total ^= table[symbol]
    return ALPHABET[total]


def new_code() -> str:
    """A code that nobody can guess, without anything between its symbols."""
    body = "".join(secrets.choice(ALPHABET) for _each in range(RANDOM))
    return body + check_symbol(body)


def grouped(code: str) -> str:
    """As people read it: XXXX-XXXX-XXXXX."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def normalised(text: str) -> str | None:
    """The code that somebody typed, or None for what cannot be one: a symbol is wrong, or two changed places."""
    if len(text) > LONGEST:
        return None
    code = text.translate(BETWEEN).upper().translate(SAME)
    if len(code) != LENGTH or not set(code) <= VALUE.keys() or check_symbol(code[:RANDOM]) != code[RANDOM]:
        return None
    return code


def new_reference() -> str:
    """A number for a letter (50 random bits): who calls about it says this, never the code."""
    return "".join(secrets.choice(ALPHABET) for _each in range(REFERENCE))


def reference_words(reference: str) -> str:
    """As people read it: XXXXX-XXXXX."""
    return f"{reference[:5]}-{reference[5:]}"


def read_reference(text: str) -> str:
    """The number of a letter that somebody typed; empty for what cannot be one."""
    reference = text[:LONGEST].translate(BETWEEN).upper().translate(SAME)
    return reference if len(reference) == REFERENCE and set(reference) <= VALUE.keys() else ""


def ids_of(key: bytes, code: str) -> Ids:
    """What stands in the tables for a code as `normalised` gives it."""
    return Ids(*(_hashed(key, name, code) for name in ("reg", "bal", "rec", "pap")))


def claim_of(key: bytes, kind: str, name: str) -> bytes:
    """What stands for an address or a subject that asked for a code (32 bytes): it leads back to nobody."""
    return _hashed(key, f"claim {kind}", name)


def receipt_words(receipt: bytes) -> str:
    """A receipt as people compare it: 16 symbols in groups of four. Two of a million are equal less often than once in 10^12."""
    number = int.from_bytes(receipt[:10])
    symbols = "".join(ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(symbols[at : at + 4] for at in range(0, 16, 4))


def _hashed(key: bytes, name: str, code: str) -> bytes:
    return hmac.digest(key, f"{name}|{code}".encode(), "sha256")
