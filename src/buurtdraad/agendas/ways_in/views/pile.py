"""Printing answer sheets, and entering a pile of them with the keyboard only."""

import secrets
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.access import duty_for
from buurtdraad.accounts.asking import me
from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.access import ADVISER, ADVISERS, may_enter, reach_of
from buurtdraad.agendas.ways_in.forms.pile import PrintForm, SheetForm
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.queries.areas import neighbourhoods
from buurtdraad.agendas.ways_in.queries.batches import entered
from buurtdraad.agendas.ways_in.rules import new_sheet_number, sheet_of
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.places import queries as places
from buurtdraad.ui import pdf

# Of a sitting; a pile of some hundreds is long, and only the last ones are looked at.
MOST_SHOWN = 20


@allow(ADVISER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pile(request: HttpRequest) -> HttpResponse:
    """Enter one sheet after another. What stays the same for the next one comes from the last one of this sitting."""
    if "undo" in request.POST:
        return undo_last(request)
    areas = neighbourhoods(reach_of(me(request)))
    if request.method != "POST":
        sitting = sitting_of(request.GET.get("zitting", ""))
        return pile_page(request, SheetForm(areas=areas, initial=initial(request, sitting)), sitting)
    form = SheetForm(request.POST, areas=areas)
    if form.is_valid():
        given = form.cleaned_data
        require(may_enter(me(request), given["area"]))
        try:
            wish = actions.enter(
                form.sheet, sitting=given["sitting"], about=given["about"], mark=given["mark"], by=me(request), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error("number", str(refusal))
        else:
            notices.success(request, _("%(reference)s is in. The next sheet.") % {"reference": wish.reference})
            return redirect(f"{reverse('agendas:pile')}?zitting={given['sitting']}")
    return pile_page(request, form, sitting_of(request.POST.get("sitting", "")), status=422)


def undo_last(request: HttpRequest) -> HttpResponse:
    """Take out the sheet that was entered last in this sitting, if that is the one that the page named."""
    sitting = sitting_of(request.POST.get("sitting", ""))
    wish = entered(sitting, me(request)).first()
    back = redirect(f"{reverse('agendas:pile')}?zitting={sitting}")
    if wish is None or wish.reference != request.POST["undo"]:
        # Pressed twice, or typed by somebody: what stands last now is another one.
        return back
    require(may_enter(me(request), wish.area))
    try:
        actions.take_back(wish, by=me(request), duty=duty_for(me(request), *ADVISERS, area=wish.area), at=timezone.now())
        notices.success(request, _("%(reference)s is taken out again.") % {"reference": wish.reference})
    except Refused as refusal:
        notices.error(request, str(refusal))
    return back


def sitting_of(text: str) -> UUID:
    """The sitting that a page names; a new one for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def initial(request: HttpRequest, sitting: UUID) -> dict:
    last = entered(sitting, me(request)).first()
    batch = Batch.objects.filter(uuid=sitting, by=me(request).uuid).first()
    kept = {"area": last.area.code, "theme": last.theme} if last else {"area": request.GET.get("buurt", "")}
    return kept | {"about": batch.name if batch else "", "sitting": sitting, "mark": secrets.token_urlsafe(9)}


def pile_page(request: HttpRequest, form: SheetForm, sitting: UUID, status: int = 200) -> HttpResponse:
    found = entered(sitting, me(request))
    last = list(found[:MOST_SHOWN])
    if not form.errors:
        form.fields["number"].widget.attrs["autofocus"] = True
    context = {
        "form": form,
        "sitting": sitting,
        "entered": [(wish, sheet_of(wish.mark)) for wish in last],
        "count": found.count() if len(last) == MOST_SHOWN else len(last),
        "printing": PrintForm(areas=neighbourhoods(reach_of(me(request))), prefix="print"),
    }
    return render(request, "agendas/pile.html", context, status=status)


@allow(ADVISER)
@never_cache
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Answer sheets as PDF, each with its own number."""
    form = PrintForm(request.GET or None, areas=neighbourhoods(reach_of(me(request))), prefix="print")
    if not form.is_valid():
        return render(request, "agendas/sheets.html", {"form": form}, status=422 if form.errors else 200)
    given = form.cleaned_data
    name = places.names_of([given["area"].code])[given["area"].code] if given["area"] else ""
    with override(given["language"]):
        content = pdf.render("agendas/answer_sheet.typ", facts(name, given["number"]))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="answer-sheets.pdf"'
    return response


def facts(area: str, number: int) -> dict:
    """All that the sheets say, in the language of the moment."""
    return {
        "title": _("What do you want in %(area)s?") % {"area": area} if area else _("What do you want in your neighbourhood?"),
        "lead": _("Tell what you want, or what bothers you. Mistakes in language do not matter. You get an answer."),
        "number": _("Number of this sheet"),
        "numbers": [new_sheet_number() for _each in range(number)],
        "question": _("What do you want, or what bothers you? Where is it?"),
        "area": _("In which neighbourhood?"),
        "area_name": area,
        "hear": _("Do you want to hear what becomes of it?"),
        "name": _("Your name"),
        "phone": _("Your phone number. We call you with the answer, and then throw it away."),
        "board": _("I look at the board in the community centre."),
        "hand_in": _("Give this sheet to us, or put it in the box in the community centre."),
        "walk_in": settings.CITY_WALK_IN,
        "talk": _("Would you rather talk? Call %(phone)s.") % {"phone": settings.CITY_PHONE} if settings.CITY_PHONE else "",
        "online": _("Or tell it online: %(address)s") % {"address": settings.SITE_URL.partition("://")[2] + "/wensen/nieuw/"},
        "city": places.city_name(),
        "demo": settings.DEMO,
    }
