"""The pulse: nobody can be tied to a link or an answer, and nothing is shown that gives a small group away."""

import datetime
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.tests.city import holds, sign_in, someone
from buurtdraad.audit.models import Event
from buurtdraad.messages.models import Mail
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.method import tasks
from buurtdraad.method.actions import pulse as actions
from buurtdraad.method.models import Pulse, PulseAnswer, PulseCode
from buurtdraad.method.models.pulse import QUESTIONS
from buurtdraad.method.queries import pulse as queries
from buurtdraad.method.states import Group
from buurtdraad.method.tests.small_method import DAY, NOW, TODAY, answered, open_pulse
from buurtdraad.pages.tests.one_person import every_text
from buurtdraad.partners.models import Organisation, Representative

pytestmark = pytest.mark.django_db
PAGE = "/werk/polsslag/"
LONG_AGO = datetime.date(2020, 1, 1)
FIELDS = [field for field, _words in QUESTIONS]
FOUR = dict.fromkeys(FIELDS, 4)


@pytest.fixture
def linda(db):
    """Speaks for a housing association, without an account."""
    partner = Organisation.objects.create(name="De Vechtoever", kind="housing", from_on=LONG_AGO)
    return Representative.objects.create(organisation=partner, name="Linda Mulder", email="linda@example.nl", from_on=LONG_AGO)


@pytest.fixture
def by_smtp(settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture
def pulse(noor, samira, joris, linda):
    return open_pulse(noor)


@pytest.fixture
def token(pulse):
    return actions.make_code(pulse, Group.STAFF)


def jobs(name=actions.ASK):
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [name])
        return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]


def over(pulse):
    """As if its last day was yesterday."""
    Pulse.objects.filter(pk=pulse.pk).update(opens_on=TODAY - 9 * DAY, closes_on=TODAY - DAY)


# --- who is asked -----------------------------------------------------------------------------------


def test_staff_employees_and_who_speaks_for_a_partner_are_asked_once_each(areas, noor, samira, kees, linda):
    member_of_staff("Tom van Dijk", "tom@example.nl", None, Duty.EMPLOYEE)
    member_of_staff("Ria", "ria@example.nl", areas["WK034403"], Duty.RESIDENT)
    Representative.objects.create(organisation=linda.organisation, name="Samira", email="SAMIRA@example.nl", from_on=LONG_AGO)
    Representative.objects.create(organisation=linda.organisation, name="Weg", email="weg@example.nl", from_on=LONG_AGO, until_on=LONG_AGO)
    assert dict(queries.to_ask(on=TODAY)) == {
        "noor@example.nl": "staff", "samira@example.nl": "staff", "tom@example.nl": "staff", "linda@example.nl": "partners",
    }  # fmt: skip


def test_who_speaks_for_a_partner_that_is_over_is_not_asked_and_for_a_double_the_whole_counts(linda):
    whole = Organisation.objects.create(name="Portaal", kind="housing", from_on=LONG_AGO)
    own = Organisation.objects.filter(pk=linda.organisation_id)
    own.update(until_on=LONG_AGO)
    assert queries.to_ask(on=TODAY) == []
    own.update(joined_to=whole)
    assert queries.to_ask(on=TODAY) == [("linda@example.nl", "partners")]
    Organisation.objects.update(until_on=LONG_AGO)
    assert queries.to_ask(on=TODAY) == []


def test_a_pulse_that_opens_later_is_asked_on_its_first_morning_once(noor, samira):
    pulse = actions.open_pulse(2026, opens_on=TODAY + DAY, closes_on=TODAY + 9 * DAY, by=noor, at=NOW)
    assert actions.ask_pulses(at=NOW) == 0
    assert jobs() == []
    assert actions.ask_pulses(at=NOW + DAY) == 1
    assert actions.ask_pulses(at=NOW + 2 * DAY) == 0
    assert sorted(job["to"] for job in jobs()) == ["noor@example.nl", "samira@example.nl"]
    pulse.refresh_from_db()
    assert pulse.asked_at == NOW + DAY


# --- no row ties a person to a code -----------------------------------------------------------------


