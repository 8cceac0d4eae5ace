"""What pages of rounds at work share: the round of the address, and the way back to it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.asking import me
from buurtdraad.budgets.access import may_make
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.queries import rounds as queries
from buurtdraad.lib.access import require


def round_at_work(request: HttpRequest, slug: str) -> BudgetRound:
    """The round of the address, as far as this person sees it at work; else 404."""
    return get_object_or_404(queries.at_work(me(request)), slug=slug)


def made_by_me(request: HttpRequest, slug: str) -> BudgetRound:
    """The same for who makes it; 403 for who only sees it."""
    found = round_at_work(request, slug)
    require(may_make(me(request), found.area))
    return found


def path_of(round_: BudgetRound) -> str:
    return reverse("budgets:work_round", args=[round_.slug])


def crumbs_to(round_: BudgetRound) -> list[tuple[str, str]]:
    """The way to a page below that of a round."""
    return [(_("Neighbourhood budgets"), reverse("budgets:work_rounds")), (round_.name, path_of(round_))]
