"""Who sees, writes and handles an application."""

import pytest
from django.contrib.auth.models import AnonymousUser

from buurtdraad.fund import access
from buurtdraad.fund.models import InterestDeclaration
from buurtdraad.fund.states import Interest, Stage


@pytest.fixture
def cast(kees, joris, samira, priya, bas, ria):  # noqa: PLR0917 (the whole cast)
    return kees, AnonymousUser(), joris, samira, priya, bas, ria


@pytest.mark.parametrize("stage", Stage.values)
def test_who_sees_writes_and_handles_an_application(make_application, declared, cast, stage):
    made = make_application(stage=stage)
    people = cast
    _kees, _nobody, joris, _samira, priya, _bas, _ria = people
    sent = stage != Stage.DRAFT
    sees = [access.visible_applications(person).filter(pk=made.pk).exists() for person in people]
    assert sees == [True, False, sent, False, sent, sent, False]
    assert [access.may_write(person, made) for person in people] == [not sent, False, not sent, False, not sent, False, False]
    assert not any(access.may_handle(person, made) for person in people)
    declared(made, priya, joris)
    assert [access.may_handle(person, made) for person in people] == [False, False, False, False, True, False, False]


def test_who_asks_or_has_an_interest_never_handles_it(make_application, declared, priya, bas):
    made = make_application(of=priya)
    declared(made, priya, bas)
    assert not access.may_handle(priya, made)
    assert access.may_handle(bas, made)
    InterestDeclaration.objects.filter(person=bas.uuid).update(says=Interest.YES)
    assert not access.may_handle(bas, made)
    assert not access.may_see_file(bas, made)
