"""Through whose eyes pages are asked: people of the cast who signed in. Only for measuring."""

from django.conf import settings
from django.test import Client
from django.utils import timezone

from buurtdraad.accounts.access import SECOND_FACTOR
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.sessions import BEGAN_AT

VISITOR = "visitor"
# Through whose eyes, in the order in which they are asked: who has most to do with all rooms first.
RESIDENT = "kees"
STAFF = ("joris", "noor", "priya", "bas", "femke", "wouter", "tom", "anouk", "jansen", "hamid", "ria", "samira", "linda", "emine")
VIEWERS = (VISITOR, RESIDENT, *STAFF)


def client(viewer: str) -> Client:
    """Somebody of the cast who signed in with both steps; or nobody."""
    made = Client(headers={"host": "localhost"})
    if viewer != VISITOR:
        made.force_login(Person.objects.get(demo_role=viewer), backend="django.contrib.auth.backends.ModelBackend")
        session = made.session
        session[SECOND_FACTOR] = session[BEGAN_AT] = timezone.now().isoformat()
        session.save()
    return made


def sessions() -> dict[str, str]:
    """The key of a session for each of the cast."""
    return {viewer: client(viewer).cookies[settings.SESSION_COOKIE_NAME].value for viewer in VIEWERS if viewer != VISITOR}
