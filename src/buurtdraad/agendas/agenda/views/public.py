"""Agendas for everybody: all of them, one, a topic, an agreement, and the paper for the wall."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, AgreementPicture, Owner, Topic
from buurtdraad.agendas.agenda.queries import agendas, thread
from buurtdraad.agendas.agenda.queries.printed import printed
from buurtdraad.agendas.agenda.queries.words import how_chosen, track, when, who
from buurtdraad.agendas.agenda.rules import not_done_until
from buurtdraad.agendas.agenda.states import SAYS_WHY, VersionStage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.lib.uploads.serving import picture
from buurtdraad.partners.models import Confirmation
from buurtdraad.partners.queries.confirming import answered_on_site, said_of
from buurtdraad.partners.states import Says
from buurtdraad.places import queries as places
from buurtdraad.ui import pdf


@allow(EVERYBODY)
@require_safe
@cached_page
def all_agendas(request: HttpRequest) -> HttpResponse:
    """Every agenda that counts now."""
    city = places.city_code()
    return shows(render(request, "agendas/agendas.html", {"shelves": agendas.all_agendas(), "section": "agendas"}), city)


@allow(EVERYBODY)
@require_safe
def to_all_agendas(request: HttpRequest) -> HttpResponse:
    """For who cuts an address short."""
    return redirect("agendas:agendas", permanent=True)


@allow(EVERYBODY)
@require_safe
@cached_page
def agenda(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """The agenda of an area that counts now, or an older version."""
    version = agendas.version_of(code, number)
    if version is None:
        raise Http404
    return shows(render(request, "agendas/agenda.html", agenda_context(version)), code)


def agenda_context(version: AgendaVersion) -> dict:
    """What the page of a version shows; a draft that is looked at beforehand too."""
    page = agendas.agenda_page(version)
    polled = agendas.polled(version)
    said = said_of([agreement.thing for agreement in (*page.agreements, *page.left)])
    return {
        "page": page,
        "version": version,
        "rows": [(part, [row(agreement, said) for agreement in part.agreements]) for part in page.parts],
        "left": [row(agreement, said) for agreement in page.left],
        "counts_now": version.stage == VersionStage.ADOPTED,
        "polled": poll_rows(polled) if polled.enough else [],
        "number_polled": polled.number,
        "crumbs": [(_("Neighbourhood agenda"), reverse("agendas:agendas"))],
        "section": "agendas",
    }


def poll_rows(polled: agendas.Polled) -> list[tuple]:
    return [
        (_("Do you notice a difference in the neighbourhood?"), *polled.better),
        (_("Is done what was agreed?"), *polled.kept),
        (_("Could you join in, if you wanted to?"), *polled.could_join),
    ]


def row(agreement: Agreement, said: dict[str, list[Confirmation]]) -> dict:
    """An agreement in a list: a reason stands there once, and only where it says why something waits.

    Of what partners said (of this thing and others) it tells who confirmed that an open one is right.
    """
    return {
        "agreement": agreement,
        "who": who(agreement),
        "when": when(agreement, timezone.localdate()),
        "why": agreement.why if agreement.stage in SAYS_WHY else "",
        "next_step": agreement.next_step if agreement.is_open else "",
        "confirmed": [one for one in said.get(agreement.thing, ()) if one.says == Says.RIGHT and agreement.is_open],
    }


@allow(EVERYBODY)
@require_safe
def agenda_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The agenda to pin up."""
    version = agendas.version_of(code)
    if version is None:
        raise Http404
    paper = pdf.render("agendas/agenda.typ", printed(agendas.agenda_page(version), timezone.localdate()))
    headers = {"Content-Disposition": f'inline; filename="buurtagenda-{code}.pdf"'}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


@allow(EVERYBODY)
@require_safe
@cached_page
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """A topic: how it was chosen, from which wishes, and what was agreed about it."""
    found = get_object_or_404(Topic.objects.select_related("version__area", "challenge").exclude(version__stage=VersionStage.DRAFT), pk=pk)
    area = found.version.area
    name = places.names_of([area.code]).get(area.code, area.code)
    before, after = agendas.before_and_after(found)
    agreements = thread.agreements_of(found)
    said = said_of([agreement.thing for agreement in agreements])
    context = {
        "topic": found,
        "how_chosen": how_chosen(found),
        "wishes": wishes_of(found),
        "rows": [row(agreement, said) for agreement in agreements],
        "before": before,
        "after": after,
        "counts_now": found.version.stage == VersionStage.ADOPTED,
        "crumbs": crumbs_to(found.version, name),
        "section": "agendas",
    }
    return shows(render(request, "agendas/topic.html", context), area.code)


def wishes_of(topic: Topic) -> list[Wish]:
    """The wishes of a topic that everybody may see, the first one first."""
    return list(Wish.objects.on_site().filter(chosen_in__topic=topic).defer("search").order_by("given_at", "pk"))


def crumbs_to(version: AgendaVersion, name: str) -> list[tuple[str, str]]:
    path = reverse("agendas:agenda", args=[version.area.code])
    if version.stage == VersionStage.FOLLOWED:
        path = reverse("agendas:version", args=[version.area.code, version.number])
    return [(_("Neighbourhood agenda"), reverse("agendas:agendas")), (name, path)]


@allow(EVERYBODY)
@require_safe
@cached_page
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """An agreement: who does what and when, how it stands, and how it came so far."""
    found = get_object_or_404(
        Agreement.objects.public()
        .select_related("topic__version__area", "area", "picture")
        .prefetch_related("owners__organisation__joined_to"),
        pk=pk,
    )
    today = timezone.localdate()
    name = places.names_of([found.area.code]).get(found.area.code, found.area.code)
    steps = thread.history_of(found)
    context = row(found, said_of([found.thing])) | {
        "answers": answered_on_site([found.thing]).get(found.thing, []),
        "track": track(),
        "owners": [(owner, stopped_on(owner, today)) for owner in found.owners.all() if not owner.refused_at],
        # The reason of how it stands now is above; here are the steps before.
        "steps": [(step, step.why if step is not steps[-1] else "") for step in steps],
        "why_now": found.why,
        "wishes": wishes_of(found.topic),
        "not_done_until": not_done_until(found.done_on) if found.done_on and found.may_be_said_not_done(today) else None,
        "crumbs": [*crumbs_to(found.topic.version, name), (found.topic.title, reverse("agendas:topic", args=[found.topic_id]))],
        "section": "agendas",
    }
    return shows(render(request, "agendas/agreement.html", context), found.area.code)


def stopped_on(owner: Owner, today: datetime.date) -> datetime.date | None:
    """The last day of an organisation that is over."""
    last = owner.organisation.whole.until_on if owner.organisation else None
    return last if last and last < today else None


@allow(EVERYBODY)
@require_safe
def agreement_picture(request: HttpRequest, pk: int, width: int) -> HttpResponseBase:
    shown = get_object_or_404(AgreementPicture, agreement__in=Agreement.objects.public(), agreement=pk)
    return picture(shown, width, public=True)
