"""The part of the thread that residents and money make: the plans that answer a wish, what they got, and what came of them."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.initiatives.models import Initiative, InitiativeWish
from buurtdraad.initiatives.states import Showing, Stage
from buurtdraad.money.models import Commitment
from buurtdraad.pages.thread_links import Link, Roots, moment_of, together
from buurtdraad.ui.euros import euros
from buurtdraad.works.models import WorkAnswers


def plans_of(roots: Roots) -> QuerySet[Initiative]:
    """The plans of residents that answer it."""
    return Initiative.objects.on_site().filter(answers_wishes__wish__in=roots.wishes).distinct()


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


def money_of(roots: Roots) -> QuerySet[Commitment]:
    """Each euro that was promised to a plan or a work that answers it, or to an agreement about its topic."""
    plans = InitiativeWish.objects.filter(wish__in=roots.wishes, initiative__showing=Showing.SHOWN).values("initiative")
    works = WorkAnswers.objects.filter(wish__in=roots.wishes, work__public=True).values("work")
    each = ({"initiative__in": plans}, {"work__in": works}, {"agreement__in": roots.agreements})
    found = Commitment.objects.filter(pk__in=together(Commitment.objects.filter(**one) for one in each))
    return found.public().select_related("pot", "area", "initiative", "agreement", "work")


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
