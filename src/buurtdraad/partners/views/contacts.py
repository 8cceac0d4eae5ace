"""Who works here: the page of an area for everybody, one's own appearance, and keeping it all for who works here."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.access import SIGNED_IN
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import EVERYBODY, allow, require
from buurtdraad.lib.dated import EndForm
from buurtdraad.lib.page_cache.opting import cached_page, shows
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.uploads import serving
from buurtdraad.partners import access, actions
from buurtdraad.partners.forms.contacts import ContactForm, FaceForm, FindPeopleForm
from buurtdraad.partners.models import LocalContact
from buurtdraad.partners.queries import contacts as queries
from buurtdraad.places import queries as places
from buurtdraad.ui.csv import csv_response
from buurtdraad.ui.navigation import address

FIELDS = ("first_name", "helps_with", "phone", "walk_in", "does", "on_site", "agreed_on", "from_on", "until_on")


# --- for everybody ----------------------------------------------------------------------------------


@allow(EVERYBODY)
@require_safe
@cached_page
def works_here(request: HttpRequest, code: str) -> HttpResponse:
    """Who works in an area, and around it; one sheet of paper."""
    page = places.area_page(code)
    if page is None:
        raise Http404
    names = queries.around(page)
    area_url = address("pages:area", code)
    context = {
        "here": page.here,
        "groups": queries.groups_of(names, on=timezone.localdate()),
        "area_url": area_url,
        "crumbs": [(page.here.name, area_url)] if area_url else [],
        "section": "areas",
    }
    return shows(render(request, "partners/works_here.html", context), code)


@allow(EVERYBODY)
@never_cache
@require_safe
def contact_picture(request: HttpRequest, uuid: UUID, width: int) -> HttpResponseBase:
    """A face. Who takes it off is off: no browser keeps it long."""
    found = queries.picture_of(uuid, on=timezone.localdate())
    if found is None:
        raise Http404
    return serving.picture(found, width, public=False)


@allow(SIGNED_IN)
@require_form
def my_face(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What of oneself stands on the site, and taking it off at once."""
    mine = LocalContact.objects.filter(person=me(request)).exclude(first_name="").select_related("organisation__joined_to", "picture")
    found = get_object_or_404(mine.prefetch_related("areas"), uuid=uuid)
    if request.method == "POST":
        actions.withdraw(found, by=me(request), at=timezone.now())
        messages.success(request, _("You are off the site."))
        return redirect("partners:my_face", uuid)
    names = places.names_of(queries.codes_of([found]))
    return render(request, "partners/my_face.html", {"one": found, "place_names": sorted(names.values())})


# --- for who works here -----------------------------------------------------------------------------


@allow(access.STAFF_MEMBER)
@require_safe
def work_contacts(request: HttpRequest) -> HttpResponse:
    """Who does what where, as a table; of one area also how many of the municipality work there."""
    form, today = FindPeopleForm(request.GET), timezone.localdate()
    if not form.is_valid():
        return render(request, "partners/work_contacts.html", {"form": form}, status=422)
    code = form.cleaned_data["gebied"]
    rows = found_by(form)
    context = {
        "form": form,
        "number": len(rows),
        "head": headings(),
        "rows": [((row.first_name, reverse("partners:work_contact", args=[row.contact.uuid])), *cells(row)) for row in rows],
        "searched": any(form.cleaned_data.values()),
        "query": request.GET.urlencode(),
        "code": code,
        "place": places.names_of([code]).get(code, code) if code else "",
        "municipal": queries.municipal_contacts(code, on=today) if code else None,
        "may_add": bool(access.duty_of(request.user)),
    }
    return render(request, "partners/work_contacts.html", context)


@allow(access.STAFF_MEMBER)
@require_safe
def work_contacts_file(request: HttpRequest) -> HttpResponse:
    """The same table as a file."""
    form = FindPeopleForm(request.GET)
    if not form.is_valid():
        raise Http404
    return csv_response("wie-werkt-waar", headings(), [(row.first_name, *cells(row)) for row in found_by(form)])


def found_by(form: FindPeopleForm) -> list[queries.Works]:
    code = form.cleaned_data["gebied"]
    return queries.who_works_where(queries.codes_near([code]) if code else None, on=timezone.localdate(), text=form.cleaned_data["q"])


def headings() -> list[str]:
    return [_("First name"), _("Organisation"), _("What they do"), _("Phone"), _("Where"), _("On the site")]


def cells(row: queries.Works) -> tuple[str, ...]:
    return row.organisation, row.does, row.phone, ", ".join(row.areas), _("yes") if row.contact.on_site else _("no")


