"""Pages: how you hear from us, the call list, the board poster, a slip's number, stopping mails, and the demo's outbox."""

import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.access import Reach
from buurtdraad.accounts.asking import me
from buurtdraad.accounts.duties import Duty
from buurtdraad.audit.actions import record_look
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.lib.refusal import Refused
from buurtdraad.messages import access, actions, queries
from buurtdraad.messages.emails import read_stop_token
from buurtdraad.messages.forms import DealtWithForm, NoteForm, RhythmForm, SlipForm, WayForm
from buurtdraad.messages.models import Contact, Mail
from buurtdraad.messages.rules import as_written, month_before, month_of
from buurtdraad.messages.states import CHOOSABLE, Kind, Rhythm, Way
from buurtdraad.places import queries as places
from buurtdraad.places.models import AreaYear
from buurtdraad.ui import pdf
from buurtdraad.ui.navigation import in_language

UNPROCESSABLE = 422
ON_A_PAGE = 25

# --- how you hear from us ----------------------------------------------------------------------


@allow(access.SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """ "Hoe hoort u van ons?": the way, the language, and how often about what."""
    contact = queries.contact_or_unmade(me(request))
    has_number = bool(contact.pk) and hasattr(contact, "phone")
    own = {"has_number": has_number, "has_email": bool(me(request).email and me(request).confirmed_at)}
    way = WayForm(initial={"way": contact.way, "language": contact.language}, **own)
    rhythm = RhythmForm(prefix="vaak")
    match request.POST.get("form"):
        case "way":
            way = WayForm(request.POST, **own)
            if way.is_valid() and choose_way(request, way):
                return redirect("messages:choices")
        case "rhythm":
            rhythm = RhythmForm(request.POST, prefix="vaak")
            if rhythm.is_valid():
                choose_rhythm(request, rhythm)
                return redirect("messages:choices")
        case "drop" if request.POST.get("preference", "").isdecimal() and len(request.POST["preference"]) < 19:
            actions.drop_rhythm(
                actions.contact_for(me(request), at=timezone.now()),
                int(request.POST["preference"]),
                by=me(request).uuid,
                at=timezone.now(),
            )
            return redirect("messages:choices")
    chosen = queries.choices_of(contact) if contact.pk else []
    context = {"way": way, "rhythm": rhythm, "chosen": chosen, "has_number": has_number, "number_gone": queries.number_gone(contact)}
    return render(request, "messages/choices.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def choose_way(request: HttpRequest, form: WayForm) -> bool:
    """Keep the choice; False puts the refusal on the form."""
    at = timezone.now()
    contact = actions.contact_for(me(request), at=at)
    chosen = form.cleaned_data
    try:
        actions.choose(contact, way=Way(chosen["way"]), phone=chosen["phone"], language=chosen["language"], by=me(request).uuid, at=at)
    except Refused as refused:
        form.add_error("way", str(refused))
        return False
    notices.success(request, _("Saved. This is how you hear from us from now on."))
    return True


def choose_rhythm(request: HttpRequest, form: RhythmForm) -> None:
    at, chosen = timezone.now(), form.cleaned_data
    actions.choose_rhythm(
        actions.contact_for(me(request), at=at),
        area=chosen["area"],
        kind=chosen["kind"],
        rhythm=Rhythm(chosen["rhythm"]),
        by=me(request).uuid,
        at=at,
    )
    notices.success(request, _("Saved. This is how you hear from us from now on."))


# --- the call list -----------------------------------------------------------------------------


@allow(access.CALLER)
@never_cache
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Who waits for a call in the areas of this person, or with `?waar=` in one of them, without any number."""
    mine, code = my_areas(request), request.GET.get("waar", "")
    name = places.names_of([code]).get(code) if code in mine and code.isprintable() else None
    reach = Reach(codes=frozenset({code, *places.inside([code])[code]})) if name else mine
    return render(request, "messages/calls.html", {"calls": queries.calls(reach), "only": name})


@allow(access.CALLER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One call: the number (that somebody looked is written down), what to tell, and what came of it."""
    found = queries.call_of(str(uuid), my_areas(request))
    if request.method == "POST" or (found is None and queries.was_called(str(uuid), my_areas(request))):
        return end_call(request, found)
    if found is None:
        raise Http404
    return call_page(request, found, NoteForm())


def end_call(request: HttpRequest, found: queries.Call | None) -> HttpResponse:
    """ "Gebeld", "Niet bereikt" or "Niet meer bellen". Who comes second reads that it is done."""
    done = _("This call is already done. There is nothing left to do.")
    if found is None:
        notices.info(request, done)
        return redirect("messages:calls")
    contact, by, at = found.contact, me(request).uuid, timezone.now()
    try:
        match request.POST.get("result"):
            case "called":
                actions.called(contact, by=by, at=at)
                notices.success(request, _("Well done. The phone number is destroyed."))
            case "not_reached":
                form = NoteForm(request.POST)
                if not form.is_valid():
                    return call_page(request, found, form, status=UNPROCESSABLE)
                actions.not_reached(contact, note=form.cleaned_data["note"], by=by, at=at)
                notices.success(request, _("Noted. It stays on the list."))
            case "give_up":
                actions.give_up(contact, by=by, at=at)
                notices.success(request, _("It is off the list. The phone number is destroyed."))
            case _unknown:
                return call_page(request, found, NoteForm(), status=UNPROCESSABLE)
    except actions.AlreadyDone:
        notices.info(request, done)
    return redirect("messages:calls")


def call_page(request: HttpRequest, found: queries.Call, form: NoteForm, status: int = 200) -> HttpResponse:
    phone = actions.open_number(found.contact, by=me(request).uuid, at=timezone.now())
    slips = {thing: as_written(number) for thing, number in queries.slips_of(found.contact).items()}
    told = [(message, slips.get(message.thing, "")) for message in found.messages]
    context = {"call": found, "phone": phone, "told": told, "form": form}
    return render(request, "messages/call.html", context, status=status)


def my_areas(request: HttpRequest) -> Reach:
    return access.areas_to_call(me(request), timezone.localdate())


# --- the board ---------------------------------------------------------------------------------


@allow(access.CALLER)
@never_cache
@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """What happened in an area in a month (`maand=2026-11`; the last whole one without), as a poster in large type."""
    here = places.area_in(code)
    if here is None:
        raise Http404
    try:
        month = month_of(request.GET["maand"]) if "maand" in request.GET else month_before(timezone.localdate())
    except ValueError:
        raise Http404 from None
    response = HttpResponse(pdf.render("messages/poster.typ", poster_facts(here, month)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="poster-{here.area.code}-{month:%Y-%m}.pdf"'
    return response


def poster_facts(here: AreaYear, month: datetime.date) -> dict:
    """All that the poster says, in the language of the page."""
    in_words = date_format(month, "F Y")
    return {
        "title": _("What happened in %(area)s?") % {"area": here.name},
        "month": in_words,
        "items": queries.on_the_board(queries.on_the_board_of(here.area), month),
        "empty": _("There was no news in %(month)s.") % {"month": in_words},
        "talk": _("Do you want to know more? Call %(phone)s or walk in.") % {"phone": settings.CITY_PHONE} if settings.CITY_PHONE else "",
        "walk_in": settings.CITY_WALK_IN,
        "city": places.city_name(),
        "demo": settings.DEMO,
    }


# --- mail that does not arrive -------------------------------------------------------------------


@allow(access.ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undelivered(request: HttpRequest) -> HttpResponse:
    """Mails that nobody will get. Whoever told it in another way takes one off the list; twice is no mistake."""
    if request.method == "POST":
        form = DealtWithForm(request.POST)
        if form.is_valid():
            actions.deal_with(form.cleaned_data["mail"], by=me(request).uuid, at=timezone.now())
            notices.success(request, _("It is off the list."))
        return redirect("messages:undelivered")
    page = Paginator(queries.undelivered(), ON_A_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        record_look(room="messages", thing="mail:undelivered", by=me(request).uuid, at=timezone.now(), duty=Duty.ADMINISTRATOR.value)
    return render(request, "messages/undelivered.html", {"page": page})


# --- a slip's number -----------------------------------------------------------------------------


@allow(EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """How the thing of a slip stands, for whoever holds the slip; nobody's name."""
    if request.method != "POST":
        return render(request, "messages/look_up.html", {"form": SlipForm()})
    limited_address("slip", request)
    form = SlipForm(request.POST)
    found = queries.standing(form.cleaned_data["number"]) if form.is_valid() else None
    if found is None:
        if not form.errors:
            form.add_error("number", _("We do not know this number. Look at your slip again, or call us."))
        return render(request, "messages/look_up.html", {"form": form}, status=UNPROCESSABLE)
    link = in_language(found.link, get_language() or "nl") if found.link else ""
    context = {"form": SlipForm(), "found": found, "link": link, "written": as_written(found.number)}
    return render(request, "messages/look_up.html", context)


# --- stopping mails --------------------------------------------------------------------------------


@allow(EVERYBODY)
@csrf_exempt  # A mail program sends it without a page (RFC 8058); the signed link is what allows it.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what stops and changes nothing (filters open every link). POST does it, for the contact of the link only."""
    meant = read_stop_token(token)
    contact = Contact.objects.select_related("person").filter(uuid=meant[0]).first() if meant else None
    if meant is None or contact is None:
        return render(request, "messages/stop.html", {"broken": True}, status=404)
    _contact, kind, area_code = meant
    here = places.area_in(area_code) if area_code else None
    context: dict[str, object] = {"kind": Kind(kind).label if kind in CHOOSABLE else "", "area": here.name if here else ""}
    if request.method == "POST":
        everything = bool(request.POST.get("everything"))
        actions.stop(contact, kind=kind, area_code=area_code, everything=everything, at=timezone.now())
        context |= {"stopped": True, "everything": everything or not context["kind"]}
    return render(request, "messages/stop.html", context)


# --- the demo's outbox ---------------------------------------------------------------------------


@allow(EVERYBODY)
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """What would have been mailed, newest first. Only in the demo: nothing leaves there."""
    if not settings.DEMO:
        raise Http404
    return render(request, "messages/outbox.html", {"mails": queries.outbox()})


@allow(EVERYBODY)
@never_cache
@require_safe
@csp_override({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "base-uri": ["'none'"], "frame-ancestors": ["'none'"]})
def outbox_mail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One mail as its reader sees it. Mails carry their styles in their elements, so this page alone allows those."""
    mail = Mail.objects.filter(uuid=uuid).exclude(html="").first() if settings.DEMO else None
    if mail is None:
        raise Http404
    return HttpResponse(mail.html)
