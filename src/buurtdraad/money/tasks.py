"""Adding up the ledger, every night."""

import logging

from procrastinate.contrib.django import app

from buurtdraad.money.queries.ledger import differences

log = logging.getLogger(__name__)


@app.periodic(cron="20 4 * * *")
@app.task(queueing_lock="check_money")
def check_money(timestamp: int) -> None:
    """Say in the log which pot or promise does not say what the ledger says; `./run check_money` tells the same."""
    for one in differences():
        log.error("%s %s is %s, the ledger says %s", one.thing, one.what, one.kept, one.ledger)
