import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from buurtdraad.audit.models import Event
from buurtdraad.messages import actions, tasks
from buurtdraad.messages.models import Contact, Mail, Message, PhoneNumber, Slip
from buurtdraad.messages.states import Kind, Rhythm, Stage, Way

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def test_who_has_a_confirmed_address_gets_a_mail_at_once(kees, tell, jobs):
    message = tell(kees)
    mail = Mail.objects.get()
    assert (mail.to, mail.subject, mail.stage) == ("kees@example.nl", "Uw wens over een bank is klaar", Stage.WAITING)
    assert (message.stage, Message.objects.get().mail) == (Stage.WAITING, mail)
    assert jobs() == [("messages.send", {"mail": mail.pk})]
    assert not Slip.objects.exists()


def test_a_mail_goes_to_no_address_that_its_owner_did_not_confirm(kees, tell, jobs):
    actions.contact_for(kees, at=now())
    type(kees).objects.update(confirmed_at=None)
    kees.refresh_from_db()
    assert tell(kees).stage == Stage.KEPT
    assert not jobs()


def test_nobody_hears_of_their_own_deed(kees, tell):
    assert tell(kees, by=kees.uuid) is None
    assert not Message.objects.exists()


def test_who_wants_to_be_called_comes_on_the_list_and_gets_a_slip(emine, tell, jobs):
    message = tell(emine)
    assert (message.way, message.stage) == (Way.CALL, Stage.WAITING)
    assert not jobs()
    first = Slip.objects.get()
    tell(emine)
    assert list(Slip.objects.all()) == [first]


@pytest.mark.parametrize("way", [Way.BOARD, Way.NONE])
def test_who_looks_for_themselves_gets_nothing_but_a_slip(kees, tell, jobs, way):
    actions.choose(actions.contact_for(kees, at=now()), way=way, language="nl", by=kees.uuid, at=now())
    assert tell(kees).stage == Stage.KEPT
    assert Slip.objects.filter(thing="wish:42").exists()
    assert not jobs()


@pytest.mark.parametrize("way", [Way.BOARD, Way.NONE, Way.EMAIL])
def test_a_decision_is_mailed_whatever_was_chosen(kees, tell, way):
    contact = actions.contact_for(kees, at=now())
    actions.choose(contact, way=way, language="nl", by=kees.uuid, at=now())
    message = tell(kees, kind=Kind.DECISION)
    assert message.way == Way.EMAIL
    assert Mail.objects.get().stop_url == ""


def test_what_is_collected_waits_for_its_day(kees, tell, jobs):
    contact = actions.contact_for(kees, at=now())
    actions.choose_rhythm(contact, area=None, kind=Kind.WISH, rhythm=Rhythm.DAILY, by=kees.uuid, at=now())
    assert tell(kees).stage == Stage.WAITING
    assert not jobs()


def test_the_choice_for_an_area_goes_before_that_for_all(kees, tell, areas):
    contact = actions.contact_for(kees, at=now())
    here = areas["BU03440241"]
    actions.choose_rhythm(contact, area=None, kind=Kind.WISH, rhythm=Rhythm.NEVER, by=kees.uuid, at=now())
    actions.choose_rhythm(contact, area=here, kind=Kind.WISH, rhythm=Rhythm.WEEKLY, by=kees.uuid, at=now())
    assert tell(kees, area=here).rhythm == Rhythm.WEEKLY
    assert tell(kees, area=areas["BU03440242"]).stage == Stage.KEPT
    assert tell(kees, kind=Kind.MONEY).rhythm == Rhythm.AT_ONCE


def test_a_message_speaks_the_language_of_who_hears_it(kees, tell):
    contact = actions.contact_for(kees, at=now())
    actions.choose(contact, way=Way.EMAIL, language="en", by=kees.uuid, at=now())
    tell(kees, subject=gettext_lazy("Wishes of residents"))
    mail = Mail.objects.get()
    assert mail.subject == "Wishes of residents"
    assert "https://buurt.example.nl/en/wensen/ZO-42/" in mail.text
    assert '<html lang="en">' in mail.html


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_link_to_elsewhere_is_told_to_nobody(kees, tell, link):
    with pytest.raises(ValueError, match="no path of this site"):
        tell(kees, link=link)
    assert not Message.objects.exists()


def test_what_is_rolled_back_was_never_told(kees, tell, jobs):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(kees)
        assert jobs()
        1 / 0  # noqa: B018
    assert not jobs()
    assert not Mail.objects.exists()


