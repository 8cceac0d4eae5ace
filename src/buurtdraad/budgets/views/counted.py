"""`/budgetten/<ronde>/uitslag/`: the result for everybody, how it came about step by step, and the files to count it again."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.budgets.drawing import staircase
from buurtdraad.budgets.models import BudgetRound, Counted
from buurtdraad.budgets.queries import files
from buurtdraad.budgets.queries.counted import counted_parts
from buurtdraad.budgets.queries.explaining import story_of
from buurtdraad.budgets.queries.turnout import told
from buurtdraad.budgets.states import COUNTED, RESULT
from buurtdraad.budgets.views.public import about, announced_or_404, codes_of
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.page_cache.opting import cached_page, shows

KINDS = {"csv": "text/csv", "json": "application/json", "txt": "text/plain", "pb": "text/plain"}


@allow(EVERYBODY)
@require_safe
@cached_page
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """Who won and why, who did not and why, how many people voted, and how anybody can check it."""
    found = closed_or_404(slug)
    parts = counted_parts(found)
    context = about(found) | {
        "action": None,
        "adoption": getattr(found, "adoption", None),
        "provisional": found.stage not in RESULT,
        "turnout": told(parts[0].turnout) if parts else None,
        "crumbs": crumbs_to(found)[:2],
    }
    if parts and all(is_shown(one) for one in parts):
        context["stories"] = [(one, story_of(one), files.names_of(one)) for one in parts]
        context["kept"] = any(files.PABULIB in names for _one, _story, names in context["stories"])
    return shows(render(request, "budgets/result.html", context), *codes_of(found))


@allow(EVERYBODY)
@require_safe
@cached_page
def steps(request: HttpRequest, slug: str, part: int) -> HttpResponse:
    """The count step by step: which plan was next, who paid, and what was left; drawn and in words."""
    found, one = part_or_404(slug, part)
    story = story_of(one)
    context = about(found) | {"action": None, "part": one.part, "story": story, "drawn": staircase(story), "crumbs": crumbs_to(found)}
    return shows(render(request, "budgets/count_steps.html", context), *codes_of(found))


@allow(EVERYBODY)
@require_safe
def result_file(request: HttpRequest, slug: str, part: int, name: str) -> HttpResponseBase:
    """One of the files of a count. The same bytes on every day: their hash was published."""
    _found, one = part_or_404(slug, part)
    if name not in files.MADE or name not in files.names_of(one):
        raise Http404
    made = files.MADE[name](one)
    kind = KINDS.get(name.rpartition(".")[2], "text/plain")
    # By the names that stand in the list of their hashes.
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"}
    if isinstance(made, bytes):
        return HttpResponse(made, content_type=f"{kind}; charset=utf-8", headers=headers)
    return StreamingHttpResponse(made, content_type=f"{kind}; charset=utf-8", headers=headers)


def closed_or_404(slug: str) -> BudgetRound:
    found = announced_or_404(slug)
    if found.stage not in COUNTED:
        raise Http404
    return found


def part_or_404(slug: str, part: int) -> tuple[BudgetRound, Counted]:
    """A budget of a closed round whose count everybody may see; budgets are counted from 1."""
    found = closed_or_404(slug)
    parts = counted_parts(found)
    if not 1 <= part <= len(parts) or not all(is_shown(one) for one in parts):
        raise Http404
    return found, parts[part - 1]


def is_shown(one: Counted) -> bool:
    """Whether it was counted, and no second program found something else."""
    return one.counted_at is not None and not one.differs


def crumbs_to(round_: BudgetRound) -> list[tuple[str, str]]:
    return [
        (_("Neighbourhood budgets"), reverse("budgets:rounds")),
        (round_.name, reverse("budgets:round", args=[round_.slug])),
        (_("Result"), reverse("budgets:result", args=[round_.slug])),
    ]
