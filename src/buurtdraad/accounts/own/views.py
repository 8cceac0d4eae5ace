"""`/mijn/naam/`: what a person is called."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import posted
from buurtdraad.accounts.own import actions
from buurtdraad.accounts.own.forms import NameForm
from buurtdraad.accounts.signing_in.queries import person_in
from buurtdraad.accounts.signing_in.views.going_on import go_on
from buurtdraad.lib.access import allow


@allow(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_name(request: HttpRequest) -> HttpResponse:
    """Changes it at once; changing it back is the same form."""
    person = person_in(request)
    form = NameForm(posted(request), initial={"name": person.name})
    if form.is_valid():
        actions.rename(person, form.cleaned_data["name"], at=timezone.now())
        messages.success(request, _("Saved. We call you %(name)s.") % {"name": form.cleaned_data["name"]})
        return go_on("")
    return render(request, "accounts/my_name.html", {"form": form}, status=422 if form.errors else 200)
