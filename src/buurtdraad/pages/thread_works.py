"""The part of the thread that the municipality makes: the works that answer a wish, its topic or an agreement about that."""

import datetime
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.pages.thread_links import Link, Roots, moment_of
from buurtdraad.works.models import WorkAnswers
from buurtdraad.works.states import NEEDS_REASON, Stage


def works_of(roots: Roots) -> QuerySet[WorkAnswers]:
    """The ties of works that everybody may see to the wish (or one that was joined with it), to its topic, or to an agreement."""
    answers = Q(wish__in=roots.wishes) | Q(topic__in=roots.topics) | Q(agreement__in=roots.agreements)
    ties = WorkAnswers.objects.filter(answers, work__public=True).select_related("work")
    # A work that answers both the wish and its topic is told once, by its first tie.
    return ties.order_by("work_id", "since", "pk").distinct("work_id")


def worked_on(_wish: Wish, tie: WorkAnswers) -> Iterable[Link]:
    """That the municipality works on it, and what came of that."""
    work = tie.work
    url = reverse("works:public_work", args=[work.uuid])
    title = _("The municipality works on this: %(work)s") % {"work": work.title}
    until = _("%(department)s does it, until %(day)s.") % {"department": work.department, "day": date_format(work.until_on, "j F Y")}
    why = work.why if work.stage in NEEDS_REASON else ""
    note = f"{work.get_stage_display()}. {why}" if why else work.get_stage_display()
    yield Link(tie.since, title, until if work.is_open else "", note=note, url=url, url_text=_("See the project"))
    if work.stage == Stage.DONE and work.done_on:
        at = max(tie.since, moment_of(work.done_on, datetime.time.min))
        yield Link(at, _("Done: %(what)s") % {"what": work.title}, work.result, url=url, url_text=_("See what came of it"))
