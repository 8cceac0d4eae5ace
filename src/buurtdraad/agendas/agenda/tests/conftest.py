"""An agenda that counts, with a topic of Mevrouw Aydin's wish, an agreement and its owner Linda."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.actions import OwnerFacts, Promise, TopicFacts
from buurtdraad.agendas.agenda.states import Method, OwnerKind
from buurtdraad.partners.models import Kind, Organisation

NOW = timezone.now() + datetime.timedelta(hours=1)
TODAY = timezone.localdate(NOW)
SOON = TODAY + datetime.timedelta(days=30)
CHOSEN = TopicFacts(
    "Groen en ontmoeten", "Meer plekken om te zitten.", method=Method.STICKERS, votes=31, votes_total=141, people=47, per_person=3
)


@pytest.fixture
def draft(areas, joris):
    """The first draft of Zuilen-Oost."""
    return actions.make_draft(areas["zuilen-oost"], by=joris, at=NOW)


@pytest.fixture
def topic(draft, joris, wish):
    """A topic of the draft, chosen at an evening with stickers, from the wish."""
    made = actions.add_topic(draft, CHOSEN, by=joris, at=NOW)
    actions.choose_wishes(made, [wish], by=joris, at=NOW)
    return made


@pytest.fixture
def agenda(draft, topic, joris):
    """The agenda of Zuilen-Oost that counts now."""
    actions.adopt(draft, adopted_by="De avond met bewoners", valid_from=TODAY, by=joris, at=NOW)
    draft.refresh_from_db()
    topic.refresh_from_db()
    return draft


@pytest.fixture
def agreement(agenda, topic, joris):
    """Two benches and three trees on the Wilgenhof, before a month from now."""
    promise = Promise("Twee banken en drie bomen op de Wilgenhof", due_on=SOON, next_step="De plek kiezen")
    return actions.add_agreement(topic, promise, by=joris, at=NOW)


@pytest.fixture
def vechtoever(db):
    return Organisation.objects.create(name="De Vechtoever", kind=Kind.HOUSING, from_on=TODAY)


@pytest.fixture
def owner(agreement, joris, vechtoever):
    """De Vechtoever, that did not say yes yet."""
    return actions.add_owner(agreement, OwnerFacts("De Vechtoever", OwnerKind.PARTNER, organisation=vechtoever), by=joris, at=NOW)


@pytest.fixture
def linda(db):
    """Of De Vechtoever, with an account."""
    return Person.objects.create(name="Linda Mulder", email="linda@example.nl", confirmed_at=timezone.now(), password="!")


@pytest.fixture
def mailed(rf, joris):
    """The token of the last mail whose address holds a piece of path: `mailed("/afspraken/aannemen/")`."""

    def token(piece):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT args->>'text' FROM procrastinate_jobs WHERE args->>'text' LIKE %s ORDER BY id DESC LIMIT 1", [f"%{piece}%"]
            )
            return cursor.fetchone()[0].split(piece)[1].split("/")[0]

    return token


@pytest.fixture
def asked(owner, joris, rf, mailed):
    """The token with which De Vechtoever says yes or no."""
    actions.ask_by_mail(rf.get("/"), owner, "Linda@example.nl", by=joris, at=NOW)
    return mailed("/afspraken/aannemen/")
