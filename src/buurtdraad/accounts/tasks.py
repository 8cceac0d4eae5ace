"""Forgetting what has passed."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from buurtdraad.accounts.signing_in.actions.links import forget_links

# A link that has passed is kept a day, so that the page can say so.
KEPT_FOR = datetime.timedelta(days=1)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="forget_what_passed")
def forget_what_passed(timestamp: int) -> None:
    """Remove links and sessions whose time is over."""
    forget_links(before=timezone.now() - KEPT_FOR)
    import_string(f"{settings.SESSION_ENGINE}.SessionStore").clear_expired()
