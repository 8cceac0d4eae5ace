"""`/samenhang/bevindingen/`: what does not fit, whom to call about it, and what is done with it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.access import areas_of
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.agendas.meetings.access import may_host
from buurtdraad.agendas.meetings.access import visible_to as visible_meetings
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.lib.refusal import Refused
from buurtdraad.places import queries as places
from buurtdraad.reports import access
from buurtdraad.reports.access import ACTING, ACTOR, READER
from buurtdraad.reports.actions import findings as actions
from buurtdraad.reports.forms.findings import AgreementForm, MeetingForm, WhyForm
from buurtdraad.reports.models import Cell, Finding
from buurtdraad.reports.queries import findings as queries
from buurtdraad.reports.queries import findings_table as table
from buurtdraad.reports.queries.overview import areas_to_choose, made_at
from buurtdraad.reports.queries.whom import meetings_near, topics_near, whom_to_call, works_of
from buurtdraad.reports.queries.words import ADVICE, NOT_SAID, REASONS
from buurtdraad.reports.states import FINDING_MOVES, FindingKind, FindingStage
from buurtdraad.reports.views.coherence import clean
from buurtdraad.ui.asking import UNPROCESSABLE, deed_page, done, form_page, said
from buurtdraad.ui.csv import csv_stream

# What the address of the list can ask.
ASKED = ("soort", "stand", "gebied", "opgave", "bijeenkomst", "mijn")


@allow(READER)
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """What waits, or what somebody asks for. `?mijn=1`: in the areas where this person acts."""
    wanted, chosen = wanted_by(request)
    number = request.GET.get("page", "1")
    page, told = queries.page_of(queries.wanted_findings(wanted), int(number) if number.isdecimal() and len(number) < 6 else 1)
    context = {
        "page": page,
        "told": [(one, REASONS[one.finding.kind]) for one in told],
        "chosen": chosen,
        "areas": areas_to_choose(),
        "kinds": FindingKind.choices,
        "stages": FindingStage.choices,
        "made_at": made_at("findings"),
        **listed_at(request, wanted.meeting),
        "query": query_of(chosen),
        "terug": with_way_back(query_of(chosen | {"page": str(page.number) if page.number > 1 else ""})),
    }
    return render(request, "reports/findings.html", context)


def listed_at(request: HttpRequest, pk: int | None) -> dict[str, object]:
    """The meeting of which this is the list, and its page: the one at work for who leads it, else the one for everybody."""
    meeting = visible_meetings(me(request)).select_related("area").filter(pk=pk).first() if pk else None
    if meeting is None:
        return {}
    page = "agendas:work_meeting" if may_host(me(request), meeting.area) else "agendas:meeting"
    return {"meeting": meeting, "meeting_url": reverse(page, args=[meeting.pk])}


def wanted_by(request: HttpRequest) -> tuple[queries.Wanted, dict[str, str]]:
    """The filter of the address, and what of it holds."""
    asked = {name: clean(request.GET.get(name, "")) for name in ASKED}
    codes = None
    if asked["mijn"]:
        reach = areas_of(me(request), *ACTING)
        codes = None if reach.everywhere else reach.codes
    if asked["gebied"]:
        here = frozenset(places.around([asked["gebied"]]) - {places.city_code()})
        codes = here if codes is None else codes & here
    meeting = asked["bijeenkomst"]
    wanted = queries.Wanted(
        asked["soort"], asked["stand"], asked["gebied"], asked["opgave"],
        int(meeting) if meeting.isdecimal() and len(meeting) < 10 else None, codes=codes,
    )  # fmt: skip
    return wanted, asked


# --- back to the list as it was ----------------------------------------------------------------------------


def query_of(chosen: dict[str, str]) -> str:
    return urlencode({name: value for name, value in chosen.items() if value})


def with_way_back(query: str) -> str:
    """What comes behind the address of a finding, so that its page knows how the list was."""
    return f"?{urlencode({'terug': query})}" if query else ""


def came_with(request: HttpRequest) -> str:
    """How the list was from which somebody came. Only what that list can ask is kept of it, so that it leads nowhere else."""
    said = QueryDict(request.GET.get("terug", "")[:300])
    return query_of({name: clean(said.get(name, "")) for name in (*ASKED, "page")})


def back_to(request: HttpRequest, uuid: UUID) -> str:
    """The page of a finding, which still knows how the list was."""
    return reverse("reports:finding", args=[uuid]) + with_way_back(came_with(request))


@allow(READER)
@require_safe
def findings_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same findings, all of them, as a table that is sent while it is read."""
    wanted, _chosen = wanted_by(request)
    head = [_("kind"), _("neighbourhood"), _("challenge"), _("what it is about"), _("how it stands"), _("found on")]
    return csv_stream("bevindingen", head, table.rows_of(queries.wanted_findings(wanted)))


def finding_of(uuid: UUID) -> Finding:
    return get_object_or_404(Finding.objects.select_related("area", "challenge", "meeting", "agreement"), uuid=uuid)


def acting_on(request: HttpRequest, uuid: UUID) -> Finding:
    """One on which this person may act."""
    found = finding_of(uuid)
    require(access.may_act_on(me(request), found))
    return found


