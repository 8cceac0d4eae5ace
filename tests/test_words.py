"""Dutch that everybody can read (level B1), and easy Dutch (A2), in the catalogues of all rooms."""

import re

import pytest
from babel.messages.pofile import read_po

from tests.reading import PACKAGE
from tests.words import BETTER, length, official_words, sentences

CATALOGUES = sorted(PACKAGE.glob("*/locale/nl*/LC_MESSAGES/django.po"))
MOST_WORDS = 20
MOST_WORDS_ON_AVERAGE = 12
each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(PACKAGE).as_posix())


def texts(path):
    """Every translation in a catalogue, each plural form apart."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    forms = [message.string if isinstance(message.string, tuple) else (message.string,) for message in catalogue if message.id]
    return [text for form in forms for text in form if text]


@each_catalogue
def test_the_catalogue_says_how_its_plurals_go(path):
    assert '"Plural-Forms: nplurals=2; plural=' in path.read_text(), "makemessages does not know nl_X-simpel: copy this line from nl"


@each_catalogue
def test_no_sentence_is_too_long(path):
    long = [f"{length(one)} words: {one}" for text in texts(path) for one in sentences(text) if length(one) > MOST_WORDS]
    assert not long, f"at most {MOST_WORDS} words a sentence"


@each_catalogue
def test_sentences_are_short_on_average(path):
    # Buttons and labels would make the average look better than it reads.
    lengths = [length(one) for text in texts(path) for one in sentences(text) if one.endswith((".", "?", "!"))]
    assert not lengths or sum(lengths) / len(lengths) <= MOST_WORDS_ON_AVERAGE


@each_catalogue
def test_no_word_of_an_office_where_people_say_it_otherwise(path):
    found = [f"{word!r}: say {better!r} in: {text}" for text in texts(path) for word, better in official_words(text)]
    assert not found


def test_the_lists_are_long_enough_to_be_of_use():
    assert len(BETTER) >= 60


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U dient te participeren middels dit formulier.", {"dient te", "participeren", "middels"}),
        ("Wij vragen uw reactie (zienswijze).", set()),
        ("Wij geven een Zienswijze.", {"Zienswijze"}),
        ("Wij beschikken over eerdere onderdelen.", set()),
        ("Ook &lt;strong&gt;inzake&lt;/strong&gt; geld", {"inzake"}),
        ("Het <strong>draagvlak</strong>", {"draagvlak"}),
        ("Voeg er een toe. Dat duurt meer dan een dag.", {"Voeg er een", "meer dan een dag"}),
        ("Voeg er één toe. Dat duurt meer dan één dag.", set()),
    ],
)
def test_official_words_are_found(text, words):
    assert {word for word, _ in official_words(text)} == words


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("Wat speelt er in uw buurt?", [6]),
        ("Hier wonen 1.880 mensen. Dat is veel.", [4, 3]),
        ("Zamenhofdreef e.o. heeft %(number)s huizen.", [5]),
        ("Hier is het stil. %(name)s woont hier.", [4, 3]),
        ("<li>Bel ons</li><li>of kom langs</li>", [2, 3]),
        ("Kies op de kaart", [4]),
    ],
)
def test_sentences_are_counted(text, lengths):
    assert [length(one) for one in sentences(text)] == lengths


def recorded_verbs():
    """Every verb that an action writes into the record: `duty.given`."""
    verb = re.compile(r'"([a-z_]+\.[a-z_]+)"')
    jobs_and_pages = re.compile(r"messages\.|accounts\.")
    written = [path for path in PACKAGE.rglob("*.py") if "record(" in (text := path.read_text()) or "VERBS" in text]
    ours = [path for path in written if not {"tests", "audit", "migrations"} & set(path.relative_to(PACKAGE).parts)]
    actions = [path for path in ours if "actions" in path.as_posix() or path.name in {"states.py", "events.py"}]
    return sorted({one for path in actions for one in verb.findall(path.read_text()) if not jobs_and_pages.match(one)})


def test_every_deed_on_record_has_words():
    known = {message.id for path in CATALOGUES if "simpel" not in path.as_posix() for message in read_catalogue(path) if message.string}
    assert len(recorded_verbs()) > 30
    assert not [verb for verb in recorded_verbs() if verb not in known], "mark it in the room's events.py, and translate it"


def read_catalogue(path):
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]
