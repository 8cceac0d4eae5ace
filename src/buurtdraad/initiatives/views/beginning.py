"""`/initiatieven/nieuw/`: beginning a plan on one screen, without an account and without JavaScript; and what a link in a mail opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.where import all_areas, area_named
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.initiatives.access import hold, may_advise, may_change, visible_initiatives
from buurtdraad.initiatives.actions import people, plans
from buurtdraad.initiatives.forms.people import NameForm
from buurtdraad.initiatives.forms.plans import BeginForm, answered_by
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Role
from buurtdraad.initiatives.views.pieces import UNPROCESSABLE, form_page, said, who
from buurtdraad.initiatives.views.public import SECTION
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import contact_for


def for_its_people(view: Callable) -> Callable:
    """The view gets the initiative of its address, for who may change it; who is unknown is asked to sign in, others get 403 or 404."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        found = visible_initiatives(request.user, request.session).select_related("area").filter(slug=slug).first()
        if found is None or not may_change(request.user, found, request.session):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if found is None:
                return said(request, _("We cannot find this plan"), _("Perhaps it is of somebody else."), status=404)
            raise PermissionDenied
        return view(request, found, **rest)

    return never_cache(guarded)


# Not "no-store": with that a browser that goes back loses what somebody typed.
@cache_control(private=True, no_cache=True)
@allow(EVERYBODY)
@require_form
def begin(request: HttpRequest) -> HttpResponse:
    """A name, one or two sentences, and where. Only this browser holds it then; nobody else sees it."""
    if request.method != "POST":
        return begin_page(request, BeginForm(initial=prefilled(request)))
    limited_address("plan", request)
    form = BeginForm(request.POST)
    if not form.is_valid():
        return begin_page(request, form.shortened(), status=UNPROCESSABLE)
    made = make(request, form)
    hold(request.session, made)
    notices.success(request, _("Your plan is saved. Only you see it."))
    return redirect("initiatives:manage", made.slug)


def prefilled(request: HttpRequest) -> dict[str, Any]:
    """What an address fills in: of a wish (`wens`) its title, theme and place; of a topic or an agreement its words."""
    names = {name: request.GET.get(name, "")[:20] for name in ("wens", "onderwerp", "afspraak")}
    here = area_named(request.GET.get("buurt", ""))
    facts: dict[str, Any] = names | {"area": here.code if here else ""}
    for thing in answered_by(names):
        facts["title"] = str(thing.title if isinstance(thing, Wish) else thing)[:120]
        area = plans.area_of(thing)
        facts["area"] = area.code if area_named(area.code) else facts["area"]
        if isinstance(thing, Wish):
            facts |= {"theme": thing.theme, "lat": thing.latitude, "lon": thing.longitude}
    return facts


def begin_page(request: HttpRequest, form: BeginForm, *, status: int = 200) -> HttpResponse:
    here = form.here or area_named(str(form["area"].value() or ""))
    names = {name: form[name].value() or "" for name in ("wens", "onderwerp", "afspraak")}
    context = {"form": form, "here": here, "names": all_areas().values(), "answers": answered_by(names), "section": SECTION}
    return render(request, "initiatives/begin.html", context, status=status)


def make(request: HttpRequest, form: BeginForm) -> Initiative:
    assert form.here
    by, at, told = who(request), timezone.now(), form.cleaned_data
    helps = by is not None and may_advise(by, Initiative(area=form.here.area))
    return plans.make(
        title=told["title"], summary=told["text"], area=form.here.area, theme=told["theme"] or Theme.OTHER, point=form.point,
        contact=contact_for(by, at=at) if by else None, role=Role.HELPER if helps else Role.INITIATOR,
        answers=form.answers, by=by, at=at, mark=form.once,
    )  # fmt: skip


# --- links in a mail -----------------------------------------------------------------------------------


@never_cache
@allow(EVERYBODY)
@require_form
def join(request: HttpRequest, token: str) -> HttpResponse:
    """A neighbour was asked to join in. Opening changes nothing; the button says yes, and this browser holds it from then on."""
    at = timezone.now()
    try:
        found = people.asked_by(Purpose.JOIN_INITIATIVE, token, at=at)
        form = NameForm(posted(request))
        if request.method == "POST" and form.is_valid():
            made = people.join(token, **form.cleaned_data, at=at)
            return held(request, made, _("You are part of this plan now."))
    except BadLink as problem:
        return link_refused(request, problem)
    except Refused as refused:
        form.add_error(None, str(refused))
    title = _("Do you join in with %(plan)s?") % {"plan": found.title}
    return form_page(request, form, title=title, about=found.summary, lead=found.story, send=_("Yes, I join in"))


@never_cache
@allow(EVERYBODY)
@require_form
def go_on(request: HttpRequest, token: str) -> HttpResponse:
    """Going on with one's plan on this device: the button uses the link."""
    at = timezone.now()
    try:
        if request.method == "POST":
            return held(request, people.go_on(token, at=at), _("You can go on now."))
        found = people.asked_by(Purpose.GO_ON_INITIATIVE, token, at=at)
    except BadLink as problem:
        return link_refused(request, problem)
    return form_page(request, None, title=_("Go on with your plan: %(plan)s") % {"plan": found.title}, send=_("Go on with my plan"))


def held(request: HttpRequest, initiative: Initiative, words: str) -> HttpResponse:
    hold(request.session, initiative)
    notices.success(request, words)
    return redirect("initiatives:manage", initiative.slug)


def link_refused(request: HttpRequest, problem: Exception) -> HttpResponse:
    return said(request, _("This link does not work any more"), str(problem), status=404)
