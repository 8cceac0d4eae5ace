"""One sentence of a draft: write it otherwise, leave it out, put back what the machine wrote; and remarks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buurtdraad.accounts.asking import me, posted, require_form
from buurtdraad.lib.access import allow, require
from buurtdraad.reports import access
from buurtdraad.reports.actions import reviewing, sentences
from buurtdraad.reports.forms.report import RemarkForm, SentenceForm
from buurtdraad.reports.models import Remark, Section, Sentence
from buurtdraad.reports.queries.drafts import values_in
from buurtdraad.reports.queries.sentences import changed_since, in_words, marks_in
from buurtdraad.reports.states import Part
from buurtdraad.reports.views.report_draft import sent
from buurtdraad.ui.asking import UNPROCESSABLE, deed_page, form_page


def sentence_here(slug: str, pk: int) -> Sentence:
    found = Sentence.objects.select_related("section__report").defer("section__report__lists", "section__report__frozen")
    return get_object_or_404(found, pk=pk, section__report__slug=slug)


def section_here(slug: str, pk: int) -> Section:
    found = Section.objects.select_related("report").defer("report__lists", "report__frozen")
    return get_object_or_404(found, pk=pk, report__slug=slug)


def place(section: Section) -> str:
    return f"{reverse('reports:draft', args=[section.report.slug])}#deel-{section.pk}"


@never_cache
@allow(access.WRITER)
@require_form
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write a sentence otherwise."""
    one = sentence_here(slug, pk)
    require(access.may_write(request.user, one.section.report))
    form = SentenceForm(posted(request), initial={"text": one.text})
    if sent(request, form, lambda: sentences.rewrite(one, form.cleaned_data["text"], by=me(request), at=timezone.now())):
        messages.success(request, _("The sentence is saved."))
        return redirect(place(one.section))
    values = values_in(one.section.report)
    context = {
        "form": form,
        "sentence": one,
        "report": one.section.report,
        "drafted": in_words(one.drafted, values) if one.key and one.edited else "",
        "changed": one.edited and changed_since(one.seen, one.text, values),
        "numbers": [(f"{{{mark}}}", values[mark].words) for mark in marks_in(f"{one.text} {one.drafted}") if mark in values],
    }
    return render(request, "reports/report_sentence.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


DEEDS = {
    "weg": (sentences.leave_out, gettext_lazy("Done.")),
    "terug": (sentences.put_back, gettext_lazy("What the machine wrote stands there again.")),
    "verwijderen": (sentences.remove_sentence, gettext_lazy("The sentence is gone.")),
}


@never_cache
@allow(access.WRITER)
@require_POST
def deed(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Leave a sentence out or take it in again, put the words of the machine back, take one of your own away."""
    one = sentence_here(slug, pk)
    require(access.may_write(request.user, one.section.report))
    asked = request.POST.get("deed", "")
    if asked not in DEEDS:
        raise Http404
    act, says = DEEDS[asked]
    return deed_page(request, place(one.section), lambda: act(one, by=me(request), at=timezone.now()), str(says))


@never_cache
@allow(access.WRITER)
@require_form
def add(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add a sentence to a section; `deel` names the part of an ambition."""
    section = section_here(slug, pk)
    require(access.may_write(request.user, section.report))
    part = request.GET.get("deel", "")
    part = part if part in Part.values else ""
    form = SentenceForm(posted(request))
    if sent(request, form, lambda: sentences.add(section, form.cleaned_data["text"], part=part, by=me(request), at=timezone.now())):
        messages.success(request, _("The sentence stands there."))
        return redirect(place(section))
    also = (reverse("reports:draft_numbers", args=[slug]), _("Which numbers can I use?"))
    return form_page(request, form, title=_("Add a sentence"), about=section.title, back=place(section), also=also)


@never_cache
@allow(access.REVIEWER)
@require_form
def remark(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say something about a section."""
    section = section_here(slug, pk)
    require(access.may_remark(request.user, section.report))
    form = RemarkForm(posted(request))
    if sent(request, form, lambda: reviewing.remark(section, form.cleaned_data["text"], by=me(request), at=timezone.now())):
        messages.success(request, _("Your remark stands there."))
        return redirect(place(section))
    return form_page(request, form, title=_("Say something about this part"), about=section.title, back=place(section))


@never_cache
@allow(access.WRITER)
@require_POST
def remark_done(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Something was done with a remark."""
    found = Remark.objects.select_related("section__report").defer("section__report__lists", "section__report__frozen")
    one = get_object_or_404(found, pk=pk, section__report__slug=slug)
    require(access.may_write(request.user, one.section.report))
    return deed_page(request, place(one.section), lambda: reviewing.remark_done(one, by=me(request), at=timezone.now()), _("Done."))
