"""`/wijkakkoorden/`: what partners agreed with each other, for everybody."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.lib.uploads.serving import attachment
from buurtdraad.partners.models import AccordDocument, AccordVersion
from buurtdraad.partners.queries import accords as queries
from buurtdraad.partners.queries.accord_paper import on_paper
from buurtdraad.partners.queries.offers import offers_in
from buurtdraad.partners.states import AccordStage
from buurtdraad.places import queries as places
from buurtdraad.ui import pdf


@allow(EVERYBODY)
@require_safe
@cached_page
def accords(request: HttpRequest) -> HttpResponse:
    """Every accord that counts, and after them those that ended."""
    return shows(render(request, "partners/accords.html", {"shelves": queries.all_accords()}), places.city_code())


@allow(EVERYBODY)
@require_safe
@cached_page
def accord(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """What an accord says now, or said in an older version, with its parties and what each version changed."""
    version = version_or_404(uuid, number)
    codes = queries.codes_of(version.accord)
    return shows(render(request, "partners/accord.html", accord_context(version)), *codes)


def accord_context(version: AccordVersion) -> dict:
    """What the page of a version shows."""
    today = timezone.localdate()
    versions = queries.versions_of(version.accord)
    codes = queries.codes_of(version.accord)
    parties = queries.parties_of(version)
    wholes = [party.organisation.pk for party in parties if not party.left_on]
    around = codes.union(*places.inside(codes).values())
    return {
        "version": version,
        "principles": [line for line in version.principles.splitlines() if line.strip()],
        "promise": queries.promise(version),
        "place_names": names_of(codes),
        "parties": [party for party in parties if not party.left_on],
        "left": [party for party in parties if party.left_on],
        "not_yet": queries.still_to_sign(version, versions, on=today),
        "today": today,
        "later": queries.joined_later(version),
        "changes": queries.changes(version, versions),
        "versions": versions if len(versions) > 1 else [],
        "counts_now": version.stage == AccordStage.IN_FORCE,
        "newest": versions[0] if versions and versions[0].number > version.number else None,
        "paper": getattr(version, "document", None),
        "offers": offers_in(around, on=today, of=wholes) if version.stage == AccordStage.IN_FORCE else [],
        "crumbs": [(_("Agreements between partners"), reverse("partners:accords"))],
    }


@allow(EVERYBODY)
@require_safe
def accord_pdf(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """The same on paper."""
    version = version_or_404(uuid, number)
    paper = pdf.render("partners/accord.typ", on_paper(version, names_of(queries.codes_of(version.accord))))
    return HttpResponse(paper, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="wijkakkoord.pdf"'})


@allow(EVERYBODY)
@require_safe
def accord_document(request: HttpRequest, uuid: UUID, number: int) -> HttpResponseBase:
    """The signed text, where no name of a person is in it."""
    public = AccordDocument.objects.filter(on_site=True).exclude(version__stage=AccordStage.DRAFT)
    return attachment(get_object_or_404(public, version__accord__uuid=uuid, version__number=number))


def version_or_404(uuid: UUID, number: int | None) -> AccordVersion:
    version = queries.version_of(uuid, number)
    if version is None:
        raise Http404
    return version


def names_of(codes: set[str]) -> list[str]:
    names = places.names_of(codes)
    return sorted(names.get(code, code) for code in codes)
