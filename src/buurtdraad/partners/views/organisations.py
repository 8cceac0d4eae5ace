"""`/werk/partners/`: the organisations that we work with and who speaks for them, for who works here."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import allow, require
from buurtdraad.lib.dated import EndForm
from buurtdraad.lib.refusal import Refused
from buurtdraad.partners import access, actions
from buurtdraad.partners.forms.organisations import FindForm, OrganisationForm, RepresentativeForm
from buurtdraad.partners.models import Organisation, Representative
from buurtdraad.partners.queries import organisations as queries
from buurtdraad.partners.queries.accords import accords_of
from buurtdraad.partners.queries.joining import now
from buurtdraad.partners.queries.offers import offers_of
from buurtdraad.partners.sources import COLUMNS
from buurtdraad.places import queries as places
from buurtdraad.ui.csv import csv_response
from buurtdraad.ui.importing import TableImport, import_page

ON_A_PAGE = 50


# --- looking ----------------------------------------------------------------------------------------


@allow(access.STAFF_MEMBER)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All partners, by name, or those that somebody looks for."""
    form = FindForm(request.GET)
    if not form.is_valid():
        return render(request, "partners/organisations.html", {"form": form}, status=422)
    asked, today = form.cleaned_data, timezone.localdate()
    found = queries.found(on=today, text=asked["q"], kind=asked["soort"], code=asked["gebied"], also_over=asked["ook"])
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": queries.with_places(page.object_list),
        "query": query.urlencode(),
        "searched": any(asked.values()),
        "today": today,
        "may_add": bool(access.duty_of(request.user)),
        "may_load": access.may_load(request.user),
    }
    return render(request, "partners/organisations.html", context)


@allow(access.STAFF_MEMBER)
@require_safe
def organisation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One partner: where and on what it works, who speaks for it and what it offers. Who sees an e-mail or phone leaves a trace.

    The page of a double leads on to what it is joined to.
    """
    found, today = partner(uuid), timezone.localdate()
    if found.joined_to:
        return redirect("partners:organisation", found.joined_to.uuid)
    voices = queries.voices_of(found, on=today)
    if voices.reachable:
        duty = access.looking_duty(request.user)
        record_look(room="partners", thing=f"organisation:{uuid}", by=me(request).uuid, at=timezone.now(), duty=duty)
    codes = queries.codes_of(found)
    context = {
        "organisation": queries.with_places([found])[0],
        "voices": voices,
        "doubles": [(one, access.may_join(request.user, queries.codes_of(one), codes)) for one in found.doubles.all()],
        "challenges": queries.challenges_of(found),
        "offers": offers_of(found, on=today),
        "accords": accords_of(found),
        "today": today,
        "over": bool(found.until_on and found.until_on < today),
        "may_change": access.may_change(request.user, codes),
        "may_join": access.may_end(request.user, codes) and not found.joined_to,
        "may_end": access.may_end(request.user, codes) and (not found.until_on or found.until_on > today),
    }
    return render(request, "partners/organisation.html", context)


# --- organisations ----------------------------------------------------------------------------------


@allow(access.CHANGER)
@require_form
def add_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(posted(request), reach=access.where_to_change(request.user))
    return done_or_asked(request, form, deed=actions.add_organisation, says=_("The partner is added."), title=_("Add a partner"))


@allow(access.CHANGER)
@require_form
def change_organisation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = partner_to_change(request, uuid)
    initial = {name: getattr(found, name) for name in ("name", "kind", "website", "from_on", "until_on")}
    initial["challenges"] = [one.pk for one in found.challenges.all()]
    form = OrganisationForm(posted(request), reach=access.where_to_change(request.user), organisation=found, initial=initial)
    deed = partial(actions.change_organisation, found)
    return done_or_asked(request, form, deed=deed, about=found, says=_("Saved."), title=_("Change: %(name)s") % {"name": found})


# --- who speaks for them ----------------------------------------------------------------------------


@allow(access.CHANGER)
@require_form
def add_representative(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = partner_to_change(request, uuid)
    form = RepresentativeForm(posted(request), areas=areas_to_choose(found))
    words = {"title": _("Who speaks for %(name)s?") % {"name": found}, "button": _("Add")}
    deed = partial(actions.add_representative, found)
    return done_or_asked(request, form, deed=deed, about=found, says=_("The contact is added."), **words)


@allow(access.CHANGER)
@require_form
def change_representative(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form shows how to reach somebody, so it leaves a trace as the page does."""
    one, found = voice_to_change(request, uuid)
    if request.method != "POST" and (one.email or one.phone):
        duty = access.looking_duty(request.user)
        record_look(room="partners", thing=f"organisation:{found.uuid}", by=me(request).uuid, at=timezone.now(), duty=duty)
    initial = {name: getattr(one, name) for name in ("name", "role", "email", "phone", "from_on", "until_on")}
    had = {area.code for area in one.areas.all()}
    form = RepresentativeForm(posted(request), areas=areas_to_choose(found, also=had), initial=initial | {"areas": had})
    deed = partial(actions.change_representative, one)
    return done_or_asked(request, form, deed=deed, about=found, says=_("Saved."), title=_("Change: %(name)s") % {"name": one})


