"""`/werk/vernietigen/`: what is past its time, for administrators."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.access import ADMINISTRATOR
from buurtdraad.accounts.destruction import actions as lists
from buurtdraad.accounts.destruction import queries
from buurtdraad.accounts.destruction.models import DestructionLine, DestructionList
from buurtdraad.accounts.moderation.access import signed_in
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.retention import CLASSES
from buurtdraad.pages.destruction import actions
from buurtdraad.pages.destruction.forms import DestroyForm
from buurtdraad.pages.destruction.kinds import BY_KIND

# So many of one kind stand on the page, the oldest first.
MOST_SHOWN = 200


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


@dataclass(frozen=True)
class Shown:
    """One kind on a list: how many, by which rule, and (while it waits) which: since when, what, how old; the oldest first."""

    label: str | Promise
    because: str | Promise
    proposed: int
    destroyed: int
    head: tuple[str | Promise, ...] = ()
    rows: tuple[tuple[str, str, str], ...] = ()


def shown(made: DestructionList | None) -> dict | None:
    """A list for the page, with the lines of each kind."""
    return {"list": made, "lines": [as_shown(line, made.on) for line in made.lines.all()]} if made else None


def as_shown(line: DestructionLine, on: datetime.date) -> Shown:
    because, kind = CLASSES[line.retention_class].because, BY_KIND.get(line.kind)
    if kind is None:  # a kind of before, in an old list
        return Shown(line.kind, because, line.proposed, line.destroyed)
    found = kind.due(on).filter(pk__in=line.ids).order_by(kind.since, "pk")[:MOST_SHOWN] if line.ids else ()
    moments = ((getattr(one, kind.since), kind.words(one)) for one in found)
    rows = tuple((date_format(timezone.localtime(since), "j F Y"), words, timesince(since)) for since, words in moments)
    return Shown(kind.label, because, line.proposed, line.destroyed, (kind.since_label, _("What"), _("How old")), rows)
