"""`/open-data/api/`: the API explained to people who make something with it."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.api.explaining import collections, examples, root
from buurtdraad.api.resources import RESOURCES
from buurtdraad.api.serving import MOST
from buurtdraad.api.shape import MOST_ON_A_PAGE, ON_A_PAGE
from buurtdraad.fund.queries.register import granted_decisions
from buurtdraad.initiatives.models import InitiativeWish
from buurtdraad.initiatives.states import Showing
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.places.queries import city_code
from buurtdraad.ui.navigation import address

# What stands in an example where a city has nothing yet: the form of a key, not one that is there.
NO_WISH, NO_BUDGET = "ZO-1", "00000000-0000-4000-8000-000000000000"


@allow(EVERYBODY)
@require_safe
@cached_page
def explained(request: HttpRequest) -> HttpResponse:
    """What there is, how one asks, and three examples with things that are there."""
    context = {
        "root": root(),
        "names": [(one.name, one.title) for one in RESOURCES],
        "each": each_collection(get_language() or settings.LANGUAGE_CODE, root()),
        "examples": examples(**there()),
        "most": MOST,
        "on_a_page": ON_A_PAGE,
        "most_on_a_page": MOST_ON_A_PAGE,
        "crumbs": [(_("Open data"), url)] if (url := address("pages:open_data")) else [],
    }
    return shows(render(request, "api/explained.html", context), city_code())


@lru_cache(maxsize=8)
def each_collection(language: str, root: str) -> SafeString:
    """What each collection has and answers, in the language of now: it follows from the code, so it is written once for each process."""
    facts = {"fields_head": [_("Name"), _("Type"), _("What it means")]}
    return mark_safe("".join(render_to_string("api/collection.html", facts | {"one": one}) for one in collections()))  # noqa: S308 (templates)


def there() -> dict[str, str]:
    """An area, a wish and a budget for the examples: of a wish that became something, and of the last grant. Two queries, or three."""
    came_of = InitiativeWish.objects.filter(wish__in=Wish.objects.on_site().values("pk"), initiative__showing=Showing.SHOWN)
    wish = came_of.order_by("-pk").values_list("wish__reference", "wish__area__code").first()
    wish = wish or Wish.objects.on_site().order_by("-pk").values_list("reference", "area__code").first()
    budget = granted_decisions().filter(commitment__isnull=False).values_list("commitment__pot__uuid", flat=True).first()
    return {"area": wish[1] if wish else city_code(), "wish": wish[0] if wish else NO_WISH, "budget": str(budget or NO_BUDGET)}
