"""What was done: wishes that came true, agreements that were kept and plans of residents, in one list."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import CharField, DateTimeField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import cached_property

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.agenda.states import Stage as AgreementStage
from buurtdraad.agendas.wishes.models import Step
from buurtdraad.agendas.wishes.queries import listing
from buurtdraad.agendas.wishes.states import Stage
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.queries.plans import with_picture
from buurtdraad.initiatives.states import Stage as PlanStage
from buurtdraad.lib.uploads.models import PictureUpload
from buurtdraad.places.queries import last_name

WISH, AGREEMENT, PLAN = "wish", "agreement", "plan"


@dataclass(frozen=True)
class Done:
    """One thing that was done, as a card says it."""

    title: str
    url: str
    place: str
    at: datetime.datetime
    why: str
    label: str
    picture: PictureUpload | None = None
    picture_url: str = ""


class DonePages(listing.Capped):
    """What was done in these areas (all for None), in pages: each reads no further than itself, and nobody counts beyond `MOST_LISTED`."""

    def __init__(self, codes: frozenset[str] | None) -> None:
        super().__init__([], listing.ON_A_PAGE)
        self.codes = codes

    @cached_property
    def counted(self) -> int:
        most = listing.MOST_LISTED + 1
        # Plans first: they say themselves that they are done, and where there are enough of them nobody looks further.
        lists = [found.values("id")[:most] for found, *_rest in reversed(lists_of(self.codes))]
        return lists[0].union(*lists[1:], all=True).order_by()[:most].count()

    def page(self, number: int | str) -> Page:
        """One page. Raises `EmptyPage` for one that is not there. Two queries."""
        number = self.validate_number(number)
        until = min(number * self.per_page, self.count)
        things = done_things(self.codes, newest=until)[(number - 1) * self.per_page :] if until else []
        return Page(things, number, self)


def done_things(codes: frozenset[str] | None = None, *, newest: int) -> Any:
    """What was done in these areas (all for None), the last first: rows of kind, id and moment, for `done_lines`. One query.

    No more than `newest`: the database looks no further than that in each of the three lists, so that it costs the same in a large city.
    """
    lists = [rows(found, kind, moment).order_by(f"-{order}", "-id")[:newest] for found, kind, moment, order in lists_of(codes)]
    return lists[0].union(*lists[1:], all=True).order_by("-moment", "-id")[:newest]


def lists_of(codes: frozenset[str] | None) -> list[tuple[Any, str, Any, str]]:
    """The three lists, each with its kind, its moment, and the column by which an index has it in order."""
    agreements = Agreement.objects.public().filter(stage=AgreementStage.DONE)
    plans = Initiative.objects.on_site().filter(stage=PlanStage.DONE)
    # Known by the day alone: its beginning.
    day = Cast("done_on", DateTimeField())
    return [
        (listing.done_steps(codes).order_by(), WISH, F("at"), "at"),
        (within(agreements, codes).order_by(), AGREEMENT, day, "done_on"),
        (within(plans, codes).order_by(), PLAN, day, "done_on"),
    ]


def within(found: Any, codes: frozenset[str] | None) -> Any:
    return found if codes is None else found.filter(area__code__in=codes)


def rows(found: Any, kind: str, at: Any) -> Any:
    return found.annotate(kind=Value(kind, CharField()), moment=at).values_list("kind", "id", "moment")


def done_lines(things: Iterable[tuple[str, int, datetime.datetime]]) -> list[Done]:
    """These as cards. Four queries at most."""
    things = list(things)
    keys = {of: [pk for kind, pk, _at in things if kind == of] for of in (WISH, AGREEMENT, PLAN)}
    name = last_name("area")
    steps = Step.objects.select_related("wish").defer("wish__search", "wish__stems").annotate(area_name=last_name("wish__area"))
    agreements = Agreement.objects.select_related("picture").annotate(area_name=name)
    plans = with_picture(Initiative.objects.annotate(area_name=name))
    found: dict[str, tuple[Mapping[int, Any], Callable[[Any, datetime.datetime], Done]]] = {
        WISH: (steps.in_bulk(keys[WISH]), of_wish),
        AGREEMENT: (agreements.in_bulk(keys[AGREEMENT]), of_agreement),
        PLAN: (plans.in_bulk(keys[PLAN]), of_plan),
    }
    return [found[kind][1](found[kind][0][pk], at) for kind, pk, at in things if pk in found[kind][0]]


def of_wish(step: Any, _at: datetime.datetime) -> Done:
    wish = step.wish
    url = reverse("pages:wish", args=[wish.reference])
    return Done(wish.title, url, step.area_name or "", step.at, step.why, str(Stage.DONE.label))


def of_agreement(agreement: Any, at: datetime.datetime) -> Done:
    picture = getattr(agreement, "picture", None)
    return Done(
        agreement.what,
        reverse("agendas:agreement", args=[agreement.pk]),
        agreement.area_name or "",
        at,
        agreement.result or agreement.why,
        str(AgreementStage.DONE.label),
        picture,
        reverse("agendas:agreement_picture", args=[agreement.pk, 320]) if picture else "",
    )


def of_plan(plan: Any, at: datetime.datetime) -> Done:
    picture = next(iter(plan.shown_pictures), None)
    url = reverse("initiatives:initiative", args=[plan.slug])
    picture_url = reverse("initiatives:picture", args=[picture.uuid, picture.width_for(320)]) if picture else ""
    return Done(plan.title, url, plan.area_name or "", at, plan.result or plan.summary, str(PlanStage.DONE.label), picture, picture_url)
