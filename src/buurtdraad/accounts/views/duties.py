"""Who has which duty where: the administrator's pages, and the person's own."""

import datetime
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.accounts import actions, queries
from buurtdraad.accounts.access import ADMINISTRATOR, SIGNED_IN, may_give_duty
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.forms.duties import EndForm, FindForm, ForgetForm, GiveForm, PersonForm, StandInForm
from buurtdraad.accounts.models import DutyHeld, Person
from buurtdraad.accounts.signing_in.actions import lost
from buurtdraad.accounts.signing_in.queries import factors_of
from buurtdraad.audit.actions import record_look
from buurtdraad.audit.queries import timeline
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused

ON_A_PAGE = 50


@allow(SIGNED_IN)
@require_safe
def my_duties(request: HttpRequest) -> HttpResponse:
    """What I do here, and until when."""
    return render(request, "accounts/my_duties.html")


@allow(ADMINISTRATOR)
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """Everybody's duties, by person or by place."""
    form, today = FindForm(request.GET), timezone.localdate()
    if not form.is_valid():
        return render(request, "accounts/duties.html", {"form": form}, status=422)
    given = form.cleaned_data
    text = given["q"]
    found = queries.found_duties(on=today, text=text, duty=given["taak"], code=given["plaats"], by_place=given["volgorde"] == "plaats")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": queries.with_places(page.object_list),
        "people": queries.found_people(text, on=today),
        "query": query.urlencode(),
        "searched": any(given.values()),
        "today": today,
    }
    return render(request, "accounts/duties.html", context)


@allow(ADMINISTRATOR)
@require_safe
def person_duties(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One person: their duties now, later and before, and what was changed in them."""
    person = somebody(uuid)
    record_look(room="accounts", thing=f"person:{uuid}", by=me(request).uuid, at=timezone.now(), duty=Duty.ADMINISTRATOR.value)
    history = timeline(f"person:{uuid}")
    context = {
        "about": person,
        "duties": queries.persons_duties(person, on=timezone.localdate()),
        "withdrawn": queries.withdrawn(history),
        "history": history,
        "names": queries.names_of(event.actor for event in history),
        "may_give": may_give_duty(request.user, to=person),
        "has_second_step": bool(factors_of(person)),
    }
    return render(request, "accounts/person_duties.html", context)


@allow(ADMINISTRATOR)
@require_form
def add_person(request: HttpRequest) -> HttpResponse:
    """Somebody new, who then gets a duty."""
    form = PersonForm(posted(request))
    known: Person | None = None
    if form.is_valid():
        try:
            person = actions.add_person(**form.cleaned_data, by=me(request), at=timezone.now())
        except actions.NotAdded as refusal:
            form.add_error("email", str(refusal))
            known = refusal.known
        else:
            return redirect("accounts:give_duty", person.uuid)
    return asked(request, form, title=_("Add somebody"), button=_("Add"), lead=_("After this you choose a duty for them."), known=known)


@allow(ADMINISTRATOR)
@require_form
def give_duty(request: HttpRequest, uuid: UUID) -> HttpResponse:
    person = somebody(uuid)
    require(may_give_duty(request.user, to=person))
    form = GiveForm(posted(request))
    words = {"title": _("A duty for %(name)s") % {"name": shown(person)}, "button": _("Give this duty")}
    return done_or_asked(
        request,
        form,
        about=person,
        deed=lambda given, by, at: actions.give_duty(person=person, **given, by=by, at=at),
        says=_("The duty is given."),
        words=words,
    )


@allow(ADMINISTRATOR)
@require_form
def forget_second_step(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For who lost their phone and their recovery codes. Nobody does this for themselves."""
    person = somebody(uuid)
    require(may_give_duty(request.user, to=person))
    form = ForgetForm(posted(request))
    words = {
        "title": _("Take away the second step of %(name)s?") % {"name": shown(person)},
        "button": _("Take it away"),
        "lead": _("First make sure that it is really this person. They are signed out everywhere, and set up another second step."),
    }
    return done_or_asked(
        request,
        form,
        about=person,
        deed=lambda given, by, at: lost.forget_second_step(person, **given, by=by, at=at, duty=Duty.ADMINISTRATOR.value),
        says=_("The second step is taken away."),
        words=words,
    )


@allow(ADMINISTRATOR)
@require_form
def end_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether it is really to end; the button does it. Who comes second reads that it is done."""
    held = duties_of_people().filter(pk=pk).first()
    # A duty of which no day had passed went when it was ended: whoever sends the form once more had seen it.
    if held is None and request.method != "POST":
        raise Http404
    if held is None or (held.until_on and held.until_on < timezone.localdate()):
        messages.info(request, _("This duty has ended already."))
        return redirect("accounts:person_duties", held.person.uuid) if held else redirect("accounts:duties")
    queries.with_places([held])
    form = EndForm(posted(request))
    words = {
        "title": _("End this duty?"),
        "button": _("End this duty"),
        "lead": _("%(name)s: %(duty)s, %(place)s.")
        % {"name": shown(held.person), "duty": held.get_duty_display(), "place": held.place_name},  # type: ignore[attr-defined]
    }
    return done_or_asked(
        request,
        form,
        about=held.person,
        deed=lambda given, by, at: actions.end_duty(held=held, **given, by=by, at=at),
        says=_("The duty has ended."),
        words=words,
    )


@allow(ADMINISTRATOR)
@require_form
def stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    held = duty_held(pk)
    form = StandInForm(posted(request), held=held)
    words = {
        "title": _("Who stands in for %(name)s?") % {"name": shown(held.person)},
        "button": _("Let this person stand in"),
        "lead": _("Duty: %(duty)s, %(place)s.") % {"duty": held.get_duty_display(), "place": held.place_name},  # type: ignore[attr-defined]
    }
    return done_or_asked(
        request,
        form,
        about=held.person,
        deed=lambda given, by, at: actions.appoint_stand_in(held=held, **given, by=by, at=at),
        says=_("The stand-in is there."),
        words=words,
    )


def done_or_asked(
    request: HttpRequest,
    form: Form,
    *,
    about: Person,
    deed: Callable[[dict, Person, datetime.datetime], object],
    says: str,
    words: dict[str, str],
) -> HttpResponse:
    """Do it and go back to the person; or ask, again where something was wrong."""
    if form.is_valid():
        try:
            deed(form.cleaned_data, me(request), timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, says)
            return redirect("accounts:person_duties", about.uuid)
    return asked(request, form, **words, about=about)


def asked(request: HttpRequest, form: Form, **context: object) -> HttpResponse:
    return render(request, "accounts/duty_form.html", {"form": form} | context, status=422 if form.errors else 200)


def somebody(uuid: UUID) -> Person:
    return get_object_or_404(Person.objects.people(), uuid=uuid)


def duty_held(pk: int) -> DutyHeld:
    """A duty with its person and the name of its place, or 404."""
    return queries.with_places([get_object_or_404(duties_of_people(), pk=pk)])[0]


def duties_of_people() -> QuerySet[DutyHeld]:
    """Of persons, not of the jobs that act as one; each with its person and its area."""
    return DutyHeld.objects.select_related("person", "area").filter(person__system__isnull=True)


def shown(person: Person) -> str:
    return person.name or person.email or str(person)
