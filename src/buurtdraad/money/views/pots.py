"""Pots for who keeps them: what is in them, what was promised, and their ledger."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.money.access import KEEPER, LOOKER, may_keep, where_to_keep
from buurtdraad.money.actions import pots as actions
from buurtdraad.money.forms.pots import MoveForm, PotForm, WordsForm
from buurtdraad.money.models import Pot
from buurtdraad.money.queries import pots, tables
from buurtdraad.money.views.public import year_here
from buurtdraad.places import queries as places
from buurtdraad.ui.asking import deed_page, done, form_page
from buurtdraad.ui.csv import csv_stream

ON_A_PAGE = 50


def pot_here(uuid, request: HttpRequest | None = None) -> Pot:
    """The pot of the address; with a request 403 for who does not keep it."""
    pot = get_object_or_404(Pot.objects.select_related("area", "organisation", "within"), uuid=uuid)
    if request is not None:
        require(may_keep(me(request), pot.area))
    return pot


def path_of(pot: Pot) -> str:
    return reverse("money:pot", args=[pot.uuid])


@never_cache
@allow(LOOKER)
@require_safe
def all_pots(request: HttpRequest) -> HttpResponse:
    """The pots of a year, each ceiling before what lies in it."""
    year = year_here(request)
    rows = pots.rows_of_year(year)
    names = places.names_of({row.pot.area.code for row in rows})
    context = {
        "rows": [(row, names.get(row.pot.area.code, row.pot.area.code)) for row in rows],
        "year": year,
        "years": [one for one in pots.years() if one != year],
        "keeps": KEEPER.holds(request),
    }
    return render(request, "money/pots.html", context)


@never_cache
@allow(KEEPER)
@require_form
def open_pot(request: HttpRequest) -> HttpResponse:
    form = PotForm(posted(request), reach=where_to_keep(me(request)))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        require(may_keep(me(request), given["area"]))
        made: list[Pot] = []
        if done(form, lambda: made.append(actions.open_pot(**given, by=me(request), at=timezone.now()))):
            messages.success(request, _("The pot is open, and still empty. Put money in it."))
            return redirect(path_of(made[0]))
    return form_page(request, form, title=_("Open a pot"), back=reverse("money:pots"))


@never_cache
@allow(LOOKER)
@require_safe
def pot(request: HttpRequest, uuid) -> HttpResponse:
    """What is in a pot, what was promised from it, and the last lines of its ledger."""
    found = pot_here(uuid)
    promised = found.commitments.filter(amount__gt=0).select_related("initiative", "agreement", "work")
    promised = promised.only("uuid", "amount", "paid", "initiative__title", "agreement__what", "work__title")
    context = {
        "pot": found,
        "free": pots.free_of(found, None),
        "place": places.names_of([found.area.code]).get(found.area.code, found.area.code),
        "parts": list(found.parts.all()),
        "page": Paginator(promised, ON_A_PAGE).get_page(request.GET.get("page")),
        "entries": list(found.entries.order_by("-pk")[:ON_A_PAGE]),
        "keeps": may_keep(me(request), found.area),
    }
    return render(request, "money/pot.html", context)


@never_cache
@allow(LOOKER)
@require_safe
def ledger_csv(request: HttpRequest, uuid) -> StreamingHttpResponse:
    """Every line of the ledger of a pot, the first one first, sent while it is read."""
    found = pot_here(uuid)
    head = (_("Day"), _("What happened"), _("Amount (euros)"), _("Why?"), _("Mark of the promise"))
    return csv_stream(f"kasboek-{found}", head, tables.ledger(found))


@never_cache
@allow(KEEPER)
@require_form
def change_pot(request: HttpRequest, uuid) -> HttpResponse:
    found = pot_here(uuid, request)
    form = WordsForm(posted(request), initial={"name": found.name, "about": found.about})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: actions.change_pot(found, **given, by=me(request), at=timezone.now())):
            messages.success(request, _("This is kept."))
            return redirect(path_of(found))
    return form_page(request, form, title=_("Change the words"), about=str(found), back=path_of(found))


@never_cache
@allow(KEEPER)
@require_form
def put_in(request: HttpRequest, uuid) -> HttpResponse:
    return moved(request, uuid, actions.put_in, _("Put money in"))


@never_cache
@allow(KEEPER)
@require_form
def take_out(request: HttpRequest, uuid) -> HttpResponse:
    return moved(request, uuid, actions.take_out, _("Take money out"))


def moved(request: HttpRequest, uuid, deed, title: str) -> HttpResponse:
    found = pot_here(uuid, request)
    form = MoveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: deed(found, given["amount"], why=given["why"], by=me(request), at=timezone.now())):
            messages.success(request, _("This is written in the ledger."))
            return redirect(path_of(found))
    return form_page(request, form, title=title, about=str(found), back=path_of(found))


@allow(KEEPER)
@require_POST
def close_pot(request: HttpRequest, uuid) -> HttpResponse:
    found = pot_here(uuid, request)
    says = _("The pot is closed. What was promised is still paid.")
    return deed_page(request, path_of(found), lambda: actions.close_pot(found, by=me(request), at=timezone.now()), says)


@allow(KEEPER)
@require_POST
def open_again(request: HttpRequest, uuid) -> HttpResponse:
    found = pot_here(uuid, request)
    return deed_page(
        request, path_of(found), lambda: actions.open_again(found, by=me(request), at=timezone.now()), _("The pot is open again.")
    )
