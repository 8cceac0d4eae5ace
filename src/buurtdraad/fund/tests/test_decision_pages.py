"""The pages of proposing, deciding and sending: who sees them, what they do, and what they say when it cannot."""

# ruff: noqa: F811, PLR0917 (a fixture is named like what it is, and a test asks for as many as it needs)

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from buurtdraad.fund import access
from buurtdraad.fund.actions.letters import make_known
from buurtdraad.fund.models import Application, Decision, Draw, Proposal, TextBlock
from buurtdraad.fund.states import Ground, Outcome, SentBy, Stage
from buurtdraad.fund.tests.decisions import WORDS, days_ago, decided, linda, pot, proposed  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city_with_a_name")]


def page(name, uuid):
    return "/en" + reverse(f"fund:{name}", args=[uuid]).removeprefix("/en")


def answers(pot, /, **more):
    return {"outcome": "granted", "amount": "€ 5.000,-", "pot": pot.uuid, "ground": "", "words": WORDS, "obligations": ""} | more


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("small", [False, True])
def test_who_proposes_decides_and_gives_back_in_which_step(
    make_application, declared, kees, joris, samira, priya, bas, linda, ria, pot, stage, small
):
    made = make_application(stage=stage, costs=("650",), small=small, pot=pot)
    Proposal.objects.create(application=made, outcome="granted", amount=650, words=WORDS, made_by=priya.uuid, made_at=timezone.now())
    everybody = (kees, joris, samira, priya, bas, ria)
    deeds = (access.may_propose, access.may_decide, access.may_give_back, access.may_decide_small)
    assert not any(deed(person, made) for deed in deeds for person in everybody)
    declared(made, *everybody)
    proposing, proposed_ = stage in {"waiting", "assessing", "view"}, stage == "proposed"
    assert [access.may_propose(person, made) for person in everybody] == [
        False, proposing and small, False, proposing, proposing, False
    ]  # fmt: skip
    assert [access.may_decide(person, made) for person in everybody] == [False, proposed_ and small, False, False, proposed_, False]
    assert [access.may_give_back(person, made) for person in everybody] == [False, proposed_ and small, False, proposed_, proposed_, False]
    in_one_go = small and stage in {"submitted", "checking", "assessing"}
    assert [access.may_decide_small(person, made) for person in everybody] == [False, in_one_go, False, False, in_one_go, False]
    assert [access.may_send(person, made) for person in everybody] == [False, True, False, True, True, False]


def test_a_handler_proposes_in_the_browser_with_an_amount_as_people_write_it(make_application, declared, signed_in, priya, pot):
    made = make_application(costs=("5000",), pot=None)
    client = signed_in(priya)
    assert client.get(page("propose", made.uuid)).url == page("declare", made.uuid)
    declared(made, priya)
    shown = client.get(page("propose", made.uuid)).content.decode()
    assert "€5,000" in shown
    assert client.post(page("propose", made.uuid), answers(pot)).status_code == 302
    made.refresh_from_db()
    assert (made.stage, made.pot, made.proposal.amount) == (Stage.PROPOSED, pot, 5000)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"amount": ""}, "Write an amount above zero."),
        ({"amount": "5.000,01"}, "At most"),
        ({"amount": "veel"}, "Write an amount in euros"),
        ({"pot": ""}, "Choose the pot"),
        ({"pot": "0b8f3e4e-0000-4000-8000-000000000000"}, "not one of the available choices"),
        ({"outcome": "refused"}, "Choose the reason"),
        ({"outcome": "anders"}, "not one of the available choices"),
        ({"words": " "}, "required"),
    ],
)
def test_a_wrong_proposal_is_said_on_the_form(make_application, declared, signed_in, priya, pot, wrong, says):
    made = make_application(costs=("5000",), pot=pot)
    declared(made, priya)
    answer = signed_in(priya).post(page("propose", made.uuid), answers(pot, **wrong))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_refusal_forgets_the_amount_and_the_pot_that_stood_in_the_form(make_application, declared, signed_in, priya, pot):
    made = make_application(costs=("5000",), pot=pot)
    declared(made, priya)
    assert signed_in(priya).post(page("propose", made.uuid), answers(pot, outcome="refused", ground="not_paid")).status_code == 302
    assert Proposal.objects.get().amount == 0


def test_a_standard_text_stands_in_the_form_to_change(make_application, declared, signed_in, priya, rules, pot):
    made = make_application(costs=("5000",), pot=pot)
    declared(made, priya)
    block = TextBlock.objects.create(scheme=rules.scheme, used_for="obligation", title="Vergunning", text="Vraag een vergunning aan.")
    client = signed_in(priya)
    assert "Vergunning" in client.get(page("propose", made.uuid)).content.decode()
    chosen = client.get(page("propose", made.uuid), {"tekst": str(block.uuid)})
    assert chosen.context["form"]["obligations"].value() == "Vraag een vergunning aan."


def test_bas_decides_and_priya_reads_why_she_cannot(proposed, signed_in, priya, bas):
    made = proposed()
    client = signed_in(priya)
    shown = client.get(page("decide", made.uuid)).content.decode()
    assert "You may not decide on an amount like this." in shown
    assert "Decide so" not in shown
    assert client.post(page("decide", made.uuid)).status_code == 403
    client = signed_in(bas)
    assert "Decide so" in client.get(page("decide", made.uuid)).content.decode()
    answer = client.post(page("decide", made.uuid))
    decision = Decision.objects.get()
    assert answer.url == page("send_letter", decision.uuid)
    assert client.get(page("decide", made.uuid)).url.endswith(f"/werk/fonds/{made.uuid}/")


