"""Taking in the ideas of an OpenStad export as wishes: their votes as a number with its source, never as people."""

import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.comments.rules import MOST_LETTERS as MOST_OF_A_COMMENT
from buurtdraad.agendas.ways_in.models import Batch
from buurtdraad.agendas.ways_in.queries.naming import Names
from buurtdraad.agendas.ways_in.sources.openstad import WISH, Export, Idea
from buurtdraad.agendas.ways_in.states import BatchKind
from buurtdraad.agendas.wishes.actions.answering import go
from buurtdraad.agendas.wishes.actions.giving import Given
from buurtdraad.agendas.wishes.actions.many import OneOfMany, give_many
from buurtdraad.agendas.wishes.models import VotesElsewhere, Wish
from buurtdraad.agendas.wishes.states import Channel, Kind, Showing, Stage
from buurtdraad.audit.actions import record
from buurtdraad.lib.tables.reading import RowRefused
from buurtdraad.lib.tables.reports import Outcome, Report, RowReport
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area

LOCK, NOON, PIECE = 0x6F70656E73746164, datetime.time(12), 500


@transaction.atomic
def take_in_ideas(export: Export, *, by: Person, at: datetime.datetime, dry_run: bool) -> Report:
    """Each idea that becomes a wish, by its number there; the others say why not, or are left to who takes in plans.

    The same export twice changes nothing; one with other votes changes the votes only. A dry run changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    taking, rows = IdeasIn(export, by, at), []
    for number, name, idea in export.ideas:
        if isinstance(idea, str):
            rows.append(RowReport(number, name, Outcome.REFUSED, idea))
        elif idea.become == WISH:
            rows.append(taking.fit(idea, name))
    if not dry_run:
        taking.write()
    return Report(rows)


class IdeasIn:
    """What is there, and what an export adds to it."""

    def __init__(self, export: Export, by: Person, at: datetime.datetime) -> None:
        self.export, self.by, self.at = export, by, at
        self.names = Names()
        marks = [idea.mark for _n, _name, idea in export.ideas if isinstance(idea, Idea) and idea.become == WISH]
        there = Wish.objects.filter(mark__in=marks).select_related("votes_elsewhere")
        self.known: dict[str, Wish] = {wish.mark or "": wish for wish in there}
        self.new: dict[str, tuple[Idea, str]] = {}
        self.votes: list[tuple[Wish, Idea]] = []

    def fit(self, idea: Idea, name: str) -> RowReport:
        try:
            code = area_of(idea, self.names, self.export.mapping.areas["default"])
        except RowRefused as refusal:
            return RowReport(idea.number, name, Outcome.REFUSED, str(refusal))
        if idea.mark in self.new:
            return RowReport(idea.number, name, Outcome.SAME, _("This wish is there already."))
        if wish := self.known.get(idea.mark):
            told = getattr(wish, "votes_elsewhere", None)
            if (told.in_favour, told.against) == (idea.in_favour, idea.against) if told else not idea.in_favour + idea.against:
                return RowReport(idea.number, name, Outcome.SAME, _("This wish is there already."))
            self.votes.append((wish, idea))
            return RowReport(idea.number, name, Outcome.CHANGED)
        self.new[idea.mark] = idea, code
        return RowReport(idea.number, name, Outcome.ADDED, idea.remark)

    def write(self) -> None:
        if not self.new and not self.votes:
            return
        batch, wishes = uuid4(), []
        if self.new:
            name = self.export.mapping.name
            Batch(uuid=batch, kind=BatchKind.OPENSTAD, name=name, by=self.by.uuid, made_at=self.at).save(force_insert=True)
            wishes = self.add(batch)
        self.count([*((wish, self.new[wish.mark or ""][0]) for wish in wishes), *self.votes])
        shown = {wish.area.code for wish in wishes if wish.showing == Showing.SHOWN}
        shown |= set(Area.objects.filter(pk__in=[wish.area_id for wish, _idea in self.votes]).values_list("code", flat=True))
        record(
            "wishes.imported", room="agendas", thing=f"batch:{batch}", by=self.by.uuid, at=self.at,
            touches=places.touched_by(shown) if shown else (),
            payload={"platform": "openstad", "new": len(wishes), "votes": len(self.votes)},
        )  # fmt: skip

    def add(self, batch: UUID) -> list[Wish]:
        areas = {area.code: area for area in Area.objects.filter(code__in={code for _idea, code in self.new.values()})}
        many = [self.one_of(idea, areas[code]) for idea, code in self.new.values()]
        wishes = give_many(many, by=self.by, at=self.at, batch=batch)
        for wish in wishes:
            idea = self.new[wish.mark or ""][0]
            if idea.stage != Stage.TOLD:
                move_on(wish, idea, self.export.mapping.name, by=self.by, at=self.at)
        Comment.objects.bulk_create(
            [comment for wish in wishes for comment in comments_of(wish, self.new[wish.mark or ""][0], self.at)], batch_size=PIECE
        )
        return wishes

    def one_of(self, idea: Idea, area: Area) -> OneOfMany:
        point = idea.point if idea.point and self.names.at(idea.point) else None
        past = idea.given_on and idea.given_on < localdate(self.at)
        said_at = moment(idea.given_on) if idea.given_on and past else self.at
        return OneOfMany(Given(idea.text, area, Kind.WISH, idea.theme, Channel.IMPORT, point), None, idea.mark, said_at)

    def count(self, voted: list[tuple[Wish, Idea]]) -> None:
        source, today = self.export.mapping.name, localdate(self.at)
        rows = [
            VotesElsewhere(wish=wish, source=source, in_favour=idea.in_favour, against=idea.against, counted_on=today)
            for wish, idea in voted
            if idea.in_favour or idea.against or hasattr(wish, "votes_elsewhere")
        ]
        VotesElsewhere.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["wish"], update_fields=["source", "in_favour", "against", "counted_on"],
            batch_size=PIECE,
        )  # fmt: skip


def area_of(idea: Idea, names: Names, default: str) -> str:
    """The code of where it is: as the mapping or the idea says, else by its place, else where the mapping puts the rest."""
    for said in idea.areas:
        meant = names.meant(said)
        if len(meant) == 1:
            return next(iter(meant))
        if len(meant) > 1:
            raise RowRefused(_("%(area)s can be more than one area. Write its code.") % {"area": said})
    if idea.point and (here := names.at(idea.point)):
        return here
    if meant := names.meant(default) if default else set():
        return next(iter(meant))
    if idea.areas:
        raise RowRefused(_("We do not know the area %(area)s.") % {"area": idea.areas[0]})
    raise RowRefused(_("It does not say in which area it is. Name one in the mapping."))


def moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, NOON, get_current_timezone())


def move_on(wish: Wish, idea: Idea, platform: str, *, by: Person, at: datetime.datetime) -> None:
    """To the step that it had there, with the answer that it got there: it does not wait for a first answer any more."""
    why = idea.answer or _("So it stood on %(platform)s.") % {"platform": platform}
    go(wish, idea.stage, why=why, by=by, at=at)
    Wish.objects.filter(pk=wish.pk).update(answered_at=at)


def comments_of(wish: Wish, idea: Idea, at: datetime.datetime) -> list[Comment]:
    """What was said below it, without who said it; somebody reads each of them before it stands on the site."""
    return [
        Comment(wish=wish, text=text[:MOST_OF_A_COMMENT], at=moment(day) if day else at, mark=f"{idea.mark}:{number}"[:100])
        for number, text, day in idea.comments
    ]
