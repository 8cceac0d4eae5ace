"""What a work may answer: wishes, topics and agreements that say about the same, and those that somebody looks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.agendas.similar.rules import key, most_like, shortlist_stems
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.works.models import Work
from buurtdraad.works.queries.works import codes_around

# So many of each are shown, and compared: the newest first.
MOST, COMPARED = 5, 300


@dataclass(frozen=True)
class Things:
    """Wishes, topics and agreements, the likeliest first."""

    wishes: Sequence[Wish] = field(default=())
    topics: Sequence[Topic] = field(default=())
    agreements: Sequence[Agreement] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.wishes or self.topics or self.agreements)


def suggestions(work: Work) -> Things:
    """What in the areas of a work says about the same as it does. Nothing for a work without an area."""
    codes = codes_near(work)
    wanted = key(" ".join((work.title, work.where, work.goal, work.problem)))
    asked = shortlist_stems(wanted)
    if not asked or codes == set():
        return Things()
    wishes, topics, agreements = to_answer(work, codes)
    near = wishes.filter(stems__overlap=asked).values_list("pk", "stems")[:COMPARED]
    alike = like(wanted, ((pk, tuple(stems)) for pk, stems in near))
    # What they say of a few only.
    told = wishes.in_bulk(alike)
    return Things(
        [told[pk] for pk in alike if pk in told],
        like(wanted, ((topic, key(f"{topic.title} {topic.text}")) for topic in topics[:COMPARED])),
        like(wanted, ((agreement, key(agreement.what)) for agreement in agreements[:COMPARED])),
    )


def like[Thing](wanted: Sequence[str], candidates: Iterable[tuple[Thing, Sequence[str]]]) -> list[Thing]:
    """The candidates that are most alike."""
    return [thing for thing, _likeness in most_like(wanted, candidates, most=MOST)]


def looked_for(work: Work, text: str) -> Things:
    """Wishes, topics and agreements of the whole city that hold these words, or have this number. Three queries."""
    wishes, topics, agreements = to_answer(work, None)
    return Things(
        list(wishes.filter(Q(text__icontains=text) | Q(reference__iexact=text))[:MOST]),
        list(topics.filter(title__icontains=text)[:MOST]),
        list(agreements.filter(what__icontains=text)[:MOST]),
    )


def to_answer(work: Work, codes: set[str] | None) -> tuple[QuerySet[Wish], QuerySet[Topic], QuerySet[Agreement]]:
    """What everybody may see in these areas (None: all), and this work does not answer yet; the newest first."""
    has = list(work.answers.values_list("wish", "topic", "agreement"))
    wishes = Wish.objects.heads().on_site().within(codes).defer("search", "stems").exclude(pk__in=[one for one, _t, _a in has if one])
    topics = Topic.objects.filter(version__stage=VersionStage.ADOPTED).exclude(pk__in=[one for _w, one, _a in has if one])
    agreements = Agreement.objects.public().exclude(pk__in=[one for _w, _t, one in has if one])
    if codes is not None:
        topics, agreements = topics.filter(version__area__code__in=codes), agreements.filter(area__code__in=codes)
    return wishes, topics.select_related("version__area").order_by("-pk"), agreements.select_related("area").order_by("-pk")


def codes_near(work: Work) -> set[str] | None:
    """The areas of a work, what they lie in and what lies in them; None when that is the whole city."""
    found: set[str] = set()
    for one in work.work_areas.all():
        codes = codes_around(one.area.code)
        if codes is None:
            return None
        found |= codes
    return found


def thing_named(text: str) -> Wish | Topic | Agreement | None:
    """What `wish:ZO-42`, `topic:3` or `agreement:7` is, as far as everybody may see it; None for anything else."""
    kind, _colon, name = text.partition(":")
    number = int(name) if name.isascii() and name.isdecimal() and len(name) < 10 else 0
    match kind:
        case "wish":
            return Wish.objects.on_site().filter(reference=name[:20].replace("\0", "")).first()
        case "topic":
            return Topic.objects.exclude(version__stage=VersionStage.DRAFT).select_related("version__area").filter(pk=number).first()
        case "agreement":
            return Agreement.objects.public().select_related("area", "topic__version__area").filter(pk=number).first()
        case _:
            return None
