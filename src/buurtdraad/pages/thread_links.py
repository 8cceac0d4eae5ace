"""What a thread is made of."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise

from buurtdraad.lib.uploads.models import PictureUpload

type Words = str | Promise
# A day on which people chose ends later than the evening itself.
LATE = datetime.time(23, 59)


@dataclass(frozen=True)
class Link:
    """One thing that happened: when, what, in which words, and where more of it stands (`url`, with `url_text`)."""

    at: datetime.datetime
    title: Words
    text: str = ""
    note: Words = ""
    url: str = ""
    url_text: Words = ""
    picture: PictureUpload | None = None
    picture_url: str = ""


def moment_of(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """That time of that day, in the city."""
    return timezone.make_aware(datetime.datetime.combine(day, time))
