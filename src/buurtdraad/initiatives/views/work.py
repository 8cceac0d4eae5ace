"""At work: all initiatives of one's areas, and what of them waits until somebody reads it."""

from typing import Any

from django.contrib import messages as notices
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.agendas.wishes.views.site import LONGEST_SEARCH, PAGE, choice_of, one_of
from buurtdraad.audit.actions import record_look
from buurtdraad.initiatives.access import ADVISER, READER, may_read, where_to_advise, where_to_read
from buurtdraad.initiatives.actions import gallery, needs, news, plans, showing
from buurtdraad.initiatives.forms.news import WhyForm
from buurtdraad.initiatives.models import Initiative, InitiativePicture, Need, Update
from buurtdraad.initiatives.queries import listing, reading
from buurtdraad.initiatives.rules import LINES
from buurtdraad.initiatives.showing import TONES
from buurtdraad.initiatives.states import Showing, Stage
from buurtdraad.initiatives.views.pieces import UNPROCESSABLE, form_page
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused

# So many of each kind stand on the page.
LISTED = 20
TABLES: dict[str, Any] = {"plan": Initiative, "need": Need, "update": Update, "picture": InitiativePicture}


@never_cache
@allow(ADVISER)
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """All initiatives of one's areas, also those that only their people see."""
    words = " ".join(request.GET.get("q", "").split())[:LONGEST_SEARCH]
    showing_now = choice_of(request.GET.get("zichtbaar", ""), Showing)
    stage = choice_of(request.GET.get("stap", ""), Stage)
    found = listing.of_work(where_to_advise(me(request)), words=words, showing=showing_now, stage=stage)
    try:
        page = listing.page_of(found, int(one_of(PAGE, request.GET.get("page") or "1")), LINES)
    except EmptyPage:
        raise Http404 from None
    context = {
        "page": page,
        "rows": [(one, TONES[Stage(one.stage)]) for one in page.object_list],
        "q": words,
        "choices": [
            ("stap", _("Step"), _("All steps"), Stage.choices, stage),
            ("zichtbaar", _("On the site?"), _("Everything"), Showing.choices, showing_now),
        ],
        "filtered": bool(words or showing_now or stage),
        "rest": "&".join(f"{name}={value}" for name, value in (("stap", stage), ("zichtbaar", showing_now)) if value),
    }
    return render(request, "initiatives/work.html", context)


@never_cache
@allow(READER)
@require_form
def to_read(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first: each goes on the site, or back with a question, or away."""
    if request.method != "POST":
        return reading_page(request)
    kind = request.POST.get("kind", "")
    thing = row(request, kind)
    about = thing if kind == "plan" else thing.initiative
    require(may_read(request.user, about))
    why = WhyForm(request.POST, auto_id=f"id_{kind}{thing.pk}_%s")
    if request.POST.get("deed") == "back" and not why.is_valid():
        return reading_page(request, sent=(thing, why), status=UNPROCESSABLE)
    try:
        says = decide(request, kind, thing, why.cleaned_data["why"] if request.POST.get("deed") == "back" else "")
    except Refused as refused:
        return reading_page(request, refused=str(refused), status=UNPROCESSABLE)
    notices.success(request, says)
    return redirect("initiatives:to_read")


@never_cache
@allow(READER)
@require_form
def take_off(request: HttpRequest, slug: str) -> HttpResponse:
    """Off the site, with the reason that its people hear; or on the site again."""
    found = get_object_or_404(Initiative.objects.select_related("area"), slug=slug, showing__in=[Showing.SHOWN, Showing.REMOVED])
    require(may_read(request.user, found))
    removed = found.showing == Showing.REMOVED
    form = None if removed else WhyForm(posted(request))
    how: dict[str, Any] = {"by": me(request), "at": timezone.now()}
    if request.method == "POST" and (form is None or form.is_valid()):
        if form is None:
            plans.show(found, **how)
        else:
            showing.take_off(found, why=form.cleaned_data["why"], **how)
        notices.success(request, _("The plan is on the site.") if removed else _("The plan is off the site."))
        return redirect("initiatives:to_read")
    back = reverse("initiatives:initiative", args=[slug])
    title = _("Put it on the site again") if removed else _("Take it off the site")
    return form_page(request, form, title=title, about=found.title, plan=found, back=back, send=title)


def row(request: HttpRequest, kind: str) -> Any:
    which = request.POST.get("which", "")
    if kind not in TABLES or not (which.isascii() and which.isdecimal() and len(which) < 19):
        raise Http404
    found = TABLES[kind].objects.select_related("area" if kind == "plan" else "initiative__area")
    return get_object_or_404(found, pk=which)


def decide(request: HttpRequest, kind: str, thing: Any, why: str) -> str:
    """What was decided about one of them, in words."""
    how: dict[str, Any] = {"by": me(request), "at": timezone.now()}
    match (kind, request.POST.get("deed")):
        case ("plan", "show"):
            plans.show(thing, was=request.POST.get("was", ""), **how)
            return _("The plan is on the site.")
        case ("plan", "back"):
            showing.send_back(thing, question=why, **how)
            return _("The people of the plan get your question.")
        case ("need", "show" | "remove" as deed):
            needs.read_need(thing, yes=deed == "show", **how)
        case ("update", "show"):
            news.show_update(thing, **how)
        case ("update", "remove"):
            news.remove_update(thing, **how)
        case ("picture", "show"):
            gallery.show_picture(thing, **how)
        case ("picture", "remove"):
            gallery.remove_picture(thing, **how)
        case _:
            raise Http404
    return _("It is on the site.") if request.POST.get("deed") == "show" else _("It is taken away.")


def reading_page(request: HttpRequest, *, sent: tuple[Any, WhyForm] | None = None, refused: str = "", status: int = 200) -> HttpResponse:
    reach = where_to_read(me(request))
    record_look(room="initiatives", thing="initiatives:to_read", by=me(request).uuid, at=timezone.now())
    forms = {sent[0].pk: sent[1]} if sent else {}
    found = list(reading.plans_to_read(reach)[:LISTED])
    context = {
        "rows": [(one, fresh(one), plans.mark_of(one), forms.get(one.pk) or WhyForm(auto_id=f"id_plan{one.pk}_%s")) for one in found],
        "needs": reading.needs_to_read(reach)[:LISTED],
        "updates": reading.updates_to_read(reach)[:LISTED],
        "pictures": reading.pictures_to_read(reach)[:LISTED],
        "refused": refused,
    }
    return render(request, "initiatives/to_read.html", context, status=status)


def fresh(one: Initiative) -> list[tuple[str, str]]:
    """The words to read, each with what it is: all of a new one, only the new ones of one on the site."""
    labels = {
        "title": _("Name"),
        "summary": _("What it is"),
        "story": _("More about it"),
        "place": _("Where"),
        "result": _("What came of it"),
        "why": _("Why it does not go on"),
    }
    new = one.waiting if one.showing == Showing.SHOWN else {name: getattr(one, name) for name in labels}
    return [(labels[name], new[name]) for name in labels if new.get(name)]
