"""Addresses of the API; they stand outside the languages."""

from django.urls import URLPattern, path

from buurtdraad.api import views
from buurtdraad.api.building import build
from buurtdraad.api.serving import served

api = build()
app_name = "api"
# Without a slash at the end (NL API Design Rules), so each address says it whole.
ROOT = "api/v1"

# The addresses that django-ninja made, without its own start, each with what holds for every answer around it.
made = [
    path(f"{ROOT}/{one.pattern}", served(one.callback), name=one.name)
    for one in api.urls[0]
    if isinstance(one, URLPattern) and str(one.pattern)
]
urlpatterns = [
    path(ROOT, served(views.start), name="start"),
    path(f"{ROOT}/openapi.json", served(views.openapi), name="openapi"),
    *made,
    path(f"{ROOT}/", served(views.nothing), {"rest": ""}, name="slash"),
    path(f"{ROOT}/<path:rest>", served(views.nothing), name="nothing"),
]
