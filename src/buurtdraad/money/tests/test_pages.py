"""The pages of staff: pots, promises, reservations and payment lists, and who may do what there."""

import datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.audit.models import Event
from buurtdraad.initiatives.models import Initiative
from buurtdraad.messages.tests.conftest import member_of_staff
from buurtdraad.money.actions import listing
from buurtdraad.money.actions.reserving import reserve, set_four_eyes
from buurtdraad.money.models import Commitment, FourEyes, Payment, PaymentList, Pot, Reservation
from buurtdraad.money.queries.ledger import differences
from buurtdraad.money.states import ListStage, PaymentStage, ReservationStage, Source
from buurtdraad.money.tests.conftest import IBAN, NOW, TODAY
from buurtdraad.money.tests.test_reserving import HANDS

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def bob(areas):
    """Pays too, in the whole city."""
    return member_of_staff("Bob Post", "bob@utrecht.example", None, Duty.FINANCE)


@pytest.fixture
def sent(ria, bob):
    """Gives payments to finance on a list: made by Ria, released by Bob."""

    def give(*payments):
        listed = listing.make_list(payments, by=ria, at=NOW)
        listing.release_list(listed, by=bob, at=NOW)
        listing.send_list(listed, by=ria, at=NOW)
        return listed

    return give


@pytest.fixture
def due(pot, promise, owed):
    """A payment of 500 euros that is due."""
    return owed(promise(pot, 1000), 500, reference="F-1")


# --- pots -------------------------------------------------------------------------------------------


def test_somebody_opens_a_pot_puts_money_in_and_closes_it_and_opens_it_again(signed_in, bas, areas):
    client = signed_in(bas)
    assert "Er is nog geen pot voor 2026" in client.get("/werk/geld/?jaar=2026").text
    given = {"name": "Fonds", "source": Source.FUND, "year": "2026", "area": "GM0344", "theme": "", "within": "", "about": "Begroting"}
    answer = client.post("/werk/geld/nieuw/", given)
    pot = Pot.objects.get()
    path = f"/werk/geld/pot/{pot.uuid}/"
    assert (answer.status_code, answer["Location"]) == (302, path)
    assert client.post(f"{path}erin/", {"amount": "€ 20.000,50", "why": "Raadsbesluit"}).status_code == 302
    assert client.post(f"{path}eruit/", {"amount": "0,50", "why": "Afgerond"}).status_code == 302
    assert client.post(f"{path}eruit/", {"amount": "99999999", "why": "Te veel"}).status_code == 422
    assert client.post(f"{path}wijzigen/", {"name": "Het fonds", "about": ""}).status_code == 302
    pot.refresh_from_db()
    assert (pot.name, pot.amount) == ("Het fonds", Decimal(20000))
    page = client.get(path).text
    assert "Raadsbesluit" in page
    assert "€\xa020.000,50" in page
    assert "Raadsbesluit" in client.get(f"{path}kasboek.csv").getvalue().decode()
    for deed, closed in (("sluiten", True), ("weer-open", False)):
        assert client.post(f"{path}{deed}/").status_code == 302
        pot.refresh_from_db()
        assert bool(pot.closed_at) == closed


@pytest.mark.parametrize("amount", ["", "0", "-5", "veel", "1000000000", "1,234", HOSTILE])
def test_what_is_no_amount_is_asked_again_in_plain_words(signed_in, bas, pot, amount):
    answer = signed_in(bas).post(f"/werk/geld/pot/{pot.uuid}/erin/", {"amount": amount, "why": "x"})
    if amount == "1,234":  # a thousand and more, as English people write it
        assert answer.status_code == 302
    else:
        assert answer.status_code == 422
        assert HOSTILE not in answer.text
        assert differences() == []


