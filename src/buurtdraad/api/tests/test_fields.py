"""No personal data, ever: every field that may come out stands here by name, and a city full of secrets gives none away."""

import json

import pytest

from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.api.document import document
from buurtdraad.api.resources import RESOURCES
from buurtdraad.api.shape import Fields
from buurtdraad.api.tests.city import REFUSED, SECRETS

pytestmark = pytest.mark.django_db

# What holds no words of people: codes, names from a list, numbers, days, addresses of pages.
FACTS = {
    "LinkFields": "soort url",
    "Link": "soort url",
    "Thread": "terug vooruit",
    "Word": "code naam",
    "AreaFields": "url pagina code soort naam jaar ligtIn werkgebieden gemeente hectare schets bron geometry",
    "FigureFields": "url gebied indicator naam thema jaar waarde waaromLeeg eenheid bron licentie",
    "WishFields": ("url pagina draad nummer gebied soort thema stap kanaal gegevenOp antwoordVoor beantwoordOp samengevoegdMet geometry"),
    "MeetingFields": "url pagina draad soort gebied begint eindigt aanbod stand uitkomst geometry",
    "OutcomeFields": "mensen",
    "TopicFields": (
        "url pagina draad gebied versie nummer geldtNu geldigVanaf opgave herkomst gekozenMet gekozenOp"
        " stemmen stemmenSamen mensen stemmenPerMens"
    ),
    "AgreementFields": "url pagina draad nummer gebied wie stand gemaaktOp begintOp klaarVoor teLaat klaarOp bedrag",
    "OwnerFields": "soort rol zeiJa",
    "InitiativeFields": "url pagina draad gebied thema stap begonnenOp van tot klaarOp geometry",
    "SchemeFields": (
        "url pagina sleutel gemeente hierAanTeVragen geldt vanaf totEnMet hoogsteBedrag laagsteBedrag hoogstePerJaar kleinPlanTot"
        " wekenOmTeBeslissen wekenLanger teltVanaf dagenOmAanTeVullen rondes rondesBoven regels bedragen perSoort nietBetaald"
        " bronUrl versies"
    ),
    "RuleFields": "artikel",
    "BandFields": "totEnMet verantwoording wekenOmTeLatenZien voorschotProcent stukken",
    "CapFields": "soort hoogstens perPersoon",
    "NotPaidFields": "soort",
    "VersionFields": "vanaf totEnMet pagina",
    "DecisionFields": (
        "url pagina draad sleutel jaar bekendOp regeling gebied thema initiatief gevraagdDoor uitkomst gevraagd toegekend eindbedrag"
        " betaald geldVan budget teruggenomen"
    ),
    "PotFields": "url pagina draad sleutel jaar gebied geldVan thema binnen bedrag vastgelegd betaald over gesloten",
    "RoundFields": (
        "url pagina draad sleutel gebied jaar stand bedrag budget delen dagen stembiljet regels regelsAlsGegevens plannen opkomst uitslag"
    ),
    "PartFields": "gebied bedrag",
    "DaysFields": "insturenVanaf insturenTotEnMet lijstOp stemmenVanaf stemmenTot uitslagOp",
    "AnswersFields": "",
    "PlanFields": "nummer gebied thema kosten stand gekozen krijgt punt pagina",
    "TurnoutFields": "kleinsteGroep gestemd metEenCode manieren leeftijden gebieden",
    "GroupFields": "code gestemd metEenCode",
    "ResultFields": "voorlopig vastgesteldOp tellingen pagina",
    "CountFields": "budget verdeeld stembiljetten blanco nageteld sha256 bestanden",
    "PartnerFields": "url pagina draad sleutel soort website gebieden opgaven vanaf totEnMet",
    "WorkFields": "url pagina draad sleutel soort gebieden opgave vanaf totEnMet klaarOp stand geld geometry",
    "WorkMoneyFields": "jaar gepland vastgelegd uitgegeven",
    "ReportFields": (
        "url pagina draad sleutel vanaf totEnMet vorig gebiedsindeling uitgekomenOp sha256 delen cijfers verbeteringen "
        "pdf docx jsonBestand codeboek"
    ),
    "ChapterFields": "soort onderwerp zinnen",
    "SaidFields": "deel cijfers",
    "FrozenFields": "kenmerk waarde telt eenheid pagina rijen",
    "ErratumFields": "op",
    "Problem": "type title status detail invalidParams",
    "WrongValue": "name reason",
}
# What holds words, and why it may come out: it stands on the site, and is one of these.
READ_FIRST = "words of residents, which somebody of the municipality reads before they stand on the site"
OF_THE_CITY = "words of the municipality, which it puts on the site itself"
NAMES = "the name of an organisation, or what kind of person it is"
WORDS = {
    ("Link", "titel"): "the first words of what it leads to, which is public itself",
    ("WishFields", "tekst"): READ_FIRST,
    ("WishFields", "waarom"): OF_THE_CITY,
    ("MeetingFields", "titel"): OF_THE_CITY,
    ("MeetingFields", "tekst"): OF_THE_CITY,
    ("MeetingFields", "plek"): OF_THE_CITY,
    ("MeetingFields", "adres"): OF_THE_CITY,
    ("MeetingFields", "talen"): OF_THE_CITY,
    ("MeetingFields", "waarom"): OF_THE_CITY,
    ("OutcomeFields", "wieOntbrak"): OF_THE_CITY,
    ("OutcomeFields", "verslag"): OF_THE_CITY,
    ("OutcomeFields", "antwoord"): OF_THE_CITY,
    ("TopicFields", "titel"): OF_THE_CITY,
    ("TopicFields", "tekst"): OF_THE_CITY,
    ("AgreementFields", "wat"): OF_THE_CITY,
    ("AgreementFields", "waarom"): OF_THE_CITY,
    ("AgreementFields", "volgendeStap"): OF_THE_CITY,
    ("AgreementFields", "geldVoor"): OF_THE_CITY,
    ("AgreementFields", "wieBetaalt"): OF_THE_CITY,
    ("AgreementFields", "resultaat"): OF_THE_CITY,
    ("OwnerFields", "naam"): NAMES,
    ("InitiativeFields", "titel"): READ_FIRST,
    ("InitiativeFields", "samenvatting"): READ_FIRST,
    ("InitiativeFields", "verhaal"): READ_FIRST,
    ("InitiativeFields", "plek"): READ_FIRST,
    ("InitiativeFields", "waarom"): READ_FIRST,
    ("InitiativeFields", "resultaat"): READ_FIRST,
    **{("SchemeFields", name): OF_THE_CITY for name in ("naam", "waarvoor", "wieBeslist", "bron", "aanname")},
    **dict.fromkeys([("RuleFields", "zin"), ("BandFields", "bron"), ("NotPaidFields", "waarom"), ("NotPaidFields", "bron")], OF_THE_CITY),
    ("DecisionFields", "wat"): READ_FIRST,
    ("PotFields", "naam"): OF_THE_CITY,
    ("PotFields", "waarvoor"): OF_THE_CITY,
    ("PotFields", "partner"): NAMES,
    **{("RoundFields", name): OF_THE_CITY for name in ("naam", "waarvoor", "waarom")},
    **dict.fromkeys([("PartFields", "naam"), ("AnswersFields", "vraag"), ("AnswersFields", "antwoorden")], OF_THE_CITY),
    ("PlanFields", "titel"): READ_FIRST,
    ("PlanFields", "samenvatting"): READ_FIRST,
    ("PlanFields", "waarom"): OF_THE_CITY,
    ("GroupFields", "naam"): "the name of a way to vote, of an age or of an area",
    **{("ResultFields", name): OF_THE_CITY for name in ("wieSteltVast", "woorden", "andersDanDeStemming")},
    ("CountFields", "naam"): OF_THE_CITY,
    ("PartnerFields", "naam"): NAMES,
    **{("WorkFields", name): OF_THE_CITY for name in ("titel", "afdeling", "straat", "waarom", "watBewonersDoen", "resultaat")},
    ("ReportFields", "titel"): OF_THE_CITY,
    ("ChapterFields", "titel"): OF_THE_CITY,
    ("SaidFields", "tekst"): OF_THE_CITY,
    **{("FrozenFields", name): OF_THE_CITY for name in ("titel", "uitleg", "bron", "grenzen")},
    ("ErratumFields", "tekst"): OF_THE_CITY,
}


