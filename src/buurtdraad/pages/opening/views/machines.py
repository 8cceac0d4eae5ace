"""The map of the site, for search engines; in Dutch, whatever the browser asks."""

from django.conf import settings
from django.contrib.sitemaps import views
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.pages.opening.sitemaps import SECTIONS, listed
from buurtdraad.places.queries import city_code


@allow(EVERYBODY)
@require_safe
@cached_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Which files there are."""
    with override(settings.LANGUAGE_CODE):
        index = views.index(request, listed(), sitemap_url_name="sitemap_section")  # type: ignore[arg-type] # has what is asked of them
        return shows(index.render(), city_code())


@allow(EVERYBODY)
@require_safe
@cached_page(query=("p",))
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one kind of page; `?p=2` the next 10,000."""
    with override(settings.LANGUAGE_CODE):
        return shows(views.sitemap(request, SECTIONS, section=section).render(), city_code())
