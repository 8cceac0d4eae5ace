"""`/werk/opleiding/`: the organiser keeps trainings and sessions, notes who came, and reads what people thought of them."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.placements import access, actions
from buurtdraad.placements.forms.training import CallOffForm, CameForm, ModuleForm, SessionForm, initial_of, name_of
from buurtdraad.placements.models import Module
from buurtdraad.placements.queries import training as queries
from buurtdraad.placements.states import Enrolled
from buurtdraad.placements.views.training import session_or_404
from buurtdraad.ui.asking import UNPROCESSABLE

# --- looking ----------------------------------------------------------------------------------------


@allow(access.ORGANISER)
@never_cache
@require_safe
def work_training(request: HttpRequest) -> HttpResponse:
    """Every training, and of which sessions to note who came."""
    at = timezone.now()
    context = {"modules": list(queries.modules_counted(at)), "asking": list(queries.asking_for_somebody(at))}
    return render(request, "placements/work_training.html", context)


@allow(access.ORGANISER)
@never_cache
@require_safe
def work_module(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One training: its sessions, and what became of it, in counts."""
    module = get_object_or_404(Module, uuid=uuid)
    context = {
        "module": module,
        "overview": queries.overview(module),
        "fewest": queries.FEWEST_ANSWERS,
        "sessions": list(queries.sessions_of(module)),
        "now": timezone.now(),
    }
    return render(request, "placements/work_module.html", context)


@allow(access.ORGANISER)
@never_cache
@require_form
def work_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who comes and who waits; afterwards who came. Who looks leaves a trace."""
    session, at = session_or_404(uuid), timezone.now()
    people = queries.list_of(session)
    places = [one for one in people if one.stage in queries.SEATED]
    began = session.starts_at <= at and not session.cancelled_at
    form = CameForm(posted(request), places=places) if began and places else None
    if request.method == "POST" and form and form.is_valid():
        actions.note_who_came(session, form.ids, by=me(request), at=at)
        notices.success(request, _("Saved."))
        return redirect("placements:work_session", uuid)
    if people:
        record_look(room="placements", thing=session.thing, by=me(request).uuid, at=at, duty=access.duty_of(me(request)))
    context = {
        "session": session,
        "places": [name_of(one) for one in places],
        "waiting": [name_of(one) for one in people if one.stage == Enrolled.WAITING],
        "form": form,
        "open": session.starts_at > at and not session.cancelled_at,
    }
    return render(request, "placements/work_session.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


# --- trainings --------------------------------------------------------------------------------------


@allow(access.ORGANISER)
@never_cache
@require_form
def add_module(request: HttpRequest) -> HttpResponse:
    form = ModuleForm(posted(request))
    return asked(
        request, form, lambda: actions.add_module(**form.cleaned_data, by=me(request), at=timezone.now()), title=_("Add a training")
    )


@allow(access.ORGANISER)
@never_cache
@require_form
def change_module(request: HttpRequest, uuid: UUID) -> HttpResponse:
    module = get_object_or_404(Module, uuid=uuid)
    form = ModuleForm(posted(request), initial={"name": module.name, "text": module.text})
    deed = partial(actions.change_module, module, by=me(request), at=timezone.now())
    return asked(request, form, lambda: deed(**form.cleaned_data), module=module, title=_("Change: %(name)s") % {"name": module})


@allow(access.ORGANISER)
@never_cache
@require_form
def end_module(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """No longer giving a training, or giving it again."""
    module = get_object_or_404(Module, uuid=uuid)
    deed = actions.give_again if module.over_on else actions.end_module
    words = {"title": _("Give it again: %(name)s") % {"name": module}, "button": _("Give it again")}
    if not module.over_on:
        words = {
            "title": _("End: %(name)s") % {"name": module},
            "button": _("End"),
            "lead": _("Nobody can plan it any more. What was given stays in the numbers. Call off first what is still to come."),
        }
    return asked(request, Form(posted(request)), lambda: deed(module, by=me(request), at=timezone.now()), module=module, **words)


# --- sessions ---------------------------------------------------------------------------------------


@allow(access.ORGANISER)
@never_cache
@require_form
def plan_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    module = get_object_or_404(Module, uuid=uuid)
    form = SessionForm(posted(request))
    deed = partial(actions.plan_session, module, by=me(request), at=timezone.now())
    return asked(request, form, lambda: deed(form.plan), module=module, title=_("Plan a session of: %(name)s") % {"name": module})


@allow(access.ORGANISER)
@never_cache
@require_form
def change_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    session = session_or_404(uuid)
    form = SessionForm(posted(request), initial=initial_of(session))
    words = {
        "title": _("Change: %(name)s") % {"name": session.module},
        "lead": _("Who signed up hears of another time or place."),
    }
    deed = partial(actions.change_session, session, by=me(request), at=timezone.now())
    return asked(request, form, lambda: deed(form.plan), module=session.module, **words)


@allow(access.ORGANISER)
@never_cache
@require_form
def call_off(request: HttpRequest, uuid: UUID) -> HttpResponse:
    session = session_or_404(uuid)
    form = CallOffForm(posted(request))
    words = {"title": _("Call off: %(name)s") % {"name": session.module}, "button": _("Call off")}
    deed = partial(actions.call_off, session, by=me(request), at=timezone.now())
    return asked(request, form, lambda: deed(**form.cleaned_data), module=session.module, **words)


def asked(request: HttpRequest, form: Form, deed: Callable[[], object], *, module: Module | None = None, **words: Any) -> HttpResponse:
    """Do it and go to the training; or ask, again where something was wrong."""
    if form.is_valid():
        try:
            made = deed()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.success(request, _("Saved."))
            return redirect("placements:work_module", (module or made).uuid)  # type: ignore[attr-defined]
    context = {"form": form, "module": module} | words
    return render(request, "placements/training_form.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)