@allow(READER)
@require_safe
def finding(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Why it was found, what it does not say, whom to call, and what was done with it."""
    found = finding_of(uuid)
    works = works_of(found.things)
    query = came_with(request)
    area = found.area.code if found.area else ""
    context = {
        "finding": found,
        "told": queries.told(found),
        "reason": REASONS[found.kind],
        "not_said": NOT_SAID[found.kind],
        "advice": ADVICE[found.kind],
        "works": works,
        "calls": whom_to_call(found, works),
        "steps": queries.steps_of(found),
        "place": places.names_of([area]).get(area, _("The whole city")) if area else _("The whole city"),
        "may_act": access.may_act_on(request.user, found),
        "moves": FINDING_MOVES[found.stage],
        "is_open": found.stage in (FindingStage.OPEN, FindingStage.TAKEN_UP),
        "figures": found.facts.get("figures", []),
        "departments": found.facts.get("departments", []),
        "givers": found.facts.get("givers", []),
        "list": reverse("reports:findings") + (f"?{query}" if query else ""),
        "terug": with_way_back(query),
    }
    return render(request, "reports/finding.html", context)


# --- what can be done with it ------------------------------------------------------------------------------


@allow(ACTOR)
@require_POST
def raise_need(request: HttpRequest, code: str, challenge: str) -> HttpResponse:
    """Make a finding of a cell without work, and choose the meeting at which it is talked about."""
    cell = get_object_or_404(Cell, area__code=code, challenge__code=challenge)
    require(access.may_act_in(me(request), code))
    try:
        found = actions.raise_need(cell, by=me(request), at=timezone.now())
    except Refused as refusal:
        back = reverse("reports:cell", args=[code, challenge])
        return said(request, _("This cannot be done"), str(refusal), back=back, go=_("Back"), status=UNPROCESSABLE)
    return redirect("reports:to_meeting", found.uuid)


@allow(ACTOR)
@require_POST
def take_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = acting_on(request, uuid)
    back = back_to(request, uuid)
    return deed_page(request, back, lambda: actions.take_up(found, by=me(request), at=timezone.now()), _("You see to this now."))


@allow(ACTOR)
@require_POST
def open_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = acting_on(request, uuid)
    back = back_to(request, uuid)
    return deed_page(request, back, lambda: actions.open_again(found, by=me(request), at=timezone.now()), _("This is open again."))


@allow(ACTOR)
@require_form
def set_aside(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found, form = acting_on(request, uuid), WhyForm(posted(request))
    return asked(
        request, found, form, lambda: actions.set_aside(found, why=form.cleaned_data["why"], by=me(request), at=timezone.now()),
        title=_("Set this aside"), says=_("This is set aside, with your reason."), send=_("Set this aside"),
    )  # fmt: skip


@allow(ACTOR)
@require_form
def agree(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An agreement of an agenda near it; the finding is solved by that."""
    found = acting_on(request, uuid)
    topics = topics_near(found)
    back = back_to(request, uuid)
    if not topics.exists():
        return said(
            request, _("There is no agenda here yet"), _("An agreement stands under a topic of an agenda. Make that agenda first."),
            back=back, go=_("Back to the finding"),
        )  # fmt: skip
    names = places.names_of(topics.values_list("version__area__code", flat=True))
    initial = {"what": " / ".join(thing.title for thing in queries.told(found).things)[:300]}
    form = AgreementForm(posted(request), topics=topics, names=names, initial=initial)
    return asked(
        request, found, form,
        lambda: actions.make_agreement(found, form.cleaned_data["topic"], form.promise(), by=me(request), at=timezone.now()),
        title=_("Make an agreement"), says=_("The agreement stands in the agenda. This finding is solved."), send=_("Make the agreement"),
    )  # fmt: skip


@allow(ACTOR)
@require_form
def to_meeting(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To talk about at a meeting to come."""
    found = acting_on(request, uuid)
    meetings = meetings_near(found, timezone.now())
    back = back_to(request, uuid)
    if not meetings.exists():
        return said(
            request, _("There is no meeting to come here"), _("Plan a meeting first. Then you can talk about this there."),
            back=back, go=_("Back to the finding"),
        )  # fmt: skip
    form = MeetingForm(posted(request), meetings=meetings)
    return asked(
        request, found, form,
        lambda: actions.put_on_meeting(found, form.cleaned_data["meeting"], by=me(request), at=timezone.now()),
        title=_("Talk about it at a meeting"), says=_("This is on the list of the meeting."), send=_("Put it on the list"),
    )  # fmt: skip


def asked(
    request: HttpRequest, found: Finding, form: Form, deed: Callable[[], object], *, title: str, says: str, send: str
) -> HttpResponse:
    """Ask, do it and go back, or say why not."""
    back = back_to(request, found.uuid)
    if request.method == "POST" and form.is_valid() and done(form, deed):
        messages.success(request, says)
        return redirect(back)
    return form_page(request, form, title=title, about=found.get_kind_display(), lead=str(ADVICE[found.kind]), back=back, send=send)


# --- for everybody -----------------------------------------------------------------------------------------


@allow(EVERYBODY)
@require_safe
@cached_page
def numbers(request: HttpRequest) -> HttpResponse:
    """How many were found and solved, for everybody: no names, no neighbourhoods."""
    found = queries.numbers()
    context = {
        "numbers": [(one, NOT_SAID[one.kind]) for one in found],
        "found": sum(one.found for one in found),
        "solved": sum(one.solved for one in found),
        "made_at": made_at("findings"),
    }
    return shows(render(request, "reports/numbers.html", context), places.city_code())
