"""What in a text may be about a person: found in the ways people write it, and not in ordinary wishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtdraad.agendas.personal import personal

PERSONAL = [
    ("Bel mij op 06 12345678", "phone"),
    ("Bel 030-2861234 na zes uur", "phone"),
    ("+31 6 1234 5678", "phone"),
    ("mijn nummer is 0612345678.", "phone"),
    ("Mail naar kees.vermeer@example.nl graag", "email"),
    ("Mijn rekening is NL91 ABNA 0417 1643 00", "account"),
    ("Bij Wilgenlaan 12 ligt altijd vuil", "house"),
    ("op de Amsterdamsestraatweg 314a is het donker", "house"),
    ("huisnummer 7 zet de muziek hard", "house"),
    ("Ik woon op 3555 AB", "house"),
    ("De auto met kenteken AB-123-C staat altijd fout", "plate"),
    ("12-ABC-3 rijdt te hard", "plate"),
    ("De bus XX99YY staat er weer", "plate"),
    ("kenteken ab-12-cd", "plate"),
    ("Meneer De Vries helpt niet", "name"),
    ("mevrouw van der Berg wil een bank", "name"),
    ("Groeten, Fatima", "name"),
    ("Ik ben Kees en ik wil een boom", "name"),
    ("Gisteren zei Jan dat het mag", "name"),
    ("Dat heeft Sjef Pietersen gedaan", "name"),
    ("Mijn buurman gooit vuil neer", "person"),
    ("Die man staat daar elke dag", "person"),
    ("Op het plein staan dealers", "person"),
]
ORDINARY = [
    "Op de Wilgenhof is geen schaduw en geen bank. Ouderen kunnen er niet zitten.",
    "Meer bomen in de straat",
    "Graag een zebrapad bij de Albert Heijn",
    "Auto's rijden hier 50 in plaats van 30",
    "In 2025 is de speeltuin weggehaald",
    "Er zijn 12 bomen gekapt, dat zijn er 12 te veel!",
    "Kan het licht om 23.00 uur uit?",
    "De prullenbak op het Queeckhovenplein is altijd vol",
    "Ik wil dit ook, zie ZO-42",
    "Een bankje voor ouderen bij het Julianapark",
    "Bus 3 rijdt niet meer door de wijk",
    "Wij willen samen eten met de buurt, op 12 december",
    "Kunnen de 100 jongeren van de buurt een plek krijgen?",
]


@pytest.mark.parametrize(("text", "why"), PERSONAL)
def test_what_is_personal_is_found(text, why):
    assert why in personal(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_wish_is_left_alone(text):
    assert personal(text) == set()


@given(st.text(max_size=500))
def test_no_text_makes_it_stumble(text):
    assert personal(text) <= {"phone", "email", "account", "house", "plate", "name", "person"}


@given(st.sampled_from(PERSONAL), st.text(alphabet=" \n.,!?😀", max_size=20), st.text(alphabet=" \n.,!?😀", max_size=20))
def test_what_stands_around_it_hides_nothing(case, before, after):
    text, why = case
    assert why in personal(f"{before} {text} {after}")


def test_a_very_long_text_is_looked_at_quickly_and_only_in_part():
    assert personal("a" * 100_000) == set()
    assert personal("1 " * 50_000) == {"phone"}
