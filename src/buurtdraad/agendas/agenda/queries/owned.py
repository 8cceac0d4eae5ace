"""What an organisation sees to in agendas, and what is left of one that stops."""

import datetime

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.agenda.models import Agreement, Owner
from buurtdraad.partners.models import Organisation
from buurtdraad.partners.queries.joining import running, same_as
from buurtdraad.places.queries import last_name


def open_agreements_of(organisation: Organisation) -> list[Agreement]:
    """The unfinished agreements, that everybody may read, for which an organisation or a double of it was asked and did not say no.

    The first due comes first, each with its `place`. One query.
    """
    mine = Agreement.objects.filter(same_as(organisation, "owners__organisation"), owners__refused_at__isnull=True)
    found = Agreement.objects.public().unfinished().filter(pk__in=mine).select_related("area").annotate(place=last_name("area"))
    return list(found.order_by("due_on", "pk"))


def left_behind(reach: Reach, before: datetime.date) -> QuerySet[Owner]:
    """Who sees to an unfinished agreement that everybody may read while the organisation, or the whole that it is of, ends before a day.

    Within a reach; the one that ends first comes first, each with its `last_day` and the `place` of the agreement. One query.
    """
    there = Agreement.objects.public().unfinished()
    if not reach.everywhere:
        there = there.filter(area__code__in=reach.codes)
    last_day = Coalesce(F("organisation__joined_to__until_on"), F("organisation__until_on"))
    found = Owner.objects.filter(agreement__in=there, refused_at__isnull=True, organisation__isnull=False).exclude(running(before))
    found = found.annotate(last_day=last_day, place=last_name("agreement__area"))
    return found.select_related("agreement", "organisation__joined_to").order_by("last_day", "agreement__due_on", "pk")
