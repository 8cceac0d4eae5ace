"""How many people want a wish, how one person stands to it, and what a link in a mail is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.models import Link
from buurtdraad.agendas.wishes.models import Giver, Supporter, Wish


def people_of(wishes: Iterable[Wish]) -> dict[int, int]:
    """How many people want each of these wishes or one that was joined to it: givers and supporters, each once. Two queries.

    One that was joined itself gets the number of the wish in which it lives on.
    """
    asked = {wish.pk: wish.head_id or wish.pk for wish in wishes}
    ids = set(asked.values())
    # Asked apart: an "or" over a join would read every giver of the city.
    family = Wish.objects.filter(Q(pk__in=ids) | Q(head__in=ids)).values_list("pk", "head_id").order_by()
    people = people_in({pk: head or pk for pk, head in family})
    return {pk: people.get(head, 0) for pk, head in asked.items()}


def people_in(heads: Mapping[int, int]) -> dict[int, int]:
    """The same by the id of the head, for who knows the families already: to each id of a wish the id of its head. One query.

    Each one whom we do not know (any more) counts as one person.
    """
    gave = Giver.objects.filter(wish__in=heads).values_list("wish_id", "contact_id").order_by()
    want = Supporter.objects.filter(wish__in=heads, wants=True).values_list("wish_id", "contact_id").order_by()
    known: dict[int, set[int]] = {head: set() for head in heads.values()}
    unknown = dict.fromkeys(known, 0)
    for wish, contact in gave.union(want, all=True).order_by():
        if contact:
            known[heads[wish]].add(contact)
        else:
            unknown[heads[wish]] += 1
    return {head: len(known[head]) + unknown[head] for head in known}


@dataclass(frozen=True)
class Standing:
    """How one person stands to a wish, or to one that was joined to it."""

    gave: bool
    wants: bool
    follows: bool


def standing_of(wish: Wish, person: Person) -> Standing:
    """Whether somebody gave, wants and follows a wish. Two queries."""
    family = Q(wish=wish) | Q(wish__head=wish)
    gave = Giver.objects.filter(family, contact__person=person).exists()
    mine = list(Supporter.objects.filter(family, contact__person=person))
    return Standing(gave, any(one.wants for one in mine), any(one.follows for one in mine))


@dataclass(frozen=True)
class Confirms:
    """What a link to confirm an address is about: the number of the wish, and its first words where everybody can read them."""

    reference: str
    title: str = ""


def confirms(link: Link) -> Confirms | None:
    """What this link is about. A text that is not on the site stays out: an address may have been typed wrong."""
    kind, _colon, key = link.subject.partition(":")
    if kind == "giver":
        reference = Giver.objects.filter(pk=key).values_list("wish__reference", flat=True).first()
        return Confirms(reference) if reference else None
    wish = Wish.objects.on_site().filter(uuid=key).first()
    return Confirms(wish.reference, wish.title) if wish else None
