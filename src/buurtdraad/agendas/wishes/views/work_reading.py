"""Reading first: what waits, one by one, the oldest first, with why it waits."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.asking import me
from buurtdraad.agendas.personal import NEVER_ON_SITE, personal, pieces
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.access import READER, areas_to_read, duty_here
from buurtdraad.agendas.wishes.forms.work import KeepForm, WordsForm
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.work import area_choices, in_reach, to_read
from buurtdraad.agendas.wishes.states import Kind, Showing, Theme
from buurtdraad.agendas.wishes.views.work import UNPROCESSABLE
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.models import Area

# So many that wait stand below the one that is read.
LISTED = 20
WHY: dict[str, str | Promise] = {
    "phone": gettext_lazy("a phone number"),
    "email": gettext_lazy("an e-mail address"),
    "account": gettext_lazy("a bank account"),
    "house": gettext_lazy("a house number or postcode"),
    "plate": gettext_lazy("a number plate"),
    "name": gettext_lazy("a name"),
    "person": gettext_lazy("it is about a person"),
    "links": gettext_lazy("many links"),
    "quick": gettext_lazy("typed very fast"),
    "unsigned": gettext_lazy("sent by another way than our form"),
    "repeated": gettext_lazy("the same text more than once"),
    "picture": gettext_lazy("a picture"),
}


def why_it_waits(reasons: list[str]) -> list[str]:
    """In words; a reason that has none is one of a program."""
    return list(dict.fromkeys(str(WHY.get(reason, _("perhaps sent by a program"))) for reason in reasons))


@never_cache
@allow(READER)
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """The oldest that waits, or with `?wens=` a certain one: so a decision can be looked at again."""
    reach = areas_to_read(me(request))
    wanted = request.POST.get("wens") or request.GET.get("wens")
    if wanted:
        wish = in_reach(reach).filter(reference=wanted).first() if wanted.isprintable() else None
        if wish is None:
            raise Http404
    else:
        wish = to_read(reach).first()
    if wish is None:
        return render(request, "agendas/to_read.html", {"wish": None, "waiting": []})
    words = WordsForm(prefix="words", areas=area_choices(reach), wish=wish)
    if request.method != "POST":
        return page(request, wish, words, KeepForm())
    return decide(request, wish, words)


def decide(request: HttpRequest, wish: Wish, words: WordsForm) -> HttpResponse:
    """Show it, keep it off with a reason, or change its words; then the next one, or this one with its new words."""
    keep, by, at = KeepForm(), me(request), timezone.now()
    was, duty = request.POST.get("was", ""), duty_here(me(request), wish)
    try:
        match request.POST.get("deed"):
            case "show":
                actions.show(wish, was=was, by=by, duty=duty, at=at)
                return done(request, wish, _("%(reference)s is on the site."))
            case "keep":
                keep = KeepForm(request.POST)
                if keep.is_valid():
                    actions.keep_private(wish, was=was, why=keep.cleaned_data["why"], by=by, duty=duty, at=at)
                    return done(request, wish, _("%(reference)s is not on the site."))
            case "reword":
                words = WordsForm(request.POST, prefix="words", areas=area_choices(areas_to_read(by)), wish=wish)
                if words.is_valid():
                    reword(wish, words, by=by, duty=duty, at=at)
                    notices.success(request, _("The words are changed. Now decide."))
                    return redirect(reverse("agendas:to_read", query={"wens": wish.reference}))
    except Refused as refused:
        wish.refresh_from_db()
        return page(request, wish, words, keep, refused=str(refused), status=UNPROCESSABLE)
    return page(request, wish, words, keep, status=UNPROCESSABLE)


def reword(wish: Wish, words: WordsForm, *, by, duty: str, at) -> None:
    said = words.cleaned_data
    area = Area.objects.get(code=said["area"])
    actions.reword(wish, text=said["text"], kind=Kind(said["kind"]), theme=Theme(said["theme"]), area=area, by=by, duty=duty, at=at)


def done(request: HttpRequest, wish: Wish, told: str) -> HttpResponse:
    again = reverse("agendas:to_read", query={"wens": wish.reference})
    notices.success(request, format_html('{} <a href="{}">{}</a>', told % {"reference": wish.reference}, again, _("Look again")))
    return redirect("agendas:to_read")


def page(request: HttpRequest, wish: Wish, words: WordsForm, keep: KeepForm, *, refused: str = "", status: int = 200) -> HttpResponse:
    by, found = me(request), personal(wish.text)
    record_look(room="agendas", thing=f"wish:{wish.reference}", by=by.uuid, at=timezone.now(), duty=duty_here(by, wish))
    others = to_read(areas_to_read(by)).exclude(pk=wish.pk)
    context = {
        "wish": wish,
        "why": why_it_waits(wish.waits_for or sorted(found)),
        "pieces": [(piece, WHY.get(why, "")) for piece, why in pieces(wish.text)],
        "never": [WHY[why] for why in sorted(found & NEVER_ON_SITE)],
        "about_person": "person" in found,
        "may_show": wish.showing != Showing.SHOWN,
        "may_keep": wish.showing != Showing.PRIVATE,
        "words": words,
        "words_open": words.is_bound or bool(found & NEVER_ON_SITE),
        "keep": keep,
        "refused": refused,
        "waiting": [(other, why_it_waits(other.waits_for)) for other in others[:LISTED]],
        "number": others.count(),
    }
    return render(request, "agendas/to_read.html", context, status=status)
