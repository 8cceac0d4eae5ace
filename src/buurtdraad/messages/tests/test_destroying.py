"""What is past its time goes, and what a slip or a call still needs stays; mail that did not arrive is seen to."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.accounts.duties import Duty
from buurtdraad.audit.models import Event
from buurtdraad.messages import actions, queries
from buurtdraad.messages.models import Mail, Message, PhoneNumber
from buurtdraad.messages.states import Kind, Stage, Way
from buurtdraad.messages.tests.conftest import member_of_staff

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 12, 1)
OLD, RECENT = (datetime.datetime(2025, month, 15, 12, tzinfo=datetime.UTC) for month in (1, 12))


def mail(stage=Stage.SENT, ended_at=OLD, **facts):
    return Mail.objects.create(
        to="kees@example.nl", kind=Kind.WISH, subject="Uw wens", stage=stage, made_at=OLD, ended_at=ended_at, **facts
    )


def test_mails_go_after_three_months_and_their_messages_stay(kees, tell):
    gone, failed = mail(), mail(Stage.FAILED)
    waiting, recent = mail(Stage.WAITING, None), mail(ended_at=datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC))
    told = tell(kees, at=RECENT)
    Message.objects.filter(pk=told.pk).update(mail=gone)
    every = [each.pk for each in (gone, failed, waiting, recent)]
    assert actions.destroy_mails(every, on=ON) == 2
    assert set(Mail.objects.filter(pk__in=every)) == {waiting, recent}
    assert Message.objects.get(pk=told.pk).mail is None


def test_messages_go_after_a_year_and_what_a_slip_shows_stays(emine, kees, tell):
    first, last = tell(emine, at=OLD, subject="Gekozen"), tell(emine, at=OLD, subject="Klaar")
    waiting = tell(emine, at=OLD, thing="wish:43")
    Message.objects.filter(pk__in=[first.pk, last.pk]).update(stage=Stage.CALLED, ended_at=OLD)
    mailed, recent = tell(kees, at=OLD), tell(kees, at=RECENT)
    Message.objects.filter(pk=mailed.pk).update(stage=Stage.SENT, ended_at=OLD)
    Message.objects.filter(pk=recent.pk).update(stage=Stage.SENT, ended_at=RECENT)
    assert set(queries.messages_due(ON)) == {first, mailed}
    every = list(Message.objects.values_list("pk", flat=True))
    assert actions.destroy_messages(every, on=ON) == 2
    assert set(Message.objects.all()) == {last, waiting, recent}
    assert queries.standing(emine.slips.get(thing="wish:42").number).state == "Klaar"


def test_what_hung_on_the_board_goes_too(areas):
    actions.announce(areas["BU03440241"], kind=Kind.DONE, board="De bank staat er.", by=None, at=OLD)
    assert queries.messages_due(ON).count() == 1


def test_a_number_that_nobody_calls_goes_after_a_year(emine, tell):
    other = actions.add_contact(name="Buur", way=Way.CALL, phone="06 87654321", by=None, at=RECENT)
    PhoneNumber.objects.filter(contact=emine).update(given_at=OLD)
    waiting = tell(emine, at=OLD)
    every = list(PhoneNumber.objects.values_list("pk", flat=True))
    assert actions.destroy_numbers(every, on=ON) == 0
    Message.objects.filter(pk=waiting.pk).update(stage=Stage.KEPT)
    assert actions.destroy_numbers(every, on=ON) == 1
    assert PhoneNumber.objects.get().contact == other


# --- mail that did not arrive ----------------------------------------------------------------------------


@pytest.fixture
def ria(db):
    return member_of_staff("Ria Postma", "ria@example.nl", None, Duty.ADMINISTRATOR)


def test_an_administrator_takes_a_mail_off_the_list_and_the_record_keeps_it(ria, kees, signed_in):
    lost = mail(Stage.FAILED, problem="550 <b>no such user</b>", contact=actions.contact_for(kees, at=OLD))
    client = signed_in(ria)
    page = client.get("/werk/post/").text
    assert "Kees Vermeer" in page
    assert "550 &lt;b&gt;no such user" in page
    assert Event.objects.filter(thing="mail:undelivered", actor=ria.uuid).count() == 1
    for _ in range(2):
        answer = client.post("/werk/post/", {"mail": lost.uuid}, follow=True)
        assert "Er is geen mail om naar te kijken" in answer.text
    event = Event.objects.get(verb="mail.dealt_with")
    assert "kees@example.nl" not in str(event.payload) + event.thing


def test_only_mail_that_did_not_arrive_can_be_taken_off(ria, signed_in):
    kept = [mail(), mail(Stage.WAITING, None)]
    for each in [*kept, "x"]:
        signed_in(ria).post("/werk/post/", {"mail": getattr(each, "uuid", each)})
    assert Mail.objects.count() == len(kept)


def test_an_adviser_has_nothing_to_do_there(joris, signed_in):
    assert signed_in(joris).get("/werk/post/").status_code == 403


def test_a_longer_list_takes_no_more_queries(ria, kees, signed_in, django_assert_max_num_queries):
    contact = actions.contact_for(kees, at=timezone.now())
    for _ in range(30):
        mail(Stage.FAILED, contact=contact)
    client = signed_in(ria)
    with django_assert_max_num_queries(14):
        assert client.get("/werk/post/?page=2").status_code == 200
