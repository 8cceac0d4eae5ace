"""What the room `agendas` forgets, and when: the day before it stays, the day after it goes, and numbers and a yes stay."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.accounts.models import Person
from buurtdraad.agendas.agenda.models import Agreement, AgreementStep, Joiner, Owner
from buurtdraad.agendas.agenda.states import Stage as Agreed
from buurtdraad.agendas.comments.models import Comment
from buurtdraad.agendas.meetings.models import Meeting, SignUp
from buurtdraad.agendas.ways_in.models import SpokenNote
from buurtdraad.lib.uploads import keeping
from buurtdraad.messages.actions import add_contact, give_slip, tell
from buurtdraad.messages.models import Contact, Message, PhoneNumber
from buurtdraad.messages.states import Kind, Way
from buurtdraad.pages.destruction.kinds import BY_KIND
from buurtdraad.pages.tests.one_person import NAME, whole_life
from buurtdraad.partners.models import Confirmation

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ENDED = datetime.datetime(2025, 3, 10, 12, tzinfo=datetime.UTC)
A_YEAR, A_QUARTER = datetime.date(2026, 3, 10), datetime.date(2025, 6, 10)


@pytest.fixture(autouse=True)
def fatma(settings, tmp_path):
    settings.BUURTDRAAD_HOME = tmp_path
    return whole_life()


def gone(kind, on):
    """How many of this kind go on this day; a second time nothing is left to go."""
    kept = BY_KIND[kind]
    due = kept.due(on)
    ids, words = [one.pk for one in due], [kept.words(one) for one in due]
    assert not [said for said in words if NAME in said or "Fatma" in said]
    assert all(getattr(one, kept.since) == ENDED for one in due)
    number = kept.destroy(ids, on=on)
    assert not kept.due(on).exists()
    return number


def on_the_last_day_it_stays_and_then_it_goes(kind, last):
    return [gone(kind, last), gone(kind, last + DAY)] == [0, 1]


def test_who_came_to_a_meeting_is_forgotten_a_year_after_it():
    Meeting.objects.update(starts_at=ENDED - DAY / 24, ends_at=ENDED)
    assert on_the_last_day_it_stays_and_then_it_goes("sign-up", A_YEAR)
    left = SignUp.objects.get()
    assert (left.name, left.needs, left.contact, left.people) == ("", "", None, 3)


def test_who_wanted_to_join_in_goes_a_year_after_the_answer():
    assert not BY_KIND["joiner"].due(timezone.localdate() + 4000 * DAY).exists(), "nobody goes unanswered"
    Joiner.objects.update(answered_at=ENDED)
    assert on_the_last_day_it_stays_and_then_it_goes("joiner", A_YEAR)
    assert not Joiner.objects.exists()


def test_a_recording_that_nobody_wrote_down_goes_after_three_months_with_its_sound(django_capture_on_commit_callbacks):
    SpokenNote.objects.update(made_at=ENDED)
    folder = keeping.place(SpokenNote.objects.get().key)
    folder.mkdir(parents=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert on_the_last_day_it_stays_and_then_it_goes("note", A_QUARTER)
    assert not SpokenNote.objects.exists()
    assert not folder.exists()


@pytest.mark.parametrize("stage", [Agreed.DONE, Agreed.STOPPED])
def test_who_said_yes_for_an_owner_is_forgotten_a_year_after_the_end_and_the_yes_stays(stage):
    AgreementStep.objects.update(at=ENDED)
    assert gone("owner", A_YEAR + DAY) == 0, "it still goes on"
    Agreement.objects.update(stage=stage, done_on=ENDED.date(), why="Klaar")
    assert on_the_last_day_it_stays_and_then_it_goes("owner", A_YEAR)
    owner = Owner.objects.get()
    assert (owner.name, owner.said_by, owner.contact) == (NAME, "", None)
    assert owner.accepted_at


@pytest.mark.parametrize("showing", ["hidden", "waiting"])
def test_a_reaction_that_is_not_on_the_site_goes_after_a_year(showing):
    Comment.objects.update(at=ENDED, showing="shown")
    assert gone("comment", A_YEAR + DAY) == 0, "what stands on the site stays with its wish"
    Comment.objects.update(showing=showing)
    assert on_the_last_day_it_stays_and_then_it_goes("comment", A_YEAR)
    assert not Comment.objects.exists()


def test_who_said_something_for_a_partner_is_forgotten_after_a_year_and_what_was_said_stays():
    Confirmation.objects.update(at=ENDED)
    assert on_the_last_day_it_stays_and_then_it_goes("partner said", A_YEAR)
    said = Confirmation.objects.get()
    assert (said.said_by, said.words) == ("", "De grond is vuil")


@pytest.fixture
def neighbour():
    """Mevrouw Aydin without an account, told something once, with a slip."""
    made = add_contact(name="Mevrouw Aydin", way=Way.CALL, phone="0612345678", by=None, at=ENDED - DAY, channel="web")
    give_slip(made, thing="wish:2", by=None, at=ENDED - DAY)
    tell(made, kind=Kind.WISH, subject="Uw wens", body="Hij staat er", link="/", thing="wish:2", by=None, at=ENDED)
    Message.objects.filter(contact=made).update(stage="called", ended_at=ENDED)
    return made


def test_somebody_without_an_account_to_whom_nothing_leads_goes_with_number_and_slip(neighbour):
    assert on_the_last_day_it_stays_and_then_it_goes("contact", A_YEAR)
    assert not Contact.objects.filter(pk=neighbour.pk).exists()
    assert not PhoneNumber.objects.filter(number="0612345678", contact__person=None).exists()
    assert Contact.objects.filter(person__name=NAME).exists(), "who has an account stays"


@pytest.mark.parametrize("model", [SignUp, Joiner, Owner, SpokenNote])
def test_somebody_to_whom_something_leads_stays(neighbour, model):
    model.objects.update(contact=neighbour)
    assert gone("contact", A_YEAR + DAY) == 0


def test_who_waits_for_a_call_stays(neighbour):
    Message.objects.filter(contact=neighbour).update(stage="waiting", ended_at=None)
    assert gone("contact", A_YEAR + DAY) == 0


def test_every_kind_says_in_words_what_it_is_and_since_when():
    assert len({kept.label for kept in BY_KIND.values()}) == len(BY_KIND)
    assert all(str(kept.since_label) for kept in BY_KIND.values())
    assert Person.objects.filter(name=NAME).exists()
