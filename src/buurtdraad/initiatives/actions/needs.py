"""What an initiative needs, and who offers to help. Who offers is seen by its people only."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from buurtdraad.accounts import emails
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, make_link, open_link, use_link
from buurtdraad.accounts.signing_in.models import Link, Purpose
from buurtdraad.agendas.wishes.actions.people import contact_of
from buurtdraad.initiatives.actions.people import EMAIL, LANGUAGE, MOST_LINKS
from buurtdraad.initiatives.actions.plans import hold_row, waits
from buurtdraad.initiatives.actions.records import tell_people, write_down
from buurtdraad.initiatives.models import HelpOffer, Initiative, Need
from buurtdraad.initiatives.rules import CONFIRM_DAYS
from buurtdraad.initiatives.states import HELPS, OFFER_MOVES, OPEN, OfferStage, Showing
from buurtdraad.lib.limits import HOUR, limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.actions import tell
from buurtdraad.messages.models import Contact
from buurtdraad.messages.states import Kind
from buurtdraad.places.queries import city_name


class NoHelpNow(Refused):
    """Nobody can help with what is over, or does not stand on the site."""


# --- what it needs ----------------------------------------------------------------------------------------


@transaction.atomic
def add_need(
    initiative: Initiative, *, kind: str, words: str, amount: Decimal | None = None, by: Person | None, at: datetime.datetime
) -> Need:
    """It needs this; `amount` in euros, of money. Of one on the site its words are read first."""
    facts = {"kind": kind, "words": words, "amount": amount, "on_site": not waits(hold_row(initiative), by)}
    made = Need.objects.create(initiative=initiative, **facts)
    write_down("need.added", initiative, by=by, at=at, payload={"kind": kind})
    return made


@transaction.atomic
def read_need(need: Need, *, yes: bool, by: Person, at: datetime.datetime) -> None:
    """Somebody read what it needs: it stands on the site, or is taken away. A second time changes nothing."""
    waiting = Need.objects.filter(pk=need.pk, on_site=False)
    done = waiting.update(on_site=True) if yes else waiting.delete()[0]
    if done:
        write_down("need.shown" if yes else "need.removed", need.initiative, by=by, at=at)


@transaction.atomic
def meet_need(need: Need, *, met: bool, by: Person | None, at: datetime.datetime) -> None:
    """They have it now, or need it after all."""
    Need.objects.filter(pk=need.pk).update(met_on=localdate(at) if met else None)
    need.refresh_from_db()
    write_down("need.met" if met else "need.asked_again", need.initiative, by=by, at=at)


@transaction.atomic
def remove_need(need: Need, *, by: Person | None, at: datetime.datetime) -> None:
    """They do not need it; offers stay. A second time changes nothing."""
    if Need.objects.filter(pk=need.pk).delete()[0]:
        write_down("need.removed", need.initiative, by=by, at=at)


# --- who offers -------------------------------------------------------------------------------------------


@transaction.atomic
def offer_help(
    initiative: Initiative, *, contact: Contact, name: str = "", words: str = "", need: Need | None = None,
    by: Person | None, at: datetime.datetime,
) -> HelpOffer:  # fmt: skip
    """Somebody wants to help, with what it needs or in general; who offers the same again changes their words. Raises `NoHelpNow`.

    Its people are told, and see the name, the words and the e-mail address.
    """
    held = hold_row(initiative)
    if held.stage not in OPEN or held.showing != Showing.SHOWN:
        raise NoHelpNow(_("This plan asks for no help now."))
    facts = {"name": name[:100], "words": words, "offered_at": at, "stage": OfferStage.OFFERED, "answered_at": None}
    made, new = HelpOffer.objects.update_or_create(initiative=held, need=need, contact=contact, defaults=facts)
    write_down("help.offered", held, by=by, at=at, public=False)
    if new:
        subject = format_lazy(gettext_lazy("Somebody wants to help with your plan: {plan}"), plan=held.title)
        tell_people(held, subject, gettext_lazy("Open your plan to see who it is. Tell them whether you want it."), by=by, at=at)
    return made


def mail_to_offer(
    request: HttpRequest, initiative: Initiative, email: str, *, name: str, words: str, need: Need | None, at: datetime.datetime
) -> None:
    """Mail a link with which a visitor says that the offer is theirs; until then nobody sees it. Raises `TooOften`."""
    email = email.lower()
    limited("offer to confirm", email, most=MOST_LINKS, within=HOUR)
    with transaction.atomic():
        facts = {EMAIL: email, LANGUAGE: get_language() or "nl", "name": name, "words": words, "need": need.pk if need else None}
        days = datetime.timedelta(days=CONFIRM_DAYS)
        fresh = make_link(Purpose.OFFER_HELP, f"initiative:{initiative.uuid}", valid_for=days, at=at, facts=facts)
        letter = emails.Letter(
            subject=_("Do you want to help with %(plan)s?") % {"plan": initiative.title},
            lines=[
                _("Somebody gave us this e-mail address on the neighbourhood website of %(city)s.") % {"city": city_name()},
                _("They want to help with the plan: %(plan)s.") % {"plan": initiative.title},
                _("Is it yours? Open the link, and then press the button. Then the people of the plan see your name and address."),
            ],
            url=request.build_absolute_uri(reverse("initiatives:confirm_offer", args=[fresh.token])),
            button=_("Yes, I want to help"),
            last_lines=[_("Was it not you? Then you need do nothing. We will not mail you again about this.")],
        )
        emails.send(email, letter)


def asked_to_offer(token: str, *, at: datetime.datetime) -> Initiative:
    """What a link of `mail_to_offer` is about, for its page. Changes nothing. Raises `BadLink`."""
    return helped(open_link(Purpose.OFFER_HELP, token, at=at))


def helped(link: Link) -> Initiative:
    found = Initiative.objects.on_site().select_related("area").filter(uuid=link.subject.removeprefix("initiative:")).first()
    if found is None:
        raise BadLink(_("This plan is not there any more. Call us if you want to know why."))
    return found


@transaction.atomic
def confirm_offer(token: str, *, at: datetime.datetime) -> HelpOffer:
    """Yes, to the link of `mail_to_offer`. Raises `BadLink` and `NoHelpNow`."""
    link = use_link(Purpose.OFFER_HELP, token, at=at)
    initiative, facts = helped(link), link.facts
    contact = contact_of(facts[EMAIL], facts.get(LANGUAGE, "nl"), at=at)
    need = initiative.needs.filter(pk=facts.get("need")).first()
    return offer_help(initiative, contact=contact, name=facts["name"], words=facts["words"], need=need, by=contact.person, at=at)


@transaction.atomic
def answer_offer(offer: HelpOffer, *, take: bool, by: Person | None, at: datetime.datetime) -> None:
    """Its people gladly take the help, or do not need it; who offered hears so. Raises `WrongStage`."""
    move(offer, OfferStage.TAKEN if take else OfferStage.DECLINED, moves=OFFER_MOVES)
    HelpOffer.objects.filter(pk=offer.pk).update(answered_at=at)
    initiative = offer.initiative
    write_down("help.taken" if take else "help.declined", initiative, by=by, at=at, public=False)
    if offer.contact is None:
        return
    taken = gettext_lazy("They are glad with your help: {plan}")
    subject = format_lazy(taken if take else gettext_lazy("Your help is not needed now: {plan}"), plan=initiative.title)
    body = gettext_lazy("They call or mail you themselves.") if take else gettext_lazy("Thank you for offering it.")
    tell(
        offer.contact, kind=Kind.AGENDA, subject=subject, body=body, link=f"/initiatieven/{initiative.slug}/",
        area=initiative.area, thing=initiative.thing, by=by.uuid if by else None, at=at,
    )  # fmt: skip


@transaction.atomic
def withdraw_offers(initiative: Initiative, *, by: Person, at: datetime.datetime) -> None:
    """Somebody takes back all help that they offered here. A second time changes nothing."""
    for offer in initiative.offers.select_related("initiative__area").filter(contact__person=by, stage__in=HELPS):
        withdraw_offer(offer, by=by, at=at)


@transaction.atomic
def withdraw_offer(offer: HelpOffer, *, by: Person | None, at: datetime.datetime) -> None:
    """Who offered it takes it back. Raises `WrongStage`."""
    move(offer, OfferStage.WITHDRAWN, moves=OFFER_MOVES)
    HelpOffer.objects.filter(pk=offer.pk).update(answered_at=at)
    write_down("help.withdrawn", offer.initiative, by=by, at=at, public=False)
