"""`/wensen/nieuw/`: telling a wish, in two screens, without an account and without JavaScript."""

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from buurtdraad.agendas.personal import personal
from buurtdraad.agendas.wishes import actions
from buurtdraad.agendas.wishes.access import signed_in
from buurtdraad.agendas.wishes.actions import Given, Hearing, Sent, Shown
from buurtdraad.agendas.wishes.forms.giving import HowForm, WhatForm
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.alike import alike
from buurtdraad.agendas.wishes.queries.people import people_of
from buurtdraad.agendas.wishes.queries.shown import wish_on_site
from buurtdraad.agendas.wishes.queries.where import all_areas, area_named, area_of_point
from buurtdraad.agendas.wishes.rules import MOST_LETTERS, answer_by, street_defect
from buurtdraad.agendas.wishes.states import Theme
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import HOUR, address_of, limited, limited_address
from buurtdraad.lib.uploads.models import People
from buurtdraad.messages.rules import as_written
from buurtdraad.messages.states import Way
from buurtdraad.places.queries import names_of

SENT, A_DAY = "agendas.sent", 86_400
UNPROCESSABLE = 422
# While typing it is asked every second or so; thirty people behind one address tell a wish each.
MOST_WHILE_TYPING = 3_000
# Reasons for which a text may be about a person, and then no point shows where they live.
ABOUT_SOMEBODY = {"name", "person", "house", "plate"}


