"""What an area chooses for its wishes: the promise in days, reading first or after, reactions on or off."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.access import duty_for
from buurtdraad.accounts.asking import me
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.access import ADVISER, ADVISERS, areas_to_answer
from buurtdraad.agendas.wishes.forms.work import ChoicesForm
from buurtdraad.agendas.wishes.models import AreaChoices
from buurtdraad.agendas.wishes.views.work import UNPROCESSABLE
from buurtdraad.lib.access import allow
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area


@never_cache
@allow(ADVISER)
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest, area: str) -> HttpResponse:
    """What holds here, chosen here or further up; a choice holds for new wishes from now on."""
    here = Area.objects.filter(code=area).first() if area in areas_to_answer(me(request)) else None
    if here is None:
        raise Http404
    name = places.names_of([here.code]).get(here.code, here.code)
    now = actions.choices_for(here)
    initial = {"answer_within": now.answer_within, "read_first": said(now.read_first), "comments": said(now.comments)}
    form = ChoicesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        by = me(request)
        actions.choose(here, **form.cleaned_data, by=by, duty=duty_for(by, *ADVISERS, area=here), at=timezone.now())
        notices.success(request, _("Saved. This holds for new wishes from now on."))
        return redirect("agendas:choices", area=here.code)
    context = {"form": form, "name": name, "from_name": from_above(now, here)}
    return render(request, "agendas/choices.html", context, status=UNPROCESSABLE if form.errors or request.method == "POST" else 200)


def from_above(now: AreaChoices, here: Area) -> str:
    """The area from which these choices come, when that is another one; "" when they are its own or what is usual."""
    return places.names_of([now.area.code]).get(now.area.code, "") if now.pk and now.area.code != here.code else ""


def said(yes: bool) -> str:
    return "yes" if yes else "no"
