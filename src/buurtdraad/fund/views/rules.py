"""`/fonds/regels/`: the rules of the fund for everybody, those of before and of later, and those of other municipalities."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.fund.models import Scheme, SchemeRules
from buurtdraad.fund.queries import rulebook
from buurtdraad.fund.queries.rules import our_scheme
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.places.queries import city_code
from buurtdraad.ui.navigation import address


@allow(EVERYBODY)
@require_safe
@cached_page
def rules(request: HttpRequest) -> HttpResponse:
    """What holds today, with a link to every other version and scheme."""
    today = timezone.localdate()
    ours = our_scheme()
    others = list(Scheme.objects.filter(ours=False))
    now = rulebook.versions_now(today)
    mine = rulebook.versions_of(ours) if ours else []
    current = next((each for each in mine if holds(each, today)), None)
    context = page_of(current) | {
        "scheme": ours,
        "versions": [each for each in mine if each != current],
        "others": others,
        "compared": rulebook.compared(now) if others else None,
        "crumbs": [(_("Money for plans"), address("pages:fund"))],
    }
    return shows(render(request, "fund/rules.html", context), city_code())


@allow(EVERYBODY)
@require_safe
@cached_page
def version(request: HttpRequest, scheme: str, day: str) -> HttpResponse:
    """One version of a scheme, named by its first day."""
    try:
        from_on = datetime.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    found = get_object_or_404(SchemeRules.objects.select_related("scheme"), scheme__slug=scheme, from_on=from_on)
    return shown(request, found, rulebook.versions_of(found.scheme))


@allow(EVERYBODY)
@require_safe
@cached_page
def scheme(request: HttpRequest, scheme: str) -> HttpResponse:
    """What holds today of one scheme, or its newest version."""
    of = get_object_or_404(Scheme, slug=scheme)
    versions = rulebook.versions_of(of)
    if not versions:
        raise Http404
    return shown(request, next((each for each in versions if holds(each, timezone.localdate())), versions[0]), versions)


def shown(request: HttpRequest, found: SchemeRules, versions: list[SchemeRules]) -> HttpResponse:
    context = page_of(found) | {
        "scheme": found.scheme,
        "versions": [each for each in versions if each != found],
        "is_now": holds(found, timezone.localdate()),
        "crumbs": [(_("Money for plans"), address("pages:fund")), (_("The rules"), reverse("fund:rules"))],
    }
    return shows(render(request, "fund/rules_version.html", context), city_code())


def holds(version: SchemeRules, day: datetime.date) -> bool:
    return version.from_on <= day and (version.until_on is None or day <= version.until_on)


def page_of(found: SchemeRules | None) -> dict:
    """What both pages show of a version."""
    context: dict = {"rules": found, "section": "fund"}
    if found:
        context |= {
            "parts": [
                (_("How much?"), list(rulebook.amounts(found))),
                (_("What do you do first?"), list(rulebook.asking(found))),
                (_("Who decides, and when?"), list(rulebook.deciding(found))),
            ],
            "tables": rulebook.tables(found),
        }
    return context
