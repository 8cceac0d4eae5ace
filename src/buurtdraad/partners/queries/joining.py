"""Organisations that turned out to be one: the whole, and its doubles. Nothing that points at a double was moved."""

import datetime
from collections.abc import Collection

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from buurtdraad.accounts.models import Person
from buurtdraad.partners.models import Organisation, Representative


def now(organisation: Organisation) -> Organisation:
    """The organisation that it is joined to, or itself. At most one query."""
    return organisation.whole


def kept(was: Organisation | None, chosen: Organisation) -> Organisation:
    """What to write down where somebody chose an organisation: the double that stood there stays, when its whole was chosen."""
    return was if was and was.whole == chosen else chosen


def all_of(organisation: Organisation) -> set[int]:
    """The ids of an organisation and of all that are the same: the whole and each of its doubles. One query."""
    whole = organisation.joined_to_id or organisation.pk
    return set(Organisation.objects.filter(Q(pk=whole) | Q(joined_to=whole)).values_list("pk", flat=True)) | {organisation.pk}


def same_as(organisation: Organisation, field: str = "organisation") -> Q:
    """For a filter on what points at an organisation: at this one or at any that is the same. No query of its own."""
    return is_one_of([organisation.joined_to_id or organisation.pk], field)


def spoken_for(person: Person, *, on: datetime.date) -> QuerySet[Representative, int]:
    """The ids of the wholes for which a person speaks on a day, as a subquery; who speaks for a double speaks for the whole."""
    found = Representative.objects.on(on).filter(person=person)
    return found.values_list(whole_id(), flat=True)


def whole_id(field: str = "organisation") -> Coalesce:
    """In a query on what points at an organisation: the id of its whole."""
    return Coalesce(F(f"{field}__joined_to"), F(field))


def running(on: datetime.date, field: str = "organisation") -> Q:
    """For a filter on what points at an organisation: its whole is not over on a day."""
    own, joined = f"{field}__until_on", f"{field}__joined_to"
    single = Q(**{f"{joined}__isnull": True}) & (Q(**{f"{own}__isnull": True}) | Q(**{f"{own}__gte": on}))
    whole = Q(**{f"{joined}__until_on__isnull": True}) | Q(**{f"{joined}__until_on__gte": on})
    return single | Q(**{f"{joined}__isnull": False}) & whole


def is_one_of(wholes: QuerySet | Collection[int], field: str = "organisation") -> Q:
    """For a filter on what points at an organisation: at one of these wholes, or at a double of one."""
    return Q(**{f"{field}__in": wholes}) | Q(**{f"{field}__joined_to__in": wholes})
