"""Drafting a report, and drafting it again: what a person wrote stays."""

import datetime
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from buurtdraad.agendas.agenda.models import Agreement, AgreementStep
from buurtdraad.agendas.agenda.states import Stage
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.reports.actions import drafting, reviewing, sentences
from buurtdraad.reports.models import Sentence
from buurtdraad.reports.queries.drafts import sections_of, to_look_at, values_in
from buurtdraad.reports.queries.sentences import in_words
from buurtdraad.reports.tests.report_city import FROM, TODAY, UNTIL
from buurtdraad.works.models import Work

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + datetime.timedelta(hours=1)


def said(report):
    values = values_in(report)
    return [in_words(one.text, values) for one in Sentence.objects.filter(section__report=report)]


def line(report, key, kind="summary"):
    return Sentence.objects.get(section__report=report, section__kind=kind, key=key)


def about(report, key, subject="zuilen-oost"):
    return Sentence.objects.get(section__report=report, section__subject=subject, key=key)


def test_a_draft_says_how_many_wishes_got_an_answer_in_time(report):
    answers = about(report, "answers")
    assert "{wensen-op-tijd-zuilen-oost}" in answers.text
    assert "{wensen-aan-de-beurt-zuilen-oost}" in answers.text
    shown = in_words(answers.text, values_in(report))
    assert "Zuilen-Oost" in shown
    assert "2" in shown
    assert "4" in shown


def test_the_page_of_an_area_says_how_many_agreements_stopped_where_one_did(report, noor):
    assert not Sentence.objects.filter(section__report=report, section__subject="zuilen-oost", key="stopped").exists()
    ended = Agreement.objects.get(what="Drie bomen")
    ended.stage, ended.changed_at = Stage.STOPPED, NOW
    ended.save()
    AgreementStep.objects.create(agreement=ended, stage=Stage.STOPPED, why="Het kan niet.", at=NOW)
    drafting.draft_again(report, by=noor, at=LATER)
    values = values_in(report)
    assert in_words(about(report, "stopped").text, values) == "1 afspraak is gestopt."
    # Done, later, still to do and stopped are all of them.
    assert in_words(about(report, "agreements").text, values) == "Het aantal afspraken is hier 4."
    assert in_words(about(report, "stages").text, values) == "De afspraken: 1 klaar, 0 bezig, 1 later en 1 nog te doen."


def test_a_sentence_reads_well_where_there_is_one(report):
    alone = re.compile(r"\b1 (afspraken|projecten|plannen|onderwerpen|lessen|stappen|aanvragen|toezeggingen|beloften)\b")
    assert not [text for text in said(report) if alone.search(text)]


def test_a_draft_has_four_parts_for_an_ambition_a_page_for_an_area_and_reasons(report):
    parts = Sentence.objects.filter(section__report=report, section__kind="ambition")
    assert {one.part for one in parts} == {"intended", "done", "seen", "learned"}
    assert {one.subject for one in report.sections.filter(kind="area")} == {"zuilen-oost", "WK034403"}
    slower = " ".join(one.text for one in Sentence.objects.filter(section__report=report, section__kind="slower"))
    for reason in ("De grond is vies", "De bomen komen later", "Geen geld", "ZO-3", "ZO-4"):
        assert reason in slower


def test_words_of_others_are_never_taken_for_a_number(report):
    """An agreement is called `<script>… {wensen}`: its braces are gone, so that it names no number."""
    hostile = [one.text for one in Sentence.objects.filter(section__report=report) if "script" in one.text]
    assert hostile
    assert all("{wensen}" not in text and "(wensen)" in text for text in hostile)


def test_no_sentence_names_a_number_that_is_not_there(report):
    values = values_in(report)
    assert not [text for text in said(report) if "{" in text]
    assert len(values) > 100


def test_drafting_again_keeps_what_people_wrote_left_out_and_added(report, noor):
    wrote, left, untouched = about(report, "answers"), line(report, "checks"), about(report, "wishes")
    sentences.rewrite(wrote, "Bijna iedereen kreeg antwoord: {wensen-op-tijd}.", by=noor, at=NOW)
    sentences.leave_out(left, by=noor, at=NOW)
    added = sentences.add(wrote.section, "Dank aan iedereen.", by=noor, at=NOW)
    Wish.objects.filter(reference="ZO-4").update(answered_at=NOW, answer_by=TODAY)
    drafting.draft_again(report, by=noor, at=LATER)
    wrote.refresh_from_db()
    assert wrote.text == "Bijna iedereen kreeg antwoord: {wensen-op-tijd}."
    assert "{wensen-op-tijd-zuilen-oost}" in wrote.drafted
    assert line(report, "checks").left_out
    assert Sentence.objects.get(pk=added.pk).text == "Dank aan iedereen."
    assert about(report, "wishes").pk == untouched.pk
    assert report.counted_at == LATER


