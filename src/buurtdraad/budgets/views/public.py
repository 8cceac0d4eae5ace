"""`/budgetten/`: rounds for everybody, the page of one with its plans, and its rules on the site, as data and on paper."""

import re
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.budgets.models import BudgetPlan, BudgetRound
from buurtdraad.budgets.queries import plan_list
from buurtdraad.budgets.queries import rounds as queries
from buurtdraad.budgets.queries.page import track, what_now
from buurtdraad.budgets.queries.plan_list import COSTS, Wanted
from buurtdraad.budgets.queries.sheet import days, sections
from buurtdraad.budgets.showing import drawn, plan_at, round_tone, tone_of
from buurtdraad.budgets.states import LISTED, Channel, RoundStage
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.places import queries as places
from buurtdraad.ui import pdf
from buurtdraad.ui.euros import euros
from buurtdraad.ui.navigation import address

SECTION = "fund"
NUMBER = re.compile("[1-9][0-9]{0,3}")
TURN = re.compile("[1-9]")
CODE = re.compile("[A-Za-z0-9-]{1,60}")
FILTERS = ("thema", "buurt", "prijs", "lijst", "volgorde")
TURNS = 9


@allow(EVERYBODY)
@require_safe
@cached_page
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds that go on, and those of before."""
    found = queries.public_rounds()
    lines = [(one, what_now(one), round_tone(one.stage)) for one in found]
    now = {one.pk for one in queries.running(found)}
    context = {
        "now": [line for line in lines if line[0].pk in now],
        "before": [line for line in lines if line[0].pk not in now],
        "crumbs": [(_("Money for plans"), address("pages:fund"))] if address("pages:fund") else [],
        "section": SECTION,
    }
    return shows(render(request, "budgets/rounds.html", context), places.city_code())


@allow(EVERYBODY)
@require_safe
@cached_page(query=(*FILTERS, "page"))
def round_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A round: its step and days, and its plans as a list and on the map. A form that was sent with empty choices gets a short address."""
    found = announced_or_404(slug)
    kept = {name: str(value) for name, value in request.GET.items() if value}
    if len(kept) < len(request.GET):
        path = reverse("budgets:round", args=[slug])
        return redirect(f"{path}?{urlencode(kept)}" if kept else path)
    wanted, turn = wanted_in(kept), int(one_of(TURN, kept.get("volgorde", "1")))
    areas, themes = plan_list.choices_in(found)
    plans = plan_list.shuffled(plan_list.search(found, wanted), day=timezone.localdate(), turn=turn)
    try:
        page = plan_list.page_of(plans, int(one_of(NUMBER, kept.get("page", "1"))))
    except EmptyPage:
        raise Http404 from None
    context = about(found) | {
        "page": page,
        "rows": [row(found, plan) for plan in page.object_list],
        "map": drawn(found, plan_list.on_map(found)) if not wanted.others else "",
        "wanted": wanted,
        "choices": choices(wanted, areas, themes),
        "rest": urlencode({name: kept[name] for name in FILTERS if name in kept}),
        "other_order": "?" + urlencode({**{name: kept[name] for name in FILTERS if name in kept}, "volgorde": turn % TURNS + 1}),
        "listed": found.stage in LISTED,
        "crumbs": [(_("Neighbourhood budgets"), reverse("budgets:rounds"))],
    }
    return shows(render(request, "budgets/round.html", context), *codes_of(found))


def wanted_in(query: dict[str, str]) -> Wanted:
    """What the address asks for. Raises `Http404` for a choice that is none of ours."""
    theme, cost, others = query.get("thema", ""), query.get("prijs", ""), query.get("lijst", "")
    if (theme and theme not in Theme) or (cost and cost not in COSTS) or others not in {"", "niet"}:
        raise Http404
    return Wanted(theme, query.get("buurt", "") and one_of(CODE, query["buurt"]), cost, others == "niet")


def one_of(pattern: re.Pattern, value: str) -> str:
    if not pattern.fullmatch(value):
        raise Http404
    return value


def choices(wanted: Wanted, areas: list[tuple[str, str]], themes: list[str]) -> list[tuple[str, str, str, list, str]]:
    """The choices above the list: name in the address, label, what chooses nothing, the choices, and what is chosen."""
    costs = [(name, cost_words(*COSTS[name])) for name in COSTS]
    return [
        ("thema", _("Subject"), _("All subjects"), [(theme, Theme(theme).label) for theme in themes], wanted.theme),
        ("buurt", _("Neighbourhood"), _("All neighbourhoods"), areas, wanted.area),
        ("prijs", _("What does it cost?"), _("All amounts"), costs, wanted.cost),
    ]


