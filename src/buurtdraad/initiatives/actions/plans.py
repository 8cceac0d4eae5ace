"""An initiative: made, changed, to the next step, on the site, and what it answers.

Its people change it without an account. What everybody reads of it was read by somebody first: new words of one that stands on
the site wait in `waiting`, and the page keeps the old ones until then.
"""

import datetime
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.actions.once import one_at_a_time
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.rules import to_the_street
from buurtdraad.initiatives.access import may_advise, may_read
from buurtdraad.initiatives.actions.records import let_see, tell_people, write_down
from buurtdraad.initiatives.models import Initiative, InitiativeAgreement, InitiativeTopic, InitiativeWish, Member, Need
from buurtdraad.initiatives.rules import slugs_for
from buurtdraad.initiatives.states import MOVES, SAYS_WHY, Role, Showing, Stage
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import move
from buurtdraad.messages.models import Contact
from buurtdraad.places.models import Area

# What everybody reads, and so is read first; and what can be chosen.
WORDS = ("title", "summary", "story", "place", "result")
FACTS = ("area", "theme", "longitude", "latitude", "from_on", "until_on")

type Thing = Wish | Topic | Agreement


class SaysNoReason(Refused):
    """What does not go on says why."""


class NotYet(Refused):
    """A day that is still to come cannot be the day on which it was done."""


class EndsBefore(Refused):
    """It would end before it begins."""


class OtherWords(Refused):
    """Its words changed while somebody read it."""


# --- made and changed --------------------------------------------------------------------------------


@transaction.atomic
def make(
    *, title: str, area: Area, theme: str, summary: str = "", contact: Contact | None, role: str = Role.INITIATOR,
    by: Person | None, at: datetime.datetime, mark: str = "", channel: str = "web",
    point: tuple[float, float] | None = None, answers: Sequence[Thing] = (),
) -> Initiative:  # fmt: skip
    """A new initiative, which only its people and who advises its area see; the same `mark` gives back what was made before.

    `contact` is its first member, where it is known who that is. `point` is latitude and longitude, which are rounded to the
    street. `answers` are the wishes, topics and agreements that it answers.
    """
    one_at_a_time(mark)
    if mark and (before := Initiative.objects.filter(mark=mark).select_related("area").first()):
        return before
    facts = {"title": title, "summary": summary, "area": area, "theme": theme, "made_at": at, "mark": mark or None}
    if point:
        facts["latitude"], facts["longitude"] = to_the_street(*point)
    made = with_an_address(facts)
    if contact:
        Member.objects.create(initiative=made, contact=contact, role=role, joined_at=at)
    for thing in answers:
        link(made, thing)
    payload = {"answers": [name_of(thing) for thing in answers]} if answers else None
    write_down("initiative.made", made, by=by, at=at, channel=channel, payload=payload)
    return made


def with_an_address(facts: dict[str, Any]) -> Initiative:
    """The row, under the first address that is free; of two with one title at once each gets its own."""
    for slug in slugs_for(facts["title"]):
        if Initiative.objects.filter(slug=slug).exists():
            continue
        try:
            with transaction.atomic():
                return Initiative.objects.create(slug=slug, **facts)
        except IntegrityError:
            if not Initiative.objects.filter(slug=slug).exists():
                raise
    raise AssertionError  # there is always another number


@transaction.atomic
def change(initiative: Initiative, *, by: Person | None, at: datetime.datetime, **facts: Any) -> None:
    """Other words or facts: any of `WORDS` and `FACTS`. New words of its people wait while it stands on the site.

    Raises `EndsBefore`.
    """
    unknown = facts.keys() - {*WORDS, *FACTS}
    assert not unknown, unknown
    held = hold_row(initiative)
    new = {name: value for name, value in facts.items() if value != getattr(held, name)}
    if {"latitude", "longitude"} & new.keys() and new.get("latitude") is not None and new.get("longitude") is not None:
        new["latitude"], new["longitude"] = to_the_street(new["latitude"], new["longitude"])
    first, last = new.get("from_on", held.from_on), new.get("until_on", held.until_on)
    if first and last and last < first:
        raise EndsBefore(_("The last day comes before the first day."))
    was_in = held.area.code
    kept = words_or_wait(held, {name: facts[name] for name in WORDS if name in facts}, by=by)
    kept |= {name: value for name, value in new.items() if name in FACTS}
    if not kept:
        return
    Initiative.objects.filter(pk=held.pk).update(**kept)
    initiative.refresh_from_db()
    write_down("initiative.changed", initiative, by=by, at=at, also=[was_in], payload={"what": sorted(kept)})


def words_or_wait(held: Initiative, words: dict[str, str], *, by: Person | None) -> dict[str, Any]:
    """What to write for these words: themselves, or, on the site, `waiting` with those that differ; empty when nothing is new."""
    new = {name: value for name, value in words.items() if value != getattr(held, name)}
    if not waits(held, by):
        waiting = {name: value for name, value in held.waiting.items() if name not in words}
        return new | ({"waiting": waiting} if waiting != held.waiting else {})
    waiting = {name: value for name, value in held.waiting.items() if name not in words} | new
    return {"waiting": waiting, "question": ""} if waiting != held.waiting else {}


def waits(held: Initiative, by: Person | None) -> bool:
    """Whether new words are read before they stand on the site: those of its people, while it does."""
    return held.showing == Showing.SHOWN and not (by is not None and (may_advise(by, held) or may_read(by, held)))


def hold_row(initiative: Initiative) -> Initiative:
    """The row as it stands now, held until this transaction ends."""
    return Initiative.objects.select_for_update(of=("self",)).select_related("area").get(pk=initiative.pk)


