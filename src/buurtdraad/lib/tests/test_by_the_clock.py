import pytest

from buurtdraad.lib.by_the_clock import each
from buurtdraad.lib.refusal import Refused


def raises(problem):
    def deed():
        raise problem

    return deed


def test_what_is_refused_or_was_done_already_is_not_counted():
    assert each([lambda: None, raises(Refused("not yet")), lambda: False, lambda: 3]) == 2


def test_one_that_fails_stops_no_other_and_is_told_at_the_end():
    done = []
    with pytest.raises(ExceptionGroup, match="1 failed, 1 were done") as told:
        each([raises(ValueError("broken row")), lambda: done.append("next")])
    assert done == ["next"]
    assert [str(one) for one in told.value.exceptions] == ["broken row"]
