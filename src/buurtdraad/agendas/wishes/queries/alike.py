"""Is it there already? The wishes on the site of an area and its surroundings that say about the same."""

from collections.abc import Iterable, Iterator
from itertools import takewhile

from django.db.models import Count, Func, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from buurtdraad.agendas.similar.rules import key, most_like, shortlist_stems
from buurtdraad.agendas.wishes.models import Giver, Supporter, Wish
from buurtdraad.places.models import Area, AreaYear, Kind, Membership

# Of the newest that share anything, those that share most are compared; see `docs/similar.md`.
NEWEST, MOST_COMPARED = 1_000, 80
# Wishes that differ no more than this in likeness are as good an answer: more people come first, then the oldest.
AS_GOOD, MOST_RANKED = 0.15, 20
SHARED = "cardinality(ARRAY(SELECT unnest(stems) INTERSECT SELECT unnest(%(expressions)s::text[])))"


def alike(text: str, area: Area | None, most: int = 3, *, but: Wish | None = None) -> list[Wish]:
    """At most so many wishes that say about the same as this text, most alike first, in the working area or district of `area`.

    While nobody said where (None), those of the whole city, for a text that names a place itself. Only what stands on the site,
    and not `but` itself. Nothing for a text that says little. At most four queries, and some 10 ms CPU among 100,000 wishes.
    """
    wanted = key(text)
    asked = shortlist_stems(wanted)
    if not asked or (area is None and not any(stem.startswith("@") for stem in wanted)):
        return []
    here = Wish.objects.heads().on_site().filter(stems__overlap=asked)
    here = here.filter(area__in=around(area)) if area else here
    here = here.exclude(pk=but.pk) if but else here
    shared = Func(Value(asked), template=SHARED, output_field=IntegerField())
    found = Wish.objects.filter(pk__in=here.order_by("-pk").values("pk")[:NEWEST]).annotate(shared=shared).order_by("-shared", "-pk")
    candidates = [(pk, tuple(stems)) for pk, stems in found.values_list("pk", "stems")[:MOST_COMPARED]]
    likeness = dict(most_like(wanted, candidates, most=MOST_RANKED))
    return list(ranked(with_people(likeness), likeness))[:most] if likeness else []


def with_people(ids: Iterable[int]) -> list[Wish]:
    """These wishes, each with how many told it or want it too (`people`), also by what was joined to it. One query."""
    family = Wish.objects.filter(Q(pk=OuterRef(OuterRef("pk"))) | Q(head=OuterRef(OuterRef("pk")))).values("pk")

    def number(model: type[Giver | Supporter], **which: bool) -> Coalesce:
        rows = model.objects.filter(wish__in=family, **which).order_by().annotate(one=Value(1)).values("one")
        return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)

    return list(Wish.objects.filter(pk__in=ids).annotate(people=number(Giver) + number(Supporter, wants=True)))


def ranked(wishes: list[Wish], likeness: dict[int, float]) -> Iterator[Wish]:
    """The most alike first; among those that are as good an answer as the first of them, the most people, then the oldest."""
    left = sorted(wishes, key=lambda wish: -likeness[wish.pk])
    while left:
        best = likeness[left[0].pk]
        as_good = list(takewhile(lambda wish: likeness[wish.pk] >= best - AS_GOOD, left))  # noqa: B023
        yield from sorted(as_good, key=lambda wish: (-wish.people, wish.pk))  # type: ignore[attr-defined] # of `with_people`
        left = left[len(as_good) :]


def around(area: Area) -> set[int]:
    """Ids of an area and of what lies in the same working areas, or else in the same district. At most two queries."""
    mine = Membership.objects.filter(neighbourhood=area).values("working_area")
    pairs = Membership.objects.filter(Q(working_area__in=mine) | Q(working_area=area)).values_list("working_area", "neighbourhood")
    found = {area.pk}.union(*pairs)
    if len(found) > 1:
        return found
    district = area.pk if area.kind == Kind.DISTRICT else None
    parents = AreaYear.objects.filter(area=area).values("parent")
    inside = AreaYear.objects.filter(Q(parent=district) if district else Q(parent__in=parents), area__kind=Kind.NEIGHBOURHOOD)
    return found.union(*inside.values_list("area", "parent"))
