"""How many people want a wish, how one person stands to it, and what a link in a mail is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.models import Link
from buurtdraad.agendas.wishes.models import Giver, Supporter, Wish


def people_of(wishes: Iterable[Wish]) -> dict[int, int]:
    """How many people want each of these wishes or one that was joined to it: givers and supporters, each once. One query.

    One that was joined itself gets the number of the wish in which it lives on. Each whom we do not know (any more) counts as one person.
    """
    asked = {wish.pk: wish.head_id or wish.pk for wish in wishes}
    heads = set(asked.values())
    people = (Giver.objects.order_by(), Supporter.objects.filter(wants=True).order_by())
    # Of a wish itself and of what was joined to it apart: an "or" over a join would read every giver of the city.
    own = [found.filter(wish__in=heads).values_list("wish_id", "contact_id") for found in people]
    joined = [found.filter(wish__head__in=heads).values_list("wish__head_id", "contact_id") for found in people]
    known: dict[int, set[int]] = {head: set() for head in heads}
    unknown = dict.fromkeys(known, 0)
    for head, contact in own[0].union(own[1], *joined, all=True).order_by():
        if contact:
            known[head].add(contact)
        else:
            unknown[head] += 1
    return {pk: len(known[head]) + unknown[head] for pk, head in asked.items()}


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
