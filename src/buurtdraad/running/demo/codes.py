"""Three codes with which everybody can vote in the demo, and in no other city: they are printed, so they are no secret.

The rest of the demo knows its codes as little as a real city does.
"""

from buurtdraad.budgets.secrecy import check_symbol, grouped

BODIES = ("B0RT00000001", "B0RT00000002", "B0RT00000003")
CODES = tuple(body + check_symbol(body) for body in BODIES)


def printed() -> list[str]:
    """As people read them."""
    return [grouped(code) for code in CODES]
