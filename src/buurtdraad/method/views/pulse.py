"""The pulse: answering by a link, and for staff what came of it over the years."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import EVERYBODY, allow
from buurtdraad.lib.limits import limited_address
from buurtdraad.method.access import EDITOR, STAFF_MEMBER, may_edit
from buurtdraad.method.actions import pulse as actions
from buurtdraad.method.actions.pulse import CodeRefused
from buurtdraad.method.forms.pulse import LastDayForm, OpenForm, PulseForm
from buurtdraad.method.models import Pulse
from buurtdraad.method.models.pulse import QUESTIONS
from buurtdraad.method.queries import pulse as queries
from buurtdraad.method.states import Group
from buurtdraad.method.views.asking import done, form_page
from buurtdraad.ui import charts
from buurtdraad.ui.numbers import as_text

# --- answering --------------------------------------------------------------------------------------


@never_cache
@allow(EVERYBODY)
@require_form
def pulse(request: HttpRequest, token: str) -> HttpResponse:
    """Five questions behind a link without a name. GET changes nothing. Whoever is signed in answers just as nameless."""
    at, form = timezone.now(), PulseForm(posted(request))
    try:
        if request.method == "POST":
            limited_address("pulse", request)
        asked = actions.pulse_of(token, on=timezone.localdate(at))
        if request.method == "POST" and form.is_valid():
            actions.answer(token, form.cleaned_data, at=at)
            return redirect("method:pulse_done")
    except CodeRefused as refusal:
        return render(request, "method/pulse_refused.html", {"says": str(refusal)}, status=404)
    return render(request, "method/pulse.html", {"form": form, "pulse": asked}, status=422 if form.errors else 200)


@allow(EVERYBODY)
@require_safe
def pulse_done(request: HttpRequest) -> HttpResponse:
    return render(request, "method/pulse_done.html")


# --- for staff --------------------------------------------------------------------------------------


@never_cache
@allow(STAFF_MEMBER)
@require_safe
def work_pulses(request: HttpRequest) -> HttpResponse:
    """What came of the pulses that are over, and the one that runs."""
    today = timezone.localdate()
    over = queries.years(on=today)
    context = {
        "years": list(reversed(over)),
        "questions": [as_picture(number, str(words), over) for number, (_field, words) in enumerate(QUESTIONS)] if over else [],
        "going_on": Pulse.objects.filter(closes_on__gte=today).order_by("year"),
        "today": today,
        "least": queries.LEAST,
        "may_edit": may_edit(request.user),
    }
    return render(request, "method/work_pulses.html", context)


def as_picture(number: int, words: str, over: list[queries.Year]) -> dict:
    """One question over the years: a line for the staff, one for the partners, and the same as a table."""
    names = [year.pulse.year for year in over]
    of = {group: [year.results[group].mean(number) for year in over] for group in (Group.STAFF, Group.PARTNERS)}
    everybody = [year.everybody.mean(number) for year in over]
    sentence = _("%(question)s From 1 (not at all) to 5 (fully), over the years.") % {"question": words}
    chart = charts.line(
        names,
        of[Group.STAFF],
        label=_("municipality"),
        beside=of[Group.PARTNERS],
        beside_label=_("partners"),
        sentence=sentence,
        decimals=1,
    )
    rows = [
        (str(name), [shown(value) for value in values])
        for name, *values in zip(names, of[Group.STAFF], of[Group.PARTNERS], everybody, strict=True)
    ]
    return {"words": words, "chart": chart, "rows": [(name, *values) for name, values in rows]}


def shown(value: float | None) -> str:
    return _("not shown") if value is None else as_text(value, 1)


@never_cache
@allow(EDITOR)
@require_form
def work_pulse_new(request: HttpRequest) -> HttpResponse:
    form = OpenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        days, at = dict(form.cleaned_data), timezone.now()
        if not days.pop("sure"):
            if done(form, lambda: actions.can_open(**days, today=timezone.localdate(at))):
                return confirm_pulse(request, form)
        elif done(form, lambda: actions.open_pulse(days.pop("year"), **days, by=me(request), at=at)):
            messages.success(request, _("The pulse is open. Everybody gets a link of their own, and nobody knows whose is whose."))
            return redirect("method:work_pulses")
    lead = _("Everybody who works for the municipality, and everybody who speaks for a partner, gets a mail with five questions.")
    return form_page(request, form, title=_("Open a pulse"), lead=lead, send=_("Open the pulse"), back=reverse("method:work_pulses"))


def confirm_pulse(request: HttpRequest, form: OpenForm) -> HttpResponse:
    """How many people get a mail, and when; then one button."""
    days = form.cleaned_data
    number = len(queries.to_ask(on=timezone.localdate()))
    people = ngettext("%(n)d person gets a mail", "%(n)d people get a mail", number) % {"n": number}
    when = _("at once") if days["opens_on"] == timezone.localdate() else _("on %(day)s") % {"day": date_format(days["opens_on"], "j F Y")}
    lead = _("%(people)s with a link, %(when)s. They can answer until and with %(last_day)s.") % {
        "people": people, "when": when, "last_day": date_format(days["closes_on"], "j F Y"),
    }  # fmt: skip
    title = _("Open the pulse of %(year)s?") % {"year": days["year"]}
    return form_page(request, form.to_confirm(), title=title, lead=lead, send=_("Open the pulse"), back=reverse("method:work_pulses"))


@never_cache
@allow(EDITOR)
@require_form
def work_pulse_days(request: HttpRequest, year: int) -> HttpResponse:
    found = get_object_or_404(Pulse, year=year)
    form = LastDayForm(posted(request), initial={"closes_on": found.closes_on})
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["closes_on"]
        if done(form, lambda: actions.change_last_day(found, last_day, by=me(request), at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("method:work_pulses")
    title = _("Another last day for the pulse of %(year)s") % {"year": year}
    return form_page(request, form, title=title, send=_("Save"), back=reverse("method:work_pulses"))


@never_cache
@allow(EDITOR)
@require_form
def work_pulse_remind(request: HttpRequest, year: int) -> HttpResponse:
    """Once, to everybody: who answered is known to nobody."""
    found, form = get_object_or_404(Pulse, year=year), forms.Form(posted(request))
    if request.method == "POST" and done(form, lambda: actions.remind(found, by=me(request), at=timezone.now())):
        messages.success(request, _("The reminder is on its way to everybody."))
        return redirect("method:work_pulses")
    lead = _(
        "We do not know who answered, so everybody gets this mail. It has no link: each finds that in the first mail. You can do this once."
    )
    return form_page(request, form, title=_("Remind everybody"), lead=lead, send=_("Send the reminder"), back=reverse("method:work_pulses"))


@never_cache
@allow(EDITOR)
@require_form
def work_pulse_withdraw(request: HttpRequest, year: int) -> HttpResponse:
    found, form = get_object_or_404(Pulse, year=year), forms.Form(posted(request))
    if request.method == "POST" and done(form, lambda: actions.withdraw(found, by=me(request), at=timezone.now())):
        messages.success(request, _("The pulse is taken back. Its links do nothing more."))
        return redirect("method:work_pulses")
    lead = _("This can be done as long as nobody answered. Links that were mailed already do nothing more.")
    title = _("Take back the pulse of %(year)s?") % {"year": year}
    return form_page(request, form, title=title, lead=lead, send=_("Withdraw"), back=reverse("method:work_pulses"))
