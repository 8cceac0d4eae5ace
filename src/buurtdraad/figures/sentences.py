"""Figures in sentences that anyone can read, in the language of now. They never say why a figure is what it is."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext_lazy

from buurtdraad.figures.models import Import, Indicator
from buurtdraad.figures.rules import Outlier, Sentence, Trend, Word
from buurtdraad.ui.numbers import as_text

# A number inside a sentence may be "about 1,880"; the sentence starts with a capital all the same.
FIGURES: Mapping[str, Any] = {
    "inwoners": ngettext_lazy("%(number)s person lives here.", "%(number)s people live here.", "count"),
    "huishoudens": ngettext_lazy("%(number)s household lives here.", "%(number)s households live here.", "count"),
    "woningen": ngettext_lazy("There is %(number)s home here.", "There are %(number)s homes here.", "count"),
    "huurwoningen": ngettext_lazy("%(number)s of every 100 homes is rented.", "%(number)s of every 100 homes are rented.", "count"),
    "corporatiewoningen": ngettext_lazy(
        "%(number)s of every 100 homes belongs to a housing association.",
        "%(number)s of every 100 homes belong to a housing association.",
        "count",
    ),
    "andere-huurwoningen": ngettext_lazy(
        "%(number)s of every 100 homes is rented from another landlord.",
        "%(number)s of every 100 homes are rented from other landlords.",
        "count",
    ),
    "koopwoningen": ngettext_lazy(
        "%(number)s of every 100 homes is owned by who lives there.", "%(number)s of every 100 homes are owned by who lives there.", "count"
    ),
    "leegstand": ngettext_lazy("Nobody lives in %(number)s of every 100 homes.", "Nobody lives in %(number)s of every 100 homes.", "count"),
    "woz": gettext_lazy("A home is worth %(number)s euros on average."),
    "leeftijd-0-14": ngettext_lazy("%(number)s child aged 0 to 14 lives here.", "%(number)s children aged 0 to 14 live here.", "count"),
    "leeftijd-15-24": ngettext_lazy(
        "%(number)s young person aged 15 to 24 lives here.", "%(number)s young people aged 15 to 24 live here.", "count"
    ),
    "leeftijd-25-44": ngettext_lazy("%(number)s person aged 25 to 44 lives here.", "%(number)s people aged 25 to 44 live here.", "count"),
    "leeftijd-45-64": ngettext_lazy("%(number)s person aged 45 to 64 lives here.", "%(number)s people aged 45 to 64 live here.", "count"),
    "leeftijd-65-plus": ngettext_lazy(
        "%(number)s person aged 65 or over lives here.", "%(number)s people aged 65 or over live here.", "count"
    ),
    "alleenwonend": ngettext_lazy("%(number)s person lives alone.", "%(number)s people live alone.", "count"),
    "met-kinderen": ngettext_lazy("%(number)s household has children.", "%(number)s households have children.", "count"),
    "huishoudgrootte": gettext_lazy("A household has %(number)s people on average."),
    "werk": ngettext_lazy(
        "%(number)s of every 100 people aged 15 to 74 has work.", "%(number)s of every 100 people aged 15 to 74 have work.", "count"
    ),
    "laag-inkomen": ngettext_lazy(
        "%(number)s of every 100 households has a low income.", "%(number)s of every 100 households have a low income.", "count"
    ),
    "autos-per-huishouden": gettext_lazy("A household has %(number)s cars on average."),
    "afstand-supermarkt": gettext_lazy("A large supermarket is %(number)s kilometres away on average."),
    "afstand-huisarts": gettext_lazy("A doctor is %(number)s kilometres away on average."),
    "afstand-kinderopvang": gettext_lazy("A day nursery is %(number)s kilometres away on average."),
    "afstand-school": gettext_lazy("A primary school is %(number)s kilometres away on average."),
    "oppervlakte": gettext_lazy("This area is %(number)s hectares large."),
    "bevolkingsdichtheid": gettext_lazy("%(number)s people live on one square kilometre."),
}
NONE = {
    "inwoners": gettext_lazy("Nobody or almost nobody lives here."),
    "huishoudens": gettext_lazy("No household or almost none lives here."),
    "woningen": gettext_lazy("There are no homes here."),
}
URBAN = {
    1: gettext_lazy("It is very urban here."),
    2: gettext_lazy("It is urban here."),
    3: gettext_lazy("It is partly urban here."),
    4: gettext_lazy("It is hardly urban here."),
    5: gettext_lazy("It is not urban here."),
}
MISSING = {
    "secret": gettext_lazy("No figure: too few people live here, or it is not known."),
    "not_yet": gettext_lazy("This figure follows later."),
    "not_applicable": gettext_lazy("This figure does not apply here."),
}
TRENDS = {
    Word.BETTER: gettext_lazy("Going the right way since %(year)s."),
    Word.WORSE: gettext_lazy("Becoming less good since %(year)s."),
    Word.SAME: gettext_lazy("About the same since %(year)s."),
}
COUNT_TRENDS = {
    Word.MORE: gettext_lazy("More than in %(year)s (then %(number)s)."),
    Word.LESS: gettext_lazy("Fewer than in %(year)s (then %(number)s)."),
}
OTHER_TRENDS = {
    Word.MORE: gettext_lazy("Higher than in %(year)s (then %(number)s)."),
    Word.LESS: gettext_lazy("Lower than in %(year)s (then %(number)s)."),
}
COMPARISONS = {
    Word.MORE: gettext_lazy("Higher than in %(place)s (%(number)s)."),
    Word.LESS: gettext_lazy("Lower than in %(place)s (%(number)s)."),
    Word.SAME: gettext_lazy("About the same as in %(place)s (%(number)s)."),
}
UNITS = {
    "mensen": gettext_lazy("people"),
    "huishoudens": gettext_lazy("households"),
    "woningen": gettext_lazy("homes"),
    "auto's": gettext_lazy("cars"),
    "euro": gettext_lazy("euros"),
    "hectare": gettext_lazy("hectares"),
    "per km²": gettext_lazy("per km²"),
}


def number(value: Decimal, indicator: Indicator) -> str:
    """The bare number in the language of now."""
    return as_text(value, indicator.decimals, get_language() or "nl")


def with_unit(value: Decimal, indicator: Indicator, *, about: bool = False) -> str:
    """The number with its unit: "1.880 mensen", "55%", "0,4 km"; "about 1.880 mensen" where it is not exact."""
    text = number(value, indicator)
    if about:
        text = gettext("about %(number)s") % {"number": text}
    if indicator.unit == "%":
        return f"{text}%"
    return f"{text} {UNITS.get(indicator.unit, indicator.unit)}".strip()


def in_words(sentence: Sentence, indicator: Indicator) -> str:
    """The sentence that `rules.as_sentence` chose. An indicator of the city's own says its name and number."""
    kind, _, code = sentence.which.partition(":")
    if sentence.number is None:
        return str(MISSING[code])
    if kind == "none" and code in NONE:
        return str(NONE[code])
    if code == "stedelijkheid" and int(sentence.number) in URBAN:
        return str(URBAN[int(sentence.number)])
    if code not in FIGURES:
        return f"{indicator.label}: {with_unit(sentence.number, indicator, about=sentence.about)}."
    text = number(sentence.number, indicator)
    if sentence.about:
        text = gettext("about %(number)s") % {"number": text}
    return capfirst(FIGURES[code] % {"number": text, "count": 1 if sentence.number == 1 else 2})


