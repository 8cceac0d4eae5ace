"""The people of an initiative, what it needs, who offers help, its news, pictures and prizes."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.initiatives.access import may_advise, may_note_prizes
from buurtdraad.initiatives.actions import gallery, needs, news, people
from buurtdraad.initiatives.forms.news import PrizeForm, UpdateForm
from buurtdraad.initiatives.forms.people import HelpForm, MailForm, NameForm, NeedForm, SomebodyForm
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.queries.page import helped_by
from buurtdraad.initiatives.states import OPEN
from buurtdraad.initiatives.views.beginning import for_its_people, link_refused
from buurtdraad.initiatives.views.managing import asked
from buurtdraad.initiatives.views.pieces import form_page, said, who
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.uploads.fields import PictureForm
from buurtdraad.messages.actions import contact_for


@allow(EVERYBODY)
@for_its_people
@require_form
def invite(request: HttpRequest, found: Initiative) -> HttpResponse:
    """A link for a neighbour, by mail."""
    form = MailForm(posted(request))
    return asked(
        request, found, form,
        lambda: people.invite(request, found, form.cleaned_data["email"], by=who(request), at=timezone.now()),
        _("The mail is on its way. Your neighbour decides."),
        title=_("Ask a neighbour to join in"),
        lead=_("Your neighbour gets a mail with a link. Who says yes can change the plan too."),
        send=_("Send the mail"),
    )  # fmt: skip


@allow(EVERYBODY)
@for_its_people
@require_form
def send_link(request: HttpRequest, found: Initiative) -> HttpResponse:
    """A link to go on with it on another device, and later."""
    form = MailForm(posted(request))
    return asked(
        request, found, form,
        lambda: people.send_go_on_link(found, form.cleaned_data["email"], request=request, by=who(request), at=timezone.now()),
        _("The mail is on its way. With the link in it you go on later."),
        title=_("Go on later"),
        lead=_("We mail you a link. With it you go on, on any telephone or computer. After that we can reach you too."),
        send=_("Mail me the link"),
    )  # fmt: skip


@allow(EVERYBODY)
@for_its_people
@require_form
def member(request: HttpRequest, found: Initiative, pk: int) -> HttpResponse:
    """What to call one of its people, and whether that may stand on the site."""
    one = get_object_or_404(found.members.all(), pk=pk)
    form = NameForm(posted(request), initial={"name": one.name, "agreed": one.agreed_at is not None})
    return asked(
        request, found, form,
        lambda: people.change_member(one, **form.cleaned_data, by=who(request), at=timezone.now()),
        _("Saved."),
        title=_("Your name on the page"),
        lead=_("Without a tick nobody reads your name."),
    )  # fmt: skip


@allow(EVERYBODY)
@for_its_people
@require_form
def add_somebody(request: HttpRequest, found: Initiative) -> HttpResponse:
    """Who advises the area writes down somebody without e-mail."""
    if not may_advise(request.user, found):
        raise PermissionDenied
    form = SomebodyForm(posted(request))
    return asked(
        request, found, form,
        lambda: people.add_somebody(found, **form.cleaned_data, by=me(request), at=timezone.now()),
        _("Saved."),
        title=_("Add somebody without e-mail"),
        lead=_("With a number we call them when there is news. Nobody else sees the number."),
    )  # fmt: skip


# --- what it needs, and who helps ------------------------------------------------------------------------


@allow(EVERYBODY)
@for_its_people
@require_form
def add_need(request: HttpRequest, found: Initiative) -> HttpResponse:
    form = NeedForm(posted(request))
    return asked(
        request, found, form,
        lambda: needs.add_need(found, **form.cleaned_data, by=who(request), at=timezone.now()),
        _("It stands on your list."),
        title=_("What is needed?"),
        send=_("Put it on the list"),
    )  # fmt: skip


@never_cache
@allow(EVERYBODY)
@require_form
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody wants to help: by a link in a mail, or at once for who is signed in."""
    found = get_object_or_404(Initiative.objects.on_site().select_related("area"), slug=slug)
    if found.stage not in OPEN:
        raise Http404
    by, at = who(request), timezone.now()
    form = HelpForm(posted(request), about=found, known=by is not None)
    page: dict[str, Any] = {"title": _("I want to help with %(plan)s") % {"plan": found.title}, "plan": found, "send": _("Send")}
    page["lead"] = _("The people of the plan see your name, your e-mail address and what you write. Nobody else does.")
    if by and found.pk in helped_by(by):
        page["also"] = (reverse("initiatives:take_back", args=[slug]), _("Take back my offer to help"))
    page["back"] = reverse("initiatives:initiative", args=[slug])
    if request.method == "POST":
        limited_address("help", request)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    told = {"name": form.cleaned_data["name"], "words": form.cleaned_data["words"], "need": form.chosen}
    try:
        if by:
            needs.offer_help(found, contact=contact_for(by, at=at), **told, by=by, at=at)
        else:
            needs.mail_to_offer(request, found, form.cleaned_data["email"], **told, at=at)
    except Refused as refused:
        form.add_error(None, str(refused))
        return form_page(request, form, **page)
    says = _("They see that you want to help.") if by else _("Look in your mail, and press the button there. Then they see it.")
    return said(request, _("Thank you"), says, back=page["back"], go=_("Back to the plan"))


