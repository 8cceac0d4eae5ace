"""What is true now: who waits for a call, how the thing of a slip stands, what hangs on the board this month."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, ForeignObjectRel, Min, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.models import Person
from buurtdraad.lib.retention import CLASSES, ended_before
from buurtdraad.messages.models import Contact, Mail, Message, PhoneNumber, Preference, Slip
from buurtdraad.messages.rules import month_after
from buurtdraad.messages.states import ALWAYS, Rhythm, Stage, Way
from buurtdraad.places.models import Area, AreaYear, Membership
from buurtdraad.places.queries import last_name

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def contact_of(person: Person) -> Contact | None:
    """How this person hears from us; None while they have not chosen and we have told nothing."""
    return Contact.objects.filter(person=person).first()


def contact_or_unmade(person: Person) -> Contact:
    """How this person hears from us, else what they start with; looking makes nothing."""
    return contact_of(person) or Contact(person=person, way=Way.EMAIL if person.email and person.confirmed_at else Way.NONE)


def number_gone(contact: Contact) -> bool:
    """Whether they want to be called while we have no number: it goes after each call."""
    return contact.way == Way.CALL and not hasattr(contact, "phone")


def rhythm_of(contact: Contact, kind: str, area: Area | None) -> str:
    """How often this contact hears about a subject in an area: as chosen there, else as chosen in general, else at once."""
    if kind in ALWAYS:
        return Rhythm.AT_ONCE
    chosen = {
        preference.area_id: preference.rhythm
        for preference in contact.preferences.filter(Q(area=None) | Q(area=area.pk if area else None), kind=kind)
    }
    return chosen.get(area.pk if area else None) or chosen.get(None) or Rhythm.AT_ONCE


@dataclass(frozen=True)
class ChosenRhythm:
    """One choice of a contact, with the area's name as it is called now (empty: everywhere)."""

    preference: Preference
    area_name: str


def choices_of(contact: Contact) -> list[ChosenRhythm]:
    """All that a contact chose about subjects and areas."""
    chosen = list(contact.preferences.select_related("area"))
    names = names_of({preference.area_id for preference in chosen if preference.area_id})
    return [ChosenRhythm(preference, names.get(preference.area_id or 0, "")) for preference in chosen]


def names_of(areas: Collection[int]) -> dict[int, str]:
    """Areas by id, as they are called in their last year."""
    return dict(AreaYear.objects.filter(area__in=areas).order_by("year").values_list("area_id", "name")) if areas else {}


@dataclass(frozen=True)
class Call:
    """Somebody to call, with all that waits to be told; the oldest first. The number is not in it."""

    contact: Contact
    messages: list[Message]
    area_names: list[str]
    tries: int
    has_number: bool

    @property
    def name(self) -> str:
        """What to call them; empty when they did not say."""
        return self.contact.person.name if self.contact.person else self.contact.name

    @property
    def since(self) -> datetime.datetime:
        return self.messages[0].made_at


def calls(reach: Reach, most: int | None = None) -> list[Call]:
    """Who waits for a call about something where one may call, who waits longest first; all, or so many.

    Two queries, however many wait. What has no area waits for every caller; a working area also for who has a
    duty in one of its neighbourhoods.
    """
    waiting = to_call(reach).filter(stage=Stage.WAITING)
    contacts = (
        Contact.objects.filter(messages__in=waiting)
        .annotate(since=Min("messages__made_at"))
        .select_related("person", "phone")
        .defer("phone__number")
        .prefetch_related(Prefetch("messages", queryset=waiting.annotate(area_name=last_name("area")), to_attr="to_tell"))
        .order_by("since", "pk")
    )
    return [as_call(contact) for contact in contacts[:most]]


def to_call(reach: Reach) -> QuerySet[Message]:
    """What is or was told by phone where one may call."""
    told = Message.objects.filter(way=Way.CALL)
    if reach.everywhere:
        return told
    around = Membership.objects.filter(neighbourhood__code__in=reach.codes).values("working_area")
    return told.filter(Q(area__code__in=reach.codes) | Q(area__in=around) | Q(area=None))


def as_call(contact: Contact) -> Call:
    messages = told_to(contact)
    names = dict.fromkeys(message.area_name for message in messages)  # type: ignore[attr-defined]
    phone = getattr(contact, "phone", None)
    return Call(contact, messages, [name for name in names if name], phone.tries if phone else 0, phone is not None)


def told_to(contact: Contact) -> list[Message]:
    return contact.to_tell  # type: ignore[attr-defined]


def call_of(uuid: str, reach: Reach) -> Call | None:
    """One entry of the list; None when nobody by this id waits there."""
    return next((call for call in calls(reach) if str(call.contact.uuid) == str(uuid)), None)


def was_called(uuid: str, reach: Reach) -> bool:
    """Whether a call by this id there was ended, by whoever."""
    return to_call(reach).exclude(stage=Stage.WAITING).filter(contact__uuid=uuid).exists()


@dataclass(frozen=True)
class Standing:
    """What a slip's number shows: how it stands, since when, and nobody's name. `state` is empty while there is no news.

    `link` is the page of ours where the whole answer stands.
    """

    number: str
    state: str
    at: datetime.datetime
    link: str = ""


