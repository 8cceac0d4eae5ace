"""The lessons and pulses of the demo: made by the actions, the same each time, and enough answers to be shown."""

import pytest

from buurtdraad.agendas.conftest import areas  # noqa: F401
from buurtdraad.messages.tests.conftest import city_with_a_name, samira  # noqa: F401
from buurtdraad.method.conftest import noor  # noqa: F401
from buurtdraad.method.models import Lesson, PulseCode
from buurtdraad.method.queries.pulse import years
from buurtdraad.method.tests.small_method import NOW, TODAY, make_run, make_version
from buurtdraad.running.demo.lessons import make_lessons

pytestmark = pytest.mark.django_db


def test_lessons_and_two_years_of_the_pulse_are_there_and_a_second_time_changes_nothing(areas, samira, noor):  # noqa: F811
    run = make_run(areas["WK034403"], make_version(keys=("signal", "picture", "choose", "do", "learn")))
    make_run(areas["zuilen-oost"], run.version, like=run)
    for _time in range(2):
        make_lessons(noor, samira, at=NOW)
        assert Lesson.objects.count() == 5
        assert [year.everybody.shown for year in years(on=TODAY)] == [True, True]
    assert [(year.results["staff"].answers, year.results["partners"].answers) for year in years(on=TODAY)] == [(18, 12), (24, 15)]
    assert not PulseCode.objects.exists()
    assert Lesson.objects.filter(stage="not_taken").count() == 1