@never_cache
@allow(SIGNED_IN)
@require_form
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Who offered help takes it back; the people of the plan see that."""
    found = get_object_or_404(Initiative.objects.select_related("area"), slug=slug, pk__in=helped_by(me(request)))
    if request.method == "POST":
        needs.withdraw_offers(found, by=me(request), at=timezone.now())
        back = reverse("initiatives:initiative", args=[slug])
        return said(request, _("Your offer is taken back"), _("You can always offer help again."), back=back, go=_("Back to the plan"))
    return form_page(request, None, title=_("Take back my offer to help"), about=found.title, send=_("Take back my offer to help"))


@never_cache
@allow(EVERYBODY)
@require_form
def confirm_offer(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: opening changes nothing, the button offers the help."""
    at = timezone.now()
    try:
        if request.method == "POST":
            made = needs.confirm_offer(token, at=at)
            back = reverse("initiatives:initiative", args=[made.initiative.slug])
            return said(request, _("Thank you"), _("They see that you want to help."), back=back, go=_("Back to the plan"))
        found = needs.asked_to_offer(token, at=at)
    except BadLink as problem:
        return link_refused(request, problem)
    except needs.NoHelpNow as problem:
        return said(request, _("This is not needed any more"), str(problem), status=409)
    return form_page(request, None, title=_("Do you want to help with %(plan)s?") % {"plan": found.title}, send=_("Yes, I want to help"))


# --- news, pictures, prizes -------------------------------------------------------------------------------


@allow(EVERYBODY)
@for_its_people
@require_form
def add_update(request: HttpRequest, found: Initiative) -> HttpResponse:
    form = UpdateForm(posted(request))
    return asked(
        request, found, form,
        lambda: news.add_update(found, text=form.cleaned_data["text"], by=who(request), at=timezone.now()),
        _("Your news is saved. Somebody reads it before it stands on the site."),
        title=_("Tell how it goes"),
    )  # fmt: skip


@allow(EVERYBODY)
@for_its_people
@require_form
def add_picture(request: HttpRequest, found: Initiative, uuid: UUID | None = None) -> HttpResponse:
    """A picture of the plan, or of one of its updates."""
    update = get_object_or_404(found.updates.all(), uuid=uuid) if uuid else None
    form = PictureForm(posted(request), request.FILES if request.method == "POST" else None)

    def act() -> None:
        gallery.add_picture(found, gallery.Shown(**form.cleaned_data), update=update, by=who(request), at=timezone.now())

    says = _("The picture is saved. Somebody looks at it before it stands on the site.")
    return asked(request, found, form, act, says, title=_("Add a picture"), multipart=True)


@allow(EVERYBODY)
@for_its_people
@require_form
def add_prize(request: HttpRequest, found: Initiative) -> HttpResponse:
    """Who advises its area writes down a prize."""
    if not may_note_prizes(request.user, found):
        raise PermissionDenied
    form = PrizeForm(posted(request))
    return asked(
        request, found, form,
        lambda: news.add_prize(found, **form.cleaned_data, by=who(request), at=timezone.now()),
        _("The prize stands on the page."),
        title=_("Which prize did it win?"),
    )  # fmt: skip
