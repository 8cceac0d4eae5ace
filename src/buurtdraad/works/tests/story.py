"""An agenda with a topic and an agreement, as rows: what a work can answer."""

import datetime

from django.utils import timezone

from buurtdraad.agendas.agenda.models import AgendaVersion, Agreement, Topic
from buurtdraad.agendas.agenda.states import VersionStage


def make_topic(area, *, stage=VersionStage.ADOPTED, title="Groen en ontmoeten", what="Twee banken en drie bomen op de Wilgenhof"):
    """A topic and its agreement, in an agenda that counts or is still a draft."""
    now = timezone.now()
    adopted = {} if stage == VersionStage.DRAFT else {"valid_from": now.date(), "adopted_by": "De avond", "adopted_at": now}
    version = AgendaVersion.objects.create(area=area, number=1, stage=stage, **adopted)
    topic = Topic.objects.create(version=version, number=1, title=title)
    due = timezone.localdate() + datetime.timedelta(days=30)
    return topic, Agreement.objects.create(topic=topic, area=area, number=1, what=what, due_on=due, made_at=now)


def path_of(work, more=""):
    return f"/werk/projecten/{work.uuid}/{more}"
