"""With how many somebody may sign up."""

import pytest
from django.core.exceptions import ValidationError

from buurtdraad.agendas.meetings.forms.coming import people_field
from buurtdraad.agendas.meetings.rules import MOST_PEOPLE


def test_who_comes_with_too_many_is_asked_to_call():
    with pytest.raises(ValidationError, match="Bel ons"):
        people_field().clean(MOST_PEOPLE + 1)
