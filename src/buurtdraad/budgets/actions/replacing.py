"""A new code in place of one that nobody used: the old one is worth nothing from that moment. A code that voted stays."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.budgets import keys
from buurtdraad.budgets.actions.codes import POSTED, Letter, Voted, check, check_stage, key_for, write, write_down
from buurtdraad.budgets.models import BudgetRound, Claim, Register
from buurtdraad.budgets.secrecy import claim_of, grouped, ids_of, new_code
from buurtdraad.budgets.sources.addresses import Addressee
from buurtdraad.budgets.states import Channel
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.models import Area


class UnknownReference(Refused):
    """No letter of this round has this number."""


@transaction.atomic
def replace(round_: BudgetRound, reference: str, *, by: Person, at: datetime.datetime) -> Letter:
    """A new code for a letter that somebody cannot read, or that others saw. The number of the letter stays.

    Raises `UnknownReference`, `Voted`, `NoCodesNow` and `keys.NoKey`.
    """
    check_stage(round_)
    code = renew(round_, keys.key_of(round_), reference)
    write_down("budget_round.code_replaced", round_, by=by, at=at, payload={})
    return Letter(grouped(code), reference)


@transaction.atomic
def letter_for(round_: BudgetRound, one: Addressee, *, area: Area, by: Person, at: datetime.datetime) -> Letter:
    """A letter for somebody who got none: not in the register that the list came from, kept secret there, or lost in the post.

    Who has a letter that was not used gets a new code; the old one is worth nothing. Raises `Voted` and as `codes.make_letters`.
    """
    check(round_, Channel.POST, area)
    key = key_for(round_)
    claim = claim_of(key, POSTED, one.mark)
    try:
        with transaction.atomic():
            (letter,) = write(round_, key, [tuple(one.lines)], [one.age_band], channel=Channel.POST, area=area, batch=None)
            Claim.objects.create(claim_id=claim, round=round_, reference=letter.reference)
    except IntegrityError:
        reference = Claim.objects.get(claim_id=claim).reference
        letter = Letter(grouped(renew(round_, key, reference)), reference, tuple(one.lines))
        write_down("budget_round.code_replaced", round_, by=by, at=at, payload={})
        return letter
    write_down("budget_round.codes_made", round_, by=by, at=at, payload={"number": 1, "channel": Channel.POST})
    return letter


def renew(round_: BudgetRound, key: bytes, reference: str, **facts: object) -> str:
    """Put a new code in the place of an unused one; one statement, so a vote at the same moment comes wholly before or after.

    Raises `UnknownReference` and `Voted`.
    """
    code = new_code()
    line = Register.objects.filter(round=round_, reference=reference)
    if not line.filter(used=False).update(register_id=ids_of(key, code).register_id, **facts):
        if line.exists():
            raise Voted(_("This code voted already, so it stays. Who wants to change a vote types the same code again."))
        raise UnknownReference(_("We do not know this number. It stands at the bottom of the letter."))
    return code
