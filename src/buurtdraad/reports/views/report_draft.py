"""`/werk/rapport/`: all reports, the button that drafts one, a draft sentence by sentence, and its numbers."""

import datetime
from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.places import queries as places
from buurtdraad.reports import access
from buurtdraad.reports.actions import drafting
from buurtdraad.reports.forms.report import PeriodForm
from buurtdraad.reports.models import Report
from buurtdraad.reports.queries import drafts as queries
from buurtdraad.reports.queries.content import rows_of_draft, told_of, values_of
from buurtdraad.reports.queries.figures import DEFINITIONS, LISTS, Row
from buurtdraad.reports.queries.figures.rows import from_kept
from buurtdraad.reports.queries.frozen import places_behind
from buurtdraad.reports.queries.sentences import number_of
from buurtdraad.reports.queries.today import MOST as MOST_TODAY
from buurtdraad.reports.queries.today import Today, kept_today
from buurtdraad.reports.showing import names_in, row_table, sentence, title_of
from buurtdraad.reports.states import ReportStage
from buurtdraad.ui.asking import UNPROCESSABLE, deed_page, done

# On a page; the file with the list holds all of them.
MOST_ROWS = 300


@never_cache
@allow(access.REVIEWER)
@require_form
def drafts(request: HttpRequest) -> HttpResponse:
    """All reports, and the button: "Maak het halfjaarrapport"."""
    may_write = has_duty(me(request), *access.WRITING)
    first, last = queries.next_period(timezone.localdate())
    form = PeriodForm(posted(request), initial={"from_on": first, "until_on": last})
    if request.method == "POST":
        require(may_write)
        made: list[Report] = []
        if form.is_valid() and done(form, lambda: made.append(drafting.draft(**form.cleaned_data, by=me(request), at=timezone.now()))):
            messages.success(request, _("The draft is ready. Read it sentence by sentence."))
            return redirect("reports:draft", made[0].slug)
    context = {"form": form, "reports": queries.reports(), "may_write": may_write}
    return render(request, "reports/report_drafts.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def sent(request: HttpRequest, form: BaseForm, deed: Callable[[], object]) -> bool:
    """Whether the form came in and its deed is done; where a rule says no, that stands on the form."""
    return request.method == "POST" and form.is_valid() and done(form, deed)


def report_here(slug: str) -> Report:
    return get_object_or_404(queries.reports(), slug=slug)


@never_cache
@allow(access.REVIEWER)
@require_safe
def draft_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft sentence by sentence, with what may be done with it now."""
    report = report_here(slug)
    values = queries.values_in(report)
    sections = queries.sections_of(report, values)
    names = queries.people_of(report)

    def link(mark: str) -> str:
        return reverse("reports:draft_figure", args=[slug, mark])

    shown_sections = [
        (one, [(part, label, [(line, sentence(line.sentence.text, values, link)) for line in lines]) for part, label, lines in one.parts])
        for one in sections
    ]
    context = {
        "report": report,
        "sections": shown_sections,
        "changed": queries.to_look_at(sections),
        "steps": steps_for(request, report),
        "may_write": access.may_write(request.user, report),
        "may_remark": access.may_remark(request.user, report),
        "may_correct": access.may_correct(request.user, report),
        "is_published": report.stage == ReportStage.PUBLISHED,
        "made_by": names.get(report.made_by) if report.made_by else "",
        "read_by": names.get(report.reviewed_by) if report.reviewed_by else "",
        "approved_by": names.get(report.approved_by) if report.approved_by else "",
    }
    return render(request, "reports/report_draft.html", context)


def steps_for(request: HttpRequest, report: Report) -> list[tuple[str, str]]:
    """The buttons that this person has now: name of the deed, and its words."""
    user = request.user
    writes = has_duty(user, *access.WRITING)
    found = (
        ("lezen", _("Let others read along"), report.stage == ReportStage.DRAFT and writes),
        ("gelezen", _("I read this: it is right"), access.may_say_read(user, report) and not report.reviewed_by),
        ("goedkeuren", _("Approve"), access.may_approve(user, report)),
        ("publiceren", _("Put it on the site"), access.may_publish(user, report)),
        ("terug", _("Take the approval back"), access.may_take_back(user, report)),
        ("schrijven", _("Back to writing"), report.stage == ReportStage.REVIEW and writes),
        ("weggooien", _("Throw this draft away"), access.may_remove(user, report)),
    )
    return [(deed, words) for deed, words, holds in found if holds]


@never_cache
@allow(access.REVIEWER)
@require_POST
def draft_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Count again; what people wrote stays."""
    report = report_here(slug)
    require(has_duty(request.user, *access.WRITING))
    back = reverse("reports:draft", args=[slug])
    return deed_page(
        request, back, lambda: drafting.draft_again(report, by=me(request), at=timezone.now()), _("Everything is counted again.")
    )


# --- numbers ------------------------------------------------------------------------------------------


@never_cache
@allow(access.REVIEWER)
@require_safe
def numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """All numbers that a sentence of this report can hold, with the name to write between braces."""
    report = report_here(slug)
    content = told_of(report)
    rows = [
        (title_of(content, mark), f"{{{mark}}}", number.words, reverse("reports:draft_figure", args=[slug, mark]))
        for mark, number in sorted(values_of(content).items())
    ]
    return render(request, "reports/report_numbers.html", {"report": report, "rows": rows})


@never_cache
@allow(access.REVIEWER)
@require_safe
def draft_figure(request: HttpRequest, slug: str, mark: str) -> HttpResponse:
    """What a number counts, the list behind it as last counted, and how it stood last night."""
    report = report_here(slug)
    content = told_of(report)
    if mark not in content["figures"]:
        raise Http404
    name = content["figures"][mark]["counts"]
    behind = places_behind(report, mark)
    rows = rows_of_draft(report, content["definitions"][name]["list"], behind[:MOST_ROWS])
    context = shown_figure(content, mark, list(map(from_kept, rows)), len(behind), kept_today(report, mark, name))
    return render(request, "reports/report_figure.html", context | {"report": report, "is_draft": True})


def shown_figure(content: dict, mark: str, rows: list[Row], number: int, found: Today | None) -> dict:
    """The same of a text without lists: `rows` are the first of the `number` behind it. `found`: how it stands today, if known."""
    definition = content["definitions"][content["figures"][mark]["counts"]]
    context = {
        "mark": mark,
        "title": title_of(content, mark),
        "definition": definition,
        "value": values_of(content)[mark].words,
        "table": row_table(rows, names_in(content)),
        "number": number,
        "most": MOST_ROWS,
        "is_cut": number > MOST_ROWS,
        "counted_on": day(content["report"]["counted_on"]),
    }
    return context | today(content["figures"][mark]["counts"], definition, found)


def today(name: str, definition: dict, found: Today | None) -> dict:
    """The same number as it stands today, over the same days; nothing where it is no longer defined, or not counted yet."""
    if name not in DEFINITIONS:
        return {"gone": True}
    if found is None:
        return {"uncounted": True}
    names = places.names_of({code for row in found.rows for code in row.codes})
    otherwise = str(DEFINITIONS[name].counts) != definition["counts"] or str(LISTS[DEFINITIONS[name].of].limits) != definition["limits"]
    return {
        "now": number_of(name, found.value).words,
        "now_table": row_table(found.rows, names),
        "now_number": found.number,
        "now_most": MOST_TODAY,
        "now_is_cut": found.number > MOST_TODAY,
        "now_counted_at": found.counted_at,
        "now_counts": DEFINITIONS[name].counts if otherwise else "",
    }


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
