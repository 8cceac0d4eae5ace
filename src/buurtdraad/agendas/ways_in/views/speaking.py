"""Speaking in a wish, for everybody."""

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.ways_in import actions
from buurtdraad.agendas.ways_in.forms.speaking import SpeakForm
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.agendas.ways_in.queries.areas import neighbourhoods
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import HOUR, address_of, limited, limited_address
from buurtdraad.lib.permissions import HEADER, MICROPHONE
from buurtdraad.messages.queries import slips_of
from buurtdraad.messages.rules import as_written
from buurtdraad.messages.states import Way

# A recording is heard again before it is sent: it is a blob of the page itself.
WITH_OWN_SOUND = cast("dict[str, list[str]]", settings.SECURE_CSP) | {"media-src": [CSP.SELF, "blob:"]}
# Of one address: an evening of thirty people who all speak something in.
MOST_NOTES = 40
SLIP, A_DAY = "agendas.spoken.slip", 86_400  # seconds


@allow(EVERYBODY)
@never_cache
@csp_override(WITH_OWN_SOUND)
@require_http_methods(["GET", "HEAD", "POST"])
def speak(request: HttpRequest) -> HttpResponse:
    """Record a wish, or choose a recording. Who is signed in hears as they chose."""
    giver = request.user if isinstance(request.user, Person) else None
    chosen = {"area": request.GET.get("buurt", "")}
    form = SpeakForm(request.POST or None, request.FILES or None, areas=neighbourhoods(), initial=chosen)
    if giver:
        form.only_for_strangers()
    if request.method == "POST":
        limited_address("speak", request)
        limited("spoken notes", address_of(request), most=MOST_NOTES, within=HOUR)
        if form.is_valid():
            given, hears = form.cleaned_data, form.hears
            note = actions.speak(given["sound"], area=given["area"], hears=hears, giver=giver, by=None, at=timezone.now(), mark=form.mark)
            then = "call" if hears.way == Way.CALL else "told" if giver or hears.way == Way.BOARD else "none"
            return redirect(f"{reverse('agendas:spoken', args=[then])}?{urlencode({'briefje': slip_token(note)})}")
    response = render(request, "agendas/speak.html", {"form": form, "giver": giver}, status=422 if form.errors else 200)
    response[HEADER] = MICROPHONE
    return response


@allow(EVERYBODY)
@require_safe
def spoken(request: HttpRequest, then: str) -> HttpResponse:
    """Thank you, and what happens now: `then` is "call", "told" or "none"; with the number of the slip that was just given."""
    try:
        number = signing.loads(request.GET.get("briefje", ""), salt=SLIP, max_age=A_DAY)
    except signing.BadSignature:
        number = ""
    return render(request, "agendas/spoken.html", {"then": then, "slip": as_written(number) if number else ""})


def slip_token(note: SpokenNote) -> str:
    """The number of the slip, signed: nobody makes the page show another's. Empty for who hears by e-mail."""
    number = slips_of(note.contact).get(note.thing, "") if note.contact else ""
    return signing.dumps(number, salt=SLIP) if number else ""