@transaction.atomic
def move_to(
    initiative: Initiative, stage: str, *, why: str = "", by: Person | None, at: datetime.datetime, result: str = "",
    done_on: datetime.date | None = None,
) -> None:  # fmt: skip
    """To another step, with a reason where it does not go on, and with the day and what came of it when it is done.

    Raises `SaysNoReason`, `NotYet`, and `WrongStage` of `lib.stages`.
    """
    held = hold_row(initiative)
    was = held.stage
    if stage in SAYS_WHY and not why:
        raise SaysNoReason(_("Say in a few words why it does not go on."))
    today = localdate(at)
    if done_on and done_on > today:
        raise NotYet(_("This day is still to come. Choose today or a day before."))
    facts: dict[str, Any] = words_or_wait(held, {"result": result}, by=by) if result else {}
    if stage in SAYS_WHY:
        facts["why"] = why
        if waits(held, by):
            # The row has to say why; everybody reads it once somebody has.
            facts |= {"waiting": facts.get("waiting", held.waiting) | {"why": why}, "question": ""}
    if stage == Stage.DONE:
        facts["done_on"] = done_on or today
    if facts:
        Initiative.objects.filter(pk=held.pk).update(**facts)
    move(initiative, stage, moves=MOVES)
    if was in SAYS_WHY or was == Stage.DONE:
        waiting = {name: value for name, value in held.waiting.items() if name != "why"}
        Initiative.objects.filter(pk=held.pk).update(why="", done_on=None, waiting=waiting)
    initiative.refresh_from_db()
    write_down("initiative.moved", initiative, by=by, at=at, payload={"from": was, "to": stage})


# --- on the site ---------------------------------------------------------------------------------------


def mark_of(initiative: Initiative) -> str:
    """The same for the same words: what somebody read is what they put on the site."""
    words = [getattr(initiative, name) for name in (*WORDS, "why")]
    return hashlib.sha256(json.dumps([words, initiative.waiting], sort_keys=True).encode()).hexdigest()[:32]


@transaction.atomic
def show(initiative: Initiative, *, by: Person | None, at: datetime.datetime, was: str = "") -> None:
    """Everybody sees it, with all its words and what it needs; new words of one that is there already take the place of the old.

    Raises `OtherWords` when it is not what was read (`was`, of `mark_of`), and `WrongStage`.
    """
    held = hold_row(initiative)
    if was and was != mark_of(held):
        raise OtherWords(_("The words changed meanwhile. Read them again."))
    if initiative.showing != Showing.SHOWN:
        let_see(initiative, Showing.SHOWN)
    words = {name: value for name, value in held.waiting.items() if name in WORDS}
    Initiative.objects.filter(pk=held.pk).update(**words, waiting={}, question="")
    Need.objects.filter(initiative=held).update(on_site=True)
    initiative.refresh_from_db()
    write_down("initiative.shown", initiative, by=by, at=at)
    tell_people(
        initiative,
        format_lazy(gettext_lazy("Your plan is on the site: {plan}"), plan=initiative.title),
        gettext_lazy("Everybody can read it now. Neighbours can say what they think, and offer help."),
        by=by,
        at=at,
    )


# --- what it answers -----------------------------------------------------------------------------------


@transaction.atomic
def add_wish(initiative: Initiative, wish: Wish, *, by: Person | None, at: datetime.datetime) -> None:
    """It answers this wish (or the one that it was joined to). A second time changes nothing."""
    add(initiative, wish.head or wish, by=by, at=at)


@transaction.atomic
def add_topic(initiative: Initiative, topic: Topic, *, by: Person | None, at: datetime.datetime) -> None:
    """It belongs to this topic of an agenda. A second time changes nothing."""
    add(initiative, topic, by=by, at=at)


@transaction.atomic
def add_agreement(initiative: Initiative, agreement: Agreement, *, by: Person | None, at: datetime.datetime) -> None:
    """It carries out this agreement. A second time changes nothing."""
    add(initiative, agreement, by=by, at=at)


@transaction.atomic
def add_all(initiative: Initiative, things: Sequence[Thing], *, by: Person | None, at: datetime.datetime) -> None:
    """It answers all of these. Those that stand there already change nothing."""
    for thing in things:
        add(initiative, thing, by=by, at=at)


@transaction.atomic
def take_link_away(initiative: Initiative, thing: Thing, *, by: Person | None, at: datetime.datetime) -> None:
    """It does not answer this after all. A second time changes nothing."""
    table, name = table_of(thing)
    if table.objects.filter(initiative=initiative, **{name: thing}).delete()[0]:
        write_down("initiative.unlinked", initiative, by=by, at=at, also=[area_of(thing).code], payload={"thing": name_of(thing)})


def add(initiative: Initiative, thing: Thing, *, by: Person | None, at: datetime.datetime) -> None:
    if link(initiative, thing):
        write_down("initiative.linked", initiative, by=by, at=at, also=[area_of(thing).code], payload={"thing": name_of(thing)})


def link(initiative: Initiative, thing: Thing) -> bool:
    """Whether this link was new."""
    table, name = table_of(thing)
    return table.objects.get_or_create(initiative=initiative, **{name: thing})[1]


def table_of(thing: Thing) -> tuple[Any, str]:
    if isinstance(thing, Wish):
        return InitiativeWish, "wish"
    return (InitiativeTopic, "topic") if isinstance(thing, Topic) else (InitiativeAgreement, "agreement")


def area_of(thing: Thing) -> Area:
    return thing.version.area if isinstance(thing, Topic) else thing.area


def name_of(thing: Thing) -> str:
    """How the record names what it answers."""
    return f"wish:{thing.reference}" if isinstance(thing, Wish) else f"topic:{thing.pk}" if isinstance(thing, Topic) else thing.thing
