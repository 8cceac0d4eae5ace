"""`/werk/vernietigen/`: what is past its time, for administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.access import ADMINISTRATOR
from buurtdraad.accounts.destruction import actions as lists
from buurtdraad.accounts.destruction import queries
from buurtdraad.accounts.destruction.models import DestructionList
from buurtdraad.accounts.moderation.access import signed_in
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.retention import CLASSES
from buurtdraad.pages.destruction import actions
from buurtdraad.pages.destruction.forms import DestroyForm
from buurtdraad.pages.destruction.kinds import BY_KIND


@never_cache
@allow(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def destruction(request: HttpRequest) -> HttpResponse:
    proposed = queries.proposed_list()
    form = DestroyForm(request.POST or None, initial={"list": proposed.uuid if proposed else None})
    if request.method == "POST" and form.is_valid() and decide(request, form, proposed):
        return redirect("pages:destruction")
    context = {"proposed": shown(proposed), "form": form, "before": [shown(each) for each in queries.decided_lists()[:12]]}
    return render(request, "pages/destruction.html", context, status=422 if request.method == "POST" else 200)


def decide(request: HttpRequest, form: DestroyForm, proposed: DestructionList | None) -> bool:
    """Do what was chosen with the very list that was on the page; otherwise the form says why not."""
    if proposed is None or proposed.uuid != form.cleaned_data["list"]:
        form.add_error(None, _("This list is no longer the one that waits. Look again."))
        return False
    by = signed_in(request)
    try:
        if form.cleaned_data["decision"] == "destroy":
            actions.destroy(proposed, by=by, at=timezone.now())
        else:
            lists.refuse(proposed, why=form.cleaned_data["why"], by=by, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def shown(made: DestructionList | None) -> dict | None:
    """A list for the page: its lines with what people call each kind, and by which rule it goes."""
    if made is None:
        return None
    lines = [
        (
            BY_KIND[line.kind].label if line.kind in BY_KIND else line.kind,
            line.proposed,
            line.destroyed,
            CLASSES[line.retention_class].because,
        )
        for line in made.lines.all()
    ]
    return {"list": made, "lines": lines}
