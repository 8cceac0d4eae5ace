"""Addresses of coherence and reports."""

from django.urls import URLPattern, path

from buurtdraad.reports.views import (
    coherence,
    findings,
    measures,
    report_area,
    report_draft,
    report_files,
    report_progress,
    report_steps,
    report_words,
    timeline,
)

app_name = "reports"
DRAFT = "werk/rapport/<slug:slug>/"
PUBLISHED = "voortgang/<slug:slug>/"
urlpatterns: list[URLPattern] = [
    # coherence
    path("samenhang/", coherence.coherence, name="coherence"),
    path("samenhang/samenhang.csv", coherence.coherence_csv, name="coherence_csv"),
    path("samenhang/samenhang.pdf", coherence.coherence_pdf, name="coherence_pdf"),
    path("samenhang/vastzit/", coherence.stuck, name="stuck"),
    path("samenhang/cel/<slug:code>/<slug:challenge>/", coherence.cell, name="cell"),
    path("samenhang/cel/<slug:code>/<slug:challenge>/bespreken/", findings.raise_need, name="raise_need"),
    path("samenhang/bevindingen/", findings.findings, name="findings"),
    path("samenhang/bevindingen/bevindingen.csv", findings.findings_csv, name="findings_csv"),
    path("samenhang/bevindingen/<uuid:uuid>/", findings.finding, name="finding"),
    path("samenhang/bevindingen/<uuid:uuid>/oppakken/", findings.take_up, name="take_up"),
    path("samenhang/bevindingen/<uuid:uuid>/terzijde/", findings.set_aside, name="set_aside"),
    path("samenhang/bevindingen/<uuid:uuid>/weer-open/", findings.open_again, name="open_again"),
    path("samenhang/bevindingen/<uuid:uuid>/afspraak/", findings.agree, name="agree"),
    path("samenhang/bevindingen/<uuid:uuid>/bijeenkomst/", findings.to_meeting, name="to_meeting"),
    path("samenhang/metingen/", measures.measures, name="measures"),
    path("samenhang/metingen/metingen.csv", measures.measures_csv, name="measures_csv"),
    path("samenhang/cijfers/", findings.numbers, name="numbers"),
    path("buurten/<slug:code>/tijdlijn/", timeline.timeline, name="timeline"),
    # report
    path("voortgang/", report_progress.progress, name="progress"),
    path(PUBLISHED, report_progress.published, name="report"),
    path(f"{PUBLISHED}cijfer/<slug:mark>/", report_progress.figure, name="figure"),
    path(f"{PUBLISHED}cijfer/<slug:mark>.csv", report_files.figure_csv, name="figure_csv"),
    path(f"{PUBLISHED}rapport.pdf", report_files.published_pdf, name="report_pdf"),
    path(f"{PUBLISHED}rapport.docx", report_files.published_docx, name="report_docx"),
    path(f"{PUBLISHED}rapport.json", report_files.published_json, name="report_json"),
    path(f"{PUBLISHED}codeboek.json", report_files.codebook, name="report_codebook"),
    path(f"{PUBLISHED}cijfers.csv", report_files.figures_csv, name="report_figures"),
    path(f"{PUBLISHED}lijst/<slug:name>.csv", report_files.list_csv, name="report_list"),
    path("werk/rapport/", report_draft.drafts, name="drafts"),
    path(DRAFT, report_draft.draft_page, name="draft"),
    path(f"{DRAFT}cijfers/", report_draft.numbers, name="draft_numbers"),
    path(f"{DRAFT}cijfer/<slug:mark>/", report_draft.draft_figure, name="draft_figure"),
    path(f"{DRAFT}rapport.pdf", report_files.draft_pdf, name="draft_pdf"),
    path(f"{DRAFT}rapport.docx", report_files.draft_docx, name="draft_docx"),
    path(f"{DRAFT}opnieuw/", report_draft.draft_again, name="draft_again"),
    path(f"{DRAFT}zin/<int:pk>/", report_words.change, name="sentence"),
    path(f"{DRAFT}zin/<int:pk>/doen/", report_words.deed, name="sentence_deed"),
    path(f"{DRAFT}deel/<int:pk>/zin/", report_words.add, name="add_sentence"),
    path(f"{DRAFT}deel/<int:pk>/opmerking/", report_words.remark, name="remark"),
    path(f"{DRAFT}opmerking/<int:pk>/klaar/", report_words.remark_done, name="remark_done"),
    path(f"{DRAFT}stap/", report_steps.step, name="report_step"),
    path(f"{DRAFT}verbeteren/", report_steps.correct, name="correct"),
    path("werk/gebieden/kort/", report_area.briefs, name="briefs"),
    path("werk/gebieden/<slug:code>/kort/", report_area.brief, name="brief"),
    path("werk/gebieden/<slug:code>/kort.pdf", report_area.brief_pdf, name="brief_pdf"),
]
