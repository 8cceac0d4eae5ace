"""The plans of a person, where they offered help, what they think of plans and what worried them."""

from django.db.models import QuerySet
from django.urls import reverse

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.models import Concern, HelpOffer, Initiative, Member, Opinion, Update
from buurtdraad.initiatives.states import OPEN, Showing
from buurtdraad.ui.rows import Row

# Keys to persons of which `personal_data` gives the rows.
GIVEN = frozenset(
    {"initiatives.Member.contact", "initiatives.HelpOffer.contact", "initiatives.Opinion.contact", "initiatives.Concern.contact"}
)  # fmt: skip


def plans_of(person: Person) -> QuerySet[Member]:
    """The plans that somebody is part of, the last one first."""
    return Member.objects.filter(contact__person=person).select_related("initiative").order_by("-joined_at", "-id")


def plan_row(member: Member) -> Row:
    plan = member.initiative
    return Row(plan.title, reverse("initiatives:manage", args=[plan.slug]), plan.get_stage_display(), member.joined_at)


def offers_of(person: Person) -> QuerySet[HelpOffer]:
    """Where somebody offered help, the last one first."""
    return HelpOffer.objects.filter(contact__person=person).select_related("initiative", "need").order_by("-offered_at", "-id")


def offer_row(offer: HelpOffer) -> Row:
    return Row(offer.initiative.title, page_of(offer.initiative), offer.get_stage_display(), offer.offered_at)


def opinions_of(person: Person) -> QuerySet[Opinion]:
    """What somebody thinks of plans, the last one first."""
    return Opinion.objects.filter(contact__person=person).select_related("initiative", "zone").order_by("-given_at", "-id")


def opinion_row(opinion: Opinion) -> Row:
    """With the page on which they change it or take it back, while neighbours are asked."""
    plan = opinion.initiative
    asked = plan.showing == Showing.SHOWN and plan.stage in OPEN
    url = reverse("initiatives:opinion", args=[plan.slug]) if asked else page_of(plan)
    return Row(plan.title, url, opinion.get_says_display(), opinion.given_at)


def concerns_of(person: Person) -> QuerySet[Concern]:
    return Concern.objects.filter(contact__person=person).select_related("initiative")


def page_of(plan: Initiative) -> str:
    """Its page, while it stands on the site."""
    return reverse("initiatives:initiative", args=[plan.slug]) if plan.showing == Showing.SHOWN else ""


# --- to take along --------------------------------------------------------------------------------------


def personal_data(person: Person) -> dict:
    """All that this room has of a person; nothing for who has none of it."""
    found = {
        "plannen": [
            {"plan": one.initiative.title, "rol": one.get_role_display(), "naam op de site": one.name if one.agreed_at else "",
             "naam": one.name, "sinds": one.joined_at}
            for one in plans_of(person)
        ],
        "nieuws": [
            {"plan": one.initiative.title, "tekst": one.text, "geschreven op": one.at}
            for one in Update.objects.filter(given_by=person.uuid).select_related("initiative")
        ],
        "aangeboden hulp": [
            {"plan": one.initiative.title, "waarmee": one.need.words if one.need else "", "naam": one.name, "tekst": one.words,
             "stand": one.get_stage_display(), "aangeboden op": one.offered_at}
            for one in offers_of(person)
        ],
        "wat u van plannen vindt": [
            {"plan": one.initiative.title, "mening": one.get_says_display(), "deel": one.zone.name if one.zone else "",
             "merkteken van uw adres": one.household, "gegeven op": one.given_at}
            for one in opinions_of(person)
        ],
        "zorgen": [
            {"plan": one.initiative.title, "tekst": one.words, "verteld op": one.given_at,
             "antwoord": one.answer if one.answer_on_site else ""}
            for one in concerns_of(person)
        ],
    }  # fmt: skip
    return {name: rows for name, rows in found.items() if rows}
