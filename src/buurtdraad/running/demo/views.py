"""The demo page: the story, the cast, "Kijk als..." and "Begin opnieuw". Absent wherever settings.DEMO is off."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.access import SECOND_FACTOR
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.sessions import BEGAN_AT
from buurtdraad.budgets.models import BudgetRound
from buurtdraad.budgets.states import RESULT
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.running.demo import actions
from buurtdraad.running.demo.cast import BY_SLUG, CAST, GEUZENWIJK
from buurtdraad.running.demo.codes import printed
from buurtdraad.running.demo.story import STORY


def demo_only() -> None:
    """404 unless this is the demo: settings.DEMO is true only with the embedded database on loopback."""
    if not settings.DEMO:
        raise Http404


@allow(EVERYBODY)
@never_cache
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    demo_only()
    return render(request, "running/demo.html", {"story": STORY, "cast": CAST, "codes": printed(), "voted": voted()})


def voted() -> BudgetRound | None:
    """The round of which the result can be read."""
    return BudgetRound.objects.public().filter(area__code=GEUZENWIJK, stage__in=sorted(RESULT)).first()


@allow(EVERYBODY)
@require_POST
def look_as(request: HttpRequest, slug: str) -> HttpResponse:
    """Become one of the cast in one click."""
    demo_only()
    if slug not in BY_SLUG:
        raise Http404
    person = Person.objects.filter(demo_role=slug).first()
    if person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    # The cast has no phone to show a code: in the demo, and only there, the click is both steps.
    request.session[SECOND_FACTOR] = request.session[BEGAN_AT] = timezone.now().isoformat()
    messages.success(request, _("You now look as %(name)s.") % {"name": person.name})
    return redirect(*next(step_of(slug, request.POST.get("step", "")), ("running:demo",)))


def step_of(slug: str, number: str) -> Iterator[tuple[str, ...]]:
    """Where the step of the story with this number leads, when it is one for this role."""
    return ((step.url_name, *step.url_arguments) for i, step in enumerate(STORY) if step.role == slug and str(i) == number)


@allow(EVERYBODY)
@require_POST
def stop_looking(request: HttpRequest) -> HttpResponse:
    """Be a visitor again."""
    demo_only()
    logout(request)
    return redirect("running:demo")


@allow(EVERYBODY)
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Bring the demo city back to its first state."""
    demo_only()
    logout(request)
    actions.begin_again()
    messages.success(request, _("The demo starts afresh. Everything is as on the first day."))
    return redirect("running:demo")
