"""The mark that a vote is cast with help: a signed text in the form, so that only the page of the help point can give it."""

import datetime

from django.core import signing

from buurtdraad.budgets.models import BudgetRound

SALT = "buurtdraad.budgets.help"
VALID = datetime.timedelta(hours=2)


def help_mark(round_: BudgetRound) -> str:
    """A text for a hidden field. It says nothing of the code or of who helps."""
    return signing.TimestampSigner(salt=SALT).sign(round_.slug)


def is_help(round_: BudgetRound, mark: str) -> bool:
    """Whether this text came from the help point of this round, not long ago."""
    try:
        return signing.TimestampSigner(salt=SALT).unsign(mark, max_age=VALID) == round_.slug
    except signing.BadSignature:
        return False
