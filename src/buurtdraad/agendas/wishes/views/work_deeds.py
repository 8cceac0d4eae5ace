"""Deeds for one or many wishes that somebody chose: answering, another step, joining."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.asking import me
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.access import ADVISER, areas_to_answer
from buurtdraad.agendas.wishes.blocks import BLOCKS, block_text
from buurtdraad.agendas.wishes.forms.work import AnswerForm, JoinForm, StepForm
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.near import near
from buurtdraad.agendas.wishes.queries.telling import audience
from buurtdraad.agendas.wishes.queries.work import chosen
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.agendas.wishes.views.work import UNPROCESSABLE, chosen_here
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import WrongStage


@never_cache
@allow(ADVISER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Write one answer, see who hears it and how, and send it. A block of text comes before what was typed."""
    wishes = chosen_here(request)
    if not wishes:
        return choose_first(request)
    if request.method != "POST":
        return answer_page(request, wishes, AnswerForm(wishes=wishes, today=timezone.localdate()))
    if block := block_text(request.POST.get("block", "")):
        text = "\n\n".join(part for part in (block, request.POST.get("text", "").strip()) if part)
        typed = {name: request.POST.get(name, "") for name in ("stage", "why_late")}
        return answer_page(request, wishes, AnswerForm(wishes=wishes, today=timezone.localdate(), initial={"text": text} | typed))
    form = AnswerForm(request.POST, wishes=wishes, today=timezone.localdate())
    deed = request.POST.get("deed")
    if form.is_valid() and deed == "send" and sent(request, wishes, form):
        return redirect(way_back(request))
    preview = form.is_valid() and deed not in ("send", "change")
    return answer_page(request, wishes, form, preview=preview, status=UNPROCESSABLE if form.errors else 200)


def sent(request: HttpRequest, wishes: list[Wish], form: AnswerForm) -> bool:
    """Send the answer that was seen; a refusal stands on the form."""
    said = form.cleaned_data
    stage = Stage(said["stage"]) if said["stage"] else None
    try:
        made = actions.answer(
            wishes, text=said["text"], stage=stage, by=me(request), at=timezone.now(), mark=str(said["mark"]),
            why_late=said.get("why_late", ""),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, in_plain_words(refused))
        return False
    told = sum(answered.told for answered in made.answered.all())
    notices.success(request, ngettext("Sent. %(number)d person hears it.", "Sent. %(number)d people hear it.", told) % {"number": told})
    return True


def answer_page(request: HttpRequest, wishes: list[Wish], form: AnswerForm, *, preview: bool = False, status: int = 200) -> HttpResponse:
    by, at = me(request), timezone.now()
    record_look(room="agendas", thing="wishes:to_answer", by=by.uuid, at=at)
    context = {
        "wishes": wishes,
        "form": form,
        "blocks": BLOCKS,
        "audience": audience(wishes, by=by, at=at),
        "preview": preview,
        "stage": Stage(form.cleaned_data["stage"]).label if preview and form.cleaned_data["stage"] else "",
        "back": way_back(request),
    }
    return render(request, "agendas/answer.html", context, status=status)


@never_cache
@allow(ADVISER)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest) -> HttpResponse:
    """Move one or many wishes to another step, with a reason. Nobody gets a message."""
    wishes = chosen_here(request)
    if not wishes:
        return choose_first(request)
    asked = request.method == "POST" and "stage" in request.POST
    form = StepForm(request.POST if asked else None, wishes=wishes)
    if asked and form.is_valid():
        said = form.cleaned_data
        try:
            actions.move_all(wishes, Stage(said["stage"]), why=said["why"], by=me(request), at=timezone.now())
        except Refused as refused:
            form.add_error(None, in_plain_words(refused))
        else:
            notices.success(request, _("The step is changed. Nobody gets a message of this."))
            return redirect(way_back(request))
    context = {"wishes": wishes, "form": form, "back": way_back(request)}
    return render(request, "agendas/step.html", context, status=UNPROCESSABLE if form.errors else 200)


@never_cache
@allow(ADVISER)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Join the chosen wishes to one of them, or to another of my areas."""
    wishes = chosen_here(request)
    if not wishes:
        return choose_first(request)
    reach = areas_to_answer(me(request))
    asked = request.method == "POST" and "into" in request.POST
    form = JoinForm(request.POST if asked else None, initial={"into": request.GET.get("bij", "")})
    if asked and form.is_valid():
        into = next(iter(chosen(reach, [form.cleaned_data["into"]])), None)
        if into is None:
            form.add_error("into", _("There is no wish with this number in your areas."))
        elif joined(request, wishes, into, form):
            notices.success(
                request, _("Joined to %(reference)s. You can undo it on the page of that wish.") % {"reference": into.reference}
            )
            return redirect("agendas:work_wish", reference=into.reference)
    found = near(wishes[0].text, reach, but=wishes[0], most=5) if len(wishes) == 1 else wishes
    context = {"wishes": wishes, "form": form, "near": found, "back": way_back(request)}
    return render(request, "agendas/join.html", context, status=UNPROCESSABLE if form.errors else 200)


def joined(request: HttpRequest, wishes: list[Wish], into: Wish, form: JoinForm) -> bool:
    """Join all but the one that they live on in; a refusal stands on the form."""
    others = [wish for wish in wishes if wish.pk != into.pk] or wishes
    try:
        actions.merge_all(others, into, why=form.cleaned_data["why"], by=me(request), at=timezone.now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def in_plain_words(refused: Refused) -> str:
    if isinstance(refused, WrongStage):
        return _("Somebody else changed one of these wishes meanwhile. Nothing changed now. Look again.")
    return str(refused)


def choose_first(request: HttpRequest) -> HttpResponse:
    notices.info(request, _("Choose at least one wish."))
    return redirect(way_back(request))


def way_back(request: HttpRequest) -> str:
    """Where somebody came from, as far as that is a page of ours; else the list."""
    wanted = request.POST.get("terug") or request.GET.get("terug") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if ours and wanted.isprintable() else reverse("agendas:to_answer")