# Not "no-store": with that a browser that goes back loses what somebody typed, and cannot show screen 2 again.
@cache_control(private=True, no_cache=True)
@allow(EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Screen 1 asks what and where, screen 2 how somebody hears of it; each button says what it does in `step`."""
    if request.method != "POST":
        here = area_named(request.GET.get("buurt", ""))
        return first_screen(request, WhatForm(initial={"area": here.code if here else ""}))
    limited_address("wish", request)
    what = WhatForm(request.POST)
    # The button for one's own place sends the form by itself, without a step.
    step = request.POST.get("step") or ("here" if request.POST.get("lat") and "same" not in request.POST else "next")
    if step == "here":
        return from_here(request)
    if not what.is_valid() or step == "change":
        return first_screen(request, what.shortened(), status=UNPROCESSABLE if what.errors else 200)
    same = wish_on_site(request.POST.get("same", ""))
    if step != "send":
        return second_screen(request, what, HowForm(known=bool(signed_in(request.user)), with_picture=same is None), same)
    how = HowForm(request.POST, request.FILES, known=bool(signed_in(request.user)), with_picture=same is None)
    if not how.is_valid():
        return second_screen(request, what, how, same, status=UNPROCESSABLE)
    return thanks(send(request, what, how, same), emailed=how.cleaned_data.get("way") == Way.EMAIL)


def from_here(request: HttpRequest) -> HttpResponse:
    """Screen 1 again, with the neighbourhood of the device's place; in plain words when that lies elsewhere."""
    form = WhatForm(request.POST)
    form.full_clean()
    point = form.cleaned_data.get("lat"), form.cleaned_data.get("lon")
    here = area_of_point(*point) if None not in point else None  # type: ignore[arg-type] # both are there
    facts = {name: request.POST.get(name, "") for name in ("theme", "opened")} | {"text": request.POST.get("text", "")[:MOST_LETTERS]}
    placed = {"area": here.code, "lat": point[0], "lon": point[1]} if here else {"area": request.POST.get("area", "")}
    return first_screen(request, WhatForm(initial=facts | placed), outside=here is None)


def first_screen(request: HttpRequest, form: WhatForm, *, outside: bool = False, status: int = 200) -> HttpResponse:
    here = form.here or area_named(str(form["area"].value() or ""))
    context = {"form": form, "here": here, "names": all_areas().values(), "outside": outside, "section": "wishes"}
    context["with_point"] = bool(form["lat"].value() and here)
    return render(request, "agendas/give_what.html", context, status=status)


def second_screen(request: HttpRequest, what: WhatForm, how: HowForm, same: Wish | None, status: int = 200) -> HttpResponse:
    assert what.here
    text = what.cleaned_data["text"]
    found = [] if same else alike(text, what.here.area)
    people = people_of([*found, *([same] if same else [])])
    reasons = personal(text)
    context = {
        "what": what,
        "how": how,
        "here": what.here,
        "theme": Theme(what.cleaned_data["theme"]).label if what.cleaned_data["theme"] else "",
        "same": same,
        "alike": [(wish, people[wish.pk]) for wish in found],
        "personal": bool(reasons),
        "about_somebody": bool(reasons & ABOUT_SOMEBODY),
        "with_point": what.point is not None and not reasons & ABOUT_SOMEBODY,
        "street": street_defect(text),
        "report_line": settings.CITY_REPORT_LINE_URL,
        "answer_by": answer_by(timezone.localdate(), actions.choices_for(what.here.area).answer_within),
        "person": signed_in(request.user),
        "section": "wishes",
    }
    return render(request, "agendas/give_how.html", context, status=status)


def send(request: HttpRequest, what: WhatForm, how: HowForm, same: Wish | None) -> Sent:
    """Write down the wish, or that somebody means one that is there; and mail who gave an e-mail address."""
    assert what.here
    person, at, told = signed_in(request.user), timezone.now(), how.cleaned_data
    hearing = Hearing(Way(told.get("way") or Way.NONE), name=told.get("name", ""), phone=told.get("phone", ""))
    text = what.cleaned_data["text"]
    # What may come from a program is read first, so it does not count at another wish at once.
    if same and not what.doubts:
        sent = actions.mean_too_online(same, hearing, words=text, by=person, at=at, mark=what.once)
        if sent.giver is None:
            actions.mail_to_confirm(request, told["email"], about=same, words=text, at=at)
        return sent
    point = None if personal(text) & ABOUT_SOMEBODY else what.point
    given = Given(text, what.here.area, theme=Theme(what.cleaned_data["theme"] or Theme.OTHER), point=point)
    sent = actions.give_online(given, hearing, by=person, at=at, doubts=what.doubts, mark=what.once, picture=picture_of(told))
    if sent.giver and sent.giver.contact is None and told.get("email"):
        actions.mail_to_confirm(request, told["email"], about=sent.giver, at=at)
    return sent


def picture_of(told: dict) -> Shown | None:
    if not told.get("picture"):
        return None
    return Shown(told["picture"], alt=told["alt"], people=People(told["people"]), agreed_with=told.get("agreed_with", ""))


def thanks(sent: Sent, *, emailed: bool) -> HttpResponse:
    """To a page of its own, so that loading it again sends nothing. Its address is signed: nobody looks up another's slip."""
    token = signing.dumps([sent.wish.reference, sent.slip, emailed], salt=SENT)
    return redirect(reverse("agendas:given", args=[token]))


@never_cache
@allow(EVERYBODY)
@require_safe
def given(request: HttpRequest, token: str) -> HttpResponse:
    """ "Dank u": the number, when the answer comes, and what happens next. Nothing of the text stands here."""
    try:
        reference, slip, emailed = signing.loads(token, salt=SENT, max_age=A_DAY)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    wish = Wish.objects.select_related("area").filter(reference=reference).first()
    if wish is None:
        raise Http404
    context = {
        "wish": wish,
        "place": names_of([wish.area.code]).get(wish.area.code, wish.area.code),
        "slip": as_written(slip) if slip else "",
        "emailed": emailed,
        "on_site": wish_on_site(reference) is not None,
        "section": "wishes",
    }
    return render(request, "agendas/given.html", context)


@never_cache
@allow(EVERYBODY)
@require_POST
def while_typing(request: HttpRequest) -> HttpResponse:
    """Wishes that are alike, for htmx while somebody types. The text comes in the body, so no log and no cache has it."""
    limited("alike address", address_of(request), most=MOST_WHILE_TYPING, within=HOUR)
    code = request.POST.get("area", "")
    here = area_named(code)
    found = [] if code and not here else alike(request.POST.get("text", ""), here.area if here else None)
    people = people_of(found)
    return render(request, "agendas/alike.html", {"alike": [(wish, people[wish.pk]) for wish in found]})