def test_what_cannot_be_decided_says_why_and_changes_nothing(proposed, signed_in, bas, pot):
    made = proposed()
    type(pot).objects.update(amount=100)
    client = signed_in(bas)
    assert "Decide so" not in client.get(page("decide", made.uuid)).content.decode()
    assert client.post(page("decide", made.uuid)).status_code == 422
    assert not Decision.objects.exists()


def test_two_people_decide_above_the_amount(proposed, signed_in, bas, linda):
    made = proposed(costs=("12000",))
    client = signed_in(bas)
    assert client.post(page("decide", made.uuid)).url.endswith("/werk/fonds/besluiten/")
    assert made.number not in client.get("/en/werk/fonds/besluiten/").content.decode()
    client = signed_in(linda)
    assert made.number in client.get("/en/werk/fonds/besluiten/").content.decode()
    assert "You are the second." in client.get(page("decide", made.uuid)).content.decode()
    client.post(page("decide", made.uuid))
    assert Decision.objects.get().with_whom == linda.uuid


def test_a_proposal_goes_back_with_a_reason(proposed, signed_in, bas):
    made = proposed()
    client = signed_in(bas)
    assert client.post(page("give_back", made.uuid), {"why": ""}).status_code == 422
    client.post(page("give_back", made.uuid), {"why": "De kosten kloppen niet."})
    made.refresh_from_db()
    assert (made.stage, made.notes.get().text) == (Stage.ASSESSING, "De kosten kloppen niet.")


def test_the_adviser_decides_on_a_small_plan_on_one_screen(make_application, declared, signed_in, joris, pot):
    made = make_application(stage=Stage.SUBMITTED, costs=("650",), small=True, pot=None)
    client = signed_in(joris)
    assert made.number in client.get("/en/werk/fonds/besluiten/").content.decode()
    assert client.get(page("decide_small", made.uuid)).url == page("declare", made.uuid)
    declared(made, joris)
    assert client.post(page("decide_small", made.uuid), answers(pot, amount="650")).url == page("send_letter", Decision.objects.get().uuid)


def test_the_letter_is_read_by_staff_before_and_by_who_asked_after_it_went_out(decided, signed_in, bas, kees, samira, client):
    decision = decided()
    letter = page("letter", decision.letter.uuid)
    assert signed_in(bas).get(letter)["Content-Type"] == "application/pdf"
    for person in (kees, samira):
        assert signed_in(person, second_factor=person != kees).get(letter).status_code == 404
    make_known(decision, sent_by=SentBy.POST, on=days_ago(0), by=bas, at=timezone.now())
    answer = signed_in(kees, second_factor=False).get(letter)
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    client.logout()
    assert client.get(letter).status_code == 404


def test_sending_the_letter_makes_the_decision_known_once(decided, signed_in, bas, samira):
    decision = decided()
    assert signed_in(samira).get(page("send_letter", decision.uuid)).status_code == 404
    client = signed_in(bas)
    assert client.post(page("send_letter", decision.uuid), {"sent_by": "post", "on": days_ago(-1)}).status_code == 422
    assert client.post(page("send_letter", decision.uuid), {"sent_by": "post", "on": days_ago(0)}).status_code == 302
    assert client.post(page("send_letter", decision.uuid), {"sent_by": "email", "on": days_ago(0)}).status_code == 422
    decision.refresh_from_db()
    assert (decision.known_on, decision.letter.sent_by) == (days_ago(0), "post")


def test_the_draw_is_held_on_its_page_and_everybody_sees_it(proposed, signed_in, joris, bas, pot, client):
    for _number in range(3):
        proposed(costs=("9000",))
    assert signed_in(joris).post(page("hold_draw", pot.uuid)).status_code == 403
    staff = signed_in(bas)
    assert f"werk/fonds/lotingen/{pot.uuid}" in staff.get("/en/werk/fonds/besluiten/").content.decode()
    assert staff.get(page("hold_draw", pot.uuid)).content.decode().count("Wilgentuin") == 3
    assert staff.post(page("hold_draw", pot.uuid)).url == "/en/fonds/lotingen/"
    held = Draw.objects.get()
    client.logout()
    shown = client.get("/en/fonds/lotingen/").content.decode()
    assert held.seed in shown
    assert [shown.index(uuid) for uuid in held.order] == sorted(shown.index(uuid) for uuid in held.order)


def test_hostile_words_are_shown_as_words(make_application, declared, signed_in, bas, priya, pot):
    made = make_application(costs=("5000",), pot=pot)
    declared(made, bas, priya)
    evil = "<script>alert(1)</script>"
    type(made.initiative).objects.update(title=evil)
    client = signed_in(priya)
    client.post(page("propose", made.uuid), answers(pot, words=evil, obligations=evil))
    client = signed_in(bas)
    for address in ("/en/werk/fonds/besluiten/", page("decide", made.uuid)):
        shown = client.get(address).content.decode()
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert" in shown


def test_the_list_asks_as_much_for_one_as_for_three(proposed, decided, signed_in, bas):
    client = signed_in(bas)
    counts = []
    for number in (1, 2):
        for _each in range(number):
            proposed(costs=("100",))
            decided(costs=("100",))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/en/werk/fonds/besluiten/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_ground_is_asked_in_words_and_kept_as_a_code(make_application, declared, signed_in, priya, pot):
    made = make_application(costs=("5000",), pot=pot)
    declared(made, priya)
    facts = answers(pot, outcome=Outcome.PARTLY, amount="4500", ground=Ground.NOT_PAID)
    signed_in(priya).post(page("propose", made.uuid), facts)
    assert Application.objects.get().proposal.ground == "not_paid"
