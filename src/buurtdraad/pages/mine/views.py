"""`/mijn/` and what hangs on it: everything of one kind, the data to take along, and erasing oneself."""

import datetime

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.own.queries import duties_to_hand_over
from buurtdraad.accounts.signing_in.actions.sign_in import sign_out
from buurtdraad.accounts.signing_in.queries import person_in, signed_in_lately
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.pages.mine import actions
from buurtdraad.pages.mine.forms import EraseForm
from buurtdraad.pages.mine.parts import BY_SLUG, COLLEAGUES, SETTINGS, WAITING, as_lines, everything, lines, shown

HOUR = datetime.timedelta(hours=1)
ON_A_PAGE = 25
GET_OR_POST = ["GET", "HEAD", "POST"]


@allow(SIGNED_IN)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for a person, what they have here, and what they can change."""
    person = person_in(request)
    context = {
        "person": person, "waiting": lines(WAITING, person), "parts": shown(person), "settings": lines(SETTINGS, person),
        "colleagues": lines(COLLEAGUES, person),
    }  # fmt: skip
    return render(request, "pages/mine.html", context)


@allow(SIGNED_IN)
@require_safe
def my_part(request: HttpRequest, slug: str) -> HttpResponse:
    """All of one kind of thing, in pages."""
    part = BY_SLUG.get(slug)
    if part is None:
        raise Http404
    page = Paginator(part.of(person_in(request)), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pages/my_part.html", {"part": part, "page": page, "rows": [part.row(thing) for thing in page]})


@allow(SIGNED_IN)
@require_http_methods(GET_OR_POST)
def my_data(request: HttpRequest) -> HttpResponse:
    """Shows what we have of this person; the button gives it as a file."""
    person, at = person_in(request), timezone.now()
    if request.method != "POST":
        return render(request, "pages/my_data.html", {"told": as_lines(everything(person, at=at))})
    limited("own data", str(person.uuid), most=10, within=HOUR)
    response = JsonResponse(actions.take_along(person, at=at), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="mijn-gegevens-{timezone.localdate(at)}.json"'
    return response


@allow(SIGNED_IN)
@require_http_methods(GET_OR_POST)
def erase_me(request: HttpRequest) -> HttpResponse:
    """Says what goes and what stays. Who signed in a while ago does so again first; staff hand over their duties."""
    person, at = person_in(request), timezone.now()
    if request.method == "POST" and "again" in request.POST:
        sign_out(request, at=at)
        return redirect_to_login(reverse("pages:erase_me"))
    duties, lately = duties_to_hand_over(person), signed_in_lately(request, at=at)
    form = EraseForm(request.POST if request.method == "POST" and lately else None)
    if form.is_valid():
        try:
            actions.erase(person, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            return redirect("pages:erased")
    context = {"form": form, "duties": duties, "lately": lately}
    return render(request, "pages/erase_me.html", context, status=422 if request.method == "POST" else 200)


@allow(EVERYBODY)
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """What somebody reads who was erased a moment ago, and is nobody now."""
    return render(request, "pages/erased.html")
