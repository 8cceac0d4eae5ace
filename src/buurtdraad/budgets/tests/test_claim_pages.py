"""The pages on which people ask for a code, and get it once."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from buurtdraad.accounts.signing_in import providers
from buurtdraad.accounts.signing_in.models import Identity
from buurtdraad.budgets import keys
from buurtdraad.budgets.models import Register
from buurtdraad.budgets.secrecy import ids_of, normalised
from buurtdraad.budgets.states import Channel, RoundStage
from buurtdraad.budgets.tests.test_claiming import BROKER
from buurtdraad.messages.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b")
GOOD = {"email": "Samira@example.nl", "area": "BU03440241", "age": "25-44", "old_enough": "on"}


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL, settings.CITY_PHONE, settings.ALLOWED_HOSTS = "https://buurt.example.nl", "14 030", ["testserver"]


def page_of(round_):
    return reverse("budgets:claim", args=[round_.slug])


def link_in_mail():
    return re.search(r"/budgetten/\S+/stemcode/[\w-]+/", ProcrastinateJob.objects.latest("id").args["text"])[0]


def test_from_the_form_over_the_mail_to_the_code(client, make_round):
    made = make_round()
    assert client.post(page_of(made), GOOD).status_code == 200
    link = link_in_mail()
    opened = client.get(link)
    assert opened.status_code == 200
    assert not CODE.search(opened.text)
    assert not Register.objects.exists()
    shown = client.post(link)
    code = CODE.search(shown.text)[0]
    assert Register.objects.get(register_id=ids_of(keys.key_of(made), normalised(code)).register_id).channel == Channel.EMAIL
    assert "no-store" in shown["Cache-Control"]
    assert code not in str(shown.headers)
    assert code not in str(dict(client.session))
    assert "We mailed" not in shown.text
    again = client.post(link)
    assert again.status_code == 410
    assert not CODE.search(again.text)
    voting = client.post(reverse("budgets:vote_in", args=[made.slug]), {"code": code})
    assert voting.status_code == 200
    assert "Plan 1" in voting.text


def test_the_demo_shows_the_mail_with_the_code_in_its_outbox(client, make_round, settings):
    settings.DEMO = True
    made = make_round()
    client.post(page_of(made), GOOD)
    code = CODE.search(client.post(link_in_mail()).text)[0]
    assert code in Mail.objects.latest("id").text


@pytest.mark.parametrize(
    "bad",
    [
        {"email": ""}, {"email": "geen"}, {"email": "a@b.nl\nBcc: c@d.nl"}, {"area": "GM0344"}, {"area": ""}, {"age": "900"},
        {"old_enough": ""}, {"email": "x" * 5000 + "@b.nl"},
    ],
)  # fmt: skip
def test_what_is_not_right_is_said_on_the_form(client, make_round, bad):
    made = make_round()
    answer = client.post(page_of(made), GOOD | bad)
    assert answer.status_code == 422
    assert not ProcrastinateJob.objects.exists()


def test_the_answer_does_not_tell_whether_an_address_has_a_code(client, make_round):
    made = make_round()
    first = client.post(page_of(made), GOOD)
    client.post(link_in_mail())
    second = client.post(page_of(made), GOOD)
    strip = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert strip.sub("", first.text) == strip.sub("", second.text)


@pytest.mark.parametrize("stage", RoundStage)
def test_the_page_stands_from_the_rules_on_with_a_form_only_while_people_vote(client, make_round, stage):
    answer = client.get(page_of(make_round(stage=stage)))
    if stage == RoundStage.PREPARING:
        assert answer.status_code == 404
    else:
        assert ('name="email"' in answer.text) == (stage == RoundStage.VOTING)


def test_without_mail_in_the_rules_there_is_no_form(client, make_round):
    made = make_round(channels=["post"], name="<script>alert(1)</script>")
    page = client.get(page_of(made)).text
    assert 'name="email"' not in page
    assert "<script>alert" not in page
    assert client.post(page_of(made), GOOD).status_code == 422
    assert not ProcrastinateJob.objects.exists()


def test_who_signs_in_by_a_broker_sees_a_code_once(client, make_round, signed_in, kees, settings):
    settings.OIDC_PROVIDERS = providers.parse(BROKER)
    made = make_round(channels=["broker"])
    page = reverse("budgets:broker_code", args=[made.slug])
    assert client.get(page).status_code == 302
    facts = {"area": "BU03440241", "age": "", "old_enough": "on"}
    assert signed_in(kees).post(page, facts).status_code == 409
    Identity.objects.create(person=kees, provider="digid", subject="abc", made_at=timezone.now())
    assert not CODE.search(signed_in(kees).get(page).text)
    shown = signed_in(kees).post(page, facts)
    assert CODE.search(shown.text)
    assert "no-store" in shown["Cache-Control"]
    assert Register.objects.get().channel == Channel.BROKER


def test_links_that_are_nonsense_say_so(client, make_round):
    made = make_round()
    for token in ("x", "x" * 43, "..%2f", "%00"):
        for answer in (client.get(f"{page_of(made)}{token}/"), client.post(f"{page_of(made)}{token}/")):
            assert answer.status_code in {404, 410}
