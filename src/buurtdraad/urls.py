"""Every address of the product. The language is part of it: `/` is Dutch, `/nl-x-simpel/` easy Dutch, `/en/` English."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from buurtdraad.ui.urls import fixed_urlpatterns

urlpatterns = [
    path("", include("buurtdraad.running.urls")),
    *fixed_urlpatterns,
    *i18n_patterns(
        path("", include("buurtdraad.ui.urls")),
        path("", include("buurtdraad.accounts.urls")),
        path("", include("buurtdraad.pages.urls")),
        path("", include("buurtdraad.running.demo.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "buurtdraad.ui.views.bad_request"
handler403 = "buurtdraad.ui.views.forbidden"
handler404 = "buurtdraad.ui.views.not_found"
handler500 = "buurtdraad.ui.views.server_error"
