"""`/opleiding/`: training for who works for the municipality, to choose from, take part in, and look back on."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.asking import me
from buurtdraad.accounts.models import Person
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.placements import access, actions
from buurtdraad.placements.forms.training import EvaluateForm
from buurtdraad.placements.models import Enrolment, Session
from buurtdraad.placements.queries import training as queries
from buurtdraad.placements.queries.calendars import of_session
from buurtdraad.placements.states import Enrolled
from buurtdraad.ui.asking import UNPROCESSABLE


def session_or_404(uuid: UUID) -> Session:
    found = queries.session_of(uuid)
    if found is None:
        raise Http404
    return found


@allow(access.TAKES_PART)
@never_cache
@require_safe
def training(request: HttpRequest) -> HttpResponse:
    """What there is to learn, and what one signed up for."""
    at, person = timezone.now(), me(request)
    mine = [one for one in queries.enrolments_of(person) if one.stage != Enrolled.CANCELLED and one.session.starts_at > at]
    context = {"modules": queries.modules_to_come(at), "mine": mine, "to_evaluate": list(queries.to_evaluate(person))}
    return render(request, "placements/training.html", context)


@allow(access.TAKES_PART)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def training_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One session: signing up, taking one's name off, and afterwards what one thinks of it."""
    session, at, person = session_or_404(uuid), timezone.now(), me(request)
    mine = queries.enrolment_in(session, person)
    sent = request.POST if request.POST.get("deed") == "evaluate" else None
    form = EvaluateForm(sent, initial={"useful": mine.useful, "words": mine.words} if mine else {})
    if request.method == "POST":
        try:
            if said := done(request.POST.get("deed"), session, mine, form, person):
                notices.success(request, said)
                return redirect("placements:training_session", uuid)
        except Refused as refusal:
            notices.info(request, str(refusal))
            return redirect("placements:training_session", uuid)
    context = {
        "session": session,
        "mine": mine,
        "line": queries.place_in_line(mine) if mine and mine.stage == Enrolled.WAITING else 0,
        "open": session.starts_at > at and not session.cancelled_at,
        "was_there": bool(mine and mine.stage == Enrolled.ATTENDED),
        "form": form,
    }
    return render(request, "placements/training_session.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def done(deed: str | None, session: Session, mine: Enrolment | None, form: EvaluateForm, person: Person) -> str:
    """Do it; what to say of it, or nothing when there is something to look at again."""
    at = timezone.now()
    match deed:
        case "enrol":
            made = actions.enrol(session, by=person, at=at)
            return _("You have a place. See you there!") if made.stage == Enrolled.PLACE else _("You are on the waiting list.")
        case "leave" if mine:
            actions.leave(mine, by=person, at=at)
            return _("You are off the list. Thank you for telling us.")
        case "evaluate" if mine and form.is_valid():
            actions.evaluate(mine, **form.cleaned_data, by=person, at=at)
            return _("Thank you. Your answer is kept.")
    return ""


@allow(access.TAKES_PART)
@never_cache
@require_safe
def training_calendar(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The session for one's own calendar."""
    session = session_or_404(uuid)
    headers = {"Content-Disposition": f'attachment; filename="opleiding-{timezone.localdate(session.starts_at)}.ics"'}
    return HttpResponse(of_session(session, at=timezone.now()), content_type="text/calendar; charset=utf-8", headers=headers)