def test_a_pot_that_cannot_be_says_why(signed_in, bas, pot):
    given = {"name": pot.name, "source": Source.FUND, "year": "2026", "area": "GM0344"}
    answer = signed_in(bas).post("/werk/geld/nieuw/", given)
    assert answer.status_code == 422
    assert "Er is in dit jaar al een pot met deze naam" in answer.text


def test_a_pot_is_kept_in_ones_own_areas_only(signed_in, areas, make_pot):
    decider = member_of_staff("Ria Wijk", "ria.wijk@utrecht.example", areas["BU03440321"], Duty.FUND_DECIDER)
    client, pot = signed_in(decider), make_pot(area="BU03440241")
    assert client.get(f"/werk/geld/pot/{pot.uuid}/").status_code == 200
    assert client.post(f"/werk/geld/pot/{pot.uuid}/erin/", {"amount": "5", "why": "x"}).status_code == 403
    given = {"name": "Van mij", "source": Source.FUND, "year": "2026", "area": "BU03440241"}
    assert client.post("/werk/geld/nieuw/", given).status_code == 422


# --- who may what -----------------------------------------------------------------------------------

MAY = {
    "bas": {"pots", "keep", "reserve"},
    "noor": {"pots", "keep", "reserve"},
    "joris": {"pots", "reserve"},
    "samira": {"pots"},
    "priya": {"pots"},
    "ria": {"pots", "pay"},
    "hamid": set(),
    "kees": set(),
}


@pytest.mark.parametrize("who", MAY)
def test_each_role_sees_and_does_what_it_may(request, signed_in, who, due, agreement):
    pot, joris = due.commitment.pot, request.getfixturevalue("joris")
    waiting = reserve(pot, agreement, amount=Decimal(10), decided=HANDS, by=joris, at=NOW)
    client = signed_in(request.getfixturevalue(who))
    asked = {
        "pots": ["/werk/geld/", f"/werk/geld/pot/{pot.uuid}/", f"/werk/geld/vastgelegd/{due.commitment.uuid}/"],
        "keep": ["/werk/geld/nieuw/", f"/werk/geld/pot/{pot.uuid}/erin/", "/werk/geld/twee-mensen/"],
        "reserve": [f"/werk/geld/besluit/{waiting.uuid}/", "/werk/geld/vastleggen/zuilen-oost/"],
        "pay": ["/werk/betalen/", f"/werk/betalen/{due.uuid}/", "/werk/betalen/betaald/", "/werk/betalen/betaald/voorbeeld.csv"],
    }
    for deed, paths in asked.items():
        for path in paths:
            status = client.get(path).status_code
            assert (status == 200) == (deed in MAY[who]), (who, path, status)


def test_accounts_of_people_are_for_who_pays_only_and_looking_is_written_down(signed_in, due, bas, ria, bob):
    listed = listing.make_list([due], by=ria, at=NOW)
    for person in (bas, bob):
        client = signed_in(person)
        for path in (f"/werk/geld/pot/{due.commitment.pot.uuid}/", f"/werk/geld/vastgelegd/{due.commitment.uuid}/"):
            page = client.get(path).text
            assert IBAN not in page
            assert "Vermeer" not in page
    page = client.get(f"/werk/betalen/lijst/{listed.uuid}/").text
    assert IBAN in page
    assert Event.objects.filter(verb="looked", actor=bob.uuid, thing=listed.thing).count() == 1


# --- promises ---------------------------------------------------------------------------------------


@pytest.fixture
def bench_money(pot, agreement, joris, noor):
    set_four_eyes(above=Decimal(5000), from_on=TODAY, source="", by=noor, at=NOW)
    return reserve(pot, agreement, amount=Decimal(2500), decided=HANDS, by=joris, at=NOW).commitment


