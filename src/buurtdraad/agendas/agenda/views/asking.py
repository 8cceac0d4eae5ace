"""Forms for everybody: joining in, "niet gedaan", what residents noticed. Nobody needs an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import posted, require_form
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.links import BadLink, open_link
from buurtdraad.accounts.signing_in.models import Purpose
from buurtdraad.agendas.agenda import actions
from buurtdraad.agendas.agenda.access import may_make
from buurtdraad.agendas.agenda.actions.joining import area_of, thing_named, title_of
from buurtdraad.agendas.agenda.forms.public import JoinForm, NotDoneForm, PollForm
from buurtdraad.agendas.agenda.models import Agreement, Topic
from buurtdraad.agendas.agenda.queries import agendas
from buurtdraad.agendas.agenda.states import VersionStage
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages.actions import contact_for
from buurtdraad.places import queries as places


def form_page(request: HttpRequest, form, *, status: int | None = None, **texts: object) -> HttpResponse:
    """A page that asks something: `title`, `back` (an address), and where wanted `lead`, `about`, `send`, `note`, and a list `points`."""
    return render(request, "agendas/ask.html", {"form": form} | texts, status=status or (422 if form.errors else 200))


@never_cache
@allow(EVERYBODY)
@require_form
def join_topic(request: HttpRequest, pk: int) -> HttpResponse:
    counts = Topic.objects.filter(version__stage=VersionStage.ADOPTED).select_related("version__area")
    return join(request, get_object_or_404(counts, pk=pk), back=f"/onderwerpen/{pk}/")


@never_cache
@allow(EVERYBODY)
@require_form
def join_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    open_ones = Agreement.objects.public().unfinished().select_related("topic__version", "area")
    return join(request, get_object_or_404(open_ones, pk=pk), back=f"/afspraken/{pk}/")


def join(request: HttpRequest, thing: Topic | Agreement, *, back: str) -> HttpResponse:
    """Who is signed in joins in with their own contact; who makes the agenda types names over from the lists of the tables."""
    by = request.user if isinstance(request.user, Person) else None
    person = None if may_make(request.user, area_of(thing)) else by
    form = JoinForm(posted(request), known=person is not None, initial={"name": person.name.split(" ")[0] if person else ""})
    if request.method == "POST":
        limited_address("join", request)
        if form.is_valid():
            email = join_in(request, thing, form, person, by)
            return render(request, "agendas/joined.html", {"title": title_of(thing), "email": email, "back": back})
    return form_page(
        request, form, title=_("I join in"), about=title_of(thing), back=back, send=_("I join in"),
        lead=_("Only who sees to it reads your name and number. You hear from us within two weeks."),
    )  # fmt: skip


def join_in(request: HttpRequest, thing: Topic | Agreement, form: JoinForm, person: Person | None, by: Person | None) -> str:
    """Write down who joins in; the address to which a link went, when that comes first."""
    given, at = form.cleaned_data, timezone.now()
    if person:
        actions.join(thing, name=given["name"], contact=contact_for(person, at=at), mark=form.mark, by=person, at=at)
    elif given["phone"]:
        actions.join(thing, name=given["name"], phone=given["phone"], mark=form.mark, by=by, at=at)
    else:
        actions.mail_to_join(request, given["email"], thing, name=given["name"], at=at)
        return given["email"]
    return ""


@never_cache
@allow(EVERYBODY)
@require_form
def confirm_joining(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in the mail: a button, since mail programs open every link."""
    at = timezone.now()
    try:
        if request.method == "POST":
            joiner = actions.confirm_joining(token, at=at)
            thing = joiner.agreement or joiner.topic
            assert thing
            return render(request, "agendas/joined.html", {"title": title_of(thing), "email": "", "back": "/buurtagenda/"})
        found = thing_named(open_link(Purpose.JOIN_AGENDA, token, at=at).subject)
    except BadLink as refusal:
        return render(request, "agendas/answered.html", {"says": str(refusal), "title": _("This link does nothing")}, status=404)
    if found is None:
        raise Http404
    return render(request, "agendas/confirm_joining.html", {"title": title_of(found)})


@never_cache
@allow(EVERYBODY)
@require_form
def not_done(request: HttpRequest, pk: int) -> HttpResponse:
    """A resident says that something is not done."""
    found = get_object_or_404(Agreement.objects.public().select_related("topic__version", "area"), pk=pk)
    back = f"/afspraken/{pk}/"
    form = NotDoneForm(posted(request))
    if request.method == "POST":
        limited_address("not done", request)
        if form.is_valid():
            try:
                again = actions.say_not_done(
                    found, words=form.cleaned_data["words"], doubted=bool(form.doubts), mark=form.mark, at=timezone.now()
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return render(request, "agendas/said_not_done.html", {"agreement": found, "again": again, "back": back})
    elif not found.may_be_said_not_done(timezone.localdate()):
        raise Http404
    return form_page(
        request, form, title=_("Not done"), about=found.what, back=back, send=_("Send"),
        lead=not_done_lead(found),
    )  # fmt: skip


def not_done_lead(agreement: Agreement) -> str:
    """What happens with it: only the first time it is taken up again by itself."""
    if agreement.reopened_at is None:
        return _("Is this not done, or not done well? Tell us. Then we go to work on it again.")
    return _("Is this not done, or not done well? Tell us. The area adviser looks at it.")


@never_cache
@allow(EVERYBODY)
@require_form
def poll(request: HttpRequest, code: str) -> HttpResponse:
    """Three questions about the agenda that counts now."""
    version = agendas.version_of(code)
    if version is None:
        raise Http404
    form = PollForm(posted(request))
    if request.method == "POST":
        limited_address("poll", request)
        if form.is_valid():
            given = {name: form.cleaned_data[name] for name in ("better", "kept", "could_join")}
            actions.answer_poll(version, **given, doubted=bool(form.doubts), mark=form.mark, at=timezone.now())
            return redirect("agendas:polled", code)
    name = places.names_of([code]).get(code, code)
    return form_page(
        request, form, title=_("How is it going in %(name)s?") % {"name": name}, back=f"/agenda/{code}/", send=_("Send"),
        lead=_("Three questions. We do not ask who you are. From ten answers on, everybody sees what people answered."),
    )  # fmt: skip


@allow(EVERYBODY)
@require_safe
def polled(request: HttpRequest, code: str) -> HttpResponse:
    if agendas.version_of(code) is None:
        raise Http404
    return render(request, "agendas/answered.html", {"title": _("Thank you for your answers"), "says": "", "back": f"/agenda/{code}/"})
