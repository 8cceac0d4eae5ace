"""What all pages of this room share that ask something: who asks, what was sent, and doing it or saying why not."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from buurtdraad.lib.refusal import Refused


def done(form: Form, deed: Callable[[], object]) -> bool:
    """Do it; where a rule says no, that stands on the form."""
    try:
        deed()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def form_page(request: HttpRequest, form: Form, **texts: object) -> HttpResponse:
    """A page that asks something: `title`, `send`, `back` (an address), and where wanted `back_text` and `lead`."""
    return render(request, "method/ask.html", {"form": form} | texts, status=422 if form.errors else 200)