def test_a_job_knows_an_address_and_no_code_and_a_code_knows_nobody(pulse, by_smtp):
    assert {frozenset(job) for job in jobs()} == {frozenset({"pulse", "group", "to"})}
    assert not PulseCode.objects.exists()
    for job in jobs():
        tasks.ask(**job)
    assert sorted(message.to[0] for message in mail.outbox) == sorted(job["to"] for job in jobs())
    assert PulseCode.objects.count() == len(jobs())
    assert {field.name for field in PulseCode._meta.get_fields()} == {"id", "pulse", "group", "token_hash"}


def test_what_was_mailed_is_kept_nowhere(pulse, by_smtp):
    for job in jobs():
        tasks.ask(**job)
    tokens = [message.body.split("/polsslag/")[1].split("/")[0] for message in mail.outbox]
    kept = str(every_text())
    assert len(set(tokens)) == len(tokens) == PulseCode.objects.count()
    assert not any(token in kept for token in tokens)
    assert not Mail.objects.exists()


def test_in_the_demo_the_mail_lies_in_the_outbox_and_its_link_can_be_answered(client, pulse, settings):
    settings.DEMO = True
    tasks.ask(**jobs()[0])
    page = client.get("/demo/post/").text
    assert jobs()[0]["to"] in page
    path = re.search(r"/polsslag/[\w-]+/", page)[0]
    assert client.get(path).status_code == 200
    client.post(path, FOUR)
    assert (PulseAnswer.objects.count(), PulseCode.objects.count()) == (1, 0)


def test_the_order_of_the_mails_is_not_that_of_the_addresses(noor, areas):
    for number in range(30):
        member_of_staff(f"Ria {number:02}", f"ria{number:02}@example.nl", None, Duty.EMPLOYEE)
    open_pulse(noor)
    in_order = [job["to"] for job in jobs()]
    assert sorted(in_order) != in_order
    assert len(in_order) == 31


def test_a_mail_that_does_not_leave_leaves_no_code_behind(pulse, settings):
    settings.MAILERS, settings.DEMO = {}, False
    with pytest.raises(tasks.NotNow):
        tasks.ask(**jobs()[0])
    assert not PulseCode.objects.exists()


def test_a_mail_for_a_pulse_that_is_over_or_taken_back_is_not_sent(pulse, by_smtp):
    job = jobs()[0]
    over(pulse)
    tasks.ask(**job)
    Pulse.objects.all().delete()
    tasks.ask(**job)
    assert (mail.outbox, PulseCode.objects.count()) == ([], 0)


def test_an_answer_stands_alone_without_a_moment_and_without_an_actor(pulse, token):
    actions.answer(token, FOUR, at=NOW)
    assert {field.name for field in PulseAnswer._meta.get_fields()} == {"id", "pulse", "group", *FIELDS}
    event = Event.objects.get(verb="pulse.answered")
    assert (event.actor, event.channel, event.payload, event.thing, event.duty) == (None, "link", {}, "pulse:2026", "")
    assert not PulseCode.objects.exists()


def test_who_is_signed_in_answers_just_as_nameless(signed_in, samira, token):
    assert signed_in(samira).post(f"/polsslag/{token}/", FOUR).status_code == 302
    assert Event.objects.get(verb="pulse.answered").actor is None


# --- answering --------------------------------------------------------------------------------------


def test_opening_the_link_changes_nothing_and_answering_works_once(client, token):
    path = f"/polsslag/{token}/"
    for _time in range(2):
        assert client.get(path).status_code == 200
    assert PulseCode.objects.count() == 1
    assert client.post(path, {"first": "4"}).status_code == 422
    assert client.post(path, FOUR)["Location"] == "/polsslag/bedankt/"
    assert client.get("/polsslag/bedankt/").status_code == 200
    for answer in (client.get(path), client.post(path, FOUR)):
        assert answer.status_code == 404
        assert "Deze link is al gebruikt" in answer.text
    assert PulseAnswer.objects.count() == 1


@pytest.mark.parametrize("value", ["0", "6", "-1", "4.5", "x", "", "\0", "<script>"])
def test_only_one_to_five_is_an_answer(client, token, value):
    assert client.post(f"/polsslag/{token}/", FOUR | {"third": value}).status_code == 422
    assert not PulseAnswer.objects.exists()


def test_a_link_of_a_pulse_that_is_over_says_so(client, pulse, token):
    over(pulse)
    for answer in (client.get(f"/polsslag/{token}/"), client.post(f"/polsslag/{token}/", FOUR)):
        assert answer.status_code == 404
        assert "Deze link is te oud" in answer.text


