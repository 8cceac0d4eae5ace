"""The demo page in each language, as the product's addresses have it."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from buurtdraad.lib.tests.demo_pages import area, not_cached

urlpatterns = i18n_patterns(path("buurten/<str:code>/", area), path("los/", not_cached), prefix_default_language=False)
