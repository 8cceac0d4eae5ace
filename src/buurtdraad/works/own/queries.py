"""The sheets of which a person is the owner, or that they confirmed, for that person alone."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.ui.rows import Row
from buurtdraad.works.models import Work, WorkAsked
from buurtdraad.works.queries.works import works_of

# This room has no keys to persons or contacts: an owner is a name and an address.
GIVEN: frozenset[str] = frozenset()


def led_by(person: Person) -> QuerySet[Work]:
    """The sheets that name somebody as their owner, the last one first."""
    return works_of(person).order_by("-until_on", "-pk")


def work_row(work: Work) -> Row:
    until = _("until %(day)s") % {"day": date_format(work.until_on, "j F Y")}
    return Row(work.title, reverse("works:work", args=[work.uuid]), f"{work.get_stage_display()}, {until}")


def asked_of(person: Person) -> QuerySet[WorkAsked]:
    """The months in which somebody was mailed about their sheets."""
    return WorkAsked.objects.filter(email__iexact=person.email).order_by("-month") if person.email else WorkAsked.objects.none()


def personal_data(person: Person) -> dict:
    """What stands of a person on sheets, and the months in which they were mailed about them."""
    found = {
        "projecten": [of_one(work) for work in named_on(person)],
        "gevraagd om te bevestigen": [{"maand": one.month, "op": one.at} for one in asked_of(person)],
    }
    return {name: rows for name, rows in found.items() if rows}


def named_on(person: Person) -> QuerySet[Work]:
    """The sheets that a person owns or made."""
    mine = Q(made_by=person.uuid)
    if person.email:
        mine |= Q(owner_email=person.email.lower())
    return Work.objects.filter(mine).order_by("-until_on", "-pk")


def of_one(work: Work) -> dict:
    return {
        "openbaar nummer": work.uuid,
        "project": work.title,
        "trekker": work.owner_name,
        "e-mailadres": work.owner_email,
        "bevestigd op": work.confirmed_at,
        "bevestigd door": work.confirmed_by,
    }
