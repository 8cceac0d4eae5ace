"""Whether a vote was counted: the receipts that were published with the count, in the words that stand on the receipt itself."""

from buurtdraad.budgets.models import BudgetRound, Counted
from buurtdraad.budgets.secrecy import VALUE

SYMBOLS, GROUP = 16, 4


def counted_with(round_: BudgetRound, receipt: str) -> bool:
    """Whether this receipt (its symbols, without what stands between) is one of those that were counted. One query."""
    if len(receipt) != SYMBOLS or not set(receipt) <= VALUE.keys():
        return False
    words = "-".join(receipt[at : at + GROUP] for at in range(0, SYMBOLS, GROUP))
    lists = Counted.objects.filter(part__round=round_).values_list("receipts", flat=True)
    return any(found.startswith(f"{words}\n") or f"\n{words}\n" in found for found in lists)
