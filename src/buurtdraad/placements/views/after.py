"""Looking back: one page per placement, a reflection that only its writer reads, thanks, and two questions without a name."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.placements import access
from buurtdraad.placements.access import attended_by, reflected_by
from buurtdraad.placements.actions import after as actions
from buurtdraad.placements.actions import feelings as asking
from buurtdraad.placements.forms.after import FeelingsForm, ReflectionForm, ThanksForm
from buurtdraad.placements.models import Placement
from buurtdraad.placements.queries import lessons as queries
from buurtdraad.placements.states import Stage
from buurtdraad.placements.views.ending import ended
from buurtdraad.ui.asking import UNPROCESSABLE, form_page


def mine(request: HttpRequest, uuid: UUID) -> Placement:
    """A placement at which this person was. That of somebody else is not there, whoever asks."""
    return get_object_or_404(attended_by(request.user), uuid=uuid)


def kept_by(request: HttpRequest, uuid: UUID) -> Placement:
    """The same, also when a host noted later that they were not there and a reflection is kept."""
    return get_object_or_404(reflected_by(request.user), uuid=uuid)


@never_cache
@allow(SIGNED_IN)
@require_safe
def look_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What one can do after a placement: write for oneself, share a lesson, thank the host."""
    placement = kept_by(request, uuid)
    context = {
        "placement": placement,
        "was_there": placement.stage == Stage.ATTENDED,
        "shift": placement.shift,
        "host": placement.shift.host,
        "reflection": getattr(placement, "reflection", None),
        "lessons": list(placement.lessons.filter(writer=me(request))),
        "thanks": getattr(placement, "thanks", None),
    }
    return render(request, "placements/look_back.html", context)


@sensitive_post_parameters()
@never_cache
@allow(SIGNED_IN)
@require_form
def reflect(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The reflection of its writer. What looks like a name is marked, with advice; nothing is refused."""
    placement = kept_by(request, uuid)
    kept = getattr(placement, "reflection", None)
    form = ReflectionForm(posted(request), initial={"words": kept.words if kept else ""})
    if request.method == "POST" and form.is_valid():
        actions.keep_reflection(placement, words=form.cleaned_data["words"], by=me(request), at=timezone.now())
        messages.success(request, _("This is kept. Only you can read it."))
        return redirect("placements:reflect", uuid)
    found = [text for text in queries.marked([kept.words if kept else ""]) if any(why for _piece, why in text)]
    context = {"placement": placement, "host": placement.shift.host, "form": form, "kept": kept, "marked": found}
    return render(request, "placements/reflect.html", context, status=UNPROCESSABLE if form.errors else 200)


@never_cache
@allow(SIGNED_IN)
@require_form
def remove_reflection(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw away one's own reflection: asked first."""
    placement = get_object_or_404(access.placements_of(request.user), uuid=uuid)
    if request.method != "POST":
        return form_page(
            request, Form(), send=_("Throw away"), title=_("Throw away your reflection?"), about=placement.shift.host.name,
            lead=_("You cannot undo this. Nobody can bring it back."), back=reverse("placements:reflect", args=[uuid]),
        )  # fmt: skip
    if getattr(placement, "reflection", None):
        actions.remove_reflection(placement, by=me(request), at=timezone.now())
    messages.success(request, _("Your reflection is gone."))
    return redirect("placements:look_back" if placement.stage == Stage.ATTENDED else "placements:placement", uuid)


@never_cache
@allow(SIGNED_IN)
@require_form
def thank(request: HttpRequest, uuid: UUID) -> HttpResponse:
    placement = mine(request, uuid)
    form = ThanksForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.thank(placement, words=form.cleaned_data["words"], by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your thanks are on their way."))
            return redirect("placements:look_back", uuid)
    back = reverse("placements:look_back", args=[uuid])
    return form_page(request, form, title=_("Thank the host"), about=placement.shift.host.name, back=back, send=_("Send"))


@sensitive_post_parameters()
@never_cache
@allow(EVERYBODY)
@require_form
def feelings(request: HttpRequest, token: str) -> HttpResponse:
    """Two questions by a link. Nothing here asks who it is."""
    form = FeelingsForm(posted(request))
    try:
        asking.code_of(token)
        if request.method == "POST" and form.is_valid():
            asking.answer_feelings(token, **form.answers())
            return ended(request, _("Thank you"), _("Your answer counts. Nobody can see that it is yours."))
    except asking.UsedCode as refusal:
        return ended(request, _("This link does nothing more"), str(refusal), status=404)
    return render(request, "placements/feelings.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200)
