"""`/werk/klopt-het/`: what partners said and what they did not, answering them, and sending the link once more or stopping it."""

import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from buurtdraad.accounts.access import Reach, has_duty
from buurtdraad.accounts.asking import me
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.emails import days_left
from buurtdraad.pages.confirming import actions
from buurtdraad.pages.confirming.forms import AnswerForm
from buurtdraad.pages.confirming.queries import voices_in, wards, works_in
from buurtdraad.pages.showing import tone_of
from buurtdraad.partners import access
from buurtdraad.partners import actions as partners
from buurtdraad.partners.models import Confirmation, Representative
from buurtdraad.partners.queries import confirming as queries

ANSWERED_LATELY = 10
ANSWERS = {
    Duty.AREA_ADVISER: gettext_lazy("The area adviser answers this."),
    Duty.AREA_MANAGER: gettext_lazy("The area manager answers this."),
    Duty.PROGRAMME_MANAGER: gettext_lazy("The programme manager answers this."),
}


def looks_in(person: Person) -> Reach:
    """Where somebody sees what partners said: the programme manager everywhere."""
    if has_duty(person, Duty.PROGRAMME_MANAGER):
        return Reach(everywhere=True)
    return access.where_to_answer(person, *access.HERE)


@never_cache
@allow(access.ANSWERER)
@require_safe
def confirmations(request: HttpRequest) -> HttpResponse:
    """What waits for an answer with the days left, and by area what was confirmed when."""
    today, reach = timezone.localdate(), looks_in(me(request))
    codes = None if reach.everywhere else reach.codes
    # All that waits in these areas, whoever has to answer it.
    waiting = queries.waiting(advising=reach, managing=reach, everywhere=has_duty(me(request), Duty.PROGRAMME_MANAGER), on=today)
    context = {
        "waiting": [(one, *due(one, today), whose(request, one, today)) for one in waiting],
        "wards": wards(codes, on=today),
        "voices": voices_in(codes, on=today),
        "answered": queries.answered_lately(reach, ANSWERED_LATELY),
    }
    return render(request, "pages/confirmations.html", context)


@never_cache
@allow(access.ANSWERER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_partner(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What one partner said, and the answer to it."""
    today = timezone.localdate()
    found = get_object_or_404(queries.to_answer(today), uuid=uuid)
    require((found.area.code if found.area else "") in looks_in(me(request)))
    may = may_answer(request, found) and not found.answered_at and found.says != "right"
    form, before = AnswerForm(request.POST or None, on_agreement=found.thing.startswith("agreement:")), ""
    if request.method == "POST":
        require(may_answer(request, found))
    if request.method == "POST" and form.is_valid():
        try:
            partners.answer(found, **form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as refusal:
            before, may = str(refusal), False
            found.refresh_from_db()
        else:
            messages.success(request, _("The partner gets your answer by mail."))
            return redirect("pages:confirmations")
    days, tone = due(found, today)
    context = {
        "said": found,
        "form": form if may else None,
        "days": days,
        "tone": tone,
        "whose": whose(request, found, today),
        "known": queries.is_known(found),
        "before": before,
    }
    return render(request, "pages/answer_partner.html", context, status=422 if form.errors or before else 200)


@allow(access.ANSWERER)
@require_POST
def ask_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send one representative a new link."""
    found = voice_here(request, uuid)
    try:
        actions.ask_again(found, by=me(request), at=timezone.now())
        messages.success(request, _("A new link is on its way to %(name)s. It works for fourteen days.") % {"name": found})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("pages:confirmations")


@allow(access.ANSWERER)
@require_POST
def stop_link(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The links that one representative got do nothing any more."""
    found = voice_here(request, uuid)
    try:
        actions.stop_links(found, by=me(request), at=timezone.now())
        messages.success(request, _("The link of %(name)s does nothing any more. You can send a new one.") % {"name": found})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("pages:confirmations")


def voice_here(request: HttpRequest, uuid: UUID) -> Representative:
    """Who speaks for a partner, for who sees what that says; else 404 or 403."""
    related = Representative.objects.select_related("organisation__joined_to", "person").prefetch_related("areas")
    found = get_object_or_404(related, uuid=uuid)
    reach = looks_in(me(request))
    require(reach.everywhere or any(code in reach for code in works_in(found.organisation)))
    return found


def may_answer(request: HttpRequest, said: Confirmation) -> bool:
    return access.may_answer(request.user, said.says, said.area.code if said.area else "")


def whose(request: HttpRequest, said: Confirmation, on: datetime.date) -> str:
    """Who answers this, where it is not for who asks: in words."""
    return "" if may_answer(request, said) else str(ANSWERS[queries.answered_by(said, on)])


def due(said: Confirmation, today: datetime.date) -> tuple[str, str]:
    """The days left in words, with the colour beside them; empty for what has no date."""
    if said.answer_by is None or said.answered_at:
        return "", "neutral"
    left = (said.answer_by - today).days
    return days_left(left), tone_of(left)
