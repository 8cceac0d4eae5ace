"""An agreement between partners on paper: facts for `partners/accord.typ`."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.messages.emails import address
from buurtdraad.partners.models import AccordVersion
from buurtdraad.partners.queries.accords import Party, joined_later, promise, taking_part
from buurtdraad.places.queries import city_name


def on_paper(version: AccordVersion, place_names: list[str]) -> dict:
    """Everything on the paper, in the language of the moment. Names of organisations, none of people."""
    later = joined_later(version)
    return {
        "title": version.title,
        "city": city_name(),
        "demo": settings.DEMO,
        "lead": _("Agreement between partners for: %(places)s") % {"places": ", ".join(place_names)},
        "counts": counts(version),
        "chapters": [
            {"title": title, "paragraphs": paragraphs(text)}
            for title, text in (
                (_("What we want to reach"), version.goal),
                (_("How we work together"), version.principles),
                (_("What who signs promises"), promise(version)),
                (_("The whole text"), version.text),
            )
            if text
        ],
        "parties_title": _("Who takes part"),
        "parties": [
            {"name": party.organisation.name, "when": signed(party, party.signature.pk in later)} for party in taking_part(version)
        ],
        "site": _("Read everything, also older versions: %(address)s") % {"address": address(f"/wijkakkoorden/{version.accord.uuid}/")},
        "phone": _("Or call %(phone)s.") % {"phone": settings.CITY_PHONE} if settings.CITY_PHONE else "",
    }


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def counts(version: AccordVersion) -> str:
    """From when until when it counts, and which version it is."""
    facts = {"number": version.number, "first": in_words(version.in_force_on), "last": in_words(version.over_on)}
    if version.over_on:
        return _("Version %(number)s. It counted from %(first)s until %(last)s.") % facts
    return _("Version %(number)s. It counts since %(first)s.") % facts


def signed(party: Party, later: bool) -> str:
    words = _("joined on %(day)s") if later else _("signed on %(day)s")
    return words % {"day": in_words(party.signature.signed_on)}


def in_words(day: datetime.date | None) -> str:
    return date_format(day, "j F Y") if day else ""
