"""What came in together, and what of it can still be undone."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, ManyToOneRel, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.states import BatchKind
from buurtdraad.agendas.wishes.models import Giver, Step, VotesElsewhere, Wish
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.places.queries import last_name

# What every wish has from the beginning; whatever else points at it came later.
FROM_THE_START = (Giver, Step, VotesElsewhere)


# Comments that came with the export itself.
CAME_ALONG = "openstad:"
# Whose wishes this page undoes.
OF_WISHES = (BatchKind.IMPORT, BatchKind.OPENSTAD)


def entered(sitting: UUID, person: Person) -> QuerySet[Wish]:
    """What this person entered in this sitting, the last one first, with the name of the area (`place`)."""
    mine = Wish.objects.filter(batch=sitting, givers__written_by=person.uuid)
    return mine.select_related("area").annotate(place=last_name("area")).order_by("-id")


def imports(person: Person, reach: Reach) -> QuerySet[Batch]:
    """The tables that this person took in or whose wishes lie in reach, the last one first, with the number that is there (`wishes`).

    Without those of which any wish lies elsewhere: undoing one is for who works in all its areas.
    """
    found = Batch.objects.filter(kind__in=OF_WISHES)
    if not reach.everywhere:
        there = Wish.objects.filter(batch__isnull=False)
        found = found.exclude(uuid__in=there.exclude(area__code__in=reach.codes).values("batch"))
        found = found.filter(Q(by=person.uuid) | Q(uuid__in=there.values("batch")))
    counted = Wish.objects.filter(batch=OuterRef("uuid")).order_by().values("batch").annotate(n=Count("pk")).values("n")
    return found.annotate(wishes=Coalesce(Subquery(counted), 0))


def staying(wishes: Iterable[Wish]) -> set[int]:
    """Which of these stay when their batch is undone: others have built on them. As many queries as there are tables that point at wishes.

    An answer, a step, a joined wish, somebody who wants it too, a comment, a picture: all of them count.
    """
    ids = [wish.pk for wish in wishes]
    stay = set(Wish.objects.filter(pk__in=ids).exclude(stage=Stage.TOLD, answered_at=None, head=None).values_list("pk", flat=True))
    for relation in Wish._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.related_model not in FROM_THE_START:
            key = relation.field.attname
            found = relation.related_model._default_manager.filter(**{f"{key}__in": ids})
            if relation.related_model is Comment:
                found = found.exclude(mark__startswith=CAME_ALONG)
            stay.update(found.values_list(key, flat=True))
    several = Giver.objects.filter(wish__in=ids).values("wish").annotate(n=Count("pk")).filter(n__gt=1)
    return stay | set(several.values_list("wish", flat=True))