@pytest.mark.parametrize("token", ["onbekend", "%00", "x" * 500, "'--", "<script>"])
def test_what_is_no_link_of_ours_is_refused_in_plain_words(client, token):
    assert client.get(f"/polsslag/{token}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_one_link_used_by_ten_at_once_is_one_answer(noor):
    token = actions.make_code(open_pulse(noor), Group.STAFF)

    def answer(_number):
        try:
            actions.answer(token, FOUR, at=NOW)
        except actions.CodeRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(answer, range(10))).count(True) == 1
    assert PulseAnswer.objects.count() == 1


# --- what is shown ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("staff", "partners", "shown"),
    [
        (0, 0, set()),
        (9, 0, set()),
        (10, 0, {"staff", ""}),
        (9, 9, {""}),
        (5, 4, set()),
        (10, 9, {"staff"}),
        (40, 1, {"staff"}),
        (1, 10, {"partners"}),
        (10, 10, {"staff", "partners", ""}),
    ],
)
def test_no_group_below_ten_is_shown_nor_can_be_worked_out(pulse, staff, partners, shown):
    answered(pulse, Group.STAFF, staff, 4)
    answered(pulse, Group.PARTNERS, partners, 2)
    over(pulse)
    (year,) = queries.years(on=TODAY)
    assert {group for group, result in year.results.items() if result.shown} == shown
    assert all((result.answers is None) == (not result.shown) for result in year.results.values())
    if shown == {"staff", "partners", ""}:
        assert year.everybody.mean(0) == 3.0


def test_a_pulse_that_goes_on_shows_nothing(signed_in, pulse, samira):
    answered(pulse, Group.STAFF, 20)
    assert queries.years(on=TODAY) == []
    assert "20" not in signed_in(samira).get(PAGE).text.partition("<main")[2].partition("</main>")[0].replace("2026", "")


def test_the_page_shows_years_beside_each_other_with_as_many_questions_to_the_database(signed_in, noor, samira):
    client, counts = signed_in(samira), []
    for ago, value in ((0, 4), (1, 3), (2, 2)):
        made = open_pulse(noor, year=2026 - ago, at=NOW - (ago * 365 + 60) * DAY)
        answered(made, Group.STAFF, 10, value, at=NOW - (ago * 365 + 60) * DAY)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(PAGE)
        counts.append(len(asked))
    assert len(set(counts)) == 1
    assert page.context["questions"][0]["rows"] == [
        ("2024", "2,0", "niet te zien", "2,0"), ("2025", "3,0", "niet te zien", "3,0"), ("2026", "4,0", "niet te zien", "4,0")
    ]  # fmt: skip
    assert page.text.count('<svg class="buurt-trend"') == len(FIELDS)


# --- opening, changing, reminding, taking back ------------------------------------------------------


def test_noor_opens_a_pulse_and_nobody_else(client, areas, samira, noor):
    day = {"year": "2026", "opens_on": str(TODAY), "closes_on": str(TODAY + 20 * DAY)}
    for duty in Duty:
        person = someone(f"Ria {duty}")
        holds(person, duty, None if duty == Duty.ADMINISTRATOR else areas["WK034403"])
        sign_in(client, person)
        editor = duty == Duty.PROGRAMME_MANAGER
        assert client.get(PAGE).status_code == (200 if duty in STAFF else 403)
        assert client.get(PAGE + "openen/").status_code == (200 if editor else 403)
        assert client.post(PAGE + "openen/", day | {"sure": "True"}).status_code == (302 if editor else 403)
    assert Pulse.objects.get().closes_on == TODAY + 20 * DAY


def test_before_a_pulse_opens_one_sees_how_many_people_get_a_mail(signed_in, noor, samira, linda):
    client, day = signed_in(noor), {"year": str(TODAY.year), "opens_on": str(TODAY), "closes_on": str(TODAY + 20 * DAY)}
    page = client.post(PAGE + "openen/", day)
    assert page.status_code == 200
    assert "3 mensen krijgen" in page.text
    assert (Pulse.objects.count(), jobs()) == (0, [])
    fields = {field.html_name: str(field.value()) for field in page.context["form"]}
    assert client.post(PAGE + "openen/", fields).status_code == 302
    assert len(jobs()) == 3


