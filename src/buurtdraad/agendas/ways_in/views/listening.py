""" "Luister en schrijf op": hearing spoken notes and writing them down."""

from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.access import duty_for
from buurtdraad.accounts.asking import me
from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.access import ADVISER, ADVISERS, may_enter, notes_visible_to, reach_of
from buurtdraad.agendas.ways_in.forms.speaking import HeardForm, RecordingForm
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.ways_in.queries.areas import neighbourhoods
from buurtdraad.agendas.ways_in.queries.notes import notes_to_hear
from buurtdraad.agendas.ways_in.states import NoteStage
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.stages import WrongStage
from buurtdraad.lib.uploads import serving
from buurtdraad.messages.actions import open_number
from buurtdraad.messages.states import Way

ON_A_PAGE = 25


@allow(ADVISER)
@never_cache
@require_safe
def listen(request: HttpRequest) -> HttpResponse:
    """The notes that wait in the areas of this person."""
    page = Paginator(notes_to_hear(me(request)), ON_A_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        record_look(room="agendas", thing="note:waiting", by=me(request).uuid, at=timezone.now(), duty=duty_for(me(request), *ADVISERS))
    return render(request, "agendas/listen.html", {"page": page})


@allow(ADVISER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listen_to(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One note: hear it, write it down; or nothing can be understood. Who comes second reads that it is done."""
    note = get_object_or_404(notes_visible_to(me(request)).select_related("area", "contact__person"), uuid=uuid)
    if note.stage != NoteStage.WAITING:
        return done_before(request)
    called = bool(note.contact and note.contact.way == Way.CALL)
    form = HeardForm(request.POST if request.method == "POST" and "nothing" not in request.POST else None, called=called)
    duty, at = duty_for(me(request), *ADVISERS, area=note.area), timezone.now()
    try:
        if "nothing" in request.POST:
            actions.drop(note, by=me(request), duty=duty, at=at)
            notices.success(request, _("The recording is destroyed. Who spoke is asked to call, if we can tell them."))
            return redirect("agendas:listen")
        if form.is_valid():
            wish = actions.write_down(note, form.heard, by=me(request), duty=duty, at=at)
            notices.success(request, _("Written down as %(reference)s. The recording is destroyed.") % {"reference": wish.reference})
            return redirect("agendas:listen")
    except WrongStage:
        return done_before(request)
    phone = open_number(note.contact, by=me(request).uuid, duty=duty, at=at) if note.contact and called else None
    context = {"note": note, "form": form, "phone": phone, "place": place_of(note)}
    return render(request, "agendas/listen_to.html", context, status=422 if form.errors else 200)


def done_before(request: HttpRequest) -> HttpResponse:
    notices.info(request, _("Somebody else wrote this one down meanwhile. There is nothing left to do."))
    return redirect("agendas:listen")


def place_of(note: SpokenNote) -> str:
    return dict(neighbourhoods()).get(note.area.code, note.area.code)


@allow(ADVISER)
@require_safe
def sound(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The sound itself, for who may listen to it; that somebody did is written down once, not for every piece of it."""
    note = get_object_or_404(notes_visible_to(me(request)).select_related("area"), uuid=uuid)
    if not note.key:
        raise Http404
    if not request.headers.get("Range", "").startswith("bytes=") or request.headers["Range"].startswith("bytes=0-"):
        duty = duty_for(me(request), *ADVISERS, area=note.area)
        record_look(room="agendas", thing=f"note:{note.uuid}", by=me(request).uuid, at=timezone.now(), duty=duty)
    return serving.sound(request, note.key, note.kind)


@allow(ADVISER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """A recording that was made elsewhere, such as on a phone at a street talk."""
    form = RecordingForm(request.POST or None, request.FILES or None, areas=neighbourhoods(reach_of(me(request))))
    if request.method == "POST" and form.is_valid():
        given, by = form.cleaned_data, me(request)
        require(may_enter(by, given["area"]))
        note = actions.speak(given["sound"], area=given["area"], hears=form.hears, giver=None, by=by, at=timezone.now(), mark=None)
        return redirect("agendas:listen_to", note.uuid)
    return render(request, "agendas/bring.html", {"form": form}, status=422 if form.errors else 200)