def test_finance_pays_a_bill_of_an_agreement_and_the_keeper_frees_the_rest(signed_in, bench_money, ria, bas):
    path = f"/werk/geld/vastgelegd/{bench_money.uuid}/"
    bill = {"amount": "2.000", "payee": "Bankenbouw", "iban": "nl91 abna 0417 1643 00", "reference": "R-77", "due_on": TODAY}
    client = signed_in(ria)
    assert client.post(f"{path}rekening/", bill | {"iban": "NL91 ABNA 0417 1643 01"}).status_code == 422
    assert client.post(f"{path}rekening/", bill | {"amount": "2.500,01"}).status_code == 422
    assert client.post(f"{path}rekening/", bill).status_code == 302
    assert client.post(f"{path}terug/", {"amount": "1", "why": "x"}).status_code == 422
    assert client.post(f"{path}vrij/", {"amount": "500", "why": "Goedkoper"}).status_code == 403
    assert signed_in(bas).post(f"{path}vrij/", {"amount": "500,01", "why": "Goedkoper"}).status_code == 422
    assert signed_in(bas).post(f"{path}vrij/", {"amount": "500", "why": "Goedkoper"}).status_code == 302
    bench_money.refresh_from_db()
    assert bench_money.amount == 2000
    assert "R-77" in client.get(path).text


def test_of_a_grant_finance_pays_nothing_by_hand(signed_in, due, ria):
    path = f"/werk/geld/vastgelegd/{due.commitment.uuid}/"
    client = signed_in(ria)
    assert client.get(f"{path}rekening/").status_code == 404
    assert client.get(f"{path}terug/").status_code == 404
    assert "rekening/" not in client.get(path).text


# --- reservations -----------------------------------------------------------------------------------


def answers(pot, agreement, **more):
    return {
        "agreement": agreement.pk, "pot": str(pot.uuid), "amount": "2.500", "meeting": "", "decided_on": TODAY,
        "how": "hands", "people": "47", "in_favour": "38", "against": "4", "words": "Voor de zomer",
    } | more  # fmt: skip


def test_an_adviser_writes_down_a_decision_and_a_colleague_says_yes(signed_in, pot, agreement, joris, noor):
    client = signed_in(joris)
    assert 'href="/werk/geld/vastleggen/zuilen-oost/"' in client.get("/werk/geld/vastleggen/").text
    assert client.post("/werk/geld/vastleggen/zuilen-oost/", answers(pot, agreement)).status_code == 302
    made = Reservation.objects.get()
    path = f"/werk/geld/besluit/{made.uuid}/"
    assert "Iemand anders moet ja zeggen" in client.get(path).text
    client.post(f"{path}ja/")
    made.refresh_from_db()
    assert made.stage == ReservationStage.PROPOSED
    signed_in(noor).post(f"{path}ja/")
    made.refresh_from_db()
    assert (made.stage, made.commitment.amount) == (ReservationStage.MADE, Decimal(2500))
    page = client.get(path).text
    assert "47 mensen, 38 voor, 4 tegen" in page
    assert "Noor de Graaf" in page


def test_a_colleague_says_no_with_a_reason(signed_in, pot, agreement, joris, noor):
    made = reserve(pot, agreement, amount=Decimal(10), decided=HANDS, by=joris, at=NOW)
    client = signed_in(noor)
    assert client.post(f"/werk/geld/besluit/{made.uuid}/nee/", {"why": ""}).status_code == 422
    assert client.post(f"/werk/geld/besluit/{made.uuid}/nee/", {"why": "Verkeerde pot"}).status_code == 302
    assert "Verkeerde pot" in client.get(f"/werk/geld/besluit/{made.uuid}/").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "20.000,01"},
        {"in_favour": "60"},
        {"in_favour": "3"},
        {"pot": "x"},
        {"agreement": "0"},
        {"decided_on": "morgen"},
        {"meeting": "x"},
    ],
)
def test_a_decision_that_cannot_be_says_why_and_reserves_nothing(signed_in, pot, agreement, joris, wrong):
    set_four_eyes(above=Decimal(99999), from_on=TODAY, source="", by=None, at=NOW)
    answer = signed_in(joris).post("/werk/geld/vastleggen/zuilen-oost/", answers(pot, agreement) | wrong)
    assert answer.status_code == 422
    assert not Commitment.objects.exists()
    assert not Reservation.objects.exists()


