"""The product as granian serves it, with one page of ours: how many events there are, by the process that answers."""

import os

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from buurtdraad.lib.page_cache import cached_page, shows


@cached_page
def count(request, code):
    from buurtdraad.audit.models import Event

    return shows(HttpResponse(f"{Event.objects.count()} {os.getpid()} {os.urandom(4).hex()}"), code)


urlpatterns = [path("hoeveel/<str:code>/", count)]

if os.environ.get("BUURTDRAAD_TEST_SERVED"):
    settings.ROOT_URLCONF = "buurtdraad.audit.tests.served"
    from buurtdraad.wsgi import application  # noqa: F401
