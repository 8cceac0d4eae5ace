"""Two organisations that turn out to be one, and two after all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.partners import access, actions
from buurtdraad.partners.forms.joining import JoinForm
from buurtdraad.partners.models import Organisation
from buurtdraad.partners.queries.doubles import comes_along
from buurtdraad.partners.queries.organisations import codes_of
from buurtdraad.partners.views.organisations import whole


@allow(access.CHANGER)
@require_form
def join_organisation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose what this organisation is the same as, see what comes along (`?into=`), and join them. It can be undone."""
    double = whole(uuid)
    require(access.may_end(request.user, codes_of(double)))
    chosen = request.GET if "into" in request.GET else None
    form = JoinForm(posted(request) or chosen, double=double)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into and not access.may_change(request.user, codes_of(into)):
        form.add_error("into", _("You may not change that organisation. Ask the programme manager."))
    elif into and request.method != "POST":
        along = comes_along(double, into, on=timezone.localdate())
        return render(request, "partners/join.html", {"double": double, "about": double, "into": into, "along": along})
    elif into and join(form, double, into, request):
        messages.success(request, _("%(double)s is the same as this organisation now.") % {"double": double})
        return redirect("partners:organisation", into.uuid)
    words = {
        "title": _("%(name)s is there twice") % {"name": double},
        "lead": _("First you see what comes along. You can undo this later."),
        "button": _("See what comes along"),
        "method": "get",
    }
    status = 422 if request.method == "POST" or form.errors else 200
    return render(request, "partners/form.html", {"form": form, "about": double} | words, status=status)


def join(form: JoinForm, double: Organisation, into: Organisation, request: HttpRequest) -> bool:
    """Whether it is done; else the form says why not."""
    try:
        actions.join(double, into=into, by=me(request), at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@allow(access.CHANGER)
@require_POST
def part_organisation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """They are two after all: the double stands in the lists again."""
    double = get_object_or_404(Organisation.objects.select_related("joined_to").filter(joined_to__isnull=False), uuid=uuid)
    assert double.joined_to
    require(access.may_join(request.user, codes_of(double), codes_of(double.joined_to)))
    try:
        actions.part(double, by=me(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s is an organisation of its own again.") % {"name": double})
    return redirect("partners:organisation", uuid)
