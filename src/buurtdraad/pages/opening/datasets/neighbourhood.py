"""Who does something: plans of residents, partners, and works of the municipality."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, Now, TruncDate
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.agenda.access import visible_agreements, visible_topics
from buurtdraad.agendas.wishes.access import visible_to as visible_wishes
from buurtdraad.initiatives.models import Initiative, InitiativeAgreement, InitiativeTopic, InitiativeWish, Update
from buurtdraad.initiatives.states import Showing, Stage
from buurtdraad.pages.opening.columns import NOT_KNOWN, POINT, STILL_OPEN, THEME, area_of, many, page_of, text
from buurtdraad.pages.opening.table import Column, Dataset
from buurtdraad.partners.models import Kind, Organisation, WorksIn
from buurtdraad.works.access import visible_works
from buurtdraad.works.models import Work, WorkArea
from buurtdraad.works.states import NEEDS_REASON, WorkKind
from buurtdraad.works.states import Stage as WorkStage

EVERYBODY = AnonymousUser()
NOT_YET = _("not yet")


def initiatives() -> QuerySet[Initiative]:
    told = Update.objects.filter(initiative=OuterRef("pk"), showing=Showing.SHOWN).order_by("-at").values("at")[:1]
    return Initiative.objects.on_site().annotate(told_at=Subquery(told)).order_by("pk")


def linked(model: Any, name: str, seen: QuerySet, value: str) -> ArraySubquery:
    """What an initiative answers or carries out, as far as everybody may see that."""
    found = model.objects.filter(initiative=OuterRef("pk"), **{f"{name}__in": seen})
    return ArraySubquery(found.order_by("pk").values(f"{name}__{value}"))


def partners() -> QuerySet[Organisation]:
    """Each with the last of its days that has come: what is to be has not changed yet."""
    today = TruncDate(Now())
    began, ended = (Case(When(**{f"{name}__lte": today}, then=F(name))) for name in ("from_on", "until_on"))
    return Organisation.objects.wholes().annotate(since=Greatest(began, ended)).order_by("pk")  # type: ignore[return-value]


def works() -> QuerySet[Work]:
    return visible_works(EVERYBODY).order_by("pk")


# Of a double it counts where it works too.
OF_PARTNER = WorksIn.objects.annotate(whole=Coalesce("organisation__joined_to", "organisation")).filter(whole=OuterRef("pk"))
# As on its page: a reason where it stands still or stops.
WHY = Case(When(stage__in=sorted(NEEDS_REASON), then=F("why")), default=Value(""))

INITIATIVES = Dataset(
    "initiatieven",
    _("Plans of residents"),
    _("What residents start together and show on this website. Without names."),
    "SOCI",
    (
        Column("slug", _("Its name in the address of its page.")),
        page_of("initiatives:initiative", "slug"),
        text("title", _("What it is called.")),
        text("summary", _("What it is, in one or two sentences.")),
        *area_of(),
        text("place", _("Where in the neighbourhood.")),
        THEME,
        Column("stage", _("How it stands now."), values=Stage),
        text("why", _("Why it does not go on.")),
        Column("from_on", _("The first day."), empty=NOT_KNOWN),
        Column("until_on", _("The last day."), empty=NOT_KNOWN),
        Column("done_on", _("The day on which it was done."), empty=NOT_YET),
        text("result", _("What came of it.")),
        many("wishes", _("The wishes that it answers."), linked(InitiativeWish, "wish", visible_wishes(EVERYBODY), "reference")),
        many("topics", _("The topics to which it belongs."), linked(InitiativeTopic, "topic", visible_topics(EVERYBODY), "pk")),
        many(
            "agreements",
            _("The agreements that it carries out."),
            linked(InitiativeAgreement, "agreement", visible_agreements(EVERYBODY), "pk"),
        ),
        *POINT,
    ),
    initiatives,
    ("made_at", "told_at"),
    point=True,
)
PARTNERS = Dataset(
    "partners",
    _("Partners"),
    _("The organisations with which we work together, and where they work. Without people."),
    "GOVE",
    (
        Column("id", _("The number by which we know it."), "uuid"),
        Column("name", _("The name of the organisation.")),
        Column("kind", _("What kind of organisation it is."), values=Kind),
        Column("website", _("Its own website."), empty=NOT_KNOWN),
        many(
            "areas",
            _("The codes of the areas in which it works."),
            ArraySubquery(OF_PARTNER.order_by("area__code").values("area__code").distinct()),
        ),
        Column("from_on", _("The first day.")),
        Column("until_on", _("The last day."), empty=STILL_OPEN),
    ),
    partners,
    ("since",),
)
WORKS = Dataset(
    "werken",
    _("Works of the municipality"),
    _("What the municipality does in the neighbourhoods: which department, where, and until when."),
    "TRAN",
    (
        Column("id", _("The number by which we know it."), "uuid"),
        page_of("works:public_work", "uuid"),
        text("title", _("What it is called.")),
        Column("kind", _("Whether it is a project or upkeep."), values=WorkKind),
        Column("department", _("The department that does it.")),
        many(
            "areas",
            _("The codes of the areas in which it lies."),
            ArraySubquery(WorkArea.objects.filter(work=OuterRef("pk")).order_by("area__code").values("area__code")),
        ),
        text("where", _("The street or place.")),
        Column("from_on", _("The first day."), empty=NOT_KNOWN),
        Column("until_on", _("The last day.")),
        Column("stage", _("How it stands now."), values=WorkStage),
        text("why", _("Why it stands still or will not happen."), WHY),
        Column("done_on", _("The day on which it was done."), empty=NOT_YET),
        text("residents_part", _("What residents do in it.")),
        text("result", _("What came of it.")),
    ),
    works,
    ("changed_at",),
    shape="shape",
)
NEIGHBOURHOOD = (INITIATIVES, PARTNERS, WORKS)
