"""Money that a group reserves for an agreement: writing it down, the second person, and above which amount one is needed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.queries.people import names_of
from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.meetings.models import Meeting
from buurtdraad.lib.access import allow, require
from buurtdraad.money.access import KEEPER, RESERVER, may_reserve, where_to_reserve
from buurtdraad.money.actions import reserving as actions
from buurtdraad.money.forms.pots import FourEyesForm, WhyForm
from buurtdraad.money.forms.reserving import ReserveForm
from buurtdraad.money.models import FourEyes, Reservation
from buurtdraad.money.queries.pots import pots_to_spend
from buurtdraad.money.queries.reserving import four_eyes_above, reservations_in
from buurtdraad.money.states import ReservationStage
from buurtdraad.places import queries as places
from buurtdraad.places.models import Area
from buurtdraad.ui.asking import deed_page, done, form_page

MOST = 50


@never_cache
@allow(RESERVER)
@require_safe
def reservations(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, what was reserved, and where somebody can write one down."""
    reach = where_to_reserve(me(request))
    found = reservations_in(reach)
    context = {
        "waiting": list(found.filter(stage=ReservationStage.PROPOSED).order_by("proposed_at")),
        "others": list(found.exclude(stage=ReservationStage.PROPOSED)[:MOST]),
        "areas": areas_with_agreements(reach),
        "above": four_eyes_above(timezone.localdate()),
        "keeps": KEEPER.holds(request),
    }
    return render(request, "money/reservations.html", context)


def areas_with_agreements(reach: Reach) -> list[tuple[str, str]]:
    """Name and code of the areas in which there is something to reserve money for."""
    found = Agreement.objects.public().order_by()
    if not reach.everywhere:
        found = found.filter(area__code__in=reach.codes)
    codes = set(found.values_list("area__code", flat=True).distinct())
    return sorted((name, code) for code, name in places.names_of(codes).items())


@never_cache
@allow(RESERVER)
@require_form
def reserve(request: HttpRequest, code: str) -> HttpResponse:
    """Write down that the group of this area reserved money."""
    area = get_object_or_404(Area, code=code)
    require(may_reserve(me(request), area))
    now = timezone.now()
    meetings = Meeting.objects.on_site().within(places.around([code])).filter(starts_at__lte=now).order_by("-starts_at")
    form = ReserveForm(
        posted(request),
        agreements=list(Agreement.objects.public().filter(area=area)),
        pots=pots_to_spend(code),
        meetings=list(meetings[:MOST]),
    )
    if request.method == "POST" and form.is_valid():
        made: list[Reservation] = []
        facts = {"amount": form.cleaned_data["amount"], "decided": form.decided(), "by": me(request), "at": now}
        if done(form, lambda: made.append(actions.reserve(form.chosen_pot(), form.chosen_agreement(), **facts))):
            messages.success(request, said_of(made[0]))
            return redirect("money:reservation", made[0].uuid)
    name = places.names_of([code]).get(code, code)
    return form_page(request, form, title=_("Reserve money for an agreement"), about=name, back=reverse("money:reservations"))


def said_of(reservation: Reservation) -> str:
    if reservation.stage == ReservationStage.MADE:
        return _("The money is reserved.")
    return _("This is written down. A colleague says yes to it before the money is reserved.")


def reservation_here(request: HttpRequest, uuid) -> Reservation:
    """The reservation of the address, of an area in which this person reserves."""
    return get_object_or_404(reservations_in(where_to_reserve(me(request))), uuid=uuid)


@never_cache
@allow(RESERVER)
@require_safe
def reservation(request: HttpRequest, uuid) -> HttpResponse:
    found = reservation_here(request, uuid)
    names = names_of([found.proposed_by, found.second_by])
    context = {
        "reservation": found,
        "proposed_by": names.get(found.proposed_by, ""),
        "second_by": names.get(found.second_by, "") if found.second_by else "",
        "waits": found.stage == ReservationStage.PROPOSED,
        "mine": found.proposed_by == me(request).uuid,
    }
    return render(request, "money/reservation.html", context)


@allow(RESERVER)
@require_POST
def say_yes(request: HttpRequest, uuid) -> HttpResponse:
    found = reservation_here(request, uuid)
    back = reverse("money:reservation", args=[uuid])
    return deed_page(request, back, lambda: actions.say_yes(found, by=me(request), at=timezone.now()), _("The money is reserved."))


@never_cache
@allow(RESERVER)
@require_form
def say_no(request: HttpRequest, uuid) -> HttpResponse:
    found, form = reservation_here(request, uuid), WhyForm(posted(request))
    back = reverse("money:reservation", args=[uuid])
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if done(form, lambda: actions.say_no(found, why=why, by=me(request), at=timezone.now())):
            messages.success(request, _("The money is not reserved."))
            return redirect(back)
    return form_page(request, form, title=_("Do not reserve the money"), about=found.agreement.what, back=back)


@never_cache
@allow(KEEPER)
@require_form
def four_eyes(request: HttpRequest) -> HttpResponse:
    """Above which amount two people are needed: what holds, and a new rule."""
    form = FourEyesForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.set_four_eyes(**form.cleaned_data, by=me(request), at=timezone.now())
        messages.success(request, _("This is kept."))
        return redirect("money:four_eyes")
    return form_page(
        request, form, title=_("When are two people needed?"), back=reverse("money:reservations"),
        template="money/four_eyes.html",
        rules=list(FourEyes.objects.all()), lead=_("As long as there is no rule, two people are always needed."),
    )  # fmt: skip
