"""The city of the wishes with what comes after a wish: `story.topic(wish)`, `story.agree(topic)`, `story.meet(wish)`."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.agendas.agenda import actions as agendas
from buurtdraad.agendas.agenda.actions import OwnerFacts, Promise, TopicFacts
from buurtdraad.agendas.agenda.states import Method, OwnerKind
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.conftest import *  # noqa: F403 (the city of the wishes)
from buurtdraad.agendas.meetings import actions as meetings
from buurtdraad.agendas.meetings.actions import Plan

NOW = timezone.now()
DAY = datetime.timedelta(days=1)
HOSTILE = "<script>alert(1)</script>"
PROMISE = "Twee banken en drie bomen"


class Story:
    """Joris makes what comes after a wish in Zuilen-Oost."""

    def __init__(self, areas, joris):
        self.areas, self.joris = areas, joris

    def topic(self, wish, title="Groen en ontmoeten", *, adopted=True):
        """A topic from a wish, chosen with stickers; `adopted=False` leaves its agenda a draft."""
        draft = agendas.make_draft(self.areas["zuilen-oost"], by=self.joris, at=NOW)
        facts = TopicFacts(title, method=Method.STICKERS, votes=31, votes_total=141, people=47, chosen_on=timezone.localdate(NOW))
        topic = agendas.add_topic(draft, facts, by=self.joris, at=NOW)
        agendas.choose_wishes(topic, [wish], by=self.joris, at=NOW)
        if adopted:
            self.adopt(draft)
        topic.refresh_from_db()
        return topic

    def next_agenda(self, at):
        self.adopt(agendas.make_draft(self.areas["zuilen-oost"], by=self.joris, at=at), at)

    def adopt(self, draft, at=NOW):
        agendas.adopt(draft, adopted_by="De avond", valid_from=timezone.localdate(at), by=self.joris, at=at)

    def agree(self, topic, what=PROMISE, *, at=NOW + DAY, owner="De Vechtoever"):
        promise = Promise(what, due_on=timezone.localdate(NOW) + 30 * DAY)
        agreement = agendas.add_agreement(topic, promise, by=self.joris, at=at)
        if owner:
            agendas.add_owner(agreement, OwnerFacts(owner, OwnerKind.PARTNER), by=self.joris, at=at)
        return agreement

    def done(self, agreement, result="De banken staan er.", at=NOW + DAY):
        agendas.move_on(agreement, AgreementStage.DONE, result=result, by=self.joris, at=at)

    def meet(self, wish, title="Samen kiezen", *, days=-1):
        begins = NOW + days * DAY
        plan = Plan(area=self.areas["BU03440241"], title=title, starts_at=begins, ends_at=begins + DAY / 12, place="De Uithoek")
        meeting = meetings.make(plan, by=self.joris, at=begins - DAY)
        meetings.announce(meeting, by=self.joris, at=begins - DAY)
        meetings.add_wish(meeting, wish, by=self.joris, at=begins)
        return meeting

    def cancel(self, meeting):
        meetings.cancel(meeting, why="Ziek", by=self.joris, at=NOW)


@pytest.fixture
def story(areas, joris):
    return Story(areas, joris)
