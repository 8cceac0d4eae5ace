"""Who lost their phone and recovery codes is helped by somebody else, never by themselves."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import CommandError, call_command

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Session
from buurtdraad.accounts.signing_in.queries import factors_of
from buurtdraad.accounts.tests.city import administrator, holds, make_city, sign_in, someone
from buurtdraad.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def joris():
    person = someone("Joris Bakker", email="joris@example.nl")
    holds(person, Duty.AREA_ADVISER, make_city()["WK034402"])
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return person


@pytest.fixture
def ria():
    return administrator(email="ria@example.nl")


def address(person):
    return f"/werk/taken/{person.uuid}/tweede-stap/"


def test_an_administrator_takes_it_away_with_a_reason_and_the_person_is_signed_out(client, joris, ria):
    sign_in(client, joris)
    office = sign_in(type(client)(), ria)
    assert address(joris) in office.get(f"/werk/taken/{joris.uuid}/").text
    assert office.post(address(joris), {"why": ""}).status_code == 422
    assert factors_of(joris)
    office.post(address(joris), {"why": "Hij stond aan de balie met zijn pas."})
    assert not factors_of(joris)
    assert not Session.objects.filter(person=joris).exists()
    assert Event.objects.get(verb="second_step.forgotten").actor == ria.uuid
    assert address(joris) not in office.get(f"/werk/taken/{joris.uuid}/").text
    assert office.post(address(joris), {"why": "Nog een keer."}).status_code == 422


def test_nobody_does_it_for_themselves(client, ria):
    TOTP.activate(ria, generate_totp_secret())
    assert sign_in(client, ria).post(address(ria), {"why": "Ik ben het echt."}).status_code == 403
    assert factors_of(ria)


def test_the_command_helps_the_only_administrator(joris, capsys):
    call_command("forget_second_step", "JORIS@example.nl")
    assert not factors_of(joris)
    assert "joris@example.nl" in capsys.readouterr().out
    for email in ("joris@example.nl", "nobody@example.nl"):
        with pytest.raises(CommandError):
            call_command("forget_second_step", email)
