"""What granian serves: Django, with the page cache before it, and before that a number for each request and the visitor behind a proxy."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtdraad.settings")
django = get_wsgi_application()

# These need Django's settings to be read.
from django.conf import settings  # noqa: E402

from buurtdraad.audit.listening import tell_changes  # noqa: E402
from buurtdraad.lib.page_cache.addresses import around  # noqa: E402
from buurtdraad.lib.proxies import BehindProxies  # noqa: E402
from buurtdraad.lib.watching.answers import Watched  # noqa: E402
from buurtdraad.running.metrics import observer  # noqa: E402

application = BehindProxies(
    Watched(around(django, watch=tell_changes), slow_ms=settings.SLOW_PAGE_MS, observe=observer()), settings.TRUSTED_PROXIES
)
