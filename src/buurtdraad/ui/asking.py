"""What pages that ask something share: the page with a form, the page that only says something, and doing it or saying why not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from buurtdraad.lib.refusal import Refused

UNPROCESSABLE = 422


def form_page(request: HttpRequest, form: BaseForm | None, *, template: str = "ui/ask.html", **texts: Any) -> HttpResponse:
    """A page that asks something: `title`, and where wanted `back` (an address, called `to`), `about`, `day`, `lead`, `also`, `deed`,
    `send` and `multipart`. A form that came back with errors has status 422; a button that is asked first has no form."""
    status = UNPROCESSABLE if request.method == "POST" and form is not None else 200
    return render(request, template, {"form": form, "send": _("Save")} | texts, status=status)


def said(request: HttpRequest, title: str, says: str, *, status: int = 200, back: str = "", go: str = "") -> HttpResponse:
    """A page that only says something, and leads on (to `back`, called `go`)."""
    return render(request, "ui/said.html", {"title": title, "says": says, "back": back, "go": go}, status=status)


def done(form: BaseForm, deed: Callable[[], object]) -> bool:
    """Do it; where a rule says no, that stands on the form."""
    try:
        deed()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def deed_page(request: HttpRequest, back: str, deed: Callable[[], object], says: str) -> HttpResponse:
    """A button was pressed: do it and go back, with what was done or why it cannot be."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, says)
    return redirect(back)
