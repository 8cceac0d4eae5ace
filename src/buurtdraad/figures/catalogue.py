"""The key figures of CBS that the product knows, and under which names they stand in each kind of CBS file.

Columns of OData version 3 are known by their stem: `AantalInwoners_5` is `aantalinwoners`. The number behind it
shifts from year to year (GemiddeldeWoningwaarde_35 became GemiddeldeWOZWaardeVanWoningen_39), so it is never read.
Bases follow the thresholds of CBS itself (explanation of "Kerncijfers wijken en buurten"): no share of dwellings below
20 dwellings, no distance or density below 10 inhabitants, no cars per household below 50 households.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from buurtdraad.figures.models import Good, Kind, Theme

STATLINE = "https://opendata.cbs.nl/statline/#/CBS/nl/"


@dataclass(frozen=True)
class Entry:
    """One key figure: what people see, what the rules need, and its names at the source."""

    code: str
    theme: Theme
    kind: Kind
    name: str
    simple: str
    english: str
    unit: str = ""
    decimals: int = 0
    rounded_to: int = 0
    good: Good = Good.NONE
    compared: bool = True
    base: str = ""
    base_least: int = 0
    shown: bool = True
    headline: bool = False
    stems: tuple[str, ...] = ()
    kwb: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    factor: int = field(default=1)
    """What the number of the source is multiplied by: CBS writes the WOZ value in thousands of euros."""


P, H, W, N, S = Theme.PEOPLE, Theme.HOMES, Theme.WORK, Theme.NEARBY, Theme.SPACE
DWELLINGS = {"base": "woningen", "base_least": 20}
INHABITANTS = {"base": "inwoners", "base_least": 10}
PEOPLE = {"theme": P, "kind": Kind.COUNT, "rounded_to": 5, "unit": "mensen"}
HOUSEHOLDS = {"theme": P, "kind": Kind.COUNT, "rounded_to": 5, "unit": "huishoudens"}
SHARE_OF_HOMES = {"theme": H, "kind": Kind.SHARE, "unit": "%", **DWELLINGS}
DISTANCE = {"theme": N, "kind": Kind.DISTANCE, "unit": "km", "decimals": 1, "good": Good.DOWN, **INHABITANTS}
HIDDEN_COUNT = {"kind": Kind.COUNT, "unit": "mensen", "shown": False, "compared": False}

# fmt: off
ENTRIES: tuple[Entry, ...] = (
    Entry("inwoners", name="Inwoners", simple="Mensen die hier wonen", english="Inhabitants", headline=True,
          stems=("AantalInwoners",), kwb=("a_inw",), measures=("T001036",), **PEOPLE),
    Entry("huishoudens", name="Huishoudens", simple="Huishoudens", english="Households",
          stems=("HuishoudensTotaal",), kwb=("a_hh",), measures=("1050010_2",), **HOUSEHOLDS),
    Entry("woningen", H, Kind.COUNT, "Woningen", "Huizen", "Homes", unit="woningen",
          stems=("Woningvoorraad",), kwb=("a_woning",), measures=("M000297",)),
    Entry("huurwoningen", name="Huurwoningen", simple="Huurhuizen", english="Rented homes", headline=True,
          stems=("HuurwoningenTotaal",), kwb=("p_huurw",), measures=("1014850_2",), **SHARE_OF_HOMES),
    Entry("corporatiewoningen", name="Huurwoningen van een corporatie", simple="Sociale huurhuizen",
          english="Homes of a housing association",
          stems=("InBezitWoningcorporatie",), kwb=("p_wcorpw",), measures=("A047047",), **SHARE_OF_HOMES),
    Entry("andere-huurwoningen", name="Huurwoningen van andere verhuurders", simple="Andere huurhuizen",
          english="Homes of other landlords",
          stems=("InBezitOverigeVerhuurders",), kwb=("p_ov_hw",), measures=("A047048",), **SHARE_OF_HOMES),
    Entry("koopwoningen", name="Koopwoningen", simple="Koophuizen", english="Owner-occupied homes",
          stems=("Koopwoningen",), kwb=("p_koopw",), measures=("1014800_1",), **SHARE_OF_HOMES),
    Entry("leegstand", name="Woningen waar niemand woont", simple="Lege huizen", english="Empty homes",
          stems=("PercentageOnbewoond",), kwb=("p_leegsw",), measures=("A047046",), good=Good.DOWN, **SHARE_OF_HOMES),
    Entry("woz", H, Kind.AMOUNT, "Waarde van een woning (WOZ)", "Waarde van een huis", "Value of a home (WOZ)", unit="euro",
          stems=("GemiddeldeWoningwaarde", "GemiddeldeWOZWaardeVanWoningen"), kwb=("g_wozbag", "g_woz"),
          measures=("M003039", "M001642"), factor=1000, **DWELLINGS),
    Entry("leeftijd-0-14", name="Kinderen van 0 tot en met 14 jaar", simple="Kinderen tot 15 jaar", english="Children aged 0 to 14",
          stems=("k_0Tot15Jaar",), kwb=("a_00_14",), measures=("10680",), **PEOPLE),
    Entry("leeftijd-15-24", name="Jongeren van 15 tot en met 24 jaar", simple="Jongeren van 15 tot 25 jaar",
          english="Young people aged 15 to 24",
          stems=("k_15Tot25Jaar",), kwb=("a_15_24",), measures=("53050",), **PEOPLE),
    Entry("leeftijd-25-44", name="Mensen van 25 tot en met 44 jaar", simple="Mensen van 25 tot 45 jaar", english="People aged 25 to 44",
          stems=("k_25Tot45Jaar",), kwb=("a_25_44",), measures=("53310",), **PEOPLE),
    Entry("leeftijd-45-64", name="Mensen van 45 tot en met 64 jaar", simple="Mensen van 45 tot 65 jaar", english="People aged 45 to 64",
          stems=("k_45Tot65Jaar",), kwb=("a_45_64",), measures=("53715",), **PEOPLE),
    Entry("leeftijd-65-plus", name="Mensen van 65 jaar en ouder", simple="Mensen van 65 jaar en ouder", english="People aged 65 and over",
          stems=("k_65JaarOfOuder",), kwb=("a_65_oo",), measures=("80200",), **PEOPLE),
    Entry("alleenwonend", name="Mensen die alleen wonen", simple="Mensen die alleen wonen", english="People who live alone",
          stems=("Eenpersoonshuishoudens",), kwb=("a_1p_hh",), measures=("1050015",), **HOUSEHOLDS),
    Entry("met-kinderen", name="Huishoudens met kinderen", simple="Gezinnen met kinderen", english="Households with children",
          stems=("HuishoudensMetKinderen",), kwb=("a_hh_m_k",), measures=("1016030",), **HOUSEHOLDS),
    Entry("huishoudgrootte", P, Kind.AVERAGE, "Mensen per huishouden", "Mensen per huishouden", "People per household",
          unit="mensen", decimals=1, stems=("GemiddeldeHuishoudensgrootte",), kwb=("g_hhgro",), measures=("M000114",), **INHABITANTS),
    Entry("werk", W, Kind.SHARE, "Mensen met werk", "Mensen met werk", "People with work", unit="%", good=Good.UP, headline=True,
          stems=("NettoArbeidsparticipatie",), kwb=("p_arb_pp",), base="inwoners", base_least=150),
    Entry("laag-inkomen", W, Kind.SHARE, "Huishoudens met een laag inkomen", "Huishoudens met weinig geld", "Households with a low income",
          unit="%", decimals=1, good=Good.DOWN, shown=False, stems=("HuishoudensMetEenLaagInkomen",), measures=("D000227",),
          base="huishoudens", base_least=100),
    Entry("autos-per-huishouden", N, Kind.AVERAGE, "Auto's per huishouden", "Auto's per huishouden", "Cars per household",
          unit="auto's", decimals=1, stems=("PersonenautoSPerHuishouden",), kwb=("g_pau_hh",), measures=("M000368",),
          base="huishoudens", base_least=50),
    Entry("afstand-supermarkt", name="Afstand tot een grote supermarkt", simple="Hoe ver is de supermarkt?",
          english="Distance to a large supermarket",
          stems=("AfstandTotGroteSupermarkt",), kwb=("g_afs_gs",), measures=("D000025",), **DISTANCE),
    Entry("afstand-huisarts", name="Afstand tot een huisarts", simple="Hoe ver is de dokter?", english="Distance to a doctor",
          stems=("AfstandTotHuisartsenpraktijk",), kwb=("g_afs_hp",), measures=("D000028",), **DISTANCE),
    Entry("afstand-kinderopvang", name="Afstand tot een kinderdagverblijf", simple="Hoe ver is de kinderopvang?",
          english="Distance to a day nursery",
          stems=("AfstandTotKinderdagverblijf",), kwb=("g_afs_kv",), measures=("D000029",), **DISTANCE),
    Entry("afstand-school", name="Afstand tot een basisschool", simple="Hoe ver is de basisschool?", english="Distance to a primary school",
          stems=("AfstandTotSchool",), kwb=("g_afs_sc",), measures=("D000045",), **DISTANCE),
    Entry("oppervlakte", S, Kind.AMOUNT, "Oppervlakte", "Hoe groot is het hier?", "Area", unit="hectare", compared=False,
          stems=("OppervlakteTotaal",), kwb=("a_opp_ha",), measures=("T001455_2",)),
    Entry("bevolkingsdichtheid", S, Kind.AVERAGE, "Inwoners per vierkante kilometer", "Hoe dicht wonen mensen bij elkaar?",
          "Inhabitants per square kilometre", unit="per km²",
          stems=("Bevolkingsdichtheid",), kwb=("bev_dich",), measures=("M000100",), **INHABITANTS),
    Entry("stedelijkheid", S, Kind.SCORE, "Stad of platteland (1 is heel stedelijk, 5 is niet stedelijk)", "Is het hier een stad?",
          "Town or country (1 is very urban, 5 is not urban)", compared=False,
          stems=("MateVanStedelijkheid",), kwb=("ste_mvs",), measures=("ST0001",)),
    Entry("bijstand", W, name="Mensen met bijstand", simple="Mensen met bijstand", english="People on income support", rounded_to=10,
          stems=("PersonenPerSoortUitkeringBijstand",), kwb=("a_soz_wb",), measures=("D006842",), **HIDDEN_COUNT),
    Entry("herkomst-nederland", Theme.ORIGIN, name="Herkomst Nederland", simple="Komt uit Nederland",
          english="Origin: the Netherlands", rounded_to=5, kwb=("a_nl_all",), **HIDDEN_COUNT),
    Entry("herkomst-europa", Theme.ORIGIN, name="Herkomst elders in Europa", simple="Komt uit Europa",
          english="Origin: elsewhere in Europe", rounded_to=5, kwb=("a_eur_al",), **HIDDEN_COUNT),
    Entry("herkomst-buiten-europa", Theme.ORIGIN, name="Herkomst buiten Europa", simple="Komt van buiten Europa",
          english="Origin: outside Europe", rounded_to=5, kwb=("a_neu_al",), **HIDDEN_COUNT),
    Entry("herkomst-oud-niet-westers", Theme.ORIGIN, name="Herkomst, indeling van CBS tot 2022: niet-westers",
          simple="Herkomst (oude telling)", english="Origin, classification of CBS until 2022: non-western", rounded_to=5,
          stems=("NietWestersTotaal",), measures=("2012657_2",), **HIDDEN_COUNT),
)
# fmt: on

BY_CODE: dict[str, Entry] = {entry.code: entry for entry in ENTRIES}
NUMBER_BEHIND = re.compile(r"_\d+$")


def stem(column: str) -> str:
    """The column of OData version 3 without the number behind it, in small letters."""
    return NUMBER_BEHIND.sub("", column.strip()).lower()


def by_column(column: str) -> Entry | None:
    """The key figure in a column of a CBS file, by its name in the Excel or CSV (`a_inw`) or its OData stem (`AantalInwoners_5`)."""
    return _columns().get(column.strip().lower()) or _columns().get(stem(column))


def by_measure(measure: str) -> Entry | None:
    """The key figure of a measure of OData version 4 (`T001036`)."""
    return _measures().get(measure)


@cache
def _columns() -> dict[str, Entry]:
    return {name.lower(): entry for entry in ENTRIES for name in (*entry.kwb, *entry.stems)}


@cache
def _measures() -> dict[str, Entry]:
    return {measure: entry for entry in ENTRIES for measure in entry.measures}


def as_indicators() -> Iterator[dict]:
    """The fields of `Indicator` for every entry, in the order in which pages show them."""
    for place, entry in enumerate(ENTRIES):
        yield {
            "code": entry.code,
            "theme": entry.theme,
            "kind": entry.kind,
            "name": entry.name,
            "texts": {"en": entry.english, "nl-x-simpel": entry.simple},
            "unit": entry.unit,
            "decimals": entry.decimals,
            "rounded_to": entry.rounded_to,
            "good": entry.good,
            "compared": entry.compared,
            "base": entry.base,
            "base_least": entry.base_least,
            "source": "CBS",
            "source_url": STATLINE,
            "licence": "CC BY 4.0",
            "shown": entry.shown,
            "headline": entry.headline,
            "position": place * 10,
        }
