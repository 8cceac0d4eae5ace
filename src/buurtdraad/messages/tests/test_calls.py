import threading

import pytest
from django.db import connection
from django.utils import timezone

from buurtdraad.audit.models import Event
from buurtdraad.messages import actions
from buurtdraad.messages.models import Contact, Message, PhoneNumber
from buurtdraad.messages.states import Kind, Stage, Way

NUMBER = "0612345678"


@pytest.fixture
def to_call(emine, tell, areas):
    """Emine waits for a call about her wish in Geuzenwijk."""
    tell(emine, area=areas["BU03440241"])
    return f"/werk/bellen/{emine.uuid}/"


def test_the_list_shows_who_waits_and_no_number(joris, signed_in, to_call):
    page = signed_in(joris).get("/werk/bellen/").content.decode()
    assert "Mevrouw Aydin" in page
    assert "Geuzenwijk" in page
    assert NUMBER not in page


def test_the_list_can_show_one_area_only(joris, signed_in, to_call):
    client = signed_in(joris)
    held = next(code for code in Message.objects.values_list("area__code", flat=True))
    assert "Mevrouw Aydin" in client.get(f"/werk/bellen/?waar={held}").text
    assert "Alleen in" in client.get(f"/werk/bellen/?waar={held}").text
    for strange in ("BU99999999", "%00", "x" * 300):
        assert "Mevrouw Aydin" in client.get(f"/werk/bellen/?waar={strange}").text


def test_a_look_at_a_number_is_written_down(joris, signed_in, to_call, emine):
    page = signed_in(joris).get(to_call).content.decode()
    assert NUMBER in page
    event = Event.objects.filter(verb="number.seen").get()
    assert (event.actor, event.thing, event.touches) == (joris.uuid, f"contact:{emine.uuid}", [])
    assert NUMBER not in str(event.payload)


def test_called_destroys_the_number_and_takes_it_off_the_list(joris, signed_in, to_call, emine):
    client = signed_in(joris)
    assert client.post(to_call, {"result": "called"}).status_code == 302
    assert not PhoneNumber.objects.exists()
    assert Message.objects.get().stage == Stage.CALLED
    assert "Mevrouw Aydin" not in client.get("/werk/bellen/").content.decode()
    assert "Dit gesprek is al gedaan." in client.get(to_call, follow=True).text


def test_somebody_elsewhere_does_not_learn_that_a_call_was_done(joris, samira, signed_in, to_call):
    signed_in(joris).post(to_call, {"result": "called"})
    assert signed_in(samira).get(to_call).status_code == 404


def test_who_comes_second_reads_that_it_is_done(joris, signed_in, to_call):
    client = signed_in(joris)
    client.post(to_call, {"result": "called"})
    page = client.post(to_call, {"result": "called"}, follow=True).content.decode()
    assert "Dit gesprek is al gedaan." in page
    assert Event.objects.filter(verb="call.done").count() == 1


def test_not_reached_keeps_the_number_with_a_note_and_a_count(joris, signed_in, to_call):
    client = signed_in(joris)
    client.post(to_call, {"result": "not_reached", "note": "na zes uur"})
    client.post(to_call, {"result": "not_reached", "note": "<b>na zeven uur</b>"})
    phone = PhoneNumber.objects.get()
    assert (phone.tries, phone.note) == (2, "<b>na zeven uur</b>")
    page = client.get(to_call).content.decode()
    assert "&lt;b&gt;na zeven uur&lt;/b&gt;" in page
    assert "2 keer niet bereikt" in page


def test_a_number_that_does_not_work_leaves_the_list_and_is_destroyed(joris, signed_in, to_call):
    signed_in(joris).post(to_call, {"result": "give_up"})
    assert not PhoneNumber.objects.exists()
    assert Message.objects.get().stage == Stage.FAILED


@pytest.mark.parametrize("sent", [{}, {"result": "x"}, {"result": "not_reached", "note": "x" * 201}])
def test_a_strange_result_changes_nothing(joris, signed_in, to_call, sent):
    assert signed_in(joris).post(to_call, sent).status_code == 422
    assert Message.objects.get().stage == Stage.WAITING
    assert PhoneNumber.objects.get().tries == 0


def test_an_adviser_of_another_area_sees_nobody(samira, signed_in, to_call):
    client = signed_in(samira)
    assert "Mevrouw Aydin" not in client.get("/werk/bellen/").content.decode()
    assert client.get(to_call).status_code == 404
    assert client.post(to_call, {"result": "called"}).status_code == 302
    assert Message.objects.get().stage == Stage.WAITING
    assert not Event.objects.filter(verb="number.seen").exists()


@pytest.mark.parametrize("address", ["/werk/bellen/", "to_call", "/werk/poster/WK034402/"])
def test_a_duty_counts_only_with_a_second_factor(joris, kees, signed_in, to_call, address):
    address = to_call if address == "to_call" else address
    assert signed_in(joris, second_factor=False).get(address).url.startswith("/mijn/tweede-stap/")
    assert signed_in(kees).get(address).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, to_call):
    assert client.get(to_call).status_code == 302
    assert client.post(to_call, {"result": "called"}).status_code == 302
    assert Message.objects.get().stage == Stage.WAITING


def test_somebody_without_a_number_can_still_be_told(joris, signed_in, to_call):
    PhoneNumber.objects.all().delete()
    client = signed_in(joris)
    assert "Op een andere manier verteld" in client.get(to_call).content.decode()
    client.post(to_call, {"result": "called"})
    assert Message.objects.get().stage == Stage.CALLED


def test_a_hostile_name_stays_text(joris, signed_in, tell, db):
    somebody = actions.add_contact(name="<script>alert(1)</script>", way=Way.CALL, phone=NUMBER, by=None, at=timezone.now())
    tell(somebody, subject="<img src=x onerror=alert(1)>", body="</p><script>alert(2)</script>")
    client = signed_in(joris)
    for address in ("/werk/bellen/", f"/werk/bellen/{somebody.uuid}/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_longer_list_takes_no_more_queries(joris, signed_in, tell, areas, django_assert_num_queries):
    client = signed_in(joris)
    for number in (1, 2, 3):
        for i in range(number):
            somebody = actions.add_contact(name=f"Iemand {i}", way=Way.CALL, phone=NUMBER, by=None, at=timezone.now())
            tell(somebody, area=areas["BU03440241"])
            tell(somebody, area=areas["BU03440242"])
        with django_assert_num_queries(6):
            client.get("/werk/bellen/")


@pytest.mark.django_db(transaction=True)
def test_of_two_callers_at_once_one_has_called():
    """Ten deeds at the same moment: one event, one row, nine clear answers."""
    at = timezone.now()
    contact = actions.add_contact(name="Mevrouw Aydin", way=Way.CALL, phone=NUMBER, by=None, at=at)
    actions.tell(contact, kind=Kind.WISH, subject="Klaar", body="", link="/", by=None, at=at)
    start, answers = threading.Barrier(10), []

    def deed():
        start.wait(10)
        try:
            actions.called(Contact.objects.get(pk=contact.pk), by=contact.uuid, at=at)
            answers.append("called")
        except actions.AlreadyDone:
            answers.append("already done")
        finally:
            connection.close()

    threads = [threading.Thread(target=deed) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == ["already done"] * 9 + ["called"]
    assert Event.objects.filter(verb="call.done").count() == 1


def test_nobody_is_not_reached_after_the_call(emine, to_call):
    actions.called(emine, by=emine.uuid, at=timezone.now())
    with pytest.raises(actions.AlreadyDone):
        actions.not_reached(emine, note="", by=emine.uuid, at=timezone.now())
