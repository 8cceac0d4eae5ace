"""The part of the thread that residents and money make: the plans that answer a wish, what they got, and what came of them."""

import datetime
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Showing, Stage
from buurtdraad.money.models import Commitment
from buurtdraad.pages.thread_links import Link, moment_of
from buurtdraad.ui.euros import euros


def plans_of(wish: Wish) -> QuerySet[Initiative]:
    """The plans of residents that answer it."""
    head = wish.head_id or wish.pk
    return Initiative.objects.on_site().filter(Q(answers_wishes__wish=head) | Q(answers_wishes__wish__head=head)).distinct()


def planned(_wish: Wish, plan: Initiative) -> Iterable[Link]:
    """When it began, and what came of it."""
    url = reverse("initiatives:initiative", args=[plan.slug])
    title = _("Residents made a plan: %(title)s") % {"title": plan.title}
    yield Link(plan.made_at, title, plan.summary, url=url, url_text=_("See the plan"))
    if plan.stage == Stage.DONE:
        yield done(plan, url)


def done(plan: Initiative, url: str) -> Link:
    assert plan.done_on, "what is done says when"
    at = max(plan.made_at, moment_of(plan.done_on, datetime.time.min))
    return Link(at, _("Done: %(what)s") % {"what": plan.title}, plan.result, url=url, url_text=_("See what came of it"))


def money_of(wish: Wish) -> QuerySet[Commitment]:
    """Each euro that was promised to a plan or a work that answers it, or to an agreement about its topic."""
    head = wish.head_id or wish.pk
    answers = Q(initiative__answers_wishes__wish=head) | Q(initiative__answers_wishes__wish__head=head)
    about = Q(agreement__topic__chosen_wishes__wish=head) | Q(agreement__topic__chosen_wishes__wish__head=head)
    work = Q(work__answers__wish=head) | Q(work__answers__wish__head=head)
    seen = (
        work & Q(work__public=True)
        | answers & Q(initiative__showing=Showing.SHOWN)
        | about & ~Q(agreement__topic__version__stage=VersionStage.DRAFT)
    )
    return Commitment.objects.public().filter(seen).select_related("pot", "area", "initiative", "agreement", "work").distinct()


def promised(_wish: Wish, promise: Commitment) -> Iterable[Link]:
    """How much, for what, from which pot; and how much of it was paid."""
    paid = _("%(paid)s of it was paid.") % {"paid": euros(promise.paid)} if promise.paid else ""
    yield Link(
        promise.made_at,
        _("%(amount)s for %(what)s") % {"amount": euros(promise.amount), "what": promise.initiative or promise.agreement or promise.work},
        _("From: %(pot)s") % {"pot": promise.pot},
        note=paid,
        url=reverse("money:area_money", args=[promise.area.code]),
        url_text=_("See where the money of the neighbourhood goes"),
    )
