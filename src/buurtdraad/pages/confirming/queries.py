"""What a partner is asked about: its agreements in agendas and its offers, with what it last said of each."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Owner
from buurtdraad.agendas.agenda.queries.words import when
from buurtdraad.agendas.agenda.states import OPEN, VersionStage
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.agendas.meetings.queries.listing import around
from buurtdraad.audit.models import Event
from buurtdraad.partners.models import Confirmation, Offer, Organisation, Representative, WorksIn
from buurtdraad.partners.queries.confirming import long_ago, said_of
from buurtdraad.partners.queries.contacts import Works, codes_near, who_works_where, without_secrets
from buurtdraad.partners.queries.joining import is_one_of, same_as, whole_id
from buurtdraad.partners.queries.offers import offers_in, offers_of
from buurtdraad.partners.states import Says
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area, Kind
from buurtdraad.ui.rows import Row

# From this day on: also what is over.
EVER = datetime.date.min
MOST_TO_COME = 100
EVERYWHERE = frozenset({Kind.COUNTRY, Kind.MUNICIPALITY})


@dataclass(frozen=True)
class Item:
    """One agreement or offer of an organisation. `since` is when it became so; `over` says why it is asked no more."""

    thing: str
    title: str
    organisation: Organisation
    area: Area | None
    since: datetime.datetime
    facts: tuple[str, ...] = ()
    url: str = ""
    over: str = ""
    place: str = ""
    said: Confirmation | None = None
    unconfirmed: bool = False
    # For staff: the organisation has nobody whom we can mail.
    nobody: bool = False
    # For the partner: the function of who answered, as it was then.
    answered_as: str = ""


@dataclass(frozen=True)
class Voice:
    """Who is asked, for which organisation as it is called now, and what it was called before."""

    representative: Representative
    organisation: Organisation
    before: str = ""
    valid_until: datetime.datetime | None = None
    mark: str = field(default="", repr=False)

    @property
    def codes(self) -> frozenset[str] | None:
        """The areas for which they speak, with what lies in and around those; None: wherever it works."""
        return reach_of(self.representative.areas.all())

    def speaks_on(self, day: datetime.date) -> bool:
        """Whether the organisation is there on a day and this is one who speaks for it."""
        held = (self.organisation, self.representative)
        return all(one.from_on <= day and (one.until_on is None or day <= one.until_on) for one in held)


def voice_of(representative: Representative, *, mark: str, valid_until: datetime.datetime | None = None) -> Voice:
    """Who speaks, for the organisation that theirs was joined to, or else for theirs."""
    own = representative.organisation
    return Voice(representative, own.whole, own.name if own.joined_to else "", valid_until, mark)


def reach_of(areas: Iterable[Area]) -> frozenset[str] | None:
    found = {area.code: area.kind for area in areas}
    if not found or EVERYWHERE & set(found.values()):
        return None
    inside = set(found).union(*places.inside(found).values())
    return frozenset(inside | places.working_areas_with(inside))


# --- what they do --------------------------------------------------------------------------------------


def items_of(voice: Voice, *, on: datetime.date) -> list[Item]:
    """What this voice is asked about, by date. The same number of queries for one and for many."""
    codes = voice.codes
    offers = [of_offer(one, on, codes) for one in offers_of(voice.organisation, on=on) if one.from_on <= on and is_within(one, codes)]
    return with_who_answered(with_what_was_said([*agreements(same_as(voice.organisation), on, codes), *offers]))


def item_of(voice: Voice, thing: str, *, on: datetime.date) -> Item | None:
    """One thing of this voice, also when it is over by now; None when it is not theirs."""
    kind, _colon, one = thing.partition(":")
    found = list[Item]()
    if kind == "agreement" and one.isdecimal() and len(one) < 19:
        found = agreements(same_as(voice.organisation) & Q(agreement=int(one)), on, None, also_over=True)
    elif kind == "offer":
        found = [of_offer(offer, on, None) for offer in offers_of(voice.organisation, on=EVER) if offer.thing == thing]
    return with_what_was_said(found)[0] if found else None


def agreements(wanted: Q, on: datetime.date, codes: Collection[str] | None, *, also_over: bool = False) -> list[Item]:
    """Agreements to which these organisations said yes and that are not finished, each of them once."""
    said_yes = Owner.objects.filter(wanted, accepted_at__isnull=False).exclude(agreement__topic__version__stage=VersionStage.DRAFT)
    if not also_over:
        said_yes = said_yes.filter(agreement__stage__in=sorted(OPEN))
    if codes is not None:
        said_yes = said_yes.filter(agreement__area__code__in=codes)
    found: dict[tuple, Item] = {}
    for owner in said_yes.select_related("agreement__area", "organisation__joined_to").order_by("agreement__due_on", "pk"):
        item = of_agreement(owner, on)
        found.setdefault((item.thing, item.organisation.whole.pk), item)
    return list(found.values())


def of_agreement(owner: Owner, on: datetime.date) -> Item:
    agreement, organisation = owner.agreement, owner.organisation
    assert organisation, "asked for"
    assert owner.accepted_at, "asked for"
    facts = [str(agreement.get_stage_display()), when(agreement, on)]
    if agreement.next_step:
        facts.append(_("Next step: %(step)s") % {"step": agreement.next_step})
    return Item(
        agreement.thing, agreement.what, organisation, agreement.area, owner.accepted_at,
        facts=tuple(fact for fact in facts if fact),
        url=reverse("agendas:agreement", args=[agreement.pk]),
        over="" if agreement.is_open else str(agreement.get_stage_display()),
    )  # fmt: skip


def is_within(offer: Offer, codes: Collection[str] | None) -> bool:
    return codes is None or any(area.code in codes or area.kind in EVERYWHERE for area in offer.areas.all())


def of_offer(offer: Offer, on: datetime.date, codes: Collection[str] | None) -> Item:
    every = sorted(offer.areas.all(), key=lambda area: area.code)
    areas = [area for area in every if codes is None or area.code in codes] or every
    until = _("until and with %(day)s") % {"day": date_format(offer.until_on, "j F Y")} if offer.until_on else ""
    facts = tuple(fact for fact in (_("You offer this"), offer.for_whom, until) if fact)
    since = timezone.make_aware(datetime.datetime.combine(offer.from_on, datetime.time.min))
    over = until if offer.until_on and offer.until_on < on else ""
    return Item(offer.thing, offer.what, offer.organisation, areas[0] if areas else None, since, facts=facts, over=over)


def with_what_was_said(items: list[Item]) -> list[Item]:
    """Each with the name of its area, what its organisation said last, and whether that is long ago. Two queries."""
    at, said = timezone.now(), said_of([item.thing for item in items])
    names = places.names_of({item.area.code for item in items if item.area})
    return [told(item, said.get(item.thing, []), names, at) for item in items]


def with_who_answered(items: list[Item]) -> list[Item]:
    """Each that was answered with the function of who did, as the record has it. One query."""
    things = {item.thing for item in items if item.said and item.said.answered_at}
    found = Event.objects.filter(thing__in=things, verb="partner.answered").values_list("payload__confirmation", "duty")
    names = dict(Duty.choices)
    functions = {confirmation: str(names.get(duty, "")) for confirmation, duty in found}
    return [replace(item, answered_as=functions.get(str(item.said.uuid), "")) if item.said else item for item in items]


def told(item: Item, said: list[Confirmation], names: dict[str, str], at: datetime.datetime) -> Item:
    last = next((one for one in said if one.organisation.whole == item.organisation.whole), None)
    place = names.get(item.area.code, item.area.code) if item.area else ""
    return replace(item, said=last, place=place, unconfirmed=not item.over and long_ago(last, item.since, at))


# --- what they get in return -----------------------------------------------------------------------------


def areas_of(voice: Voice) -> list[str]:
    """The codes of the areas for which they speak, else of those in which the organisation works."""
    own = [area.code for area in voice.representative.areas.all()]
    return own or sorted(works_in(voice.organisation))


def works_in(organisation: Organisation) -> set[str]:
    """The codes of the areas in which an organisation or a double of it works."""
    return set(WorksIn.objects.filter(same_as(organisation)).values_list("area__code", flat=True))


def meetings_for(codes: Collection[str], *, at: datetime.datetime) -> list[Meeting]:
    """The meetings to come in and around these areas, the first one first; without areas those of the whole city."""
    near = [around(code) for code in codes]
    wanted = None if not near or None in near else frozenset[str]().union(*(one for one in near if one is not None))
    return list(Meeting.objects.on_site().within(wanted).with_place().to_come(at).exclude(stage="cancelled")[:MOST_TO_COME])


def people_for(codes: Collection[str], *, on: datetime.date) -> list[Works]:
    """Who works in and around these areas (none: anywhere), by organisation; the names and phones of who agreed to that alone."""
    reach = reach_of(Area.objects.filter(code__in=set(codes)))
    return without_secrets(who_works_where(None if reach is None else codes_near(reach), on=on), on=on)


def meeting_list(name: str, meetings: Iterable[Meeting], at: datetime.datetime) -> dict:
    """The facts of `pages/meetings.typ`, in the language of the moment."""
    return {
        "title": _("Meetings for %(name)s") % {"name": name},
        "city": places.city_name(),
        "demo": settings.DEMO,
        "lead": _("As it stood on %(day)s.") % {"day": date_format(timezone.localdate(at), "j F Y")},
        "meetings": [on_paper(meeting) for meeting in meetings],
        "none": _("No meeting is planned now."),
        "phone": _("Or call %(phone)s.") % {"phone": settings.CITY_PHONE} if settings.CITY_PHONE else "",
    }


def on_paper(meeting: Meeting) -> dict[str, str]:
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return {
        "day": date_format(starts, "l j F"),
        "time": _("from %(start)s to %(end)s") % {"start": date_format(starts, "H:i"), "end": date_format(ends, "H:i")},
        "title": meeting.title,
        "place": ", ".join(part for part in (meeting.place, " ".join(meeting.address.split())) if part),
        "area": meeting.area_name or "",  # type: ignore[attr-defined]
    }


def rows_to_confirm(person: Person) -> list[Row]:
    """For `/mijn/`: each organisation for which somebody speaks today, with how many lines were not confirmed for two months."""
    today = timezone.localdate()
    found = Representative.objects.on(today).filter(person=person).select_related("organisation__joined_to").prefetch_related("areas")
    return [row for one in found if (row := row_to_confirm(voice_of(one, mark=""), today))]


def row_to_confirm(voice: Voice, today: datetime.date) -> Row | None:
    items = items_of(voice, on=today)
    if not items:
        return None
    words = _("Is this still right? %(name)s") % {"name": voice.organisation.name}
    number = sum(item.unconfirmed for item in items)
    state = ngettext("%(n)s line was not confirmed for two months", "%(n)s lines were not confirmed for two months", number) % {"n": number}
    return Row(words, reverse("pages:confirm_mine", args=[voice.representative.uuid]), state if number else "")


# --- for staff ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ward:
    """One area with all that partners do there."""

    name: str
    items: list[Item]

    @property
    def unconfirmed(self) -> int:
        return sum(item.unconfirmed for item in self.items)


def wards(codes: Collection[str] | None, *, on: datetime.date) -> list[Ward]:
    """What partners do in these areas (None: everywhere), by area; what belongs to none comes last. The same number of queries always."""
    offers = [of_offer(one, on, codes) for one in offers_in(codes, on=on)]
    said = with_what_was_said([*agreements(Q(organisation__isnull=False), on, codes), *offers])
    asked = set(Representative.objects.on(on).exclude(email="").values_list(whole_id(), flat=True))
    items = [replace(item, nobody=item.organisation.whole.pk not in asked) for item in said]
    by_place: dict[str, list[Item]] = {}
    for item in items:
        by_place.setdefault(item.place, []).append(item)
    return [Ward(name, by_place[name]) for name in sorted(by_place, key=lambda name: (not name, name))]


def voices_in(codes: Collection[str] | None, *, on: datetime.date) -> list[Representative]:
    """Who can be asked in these areas: they speak for an organisation today and have an e-mail address."""
    found = Representative.objects.on(on).exclude(email="").select_related("organisation__joined_to")
    if codes is not None:
        there = WorksIn.objects.filter(area__code__in=codes).values_list(whole_id(), flat=True)
        found = found.filter(is_one_of(there))
    return list(found.distinct().order_by("organisation__name", "name", "pk"))


def right(item: Item) -> bool:
    """Whether the organisation last said that it is right."""
    return item.said is not None and item.said.says == Says.RIGHT
