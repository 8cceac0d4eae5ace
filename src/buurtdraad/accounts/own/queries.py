"""What this room has of a person, for that person alone."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.duties import STAFF
from buurtdraad.accounts.models import DutyHeld, DutyHeldQuerySet, Person
from buurtdraad.accounts.moderation.models import Report
from buurtdraad.accounts.queries import with_places
from buurtdraad.accounts.signing_in.models import Identity, Session, SignIn
from buurtdraad.accounts.signing_in.queries import factors_of
from buurtdraad.audit.models import Event
from buurtdraad.audit.queries import newest_about
from buurtdraad.audit.words import in_words
from buurtdraad.ui.rows import Row

# Keys to persons of which `personal_data` gives the rows.
GIVEN = frozenset(
    {
        "accounts.DutyHeld.person",
        "accounts.Identity.person",
        "accounts.Report.by",
        "accounts.Session.person",
        "accounts.SignIn.person",
        "mfa.Authenticator.user",
    }
)
SIGN_IN = {
    "op": "at",
    "manier": "method",
    "inlogdienst": "provider",
    "niveau van zekerheid": "assurance",
    "met tweede stap": "strong",
}
# Of who works here the record may be long; the rest of it is with the administrator.
MOST_EVENTS = 10_000


# --- lines of one's own page --------------------------------------------------------------------


def waiting_for(person: Person) -> list[Row]:
    """What only this person can do: tell what to call them."""
    return [] if person.name else [Row(_("Tell us what to call you"), reverse("accounts:my_name"))]


def duties_of(person: Person) -> list[DutyHeld]:
    """The duties that hold now or later, with the name of their place."""
    return with_places(running(person).select_related("area"))


def duty_row(held: DutyHeld) -> Row:
    until = _("until and with %(day)s") % {"day": date_format(held.until_on, "j F Y")} if held.until_on else ""
    words = f"{held.get_duty_display().capitalize()}: {held.place_name}"  # type: ignore[attr-defined]
    return Row(words, reverse("accounts:my_duties"), until)


def reports_by(person: Person) -> QuerySet[Report]:
    """What a person reported while signed in, the last one first."""
    return Report.objects.filter(by=person).order_by("-made_at", "-id")


def report_row(made: Report) -> Row:
    return Row(made.get_reason_display(), state=made.get_stage_display().capitalize(), at=made.made_at)


def sign_in_rows(person: Person) -> list[Row]:
    """Ways to sign in and where one is signed in, each with how it stands."""
    number = Session.objects.filter(person=person, expire_date__gt=timezone.now()).count()
    devices = ngettext("%(number)d device", "%(number)d devices", number) % {"number": number}
    rows = [
        Row(_("Where you are signed in"), reverse("accounts:devices"), devices),
        Row(_("The second step"), reverse("accounts:second_factor"), _("is on") if factors_of(person) else _("is off")),
    ]
    if settings.PASSWORDS:
        state = _("you have one") if person.has_usable_password() else _("you have none")
        rows.append(Row(_("Password"), reverse("accounts:new_password"), state))
    names = {provider.id: provider.name for provider in settings.OIDC_PROVIDERS}
    linked = Identity.objects.filter(person=person).order_by("made_at")
    return rows + [Row(_("You also sign in by %(name)s") % {"name": names.get(one.provider, one.provider)}) for one in linked]


# --- taking it along, and going -------------------------------------------------------------------


def running(person: Person) -> DutyHeldQuerySet:
    """The duties of a person that hold today or later."""
    return DutyHeld.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=timezone.localdate()), person=person)


def duties_to_hand_over(person: Person) -> list[DutyHeld]:
    """Duties of staff that still run: somebody has to have them before this person can go."""
    return with_places(running(person).filter(duty__in=STAFF).select_related("area"))


def personal_data(person: Person) -> dict:
    """All that this room has of a person, without what only proves who they are (passwords, keys, codes)."""
    duties = with_places(DutyHeld.objects.filter(person=person).select_related("area"))
    return {
        "openbaar nummer": person.uuid,
        "naam": person.name,
        "e-mailadres": person.email,
        "e-mailadres bevestigd op": person.confirmed_at,
        "account gemaakt op": person.created_at,
        "laatst ingelogd op": person.last_login,
        "heeft een wachtwoord": person.has_usable_password(),
        "taken": [
            {"taak": held.get_duty_display(), "plaats": held.place_name, "vanaf": held.from_on, "tot en met": held.until_on}  # type: ignore[attr-defined]
            for held in duties
        ],
        "apparaten": list_of(
            Session.objects.filter(person=person), {"apparaat": "device", "ingelogd op": "began_at", "vervalt op": "expire_date"}
        ),
        "keren ingelogd": list_of(SignIn.objects.filter(person=person), SIGN_IN),
        "inlogdiensten": list_of(
            Identity.objects.filter(person=person), {"dienst": "provider", "kenmerk": "subject", "gekoppeld op": "made_at"}
        ),
        "tweede stap": list_of(
            Authenticator.objects.filter(user=person), {"soort": "type", "gemaakt op": "created_at", "gebruikt op": "last_used_at"}
        ),
        "meldingen": [
            {
                "over": made.thing,
                "reden": made.get_reason_display(),
                "tekst": made.text,
                "gedaan op": made.made_at,
                "twijfels": made.doubts,
                "stand": made.get_stage_display(),
                "besloten op": made.decided_at,
            }
            for made in reports_by(person)
        ],
        "logboek": Log(person),
    }


def list_of(rows: QuerySet, names: dict[str, str]) -> list[dict]:
    """Rows as a list with readable keys: the key, and the field behind it."""
    return [dict(zip(names, values, strict=True)) for values in rows.values_list(*names.values())]


class Log(Sequence):
    """What is on record of a person, the last event first, `MOST_EVENTS` at most: who shows the first few reads no more than those."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @cached_property
    def number(self) -> int:
        return newest_about(self.person.uuid, MOST_EVENTS).count()

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, slice):
            return list(self)[key]
        start, stop, step = key.indices(MOST_EVENTS)
        return log_of(newest_about(self.person.uuid, stop)[start:], self.person)[::step]

    def __iter__(self) -> Iterator[dict[str, str | bool | datetime.datetime]]:
        return iter(self[:])


def log_of(found: Iterable[Event], person: Person) -> list[dict[str, str | bool | datetime.datetime]]:
    """Events as a person may read them about themselves: what and when, and nobody else's name."""
    return [
        {"op": event.at, "wat": in_words(event.verb), "waarover": event.thing, "door uzelf": event.actor == person.uuid} for event in found
    ]