def test_the_amount_for_two_people_is_changed_on_its_page(signed_in, noor, areas):
    client = signed_in(noor)
    given = {"above": "1.000", "from_on": TODAY, "source": "Mandaatbesluit"}
    assert client.post("/werk/geld/twee-mensen/", given).status_code == 302
    assert FourEyes.objects.get().above == 1000
    assert "Boven €\xa01.000" in client.get("/werk/geld/twee-mensen/").text
    assert client.post("/werk/geld/twee-mensen/", given | {"above": "-1"}).status_code == 422


# --- paying -----------------------------------------------------------------------------------------


def test_two_people_pay_a_list_and_take_in_what_was_paid(signed_in, due, ria, bob, settings):
    settings.PAYING_IBAN = "NL02ABNA0123456789"
    client = signed_in(ria)
    client.post("/werk/betalen/nieuwe-lijst/", {"payment": [str(due.uuid)]})
    listed = PaymentList.objects.get()
    path = f"/werk/betalen/lijst/{listed.uuid}/"
    client.post(f"{path}goed/")
    listed.refresh_from_db()
    assert listed.stage == ListStage.MADE
    for name in ("lijst.csv", "lijst.xml"):
        assert client.get(f"{path}{name}").status_code == 404
    signed_in(bob).post(f"{path}goed/")
    client.post(f"{path}geven/")
    assert "lijst.xml" in client.get(path).text
    table = client.get(f"{path}lijst.csv").text
    assert f"F-1;500,00;;;;K. Vermeer;{IBAN};0;" in table
    example = client.get("/werk/betalen/betaald/voorbeeld.csv").text
    assert "F-1;500,00" in example
    assert "Vermeer" not in example
    file = SimpleUploadedFile("betaald.csv", f"Kenmerk;Bedrag;Datum\nF-1;500,00;{TODAY}\nF-2;1;{TODAY}\n".encode(), "text/csv")
    looked_at = client.post("/werk/betalen/betaald/", {"file": file})
    due.refresh_from_db()
    assert due.stage == PaymentStage.ORDERED
    assert "Wij kennen geen betaling met dit kenmerk" in looked_at.text
    client.post("/werk/betalen/betaald/", {"kept": looked_at.context["kept"]})
    due.refresh_from_db()
    assert (due.stage, due.paid_on) == (PaymentStage.PAID, TODAY)
    assert differences() == []


def test_the_order_for_the_bank_is_the_same_each_time_and_holds_no_cards(signed_in, due, owed, sent, settings):
    settings.PAYING_IBAN = "NL02ABNA0123456789"
    card = owed(due.commitment, 100, reference="F-2", iban="", card=True)
    listed = sent(due, card)
    client = signed_in(Person.objects.get(name="Ria de Wit"))
    first, second = (client.get(f"/werk/betalen/lijst/{listed.uuid}/lijst.xml").content for _n in range(2))
    names = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
    roots = [ET.fromstring(content) for content in (first, second)]
    for tag in ("MsgId", "PmtInfId"):
        assert [root.findtext(f".//p:{tag}", namespaces=names) for root in roots] == [listed.uuid.hex] * 2
    assert roots[0].findtext(".//p:GrpHdr/p:NbOfTxs", namespaces=names) == "1"
    assert roots[0].findtext(".//p:GrpHdr/p:CtrlSum", namespaces=names) == "500.00"
    assert roots[0].findtext(".//p:EndToEndId", namespaces=names) == "F-1"
    assert roots[0].findtext(".//p:CdtrAcct//p:IBAN", namespaces=names) == IBAN


