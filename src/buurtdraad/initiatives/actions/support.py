"""What a neighbour thinks of an initiative: said at once by who is signed in, by everybody else after a link in a mail.

Nobody sees who said what. The record says that somebody gave an opinion, never which.
"""

import datetime

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, open_link, use_link
from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.agendas.wishes.actions.people import contact_of
from buurtdraad.initiatives.actions.people import EMAIL, LANGUAGE, MOST_LINKS
from buurtdraad.initiatives.actions.plans import hold_row
from buurtdraad.initiatives.actions.records import write_down
from buurtdraad.initiatives.models import Initiative, Opinion, Zone
from buurtdraad.initiatives.rules import CONFIRM_DAYS, household_words
from buurtdraad.initiatives.states import OPEN, Says, Showing, Unit
from buurtdraad.lib.limits import HOUR, limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.models import Contact
from buurtdraad.places.queries import city_name


class NotAskedNow(Refused):
    """Nobody is asked about what is over, or does not stand on the site."""


class WhichPart(Refused):
    """A plan with parts has to know in which part somebody lives."""


class NoHousehold(Refused):
    """Where households count, the address has to be known."""


class HouseholdSpoke(Refused):
    """One of a household counts."""


def household_mark(initiative: Initiative, postcode: str, number: str) -> str:
    """The mark of a household for one plan: the same for the same address, and nobody can read the address in it. Empty for no address."""
    words = household_words(postcode, number)
    return salted_hmac(f"buurtdraad.initiatives.household.{initiative.uuid}", words, algorithm="sha256").hexdigest() if words else ""


@transaction.atomic
def give_opinion(
    initiative: Initiative, *, says: str, contact: Contact, zone: Zone | None = None, household: str = "",
    by: Person | None, at: datetime.datetime,
) -> Opinion:  # fmt: skip
    """Somebody is for, against or has no opinion; who said so before changes it. `household` is of `household_mark`.

    Raises `NotAskedNow`, `WhichPart`, `NoHousehold` and `HouseholdSpoke`.
    """
    held = hold_row(initiative)
    check_asked(held, zone, household)
    if zone is None or zone.unit != Unit.HOUSEHOLD:
        household = ""
    elif held.opinions.filter(household=household).exclude(contact=contact).exists():
        raise HouseholdSpoke(_("Somebody at your address said already what they think. One person counts for each address."))
    facts = {"says": Says(says), "zone": zone, "household": household, "given_at": at}
    made, _new = Opinion.objects.update_or_create(initiative=held, contact=contact, defaults=facts)
    write_down("opinion.given", held, by=by, at=at)
    return made


def check_asked(initiative: Initiative, zone: Zone | None, household: str) -> None:
    """Raises what `give_opinion` says, but for who spoke before."""
    if initiative.stage not in OPEN or initiative.showing != Showing.SHOWN:
        raise NotAskedNow(_("Nobody is asked what they think of this plan now."))
    if zone and zone.initiative_id != initiative.pk:
        raise WhichPart(_("Choose in which part you live."))
    if zone and zone.unit == Unit.HOUSEHOLD and not household:
        raise NoHousehold(_("Write down your postcode and house number. Here one person counts for each address."))


@transaction.atomic
def take_back(opinion: Opinion, *, by: Person | None, at: datetime.datetime) -> None:
    """Who gave it does not count any more. A second time changes nothing."""
    initiative = opinion.initiative
    if Opinion.objects.filter(pk=opinion.pk).delete()[0]:
        write_down("opinion.taken_back", initiative, by=by, at=at)


# --- somebody without an account ----------------------------------------------------------------------------


def mail_to_confirm(
    request: HttpRequest, initiative: Initiative, email: str, *, says: str, zone: Zone | None = None, household: str = "",
    at: datetime.datetime,
) -> None:  # fmt: skip
    """Mail a link with which the owner of an address says that the opinion is theirs; until then it does not count.

    The mail does not say what they think: others may read it too. Raises as `give_opinion` does (but for who of the
    household spoke already: that would tell a stranger), and `TooOften`.
    """
    email = email.lower()
    limited("opinion to confirm", email, most=MOST_LINKS, within=HOUR)
    check_asked(initiative, zone, household)
    with transaction.atomic():
        facts = {EMAIL: email, LANGUAGE: get_language() or "nl", "says": Says(says).value, "zone": zone.pk if zone else None}
        days = datetime.timedelta(days=CONFIRM_DAYS)
        subject = f"initiative:{initiative.uuid}"
        fresh = make_link(Purpose.CONFIRM_OPINION, subject, valid_for=days, at=at, facts=facts | {"household": household})
        letter = emails.Letter(
            subject=_("Does your opinion count? %(plan)s") % {"plan": initiative.title},
            lines=[
                _("Somebody gave us this e-mail address on the neighbourhood website of %(city)s.") % {"city": city_name()},
                _("They said what they think of the plan: %(plan)s.") % {"plan": initiative.title},
                _("Is it yours? Open the link, and then press the button. Then your opinion counts. Nobody sees what you said."),
            ],
            url=request.build_absolute_uri(reverse("initiatives:confirm_opinion", args=[fresh.token])),
            button=_("Yes, let it count"),
            last_lines=[_("Was it not you? Then you need do nothing. We will not mail you again about this.")],
        )
        emails.send(email, letter)


def asked_to_confirm(token: str, *, at: datetime.datetime) -> Initiative:
    """What a link of `mail_to_confirm` is about, for its page. Changes nothing. Raises `BadLink`."""
    return asked_about(open_link(Purpose.CONFIRM_OPINION, token, at=at))


def asked_about(link: Link) -> Initiative:
    found = Initiative.objects.on_site().select_related("area").filter(uuid=link.subject.removeprefix("initiative:")).first()
    if found is None:
        raise BadLink(_("This plan is not there any more. Call us if you want to know why."))
    return found


@transaction.atomic
def confirm(token: str, *, at: datetime.datetime) -> Opinion:
    """Yes, to the link of `mail_to_confirm`: the opinion counts. Raises `BadLink`, and as `give_opinion` does."""
    link = use_link(Purpose.CONFIRM_OPINION, token, at=at)
    initiative, facts = asked_about(link), link.facts
    contact = contact_of(facts[EMAIL], facts.get(LANGUAGE, "nl"), at=at)
    zone = initiative.zones.filter(pk=facts.get("zone")).first()
    return give_opinion(
        initiative, says=facts["says"], contact=contact, zone=zone, household=facts.get("household", ""), by=contact.person, at=at
    )  # fmt: skip
