"""What makes an agreement between partners one, and how two texts differ. Plain Python."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

# With fewer nobody agreed with anybody.
LEAST_PARTIES = 2

# A sentence or a line: what people compare. Letters one by one would show half words.
PIECE = re.compile(r"[^.!?\n]+[.!?]*|[.!?]+")


class Piece(NamedTuple):
    """A piece of two texts: in both ("same"), only in the old one ("gone"), or only in the new one ("new")."""

    sign: str
    text: str


def differing(old: str, new: str) -> list[Piece]:
    """Two texts sentence by sentence, in the order in which one reads them; what is gone stands before what came for it."""
    before, after = pieces(old), pieces(new)
    found: list[Piece] = []
    for what, first, last, start, end in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if what == "equal":
            found += [Piece("same", text) for text in after[start:end]]
        else:
            found += [Piece("gone", text) for text in before[first:last]]
            found += [Piece("new", text) for text in after[start:end]]
    return found


def pieces(text: str) -> list[str]:
    return [piece for match in PIECE.findall(text) if (piece := match.strip())]
