"""What in a text may be about a person, in plain Python: such a text always waits until somebody has read it.

It errs on the careful side. A wrong "yes" costs an hour; a name on the site costs a neighbour.
"""

import re
from collections.abc import Iterator

EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
PHONE = re.compile(r"(?<![\w-])(?:\+|00)?\d(?:[ ().-]{0,2}\d){7,14}(?![\w-])")
ACCOUNT = re.compile(r"\bNL\s?\d\d\s?[A-Z]{4}(?:\s?\d){10}\b", re.IGNORECASE)
POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b(?!-)")
STREETS = "straat|str|laan|weg|plein|hof|pad|dreef|kade|gracht|singel|plantsoen|baan|dijk|steeg|erf|veld|wal|brink|ring|oord|donk|hoek|park"
HOUSE = re.compile(
    rf"\b[^\W\d_][\w'-]*(?:{STREETS})\.?,?\s+\d{{1,4}}\s?[a-z]?\b|\b(?:huis)?(?:nummer|nr)\.?\s*\d{{1,4}}\b|\bop \d{{1,4}} woont\b",
    re.IGNORECASE,
)
# The Dutch series of number plates; two letters or figures at a time, or three and one.
PLATES = (
    "LL-DD-DD DD-DD-LL DD-LL-DD LL-DD-LL LL-LL-DD DD-LL-LL DD-LLL-D D-LLL-DD LL-DDD-L L-DDD-LL LLL-DD-L L-DD-LLL D-LL-DDD DDD-LL-D".split()  # noqa: SIM905
)
PLATE = re.compile(
    r"(?<![\w-])(?:" + "|".join(re.sub(r"-", "[- ]?", p).replace("L", "[A-Z]").replace("D", r"\d") for p in PLATES) + r")(?![\w-])"
)
TITLES = r"meneer|mevrouw|mevr|mvr|mw|dhr|de heer|heer|juf|meester|dokter|dr|oom|tante|familie|fam|mr|mrs|ms"
NAME = re.compile(rf"\b(?i:{TITLES})\b\.?\s+(?:(?:van|de|der|den|el|al|ten|ter)\s+){{0,2}}[A-Z][\w'-]+")
CALLED = re.compile(r"\b(?i:heet|heten|genaamd|naam is|ik ben|groeten?,?|groetjes,?|mvg,?|namens)\s+(?:van\s+)?[A-Z][\w'-]+")
# A first name and a family name in the middle of a sentence; a name of a place has another word before it or behind it.
PAIR = re.compile(r"(?<![.!?\n] )(?<!^)\b([A-Z][a-zà-ÿ'-]+)\s+((?:(?:van|de|der|den|el|al|ten|ter)\s+){0,2}[A-Z][a-zà-ÿ'-]+)")
PLACE_BEFORE = {"de", "het", "aan", "naar", "bij", "in", "op", "langs", "van", "tot", "achter", "voor", "tegenover", "rond", "park"}
FIRST_NAMES = frozenset(
    """
    ahmed aisha ali amina anna anne annie bart bas bert bianca bilal bram carla cees chantal daan daniel daphne david demi dennis
    diana dirk eline elif els emine emma erik esther eva fatih fatima fatma femke frank fred gerard gert greet hamza hanna hans
    hassan henk henny ibrahim ilse ineke ingrid iris jan jannie jasper jeroen joep johan jolanda joost joris julia karim karin
    kees kevin khadija kim klaas koen lars laura leila lieke linda lisa lotte luuk maaike maria marieke marijke mark marloes
    martijn mehmet menno merel miriam mohamed mohammed monique murat mustafa naima nico niels nina noor nora omar patrick paul
    peter petra piet pieter priya rachid ria richard rob robin roel rosa ruud said samira sander sandra sanne sara saskia selma
    silvia simone sjaak sofie stefan stijn suzanne sven thea theo thijs thomas tim tom truus wendy willem wilma wouter yasmina
    youssef yvonne zeynep
    """.split()  # noqa: SIM905 (a list of names is read more easily so)
)
PERSONS = (
    r"buurman|buurvrouw|buurjongen|buurmeisje|bovenbuur\w*|onderbuur\w*|overbuur\w*|(?:mijn|onze|naaste) bur(?:en|inn?en)|huisbaas",
    r"die (?:man|vrouw|jongen|meid|familie|bewoner)|bepaalde (?:man|vrouw|familie|bewoner)",
    r"mijn (?:ex|man|vrouw|zoon|dochter|kind|moeder|vader|broer|zus)",
    r"dealer\w*|zwerver\w*|junk\w*|verslaafde|alcoholist\w*|pedofiel\w*|buitenlander\w*|hoer\w*",
)
PERSON = re.compile(rf"\b(?:{'|'.join(PERSONS)})\b", re.IGNORECASE)


def personal(text: str) -> set[str]:
    """Why a text has to be read first: "phone", "email", "account", "house", "plate", "name" or "person"; empty for none of these."""
    return {why for _start, _end, why in found_in(text)}


def pieces(text: str) -> list[tuple[str, str]]:
    """A text in pieces, each with why it may be about a person (empty: it is not), to mark them for who reads it."""
    made: list[tuple[str, str]] = []
    done = 0
    for start, end, why in sorted(found_in(text)):
        if end > done:
            made += [(text[done:start], ""), (text[max(start, done) : end], why)]
            done = end
    return [piece for piece in [*made, (text[done:], "")] if piece[0]]


def found_in(text: str) -> Iterator[tuple[int, int, str]]:
    """All that may be about a person: from where to where, and why."""
    text = text[:20_000]
    for why, pattern in PATTERNS:
        yield from ((match.start(), match.end(), why) for match in pattern.finditer(text))
    if re.search(r"\bkenteken\b", text, re.IGNORECASE):
        yield from ((match.start(), match.end(), "plate") for match in PLATE.finditer(capitals(text)))
    yield from ((start, end, "name") for start, end in [*first_names(text), *family_names(text)])


def capitals(text: str) -> str:
    """In capitals, letter for letter, so that what is found lies at the same place."""
    return "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)


def first_names(text: str) -> Iterator[tuple[int, int]]:
    """Well-known first names with a capital, that no article makes a place."""
    before = ""
    for match in re.finditer(r"[\w'-]+", text):
        word = match.group()
        if word[:1].isupper() and word.lower() in FIRST_NAMES and before not in {"de", "het"}:
            yield match.span()
        before = word.lower()


def family_names(text: str) -> Iterator[tuple[int, int]]:
    """Two words with capitals in the middle of a sentence, unless the word before says that it is a place."""
    for match in PAIR.finditer(text):
        if (text[max(0, match.start() - 50) : match.start()].split() or [""])[-1].lower() not in PLACE_BEFORE:
            yield match.span()


PATTERNS = (
    ("email", EMAIL),
    ("account", ACCOUNT),
    ("phone", PHONE),
    ("house", HOUSE),
    ("house", POSTCODE),
    ("plate", PLATE),
    ("name", NAME),
    ("name", CALLED),
    ("person", PERSON),
)
# What never goes on the site, whoever puts it there.
NEVER_ON_SITE = frozenset({"phone", "email", "plate", "account"})
