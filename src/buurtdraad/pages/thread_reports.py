"""The last part of the thread: which reports to the council count the wish, or an agreement about it, and in which sentence."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.pages.thread_links import Link, Roots, together
from buurtdraad.reports.models import Erratum, Mention
from buurtdraad.reports.queries.figures.rows import DUTCH, path_to
from buurtdraad.reports.showing import anchor_of

REFERENCE = "ZO-0"


def mentions_of(roots: Roots) -> QuerySet[Mention]:
    """What published reports say of the wish with all that were joined to it, and of the agreements."""
    before, after = path_to("pages:wish", REFERENCE).split(REFERENCE)
    wishes = Wish.objects.filter(pk__in=roots.wishes).values(page=Concat(Value(before), "reference", Value(after)))
    agreements = [path_to("agendas:agreement", pk) for pk in roots.agreements]
    found = Mention.objects.filter(pk__in=together(Mention.objects.filter(page__in=pages) for pages in (wishes, agreements)))
    corrected = Exists(Erratum.objects.filter(report=OuterRef("report")))
    light = found.select_related("report").defer("report__lists", "report__frozen").annotate(corrected=corrected)
    return light.order_by("report__published_at", "report", "chapter")


def told_to_council(_wish: Wish, mentions: Iterable[Mention]) -> Iterable[Link]:
    """That a chapter of a report counts it, in the words of that report, each sentence once."""
    for (_report, chapter), same in groupby(mentions, key=lambda one: (one.report_id, one.chapter)):
        found = list(same)
        report, title = found[0].report, found[0].title
        assert report.published_at, "what is mentioned was published"
        said = sorted({(place, words) for mention in found for place, words in mention.said})
        yield Link(
            report.published_at,
            title_of(corrected=found[0].corrected),  # type: ignore[attr-defined] # annotated
            f"{report.title}: {title}.\n\n" + " ".join(words for _place, words in said),
            url=f"{reverse('reports:report', args=[report.slug])}#{anchor_of(chapter)}",
            url_text=_("See it in the report"),
            lang=DUTCH,
        )


def title_of(*, corrected: bool) -> str:
    return _("Counted in a report to the council, which was corrected later") if corrected else _("Counted in a report to the council")
