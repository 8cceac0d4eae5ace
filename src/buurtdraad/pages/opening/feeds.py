"""News of an area and of a plan of residents as Atom feeds (RFC 4287): what everybody can see on the site, with ids that never change."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.agendas.wishes.models import Step, Wish
from buurtdraad.agendas.wishes.queries import listing as wishes
from buurtdraad.agendas.wishes.rules import as_title
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.budgets.models import BudgetRound, RoundStep
from buurtdraad.budgets.states import HIDDEN
from buurtdraad.initiatives.models import Initiative, Update
from buurtdraad.initiatives.states import Showing
from buurtdraad.messages.emails import address
from buurtdraad.pages.following.done import done_lines, done_things
from buurtdraad.places.queries import city_name

MOST = 50
TYPE = "application/atom+xml; charset=utf-8"
# An answer says one of these; what is done stands among what was done.
ANSWERS = (Stage.CHOSEN, Stage.BUSY, Stage.LATER, Stage.REFERRED, Stage.NOT_DONE)
# No XML may hold these.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\ufffe\uffff]")

type Codes = frozenset[str] | None


@dataclass(frozen=True)
class Entry:
    """One piece of news. `key` names it for ever; `path` is its page in the language of the moment."""

    key: str
    title: str
    path: str
    at: datetime.datetime
    text: str = ""


def atom(entries: Iterable[Entry], *, key: str, title: str, path: str, feed_path: str) -> bytes:
    """The newest of these as a feed in the language of the moment."""
    language = get_language() or settings.LANGUAGE_CODE
    feed = Atom1Feed(
        title=clean(title), link=address(path, language), description="", language=language, feed_url=address(feed_path, language),
        feed_guid=known_as(key), author_name=city_name(),
    )  # fmt: skip
    for one in sorted(entries, key=lambda entry: (entry.at, entry.key), reverse=True)[:MOST]:
        # A reader takes the summary for HTML, the title for text.
        summary = linebreaks(clean(one.text), autoescape=True)
        feed.add_item(
            clean(one.title), address(one.path, language), summary, unique_id=known_as(one.key), updateddate=one.at, pubdate=one.at
        )
    return feed.writeString("utf-8").encode()


def known_as(key: str) -> str:
    """A name in the form of RFC 4151: the same in every language, and when an address changes."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{key}"


def clean(text: str) -> str:
    return CONTROL.sub("", text)


# --- an area -------------------------------------------------------------------------------------


def news_in(codes: Codes) -> Iterator[Entry]:
    """Meetings, wishes and their answers, agreements, rounds, and what was done in these areas (None: all); at most `MOST` of each.

    At most ten queries.
    """
    for kind in (met, wished, answered, agreed, voted, done):
        yield from kind(codes)


def met(codes: Codes) -> Iterator[Entry]:
    found = Meeting.objects.on_site().within(codes).order_by("-changed_at", "-pk")
    for one in found.only("stage", "title", "starts_at", "place", "text", "why", "changed_at")[:MOST]:
        off = one.stage == MeetingStage.CANCELLED
        when = date_format(localtime(one.starts_at), "j F Y, H.i")
        title = _("Will not happen: %(title)s") % {"title": one.title} if off else _("Meeting: %(what)s") % {"what": one.title}
        said = "\n\n".join(part for part in (f"{when}, {one.place}", one.why if off else one.text) if part)
        yield Entry(f"bijeenkomst/{one.pk}", title, reverse("agendas:meeting", args=[one.pk]), one.changed_at, said)


def wished(codes: Codes) -> Iterator[Entry]:
    for one in wishes.shown(codes)[:MOST]:
        title = _("Wish: %(what)s") % {"what": one.title}
        yield Entry(f"wens/{one.reference}", title, reverse("pages:wish", args=[one.reference]), one.given_at, one.text)


def answered(codes: Codes) -> Iterator[Entry]:
    """The last steps of wishes, by their key: nearly the order in which they came, and no search through all of them."""
    found = Step.objects.filter(stage__in=ANSWERS, wish__in=Wish.objects.on_site().heads().within(codes)).order_by("-pk")
    for one in found.select_related("wish").only("stage", "why", "at", "wish__reference", "wish__text")[:MOST]:
        title = f"{one.get_stage_display()}: {one.wish.title}"
        yield Entry(f"stap/{one.pk}", title, reverse("pages:wish", args=[one.wish.reference]), one.at, one.why)


def agreed(codes: Codes) -> Iterator[Entry]:
    found = Agreement.objects.public().annotate(since=Greatest("made_at", "topic__version__adopted_at")).order_by("-since", "-pk")
    found = found if codes is None else found.filter(area__code__in=codes)
    for one in found[:MOST]:
        title = _("Agreement: %(what)s") % {"what": one.what}
        yield Entry(f"afspraak/{one.pk}", title, reverse("agendas:agreement", args=[one.pk]), one.since, one.next_step)


def voted(codes: Codes) -> Iterator[Entry]:
    seen = BudgetRound.objects.public()
    seen = seen if codes is None else seen.filter(area__code__in=codes)
    found = RoundStep.objects.filter(round__in=seen).exclude(stage__in=sorted(HIDDEN)).select_related("round").order_by("-pk")
    for one in found[:MOST]:
        title = f"{one.round.name}: {one.get_stage_display()}"
        yield Entry(f"ronde/{one.round.slug}/{one.pk}", title, reverse("budgets:round", args=[one.round.slug]), one.at, one.why)


def done(codes: Codes) -> Iterator[Entry]:
    things = list(done_things(codes, newest=MOST))
    # `done_lines` leaves out what went away meanwhile, and keeps the order: by its page we know which is which.
    for one in done_lines(things):
        yield Entry(f"gedaan{bare(one.url)}", _("Done: %(what)s") % {"what": one.title}, one.url, one.at, one.why)


def bare(path: str) -> str:
    """An address without its language, so that an id is the same in each."""
    return re.sub(r"^/(en|nl-x-simpel)(?=/)", "", path).rstrip("/")


# --- a plan of residents ----------------------------------------------------------------------------


def news_of_initiative(plan: Initiative) -> Iterator[Entry]:
    """What its people told, as far as somebody read it. One query."""
    path = reverse("initiatives:initiative", args=[plan.slug])
    for one in Update.objects.filter(initiative=plan, showing=Showing.SHOWN)[:MOST]:
        yield Entry(f"nieuws/{one.uuid}", as_title(one.text), path, one.at, one.text)