def allowed():
    return {(schema, name) for schema, names in FACTS.items() for name in names.split()} | set(WORDS)


def test_every_field_of_every_answer_is_one_that_may_come_out():
    schemas = document()["components"]["schemas"]
    found = {(schema, name) for schema, facts in schemas.items() for name in facts["properties"] if not schema.endswith("Page")}
    assert found - allowed() == set(), "name the field above, with the reason why it may come out"
    pages = {name for schema, facts in schemas.items() for name in facts["properties"] if schema.endswith("Page")}
    assert pages == {"next", "results"}


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)
def test_a_city_full_of_secrets_gives_none_away(resource, city, walk, ask):
    said, urls = [], []
    for page in walk(f"/{resource.name}", aantal=2):
        said.append(page.content.decode())
        urls += [one["url"] for one in page.json()["results"]]
    said += [ask(url).content.decode() for url in urls]
    if "geometry" in resource.schema.model_fields:
        said += [page.content.decode() for page in walk(f"/{resource.name}", aantal=2, formaat="geojson")]
        said += [ask(url, formaat="geojson").content.decode() for url in urls]
    assert len(urls) > 1
    secrets = SECRETS if resource.name == "partners" else (*SECRETS, REFUSED)
    found = [(secret, one) for one in said for secret in secrets if secret.lower() in one.lower()]
    assert not found


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.name)
def test_no_field_comes_out_that_is_in_no_schema(resource, city, ask):
    names = allowed()

    def look(value):
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                assert set(one) <= {name for _schema, name in names} | {"type", "coordinates"}
                for inside in one.values():
                    look(inside)

    results = json.loads(ask(f"/{resource.name}").content)["results"]
    assert results
    look(results)


def test_words_of_people_come_out_without_how_to_reach_them(city, ask):
    Wish.objects.filter(reference="NO-1").update(text="Een bank. Bel 06-12345678 of mail kees@example.nl.")
    assert ask("/wensen/NO-1").json()["tekst"] == "Een bank. Bel … of mail …."


def test_every_field_with_words_of_residents_is_looked_through():
    models = {model.__name__: model for model in of_fields(Fields)}
    for (schema, name), why in WORDS.items():
        field = next(one for one in models[schema].model_fields.values() if one.alias == name) if schema in models else None
        if why == READ_FIRST:
            assert field is not None
            assert field.metadata, f"{schema}.{name} is `Told`"


def of_fields(base):
    return {one for below in base.__subclasses__() for one in (below, *of_fields(below))}


@pytest.mark.parametrize("path", ["wensen/GEHEIM-1", "wensen/GEHEIM-2", "bijeenkomsten/4", "onderwerpen/4", "afspraken/4",
                                  "initiatieven/geheim-4", "initiatieven/geheim-5", "cijfers/BU03440241.geheim.2025"])  # fmt: skip
def test_what_is_not_public_has_no_address(path, city, ask):
    assert ask(f"/{path}").status_code == 404
