"""Mails to who gets a duty, loses one or is stood in for. Who has no e-mail address gets none."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.duties import STAFF
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.queries import with_places
from buurtdraad.places.queries import city_name


def tell_given(held: DutyHeld) -> None:
    """That somebody has a duty or stands in: which, where, from when, and how to sign in for it."""
    with in_the_citys_language():
        lines = facts_of(held)
        if held.stand_in_for:
            lines.append(_("You stand in for %(name)s.") % {"name": held.stand_in_for.person})
        lines.append(_("You sign in with this e-mail address. We mail you a link, you need no password."))
        if held.duty in STAFF:
            lines.append(_("You also need a second step: an app with codes on your phone, or a passkey. We help you to set it up."))
        mail(
            held.person,
            emails.Letter(_("You have a duty on the website of %(city)s") % {"city": city_name()}, lines, sign_in_url(), _("Sign in")),
        )


def tell_ended(held: DutyHeld, last: datetime.date, *, today: datetime.date) -> None:
    """That a duty has ended, or on which day it will."""
    with in_the_citys_language():
        when = _("Your last day is %(day)s.") % {"day": date_format(last)} if last >= today else _("It has ended today.")
        last_lines = [_("Do you think this is a mistake? Ask the municipality.")]
        subject = _("Your duty on the website of %(city)s ends") % {"city": city_name()}
        mail(held.person, emails.Letter(subject, [*what_and_where(held), when], last_lines=last_lines))


def tell_stood_in_for(stand_in: DutyHeld, person: Person) -> None:
    """To who is away: who stands in, and when."""
    with in_the_citys_language():
        lines = [_("Stand-in: %(name)s.") % {"name": stand_in.person}, *facts_of(stand_in)]
        mail(person, emails.Letter(_("Somebody stands in for you"), lines))


def facts_of(held: DutyHeld) -> list[str]:
    first, last = date_format(held.from_on), held.until_on and date_format(held.until_on)
    when = _("From %(first)s until and with %(last)s.") if last else _("From %(first)s, until further notice.")
    return [*what_and_where(held), when % {"first": first, "last": last}]


def what_and_where(held: DutyHeld) -> list[str]:
    place = with_places([held])[0].place_name  # type: ignore[attr-defined]
    return [_("Duty: %(duty)s.") % {"duty": held.get_duty_display()}, _("Place: %(place)s.") % {"place": place}]


def mail(person: Person, letter: emails.Letter) -> None:
    if person.email and person.is_active:
        emails.send(person.email, letter)


def sign_in_url() -> str:
    return settings.SITE_URL + reverse("accounts:sign_in")


def in_the_citys_language() -> translation.override:
    """Who gives a duty may read another language than who gets it."""
    return translation.override(settings.LANGUAGE_CODE)
