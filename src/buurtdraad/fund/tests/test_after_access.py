"""Who may do what after a decision, by role and step."""

# ruff: noqa: PLR0917 (a test takes what it needs)
import pytest

from buurtdraad.fund import access
from buurtdraad.fund.models import Application
from buurtdraad.fund.states import Stage

pytestmark = pytest.mark.django_db
WITHDRAWN_BY_WHO_ASKED = {
    Stage.SUBMITTED, Stage.CHECKING, Stage.WAITING, Stage.ASSESSING, Stage.VIEW, Stage.PROPOSED, Stage.GRANTED, Stage.PARTLY,
}  # fmt: skip
SETTLED_BY_WHO_DECIDES = {
    Stage.GRANTED, Stage.PARTLY, Stage.REPORT_DUE, Stage.REPORTED, Stage.DETERMINED, Stage.CLOSED,
}  # fmt: skip


@pytest.mark.parametrize("stage", list(Stage))
def test_the_table_of_role_and_step(make_application, declared, kees, samira, priya, bas, ria, stage):
    application = make_application(stage=Stage.ASSESSING)
    declared(application, priya, bas)
    Application.objects.filter(pk=application.pk).update(stage=stage)
    application.refresh_from_db()
    people = {"kees": kees, "samira": samira, "priya": priya, "bas": bas, "ria": ria}
    for name, person in people.items():
        assert access.may_withdraw(person, application) == (name == "kees" and stage in WITHDRAWN_BY_WHO_ASKED), name
        assert access.may_settle(person, application) == (name == "bas" and stage in SETTLED_BY_WHO_DECIDES), name
        assert access.may_see_to(person, application) == (name in {"priya", "bas"}), name
        assert access.may_drop(person, application) == (name == "bas"), name