def test_without_an_account_of_the_city_there_is_no_order_for_the_bank(signed_in, due, ria, sent, settings):
    settings.PAYING_IBAN = ""
    listed = sent(due)
    client = signed_in(ria)
    assert "lijst.xml" not in client.get(f"/werk/betalen/lijst/{listed.uuid}/").text
    assert client.get(f"/werk/betalen/lijst/{listed.uuid}/lijst.xml").status_code == 404


def test_a_list_is_dropped_and_a_payment_cancelled_bounced_and_paid_again(signed_in, due, ria, sent):
    client = signed_in(ria)
    assert "Kies één of meer" in client.post("/werk/betalen/nieuwe-lijst/", {"payment": ["x"]}, follow=True).text
    client.post("/werk/betalen/nieuwe-lijst/", {"payment": [str(due.uuid)]})
    client.post(f"/werk/betalen/lijst/{PaymentList.objects.get().uuid}/weg/")
    due.refresh_from_db()
    assert due.stage == PaymentStage.DUE
    assert client.post(f"/werk/betalen/{due.uuid}/teruggekomen/", {"why": "x"}).status_code == 404
    sent(due)
    assert client.post(f"/werk/betalen/{due.uuid}/teruggekomen/", {"why": "Opgeheven"}).status_code == 302
    assert "Opgeheven" in client.get("/werk/betalen/").text
    again = {"payee": "K. Vermeer", "iban": "NL00ABNA0417164300"}
    assert client.post(f"/werk/betalen/{due.uuid}/opnieuw/", again).status_code == 422
    assert client.post(f"/werk/betalen/{due.uuid}/opnieuw/", again | {"iban": IBAN}).status_code == 302
    assert client.post(f"/werk/betalen/{due.uuid}/niet/", {"why": ""}).status_code == 422
    assert client.post(f"/werk/betalen/{due.uuid}/niet/", {"why": "Dubbel"}).status_code == 302
    due.refresh_from_db()
    assert (due.stage, due.why) == (PaymentStage.CANCELLED, "Dubbel")
    assert client.post(f"/werk/betalen/{due.uuid}/niet/", {"why": "Nog eens"}).status_code == 422


@pytest.mark.usefixtures("pot")
def test_lists_ask_as_much_with_one_row_as_with_three(signed_in, promise, owed, make_initiative, ria):
    client, pot = signed_in(ria), Pot.objects.get()

    def ask(path):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    paths, counts = ("/werk/betalen/", "/werk/geld/?jaar=2026", f"/werk/geld/pot/{pot.uuid}/"), []
    for number in (1, 2):
        for _n in range(number):
            commitment = promise(pot, 1000, make_initiative(f"Plan {Payment.objects.count()}"))
            owed(commitment, 10)
            listing.make_list([owed(commitment, 20)], by=ria, at=NOW)
        counts.append([ask(path) for path in paths])
    assert counts[0] == counts[1]


def test_hostile_names_stay_text(signed_in, due, ria, bob):
    pot, payment = due.commitment.pot, due
    Pot.objects.update(name=HOSTILE)
    Initiative.objects.update(title=HOSTILE)
    Payment.objects.update(payee=HOSTILE)
    listed = listing.make_list([payment], by=bob, at=NOW)
    client = signed_in(ria)
    for path in (
        "/werk/betalen/", f"/werk/betalen/lijst/{listed.uuid}/", f"/werk/betalen/{payment.uuid}/", f"/werk/geld/pot/{pot.uuid}/",
        "/werk/geld/?jaar=2026", f"/werk/geld/vastgelegd/{payment.commitment.uuid}/",
    ):  # fmt: skip
        assert HOSTILE not in client.get(path).text, path


def test_what_is_late_says_so(signed_in, pot, promise, owed, ria):
    owed(promise(pot, 100), 10, due_on=TODAY - datetime.timedelta(days=1))
    assert "Te laat" in signed_in(ria).get("/werk/betalen/").text