@allow(access.CHANGER)
@require_form
def end_representative(request: HttpRequest, uuid: UUID) -> HttpResponse:
    one, found = voice_to_change(request, uuid)
    words = {
        "title": _("End: %(name)s") % {"name": one},
        "lead": _("After this day %(name)s no longer speaks for %(organisation)s.") % {"name": one, "organisation": found},
        "button": _("End"),
    }
    deed = partial(actions.end_representative, one)
    return done_or_asked(request, EndForm(posted(request)), deed=deed, about=found, says=_("It has a last day now."), **words)


# --- files ------------------------------------------------------------------------------------------


@allow(access.LOADER)
@require_form
def take_in(request: HttpRequest) -> HttpResponse:
    """Partners from a file."""
    asked = TableImport(
        title=_("Take in partners"),
        lead=_("With a file you add many at once, or change them. What is not in the file stays as it is."),
        columns=COLUMNS,
        owner=f"partners:{me(request).uuid}",
        back=(_("Partners"), reverse("partners:organisations")),
        template=reverse("partners:file"),
        run=lambda content, dry_run: actions.load_partners(content, by=me(request), at=timezone.now(), dry_run=dry_run),
    )
    return import_page(request, asked)


@allow(access.STAFF_MEMBER)
@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The partners as a file: an example to fill in, and what can be taken in again. No people."""
    return csv_response("partners", [column.headings[0] for column in COLUMNS], queries.rows_of_all())


# --- what they share --------------------------------------------------------------------------------


def partner(uuid: UUID) -> Organisation:
    """An organisation with its areas and challenges, or 404."""
    found = queries.organisation_of(uuid)
    if found is None:
        raise Http404
    return found


def whole(uuid: UUID) -> Organisation:
    """An organisation that is no double of another, or 404: a double is changed where it is joined to, or after parting them."""
    found = partner(uuid)
    if found.joined_to:
        raise Http404
    return found


def partner_to_change(request: HttpRequest, uuid: UUID) -> Organisation:
    found = whole(uuid)
    require(access.may_change(request.user, queries.codes_of(found)))
    return found


def voice_to_change(request: HttpRequest, uuid: UUID) -> tuple[Representative, Organisation]:
    """Somebody whose name we still keep, with the whole for which they speak, for who may change it; else 404 or 403."""
    named = Representative.objects.exclude(name="").select_related("organisation__joined_to")
    one = get_object_or_404(named, uuid=uuid)
    return one, partner_to_change(request, now(one.organisation).uuid)


def areas_to_choose(organisation: Organisation, also: set[str] | None = None) -> list[tuple[str, str]]:
    """The areas of an organisation by name, and those that somebody has already."""
    codes = queries.codes_of(organisation) | (also or set())
    names = places.names_of(codes)
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1])


def done_or_asked(
    request: HttpRequest, form: Form, *, deed: Callable[..., object], says: str, about: Organisation | None = None, **words: str
) -> HttpResponse:
    """Do it and go to the organisation; or ask, again where something was wrong."""
    if form.is_valid():
        try:
            made = deed(**form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, says)
            return redirect("partners:organisation", (about or made).uuid)  # type: ignore[attr-defined]
    return render(request, "partners/form.html", {"form": form, "about": about} | words, status=422 if request.method == "POST" else 200)
