"""Addresses of open data, feeds and the card; and of the map of the site, which is the same in every language."""

from django.urls import path

from buurtdraad.pages import area_codes  # noqa: F401 (the converter `area`)
from buurtdraad.pages.opening.views import data, machines, news

urlpatterns = [
    path("open-data/", data.open_data, name="open_data"),
    path("open-data/catalogus.<slug:form>", data.catalogue, name="catalogue"),
    path("open-data/<slug:key>/", data.dataset, name="dataset"),
    path("open-data/<slug:key>.<slug:form>", data.dataset_file, name="dataset_file"),
    path("buurten/<area:code>/nieuws.atom", news.area_news, name="area_news"),
    path("buurten/<area:code>/kaartje/", news.card, name="card"),
    path("buurten/<area:code>/volgen/", news.follow_area, name="follow_area"),
    path("initiatieven/<slug:slug>/nieuws.atom", news.initiative_news, name="initiative_news"),
]
fixed_urlpatterns = [
    path("sitemap.xml", machines.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap_section"),
]
