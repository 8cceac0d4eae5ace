"""Saying what one thinks of a plan of a neighbour: at once for who is signed in, by a link in a mail for everybody else."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.initiatives.actions import support
from buurtdraad.initiatives.forms.support import ELSEWHERE, OpinionForm
from buurtdraad.initiatives.models import Initiative, Opinion
from buurtdraad.initiatives.states import OPEN
from buurtdraad.initiatives.views.beginning import link_refused
from buurtdraad.initiatives.views.pieces import UNPROCESSABLE, form_page, said, who
from buurtdraad.initiatives.views.public import SECTION
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import contact_for


def asked_about(slug: str) -> Initiative:
    """A plan on the site about which neighbours can say something; 404 for any other."""
    found = get_object_or_404(Initiative.objects.on_site().select_related("area"), slug=slug)
    if found.stage not in OPEN:
        raise Http404
    return found


@never_cache
@allow(EVERYBODY)
@require_form
def opinion(request: HttpRequest, slug: str) -> HttpResponse:
    """Three choices; who is signed in can change and take back what they said."""
    found, by = asked_about(slug), who(request)
    before = found.opinions.filter(contact__person=by).first() if by else None
    if request.method == "POST":
        limited_address("opinion", request)
        if before and request.POST.get("deed") == "back":
            support.take_back(before, by=by, at=timezone.now())
            return thanked(found, request, _("Your opinion does not count any more."))
    form = OpinionForm(posted(request), about=found, known=by is not None, initial=as_said(before))
    if request.method != "POST" or not form.is_valid():
        return opinion_page(request, found, form, before)
    try:
        return thanked(found, request, say(request, found, form, by))
    except Refused as refused:
        form.add_error(None, str(refused))
        return opinion_page(request, found, form, before)


def say(request: HttpRequest, found: Initiative, form: OpinionForm, by: Person | None) -> str:
    """Do it, and what happened in words."""
    told: dict[str, Any] = {"says": form.cleaned_data["says"], "zone": form.chosen, "household": form.household, "at": timezone.now()}
    if by is None:
        support.mail_to_confirm(request, found, form.cleaned_data["email"], **told)
        return _("Look in your mail, and press the button there. Then your opinion counts.")
    support.give_opinion(found, contact=contact_for(by, at=told["at"]), by=by, **told)
    return _("Your opinion counts. Nobody sees what you said.")


def as_said(before: Opinion | None) -> dict[str, Any]:
    return {"says": before.says, "zone": str(before.zone_id or ELSEWHERE)} if before else {}


def opinion_page(request: HttpRequest, found: Initiative, form: OpinionForm, before: Opinion | None) -> HttpResponse:
    context = {"plan": found, "form": form, "before": before, "section": SECTION}
    return render(request, "initiatives/opinion.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def thanked(found: Initiative, request: HttpRequest, says: str) -> HttpResponse:
    back = reverse("initiatives:initiative", args=[found.slug])
    return said(request, _("Thank you"), says, back=back, go=_("Back to the plan"))


@never_cache
@allow(EVERYBODY)
@require_form
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: opening changes nothing, the button lets it count."""
    at = timezone.now()
    try:
        if request.method == "POST":
            made = support.confirm(token, at=at)
            return thanked(made.initiative, request, _("Your opinion counts. Nobody sees what you said."))
        found = support.asked_to_confirm(token, at=at)
    except BadLink as problem:
        return link_refused(request, problem)
    except Refused as refused:
        return said(request, _("Your opinion does not count"), str(refused), status=409)
    return form_page(request, None, title=_("Your opinion on %(plan)s") % {"plan": found.title}, send=_("Yes, let it count"))
