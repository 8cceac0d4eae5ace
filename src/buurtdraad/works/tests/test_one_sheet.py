"""What is done on the page of a sheet: steps, lines, money, what it answers, and taking it off the list."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.works.models import Milestone, Work, WorkMoney
from buurtdraad.works.tests.story import make_topic, path_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


# --- steps, lines, money, answers -------------------------------------------------------------------


def test_a_step_with_a_reason_stands_on_the_page(signed_in, tom, make_work):
    work, client = make_work(), signed_in(tom)
    assert client.post(path_of(work, "stap/"), {"stage": "paused"}).status_code == 422
    assert client.post(path_of(work, "stap/"), {"stage": "nergens"}).status_code == 422
    assert client.post(path_of(work, "stap/"), {"stage": "paused", "why": "De aannemer is ziek.", "on": "1-11-2026"}).status_code == 302
    text = client.get(path_of(work)).text
    assert "Staat stil" in text
    assert "De aannemer is ziek." in text


def test_one_button_says_that_it_is_right(signed_in, tom, make_work):
    work, client = make_work(), signed_in(tom)
    assert "Nog niemand zei dat dit klopt" in client.get(path_of(work)).text
    client.post(path_of(work, "klopt/"))
    assert "Bevestigd op" in client.get(path_of(work)).text
    assert client.get(path_of(work, "klopt/")).status_code == 405


def test_lines_are_added_changed_and_taken_away(signed_in, tom, make_work, partner):
    work, client = make_work(), signed_in(tom)
    sent = {
        "partner": {"organisation": partner.pk, "role": "pays"},
        "stap-op-weg": {"what": "Kabels verleggen", "due_on": "mei 2027"},
        "cijfer": {"name": "Bomen", "counts": "output", "target": "12"},
    }
    for kind, facts in sent.items():
        path = path_of(work, f"regel/{kind}/")
        assert client.post(path, {}).status_code == 422
        assert client.post(path, facts).status_code == 302
    text = client.get(path_of(work)).text
    for words in ("De Vechtoever", "Kabels verleggen", "31 mei 2027", "Gewenst: 12."):
        assert words in text
    step = work.milestones.get()
    path = path_of(work, f"regel/stap-op-weg/{step.pk}/")
    assert 'value="Kabels verleggen"' in client.get(path).text
    client.post(path, {"what": "Kabels", "due_on": "mei 2027", "done_on": "1 november 2026"})
    assert work.milestones.get().done_on == datetime.date(2026, 11, 1)
    client.post(path + "weg/")
    assert not work.milestones.exists()


def test_a_circle_of_steps_is_refused_on_the_form(signed_in, tom, make_work):
    work = make_work()
    first = Milestone.objects.create(work=work, what="Kabels", due_on=TODAY)
    second = Milestone.objects.create(work=work, what="Riool", due_on=TODAY, after=first)
    sent = {"what": "Kabels", "due_on": "2027", "after": second.pk}
    answer = signed_in(tom).post(path_of(work, f"regel/stap-op-weg/{first.pk}/"), sent)
    assert answer.status_code == 422
    assert "in een kring" in answer.text


def money(*rows):
    sent = {"rows": str(len(rows))}
    for place, row in enumerate(rows):
        sent |= {f"r{place}-{name}": value for name, value in zip(("source", "year", "planned", "committed", "spent"), row, strict=True)}
    return sent


def test_money_is_written_as_people_do(signed_in, tom, make_work):
    work, client = make_work(), signed_in(tom)
    rows = money(("municipality", "2026", "€ 12.500,-", "10.000", "2.500,50"), ("state", "2027", "5000", "", ""), ("", "2026", "", "", ""))
    assert client.post(path_of(work, "geld/"), rows).status_code == 302
    text = client.get(path_of(work)).text.replace("\xa0", " ")
    for words in ("€ 17.500", "€ 10.000", "€ 2.500,50"):
        assert words in text
    assert "12.500" in client.get(path_of(work, "geld/")).text
    assert client.post(path_of(work, "geld/"), money(("", "2026", "", "", ""))).status_code == 302
    assert not work.money.exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("municipality", "2026", "-500", "", ""), "of meer"),
        (("municipality", "2026", "500 en 600", "", ""), "bedrag in euro"),
        (("municipality", "2026", "$ 500", "", ""), "bedrag in euro"),
        (("municipality", "2026", "500", "100", "200"), "meer uitgegeven dan vastgelegd"),
        (("municipality", "1200", "500", "", ""), "2000"),
        (("", "2026", "500", "", ""), "Zeg wie betaalt"),
        (("gemeente, rijk", "2026", "500", "", ""), "Kies"),
        (("municipality", "", "500", "", ""), "welk jaar"),
    ],
)
def test_negative_and_mixed_money_is_refused_in_words(signed_in, tom, make_work, row, words):
    work = make_work()
    answer = signed_in(tom).post(path_of(work, "geld/"), money(row))
    assert answer.status_code == 422
    assert words in answer.text
    assert not work.money.exists()


def test_what_is_no_form_takes_no_money_away(signed_in, tom, make_work):
    work = make_work()
    WorkMoney.objects.create(work=work, source="state", year=2026, planned=10)
    assert signed_in(tom).post(path_of(work, "geld/"), {}).status_code == 422
    assert work.money.exists()


def test_one_source_twice_in_a_year_is_refused(signed_in, tom, make_work):
    answer = signed_in(tom).post(path_of(make_work(), "geld/"), money(("state", "2026", "1", "", ""), ("state", "2026", "2", "", "")))
    assert answer.status_code == 422
    assert "twee keer" in answer.text


def test_what_looks_like_it_is_offered_and_one_button_ties_it(signed_in, tom, make_work, make_wish, areas):
    work = make_work("Banken en schaduw op de Wilgenhof")
    wish = make_wish()
    elsewhere = make_wish("Een bank op de Taagdreef", area="BU03440321")
    topic, agreement = make_topic(areas["zuilen-oost"])
    client = signed_in(tom)
    text = client.get(path_of(work, "antwoord-op/")).text
    assert f'value="wish:{wish.reference}"' in text
    assert f'value="agreement:{agreement.pk}"' in text
    assert elsewhere.reference not in text
    for thing in (f"wish:{wish.reference}", f"topic:{topic.pk}", f"agreement:{agreement.pk}"):
        assert client.post(path_of(work, "antwoord-op/"), {"thing": thing}).status_code == 302
    assert work.answers.count() == 3
    assert f'value="wish:{wish.reference}"' not in client.get(path_of(work, "antwoord-op/")).text
    text = client.get(path_of(work)).text
    for path in (f"/wensen/{wish.reference}/", f"/onderwerpen/{topic.pk}/", f"/afspraken/{agreement.pk}/"):
        assert f'href="{path}"' in text
    for one in work.answers.all():
        client.post(path_of(work, f"antwoord-op/{one.pk}/weg/"))
    assert not work.answers.exists()


def test_a_wish_is_found_by_its_number_and_by_its_words(page, make_work, make_wish):
    wish, work = make_wish("Een bank op de Taagdreef", area="BU03440321"), make_work()
    for asked in (wish.reference.lower(), "taagdreef"):
        assert f'value="wish:{wish.reference}"' in page(path_of(work, f"antwoord-op/?q={asked}"))
    assert "Wij vonden niets" in page(path_of(work, "antwoord-op/?q=bestaatniet"))


@pytest.mark.parametrize("thing", ["", "wish:", "wish:XX-1", "topic:x", "topic:99999999999", "agreement:1", "work:1", "wish:\0", "%"])
def test_what_cannot_be_answered_is_said(signed_in, tom, make_work, thing):
    answer = signed_in(tom).post(path_of(make_work(), "antwoord-op/"), {"thing": thing})
    assert answer.status_code == 422
    assert "Wij vinden dit niet" in answer.text


def test_a_sheet_made_by_mistake_is_taken_off_after_one_question(signed_in, tom, make_work):
    work, client = make_work(), signed_in(tom)
    assert Work.objects.exists()
    assert "per ongeluk" in client.get(path_of(work, "weg/")).text
    answer = client.post(path_of(work, "weg/"), follow=True)
    assert "van de lijst gehaald" in answer.text
    assert client.get(path_of(work)).status_code == 404
