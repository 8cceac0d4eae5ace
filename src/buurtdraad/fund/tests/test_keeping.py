"""The rules of our fund and what stands beside them, kept by staff."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.audit.models import Event
from buurtdraad.fund import access
from buurtdraad.fund.actions import keeping as actions
from buurtdraad.fund.actions import rules as versions
from buurtdraad.fund.actions.clock import wind
from buurtdraad.fund.forms.rules import RulesForm
from buurtdraad.fund.models import Application, Question, SchemeRules, TextBlock, WrongDoor
from buurtdraad.fund.queries import clock
from buurtdraad.fund.queries.rules import our_scheme, rules_on
from buurtdraad.fund.states import ClockEventKind, Stage
from buurtdraad.pages.work_rulebook import rules_that_end

DAY = datetime.timedelta(days=1)


def facts(**values):
    plain = {"source": "Besluit", "most": Decimal(40000), "decides": "het college", "weeks": 4}
    return versions.Facts(plain | values, {"bands": [{"up_to": Decimal(40000), "accounting": "full"}]})


@pytest.fixture
def today():
    return timezone.localdate()


def make(scheme, bas, from_on, **values):
    return versions.make_version(scheme, facts(**values), from_on=from_on, by=bas, at=timezone.now())


# --- versions ------------------------------------------------------------------------------------------------


def test_new_rules_end_those_before_them(rules, bas, today):
    made = make(rules.scheme, bas, today + 30 * DAY)
    rules.refresh_from_db()
    assert rules.until_on == today + 29 * DAY
    assert rules_on(our_scheme(), today) == rules
    assert rules_on(our_scheme(), today + 30 * DAY) == made
    assert Event.objects.filter(verb="rules.made").count() == 1


def test_rules_between_two_others_end_where_the_next_begin(rules, bas, today):
    late = make(rules.scheme, bas, today + 60 * DAY)
    early = make(rules.scheme, bas, today + 30 * DAY)
    rules.refresh_from_db()
    assert [each.until_on for each in (rules, early, late)] == [today + 29 * DAY, today + 59 * DAY, None]


@pytest.mark.parametrize("days", [0, -1, -400])
def test_rules_never_begin_today_or_before(rules, bas, today, days):
    with pytest.raises(versions.NotPossible):
        make(rules.scheme, bas, today + days * DAY)


def test_rules_of_one_day_are_made_once(rules, bas, today):
    make(rules.scheme, bas, today + DAY)
    with pytest.raises(versions.NotPossible):
        make(rules.scheme, bas, today + DAY)


def test_rules_whose_table_stops_too_early_are_refused(rules, bas, today):
    with pytest.raises(versions.NotPossible):
        make(rules.scheme, bas, today + DAY, most=Decimal("40000.01"))


def test_rules_that_come_can_change_and_be_dropped(rules, bas, today):
    made = make(rules.scheme, bas, today + 30 * DAY)
    versions.change_version(made, facts(weeks=6), by=bas, at=timezone.now())
    made.refresh_from_db()
    assert (made.weeks, made.bands.count()) == (6, 1)
    versions.drop_version(made, by=bas, at=timezone.now())
    rules.refresh_from_db()
    assert rules.until_on is None
    assert SchemeRules.objects.filter(scheme=rules.scheme).count() == 1
    with pytest.raises(versions.NotPossible):
        versions.drop_version(made, by=bas, at=timezone.now())


def test_rules_that_hold_never_change(rules, bas):
    with pytest.raises(versions.NotPossible):
        versions.change_version(rules, facts(), by=bas, at=timezone.now())
    with pytest.raises(versions.NotPossible):
        versions.drop_version(rules, by=bas, at=timezone.now())


def test_an_application_keeps_the_rules_of_its_day(make_application, rules, bas, today):
    made = make_application()
    make(rules.scheme, bas, today + DAY, weeks=1)
    made.refresh_from_db()
    assert made.rules == rules


def test_who_keeps_the_rules_is_told_before_they_end_without_new_ones(rules, bas, noor, priya, today):
    assert rules_that_end(bas, today) == []
    SchemeRules.objects.update(until_on=today + 20 * DAY)
    assert [(item.days_left, item.link) for item in rules_that_end(bas, today)] == [(20, "/werk/fonds/regels/")]
    assert rules_that_end(noor, today)
    assert rules_that_end(priya, today) == []
    SchemeRules.objects.update(until_on=today + 400 * DAY)
    assert rules_that_end(bas, today) == []


# --- who ------------------------------------------------------------------------------------------------------


def test_who_keeps_the_rules_and_the_texts(rules, kees, joris, samira, noor, priya, bas, ria):  # noqa: PLR0917 (the whole cast)
    people = (kees, joris, samira, noor, priya, bas, ria)
    assert [access.may_keep_rules(person) for person in people] == [False, False, False, True, False, True, False]
    assert [access.may_keep_blocks(person) for person in people] == [False, False, False, False, True, True, False]


# --- the term -------------------------------------------------------------------------------------------------


def test_a_failure_gives_every_term_that_ended_on_it_its_days_back(make_application, priya, bas):
    ends = datetime.date(2026, 4, 17)
    made = make_application(on=datetime.date(2026, 3, 20))
    other = make_application(on=datetime.date(2026, 3, 23), initiative=made.initiative)
    waits = make_application(on=datetime.date(2026, 3, 20), initiative=made.initiative)
    for each in (made, other, waits):
        wind(each)
    Application.objects.filter(pk=waits.pk).update(stage=Stage.WAITING)
    assert (made.decide_by, other.decide_by) == (ends, datetime.date(2026, 4, 20))
    for answered, answer_by in ((None, ends), (timezone.now(), ends), (None, ends + DAY)):
        facts = {"text": "?", "asked_by": priya.uuid, "asked_at": timezone.now(), "answered_at": answered, "answer_by": answer_by}
        Question.objects.create(application=other if answer_by == ends else made, **facts)
    at = datetime.datetime(2026, 4, 18, 12, tzinfo=datetime.UTC)
    actions.note_outage(from_on=ends - DAY, until_on=ends, words="Geen stroom", by=bas, at=at)
    for each in (made, other, waits):
        each.refresh_from_db()
    # Two days more: the Sunday, and so the Monday.
    assert [each.decide_by for each in (made, other, waits)] == [datetime.date(2026, 4, 20), datetime.date(2026, 4, 20), ends]
    assert list(Question.objects.order_by("pk").values_list("answer_by", flat=True)) == [datetime.date(2026, 4, 20), ends, ends + DAY]


def test_a_failure_is_written_down_once_and_not_ahead(rules, bas, today):
    actions.note_outage(from_on=today, until_on=today, words="Storing", by=bas, at=timezone.now())
    for first, last in ((today - 3 * DAY, today), (today, today + DAY)):
        with pytest.raises(actions.NotKept):
            actions.note_outage(from_on=first, until_on=last, words="Storing", by=bas, at=timezone.now())


# --- texts and desks --------------------------------------------------------------------------------------------


def test_a_text_is_added_changed_ended_and_offered_again(rules, priya):
    at = timezone.now()
    block = actions.add_block(rules.scheme, used_for="cost", title="Drank", text="Drank niet.", by=priya, at=at)
    with pytest.raises(actions.NotKept):
        actions.add_block(rules.scheme, used_for="cost", title="Drank", text="Nee.", by=priya, at=at)
    actions.change_block(block, used_for="cost", title="Drank", text="Drank betaalt het fonds niet.", by=priya, at=at)
    for act, ended in ((actions.end_block, True), (actions.end_block, True), (actions.open_block, False)):
        act(block, by=priya, at=at)
        block.refresh_from_db()
        assert bool(block.ended_at) is ended
    assert Event.objects.filter(thing=f"block:{block.uuid}").count() == 4


def test_the_database_refuses_the_same_text_and_the_same_desk_twice(rules):
    for model, same in (
        (TextBlock, {"scheme": rules.scheme, "used_for": "cost", "title": "Drank"}),
        (WrongDoor, {"scheme": rules.scheme, "key": "fiets", "label": "fiets", "goes_to": "Fiets"}),
    ):
        model.objects.create(**same)
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**same)


# --- the pages --------------------------------------------------------------------------------------------------


def sent(like, **changes):
    """What a browser sends of the form of the rules, filled in as it was shown."""
    form = RulesForm(like=like)
    data = {}
    for field in form:
        value = field.value()
        if value is not None and value is not False and value not in ("", []):
            data[field.html_name] = [str(each) for each in value] if isinstance(value, list) else str(value)
    return data | {name: str(value) for name, value in changes.items()}


def test_the_form_of_new_rules_begins_with_the_newest_and_keeps_what_changed(signed_in, rules, bas, today):
    client = signed_in(bas)
    assert client.get("/werk/fonds/regels/nieuw/").status_code == 200
    response = client.post("/werk/fonds/regels/nieuw/", sent(rules, from_on=today + 10 * DAY, weeks=6, cap_meal="10"))
    assert response.status_code == 302
    made = rules_on(our_scheme(), today + 10 * DAY)
    assert (made.weeks, made.most, made.decides) == (6, rules.most, rules.decides)
    assert made.bands.count() == rules.bands.count()
    assert [each.documents for each in made.bands.all()] == [each.documents for each in rules.bands.all()]
    assert [each.reason for each in made.not_paid.all()] == [each.reason for each in rules.not_paid.all()]
    assert [(each.duty, each.small_only) for each in made.mandates.all()] == [(Duty.AREA_ADVISER, True), (Duty.FUND_DECIDER, False)]
    day = made.from_on.isoformat()
    assert client.get(f"/werk/fonds/regels/{day}/").status_code == 200
    assert client.post(f"/werk/fonds/regels/{day}/", sent(made, weeks=5)).status_code == 302
    assert client.post(f"/werk/fonds/regels/{day}/weg/").status_code == 302
    assert rules_on(our_scheme(), today + 10 * DAY) == rules


@pytest.mark.parametrize(
    "wrong",
    [{"most": "veel"}, {"most": "-1"}, {"most": "0"}, {"least": "99.999"}, {"weeks": "0"}, {"small_up_to": ""}, {"from_on": "gisteren"}],
)
def test_rules_that_cannot_be_stay_on_the_form(signed_in, rules, bas, today, wrong):
    response = signed_in(bas).post("/werk/fonds/regels/nieuw/", sent(rules) | wrong)
    assert response.status_code == 422
    assert SchemeRules.objects.count() == 1


def test_rules_from_today_are_refused_in_words(signed_in, rules, bas, today):
    response = signed_in(bas).post("/werk/fonds/regels/nieuw/", sent(rules, from_on=today))
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_the_pages_ask_the_database_as_often_with_more_rows(signed_in, rules, bas, today, django_assert_max_num_queries):
    client = signed_in(bas)
    for number in range(1, 4):
        make(rules.scheme, bas, today + number * 10 * DAY)
    with django_assert_max_num_queries(20):
        assert client.get("/werk/fonds/regels/").status_code == 200


def test_texts_desks_and_failures_are_kept_in_the_browser(signed_in, rules, bas, today):
    client = signed_in(bas)
    bad = "<script>alert(1)</script>"
    assert client.post("/werk/fonds/teksten/nieuw/", {"used_for": "cost", "title": bad, "text": bad}).status_code == 302
    page = client.get("/werk/fonds/teksten/").content.decode()
    assert bad not in page
    assert "&lt;script&gt;" in page
    block = TextBlock.objects.get()
    assert client.post(f"/werk/fonds/teksten/{block.uuid}/", {"used_for": "cost", "title": "Drank", "text": "Nee"}).status_code == 302
    assert client.post(f"/werk/fonds/teksten/{block.uuid}/stop/").status_code == 302
    assert client.post("/werk/fonds/loketten/nieuw/", {"label": "een fietsenrek", "goes_to": "Fiets"}).status_code == 302
    assert client.post("/werk/fonds/loketten/een-fietsenrek/", {"label": "een rek", "goes_to": "Fiets"}).status_code == 302
    assert "een rek" in client.get("/werk/fonds/loketten/").content.decode()
    assert client.post("/werk/fonds/loketten/een-fietsenrek/weg/").status_code == 302
    assert not WrongDoor.objects.exists()
    assert client.post("/werk/fonds/storingen/", {"from_on": today, "until_on": today, "words": "Storing"}).status_code == 302
    assert "Storing" in client.get("/werk/fonds/storingen/").content.decode()
    assert client.post("/werk/fonds/storingen/", {"from_on": today, "until_on": today - DAY, "words": "x"}).status_code == 422


@pytest.mark.parametrize("path", ["regels/nieuw/", "loketten/nieuw/"])
def test_who_handles_does_not_keep_the_rules(signed_in, rules, priya, path):
    assert signed_in(priya).get(f"/werk/fonds/{path}").status_code == 403


def test_no_text_yet_and_no_rules_yet_say_so(signed_in, areas, bas, priya):
    assert signed_in(bas).get("/werk/fonds/regels/").status_code == 200
    assert signed_in(priya).get("/werk/fonds/teksten/").status_code == 200
    assert signed_in(bas).get("/werk/fonds/regels/nieuw/").status_code == 404
    assert signed_in(bas).get("/werk/fonds/storingen/").status_code == 200


def test_the_days_left_of_an_application_stand_still_while_we_wait(make_application, priya, today):
    made = make_application(on=today)
    actions.happened(made, ClockEventKind.ASKED, on=today, by=priya, at=timezone.now())
    left = clock.days_left(made, today)
    assert clock.stands_still(made)
    assert abs(clock.days_left(made, today + 30 * DAY) - left) <= 4  # only the weekend or holiday at the end differs
