"""Initiatives beside what they answer, and in areas. For pages of other rooms too: all of these show what stands on the site."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.initiatives.models import Initiative, InitiativePicture
from buurtdraad.initiatives.models.initiative import InitiativeQuerySet
from buurtdraad.initiatives.states import Showing, Stage
from buurtdraad.places.queries import last_name

# So many that are alike stand below one.
ALIKE = 3


def in_areas(codes: Iterable[str] | None) -> InitiativeQuerySet:
    """What stands on the site in these areas (everywhere for None), the newest first, each with its area and its last name (`place`)."""
    found = Initiative.objects.on_site().select_related("area").annotate(place_name=last_name("area"))
    return found if codes is None else found.filter(area__code__in=set(codes))


def with_picture(found: InitiativeQuerySet) -> InitiativeQuerySet:
    """Each with the pictures that everybody sees, in `shown_pictures`. One query more."""
    shown = InitiativePicture.objects.filter(showing=Showing.SHOWN)
    return found.prefetch_related(Prefetch("pictures", shown, to_attr="shown_pictures"))


def initiatives_of_wish(wish: Wish) -> list[Initiative]:
    """What answers a wish, or one that it was joined to or that was joined to it. One query."""
    head = wish.head_id or wish.pk
    family = Q(answers_wishes__wish=head) | Q(answers_wishes__wish__head=head)
    return list(in_areas(None).filter(family).distinct())


def initiatives_of_topic(topic: Topic) -> list[Initiative]:
    """What belongs to a topic. One query."""
    return list(in_areas(None).filter(in_topics__topic=topic))


def initiatives_of_agreement(agreement: Agreement) -> list[Initiative]:
    """What carries out an agreement. One query."""
    return list(in_areas(None).filter(does_agreements__agreement=agreement))


def wishes_of(initiative: Initiative) -> list[Wish]:
    """The wishes that it answers and everybody sees, the first one first."""
    pks = initiative.answers_wishes.values("wish")
    return list(Wish.objects.on_site().filter(pk__in=pks).defer("search").order_by("given_at", "pk"))


def topics_of(initiative: Initiative) -> list[Topic]:
    """The topics that it belongs to, of agendas that everybody sees."""
    found = Topic.objects.filter(pk__in=initiative.in_topics.values("topic")).exclude(version__stage=VersionStage.DRAFT)
    return list(found.select_related("version__area"))


def agreements_of(initiative: Initiative) -> list[Agreement]:
    """The agreements that it carries out and everybody sees."""
    return list(Agreement.objects.public().filter(pk__in=initiative.does_agreements.values("agreement")).select_related("area"))


def alike(initiative: Initiative) -> list[Initiative]:
    """What others did of the same sort: done, of one theme, the last first. "Zo deed de Alexandertuin het"."""
    found = in_areas(None).filter(theme=initiative.theme, stage=Stage.DONE).exclude(pk=initiative.pk)
    return list(found.order_by("-done_on", "-id")[:ALIKE])
