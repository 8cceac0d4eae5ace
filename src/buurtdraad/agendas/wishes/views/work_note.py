"""A quick note, for a phone at the door: also with a bad connection, and without JavaScript."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.asking import me
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.access import ADVISER, areas_to_answer
from buurtdraad.agendas.wishes.forms.noting import NoteForm
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.areas import codes_of
from buurtdraad.agendas.wishes.queries.near import near
from buurtdraad.agendas.wishes.queries.work import area_choices, chosen
from buurtdraad.agendas.wishes.states import Channel
from buurtdraad.agendas.wishes.views.work import UNPROCESSABLE
from buurtdraad.lib.access import allow
from buurtdraad.places.models import Area


@never_cache
@allow(ADVISER)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """The form; "look" shows what may be the same; `with` names the wish that it belongs to. The script asks for JSON."""
    reach = areas_to_answer(me(request))
    areas = area_choices(reach)
    if request.POST.get("deed") == "look":
        return look(request, reach, areas)
    if request.method != "POST":
        known = {"area": request.GET.get("buurt", ""), "channel": request.GET.get("kanaal", "")}
        return page(request, NoteForm(areas=areas, initial={name: said for name, said in known.items() if said}))
    form = NoteForm(request.POST, areas=areas)
    onto = chosen(reach, request.POST.getlist("with"))
    if request.POST.get("with") and not onto:
        form.add_error(None, _("This wish is not there any more. Save your note without it."))
    if not form.is_valid():
        return page(request, form, status=UNPROCESSABLE)
    return kept(request, written(request, form, onto[0] if onto else None), form)


def written(request: HttpRequest, form: NoteForm, onto: Wish | None) -> Wish:
    said = form.cleaned_data
    area = Area.objects.get(code=said["area"])
    made = actions.Note(said["text"], area, Channel(said["channel"]), said["name"], said["phone"])
    return actions.note(made, onto=onto, by=me(request), at=timezone.now(), mark=str(said["mark"]))


def kept(request: HttpRequest, wish: Wish, form: NoteForm) -> HttpResponse:
    url = reverse("agendas:work_wish", args=[wish.reference])
    if wants_json(request):
        return JsonResponse({"reference": wish.reference, "address": url})
    told = _("It is written down as %(reference)s.") % {"reference": wish.reference}
    notices.success(request, format_html('{} <a href="{}">{}</a>', told, url, _("See this wish")))
    here = {"buurt": form.cleaned_data["area"], "kanaal": form.cleaned_data["channel"]}
    return redirect(reverse("agendas:note", query=here))


def look(request: HttpRequest, reach: Reach, areas: list[tuple[str, str]]) -> HttpResponse:
    """The same form again (for htmx only the list) with what says about the same in that area."""
    code = request.POST.get("area", "")
    codes = codes_of(code) if code in dict(areas) else None
    found = near(request.POST.get("text", "")[:2000], reach, codes=codes)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "agendas/note_near.html", {"near": found, "looked": True})
    form = NoteForm(initial={name: request.POST.get(name, "") for name in NoteForm.base_fields}, areas=areas)
    return page(request, form, found)


def page(request: HttpRequest, form: NoteForm, found: list[Wish] | None = None, *, status: int = 200) -> HttpResponse:
    if wants_json(request):
        errors = [f"{form[name].label}: {errors[0]}" if name in form.fields else errors[0] for name, errors in form.errors.items()]
        return JsonResponse({"errors": errors}, status=status)
    context = {"form": form, "near": found, "looked": found is not None, "whose": me(request).uuid}
    return render(request, "agendas/note.html", context, status=status)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