def test_a_sentence_whose_number_changed_since_a_person_wrote_it_is_marked_until_they_look(report, noor):
    wrote = about(report, "answers")
    sentences.rewrite(wrote, "Op tijd: {wensen-op-tijd-zuilen-oost}.", by=noor, at=NOW)
    sentences.rewrite(line(report, "topics"), "Onderwerpen: {onderwerpen-gekozen}.", by=noor, at=NOW)
    assert not to_look_at(sections_of(report, values_in(report)))
    Wish.objects.filter(reference="ZO-4").update(answered_at=NOW, answer_by=TODAY)
    drafting.draft_again(report, by=noor, at=LATER)
    assert [one.pk for one in to_look_at(sections_of(report, values_in(report)))] == [wrote.pk]
    wrote.refresh_from_db()
    sentences.rewrite(wrote, wrote.text, by=noor, at=LATER)
    assert not to_look_at(sections_of(report, values_in(report)))


def test_putting_back_gives_what_the_machine_writes_now(report, noor):
    one = about(report, "answers")
    before = one.text
    sentences.rewrite(one, "Anders.", by=noor, at=NOW)
    drafting.draft_again(report, by=noor, at=LATER)
    one.refresh_from_db()
    sentences.put_back(one, by=noor, at=LATER)
    one.refresh_from_db()
    assert one.text == before
    assert not one.edited


def test_what_is_gone_from_the_city_is_gone_from_the_draft_unless_somebody_wrote_it(report, noor):
    kept = line(report, f"A-{Agreement.objects.get(what='Drie bomen').pk}", "slower")
    sentences.rewrite(kept, "Die bomen komen echt.", by=noor, at=NOW)
    Agreement.objects.filter(what="Drie bomen").delete()
    Work.objects.filter(title="Brug").update(public=False)
    drafting.draft_again(report, by=noor, at=LATER)
    assert "Die bomen komen echt." in said(report)
    assert not [text for text in said(report) if "Brug" in text]


def test_a_sentence_cannot_name_a_number_that_the_report_does_not_have(report, noor):
    one = about(report, "answers")
    with pytest.raises(sentences.UnknownMark, match="bestaat-niet"):
        sentences.rewrite(one, "Er zijn {bestaat-niet}.", by=noor, at=NOW)
    with pytest.raises(reviewing.NothingSaid):
        sentences.rewrite(one, "   ", by=noor, at=NOW)
    with pytest.raises(sentences.OfTheMachine):
        sentences.remove_sentence(one, by=noor, at=NOW)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (UNTIL, FROM),
        (TODAY, TODAY),
        (TODAY + datetime.timedelta(days=1), TODAY + datetime.timedelta(days=9)),
        (datetime.date(1990, 1, 1), TODAY),
    ],
)
def test_a_period_that_cannot_be_is_refused(noor, areas, first, last):
    with pytest.raises(drafting.NoSuchPeriod):
        drafting.draft(from_on=first, until_on=last, by=noor, at=NOW)


def test_a_city_without_anything_gets_a_draft_too(areas, noor):
    made = drafting.draft(from_on=FROM, until_on=UNTIL, by=noor, at=NOW)
    assert made.sections.exists()
    assert not [text for text in said(made) if "{" in text]


def test_the_command_drafts_a_half_year(areas, capsys):
    call_command("draft_report", f"{TODAY.year}-{1 if TODAY.month < 7 else 2}")
    assert "/werk/rapport/" in capsys.readouterr().out
    for wrong in ("2026", "2026-3", "volgend jaar", "9999-1"):
        with pytest.raises(CommandError):
            call_command("draft_report", wrong)


def test_drafting_takes_the_same_number_of_queries_with_more_of_everything(areas, noor, django_assert_max_num_queries):
    from buurtdraad.reports.tests.report_city import fill

    fill(areas)
    with django_assert_max_num_queries(260):
        made = drafting.draft(from_on=FROM, until_on=UNTIL, by=noor, at=NOW)
    for number in range(30):
        Work.objects.create(title=f"Werk {number}", department="Ruimte", until_on=TODAY, made_at=NOW, changed_at=NOW)
    with django_assert_max_num_queries(260):
        drafting.draft_again(made, by=noor, at=LATER)
