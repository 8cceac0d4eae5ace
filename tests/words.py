"""Plain Dutch: how long a sentence may be, and which words have a better one."""

import re

# Official words, and what people say. A word between brackets passes: a letter may name the legal word once.
BETTER = {
    # from the table of words of the interface
    r"draagvlak": "wat vinden de buren?",
    r"begroting": "wat kost het en wie betaalt?",
    r"eigen bijdrage": "wat doet u zelf?",
    r"verantwoording": "laat zien wat u deed",
    r"vaststelling": "het eindbedrag",
    r"zienswijzen?": "uw reactie voor wij beslissen",
    r"(op)?geschort|opschort(en|ing)": "de tijd staat stil",
    r"terugkoppel(ing|en)": "antwoord",
    r"voortgang": "wat is er gedaan?",
    r"vaste werkwijze": "zo werken wij in uw buurt",
    r"ik steun( dit)?": "dit wil ik ook",
    r"telt uw stem mee": "31 mensen willen dit ook",
    r"zet in (mijn )?agenda": "zet in mijn kalender",
    r"grote zorg": "veel aandacht nodig",
    r"geen actie": "nog geen werk",
    r"de verkeerde kant op": "wordt minder",
    r"geparkeerd": "op de lijst voor later",
    r"loopt uit": "wordt later",
    r"er gaat (nog )?iets (nog )?niet goed": "bijna klaar; kijk nog naar 3 vragen",
    # a number, read as an article
    r"(kies|voeg|open) er (gerust )?een": "er één",
    r"meer dan een (dag|week|maand|uur|keer|persoon|buurt)": "meer dan één",
    # words of offices
    r"aangaande": "over",
    r"abusievelijk": "per ongeluk",
    r"additionele?": "extra",
    r"adequate?": "goed",
    r"alsmede": "en",
    r"alvorens": "voordat",
    r"behoudens": "behalve",
    r"beoog(t|de|den)|beogen": "wil",
    r"betreffende": "over",
    r"bewerkstellig(en|t)": "zorgen voor",
    r"conform": "volgens",
    r"continueren": "doorgaan",
    r"daar waar": "waar",
    r"derhalve": "daarom",
    r"desbetreffende": "deze",
    r"desgewenst": "als u dat wilt",
    r"dient te|dienen te": "moet",
    r"doch": "maar",
    r"echter": "maar",
    r"evaluatie|evalueren": "terugkijken",
    r"facilit(eren|eert|eit|eiten)": "helpen",
    r"geacht(e)?": "beste",
    r"gaarne": "graag",
    r"genoemde": "deze",
    r"geschiedt|geschieden": "gebeurt",
    r"hieromtrent|daaromtrent": "hierover",
    r"implement(eren|eert|atie)": "invoeren",
    r"in het kader van": "voor",
    r"indien": "als",
    r"indienen": "sturen",
    r"ingevolge": "volgens",
    r"initi[eë]ren": "beginnen",
    r"inzake": "over",
    r"jegens": "tegen",
    r"krachtens": "volgens",
    r"met betrekking tot": "over",
    r"met ingang van": "vanaf",
    r"mits": "als",
    r"middels": "met",
    r"monitoren": "volgen",
    r"naar aanleiding van": "door",
    r"nader(e)?": "meer",
    r"omtrent": "over",
    r"ontvangstbevestiging": "bericht dat wij het hebben",
    r"op basis van": "door",
    r"optimaliseren": "beter maken",
    r"participeren|participeert": "meedoen",
    r"participatie": "meedoen",
    r"prioriteren": "kiezen wat eerst komt",
    r"realiser(en|ing)|realisatie": "maken",
    r"reeds": "al",
    r"relevant(e)?": "belangrijk",
    r"stakeholders?": "wie ermee te maken heeft",
    r"te allen tijde": "altijd",
    r"ten aanzien van": "over",
    r"ten behoeve van": "voor",
    r"ten gevolge van": "door",
    r"tenein?de": "om",
    r"tevens": "ook",
    r"thans": "nu",
    r"trachten": "proberen",
    r"uiterlijk op": "niet later dan",
    r"vigerende?": "die nu geldt",
    r"verstrek(ken|t)": "geven",
    r"voornoemde?": "deze",
    r"voorts": "ook",
    r"wederom": "opnieuw",
    r"zulks": "dat",
    r"zorgdragen": "zorgen",
    r"m\.b\.t\.": "over",
    r"i\.v\.m\.": "door",
    r"t\.b\.v\.": "voor",
    r"d\.m\.v\.": "met",
    r"o\.a\.": "bijvoorbeeld",
}
_BETTER = [(re.compile(rf"(?<!\w)(?:{word})(?!\w)", re.IGNORECASE), better) for word, better in BETTER.items()]

# Where one of these ends, a sentence ends.
_BLOCK = re.compile(r"</(p|li|h\d|td|th|dt|dd|summary|label|button)>|<br ?/?>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]+>")
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
_BRACKETS = re.compile(r"\([^()]*\)")
# A full stop inside a number (1.880) or before a small letter (e.o. heeft) ends nothing.
_END = re.compile(r"(?<=[.?!])[\"')]*\s+(?=[\"'(]*[A-Z0-9À-Þ])|\n\s*\n|:\s*\n|;\s+")


def plain(text: str) -> str:
    """Text without markup, each place to fill in as one word."""
    return _MARKUP.sub(" ", _BLOCK.sub("\n\n", _PLACE.sub("Iets", text)))


def sentences(text: str) -> list[str]:
    """The sentences of a text; one without an end (a label, a button) counts too."""
    return [part for part in (" ".join(piece.split()) for piece in _END.split(plain(text)) if piece) if part]


def length(sentence: str) -> int:
    """Number of words."""
    return len([word for word in sentence.split() if re.search(r"\w", word)])


def official_words(text: str) -> list[tuple[str, str]]:
    """Each official word in a text, with the better one."""
    bare = _BRACKETS.sub(" ", plain(text))
    return [(found[0], better) for word, better in _BETTER if (found := word.search(bare))]
