"""What the views of this room share: who asks, a page with a form about a plan, and a page that only says something."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.initiatives.models import Initiative
from buurtdraad.ui import asking
from buurtdraad.ui.asking import UNPROCESSABLE

__all__ = ["UNPROCESSABLE", "form_page", "said", "who"]


def who(request: HttpRequest) -> Person | None:
    """Who asks, where nobody has to be signed in."""
    return request.user if isinstance(request.user, Person) else None


def form_page(request: HttpRequest, form, *, plan: Initiative | None = None, back: str = "", **texts: Any) -> HttpResponse:
    """A page that asks something (see `ui.asking`), with the way back to the plan that it is about."""
    if plan is not None:
        texts |= {"to": _("Back to the plan")}
        back = back or reverse("initiatives:manage", args=[plan.slug])
    return asking.form_page(request, form, back=back, **texts)


def said(request: HttpRequest, title: str, says: str, *, status: int = 200, back: str = "", go: str = "") -> HttpResponse:
    """A page that only says something, and leads on (to `back`, called `go`)."""
    return render(request, "initiatives/said.html", {"title": title, "says": says, "back": back, "go": go}, status=status)
