"""The plans of a person in rounds of neighbourhood budgets, and which plans they like. Of votes nobody knows whose they are."""

from django.db.models import QuerySet
from django.urls import reverse

from buurtdraad.accounts.models import Person
from buurtdraad.budgets.models import Like, Maker
from buurtdraad.ui.rows import Row

# Keys to persons of which `personal_data` gives the rows.
GIVEN = frozenset({"budgets.Maker.contact", "budgets.Like.contact"})


def plans_of(person: Person) -> QuerySet[Maker]:
    """The plans that somebody made, the last one first."""
    return Maker.objects.filter(contact__person=person).select_related("plan__round").order_by("-plan__made_at", "-id")


def plan_row(maker: Maker) -> Row:
    """With the page on which they go on with it."""
    plan = maker.plan
    url = reverse("budgets:own_plan", args=[plan.round.slug, plan.number])
    return Row(f"{plan.title} ({plan.round.name})", url, plan.get_stage_display(), plan.made_at)


def likes_of(person: Person) -> QuerySet[Like]:
    """The plans that somebody likes, the last one first."""
    return Like.objects.filter(contact__person=person).select_related("plan__round").order_by("-at", "-id")


def like_row(like: Like) -> Row:
    """With the page of the plan, while it stands on the site."""
    plan = like.plan
    url = reverse("budgets:plan", args=[plan.round.slug, plan.number]) if plan.shown else ""
    return Row(f"{plan.title} ({plan.round.name})", url, "", like.at)


def personal_data(person: Person) -> dict:
    """All that this room has of a person; nothing for who has none of it."""
    found = {
        "plannen voor een buurtbudget": [
            {"plan": one.plan.title, "ronde": one.plan.round.name, "stand": one.plan.get_stage_display(), "naam": one.name,
             "naam op de site": one.name if one.agreed_at else "", "verteld op": one.plan.made_at,
             "wat u vond van een voorstel om het te veranderen": [
                 {"voorstel": ", ".join(given.change.titles), "ja": given.says, "gezegd op": given.at}
                 for given in one.consents.select_related("change")
             ]}
            for one in plans_of(person)
        ],
        "plannen die u goed vindt": [
            {"plan": one.plan.title, "ronde": one.plan.round.name, "gezegd op": one.at} for one in likes_of(person)
        ],
    }  # fmt: skip
    return {name: rows for name, rows in found.items() if rows}
