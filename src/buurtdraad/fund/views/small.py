"""`/fonds/aanvragen/klein/`: a small plan on one screen, where the rules have that."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.agendas.wishes.queries.where import all_areas, area_named
from buurtdraad.fund import access
from buurtdraad.fund.actions import ease, online
from buurtdraad.fund.actions.drafting import NotReady
from buurtdraad.fund.forms.small import SmallForm
from buurtdraad.fund.queries import rules as rulebook
from buurtdraad.fund.queries import steps
from buurtdraad.fund.queries.applications import is_made
from buurtdraad.fund.views.asking import asked_twice, visitor
from buurtdraad.fund.views.carried import carried
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE, said
from buurtdraad.ui.navigation import address


@cache_control(private=True, no_cache=True)
@allow(EVERYBODY)
@require_form
def ask(request: HttpRequest) -> HttpResponse:
    """All on one screen, and sent at once. A scheme without small plans leads to the longer form."""
    at = timezone.now()
    rules = rulebook.our_rules(timezone.localdate(at))
    if rules is None or not rules.small_on:
        says = _("A small plan goes the same way as other plans here. It takes a few screens.")
        return said(request, _("A small plan"), says, back=address("fund:apply"), go=_("I have a plan"))
    here = area_named(request.GET.get("buurt", ""))
    form = SmallForm(
        posted(request), initial={"area": here.code if here else ""} | carried(request), known=visitor(request) is not None,
        today=timezone.localdate(at),
    )  # fmt: skip
    if request.method == "POST":
        limited_address("application", request)
        say_when_twice(request, form)
    if form.is_valid():
        assert form.here
        given = form.cleaned_data
        try:
            made = online.ask_small_here(request, form.small(form.here.area), email=given.get("email", ""), at=at, mark=form.once)
        except NotReady as refusal:
            for sentence in refusal.misses:
                form.add_error(None, sentence)
        except Refused as refusal:
            form.add_error("amount", str(refusal))
        else:
            access.note_typed_account(request.session, made)
            ease.note_step(made, steps.SMALL, opened_at=form.opened_at, at=at)
            return redirect("fund:application", made.uuid)
    context = {"form": form, "here": form.here or here, "names": all_areas().values(), "most": rules.small_up_to, "section": "fund"}
    return render(request, "fund/small.html", context, status=UNPROCESSABLE if form.errors else 200)


def say_when_twice(request: HttpRequest, form: SmallForm) -> None:
    """Who sent a request like this before reads so, and ticks that this is another plan. The same form sent twice is one request."""
    if not (form.is_valid() and form.here) or form.cleaned_data["another"] or is_made(form.once):
        return
    if twice := asked_twice(request, form.plan(form.here.area)):
        form.add_error("another", twice)
