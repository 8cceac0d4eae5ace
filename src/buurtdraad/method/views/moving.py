"""`/werk/werkwijze/gebied/<code>/nieuwe-versie/`: see what a newer version changes for an area, then move to it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.method.access import RUNNER, may_run
from buurtdraad.method.actions.moving import move_run
from buurtdraad.method.models import MethodVersion
from buurtdraad.method.queries.moving import difference_for, newer_version, next_of
from buurtdraad.method.queries.runs import going_on
from buurtdraad.method.views.asking import done
from buurtdraad.ui.navigation import address


class SeenForm(forms.Form):
    """Which version somebody saw, so that no other one is taken."""

    number = forms.IntegerField(widget=forms.HiddenInput)


@never_cache
@allow(RUNNER)
@require_form
def work_move(request: HttpRequest, code: str) -> HttpResponse:
    """The difference, and a button. GET changes nothing."""
    run = going_on().filter(area__code=code).first()
    if run is None:
        raise Http404
    require(may_run(request.user, run.area))
    newer = newer_version(run)
    form = SeenForm(posted(request), initial={"number": newer.number if newer else None})
    if request.method == "POST" and form.is_valid():
        seen = MethodVersion.objects.filter(number=form.cleaned_data["number"]).first()
        if seen and done(form, lambda: move_run(run, to=seen, by=me(request), at=timezone.now())):
            messages.success(request, _("This area now works with version %(number)s.") % {"number": seen.number})
            return redirect(address("method:work_run", code) or address("method:work_overview"))
    steps = difference_for(run, newer) if newer else []
    context = {
        "run": run,
        "place": run.place or code,  # type: ignore[attr-defined]
        "newer": newer,
        "steps": steps,
        "next": next_of(steps),
        "form": form,
        "back": address("method:work_run", code) or address("method:work_overview"),
    }
    return render(request, "method/work_move.html", context, status=422 if request.method == "POST" else 200)
