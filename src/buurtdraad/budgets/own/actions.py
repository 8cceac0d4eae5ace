"""Taking away what this room has of a person, and forgetting makers and likes of rounds that ended long ago. Plans and numbers stay."""

import datetime
from collections.abc import Collection
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from buurtdraad.accounts.models import Person
from buurtdraad.audit.actions import touch
from buurtdraad.budgets.models import BudgetPlan, Like, Maker, PlanPicture
from buurtdraad.budgets.own import past
from buurtdraad.budgets.states import OPEN_PLANS, PLAN_MOVES, PlanStage
from buurtdraad.lib.stages import move
from buurtdraad.lib.uploads.keeping import forget
from buurtdraad.places import queries as places


@transaction.atomic
def erase(person: Person, *, at: datetime.datetime) -> None:
    """A plan on the site stays, and every number; names, pictures and the way back to the person go.

    A plan that nobody else made and that nobody read yet holds their own words: those go too, and it does not go on.
    """
    mine = BudgetPlan.objects.filter(makers__contact__person=person)
    codes = set(mine.order_by().values_list("area__code", flat=True).distinct())
    empty_unread(person, at=at)
    pictures = PlanPicture.objects.filter(given_by=person.uuid)
    for key in pictures.values_list("key", flat=True):
        transaction.on_commit(partial(forget, key))
    pictures.delete()
    unnamed(Maker.objects.filter(contact__person=person))
    Like.objects.filter(contact__person=person).update(contact=None)
    touch(sorted(places.touched_by(codes)) if codes else [])


def empty_unread(person: Person, *, at: datetime.datetime) -> None:
    """The words of plans that were theirs alone and that nobody read."""
    others = Maker.objects.exclude(contact=None).exclude(contact__person=person)
    unread = BudgetPlan.objects.filter(makers__contact__person=person, shown=False).exclude(pk__in=others.values("plan"))
    with override(settings.LANGUAGE_CODE):
        title = _("Taken away, because who gave it asked us to.")
    empty = dict.fromkeys(("summary", "story", "place", "cost_words", "question"), "")
    for plan in unread.distinct():
        BudgetPlan.objects.filter(pk=plan.pk).update(title=title, **empty, longitude=None, latitude=None)
        if plan.stage in OPEN_PLANS:
            BudgetPlan.objects.filter(pk=plan.pk).update(why=title, ended_at=at)
            move(plan, PlanStage.WITHDRAWN, moves=PLAN_MOVES)


def unnamed(found: QuerySet[Maker]) -> int:
    return found.update(contact=None, name="", agreed_at=None)


# --- past their time ------------------------------------------------------------------------------------


@transaction.atomic
def forget_makers(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who made a plan; the plan stays. Returns how many."""
    due = list(past.makers_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return unnamed(Maker.objects.filter(pk__in=due))


@transaction.atomic
def forget_likes(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who liked a plan; the number stays."""
    due = list(past.likes_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return Like.objects.filter(pk__in=due).update(contact=None)