def test_a_mail_to_somebody_without_account_cannot_be_kept():
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(name="Iemand", way=Way.EMAIL, created_at=now())


def test_a_message_to_nobody_waits_for_nothing():
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(kind=Kind.WISH, subject="x", way=Way.EMAIL, made_at=now())


def test_another_way_takes_along_what_waits(emine, kees, tell):
    contact = actions.contact_for(kees, at=now())
    actions.choose(contact, way=Way.CALL, phone="030 2860000", language="nl", by=kees.uuid, at=now())
    tell(kees)
    actions.choose(contact, way=Way.EMAIL, language="nl", by=kees.uuid, at=now())
    assert not PhoneNumber.objects.filter(contact=contact).exists()
    assert actions.send_digests(Rhythm.DAILY, at=now()) == 1
    assert Message.objects.filter(contact=contact).get().mail == Mail.objects.get()


def test_email_without_a_confirmed_address_is_refused(emine):
    with pytest.raises(actions.choices.NoConfirmedEmail):
        actions.choose(emine, way=Way.EMAIL, language="nl", by=None, at=now())
    emine.refresh_from_db()
    assert emine.way == Way.CALL


def test_a_wrong_phone_number_leaves_nothing_half_done():
    with pytest.raises(ValueError, match="112"):
        actions.add_contact(name="Iemand", way=Way.CALL, phone="112", by=None, at=now())
    assert not Contact.objects.exists()


def test_the_record_of_a_choice_holds_nothing_personal(emine, kees):
    actions.choose(emine, way=Way.CALL, phone="030 2860000", language="nl", by=kees.uuid, at=now())
    told = " ".join(str(event) + str(event.payload) for event in Event.objects.all())
    assert "Aydin" not in told
    assert "2860000" not in told


# --- mails that collect ------------------------------------------------------------------------------


def test_a_collected_mail_holds_all_that_waited_once(kees, tell):
    contact = actions.contact_for(kees, at=now())
    actions.choose_rhythm(contact, area=None, kind=Kind.WISH, rhythm=Rhythm.DAILY, by=kees.uuid, at=now())
    tell(kees)
    tell(kees, subject="Uw wens over een boom is gekozen", link="/wensen/ZO-43/", thing="wish:43")
    assert actions.send_digests(Rhythm.WEEKLY, at=now()) == 0
    assert actions.send_digests(Rhythm.DAILY, at=now()) == 1
    assert actions.send_digests(Rhythm.DAILY, at=now()) == 0
    mail = Mail.objects.get()
    assert "https://buurt.example.nl/wensen/ZO-42/" in mail.text
    assert "Uw wens over een boom is gekozen" in mail.text
    assert mail.messages.count() == 2


def test_who_stops_in_between_gets_no_collected_mail(kees, tell):
    contact = actions.contact_for(kees, at=now())
    actions.choose_rhythm(contact, area=None, kind=Kind.WISH, rhythm=Rhythm.DAILY, by=kees.uuid, at=now())
    tell(kees)
    actions.stop(contact, kind=Kind.WISH, area_code="", everything=False, at=now())
    assert actions.send_digests(Rhythm.DAILY, at=now()) == 0
    assert Message.objects.get().stage == Stage.KEPT


@pytest.mark.parametrize(("moment", "morning"), [("2026-07-06T05:00+00:00", True), ("2026-07-06T06:00+00:00", False),
                                                 ("2026-12-07T05:00+00:00", False), ("2026-12-07T06:00+00:00", True)])  # fmt: skip
def test_seven_o_clock_is_that_of_amsterdam_in_summer_and_in_winter(moment, morning):
    stamp = int(timezone.datetime.fromisoformat(moment).timestamp())
    assert tasks.is_morning(stamp) is morning
    assert tasks.is_monday(stamp)


def test_a_collected_mail_needs_an_address_that_is_still_confirmed(kees, tell):
    contact = actions.contact_for(kees, at=now())
    actions.choose_rhythm(contact, area=None, kind=Kind.WISH, rhythm=Rhythm.DAILY, by=kees.uuid, at=now())
    tell(kees)
    type(kees).objects.update(confirmed_at=None)
    assert actions.send_digests(Rhythm.DAILY, at=now()) == 0
    assert Message.objects.get().stage == Stage.KEPT


def test_a_sentence_for_the_board_keeps_no_link_to_elsewhere(areas):
    with pytest.raises(ValueError, match="no path of this site"):
        actions.announce(areas["GM0344"], kind=Kind.DONE, board="x", link="https://evil.example", by=None, at=now())