@allow(access.STAFF_MEMBER)
@require_safe
def contact_counts(request: HttpRequest) -> HttpResponse:
    """How many different people of the municipality work in each neighbourhood, the most first."""
    counts = queries.municipal_counts(on=timezone.localdate())
    page = reverse("partners:work_contacts")
    rows = [((count.name, f"{page}?gebied={count.code}"), count.number) for count in counts]
    context = {"head": [_("Neighbourhood"), _("Contacts of the municipality")], "rows": rows}
    return render(request, "partners/contact_counts.html", context)


@allow(access.STAFF_MEMBER)
@require_safe
def work_contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Somebody who works in a neighbourhood, as residents and as colleagues see them."""
    one, today = contact(uuid), timezone.localdate()
    codes = queries.codes_of([one])
    over = bool(one.until_on and one.until_on < today)
    context = {
        "one": one,
        "place_names": sorted(places.names_of(codes).values()),
        "over": over,
        "may_change": access.may_change(request.user, codes),
        "may_end": access.may_end(request.user, codes) and not over,
    }
    return render(request, "partners/work_contact.html", context)


@allow(access.CHANGER)
@require_form
def add_contact(request: HttpRequest) -> HttpResponse:
    reach = access.where_to_change(request.user)
    form = ContactForm(posted(request), reach=reach, today=timezone.localdate(), initial={"organisation": request.GET.get("partner")})
    return done_or_asked(request, form, deed=actions.add_contact, says=_("Added."), title=_("Add somebody who works here"))


@allow(access.CHANGER)
@require_form
def change_contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    one = to_change(request, uuid)
    initial = {name: getattr(one, name) for name in FIELDS} | {"organisation": one.organisation.whole}
    reach = access.where_to_change(request.user)
    form = ContactForm(posted(request), reach=reach, contact=one, today=timezone.localdate(), initial=initial)
    deed = partial(actions.change_contact, one)
    return done_or_asked(request, form, deed=deed, about=one, says=_("Saved."), title=_("Change: %(name)s") % {"name": one})


@allow(access.CHANGER)
@require_form
def end_contact(request: HttpRequest, uuid: UUID) -> HttpResponse:
    one = contact(uuid)
    require(access.may_end(request.user, queries.codes_of([one])))
    words = {
        "title": _("End: %(name)s") % {"name": one},
        "lead": _("Who leaves today is off the site at once. Three months later we destroy who it was."),
        "button": _("End"),
    }
    deed = partial(actions.end_contact, one)
    return done_or_asked(request, EndForm(posted(request)), deed=deed, about=one, says=_("It has a last day now."), **words)


@allow(access.CHANGER)
@require_form
def contact_face(request: HttpRequest, uuid: UUID) -> HttpResponse:
    one = to_change(request, uuid)
    form = FaceForm(posted(request), request.FILES if request.method == "POST" else None, contact=one)
    words = {"title": _("A picture of %(name)s") % {"name": one}, "multipart": True}
    return done_or_asked(request, form, deed=partial(actions.keep_face, one), about=one, says=_("Saved."), **words)


@allow(access.CHANGER)
@require_form
def remove_face(request: HttpRequest, uuid: UUID) -> HttpResponse:
    one = to_change(request, uuid)
    words = {"title": _("Take the picture of %(name)s away?") % {"name": one}, "button": _("Take it away")}
    deed = partial(actions.remove_face, one)
    return done_or_asked(request, Form(posted(request)), deed=deed, about=one, says=_("The picture is gone."), **words)


# --- what they share --------------------------------------------------------------------------------


def contact(uuid: UUID) -> LocalContact:
    """Somebody of whom we still keep who they are, or 404."""
    found = queries.contact_of(uuid)
    if found is None:
        raise Http404
    return found


def to_change(request: HttpRequest, uuid: UUID) -> LocalContact:
    found = contact(uuid)
    require(access.may_change(request.user, queries.codes_of([found])))
    return found


def done_or_asked(
    request: HttpRequest, form: Form, *, deed: Any, says: str, about: LocalContact | None = None, **words: Any
) -> HttpResponse:
    """Do it and go to the page of this contact; or ask, again where something was wrong."""
    if form.is_valid():
        try:
            made = deed(**form.cleaned_data, by=me(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, says)
            return redirect("partners:work_contact", (about or made).uuid)
    context = {"form": form, "about": about} | words
    return render(request, "partners/contact_form.html", context, status=422 if request.method == "POST" else 200)
