"""What a thread is made of."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from buurtdraad.lib.uploads.models import PictureUpload

type Words = str | Promise
# A day on which people chose ends later than the evening itself.
LATE = datetime.time(23, 59)


@dataclass(frozen=True)
class Roots:
    """What the parts of a thread begin from, by id: a wish with all that were joined to it, their topics, and the agreements about those.

    Asked once for all parts: a filter that goes back to the wish over a join, with an "or", would read whole tables of the city.
    """

    wishes: Collection[int]
    topics: Collection[int]
    agreements: Collection[int]


@dataclass(frozen=True)
class Link:
    """One thing that happened: when, what, in which words, and where more of it stands (`url`, with `url_text`).

    `lang` is the language of those words, where it is not that of the page or of whoever wrote them.
    """

    at: datetime.datetime
    title: Words
    text: str = ""
    note: Words = ""
    url: str = ""
    url_text: Words = ""
    picture: PictureUpload | None = None
    picture_url: str = ""
    lang: str = ""


def moment_of(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """That time of that day, in the city."""
    return timezone.make_aware(datetime.datetime.combine(day, time))


def together(parts: Iterable[QuerySet]) -> QuerySet:
    """The ids that one of these finds, each once, for a filter: each part may use its own index, which one "or" over joins cannot."""
    first, *others = (part.order_by().values("pk") for part in parts)
    return first.union(*others)
