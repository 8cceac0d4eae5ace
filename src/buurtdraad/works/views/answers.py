"""What a work answers: choosing a wish, topic or agreement, of those that look like it or that somebody looks for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, require_form
from buurtdraad.lib.access import allow
from buurtdraad.lib.plain import one_plain_line
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE, deed_page
from buurtdraad.works import access
from buurtdraad.works.actions import answers as actions
from buurtdraad.works.models import WorkAnswers
from buurtdraad.works.queries.suggesting import Things, looked_for, suggestions, thing_named
from buurtdraad.works.views.shared import path_of, to_change

LONGEST = 100


@allow(access.COLLEAGUE)
@require_form
def answers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What looks like this work, and a box to look for something else; a button beside each says: this is what it answers."""
    found = to_change(request, uuid)
    error = ""
    if request.method == "POST":
        thing = thing_named(request.POST.get("thing", "")[:LONGEST])
        error = "" if thing else _("We cannot find this. Choose one of the list.")
        if thing:
            try:
                actions.add(found, thing, by=me(request), at=timezone.now())
            except Refused as refusal:
                error = str(refusal)
            else:
                messages.success(request, _("From now on residents see that this work answers it."))
                return redirect(path_of(found))
    text = one_plain_line(request.GET.get("q", ""))[:LONGEST]
    context = {
        "work": found,
        "text": text,
        "like": suggestions(found),
        "found": looked_for(found, text) if text else Things(),
        "error": error,
    }
    return render(request, "works/answers.html", context, status=UNPROCESSABLE if error else 200)


@allow(access.COLLEAGUE)
@require_POST
def take_answer_away(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    found = to_change(request, uuid)
    answer = get_object_or_404(WorkAnswers.objects.filter(work=found), pk=pk)
    deed = lambda: actions.take_away(answer, by=me(request), at=timezone.now())  # noqa: E731
    return deed_page(request, path_of(found), deed, _("This work no longer answers it."))
