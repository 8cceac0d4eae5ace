"""Asking for a code by mail or broker: one each, and no address beside a vote."""

import datetime
import re
import threading

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from buurtdraad.accounts.signing_in import providers
from buurtdraad.accounts.signing_in.actions.links import BadLink
from buurtdraad.accounts.signing_in.models import Identity, Link
from buurtdraad.audit.models import Event
from buurtdraad.budgets import keys
from buurtdraad.budgets.actions import claiming
from buurtdraad.budgets.actions.claiming import Declared, NoBroker, NotOpen, NotThisChannel, claim, claim_by_broker, claim_by_mail, mailbox
from buurtdraad.budgets.actions.codes import Voted
from buurtdraad.budgets.models import Claim, Register
from buurtdraad.budgets.secrecy import ids_of, normalised
from buurtdraad.budgets.states import Channel, RoundStage
from buurtdraad.lib.limits import TooOften

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]
ADDRESS = "samira@example.nl"


@pytest.fixture
def ask():
    """Asks for a link, and gives the token in the mail."""

    def go(round_, address=ADDRESS, age="25-44", at=None):
        request = RequestFactory().post("/", headers={"host": "localhost"})
        claiming.mail_link(request, round_, address, Declared(round_.area, age), at=at or timezone.now())
        text = ProcrastinateJob.objects.filter(task_name="messages.post").latest("id").args["text"]
        return re.search(r"/stemcode/([\w-]+)/", text)[1]

    return go


def row_of(round_, code):
    return Register.objects.get(register_id=ids_of(keys.key_of(round_), normalised(code)).register_id)


def vote_with(round_, code):
    ids = ids_of(keys.key_of(round_), normalised(code))
    assert Register.objects.filter(register_id=ids.register_id).update(used=True, receipt=ids.receipt)


def test_a_code_comes_by_a_button_in_a_mail_and_the_address_is_gone_then(make_round, ask):
    made = make_round()
    token = ask(made)
    assert not Register.objects.exists()
    claiming.asked(made, token, at=timezone.now())
    assert not Register.objects.exists()
    letter, address = claim_by_mail(made, token, at=timezone.now())
    row = row_of(made, letter.code)
    assert address == ADDRESS
    assert (row.channel, row.age_band, row.used, row.area) == (Channel.EMAIL, "25-44", False, made.area)
    assert not Link.objects.exists()
    with connection.cursor() as cursor:
        for table in ("budgets_register", "budgets_claim", "budgets_ballot", "audit_event", "accounts_link", "lib_allowance"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            stored = cursor.fetchone()[0] or ""
            assert "samira" not in stored
            assert letter.code not in stored
    assert Event.objects.get(verb="budget_round.code_asked").payload == {}
    with pytest.raises(BadLink):
        claim_by_mail(made, token, at=timezone.now())


def test_the_first_mail_holds_no_code_and_the_second_is_kept_nowhere(make_round, ask, settings):
    made = make_round()
    letter, address = claim_by_mail(made, ask(made), at=timezone.now())
    before = ProcrastinateJob.objects.count()
    assert claiming.mail_code(address, made, letter, at=timezone.now()) is False
    assert ProcrastinateJob.objects.count() == before
    assert not any(letter.code in str(job.args) for job in ProcrastinateJob.objects.all())


def test_the_same_mailbox_gets_one_code_and_the_last_one_works(make_round, ask):
    made = make_round()
    first, _address = claim_by_mail(made, ask(made, age=""), at=timezone.now())
    second, _address = claim_by_mail(made, ask(made, "Samira+stem@Example.nl"), at=timezone.now())
    assert row_of(made, second.code).age_band == "25-44"
    assert Register.objects.count() == Claim.objects.count() == 1
    with pytest.raises(Register.DoesNotExist):
        row_of(made, first.code)
    claim_by_mail(made, ask(made, "hamid@example.nl"), at=timezone.now())
    assert Register.objects.count() == 2


def test_who_voted_gets_no_other_code(make_round, ask):
    made = make_round()
    letter, _address = claim_by_mail(made, ask(made), at=timezone.now())
    vote_with(made, letter.code)
    token = ask(made)
    with pytest.raises(Voted):
        claim_by_mail(made, token, at=timezone.now())
    assert row_of(made, letter.code).used


@pytest.mark.parametrize("stage", [stage for stage in RoundStage if stage != RoundStage.VOTING])
def test_codes_are_asked_for_only_while_people_vote(make_round, ask, stage):
    with pytest.raises(NotOpen):
        ask(make_round(stage=stage))


def test_after_the_last_moment_nobody_gets_a_code(make_round, ask):
    made = make_round()
    token = ask(made)
    late = made.sheet.vote_until
    with pytest.raises(NotOpen):
        claim_by_mail(made, token, at=late)
    with pytest.raises(NotThisChannel):
        ask(make_round(channels=["post"]))


def test_a_link_of_one_round_works_for_no_other_and_not_for_ever(make_round, ask):
    made, other = make_round(), make_round()
    token = ask(made)
    with pytest.raises(BadLink):
        claim_by_mail(other, token, at=timezone.now())
    with pytest.raises(BadLink):
        claim_by_mail(made, token, at=timezone.now() + datetime.timedelta(days=2))
    with pytest.raises(BadLink):
        claim_by_mail(made, "x" * 43, at=timezone.now())


def test_one_mailbox_gets_few_mails_and_another_is_not_stopped(make_round, ask):
    made = make_round()
    for _each in range(3):
        ask(made)
    with pytest.raises(TooOften):
        ask(made)
    ask(made, "hamid@example.nl")


@pytest.mark.parametrize(
    ("typed", "box"), [("A@B.nl", "a@b.nl"), (" a+x+y@b.nl ", "a@b.nl"), ("a.b@c.nl", "a.b@c.nl"), ("+x@b.nl", "@b.nl")]
)
def test_what_stands_behind_a_plus_is_the_same_mailbox(typed, box):
    assert mailbox(typed) == box


BROKER = '[{"id": "digid", "name": "DigiD", "issuer": "https://broker.example.nl", "client_id": "x", "secret": "y", "residents": true}]'


def test_who_signs_in_by_a_broker_gets_one_code(make_round, samira, kees, settings):
    settings.OIDC_PROVIDERS = providers.parse(BROKER)
    made = make_round(channels=["broker"])
    Identity.objects.create(person=samira, provider="digid", subject="abc", made_at=timezone.now())
    first = claim_by_broker(made, samira, Declared(made.area), at=timezone.now())
    second = claim_by_broker(made, samira, Declared(made.area), at=timezone.now())
    assert row_of(made, second.code).channel == Channel.BROKER
    assert Register.objects.count() == 1
    assert first.reference == second.reference
    assert not Event.objects.filter(verb="budget_round.code_asked", actor=samira.uuid).exists()
    Identity.objects.create(person=kees, provider="staff", subject="abc", made_at=timezone.now())
    with pytest.raises(NoBroker):
        claim_by_broker(made, kees, Declared(made.area), at=timezone.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [2, 50])
def test_one_person_who_asks_many_times_at_once_has_one_code(make_round, number):
    made, letters, problems = make_round(), [], []

    def run():
        try:
            letters.append(claim(made, channel=Channel.BROKER, name="digid|abc", declared=Declared(made.area), at=timezone.now()))
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _each in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert Register.objects.count() == Claim.objects.count() == 1
    key = keys.key_of(made)
    assert sum(Register.objects.filter(register_id=ids_of(key, normalised(letter.code)).register_id).exists() for letter in letters) == 1
