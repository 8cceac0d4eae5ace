"""Mixing ballots: how rows lie in a table, and in a copy of it, must not tell in which order people voted."""

from django.db import OperationalError, connection, transaction

from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.states import RoundStage

# Casts hold the row of the round shared: they are through, or wait until all rows lie anew. Nobody waits for us for longer than that.
WAIT = "SET LOCAL lock_timeout = '3s'"
HOLD = "SELECT stage FROM budgets_budgetround WHERE id = %s FOR NO KEY UPDATE"
MIX = """
    WITH taken AS (DELETE FROM budgets_ballot WHERE round_id = %s RETURNING ballot_id, round_id, marks, channel, area_id)
    INSERT INTO budgets_ballot (ballot_id, round_id, marks, channel, area_id)
    SELECT ballot_id, round_id, marks, channel, area_id FROM taken ORDER BY random()
"""


def shuffle() -> int:
    """Take out the ballots of each round in which people vote, and put them back in a random order, by one transaction. How many.

    It changes no vote and is not recorded. A round in the middle of a rush is left for the next time.
    """
    mixed = 0
    for pk in BudgetRound.objects.filter(stage=RoundStage.VOTING).values_list("pk", flat=True):
        try:
            mixed += shuffle_round(pk)
        except OperationalError:
            continue
    return mixed


@transaction.atomic
def shuffle_round(pk: int) -> int:
    """Those of one round; none when it was closed meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(WAIT)
        cursor.execute(HOLD, [pk])
        found = cursor.fetchone()
        if not found or found[0] != RoundStage.VOTING:
            return 0
        cursor.execute(MIX, [pk])
        return cursor.rowcount
