"""Who hears an answer before it is sent, and how."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.agendas.wishes.models import Giver, Supporter, Wish
from buurtdraad.messages.states import Way


@dataclass(frozen=True)
class Audience:
    """How many people hear an answer, by the way that they chose; and how many cannot be told (yet)."""

    ways: Counter[str] = field(default_factory=Counter)
    unconfirmed: int = 0
    unknown: int = 0

    @property
    def people(self) -> int:
        return self.ways.total()

    @property
    def in_words(self) -> str:
        """ "3 people hear this: 1 by e-mail, 1 is called, 1 on the board." """
        if not self.people:
            return _("Nobody of whom we have an address hears this.")
        first = ngettext("%(number)d person hears this:", "%(number)d people hear this:", self.people) % {"number": self.people}
        parts = {
            Way.EMAIL: ngettext("%(number)d by e-mail", "%(number)d by e-mail", self.ways[Way.EMAIL]),
            Way.CALL: ngettext("%(number)d is called", "%(number)d are called", self.ways[Way.CALL]),
            Way.BOARD: ngettext("%(number)d on the board", "%(number)d on the board", self.ways[Way.BOARD]),
            Way.NONE: ngettext("%(number)d looks it up", "%(number)d look it up", self.ways[Way.NONE]),
        }
        return f"{first} {', '.join(text % {'number': self.ways[way]} for way, text in parts.items() if self.ways[way])}."

    @property
    def not_told(self) -> list[str]:
        """Who does not hear it now, in sentences."""
        said = []
        if self.unconfirmed:
            said.append(
                ngettext(
                    "%(number)d e-mail address is not confirmed yet. This person hears it after that.",
                    "%(number)d e-mail addresses are not confirmed yet. These people hear it after that.",
                    self.unconfirmed,
                )
                % {"number": self.unconfirmed}
            )
        if self.unknown:
            said.append(
                ngettext(
                    "%(number)d person left no address, and reads it on the site if the wish is there.",
                    "%(number)d people left no address, and read it on the site if the wish is there.",
                    self.unknown,
                )
                % {"number": self.unknown}
            )
        return said


def audience(wishes: Iterable[Wish], *, by: Person, at: datetime.datetime) -> Audience:
    """Who hears an answer to these wishes, each once. Three queries."""
    heads = {wish.head_id or wish.pk for wish in wishes}
    family = Q(wish__in=heads) | Q(wish__head__in=heads)
    ways: dict[int, str] = {}
    silent: list[str] = []
    for pk, contact, way, person in Giver.objects.filter(family).values_list("pk", "contact", "contact__way", "contact__person"):
        if contact is None:
            silent.append(f"giver:{pk}")
        elif person != by.pk:
            ways[contact] = way
    followers = Supporter.objects.filter(family, follows=True).exclude(contact__person=by.pk)
    ways |= dict(followers.values_list("contact", "contact__way"))
    waiting = Link.objects.filter(purpose=Purpose.CONFIRM_WISH, subject__in=silent, used_at=None, valid_until__gt=at)
    unconfirmed = waiting.values("subject").distinct().count()
    return Audience(Counter(ways.values()), unconfirmed, len(silent) - unconfirmed)
