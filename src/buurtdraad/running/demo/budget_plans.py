"""What people propose in the rounds of the demo city. Every plan and everybody who made one is invented."""

from dataclasses import dataclass

from buurtdraad.agendas.wishes.states import Theme

COST_WORDS = "Gerekend met een ambtenaar die dit werk kent."
YES = "Dit kan. Het is veilig, en het past op deze plek."


@dataclass(frozen=True)
class Idea:
    """A plan: what it is, for how many euros, where (degrees), who made it, and how much most voters and the others like it.

    `no` says why it cannot be done. `at` is empty for what is everywhere.
    """

    title: str
    theme: Theme
    cost: int
    summary: str
    maker: str
    liked: tuple[int, int]
    place: str = ""
    at: tuple[float, float] | None = None
    no: str = ""


FIELD = ("Het trapveld", "Er is plek voor één van deze twee plannen.")
BENCHES, FIELD_SMALL, FIELD_LARGE = "Vijf bankjes naar de winkels", "Nieuwe doelen op het trapveld", "Een nieuw trapveld"
# The round of last year: EUR 20,000.
GEUZENWIJK_PLANS = (
    Idea(
        BENCHES, Theme.GREEN, 4_500, "Wie niet ver kan lopen, rust onderweg even uit.", "Ans", (9, 4),
        "de route naar de winkels", (52.1109, 5.0958),
    ),
    Idea(
        "Een moestuin achter de flats", Theme.GREEN, 5_200, "Samen groente telen. Iedereen mag meedoen en mee-eten.", "Yusuf", (2, 9),
        "het gras achter de flats", (52.1121, 5.0979),
    ),
    Idea(
        FIELD_SMALL, Theme.YOUTH, 2_800, "De doelen zijn stuk. Met nieuwe doelen kan iedereen weer voetballen.", "Naima", (8, 2),
        "het trapveld", (52.1129, 5.0951),
    ),
    Idea(
        FIELD_LARGE, Theme.YOUTH, 11_500, "Een veld met kunstgras, ook voor meiden en kleine kinderen.", "Sjoerd", (4, 1),
        "het trapveld", (52.1129, 5.0951),
    ),
    Idea("Licht in het achterpad", Theme.SAFE, 6_400, "Lampen die aangaan als u er loopt.", "Gerda", (8, 1), "het pad", (52.1102, 5.0983)),
    Idea("Een ruilkast voor boeken", Theme.TOGETHER, 0, "Een kast bij het buurthuis. Wij maken hem van oud hout.", "Milan", (3, 5)),
    Idea("Muziekles voor kinderen", Theme.YOUTH, 3_900, "Een half jaar les op woensdag. Een gitaar kunt u lenen.", "Rosa", (6, 2)),
    Idea("Een lang feest in juni", Theme.TOGETHER, 4_100, "Eén tafel door de hele straat, met eten uit alle landen.", "Henk", (1, 9)),
    Idea(
        "Een zwembad in het park", Theme.OTHER, 18_000, "Dan kunnen kinderen dichtbij leren zwemmen.", "Bo", (1, 1),
        no="Er is geen plek voor een zwembad. Het kost ook elk jaar veel geld om het veilig en schoon te houden.",
    ),
)  # fmt: skip

# The round of this year, in which people vote: EUR 15,000. Two more come from a wish and from a plan of residents.
ONDIEP_PLANS = (
    Idea(
        "Bloemen langs de stoep", Theme.GREEN, 2_600, "Bakken met bloemen in tien straten. Buren geven ze water.", "Trees", (6, 3),
        "tien straten", (52.1062, 5.1009),
    ),
    Idea(
        "Een werkplaats voor fietsen", Theme.TOGETHER, 5_400, "Leer zelf uw fiets maken, met gereedschap dat u leent.", "Omar", (7, 4),
        "de oude garage", (52.1071, 5.1031),
    ),
    Idea("Koken met de buren", Theme.TOGETHER, 3_200, "Elke maand een avond samen koken en eten.", "Lien", (3, 7)),
    Idea(
        "Veilig naar school", Theme.TRAFFIC, 6_800, "Verf en paaltjes, zodat auto's langzaam rijden bij de school.", "Fatma", (6, 5),
        "de school", (52.1054, 5.0988),
    ),
)  # fmt: skip
OF_WISH, OF_INITIATIVE = 3_500, 1_900
WALKING, WALKING_TITLE = "Wandelen met de buren", "Bankjes voor wie wandelt met de buren"
