"""Every address of the product. The language is part of it: `/` is Dutch, `/nl-x-simpel/` easy Dutch, `/en/` English."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from buurtdraad.pages.opening.urls import fixed_urlpatterns as sitemap_urlpatterns
from buurtdraad.ui.urls import fixed_urlpatterns

urlpatterns = [
    path("", include("buurtdraad.running.urls")),
    *fixed_urlpatterns,
    path("", include("buurtdraad.api.urls")),
    *sitemap_urlpatterns,
    *i18n_patterns(
        # First, for a whole city may vote in one evening, and each address above this line costs each of them a moment.
        path("", include("buurtdraad.budgets.urls")),
        path("", include("buurtdraad.ui.urls")),
        path("", include("buurtdraad.accounts.urls")),
        path("", include("buurtdraad.agendas.urls")),
        # Before the page of any dataset, which would take its address.
        path("", include("buurtdraad.api.reading_urls")),
        path("", include("buurtdraad.pages.urls")),
        path("", include("buurtdraad.partners.urls")),
        path("", include("buurtdraad.method.urls")),
        path("", include("buurtdraad.placements.urls")),
        path("", include("buurtdraad.initiatives.urls")),
        path("", include("buurtdraad.money.urls")),
        path("", include("buurtdraad.fund.urls")),
        path("", include("buurtdraad.works.urls")),
        path("", include("buurtdraad.reports.urls")),
        path("", include("buurtdraad.challenges.urls")),
        path("", include("buurtdraad.messages.urls")),
        path("", include("buurtdraad.running.demo.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "buurtdraad.ui.views.bad_request"
handler403 = "buurtdraad.ui.views.forbidden"
handler404 = "buurtdraad.ui.views.not_found"
handler500 = "buurtdraad.ui.views.server_error"