@pytest.mark.parametrize(
    ("first", "last", "year"), [(400, 410, 1), (0, 57, 0), (5, 20, 1), (30, 40, 3)], ids=["far", "long", "two at once", "other year"]
)
def test_a_pulse_lies_within_a_year_takes_eight_weeks_at_most_and_is_the_only_one(signed_in, noor, first, last, year):
    if (first, last) == (5, 20):
        open_pulse(noor, year=TODAY.year)
    before = Pulse.objects.count()
    days = {"year": str(TODAY.year + year), "opens_on": str(TODAY + first * DAY), "closes_on": str(TODAY + last * DAY)}
    page = signed_in(noor).post(PAGE + "openen/", days)
    assert page.status_code == 422
    assert page.context["form"].non_field_errors()
    assert Pulse.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": "2026"},
        {"opens_on": str(TODAY - DAY)},
        {"closes_on": str(TODAY - DAY)},
        {"closes_on": "morgen"},
        {"year": "0"},
        {"year": "99999999999"},
    ],
)
def test_days_out_of_order_and_a_year_twice_are_refused(signed_in, pulse, noor, wrong):
    good = {"year": "2027", "opens_on": str(TODAY), "closes_on": str(TODAY + DAY)}
    assert signed_in(noor).post(PAGE + "openen/", good | wrong).status_code == 422
    assert Pulse.objects.count() == 1


def test_the_reminder_goes_to_everybody_once_without_a_link(signed_in, pulse, noor):
    client = signed_in(noor)
    assert client.get(f"{PAGE}2026/herinneren/").status_code == 200
    assert client.post(f"{PAGE}2026/herinneren/").status_code == 302
    mails = jobs("messages.post")
    assert sorted(job["to"] for job in mails) == sorted(job["to"] for job in jobs())
    assert not any("/polsslag/" in job["text"] for job in mails)
    assert client.post(f"{PAGE}2026/herinneren/").status_code == 422
    assert len(jobs("messages.post")) == len(mails)


def test_the_last_day_moves_as_long_as_the_pulse_goes_on(signed_in, pulse, noor):
    client, path = signed_in(noor), f"{PAGE}2026/dagen/"
    assert client.post(path, {"closes_on": str(TODAY + 30 * DAY)}).status_code == 302
    for wrong in (TODAY - DAY, TODAY + 57 * DAY):
        assert client.post(path, {"closes_on": str(wrong)}).status_code == 422
    over(pulse)
    assert client.post(path, {"closes_on": str(TODAY + 30 * DAY)}).status_code == 422
    assert Pulse.objects.get().closes_on == TODAY - DAY


def test_a_pulse_is_taken_back_until_somebody_answered(signed_in, client, pulse, token, noor):
    other = actions.make_code(pulse, Group.PARTNERS)
    assert signed_in(noor).get(f"{PAGE}2026/intrekken/").status_code == 200
    actions.answer(other, FOUR, at=NOW)
    assert signed_in(noor).post(f"{PAGE}2026/intrekken/").status_code == 422
    PulseAnswer.objects.all().delete()
    assert signed_in(noor).post(f"{PAGE}2026/intrekken/").status_code == 302
    assert client.get(f"/polsslag/{token}/").status_code == 404


def test_a_year_that_is_not_there_is_not_found(signed_in, noor):
    for page in ("dagen", "herinneren", "intrekken"):
        assert signed_in(noor).get(f"{PAGE}1999/{page}/").status_code == 404


# --- what may never be stored -----------------------------------------------------------------------


def test_an_answer_outside_one_to_five_and_a_pulse_out_of_order_are_not_stored(pulse):
    for model, facts in (
        (PulseAnswer, {"pulse": pulse, "group": "staff"} | FOUR | {"fifth": 6}),
        (PulseAnswer, {"pulse": pulse, "group": "staff"} | FOUR | {"fifth": 0}),
        (Pulse, {"year": 2030, "opens_on": TODAY, "closes_on": TODAY - DAY, "made_at": NOW}),
        (Pulse, {"year": 2030, "opens_on": TODAY, "closes_on": TODAY, "made_at": NOW, "reminded_at": NOW}),
        (Pulse, {"year": 2026, "opens_on": TODAY, "closes_on": TODAY, "made_at": NOW}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**facts)
