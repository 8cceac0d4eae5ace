"""Wishes, meetings, topics and agreements."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from buurtdraad.agendas.agenda.access import visible_agreements, visible_topics
from buurtdraad.agendas.agenda.models import Agreement, AgreementStep, Owner, Topic, TopicWish
from buurtdraad.agendas.agenda.states import Method, VersionStage
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.meetings.access import visible_to as visible_meetings
from buurtdraad.agendas.meetings.models import Meeting, MeetingWish
from buurtdraad.agendas.meetings.states import Band
from buurtdraad.agendas.meetings.states import Kind as MeetingKind
from buurtdraad.agendas.meetings.states import Stage as MeetingStage
from buurtdraad.agendas.wishes.access import visible_to as visible_wishes
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.states import Kind, Stage
from buurtdraad.pages.opening.columns import EUROS, NOT_KNOWN, POINT, THEME, area_of, many, page_of, text
from buurtdraad.pages.opening.table import Column, Dataset, day

EVERYBODY = AnonymousUser()
NOT_YET = _("not yet")
WHY = _("Why it stands so, in plain words.")


def wishes() -> QuerySet[Wish]:
    """What everybody may see; one that was joined to another only where that one can be seen too."""
    seen = visible_wishes(EVERYBODY)
    return seen.filter(Q(head=None) | Q(head__in=visible_wishes(EVERYBODY))).order_by("pk")


def wishes_of(link: type, to: str) -> ArraySubquery:
    """The references of the wishes on the site that belong to a row."""
    found = link.objects.filter(**{to: OuterRef("pk")}, wish__in=visible_wishes(EVERYBODY))  # type: ignore[attr-defined]
    return ArraySubquery(found.order_by("wish__reference").values("wish__reference"))


def meetings() -> QuerySet[Meeting]:
    return visible_meetings(EVERYBODY).order_by("pk")


def topics() -> QuerySet[Topic]:
    return visible_topics(EVERYBODY).order_by("pk")


def agreements() -> QuerySet[Agreement]:
    last = AgreementStep.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement").annotate(last=Max("at")).values("last")
    return visible_agreements(EVERYBODY).annotate(moved_at=Subquery(last)).order_by("pk")


# Of residents no name: organisations that said yes.
ORGANISATIONS = ArraySubquery(
    Owner.objects.filter(agreement=OuterRef("pk"), organisation__isnull=False, accepted_at__isnull=False)
    .order_by("organisation__name")
    .values("organisation__name")
)

WISHES = Dataset(
    "wensen",
    _("Wishes"),
    _("What residents want or miss in their neighbourhood, and how it stands. Without names."),
    "SOCI",
    (
        Column("reference", _("How we name the wish.")),
        page_of("pages:wish", "reference"),
        *area_of(),
        Column("kind", _("Whether somebody wants something, or is bothered by something."), values=Kind),
        THEME,
        text("text", _("The wish in words.")),
        Column("stage", _("How it stands now."), values=Stage),
        text("why", WHY),
        Column("given_on", _("The day on which it was given."), "given_at", shown=day),
        Column("answer_by", _("The last day on which the first answer is in time.")),
        Column("answered_on", _("The day of the first answer."), "answered_at", empty=NOT_YET, shown=day),
        Column("joined_to", _("The wish in which it goes on."), "head__reference", empty=_("it stands by itself")),
        *POINT,
    ),
    wishes,
    ("given_at", "answered_at"),
    point=True,
)
MEETINGS = Dataset(
    "bijeenkomsten",
    _("Meetings"),
    _("Meetings in the neighbourhoods: those that were, those to come, and those that will not happen."),
    "SOCI",
    (
        Column("id", _("The number in the address of its page."), "pk"),
        page_of("agendas:meeting", "pk"),
        *area_of(),
        Column("kind", _("What kind of meeting it is."), values=MeetingKind),
        text("title", _("What it is called.")),
        text("text", _("What it is about.")),
        Column("starts_at", _("When it begins.")),
        Column("ends_at", _("When it ends.")),
        text("place", _("The name of the place.")),
        text("address", _("The street and number of the place.")),
        many("offers", _("What makes that everybody can come."), "offers"),
        Column("languages", _("Languages besides Dutch."), empty=_("Dutch alone")),
        Column("capacity", _("How many people can come."), unit=_("people"), empty=_("as many as come")),
        Column("stage", _("How it stands now."), values=MeetingStage),
        text("why", _("Why it will not happen.")),
        Column("people", _("How many people came, about."), "outcome__band", values=Band, empty=NOT_KNOWN),
        many("wishes", _("The wishes that were talked about."), wishes_of(MeetingWish, "meeting")),
        Column("longitude", _("Where it is held."), unit=_("degrees (WGS84)"), empty=NOT_KNOWN),
        Column("latitude", _("Where it is held."), unit=_("degrees (WGS84)"), empty=NOT_KNOWN),
    ),
    meetings,
    ("changed_at",),
    point=True,
)
TOPICS = Dataset(
    "onderwerpen",
    _("Topics"),
    _("What each neighbourhood agenda is about, and how that was chosen."),
    "SOCI",
    (
        Column("id", _("The number in the address of its page."), "pk"),
        page_of("agendas:topic", "pk"),
        *area_of("version__area"),
        Column("agenda", _("The number of the agenda of this area."), "version__number"),
        Column("agenda_stage", _("Whether that agenda counts now."), "version__stage", values=VersionStage),
        Column("agenda_from", _("The first day of that agenda."), "version__valid_from"),
        Column("number", _("Its place in the agenda.")),
        text("title", _("What it is called.")),
        text("text", _("What it is about.")),
        Column("challenge", _("The challenge of the city to which it belongs."), "challenge__code", empty=_("it belongs to none")),
        Column("method", _("How it was chosen."), values=Method, empty=NOT_KNOWN),
        Column("votes", _("How many votes it got."), empty=NOT_KNOWN),
        Column("votes_total", _("How many votes there were."), empty=NOT_KNOWN),
        Column("people", _("How many people chose."), unit=_("people"), empty=NOT_KNOWN),
        Column("chosen_on", _("The day on which it was chosen."), empty=NOT_KNOWN),
        many("wishes", _("The wishes from which it comes."), wishes_of(TopicWish, "topic")),
    ),
    topics,
    ("version__adopted_at",),
)
AGREEMENTS = Dataset(
    "afspraken",
    _("Agreements"),
    _("What somebody will do for a topic, when, and what came of it. Of people no names, of organisations only."),
    "SOCI",
    (
        Column("id", _("The number in the address of its page."), "pk"),
        page_of("agendas:agreement", "pk"),
        Column("topic", _("The topic to which it belongs."), "topic_id"),
        *area_of(),
        Column("number", _("The number of the agreement in its area.")),
        text("what", _("What was agreed.")),
        Column("stage", _("How it stands now."), values=AgreementStage),
        text("why", WHY),
        text("next_step", _("What comes next.")),
        Column("start_on", _("The first day."), empty=NOT_KNOWN),
        Column("due_on", _("The last day."), empty=NOT_KNOWN),
        Column("done_on", _("The day on which it was done."), empty=NOT_YET),
        text("result", _("What came of it.")),
        Column("amount", _("How much money it needs."), unit=EUROS, empty=NOT_KNOWN),
        many("organisations", _("The organisations that said that they do it."), ORGANISATIONS),
    ),
    agreements,
    ("made_at", "moved_at"),
)
AGENDAS = (WISHES, MEETINGS, TOPICS, AGREEMENTS)
