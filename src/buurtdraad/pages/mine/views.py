"""`/mijn/` and what hangs on it: everything of one kind, the data to take along, another address, and erasing oneself."""

import datetime

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import posted
from buurtdraad.accounts.own.queries import duties_to_hand_over
from buurtdraad.accounts.signing_in.actions.links import BadLink, WrongCode
from buurtdraad.accounts.signing_in.actions.new_address import EMAIL, AddressTaken, ask_for_address, open_own_link
from buurtdraad.accounts.signing_in.actions.sign_in import sign_out
from buurtdraad.accounts.signing_in.forms import MailCodeForm, NewAddressForm
from buurtdraad.accounts.signing_in.queries import address_asked, must_sign_in_again, other_ways, person_in, signed_in_lately
from buurtdraad.accounts.signing_in.views.going_on import refused, too_often
from buurtdraad.accounts.signing_in.views.second_factor import first_again
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import TooOften, limited
from buurtdraad.lib.refusal import Refused
from buurtdraad.pages.mine import actions
from buurtdraad.pages.mine.forms import EraseForm
from buurtdraad.pages.mine.parts import BY_SLUG, COLLEAGUES, SETTINGS, WAITING, as_lines, everything, lines, shown

HOUR = datetime.timedelta(hours=1)
ON_A_PAGE = 25
GET_OR_POST = ["GET", "HEAD", "POST"]
# In the session: the link that was mailed to another address, until its code is typed.
ADDRESS_ASKED = "address_link"


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


# --- another e-mail address ------------------------------------------------------------------------


@allow(SIGNED_IN)
@never_cache
@require_http_methods(GET_OR_POST)
def my_address(request: HttpRequest) -> HttpResponse:
    """Asks for another address, and mails a link and a code there. First it has to be sure who asks, where that can be proved."""
    person, at, here = person_in(request), timezone.now(), reverse("pages:my_address")
    if request.method == "POST" and "again" in request.POST:
        sign_out(request, at=at)
        return redirect_to_login(here)
    if again := first_again(request, back=here):
        return again
    sure = not must_sign_in_again(request, at=at)
    form = NewAddressForm(posted(request) if sure and person.email else None)
    context = {"person": person, "form": form, "sure": sure, "ways": other_ways(person)}
    if form.is_valid():
        try:
            link = ask_for_address(request, person, form.cleaned_data["email"], page="pages:new_address", at=at)
        except TooOften as problem:
            form.add_error(None, str(problem))
            return too_often(render(request, "pages/my_address.html", context), problem)
        except Refused as problem:
            form.add_error("email", str(problem))
        else:
            request.session[ADDRESS_ASKED] = link.pk
            return redirect("pages:my_address_sent")
    return render(request, "pages/my_address.html", context, status=422 if request.method == "POST" else 200)


@allow(SIGNED_IN)
@never_cache
@require_http_methods(GET_OR_POST)
def my_address_sent(request: HttpRequest) -> HttpResponse:
    """The mail is on its way, whosever address it is; here its code is typed."""
    person, at, asked = person_in(request), timezone.now(), request.session.get(ADDRESS_ASKED, 0)
    email = address_asked(person, asked, at=at)
    if not email:
        return redirect("pages:my_address")
    form = MailCodeForm(posted(request))
    if form.is_valid():
        try:
            actions.change_address_by_code(person, asked, form.cleaned_data["code"], keep=request.session.session_key, at=at)
        except WrongCode as problem:
            form.add_error("code", str(problem))
        except (BadLink, AddressTaken) as problem:
            del request.session[ADDRESS_ASKED]
            return refused(request, _("This code does not work"), str(problem), back=to_begin_anew())
        else:
            return changed(request, email)
    return render(request, "pages/my_address_sent.html", {"form": form, "email": email}, status=422 if form.errors else 200)


@allow(EVERYBODY)
@never_cache
@require_http_methods(GET_OR_POST)
def new_address(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail. Opening it changes nothing; the button does, for who asked for it.

    Who is not signed in here is not led to the door: with the new address they would make a second account there.
    """
    if not request.user.is_authenticated:
        return render(request, "pages/new_address_elsewhere.html", status=403)
    person, at = person_in(request), timezone.now()
    try:
        link = open_own_link(person, token, at=at)
        if request.method != "POST":
            return render(request, "pages/new_address.html", {"email": link.facts[EMAIL], "old": person.email})
        actions.change_address(person, token, keep=request.session.session_key, at=at)
    except (BadLink, AddressTaken) as problem:
        return refused(request, _("This link does not work"), str(problem), back=to_begin_anew())
    return changed(request, link.facts[EMAIL])


def to_begin_anew() -> tuple[str, str]:
    return _("Change your e-mail address"), reverse("pages:my_address")


def changed(request: HttpRequest, email: str) -> HttpResponse:
    request.session.pop(ADDRESS_ASKED, None)
    messages.success(request, _("Saved. From now on you sign in with %(email)s.") % {"email": email})
    return redirect("pages:mine")


# --- going -----------------------------------------------------------------------------------------


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