def standing(number: str) -> Standing | None:
    """How the thing of this slip stands; None when no slip has this number."""
    slip = Slip.objects.filter(number=number).first()
    if slip is None:
        return None
    last = Message.objects.filter(contact=slip.contact_id, thing=slip.thing).last()
    return Standing(number, last.subject, last.made_at, last.link) if last else Standing(number, "", slip.given_at)


def slips_of(contact: Contact) -> dict[str, str]:
    """The numbers of a contact's slips by thing."""
    return dict(contact.slips.values_list("thing", "number"))


def on_the_board(areas: Collection[int], month: datetime.date) -> list[str]:
    """What happened in these areas in a month, in sentences, each once, the oldest first. The month is one of Amsterdam."""
    start, end = (datetime.datetime.combine(day, datetime.time(), AMSTERDAM) for day in (month.replace(day=1), month_after(month)))
    hung = Message.objects.filter(area__in=areas, made_at__gte=start, made_at__lt=end).exclude(board="")
    return list(dict.fromkeys(hung.order_by("made_at", "id").values_list("board", flat=True)))


def on_the_board_of(area: Area) -> set[int]:
    """Ids of an area and of all that lies in it: what its board tells of."""
    inside = Q(parent=area) | Q(municipality=area) | Q(area__working_areas__working_area=area)
    return {area.pk, *AreaYear.objects.filter(inside).values_list("area_id", flat=True)}


def outbox(most: int = 50) -> list[Mail]:
    """The last mails, newest first, for the outbox of the demo."""
    return list(Mail.objects.all()[:most])


def waiting_contacts(rhythm: str) -> QuerySet[Contact]:
    """Contacts for whom a collected mail of this rhythm has something."""
    waiting = Message.objects.filter(stage=Stage.WAITING, way=Way.EMAIL, rhythm=rhythm, mail=None)
    return Contact.objects.filter(messages__in=waiting).distinct().order_by("id")


# --- mail that does not leave ----------------------------------------------------------------------


def undelivered() -> QuerySet[Mail]:
    """Mails that nobody will get, the oldest first, with who they were for. An administrator sees to them."""
    return Mail.objects.filter(stage=Stage.FAILED).select_related("contact__person").order_by("ended_at", "id")


@dataclass(frozen=True)
class Undelivered:
    """How many mails nobody will get, and since when the first of them."""

    number: int
    since: datetime.datetime | None


def number_undelivered() -> Undelivered:
    """What `undelivered` holds, counted in one query."""
    found = Mail.objects.filter(stage=Stage.FAILED).aggregate(number=Count("pk"), since=Min("ended_at"))
    return Undelivered(found["number"], found["since"])


def waiting_mails() -> tuple[int, datetime.datetime | None]:
    """How many mails have still to leave, and since when the first of them waits."""
    found = Mail.objects.filter(stage=Stage.WAITING).aggregate(number=Count("pk"), since=Min("made_at"))
    return found["number"], found["since"]


# --- what is past its time ---------------------------------------------------------------------------


def mails_due(on: datetime.date) -> QuerySet[Mail]:
    """Mails that left or were given up (`since`) so long ago that they may go; their texts went at that moment."""
    return Mail.objects.filter(ended_at__date__lt=ended_before(CLASSES["mail"], on)).annotate(since=F("ended_at"))


def messages_due(on: datetime.date) -> QuerySet[Message]:
    """Messages told (`since`) so long ago that they may go. The last one about the thing of a slip stays: it is what the slip shows."""
    later = Message.objects.filter(contact=OuterRef("contact"), thing=OuterRef("thing"), pk__gt=OuterRef("pk"))
    shown = Q(Exists(Slip.objects.filter(contact=OuterRef("contact"), thing=OuterRef("thing")))) & ~Q(Exists(later))
    told = Message.objects.exclude(stage=Stage.WAITING).annotate(since=Coalesce(F("ended_at"), F("made_at")))
    return told.filter(since__date__lt=ended_before(CLASSES["message"], on)).exclude(shown)


def numbers_due(on: datetime.date) -> QuerySet[PhoneNumber]:
    """Phone numbers given (`since`) so long ago that they may go, where nobody waits for a call."""
    waits = Message.objects.filter(contact=OuterRef("contact"), stage=Stage.WAITING, way=Way.CALL)
    limit = ended_before(CLASSES["phone number"], on)
    return PhoneNumber.objects.filter(~Exists(waits), given_at__date__lt=limit).annotate(since=F("given_at"))


def contacts_due(on: datetime.date) -> QuerySet[Contact]:
    """Contacts without an account to whom nothing of another room leads, and whom we told nothing (`since`) for long."""
    last = Message.objects.filter(contact=OuterRef("pk")).order_by("-made_at").values("made_at")[:1]
    waits = Message.objects.filter(contact=OuterRef("pk"), stage=Stage.WAITING)
    found = Contact.objects.filter(~Exists(waits), person=None).annotate(since=Greatest("created_at", Subquery(last)))
    for model, name in keys_from_elsewhere():
        found = found.filter(~Exists(model._base_manager.filter(**{name: OuterRef("pk")})))
    return found.filter(since__date__lt=ended_before(CLASSES["contact unused"], on))


def keys_from_elsewhere() -> list[tuple[type[Model], str]]:
    """The keys of other rooms to contacts, as model and name: whoever comes above needs no line here."""
    ours = Contact._meta.app_label
    return [
        (relation.related_model, relation.field.name)
        for relation in Contact._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and relation.related_model._meta.app_label != ours
    ]
