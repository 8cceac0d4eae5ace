"""Advice: asked from the file, given on a page that shows the plan and the costs, without who asks for the money."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions import advice as actions
from buurtdraad.fund.actions.interests import declare
from buurtdraad.fund.forms.handling import AdviceAskedForm, AdviceForm, InterestForm
from buurtdraad.fund.models import Application
from buurtdraad.fund.queries.colleagues import advisers_for
from buurtdraad.fund.states import Interest, Stage
from buurtdraad.fund.views.on_file import deed_with_form, known
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE, form_page


@allow(access.HANDLER)
@require_form
def ask_advice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    application = known(request, uuid)
    form = AdviceAskedForm(posted(request), people=advisers_for(application, on=timezone.localdate(), but=me(request)))

    def act() -> None:
        actions.ask(application, form.person, department=form.cleaned_data["department"], by=me(request), at=timezone.now())

    says = _("Your colleague is asked.")
    return deed_with_form(request, application, form, act, says=says, title=_("Ask for advice"), send=_("Ask"))


@never_cache
@allow(access.ADVICE_GIVER)
@require_form
def give_advice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """First whether they have something to do with it, then what they think. Their duty does not matter: they were asked."""
    application = asked_about(request, uuid)
    advice = application.advices.get(asked_of=me(request).uuid)
    before = "" if advice.positive is None else str(int(advice.positive))
    form = AdviceForm(posted(request), initial={"positive": before, "words": advice.words})
    if form.is_valid():
        try:
            actions.give(advice, **form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Thank you. Your advice stands in the file."))
            return redirect("fund:advice_asked")
    context = {
        "application": application,
        "plan": application.initiative,
        "costs": application.costs.all(),
        "advice": advice,
        "declared": access.has_declared(request.user, application),
        "form": form,
        "interest_form": InterestForm(),
        "open": access.may_still_advise(application),
    }
    return render(request, "fund/give_advice.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@allow(access.ADVICE_GIVER)
@require_form
def declare_to_advise(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Whether who is asked for advice has something to do with it. Who has, is not asked any more."""
    application = asked_about(request, uuid)
    form = InterestForm(posted(request))
    if form.is_valid():
        says = Interest(form.cleaned_data["says"])
        declare(application, me(request), says, form.cleaned_data["words"], by=me(request), at=timezone.now())
        if says == Interest.YES:
            messages.success(request, _("Thank you. Somebody else takes up this request."))
            return redirect("fund:advice_asked")
        return redirect("fund:give_advice", uuid)
    title = _("Do you have something to do with this request?")
    return form_page(request, form, title=title, about=str(application), back=reverse("fund:advice_asked"))


def asked_about(request: HttpRequest, uuid: UUID) -> Application:
    """The application about which somebody is asked for advice: 404 for who is not, 403 for who has an interest in it."""
    found = Application.objects.exclude(stage=Stage.DRAFT).filter(advices__asked_of=me(request).uuid)
    application = get_object_or_404(found.select_related("initiative__area", "rules__scheme", "contact"), uuid=uuid)
    require(access.may_advise_on(request.user, application))
    return application
