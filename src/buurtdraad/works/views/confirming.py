"""All sheets of an owner on one page: behind the link in the mail of the month, or signed in. Opening it changes nothing."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.asking import me, require_form
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import HOUR, limited, limited_address
from buurtdraad.partners.states import Says
from buurtdraad.ui.asking import said
from buurtdraad.works.access import COLLEAGUE
from buurtdraad.works.actions import confirming as actions
from buurtdraad.works.forms.confirming import SheetForm, WhoForm
from buurtdraad.works.models import Work
from buurtdraad.works.queries.confirming import is_unconfirmed, owned
from buurtdraad.works.queries.works import with_places

# The name of who answered last by this link, so that they type it once.
SAID_BY = "works_said_by"


@dataclass(frozen=True)
class Voice:
    """Who answers, about which sheets, and at which address."""

    works: list[Work]
    here: str
    by: Person | None = None
    valid_until: datetime.datetime | None = None


@never_cache
@allow(EVERYBODY)
@require_form
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in the mail."""
    try:
        asked = actions.asked_by(token, at=timezone.now())
    except BadLink as refusal:
        again = _("Every month you get a new link by mail. You can also sign in.")
        go, name = reverse("works:confirm_mine"), _("Sign in and confirm my sheets")
        return said(request, _("This link does nothing more"), f"{refusal} {again}", status=404, back=go, go=name)
    return answered(request, Voice(asked.works, reverse("works:confirm", args=[token]), valid_until=asked.valid_until))


@never_cache
@allow(COLLEAGUE)
@require_form
def confirm_mine(request: HttpRequest) -> HttpResponse:
    """The open sheets of who is signed in."""
    person = me(request)
    return answered(request, Voice(with_places(owned(person.email or "")), reverse("works:confirm_mine"), by=person))


def answered(request: HttpRequest, voice: Voice) -> HttpResponse:
    if request.method != "POST":
        who = WhoForm(initial={"said_by": request.session.get(SAID_BY, "")})
        return page(request, voice, who, [SheetForm(work=work) for work in voice.works])
    limited_address("confirm", request)
    limited("confirm works", voice.here, most=300, within=HOUR)
    sent = with_button(request.POST)
    forms = [SheetForm(sent, work=work) for work in voice.works]
    filled = [form for form in forms if form.is_filled]
    who = WhoForm(sent)
    if not filled:
        return redirect(f"{voice.here}?gezegd=0")
    if voice.by is None and not who.is_valid():
        return page(request, voice, who, forms)
    name = voice.by.name if voice.by else who.cleaned_data["said_by"]
    if voice.by is None:
        request.session[SAID_BY] = name
    good = [form for form in filled if form.is_valid()]
    refused = actions.say_all([(form.work, form.answer) for form in good], name=name, by=voice.by, at=timezone.now())
    for form in good:
        if why := refused.get(form.work.uuid):
            form.add_error(None, why)
    if any(form.errors for form in filled):
        taken = [form for form in good if not form.errors]
        shown = [form if form in filled and form not in taken else SheetForm(work=form.work) for form in forms]
        return page(request, voice, who, shown, number=len(taken) or None)
    return redirect(f"{voice.here}?gezegd={len(good)}")


def with_button(sent: QueryDict) -> QueryDict:
    """What was sent, with the sheet of which the button "this is right" was pressed. All that was filled in goes along."""
    right = sent.get("right", "")
    if not right:
        return sent
    found = sent.copy()
    found[f"{right}-says"] = Says.RIGHT.value
    return found


def page(request: HttpRequest, voice: Voice, who: WhoForm, forms: list[SheetForm], *, number: int | None = None) -> HttpResponse:
    at, told = timezone.now(), request.GET.get("gezegd", "")
    if number is None and told.isdecimal() and len(told) < 4:
        number = int(told)
    bad: list[Form] = [form for form in forms if form.is_bound and form.errors]
    rows = [(form, is_unconfirmed(form.work, at)) for form in forms]
    context: dict[str, Any] = {"voice": voice, "who": None if voice.by else who, "number": number, "rows": rows, "bad": bad}
    return render(request, "works/confirm.html", context, status=422 if bad or who.errors else 200)
