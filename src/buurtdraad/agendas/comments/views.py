"""`/wensen/<reference>/reacties/`: what neighbours say below a wish, in areas that chose for that."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.agendas.comments import actions, queries
from buurtdraad.agendas.comments.forms import CommentForm
from buurtdraad.agendas.wishes.access import signed_in
from buurtdraad.agendas.wishes.actions import choices_for
from buurtdraad.agendas.wishes.queries.shown import wish_on_site
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.limits import limited

MOST_AN_HOUR, HOUR = 20, datetime.timedelta(hours=1)


@never_cache
@allow(EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def react(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody reads; who is signed in can say something."""
    wish = wish_on_site(reference)
    if wish is None or not choices_for(wish.area).comments:
        raise Http404
    person = signed_in(request.user)
    form = CommentForm(request.POST or None)
    if request.method == "POST":
        require(person is not None)
        assert person
        form = CommentForm(request.POST)
        if form.is_valid():
            limited("comment", str(person.uuid), most=MOST_AN_HOUR, within=HOUR)
            told = form.cleaned_data
            actions.react(wish, text=told["text"], name=told["name"], by=person, at=timezone.now(), doubts=form.doubts, mark=form.mark)
            return redirect(reverse("agendas:react", args=[wish.reference]) + "?bedankt=1#reacties")
    context = {
        "wish": wish,
        "comments": list(queries.comments_on(wish)),
        "mine": list(queries.waiting_of(wish, person)) if person else [],
        "form": form,
        "person": person,
        "thanked": "bedankt" in request.GET and not form.errors,
        "here": reverse("agendas:react", args=[wish.reference]),
        "section": "wishes",
    }
    return render(request, "agendas/comments.html", context, status=422 if form.errors else 200)
