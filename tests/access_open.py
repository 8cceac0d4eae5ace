"""Samples of the addresses of open data, feeds and the map of the site, for `tests.access`."""

import datetime
from typing import Any

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import Showing
from buurtdraad.places.models import Area

PLACE = "BU03440241"


def open_samples(at: datetime.datetime) -> dict[str, Any]:
    """A dataset, a catalogue, and the news of a plan that stands on the site."""
    facts = {"title": "A garden", "area": Area.objects.get(code=PLACE), "theme": Theme.GREEN, "showing": Showing.SHOWN}
    plan = Initiative.objects.create(slug="open-garden", made_at=at, **facts)
    return {
        "pages:dataset": "wensen",
        "pages:dataset_file": {"key": "wensen", "form": "csv"},
        "pages:catalogue": "ttl",
        "pages:initiative_news": plan.slug,
        "sitemap_section": "wensen",
    }
