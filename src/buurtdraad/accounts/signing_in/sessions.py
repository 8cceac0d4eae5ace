"""The session store (`SESSION_ENGINE`): Django's own in the database, plus whose session it is and on what device."""

import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from buurtdraad.accounts.signing_in.models import Session

# Names in the session that the row shows too.
DEVICE, BEGAN_AT = "device", "began_at"


class SessionStore(DatabaseStore):
    """What `django.contrib.sessions` documents as extending the database-backed store."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device = data.get(DEVICE, "")
        row.began_at = datetime.datetime.fromisoformat(data[BEGAN_AT]) if BEGAN_AT in data else None
        return row
