"""Open data holds the columns that are listed here, and nothing of any person, whatever people wrote."""

import re

import pytest

from buurtdraad.accounts.models import Person
from buurtdraad.messages.models import Contact
from buurtdraad.pages.opening.datasets import BY_KEY
from buurtdraad.pages.opening.tests.conftest import HIDDEN

# A column more is a choice: whoever adds one says here that it can be of no person.
COLUMNS = {
    "gebieden": "code url year name kind parent municipality hectares longitude latitude schematic source",
    "cijfers": "area area_name indicator url name year value missing unit source source_table licence",
    "wensen": "reference url area area_name kind theme text stage why given_on answer_by answered_on joined_to longitude latitude",
    "bijeenkomsten": (
        "id url area area_name kind title text starts_at ends_at place address offers languages capacity stage why people wishes"
        " longitude latitude"
    ),
    "onderwerpen": (
        "id url area area_name agenda agenda_stage agenda_from number title text challenge method votes votes_total people chosen_on wishes"
    ),
    "afspraken": "id url topic area area_name number what stage why next_step start_on due_on done_on result amount organisations",
    "initiatieven": (
        "slug url title summary area area_name place theme stage why from_on until_on done_on result wishes topics agreements"
        " longitude latitude"
    ),
    "partners": "id name kind website areas from_on until_on",
    "werken": "id url title kind department areas where from_on until_on stage why done_on residents_part result",
    "regelingen": (
        "scheme url name municipality ours from_on until_on most least most_a_year weeks extension_weeks rounds_above from_age decides"
        " source source_url"
    ),
    "besluiten": "known_on year scheme area area_name theme activity organisation initiative asked granted determined source taken_back",
    "budgetten": "id name year area area_name source organisation theme amount promised paid",
    "rondes": (
        "slug url name area area_name year stage why amount ballot vote_age propose_from propose_until vote_from vote_until result_url"
    ),
    "budgetplannen": "round number url title summary area area_name place theme cost stage why got longitude latitude",
    "voortgang": "slug url title from_on until_on geography published_at digest json_url codebook_url",
}
REACHED = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\b06[ -]?\d{8}\b|\+31|\b0\d{1,3}[ -]\d{6,7}\b|\b0\d{9}\b")
EMPTY_HERE = {"cijfers", "voortgang"}


def test_the_columns_are_those_that_are_allowed():
    assert {key: dataset.names for key, dataset in BY_KEY.items()} == {key: names.split() for key, names in COLUMNS.items()}


@pytest.mark.parametrize("key", BY_KEY)
def test_no_value_is_of_a_person_or_of_what_is_not_public(city, key):
    names = {*Person.objects.values_list("name", flat=True), *Contact.objects.values_list("name", flat=True)}
    names |= {"Kees", "Vermeer", "Aydin", "Emine", "Idrissi", "Fatima", "Tom van Dijk", "Wilgenhof 12"}
    rows = list(BY_KEY[key].rows())
    assert rows or key in EMPTY_HERE
    told = "\n".join(str(value) for row in rows for value in row if value is not None)
    # What was taken out of texts took the name of an e-mail address along.
    assert not {name for name in names if name and name in told}
    assert not REACHED.search(told)
    assert HIDDEN not in told
    assert HIDDEN.lower() not in told
