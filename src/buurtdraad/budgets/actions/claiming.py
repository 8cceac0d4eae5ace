"""Asking for a code: by e-mail, after a button in a mail, or signed in by a broker. One code for each address or subject.

An address is never kept with a vote. Between the two mails it stands in the link; with the code it is gone. What stays is a keyed
hash that says: this one has a code. Who asks again gets a new code while the one before was not used.
"""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, open_link, use_link
from buurtdraad.accounts.signing_in.models import Identity, Link, Purpose
from buurtdraad.budgets.actions.codes import Letter, key_for, write, write_down
from buurtdraad.budgets.actions.replacing import renew
from buurtdraad.budgets.models import BudgetRound, Claim
from buurtdraad.budgets.queries.codes import where_people_vote
from buurtdraad.budgets.secrecy import claim_of, grouped
from buurtdraad.budgets.states import AgeBand, Channel, RoundStage
from buurtdraad.lib.limits import HOUR, limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions.mailing import hand_over_unkept
from buurtdraad.messages.emails import letter as house_letter
from buurtdraad.messages.senders import NeverDelivered, NotNow
from buurtdraad.messages.states import Kind
from buurtdraad.places.models import Area

VALID = datetime.timedelta(hours=24)
MOST_LINKS = 3


class NotOpen(Refused):
    """Codes are asked for while people vote."""


class NotThisChannel(Refused):
    """The rules of the round do not say that people vote so."""


class NoBroker(Refused):
    """Who is signed in in another way cannot be told from somebody with two addresses."""


@dataclass(frozen=True)
class Declared:
    """What somebody says of themselves: where they live, and where they wanted to say so their age."""

    area: Area
    age_band: str = AgeBand.UNKNOWN


def brokers() -> list[str]:
    """The providers by which each resident is one subject."""
    return [provider.id for provider in settings.OIDC_PROVIDERS if provider.residents]


def check_open(round_: BudgetRound, channel: str, at: datetime.datetime) -> None:
    """Raises `NotOpen` and `NotThisChannel`."""
    if channel not in round_.sheet.channels:
        raise NotThisChannel(_("You cannot get a code in this way for this round."))
    until = round_.sheet.vote_until
    if round_.stage != RoundStage.VOTING or (until and at >= until):
        raise NotOpen(_("You cannot vote now, so you cannot ask for a code."))


@transaction.atomic
def mail_link(request: HttpRequest, round_: BudgetRound, email: str, declared: Declared, *, at: datetime.datetime) -> None:
    """Mail a link with a button behind it; whether this address has a code nobody learns.

    Raises `NotOpen`, `NotThisChannel` and `TooOften`.
    """
    check_open(round_, Channel.EMAIL, at)
    address = email.strip().lower()
    limited("voting code mailed to", address, most=MOST_LINKS, within=HOUR, at=at)
    facts = {"round": str(round_.uuid), "area": declared.area.code, "age": declared.age_band}
    fresh = make_link(Purpose.VOTING_CODE, address, valid_for=VALID, at=at, facts=facts)
    url = request.build_absolute_uri(reverse("budgets:get_code", args=[round_.slug, fresh.token]))
    lines = [
        _("You asked for a code to vote: %(round)s.") % {"round": round_.name},
        _("Press the button. Then you see your code. The button works for one day."),
    ]
    last = [_("Did you not ask for this? Then do nothing.")]
    emails.send(address, emails.Letter(_("Get your code to vote"), lines, url=url, button=_("Get my code"), last_lines=last))


def asked(round_: BudgetRound, token: str, *, at: datetime.datetime) -> Link:
    """The link of a mail, for the page with the button: it changes nothing. Raises `BadLink`."""
    link = open_link(Purpose.VOTING_CODE, token, at=at)
    if link.facts.get("round") != str(round_.uuid):
        raise BadLink(_("We do not know this link. Perhaps a part of it is missing."))
    return link


@transaction.atomic
def claim_by_mail(round_: BudgetRound, token: str, *, at: datetime.datetime) -> tuple[Letter, str]:
    """The code of who presses the button, and their address, which is kept no longer. Raises `BadLink`, `Voted` and as `mail_link`."""
    check_open(round_, Channel.EMAIL, at)
    asked(round_, token, at=at)
    link = use_link(Purpose.VOTING_CODE, token, at=at)
    address, facts = link.subject, link.facts
    # All links to this address: only one of them made the code.
    Link.objects.filter(purpose=Purpose.VOTING_CODE, subject=address, facts__round=str(round_.uuid)).delete()
    declared = Declared(area_of(round_, facts.get("area", "")), facts.get("age", ""))
    return claim(round_, channel=Channel.EMAIL, name=mailbox(address), declared=declared, at=at), address


@transaction.atomic
def claim_by_broker(round_: BudgetRound, person: Person, declared: Declared, *, at: datetime.datetime) -> Letter:
    """The code of who is signed in by a broker. Raises `NoBroker`, `Voted`, `NotOpen` and `NotThisChannel`."""
    check_open(round_, Channel.BROKER, at)
    known = Identity.objects.filter(person=person, provider__in=brokers()).order_by("pk").first()
    if known is None:
        raise NoBroker(_("For this you sign in with DigiD, or as your municipality says."))
    return claim(round_, channel=Channel.BROKER, name=f"{known.provider}|{known.subject}", declared=declared, at=at)


@transaction.atomic
def claim(round_: BudgetRound, *, channel: str, name: str, declared: Declared, at: datetime.datetime) -> Letter:
    """The code of whoever is known by this name in this channel: their first, or a new one in the place of one that was not used.

    Raises `Voted` and `keys.NoKey`.
    """
    key = key_for(round_)
    claim_id = claim_of(key, channel, name)
    try:
        with transaction.atomic():
            (made,) = write(round_, key, [()], [declared.age_band], channel=channel, area=declared.area, batch=None)
            Claim.objects.create(claim_id=claim_id, round=round_, reference=made.reference)
    except IntegrityError:
        reference = Claim.objects.get(claim_id=claim_id).reference
        code = renew(round_, key, reference, area=declared.area, age_band=declared.age_band)
        made = Letter(grouped(code), reference)
    write_down("budget_round.code_asked", round_, by=None, at=at, channel=channel, payload={})
    return made


def mail_code(address: str, round_: BudgetRound, made: Letter, *, at: datetime.datetime) -> bool:
    """Hand over a mail with the code, which is kept nowhere. Whether it left; where not, the page still shows the code.

    Outside the transaction that made the code: a mail server that is down takes no code back.
    """
    lines = [
        _("This is your code to vote: %(round)s.") % {"round": round_.name},
        made.code,
        _("Keep this mail until the vote is over. With the same code you can change your vote. Give it to nobody."),
    ]
    written = house_letter(_("Your code to vote"), lines, language=get_language() or "nl")
    try:
        hand_over_unkept(address, written, kind=Kind.ACCOUNT, at=at)
    except (NotNow, NeverDelivered):
        return False
    return True


def mailbox(address: str) -> str:
    """An address as one mailbox has it: what stands behind a plus sign is the same mailbox."""
    name, _at, domain = address.strip().lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def area_of(round_: BudgetRound, code: str) -> Area:
    """The neighbourhood that somebody chose, of those that vote. Raises `NotOpen` for one that does not."""
    for area, _name in where_people_vote(round_):
        if area.code == code:
            return area
    raise NotOpen(_("People of this neighbourhood do not vote in this round."))
