"""`/werk/opgaven/`: the programme for who works here; who may, changes it."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.challenges import actions, queries
from buurtdraad.challenges.access import CHANGER, STAFF_MEMBER, may_change_programme
from buurtdraad.challenges.forms.programme import AmbitionForm, ChallengeForm
from buurtdraad.challenges.models import Ambition, Challenge
from buurtdraad.challenges.sources import COLUMNS
from buurtdraad.challenges.views.asking import done_or_asked
from buurtdraad.lib.access import allow
from buurtdraad.lib.dated import EndForm
from buurtdraad.ui.csv import csv_response
from buurtdraad.ui.importing import TableImport, import_page


@allow(STAFF_MEMBER)
@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """Ambitions, each with its challenges."""
    today = timezone.localdate()
    context = {"programme": queries.programme(on=today), "today": today, "may_change": may_change_programme(request.user)}
    return render(request, "challenges/programme.html", context)


@allow(CHANGER)
@require_form
def add_ambition(request: HttpRequest) -> HttpResponse:
    form = AmbitionForm(posted(request))
    return done_or_asked(request, form, deed=actions.add_ambition, title=_("Add an ambition"), says=_("The ambition is added."))


@allow(CHANGER)
@require_form
def add_challenge(request: HttpRequest) -> HttpResponse:
    """Under the ambition of `?ambitie=`, or another."""
    form = ChallengeForm(posted(request), initial={"ambition": request.GET.get("ambitie", "")[:60]})
    return done_or_asked(request, form, deed=actions.add_challenge, title=_("Add a challenge"), says=_("The challenge is added."))


@allow(CHANGER)
@require_form
def change_ambition(request: HttpRequest, code: str) -> HttpResponse:
    ambition = get_object_or_404(Ambition, code=code)
    form = AmbitionForm(posted(request), initial={name: getattr(ambition, name) for name in AmbitionForm.base_fields})
    deed = partial(actions.change_ambition, ambition)
    return done_or_asked(request, form, deed=deed, title=_("Change: %(name)s") % {"name": ambition}, says=_("Saved."))


@allow(CHANGER)
@require_form
def change_challenge(request: HttpRequest, code: str) -> HttpResponse:
    challenge = get_object_or_404(Challenge.objects.select_related("ambition"), code=code)
    initial = {name: getattr(challenge, name) for name in ChallengeForm.base_fields} | {"ambition": challenge.ambition.code}
    deed = partial(actions.change_challenge, challenge)
    form = ChallengeForm(posted(request), initial=initial)
    return done_or_asked(request, form, deed=deed, title=_("Change: %(name)s") % {"name": challenge}, says=_("Saved."))


@allow(CHANGER)
@require_form
def end_ambition(request: HttpRequest, code: str) -> HttpResponse:
    ambition = get_object_or_404(Ambition, code=code)
    words = {
        "title": _("End: %(name)s") % {"name": ambition},
        "lead": _("Its challenges end with it. What belongs to them stays."),
        "button": _("End"),
    }
    return done_or_asked(
        request, EndForm(posted(request)), deed=partial(actions.end_ambition, ambition), says=_("It has a last day now."), **words
    )


@allow(CHANGER)
@require_form
def end_challenge(request: HttpRequest, code: str) -> HttpResponse:
    challenge = get_object_or_404(Challenge, code=code)
    words = {"title": _("End: %(name)s") % {"name": challenge}, "lead": _("What belongs to it stays."), "button": _("End")}
    return done_or_asked(
        request, EndForm(posted(request)), deed=partial(actions.end_challenge, challenge), says=_("It has a last day now."), **words
    )


# --- files ------------------------------------------------------------------------------------------


@allow(CHANGER)
@require_form
def take_in(request: HttpRequest) -> HttpResponse:
    """A programme from a file."""
    asked = TableImport(
        title=_("Take in ambitions and challenges"),
        lead=_("With a file you add many at once, or change them. What is not in the file stays as it is."),
        columns=COLUMNS,
        owner=f"challenges:{me(request).uuid}",
        back=(_("Ambitions and challenges"), reverse("challenges:programme")),
        template=reverse("challenges:file"),
        run=lambda content, dry_run: actions.load_programme(content, by=me(request), at=timezone.now(), dry_run=dry_run),
    )
    return import_page(request, asked)


@allow(STAFF_MEMBER)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The programme as a file: an example to fill in, and what can be taken in again."""
    return csv_response("opgaven", [column.headings[0] for column in COLUMNS], queries.rows_of_all())