def trend_in_words(trend: Trend, indicator: Indicator) -> str:
    """Whether it goes the right way, or is more or less than before, and since when."""
    words = TRENDS | (COUNT_TRENDS if indicator.kind == "count" else OTHER_TRENDS)
    return str(words[trend.word]) % {"year": trend.since, "number": with_unit(trend.before, indicator)}


def comparison_in_words(word: Word, value: Decimal, place: str, indicator: Indicator) -> str:
    """How it is in the district or the city, with that number."""
    return str(COMPARISONS[word]) % {"place": place, "number": with_unit(value, indicator)}


def outlier_in_words(outlier: Outlier, indicator: Indicator, place: str) -> str:
    """The figure here, beside what is usual in the neighbourhoods of the municipality (the median)."""
    return gettext("%(name)s: %(number)s. In %(place)s this is usually about %(typical)s.") % {
        "name": indicator.label,
        "number": with_unit(outlier.value, indicator),
        "place": place,
        "typical": with_unit(outlier.typical, indicator),
    }


def source_in_words(indicator: Indicator, origin: Import | None, year: int) -> str:
    """Who measured it, in which table, for which year, under which licence."""
    source = str(origin) if origin else indicator.source
    licence = (origin.licence if origin else "") or indicator.licence
    return gettext("Source: %(source)s, %(year)s (%(licence)s)") % {"source": source, "year": year, "licence": licence}
