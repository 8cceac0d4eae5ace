"""Owners say yes or no, behind a link without an account or signed in; and they see who wants to join in."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.access import may_see_joiners, owns
from buurtdraad.agendas.agenda.actions.owners import NotAsked, already, asked_by
from buurtdraad.agendas.agenda.forms.public import ReactionForm, YesOrNoForm
from buurtdraad.agendas.agenda.models import Agreement, Joiner, Owner, Topic
from buurtdraad.agendas.agenda.queries.words import when
from buurtdraad.agendas.agenda.queries.work import joiners_of
from buurtdraad.agendas.agenda.states import Said
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.refusal import Refused


@never_cache
@allow(EVERYBODY)
@require_form
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an owner. GET changes nothing."""
    at = timezone.now()
    try:
        owner = asked_by(token, at=at)
        form = YesOrNoForm(posted(request))
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            if given["answer"] == "yes":
                actions.accept_by_link(token, said_by=given["said_by"], at=at)
            else:
                actions.refuse_by_link(token, said_by=given["said_by"], why=given["why"], at=at)
            return thanks(request, owner, yes=given["answer"] == "yes")
    except (BadLink, NotAsked) as refusal:
        status = 404 if isinstance(refusal, BadLink) else 200
        return render(request, "agendas/answered.html", {"title": _("This link does nothing more"), "says": str(refusal)}, status=status)
    return asked_page(request, owner, form)


def asked_page(request: HttpRequest, owner: Owner, form: YesOrNoForm) -> HttpResponse:
    context = {"owner": owner, "agreement": owner.agreement, "when": when(owner.agreement, timezone.localdate()), "form": form}
    return render(request, "agendas/accept.html", context, status=422 if form.errors else 200)


def thanks(request: HttpRequest, owner: Owner, *, yes: bool) -> HttpResponse:
    says = _("It stands in the agenda now.") if yes else _("The area adviser reads why, and looks for another way.")
    title = _("Thank you. You said yes.") if yes else _("Thank you. You said no.")
    back = "" if owner.agreement.topic.version.stage == "draft" else f"/afspraken/{owner.agreement_id}/"
    return render(request, "agendas/answered.html", {"title": title, "says": says, "back": back})


@never_cache
@allow(SIGNED_IN)
@require_form
def answer_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for who is signed in, and speaks for an owner of this agreement."""
    person = request.user
    assert isinstance(person, Person)
    related = ("agreement__topic__version", "agreement__area", "organisation", "contact")
    owner = Owner.objects.select_related(*related).filter(owns(person), agreement=pk).order_by("accepted_at", "refused_at").last()
    waiting = Owner.objects.select_related(*related).filter(owns(person), agreement=pk, accepted_at=None, refused_at=None).first()
    owner = waiting or owner
    if owner is None:
        raise Http404
    form = YesOrNoForm(posted(request), initial={"said_by": person.name})
    try:
        if owner.answered:
            raise NotAsked(already(owner))
        if request.method == "POST" and form.is_valid():
            given, at = form.cleaned_data, timezone.now()
            if given["answer"] == "yes":
                actions.accept(owner, said_by=given["said_by"], how=Said.SIGNED_IN, by=person, at=at)
            else:
                actions.refuse(owner, said_by=given["said_by"], why=given["why"], how=Said.SIGNED_IN, by=person, at=at)
            return thanks(request, owner, yes=given["answer"] == "yes")
    except NotAsked as refusal:
        return render(request, "agendas/answered.html", {"title": _("You answered this already"), "says": str(refusal)})
    return asked_page(request, owner, form)


# --- who joins in ----------------------------------------------------------------------------------


@never_cache
@allow(SIGNED_IN)
@require_form
def topic_joiners(request: HttpRequest, pk: int) -> HttpResponse:
    return joiners(request, get_object_or_404(Topic.objects.select_related("version__area"), pk=pk))


@never_cache
@allow(SIGNED_IN)
@require_form
def agreement_joiners(request: HttpRequest, pk: int) -> HttpResponse:
    return joiners(request, get_object_or_404(Agreement.objects.select_related("topic__version", "area"), pk=pk))


def joiners(request: HttpRequest, thing: Topic | Agreement) -> HttpResponse:
    """Who wants to join in, for the owner and the adviser alone; each gets one reaction, in their own way."""
    require(may_see_joiners(request.user, thing))
    assert isinstance(request.user, Person)
    form, chosen = ReactionForm(), None
    if request.method == "POST":
        related = ("contact__person", "topic__version__area", "agreement__area")
        chosen = get_object_or_404(thing.joiners.select_related(*related), uuid=uuid_of(request))
        form = ReactionForm(request.POST)
        if form.is_valid():
            try:
                actions.answer_joiner(chosen, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
                form, chosen = ReactionForm(), None
            except Refused as refusal:
                form.add_error(None, str(refusal))
    name = f"{'topic' if isinstance(thing, Topic) else 'agreement'}:{thing.pk}"
    record_look(room="agendas", thing=name, by=request.user.uuid, at=timezone.now())
    context = {"thing": thing, "joiners": [(one, reach(one)) for one in joiners_of(thing)], "form": form, "chosen": chosen}
    return render(request, "agendas/joiners.html", context, status=422 if form.errors else 200)


def uuid_of(request: HttpRequest) -> UUID:
    """Whom the reaction is for; nobody for what is no id of ours."""
    try:
        return UUID(request.POST.get("joiner", ""))
    except ValueError:
        raise Http404 from None


def reach(joiner: Joiner) -> str:
    """How to reach who joins in: the phone number, else the address that they confirmed."""
    phone = getattr(joiner.contact, "phone", None)
    person = joiner.contact.person
    return phone.number if phone else (person.email or "" if person and person.confirmed_at else "")
