"""The people of an initiative: who is of it, what may stand on the site of them, a neighbour invited, and going on elsewhere.

Nobody needs an account. A link in a mail lets another browser hold the initiative, and makes its address a member.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, open_link, use_link
from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.agendas.wishes.actions.people import contact_of
from buurtdraad.initiatives.actions.records import write_down
from buurtdraad.initiatives.models import Initiative, Member
from buurtdraad.initiatives.rules import GO_ON_DAYS, INVITED_DAYS, is_name
from buurtdraad.initiatives.states import Role
from buurtdraad.lib.limits import HOUR, limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import add_contact
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Way
from buurtdraad.places.queries import city_name

EMAIL, LANGUAGE = "email", "language"
MOST_LINKS = 10  # mails an hour to one address, and of one initiative


@dataclass(frozen=True)
class Sort:
    """A sort of link: what it is for, the page that it opens, how many days it works, and the verb of sending it."""

    purpose: Purpose
    page: str
    days: int
    verb: str


JOINING = Sort(Purpose.JOIN_INITIATIVE, "initiatives:join", INVITED_DAYS, "initiative.invited")
GOING_ON = Sort(Purpose.GO_ON_INITIATIVE, "initiatives:go_on", GO_ON_DAYS, "initiative.go_on_sent")


class NotAName(Refused):
    """What was given is not what people call somebody."""


class LastOne(Refused):
    """An initiative keeps somebody whom we can reach."""


# --- who is of it ---------------------------------------------------------------------------------------


@transaction.atomic
def add_member(
    initiative: Initiative, contact: Contact, *, role: str = Role.CO_WORKER, name: str = "", agreed: bool = False,
    by: Person | None, at: datetime.datetime,
) -> Member:  # fmt: skip
    """Somebody is of it from now on, and may change it; who is already stays as they are. Raises `NotAName`.

    `agreed`: their name may stand on the site.
    """
    name = called(name, agreed)
    facts = {"role": role, "name": name, "agreed_at": at if agreed else None, "joined_at": at}
    member, new = Member.objects.get_or_create(initiative=initiative, contact=contact, defaults=facts)
    if new:
        write_down("initiative.member_added", initiative, by=by, at=at, payload={"role": role})
    return member


@transaction.atomic
def add_somebody(initiative: Initiative, *, name: str, phone: str = "", by: Person, at: datetime.datetime) -> Member:
    """Who has no e-mail, written down by who helps them: we call, where there is a number. Raises `NotAPhoneNumber`."""
    way = Way.CALL if phone else Way.NONE
    contact = add_contact(name=name, way=way, phone=phone, language=get_language() or "nl", by=by.uuid, at=at)
    return add_member(initiative, contact, role=Role.INITIATOR, by=by, at=at)


@transaction.atomic
def change_member(member: Member, *, name: str, agreed: bool, by: Person | None, at: datetime.datetime) -> None:
    """What to call somebody, and whether that may stand on the site. Raises `NotAName`."""
    name = called(name, agreed)
    moment = (member.agreed_at or at) if agreed else None
    Member.objects.filter(pk=member.pk).update(name=name, agreed_at=moment)
    member.name, member.agreed_at = name, moment
    write_down("initiative.member_named", member.initiative, by=by, at=at, payload={"on_site": agreed})


def called(name: str, agreed: bool) -> str:
    name = " ".join(name.split())
    if name and not is_name(name):
        raise NotAName(_("Write only a first name, such as: Kees."))
    if agreed and not name:
        raise NotAName(_("Which name may stand on the site?"))
    return name


@transaction.atomic
def remove_member(member: Member, *, by: Person | None, at: datetime.datetime) -> None:
    """They are not of it any more. Raises `LastOne`: then nobody could answer for it."""
    initiative = Initiative.objects.select_for_update(of=("self",)).select_related("area").get(pk=member.initiative_id)
    if not initiative.members.exclude(pk=member.pk).exclude(contact=None).exists():
        raise LastOne(_("Without you nobody is left. Ask a neighbour to join in first, or call us."))
    if Member.objects.filter(pk=member.pk).delete()[0]:
        write_down("initiative.member_left", initiative, by=by, at=at)


# --- a neighbour invited, and going on elsewhere ----------------------------------------------------------


def invite(request: HttpRequest, initiative: Initiative, email: str, *, by: Person | None, at: datetime.datetime) -> None:
    """Ask a neighbour by mail to join in; whoever opens the link decides that themselves. Raises `TooOften`."""
    letter = emails.Letter(
        subject=_("Do you join in with %(plan)s?") % {"plan": initiative.title},
        lines=[
            _("A neighbour asks you to join in with a plan on the neighbourhood website of %(city)s.") % {"city": city_name()},
            _("The plan is called: %(plan)s.") % {"plan": initiative.title},
            _("Open the link to read it. There you say yes, or nothing at all. You need no account."),
        ],
        button=_("See the plan"),
        last_lines=[_("The link works once. We keep your address only when you say yes.")],
    )
    send_link(request, initiative, email, JOINING, letter, by=by, at=at)


def send_go_on_link(initiative: Initiative, email: str, *, request: HttpRequest, by: Person | None, at: datetime.datetime) -> None:
    """Mail a link with which somebody goes on with it, on any device. Only for who may change it. Raises `TooOften`."""
    letter = emails.Letter(
        subject=_("Go on with your plan: %(plan)s") % {"plan": initiative.title},
        lines=[
            _("You are making a plan on the neighbourhood website of %(city)s.") % {"city": city_name()},
            _("With this link you go on with it, on any telephone or computer. You need no account."),
        ],
        button=_("Go on with my plan"),
        last_lines=[_("The link works once. Was it not you? Then you need do nothing.")],
    )
    send_link(request, initiative, email, GOING_ON, letter, by=by, at=at)


def send_link(
    request: HttpRequest, initiative: Initiative, email: str, link: Sort, letter: emails.Letter,
    *, by: Person | None, at: datetime.datetime,
) -> None:  # fmt: skip
    email = email.lower()
    limited("initiative link", email, most=MOST_LINKS, within=HOUR)
    limited("initiative links", str(initiative.uuid), most=MOST_LINKS * 2, within=HOUR)
    with transaction.atomic():
        facts = {EMAIL: email, LANGUAGE: get_language() or "nl"}
        days = datetime.timedelta(days=link.days)
        fresh = make_link(link.purpose, f"initiative:{initiative.uuid}", valid_for=days, at=at, facts=facts)
        url = request.build_absolute_uri(reverse(link.page, args=[fresh.token]))
        emails.send(email, emails.Letter(letter.subject, letter.lines, url, letter.button, last_lines=letter.last_lines))
        write_down(link.verb, initiative, by=by, at=at, public=False)


def asked_by(purpose: Purpose, token: str, *, at: datetime.datetime) -> Initiative:
    """What a link is about, for its page. Changes nothing. Raises `BadLink`."""
    return of_link(open_link(purpose, token, at=at))


def of_link(link: Link) -> Initiative:
    found = Initiative.objects.select_related("area").filter(uuid=link.subject.removeprefix("initiative:")).first()
    if found is None:
        raise BadLink(_("This plan is not there any more. Call us if you want to know why."))
    return found


@transaction.atomic
def join(token: str, *, name: str, agreed: bool, at: datetime.datetime) -> Initiative:
    """Yes, to the link of `invite`: who opened it is of the initiative. Raises `BadLink` and `NotAName`."""
    link = use_link(Purpose.JOIN_INITIATIVE, token, at=at)
    initiative = of_link(link)
    contact = contact_of(link.facts[EMAIL], link.facts.get(LANGUAGE, "nl"), at=at)
    add_member(initiative, contact, role=Role.CO_WORKER, name=name, agreed=agreed, by=contact.person, at=at)
    return initiative


@transaction.atomic
def go_on(token: str, *, at: datetime.datetime) -> Initiative:
    """Use the link of `send_go_on_link`: its address is of the initiative, as who started it when nobody was. Raises `BadLink`."""
    link = use_link(Purpose.GO_ON_INITIATIVE, token, at=at)
    initiative = of_link(link)
    contact = contact_of(link.facts[EMAIL], link.facts.get(LANGUAGE, "nl"), at=at)
    first = not initiative.members.filter(role=Role.INITIATOR).exclude(contact=None).exists()
    add_member(initiative, contact, role=Role.INITIATOR if first else Role.CO_WORKER, by=contact.person, at=at)
    return initiative
