"""What granian serves: Django, with the page cache before it, and before that who the visitor is behind a proxy."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtdraad.settings")
django = get_wsgi_application()

# These need Django's settings to be read.
from django.conf import settings  # noqa: E402

from buurtdraad.audit.listening import tell_changes  # noqa: E402
from buurtdraad.lib.page_cache.addresses import around  # noqa: E402
from buurtdraad.lib.proxies import BehindProxies  # noqa: E402

application = BehindProxies(around(django, watch=tell_changes), settings.TRUSTED_PROXIES)
