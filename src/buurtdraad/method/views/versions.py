"""The method for everybody: the steps of now with where each area stands, and older versions with what was different."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.method.models import MethodStep, MethodVersion
from buurtdraad.method.queries import everywhere, versions
from buurtdraad.method.queries.lessons import learned_in
from buurtdraad.places import queries as places


@allow(EVERYBODY)
@require_safe
@cached_page
def method(request: HttpRequest) -> HttpResponse:
    """How we work in each neighbourhood, and in which step each area is."""
    version = versions.in_use()
    steps = list(version.steps.all()) if version else []
    context = {
        "version": version,
        "steps": in_words(steps),
        "columns": steps,
        "rows": everywhere.everywhere(steps) if version else [],
        "others": [one for one in versions.public_versions() if one != version],
    }
    return shows(render(request, "method/method.html", context), places.city_code())


@allow(EVERYBODY)
@require_safe
@cached_page
def version(request: HttpRequest, number: int) -> HttpResponse:
    """A version that is or was in use, and what is different from the one before it."""
    found = versions.version_of(number)
    if found is None:
        raise Http404
    before = versions.before(found)
    context = {
        "version": found,
        "steps": in_words(found.steps.all()),
        "before": before,
        "learned_in": learned_in(found),
        "changes": versions.difference(before, found, public=True) if before else [],
        "crumbs": [(_("How we work"), reverse("method:method"))],
    }
    return shows(render(request, "method/version.html", context), places.city_code())


def in_words(steps) -> list[dict]:
    """Each step as its page says it."""
    return [step_in_words(step) for step in steps]


def step_in_words(step: MethodStep) -> dict:
    return {
        "step": step,
        "who": step.who,
        "how_long": step.how_long,
        "checks": [(check, versions.asks_for(check)) for check in step.checks.all()],
        "questions": versions.lines(step.questions),
        "examples": versions.lines(step.examples),
    }


def title_of(version: MethodVersion) -> str:
    return _("%(name)s, version %(number)d") % {"name": version.name, "number": version.number}