def cost_words(least: int, below: int | None) -> str:
    if below is None:
        return _("%(amount)s or more") % {"amount": euros(least)}
    if not least:
        return _("less than %(amount)s") % {"amount": euros(below)}
    return _("%(least)s to %(below)s") % {"least": euros(least), "below": euros(below)}


def row(round_: BudgetRound, plan: BudgetPlan) -> dict[str, Any]:
    """A plan in the list; its picture where everybody may see it."""
    picture = getattr(plan, "picture", None)
    src = address("budgets:plan_picture", picture.uuid, 640) if picture and picture.shown else ""
    return {"plan": plan, "url": plan_at(round_, plan.number), "tone": tone_of(plan.stage), "picture": picture if src else None, "src": src}


def about(round_: BudgetRound) -> dict[str, Any]:
    """What the head of every page of a round shows."""
    steps = track(round_)
    return {
        "round": round_,
        "tone": round_tone(round_.stage),
        "now": what_now(round_),
        "steps": steps,
        "days": days(round_.sheet),
        "parts": list(round_.parts.all()),
        "history": [step for step in round_.steps.all() if step.why],
        "links": links_of(round_),
        "section": SECTION,
    }


def links_of(round_: BudgetRound) -> list[tuple[str, str]]:
    """What one can do now, words and address, the first thing first; what has no page is left out."""
    slug = round_.slug
    by_mail = {Channel.EMAIL, Channel.BROKER} & set(round_.sheet.channels)
    found = {
        RoundStage.GATHERING: [(_("Tell us your plan"), address("budgets:propose", slug))],
        RoundStage.VOTING: [
            (_("Vote now"), address("budgets:vote_in", slug)),
            (_("I have no code yet"), address("budgets:claim", slug) if by_mail else ""),
        ],
        RoundStage.CLOSED: [(_("See how it was counted"), address("budgets:result", slug))],
        RoundStage.ADOPTED: [
            (_("See the result"), address("budgets:result", slug)), (_("How are the plans going?"), address("budgets:plans_now", slug)),
        ],
    }  # fmt: skip
    found[RoundStage.DONE] = found[RoundStage.ADOPTED][::-1]
    return [(words, url) for words, url in found.get(RoundStage(round_.stage), []) if url]


def announced_or_404(slug: str) -> BudgetRound:
    found = queries.announced(slug)
    if found is None:
        raise Http404
    return found


def codes_of(round_: BudgetRound) -> set[str]:
    return {round_.area.code, places.city_code()}


# --- the rules -----------------------------------------------------------------------------------------


@allow(EVERYBODY)
@require_safe
@cached_page
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules sheet in full."""
    found = announced_or_404(slug)
    context = about(found) | {
        "sections": sections(found),
        "crumbs": [(_("Neighbourhood budgets"), reverse("budgets:rounds")), (found.name, reverse("budgets:round", args=[slug]))],
    }
    return shows(render(request, "budgets/rules.html", context), *codes_of(found))


@allow(EVERYBODY)
@require_safe
@cached_page
def rules_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The rule of the count and what the ballot asks, as data: with the ballots anybody can count again."""
    found = announced_or_404(slug)
    sheet = found.sheet
    facts = {
        "round": found.slug,
        "name": found.name,
        "announced": sheet.announced_at,
        "budgets": [{"name": part.name, "order": part.order, "amount": str(part.amount)} for part in found.parts.all()],
        "ballot": {"kind": sheet.ballot, "least": sheet.least_marks, "most": sheet.most_marks, "points": sheet.points},
        "rule": queries.rule_of(found).to_dict(),
    }
    return shows(JsonResponse(facts, json_dumps_params={"indent": 2, "ensure_ascii": False}), *codes_of(found))


@allow(EVERYBODY)
@require_safe
def rules_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules sheet to print and hang up."""
    found = announced_or_404(slug)
    facts = {
        "title": _("The rules of: %(name)s") % {"name": found.name},
        "city": places.city_name(),
        "demo": settings.DEMO,
        "about": found.about,
        "when": _("When?"),
        "days": [list(pair) for pair in days(found.sheet)],
        "sections": [{"title": one.title, "lines": list(one.lines)} for one in sections(found)],
        "phone": _("Do you have a question? Call %(phone)s.") % {"phone": settings.CITY_PHONE} if settings.CITY_PHONE else "",
    }
    headers = {"Content-Disposition": f'inline; filename="spelregels-{found.slug}.pdf"'}
    return HttpResponse(pdf.render("budgets/sheet.typ", facts), content_type="application/pdf", headers=headers)
