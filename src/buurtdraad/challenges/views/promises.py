"""`/werk/opgaven/beloften/`: what was promised in the programme and to the council, and what came of it."""

from functools import partial
from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.challenges import actions, queries
from buurtdraad.challenges.access import CHANGER, STAFF_MEMBER, may_change_programme
from buurtdraad.challenges.forms.promises import AimForm, DoneForm, FindForm, PledgeForm
from buurtdraad.challenges.models import Aim, Pledge
from buurtdraad.challenges.sources import PROMISE_COLUMNS
from buurtdraad.challenges.views.asking import done_or_asked
from buurtdraad.lib.access import allow
from buurtdraad.ui.asking import deed_page, form_page
from buurtdraad.ui.csv import csv_response
from buurtdraad.ui.importing import TableImport, import_page

PAGE = "challenges:promises"
ON_A_PAGE = 50
FORMS = {Aim: AimForm, Pledge: PledgeForm}


@allow(STAFF_MEMBER)
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """What is not done first, by the day for which it was promised."""
    form = FindForm(request.GET or None)
    chosen = form.chosen()
    every = queries.found(on=timezone.localdate(), **chosen)
    page = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "form": form,
        "page": page,
        "rows": page.object_list,
        "number": len(every),
        "searched": any(chosen.values()),
        "query": urlencode(asked),
        "may_change": may_change_programme(request.user),
    }
    return render(request, "challenges/promises.html", context)


def found(model: type[Aim | Pledge], pk: int) -> Aim | Pledge:
    return cast("Aim | Pledge", get_object_or_404(model._default_manager.select_related("ambition", "challenge"), pk=pk))


# --- adding and changing ----------------------------------------------------------------------------


@allow(CHANGER)
@require_form
def add_aim(request: HttpRequest) -> HttpResponse:
    """Under the ambition of `?ambitie=`, or another."""
    form = AimForm(posted(request), initial={"ambition": request.GET.get("ambitie", "")[:60]})
    return done_or_asked(request, form, deed=actions.add_aim, page=PAGE, title=_("Add a promise of the programme"), says=_("It is added."))


@allow(CHANGER)
@require_form
def add_pledge(request: HttpRequest) -> HttpResponse:
    form = PledgeForm(posted(request))
    return done_or_asked(request, form, deed=actions.add_pledge, page=PAGE, title=_("Add a pledge or motion"), says=_("It is added."))


@allow(CHANGER)
@require_form
def change(request: HttpRequest, pk: int, model: type[Aim | Pledge]) -> HttpResponse:
    promise = found(model, pk)
    asked = FORMS[model]
    initial = {name: getattr(promise, name) for name in asked.base_fields}
    initial |= {name: thing.code for name in ("ambition", "challenge") if (thing := getattr(promise, name))}
    remove = reverse(f"challenges:remove_{model.__name__.lower()}", args=[pk])
    return done_or_asked(
        request,
        asked(posted(request), initial=initial),
        deed=partial(actions.change_promise, promise),
        page=PAGE,
        says=_("Saved."),
        title=_("Change: %(name)s") % {"name": promise.what},
        also=(remove, _("Was this a mistake? Take it away.")),
    )


@allow(CHANGER)
@require_form
def remove(request: HttpRequest, pk: int, model: type[Aim | Pledge]) -> HttpResponse:
    """What was a mistake. What is done, or will not be done, stays: then one tells so."""
    promise = found(model, pk)
    if request.method == "POST":
        deed = partial(actions.remove_promise, promise, by=me(request), at=timezone.now())
        return deed_page(request, reverse(PAGE), deed, _("It is taken away."))
    return form_page(
        request,
        None,
        title=_("Take away: %(name)s") % {"name": promise.what},
        lead=_("Only do this when it was a mistake. Is it done, or will it not be done? Then write that down."),
        send=_("Take away"),
        back=reverse(PAGE),
    )


# --- what came of it --------------------------------------------------------------------------------


@allow(CHANGER)
@require_form
def finish(request: HttpRequest, pk: int, model: type[Aim | Pledge]) -> HttpResponse:
    promise = found(model, pk)
    form = DoneForm(posted(request), initial={"told": promise.told})
    return done_or_asked(
        request,
        form,
        deed=partial(actions.finish_promise, promise),
        page=PAGE,
        says=_("It stands as done now."),
        title=_("This is done"),
        lead=promise.what,
    )


@allow(CHANGER)
@require_POST
def reopen(request: HttpRequest, pk: int, model: type[Aim | Pledge]) -> HttpResponse:
    promise = found(model, pk)
    deed = partial(actions.reopen_promise, promise, by=me(request), at=timezone.now())
    return deed_page(request, reverse(PAGE), deed, _("It stands as not done now."))


# --- files ------------------------------------------------------------------------------------------


@allow(CHANGER)
@require_form
def take_in(request: HttpRequest) -> HttpResponse:
    """Promises, pledges and motions from a file."""
    asked = TableImport(
        title=_("Take in promises and pledges"),
        lead=_("With a file you add many at once, or change them. What is not in the file stays as it is."),
        columns=PROMISE_COLUMNS,
        owner=f"promises:{me(request).uuid}",
        back=(_("Promises and pledges"), reverse(PAGE)),
        template=reverse("challenges:promises_file"),
        run=lambda content, dry_run: actions.load_promises(content, by=me(request), at=timezone.now(), dry_run=dry_run),
    )
    return import_page(request, asked)


@allow(STAFF_MEMBER)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """Every promise as a file: an example to fill in, and what can be taken in again."""
    return csv_response("beloften", [column.headings[0] for column in PROMISE_COLUMNS], queries.rows_of_promises())
