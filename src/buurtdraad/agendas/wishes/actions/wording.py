"""The words of a wish, and what of them finds a wish that is alike. Whoever writes the one writes the other."""

from typing import TypedDict

from buurtdraad.agendas.similar.rules import key


class Said(TypedDict):
    text: str
    stems: list[str]


def said(text: str) -> Said:
    """The columns of a wish that follow from its text."""
    return {"text": text, "stems": list(key(text))}
