"""`/werk/stages/`: the organiser keeps hosts, and mails them their link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow
from buurtdraad.lib.dated import EndForm
from buurtdraad.lib.refusal import Refused
from buurtdraad.placements import access
from buurtdraad.placements.actions import hosts as actions
from buurtdraad.placements.forms.hosts import HostForm
from buurtdraad.placements.models import Host
from buurtdraad.placements.queries import hosts as queries
from buurtdraad.placements.queries.shifts import asking_for_organiser
from buurtdraad.places import queries as places
from buurtdraad.ui.asking import form_page


def known(uuid: UUID) -> Host:
    return get_object_or_404(Host.objects.select_related("organisation__joined_to", "area"), uuid=uuid)


@allow(access.ORGANISER)
@require_safe
def work_hosts(request: HttpRequest) -> HttpResponse:
    """All hosts, and the shifts that ask for the organiser."""
    at = timezone.now()
    context = {"hosts": queries.hosts(at=at), "asking": asking_for_organiser(at), "now": at, "today": timezone.localdate(at)}
    return render(request, "placements/work_hosts.html", context)


@allow(access.ORGANISER)
@require_safe
def work_host(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One host with its contact: that leaves a trace."""
    host = known(uuid)
    record_look(room="placements", thing=host.thing, by=me(request).uuid, at=timezone.now(), duty=access.duty_of(request.user))
    context = {
        "host": host,
        "place": places.names_of([host.area.code]).get(host.area.code, host.area.code),
        "blocked": queries.days_blocked(host, timezone.localdate()),
        "addresses": queries.addresses_of(host),
    }
    return render(request, "placements/work_host.html", context)


@allow(access.ORGANISER)
@require_form
def add_host(request: HttpRequest) -> HttpResponse:
    form = HostForm(posted(request))
    if form.is_valid():
        host = actions.add_host(form.facts, by=me(request), at=timezone.now())
        messages.success(request, _("The host is added. The contact got a link by mail."))
        return redirect("placements:work_host", host.uuid)
    return form_page(request, form, title=_("Add a host"), back=reverse("placements:work_hosts"))


@allow(access.ORGANISER)
@require_form
def change_host(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form shows how to reach somebody, so it leaves a trace as the page does."""
    host = known(uuid)
    form = HostForm(posted(request), host=host)
    if form.is_valid():
        actions.change_host(host, form.facts, by=me(request), at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("placements:work_host", host.uuid)
    record_look(room="placements", thing=host.thing, by=me(request).uuid, at=timezone.now(), duty=access.duty_of(request.user))
    title = _("Change: %(name)s") % {"name": host}
    return form_page(request, form, title=title, back=reverse("placements:work_host", args=[uuid]))


@allow(access.ORGANISER)
@require_form
def end_host(request: HttpRequest, uuid: UUID) -> HttpResponse:
    host, form = known(uuid), EndForm(posted(request))
    if form.is_valid():
        try:
            actions.end_host(host, last_day=form.cleaned_data["last_day"], by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It has a last day now."))
            return redirect("placements:work_host", host.uuid)
    return form_page(
        request, form, title=_("End: %(name)s") % {"name": host}, back=reverse("placements:work_host", args=[uuid]), send=_("End"),
        lead=_("Shifts after this day are called off. Who would come is told."),
    )  # fmt: skip


@allow(access.ORGANISER)
@require_POST
def send_link(request: HttpRequest, uuid: UUID) -> HttpResponse:
    host = known(uuid)
    sent = actions.send_link(host, by=me(request), at=timezone.now())
    if sent:
        messages.success(request, _("A fresh link is on its way by mail."))
    else:
        messages.warning(request, _("We know no e-mail address of this host. Add one, or act for the host yourself."))
    return redirect("placements:work_host", host.uuid)
