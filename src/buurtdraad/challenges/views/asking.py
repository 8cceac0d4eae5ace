"""What the pages of this room that ask something share."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.asking import me
from buurtdraad.lib.refusal import Refused

PAGES = {"challenges:programme": _("Ambitions and challenges"), "challenges:promises": _("Promises and pledges")}


def done_or_asked(
    request: HttpRequest, form: Form, *, deed: Callable[..., object], says: str, page: str = "challenges:programme", **words: object
) -> HttpResponse:
    """Do it and go back to the page; or ask, again where something was wrong."""
    if form.is_valid():
        try:
            deed(**form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, says)
            return redirect(page)
    context = {"form": form, "back": reverse(page), "to": PAGES[page]} | words
    return render(request, "challenges/form.html", context, status=422 if request.method == "POST" else 200)
