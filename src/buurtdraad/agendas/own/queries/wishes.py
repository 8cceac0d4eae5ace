"""The wishes that a person gave, spoke in, wants too or follows, with their pictures; and what they said of an answer."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.ways_in.states import NoteStage
from buurtdraad.agendas.wishes.models import Giver, Rating, Supporter, WishPicture
from buurtdraad.agendas.wishes.rules import as_title
from buurtdraad.agendas.wishes.states import Showing
from buurtdraad.ui.rows import Row

GIVEN = frozenset({"agendas.Giver.contact", "agendas.Supporter.contact", "agendas.Rating.contact", "agendas.SpokenNote.contact"})


def wishes_of(person: Person) -> QuerySet[Giver]:
    """The wishes that a person gave, the last one first."""
    return Giver.objects.filter(contact__person=person).select_related("wish__head").order_by("-given_at", "-id")


def wish_row(giver: Giver) -> Row:
    """One of them: how it stands, with its page where everybody may see it."""
    wish = giver.wish.head or giver.wish
    url = reverse("pages:wish", args=[wish.reference]) if wish.showing == Showing.SHOWN else ""
    return Row(f"{wish.reference}: {as_title(giver.words) or wish.title}", url, wish.get_stage_display(), giver.given_at)


def followed_by(person: Person) -> QuerySet[Supporter]:
    """The wishes that a person wants too or follows, the last one first."""
    return Supporter.objects.filter(contact__person=person).select_related("wish__head").order_by("-since", "-id")


def followed_row(supporter: Supporter) -> Row:
    wish = supporter.wish.head or supporter.wish
    url = reverse("pages:wish", args=[wish.reference]) if wish.showing == Showing.SHOWN else ""
    state = _("you want this too") if supporter.wants else _("you follow this")
    return Row(f"{wish.reference}: {wish.title}", url, state, supporter.since)


def spoken_by(person: Person) -> QuerySet[SpokenNote]:
    """What a person spoke in, the last one first."""
    return SpokenNote.objects.filter(contact__person=person).select_related("wish").order_by("-made_at", "-id")


def waiting_notes_of(person: Person) -> QuerySet[SpokenNote]:
    """What a person spoke in and nobody wrote down yet: once that is done, it is one of their wishes."""
    return spoken_by(person).filter(stage=NoteStage.WAITING)


def note_row(note: SpokenNote) -> Row:
    return Row(_("A wish that you spoke in"), "", note.get_stage_display(), note.made_at)


def pictures_by(person: Person) -> QuerySet[WishPicture]:
    """The pictures that a person gave: signed in, or with a wish that is of nobody else."""
    others = Giver.objects.filter(wish=OuterRef("wish")).exclude(contact__person=person)
    theirs = Giver.objects.filter(wish=OuterRef("wish"), contact__person=person)
    of_their_wish = Q(Exists(theirs)) & ~Q(Exists(others)) & Q(given_by__isnull=True)
    return WishPicture.objects.filter(Q(given_by=person.uuid) | of_their_wish).select_related("wish__area")


def personal_data(person: Person) -> dict:
    return {
        "wensen": [
            {
                "nummer": giver.wish.reference,
                "uw woorden": giver.words,
                "hoe": giver.get_channel_display(),
                "verteld op": giver.given_at,
                "stand": giver.wish.get_stage_display(),
                "op de site": giver.wish.showing == Showing.SHOWN,
            }
            for giver in wishes_of(person)
        ],
        "ingesproken": [
            {
                "op": note.made_at,
                "hoe lang": note.length,
                "stand": note.get_stage_display(),
                "wens": note.wish.reference if note.wish else "",
            }
            for note in spoken_by(person)
        ],
        "foto's": [
            {"wens": picture.wish.reference, "wat erop staat": picture.alt, "gegeven op": picture.given_at}
            for picture in pictures_by(person)
        ],
        "wil ik ook": [
            {"nummer": one.wish.reference, "wil het ook": one.wants, "volgt": one.follows, "sinds": one.since}
            for one in followed_by(person)
        ],
        "bent u goed geholpen": [
            {"wens": rating.wish.reference, "antwoord": rating.get_helped_display(), "woorden": rating.words, "op": rating.at}
            for rating in Rating.objects.filter(contact__person=person).select_related("wish").order_by("-at")
        ],
    }
