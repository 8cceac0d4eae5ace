"""What its people (and who advises its area) do with an initiative: its page for them, its words, its step, and what it answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.initiatives import access
from buurtdraad.initiatives.actions import gallery, needs, news, people, plans, showing
from buurtdraad.initiatives.forms.plans import ChangeForm, LinksForm, StageForm, words_of
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.queries.page import seen_by_its_people
from buurtdraad.initiatives.showing import TONES, track
from buurtdraad.initiatives.states import Role, Showing, Stage
from buurtdraad.initiatives.views.beginning import for_its_people
from buurtdraad.initiatives.views.neighbours import what_neighbours_think
from buurtdraad.initiatives.views.pieces import form_page, who
from buurtdraad.initiatives.views.public import SECTION
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import contact_for
from buurtdraad.places.queries import names_of


def back_to(initiative: Initiative) -> HttpResponse:
    return redirect("initiatives:manage", initiative.slug)


@allow(EVERYBODY)
@for_its_people
@require_form
def manage(request: HttpRequest, found: Initiative) -> HttpResponse:
    """Everything of one plan for who may change it: how it stands, and what they can do now."""
    if request.method == "POST":
        return deed(request, found)
    advises, own = access.may_advise(request.user, found), seen_by_its_people(found)
    context = {
        **what_neighbours_think(found),
        "lists": list(found.evidence.select_related("zone")),
        "plan": found,
        "place": names_of([found.area.code]).get(found.area.code, ""),
        "own": own,
        "me": who(request),
        "tone": TONES[Stage(found.stage)],
        "track": track(),
        "waits": bool(found.waiting),
        "may_ask": found.showing in (Showing.PRIVATE, Showing.BACK),
        "may_hide": found.showing in (Showing.SHOWN, Showing.TO_READ, Showing.BACK),
        "held": str(found.uuid) in access.held(request.session),
        "advises": advises,
        "may_help": advises and all(one.contact is None or one.contact.person != request.user for one in own.members),
        "section": SECTION,
    }
    return render(request, "initiatives/manage.html", context)


# --- small deeds of that page --------------------------------------------------------------------------


def deed(request: HttpRequest, found: Initiative) -> HttpResponse:
    """One deed of the page, by its name in `deed` and the row in `which`; then back to the page."""
    act = DEEDS.get(request.POST.get("deed", ""))
    if act is None:
        raise Http404
    try:
        words = act(request, found, {"by": who(request), "at": timezone.now()})
    except Refused as refused:
        notices.error(request, str(refused))
        return back_to(found)
    notices.success(request, words)
    return back_to(found) if request.POST.get("deed") != "let_go" else redirect("initiatives:gallery")


def row(request: HttpRequest, found: Any) -> Any:
    """The row of this initiative that the form names; 404 for any other."""
    which = request.POST.get("which", "")
    if not (which.isascii() and which.isdecimal() and len(which) < 19):
        raise Http404
    return get_object_or_404(found, pk=which)


def ask_to_show(request: HttpRequest, found: Initiative, how: dict) -> str:
    showing.ask_to_show(found, **how)
    return _("Somebody reads your plan first. You hear when it is on the site.")


def hide(request: HttpRequest, found: Initiative, how: dict) -> str:
    showing.hide(found, **how)
    return _("Only you see your plan now.")


def let_go(request: HttpRequest, found: Initiative, how: dict) -> str:
    access.let_go(request.session, found)
    return _("This device does not know your plan any more.")


def meet_need(request: HttpRequest, found: Initiative, how: dict) -> str:
    needs.meet_need(row(request, found.needs.all()), met=True, **how)
    return _("Good that you have it.")


def ask_again(request: HttpRequest, found: Initiative, how: dict) -> str:
    needs.meet_need(row(request, found.needs.all()), met=False, **how)
    return _("It stands on the list again.")


def remove_need(request: HttpRequest, found: Initiative, how: dict) -> str:
    needs.remove_need(row(request, found.needs.all()), **how)
    return _("It is off the list.")


def take_help(request: HttpRequest, found: Initiative, how: dict) -> str:
    needs.answer_offer(row(request, found.offers.all()), take=True, **how)
    return _("They hear that you are glad with it. Now call or mail them.")


def decline_help(request: HttpRequest, found: Initiative, how: dict) -> str:
    needs.answer_offer(row(request, found.offers.all()), take=False, **how)
    return _("They hear that it is not needed now.")


def remove_update(request: HttpRequest, found: Initiative, how: dict) -> str:
    news.remove_update(row(request, found.updates.all()), **how)
    return _("The news is gone.")


def remove_picture(request: HttpRequest, found: Initiative, how: dict) -> str:
    gallery.remove_picture(row(request, found.pictures.all()), **how)
    return _("The picture is destroyed.")


def remove_prize(request: HttpRequest, found: Initiative, how: dict) -> str:
    if not access.may_note_prizes(request.user, found):
        raise PermissionDenied
    news.remove_prize(row(request, found.prizes.all()), **how)
    return _("The prize is off the page.")


def remove_member(request: HttpRequest, found: Initiative, how: dict) -> str:
    people.remove_member(row(request, found.members.all()), **how)
    return _("They are not part of the plan any more.")


def help_them(request: HttpRequest, found: Initiative, how: dict) -> str:
    if not access.may_advise(request.user, found):
        raise PermissionDenied
    people.add_member(found, contact_for(me(request), at=how["at"]), role=Role.HELPER, **how)
    return _("You help with this plan now.")


def unlink(table: Any) -> Callable[[HttpRequest, Initiative, dict], str]:
    def undo(request: HttpRequest, found: Initiative, how: dict) -> str:
        plans.take_link_away(found, row(request, table.objects.all()), **how)
        return _("This does not stand there any more.")

    return undo


DEEDS: dict[str, Callable[[HttpRequest, Initiative, dict], str]] = {
    "ask_to_show": ask_to_show,
    "hide": hide,
    "let_go": let_go,
    "meet_need": meet_need,
    "ask_again": ask_again,
    "remove_need": remove_need,
    "take_help": take_help,
    "decline_help": decline_help,
    "remove_update": remove_update,
    "remove_picture": remove_picture,
    "remove_prize": remove_prize,
    "remove_member": remove_member,
    "help_them": help_them,
    "unlink_wish": unlink(Wish),
    "unlink_topic": unlink(Topic),
    "unlink_agreement": unlink(Agreement),
}


# --- its words, its step, what it answers ---------------------------------------------------------------


def asked(request: HttpRequest, found: Initiative, form: Any, act: Callable[[], object], says: str, **texts: Any) -> HttpResponse:
    """A form of this plan: shown, or its deed done and back to the plan; a refusal stands on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            notices.success(request, says)
            return back_to(found)
    return form_page(request, form, plan=found, **texts)


