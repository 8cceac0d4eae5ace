"""One wish, for who works with it: who gave it, what happened, what is like it, and all that can be done with it."""

import datetime
from collections.abc import Callable

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.asking import me
from buurtdraad.accounts.models import Person
from buurtdraad.agendas.personal import NEVER_ON_SITE, personal
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.access import ADVISER, areas_to_answer, duty_here
from buurtdraad.agendas.wishes.forms.work import KeepForm, SplitForm, WordsForm
from buurtdraad.agendas.wishes.models import Wish, WishPicture
from buurtdraad.agendas.wishes.queries.history import givers_of, history
from buurtdraad.agendas.wishes.queries.near import near
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.queries.pictures import pictures_of
from buurtdraad.agendas.wishes.queries.work import area_choices, in_reach, joinings_of, splits_of
from buurtdraad.agendas.wishes.states import TRACK, Kind, Showing, Theme
from buurtdraad.agendas.wishes.views.work import UNPROCESSABLE
from buurtdraad.agendas.wishes.views.work_list import days_left
from buurtdraad.agendas.wishes.views.work_reading import WHY
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.places.models import Area


class Forms:
    """The forms of the page; the one that was sent is filled in."""

    def __init__(self, request: HttpRequest, wish: Wish, reach: Reach) -> None:
        self.deed = request.POST.get("deed", "")
        self.words = WordsForm(self.sent(request, "reword"), prefix="words", areas=area_choices(reach), wish=wish)
        self.keep = KeepForm(self.sent(request, "keep"), prefix="keep")
        now = {"text": wish.text, "part_theme": wish.theme}
        self.split = SplitForm(self.sent(request, "split"), prefix="split", initial=now)

    def sent(self, request: HttpRequest, deed: str):
        return request.POST if self.deed == deed else None

    @property
    def of_deed(self):
        return {"reword": self.words, "keep": self.keep, "split": self.split}.get(self.deed)


@never_cache
@allow(ADVISER)
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest, reference: str) -> HttpResponse:
    reach = areas_to_answer(me(request))
    found = in_reach(reach).filter(reference=reference).first()
    if found is None:
        raise Http404
    forms = Forms(request, found, reach)
    if request.method != "POST":
        return page(request, found, forms, reach)
    doing = DEEDS.get(forms.deed)
    if doing is None or (forms.of_deed is not None and not forms.of_deed.is_valid()):
        return page(request, found, forms, reach, status=UNPROCESSABLE)
    try:
        told = doing(request, found, forms)
    except Refused as refused:
        found.refresh_from_db()
        return page(request, found, forms, reach, refused=str(refused), status=UNPROCESSABLE)
    notices.success(request, told)
    return redirect("agendas:work_wish", reference=found.reference)


def page(request: HttpRequest, found: Wish, forms: Forms, reach: Reach, *, refused: str = "", status: int = 200) -> HttpResponse:
    by, answers = me(request), list(found.answers.all())
    record_look(room="agendas", thing=f"wish:{found.reference}", by=by.uuid, at=timezone.now(), duty=duty_here(by, found))
    joinings = joinings_of(found)
    context = {
        "wish": found,
        "days_left": days_left(found, timezone.localdate()),
        "people": people_of([found])[found.pk],
        "givers": givers_of(found),
        "answers": answers,
        "lines": history(found, answers),
        "near": [] if found.head_id else near(found.text, reach, but=found, most=5),
        "joined": [one for one in joinings if one.into_id == found.pk],
        "joining": next((one for one in joinings if one.wish_id == found.pk), None),
        "splits": splits_of(found),
        "forms": forms,
        "refused": refused,
        "pictures": pictures_of(found),
        "shown": found.showing == Showing.SHOWN,
        "never": [WHY[why] for why in sorted(personal(found.text) & NEVER_ON_SITE)],
        "steps": [stage.label for stage in TRACK],
    }
    return render(request, "agendas/work_wish.html", context, status=status)


# --- what can be done: each gives the sentence that says so -----------------------------------------


def by_whom(request: HttpRequest, found: Wish) -> tuple[Person, str, datetime.datetime]:
    by = me(request)
    return by, duty_here(by, found), timezone.now()


def show(request: HttpRequest, found: Wish, forms: Forms) -> str:
    by, duty, at = by_whom(request, found)
    actions.show(found, was=request.POST.get("was", ""), by=by, duty=duty, at=at)
    return _("%(reference)s is on the site.") % {"reference": found.reference}


def keep(request: HttpRequest, found: Wish, forms: Forms) -> str:
    by, duty, at = by_whom(request, found)
    actions.keep_private(found, was=request.POST.get("was", ""), why=forms.keep.cleaned_data["why"], by=by, duty=duty, at=at)
    return _("%(reference)s is not on the site.") % {"reference": found.reference}


def reword(request: HttpRequest, found: Wish, forms: Forms) -> str:
    by, duty, at = by_whom(request, found)
    said = forms.words.cleaned_data
    area = Area.objects.get(code=said["area"])
    actions.reword(found, text=said["text"], kind=Kind(said["kind"]), theme=Theme(said["theme"]), area=area, by=by, duty=duty, at=at)
    return _("Saved. This is what everybody reads.")


def split(request: HttpRequest, found: Wish, forms: Forms) -> str:
    said = forms.split.cleaned_data
    theme = Theme(said["part_theme"])
    made = actions.split(found, text=said["text"], part_text=said["part_text"], part_theme=theme, by=me(request), at=timezone.now())
    return _("Parted. The new wish is %(reference)s. Who gave this one hears of both.") % {"reference": made.part.reference}


def unsplit(request: HttpRequest, found: Wish, forms: Forms) -> str:
    made = next((one for one in splits_of(found) if str(one.uuid) == request.POST.get("which")), None)
    if made is None:
        raise actions.NotJoined(_("This was undone already."))
    actions.unsplit(made, by=me(request), at=timezone.now())
    return _("The part is back in %(reference)s.") % {"reference": made.wish.reference}


def picture_of(request: HttpRequest, found: Wish) -> WishPicture:
    """The picture of this wish that a form names. Raises `Http404` when it is gone."""
    named = next((one for one in pictures_of(found) if str(one.uuid) == request.POST.get("which")), None)
    if named is None:
        raise Http404
    return named


def show_picture(request: HttpRequest, found: Wish, forms: Forms) -> str:
    by, duty, at = by_whom(request, found)
    actions.show_picture(picture_of(request, found), by=by, duty=duty, at=at)
    return _("The picture is on the site.")


def remove_picture(request: HttpRequest, found: Wish, forms: Forms) -> str:
    by, duty, at = by_whom(request, found)
    actions.remove_picture(picture_of(request, found), by=by, duty=duty, at=at)
    return _("The picture is destroyed.")


def unmerge(request: HttpRequest, found: Wish, forms: Forms) -> str:
    made = next((one for one in joinings_of(found) if str(one.uuid) == request.POST.get("which")), None)
    if made is None:
        raise actions.NotJoined(_("This was undone already."))
    apart = actions.unmerge(made, by=me(request), at=timezone.now())
    return _("%(reference)s stands alone again.") % {"reference": apart.reference}


DEEDS: dict[str, Callable[[HttpRequest, Wish, Forms], str]] = {
    "show": show, "keep": keep, "reword": reword, "split": split, "unsplit": unsplit, "unmerge": unmerge,
    "show_picture": show_picture, "remove_picture": remove_picture,
}  # fmt: skip
