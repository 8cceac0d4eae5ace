"""Worries about a plan: told by anybody, read at work, answered by the people of the plan or who advises the area."""

from uuid import UUID

from django.contrib import messages as notices
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.initiatives.access import READER, is_theirs, may_answer, may_read, where_to_read
from buurtdraad.initiatives.actions import concerns
from buurtdraad.initiatives.forms.support import AnswerForm, ConcernForm
from buurtdraad.initiatives.models import Concern
from buurtdraad.initiatives.queries.concerns import concern_by, concerns_to_read
from buurtdraad.initiatives.views.pieces import form_page, said, who
from buurtdraad.initiatives.views.support import asked_about
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import contact_for

# So many stand on the page.
LISTED = 50


@never_cache
@allow(EVERYBODY)
@require_form
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody worries. Who is signed in hears the answer; nobody of the plan sees who it was."""
    found, by, at = asked_about(slug), who(request), timezone.now()
    form = ConcernForm(posted(request))
    back = reverse("initiatives:initiative", args=[slug])
    title = _("What worries you about %(plan)s?") % {"plan": found.title}
    if request.method == "POST":
        limited_address("concern", request)
        if form.is_valid():
            concerns.give(found, words=form.cleaned_data["words"], contact=contact_for(by, at=at) if by else None, by=by, at=at)
            says = _("Somebody reads it first. Then the people of the plan give an answer, on the page of the plan.")
            return said(request, _("Thank you"), says, back=back, go=_("Back to the plan"))
    return form_page(request, form, title=title, plan=found, back=back, send=_("Send"))


@never_cache
@allow(EVERYBODY)
@require_form
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Answering a worry that was read."""
    found = concern_by(uuid)
    if found is None or not found.on_site:
        raise Http404
    if not may_answer(request.user, found, request.session):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied
    form = AnswerForm(posted(request), initial={"text": found.answer})
    plan = found.initiative
    theirs = is_theirs(request.user, plan, request.session)
    back = reverse("initiatives:manage" if theirs else "initiatives:neighbours", args=[plan.slug])
    if request.method == "POST" and form.is_valid():
        try:
            concerns.answer(found, text=form.cleaned_data["text"], by=who(request), at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            reads = found.answer_on_site
            notices.success(request, _("Your answer is on the site.") if reads else _("Somebody reads your answer first."))
            return redirect(back)
    return form_page(request, form, title=_("Answer a worry"), about=found.words, plan=plan, back=back)


@never_cache
@allow(READER)
@require_form
def to_read(request: HttpRequest) -> HttpResponse:
    """At work: worries and answers that nobody read yet; each goes on the site, or not."""
    if request.method == "POST":
        notices.success(request, decide(request))
        return redirect("initiatives:concerns_to_read")
    found = concerns_to_read(where_to_read(me(request)))[:LISTED]
    return render(request, "initiatives/concerns_to_read.html", {"concerns": found})


def decide(request: HttpRequest) -> str:
    """What was decided about one of them, in words."""
    which = request.POST.get("which", "")
    if not (which.isascii() and which.isdecimal() and len(which) < 19):
        raise Http404
    found = get_object_or_404(Concern.objects.select_related("initiative__area", "contact"), pk=which)
    require(may_read(request.user, found.initiative))
    deeds = {
        "show": (concerns.show, _("The worry is on the site. The people of the plan are asked for an answer.")),
        "take_off": (concerns.take_off, _("The worry is off the site. It waits here until you decide.")),
        "remove": (concerns.remove, _("The worry is destroyed.")),
        "show_answer": (concerns.show_answer, _("The answer is on the site.")),
        "answer_back": (concerns.give_answer_back, _("The people of the plan write another answer.")),
    }
    if (deed := request.POST.get("deed", "")) not in deeds:
        raise Http404
    act, words = deeds[deed]
    act(found, by=me(request), at=timezone.now())
    return words