@allow(EVERYBODY)
@for_its_people
@require_form
def change(request: HttpRequest, found: Initiative) -> HttpResponse:
    form = ChangeForm(posted(request), about=found, initial=words_of(found))
    shown = found.showing == Showing.SHOWN and not access.may_advise(request.user, found)
    return asked(
        request, found, form,
        lambda: plans.change(found, **form.cleaned_data, by=who(request), at=timezone.now()),
        _("Saved. Somebody reads new words before they stand on the site.") if shown else _("Saved."),
        title=_("Change your plan"),
    )  # fmt: skip


@allow(EVERYBODY)
@for_its_people
@require_form
def stage(request: HttpRequest, found: Initiative) -> HttpResponse:
    form = StageForm(posted(request), about=found)

    def act() -> None:
        told = dict(form.cleaned_data)
        plans.move_to(found, told.pop("stage"), **told, by=who(request), at=timezone.now())

    return asked(request, found, form, act, _("Saved."), title=_("How far is your plan?"))


@allow(EVERYBODY)
@for_its_people
@require_form
def links(request: HttpRequest, found: Initiative) -> HttpResponse:
    form = LinksForm(posted(request), about=found)
    return asked(
        request, found, form,
        lambda: plans.add_all(found, form.chosen, by=who(request), at=timezone.now()),
        _("Saved."),
        title=_("What does your plan answer?"),
        lead=_("Then people can follow how a wish became a plan."),
    )  # fmt: skip
