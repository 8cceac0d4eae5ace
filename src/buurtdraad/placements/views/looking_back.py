"""How it was for the host: a page with the shifts that were, and a form for each; opened as the page of the host is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.asking import posted
from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.placements.actions.after import say_how_it_was
from buurtdraad.placements.forms.after import HostForm
from buurtdraad.placements.models import Host
from buurtdraad.placements.queries import lessons as queries
from buurtdraad.placements.queries.after import shifts_to_tell_of
from buurtdraad.placements.views.hosting import host_page
from buurtdraad.ui.asking import form_page, said

# As many words of thanks stand on the page of a host.
MOST_THANKS = 20


@host_page
def host_look_back(request: HttpRequest, found: Host, by: Person | None, token: str) -> HttpResponse:
    """The shifts of which a host told nothing yet, and how people thanked them."""
    context = {
        "host": found,
        "token": token,
        "shifts": list(shifts_to_tell_of(found)),
        "thanks": list(queries.thanks_to(found.pk)[:MOST_THANKS]),
    }
    return render(request, "placements/host_look_back.html", context)


@host_page
def host_tell(request: HttpRequest, found: Host, by: Person | None, token: str, uuid: UUID) -> HttpResponse:
    """How one shift was for the host; GET changes nothing."""
    shift = get_object_or_404(found.shifts, uuid=uuid)
    form, own = HostForm(posted(request)), reverse("placements:host", args=[token])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            say_how_it_was(shift, again=given["again"] == "yes", words=given["words"], by=by, at=timezone.now())
        except Refused as refusal:
            return said(request, _("You answered this already"), str(refusal), back=own, go=_("Your page as host"))
        return said(request, _("Thank you"), _("Who organises the placements reads what you told."), back=own, go=_("Your page as host"))
    back = reverse("placements:host_look_back", args=[token])
    title = _("How was it for you?")
    return form_page(request, form, title=title, about=found.name, day=shift.starts_at, back=back, send=_("Send"))
