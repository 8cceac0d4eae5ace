"""The addresses of the product before any page of the menu is there."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from buurtdraad.ui.urls import fixed_urlpatterns

urlpatterns = [*fixed_urlpatterns, *i18n_patterns(path("", include("buurtdraad.ui.urls")), prefix_default_language=False)]
