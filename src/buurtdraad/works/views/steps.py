"""Where a work stands, and saying that its sheet is right."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow
from buurtdraad.ui.asking import deed_page, done, form_page
from buurtdraad.works import access
from buurtdraad.works.actions import steps
from buurtdraad.works.forms.steps import StepForm
from buurtdraad.works.states import Stage
from buurtdraad.works.views.shared import path_of, to_change


@allow(access.COLLEAGUE)
@require_form
def move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The next step."""
    found = to_change(request, uuid)
    form = StepForm(posted(request), work=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        stage = Stage(given["stage"])
        if done(form, lambda: steps.move_to(found, stage, why=given["why"], on=given["on"], by=me(request), at=timezone.now())):
            messages.success(request, _("The project is at this step now: %(step)s") % {"step": stage.label})
            return redirect(path_of(found))
    return form_page(request, form, title=_("How does it stand now?"), about=found.title, back=path_of(found))


@allow(access.COLLEAGUE)
@require_POST
def confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One button: it is right."""
    found, person = to_change(request, uuid), me(request)
    deed = lambda: steps.confirm(found, name=person.name or person.email or "", by=person, at=timezone.now())  # noqa: E731
    return deed_page(request, path_of(found), deed, _("Thank you. Colleagues see that you looked at this today."))
