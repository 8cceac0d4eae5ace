import pytest
from django.core.handlers.wsgi import WSGIHandler

from buurtdraad.lib.page_cache.addresses import around
from buurtdraad.lib.tests import demo_pages


@pytest.fixture
def demo(settings, db):
    """The demo pages, with a fresh count of what was rendered. Django looks at its connections around each request."""
    settings.ROOT_URLCONF = "buurtdraad.lib.tests.demo_pages"
    demo_pages.renders.clear()
    demo_pages.saw.clear()
    demo_pages.words["area"] = "Lombok"
    demo_pages.gate.set()
    while demo_pages.begun.acquire(blocking=False):
        pass
    return demo_pages


@pytest.fixture
def cache(demo):
    """A page cache around Django that hears everything, before its first request."""
    return around(WSGIHandler(), watch=lambda shelf: shelf.hears())
