"""`/werk/fonds/...`: standard texts, other desks, and failures of our system."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.fund import access
from buurtdraad.fund.actions import keeping as actions
from buurtdraad.fund.forms.keeping import USED_FOR, BlockForm, DoorForm, OutageForm
from buurtdraad.fund.models import Outage, Scheme, TextBlock, WrongDoor
from buurtdraad.fund.queries.rules import our_scheme
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.refusal import Refused
from buurtdraad.ui.asking import form_page


def ours() -> Scheme:
    """Our scheme; 404 while none is loaded."""
    scheme = our_scheme()
    if scheme is None:
        raise Http404
    return scheme


def kept(form: Form, act, then: str, request: HttpRequest) -> HttpResponse | None:
    """Do what the form asks and go on, or put the refusal on the form."""
    try:
        act(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("This is kept."))
    return redirect(then)


# --- standard texts ----------------------------------------------------------------------------------------


@never_cache
@allow(access.HANDLER)
@require_safe
def blocks(request: HttpRequest) -> HttpResponse:
    """All texts by what they are used for; those that ended below."""
    found = list(TextBlock.objects.filter(scheme=our_scheme()))
    context = {
        "shelves": [(label, [each for each in found if each.used_for == used and not each.ended_at]) for used, label in USED_FOR],
        "ended": [each for each in found if each.ended_at],
        "any": bool(found),
    }
    return render(request, "fund/work_blocks.html", context)


@never_cache
@allow(access.HANDLER)
@require_form
def block_new(request: HttpRequest) -> HttpResponse:
    """A new text."""
    scheme, by = ours(), me(request)
    form = BlockForm(posted(request))
    if form.is_valid() and (
        done := kept(form, lambda given: actions.add_block(scheme, **given, by=by, at=timezone.now()), "fund:blocks", request)
    ):
        return done
    return form_page(request, form, title=_("A new text"), back=reverse("fund:blocks"))


@never_cache
@allow(access.HANDLER)
@require_form
def block(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a text."""
    found, by = get_object_or_404(TextBlock, uuid=uuid), me(request)
    form = BlockForm(posted(request), initial={"used_for": found.used_for, "title": found.title, "text": found.text})
    if form.is_valid() and (
        done := kept(form, lambda given: actions.change_block(found, **given, by=by, at=timezone.now()), "fund:blocks", request)
    ):
        return done
    return form_page(request, form, title=_("Change this text"), back=reverse("fund:blocks"))


@never_cache
@allow(access.HANDLER)
@require_POST
def block_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Do not offer a text any more, or offer it again."""
    found = get_object_or_404(TextBlock, uuid=uuid)
    act = actions.open_block if found.ended_at else actions.end_block
    act(found, by=me(request), at=timezone.now())
    return redirect("fund:blocks")


# --- other desks -------------------------------------------------------------------------------------------


@never_cache
@allow(access.KEEPER)
@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """What belongs at another desk."""
    found = WrongDoor.objects.filter(scheme=our_scheme())
    return render(request, "fund/work_doors.html", {"doors": found, "may_keep": access.may_keep_rules(request.user)})


@never_cache
@allow(access.KEEPER)
@require_form
def door_new(request: HttpRequest) -> HttpResponse:
    """Something more that belongs at another desk."""
    require(access.may_keep_rules(request.user))
    scheme, by = ours(), me(request)
    form = DoorForm(posted(request))
    if form.is_valid() and (
        done := kept(form, lambda given: actions.add_door(scheme, **given, by=by, at=timezone.now()), "fund:doors", request)
    ):
        return done
    return form_page(request, form, title=_("Another desk"), back=reverse("fund:doors"))


@never_cache
@allow(access.KEEPER)
@require_form
def door(request: HttpRequest, key: str) -> HttpResponse:
    """Change what the check says of it."""
    require(access.may_keep_rules(request.user))
    found, by = get_object_or_404(WrongDoor.objects.select_related("scheme"), scheme=ours(), key=key), me(request)
    form = DoorForm(posted(request), initial={name: getattr(found, name) for name in ("label", "goes_to", "url", "phone")})
    if form.is_valid() and (
        done := kept(form, lambda given: actions.change_door(found, **given, by=by, at=timezone.now()), "fund:doors", request)
    ):
        return done
    return form_page(request, form, title=_("Another desk"), back=reverse("fund:doors"))


@never_cache
@allow(access.KEEPER)
@require_POST
def door_remove(request: HttpRequest, key: str) -> HttpResponse:
    """The check does not name it any more."""
    require(access.may_keep_rules(request.user))
    found = get_object_or_404(WrongDoor.objects.select_related("scheme"), scheme=ours(), key=key)
    actions.remove_door(found, by=me(request), at=timezone.now())
    return redirect("fund:doors")


# --- failures ------------------------------------------------------------------------------------------------


@never_cache
@allow(access.KEEPER)
@require_form
def outages(request: HttpRequest) -> HttpResponse:
    """The failures of our system, and writing down one more."""
    form = OutageForm(posted(request))
    if request.method == "POST":
        require(access.may_keep_rules(request.user))
        by = me(request)
        if form.is_valid() and (
            done := kept(form, lambda given: actions.note_outage(**given, by=by, at=timezone.now()), "fund:outages", request)
        ):
            return done
    context = {"form": form, "outages": Outage.objects.all()[:50], "may_keep": access.may_keep_rules(request.user)}
    return render(request, "fund/work_outages.html", context, status=422 if form.errors else 200)
