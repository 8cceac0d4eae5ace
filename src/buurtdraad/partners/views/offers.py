"""What a partner offers, for who changes the partner."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.lib.access import allow
from buurtdraad.lib.dated import EndForm
from buurtdraad.partners import access, actions
from buurtdraad.partners.forms.areas import whole_city
from buurtdraad.partners.forms.offers import OfferForm
from buurtdraad.partners.models import Offer, Organisation
from buurtdraad.partners.queries.joining import now
from buurtdraad.partners.views.organisations import areas_to_choose, done_or_asked, partner_to_change


@allow(access.CHANGER)
@require_form
def add_offer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = partner_to_change(request, uuid)
    form = OfferForm(posted(request), areas=places_of(found))
    words = {"title": _("What does %(name)s offer?") % {"name": found}, "lead": _("Everybody can read this."), "button": _("Add")}
    deed = partial(actions.add_offer, found)
    return done_or_asked(request, form, deed=deed, about=found, says=_("The offer is added."), **words)


@allow(access.CHANGER)
@require_form
def change_offer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    offer, found = offer_to_change(request, uuid)
    had = {area.code for area in offer.areas.all()}
    initial = {name: getattr(offer, name) for name in ("what", "for_whom", "from_on", "until_on")} | {"areas": had}
    form = OfferForm(posted(request), areas=places_of(found, also=had), initial=initial)
    deed = partial(actions.change_offer, offer)
    return done_or_asked(request, form, deed=deed, about=found, says=_("Saved."), title=_("Change: %(name)s") % {"name": offer})


@allow(access.CHANGER)
@require_form
def end_offer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    offer, found = offer_to_change(request, uuid)
    words = {"title": _("End: %(name)s") % {"name": offer}, "lead": _("After this day nobody reads it any more."), "button": _("End")}
    deed = partial(actions.end_offer, offer)
    return done_or_asked(request, EndForm(posted(request)), deed=deed, about=found, says=_("It has a last day now."), **words)


def offer_to_change(request: HttpRequest, uuid: UUID) -> tuple[Offer, Organisation]:
    """An offer with the whole that offers it, for who may change that; else 404 or 403."""
    offer = get_object_or_404(Offer.objects.select_related("organisation__joined_to"), uuid=uuid)
    return offer, partner_to_change(request, now(offer.organisation).uuid)


def places_of(organisation: Organisation, also: set[str] | None = None) -> list[tuple[str, str]]:
    """Where it can be offered: where the organisation works, else in the whole city."""
    return areas_to_choose(organisation, also=also) or [pair for _title, pairs in whole_city() for pair in pairs]
