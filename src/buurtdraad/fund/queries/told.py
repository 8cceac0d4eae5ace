"""The step of an application as who asked may know it: what was decided counts, and is told, once it was made known (Awb 3:40)."""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from buurtdraad.fund.models import Application, Decision, Letter, Settlement
from buurtdraad.fund.states import DECIDED, Stage


def with_told(found: QuerySet[Application]) -> QuerySet[Application]:
    """Applications with `told`, the step that is shown to who asked. No query of its own."""
    return found.annotate(told=Case(When(not_known(), then=Value(Stage.PROPOSED.value)), default=F("stage")))


def told_of(application: Application) -> Stage:
    """The step that is shown to who asked. One query, none for what came from `with_told`."""
    one = application if hasattr(application, "told") else with_told(Application.objects.filter(pk=application.pk)).get()
    return Stage(one.told)  # type: ignore[attr-defined] # annotated


def not_known() -> Q:
    """Those of which the last step is a decision that did not go out yet: on the request, the final amount, or taking money back."""
    mine = {"application": OuterRef("pk")}
    said = Decision.objects.filter(**mine, outcome=OuterRef("stage"), known_on__isnull=False)
    amount = Settlement.objects.filter(**mine, known_on=None, replaces=None)
    taken_back = Letter.objects.filter(**mine, about=Letter.About.REVOKED, sent_on=None)
    first = Q(stage__in=sorted(DECIDED)) & Q(~Exists(said))
    return first | Q(stage=Stage.DETERMINED) & Q(Exists(amount)) | Q(stage=Stage.REVOKED) & Q(Exists(taken_back))
