"""Who may do what with which partner: role by deed."""

import pytest

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.tests.city import holds, someone
from buurtdraad.partners.access import looking_duty, may_change, may_end, may_load, where_to_change

pytestmark = pytest.mark.django_db
HERE, THERE = "BU03440101", "BU03440201"
EVERYWHERE, NOWHERE = (True, True, True, True, True, True), (False, False, False, False, False, False)
# In the district of HERE: change one that works here, here and there, there, nowhere; end one that works here, here and there.
ONE_AREA = (True, True, False, False, True, False)
TABLE = {
    Duty.AREA_ADVISER: ONE_AREA,
    Duty.AREA_MANAGER: ONE_AREA,
    Duty.PROGRAMME_MANAGER: EVERYWHERE,
    Duty.ADMINISTRATOR: EVERYWHERE,
}


def answers(person):
    changed = [may_change(person, codes) for codes in ([HERE], [HERE, THERE], [THERE], [])]
    return (*changed, may_end(person, [HERE]), may_end(person, [HERE, THERE]))


@pytest.mark.parametrize("duty", list(Duty))
def test_each_duty_may_what_the_table_says(areas, duty):
    person = someone()
    holds(person, duty, None if duty == Duty.ADMINISTRATOR else areas["WK034401"])
    assert answers(person) == TABLE.get(duty, NOWHERE)
    assert may_load(person) is (TABLE.get(duty) == EVERYWHERE)


def test_a_duty_in_the_whole_city_is_everywhere(areas):
    person = someone()
    holds(person, Duty.AREA_MANAGER)
    assert answers(person) == EVERYWHERE
    assert not may_load(person)


def test_without_a_second_step_nobody_may(areas):
    person = someone()
    holds(person, Duty.ADMINISTRATOR)
    person.without_second_factor = True
    assert answers(person) == NOWHERE
    assert not where_to_change(person).codes


def test_everybody_who_may_look_does_so_from_a_duty(areas):
    handler = someone()
    holds(handler, Duty.FUND_HANDLER)
    assert looking_duty(handler) == "fund_handler"
    assert looking_duty(someone("Niemand")) == ""
