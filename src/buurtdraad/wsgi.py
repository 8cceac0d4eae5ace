"""What granian serves: Django, with the page cache before it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtdraad.settings")
django = get_wsgi_application()

# Both need Django's settings to be read.
from buurtdraad.audit.listening import tell_changes  # noqa: E402
from buurtdraad.lib.page_cache.addresses import around  # noqa: E402

application = around(django, watch=tell_changes)
