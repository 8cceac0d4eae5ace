"""What the pages of handling share: the application by its address, and a deed with a form that leads back to the file."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.access import Someone
from buurtdraad.fund.access import may_handle, visible_applications
from buurtdraad.fund.models import Application
from buurtdraad.fund.states import Stage
from buurtdraad.lib.access import require
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import UNPROCESSABLE


def known(request: HttpRequest, uuid: UUID, may: Callable[[Someone, Application], bool] = may_handle) -> Application:
    """The sent application at this address: 404 for who does not see it, 403 for who may not do this."""
    sent = (
        visible_applications(request.user)
        .exclude(stage=Stage.DRAFT)
        .select_related("contact__person", "pot", "proposal")
        .prefetch_related("interests")
    )
    application = get_object_or_404(sent, uuid=uuid)
    require(may(request.user, application))
    return application


def deed_with_form(
    request: HttpRequest, application: Application, form: forms.Form, act: Callable[[], object], *, says: str,
    template: str = "ui/ask.html", **texts: object,
) -> HttpResponse:  # fmt: skip
    """Show the form; when it is right do the deed, say so, and go back to the file. What is refused stands on the form."""
    if form.is_valid():
        try:
            act()
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, says)
            return redirect("fund:file", application.uuid)
    facts = {"about": f"{application}: {application.initiative}", "back": reverse("fund:file", args=[application.uuid]), "send": _("Save")}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, template, facts | {"form": form} | texts, status=status)


def deed(request: HttpRequest, application: Application, act: Callable[[], object], *, says: str) -> HttpResponse:
    """A deed of one button; what is refused is said on the file."""
    try:
        act()
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, says)
    return redirect("fund:file", application.uuid)
