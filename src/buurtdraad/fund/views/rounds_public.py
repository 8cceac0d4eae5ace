"""`/fonds/rondes/`: when people can ask in a round, what counts, and the order with points once it is known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.fund.models import RoundEntry
from buurtdraad.fund.queries.rounds import public_rounds
from buurtdraad.fund.states import Who
from buurtdraad.initiatives.states import Showing
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.places import queries as places
from buurtdraad.ui.navigation import address
from buurtdraad.ui.numbers import as_text


@allow(EVERYBODY)
@require_safe
@cached_page
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, the newest first. Of people without an organisation nothing but that it was a resident."""
    context = {
        "rounds": [(one, [row(entry) for entry in one.entries]) for one in public_rounds()],
        "head": [_("Plan"), _("Who"), _("Place"), _("Points")],
        "crumbs": [(_("Who got money?"), reverse("fund:register"))],
        "section": "fund",
    }
    return shows(render(request, "fund/rounds.html", context), places.city_code())


def row(entry: RoundEntry) -> tuple:
    """A line of the table: the plan leads to its page where it stands on the site; else only what kind of plan it is."""
    application = entry.application
    shown = application.initiative.showing == Showing.SHOWN
    plan = application.initiative.title if shown else str(application.get_activity_display())
    url = address("initiatives:initiative", application.initiative.slug) if shown else ""
    who = application.organisation_name if application.who == Who.ORGANISATION else _("resident")
    return (plan, url), who, entry.place, as_text(entry.points, 2) if entry.points is not None else "-"
