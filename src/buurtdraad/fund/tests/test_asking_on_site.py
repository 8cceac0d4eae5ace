"""Asking for money on the site: from "I have an idea" to sent, without an account, on few screens."""

import datetime
import io
import re
from decimal import Decimal
from html.parser import HTMLParser

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from buurtdraad.fund.actions.receipts import facts_of
from buurtdraad.fund.models import Application, Ease, Letter
from buurtdraad.fund.states import Channel, CostKind, SentBy, Stage
from buurtdraad.initiatives.models import Initiative
from buurtdraad.initiatives.states import NeedKind, Showing
from buurtdraad.initiatives.states import Stage as PlanStage

IBAN = "NL91 ABNA 0417 1643 00"
# What somebody types or chooses, screen by screen, for a street party of EUR 650.
PARTY = {
    "plan": {
        "title": "Straatfeest Wilgenstraat", "text": "Eten en spelen op straat met alle buren.", "activity": "street_party",
        "where": "Geuzenwijk", "who": "neighbours",
    },
    "wanneer": {"starts_on": "", "visitors": "60"},
    "kosten": {"label_0": "Springkussen", "amount_0": "€ 400", "label_1": "Geluid", "amount_1": "250,-"},
    "wie-betaalt": {"hours": "40"},
    "rekening": {"applicant_name": "Kees Vermeer", "applicant_address": "Wilgenhof 12, Utrecht", "iban": IBAN},
    "versturen": {},
}  # fmt: skip


@pytest.fixture
def queued(db):
    """What waits to be mailed: name and facts of each job."""
    mails = ProcrastinateJob.objects.filter(task_name="messages.post").order_by("id")
    return lambda: [(job.task_name, job.args) for job in mails.all()]


@pytest.fixture
def party(rules):
    soon = timezone.localdate() + datetime.timedelta(days=60)
    return PARTY | {"wanneer": PARTY["wanneer"] | {"starts_on": soon.isoformat()}}


class Fields(HTMLParser):
    """The fields of the forms of a page that somebody types in: no hidden ones, no choices, no buttons."""

    def __init__(self, html):
        super().__init__()
        self.typed = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        kind = facts.get("type", "text")
        if tag == "textarea" or (tag == "input" and kind in {"text", "email", "tel", "date", "number"}):
            self.typed.append(facts["name"])


def walk(client, party):
    """Goes from the first screen to sent, following where each screen leads. Gives the screens and the fields that were typed."""
    url, screens, typed = reverse("fund:apply"), [], []
    while True:
        page = client.get(url)
        assert page.status_code == 200
        step = "plan" if url == reverse("fund:apply") else url.rstrip("/").rpartition("/")[2]
        fields = Fields(page.content.decode()).typed
        filled = [name for name in party[step] if name in fields]
        screens.append(step)
        typed += filled
        sent = client.post(url, party[step])
        assert sent.status_code == 302, (step, sent.context and sent.context["form"].errors)
        url = sent["Location"]
        if step == "versturen":
            return url, screens, typed


def test_a_street_party_of_650_euros_takes_six_screens_and_thirteen_typed_fields(client, party):
    url, screens, typed = walk(client, party)
    assert screens == ["plan", "wanneer", "kosten", "wie-betaalt", "rekening", "versturen"]
    assert len(typed) == 13
    made = Application.objects.get()
    assert (made.stage, made.asked, made.channel, made.small) == (Stage.SUBMITTED, 650, Channel.WEB, True)
    assert url == reverse("fund:application", args=[made.uuid])


def test_what_was_sent_has_a_number_a_receipt_and_its_plan_waits_for_a_decision(client, party):
    url, _screens, _typed = walk(client, party)
    made = Application.objects.get()
    year = timezone.localdate().year
    assert (made.number, made.received_on, made.send_by) == (f"F-{year}-0001", timezone.localdate(), SentBy.POST)
    plan = Initiative.objects.get()
    assert (plan.stage, plan.showing, plan.title) == (PlanStage.DECISION, Showing.PRIVATE, "Straatfeest Wilgenstraat")
    assert plan.summary == "Eten en spelen op straat met alle buren."
    page = client.get(url).content.decode()
    assert made.number in page
    assert reverse("fund:receipt", args=[made.uuid]) in page
    paper = client.get(reverse("fund:receipt", args=[made.uuid]))
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert "UA" in document.open_metadata().get("pdfuaid:part", "") or document.open_metadata()["pdfuaid:part"] == "1"
    facts = Letter.objects.get(about=Letter.About.RECEIPT).facts
    moment = timezone.localtime(made.submitted_at)
    assert f"{moment:%H:%M}" in " ".join(facts["paragraphs"])


def test_the_receipt_says_whom_to_call_and_that_an_example_is_one(client, party, settings, joris):
    settings.CITY_PHONE, settings.DEMO = "14 030", True
    walk(client, party)
    made = Application.objects.get()
    Application.objects.filter(pk=made.pk).update(helper=joris.uuid)
    made.refresh_from_db()
    facts = facts_of(made, made.submitted_at)
    assert facts["demo"] is True
    assert "14 030" in facts["signature"][-1]
    assert joris.name in facts["signature"][0]
    assert Letter.objects.get(about=Letter.About.RECEIPT).facts["demo"] is True


def test_the_account_number_is_shown_where_it_was_typed_and_nowhere_else(client, party, joris, priya, signed_in):
    walk(client, party)
    made = Application.objects.get()
    assert (made.payee.iban, made.payee.holder) == ("NL91ABNA0417164300", "Kees Vermeer")
    page = reverse("fund:application", args=[made.uuid])
    assert "NL91 ABNA 0417 1643 00" in client.get(page).content.decode()
    elsewhere = Client()
    session = elsewhere.session
    session["initiatives"] = [str(made.initiative.uuid)]
    session.save()
    html = elsewhere.get(page).content.decode()
    assert "4300" in html
    assert "NL91" not in html
    assert "0417" not in html
    for person in (joris, priya):
        client.logout()
        signed_in(person)
        assert "NL91" not in client.get(page, follow=True).content.decode()


def test_somebody_else_finds_no_draft_and_no_request(client, party, rules):
    client.post(reverse("fund:apply"), party["plan"])
    made = Application.objects.get()
    other = Client()
    for name, args in (("write", ["wanneer"]), ("application", []), ("receipt", []), ("later", [])):
        assert other.get(reverse(f"fund:{name}", args=[made.uuid, *args])).status_code == 404
    for name in ("throw_away", "choose_mail", "ease"):
        assert other.post(reverse(f"fund:{name}", args=[made.uuid])).status_code == 404


def test_a_form_that_is_sent_twice_makes_one_request(client, party):
    page = client.get(reverse("fund:apply"))
    opened = page.context["form"]["opened"].value() or ""
    html = page.content.decode()
    opened = html.partition('name="opened" value="')[2].partition('"')[0]
    for _time in range(2):
        client.post(reverse("fund:apply"), party["plan"] | {"opened": opened})
    assert Application.objects.count() == Initiative.objects.count() == 1


def test_what_a_plan_holds_is_not_asked_again(client, rules, kees, make_initiative, signed_in):
    plan = make_initiative("Wilgentuin", of=kees)
    soon = timezone.localdate() + datetime.timedelta(days=30)
    Initiative.objects.filter(pk=plan.pk).update(from_on=soon)
    signed_in(kees)
    url = f"{reverse('fund:apply')}?plan={plan.slug}"
    assert not Fields(client.get(url).content.decode()).typed
    client.post(url, {"activity": "green", "who": "neighbours"})
    made = Application.objects.get()
    assert (made.initiative, made.starts_on, made.applicant_name) == (plan, soon, "Kees Vermeer")
    assert client.get(url)["Location"] == reverse("fund:write", args=[made.uuid, "wanneer"])


def test_who_asks_for_the_same_plan_again_reads_that_it_was_asked_before(client, kees, make_initiative, make_application, signed_in):
    plan = make_initiative("Wilgentuin", of=kees)
    before = make_application(initiative=plan)
    text = signed_in(kees).get(f"{reverse('fund:apply')}?plan={plan.slug}").content.decode()
    assert before.number in text
    assert "12.400" in text


def test_about_is_read_back_and_the_second_time_it_counts(client, party):
    client.post(reverse("fund:apply"), party["plan"])
    url = reverse("fund:write", args=[Application.objects.get().uuid, "kosten"])
    asked = client.post(url, {"label_0": "Springkussen", "amount_0": "ongeveer 2.500"})
    assert asked.status_code == 422
    html = asked.content.decode()
    assert "€\xa02.500. Klopt dit?" in html
    assert 'value="2.500"' in html
    assert not Application.objects.get().costs.exists()
    assert client.post(url, {"label_0": "Springkussen", "amount_0": "2.500"}).status_code == 302
    assert Application.objects.get().costs.get().amount == 2500


@pytest.mark.parametrize("amount", ["0", "-5", "veel", "1e9", "1.234,567", "<script>"])
def test_an_amount_that_is_none_is_told_in_plain_words(client, party, amount):
    client.post(reverse("fund:apply"), party["plan"])
    url = reverse("fund:write", args=[Application.objects.get().uuid, "kosten"])
    answer = client.post(url, {"label_0": "Springkussen", "amount_0": amount})
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode().replace("<script src", "")
    assert not Application.objects.get().costs.exists()


def test_more_lines_keep_what_was_typed(client, party):
    client.post(reverse("fund:apply"), party["plan"])
    url = reverse("fund:write", args=[Application.objects.get().uuid, "kosten"])
    page = client.post(url, {"label_0": "Springkussen", "amount_0": "ongeveer", "rows": "3", "more": "1"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "Springkussen" in html
    assert html.count('name="amount_') == 8


@pytest.mark.parametrize(
    ("step", "change"),
    [
        ("wanneer", {"starts_on": "2020-01-01"}),
        ("wanneer", {"starts_on": "morgen"}),
        ("wanneer", {"visitors": "-1"}),
        ("rekening", {"iban": "NL92 ABNA 0417 1643 00"}),
        ("rekening", {"iban": ""}),
        ("rekening", {"applicant_name": ""}),
        ("wie-betaalt", {"hours": ""}),
        ("wie-betaalt", {"partner_label": "De Vechtoever", "partner": ""}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept_of_it(client, party, step, change):
    client.post(reverse("fund:apply"), party["plan"])
    made = Application.objects.get()
    answer = client.post(reverse("fund:write", args=[made.uuid, step]), party[step] | change)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    made.refresh_from_db()
    assert made.starts_on is None
    assert not hasattr(made, "payee")
    assert not made.incomes.exists()


def test_a_forged_last_screen_sends_nothing_while_something_misses(client, party):
    client.post(reverse("fund:apply"), party["plan"])
    made = Application.objects.get()
    answer = client.post(reverse("fund:write", args=[made.uuid, "versturen"]))
    assert answer.status_code == 422
    made.refresh_from_db()
    assert (made.stage, made.number) == (Stage.DRAFT, None)


def test_what_was_sent_cannot_be_written_any_more(client, party):
    url, _screens, _typed = walk(client, party)
    made = Application.objects.get()
    answer = client.post(reverse("fund:write", args=[made.uuid, "kosten"]), {"label_0": "Meer", "amount_0": "9000"})
    assert answer["Location"] == url
    assert made.costs.count() == 2
    assert client.post(reverse("fund:throw_away", args=[made.uuid])).status_code == 403


def test_somebody_goes_on_elsewhere_with_the_link_in_the_mail(client, party, queued):
    client.post(reverse("fund:apply"), party["plan"] | {"email": "kees@example.nl"})
    made = Application.objects.get()
    link = re.search(r"/initiatieven/link/verder/[^/\s]+/", queued()[0][1]["text"])[0]
    telephone = Client()
    assert telephone.get(link).status_code == 200
    assert telephone.get(reverse("fund:write", args=[made.uuid, "kosten"])).status_code == 404
    plan_page = telephone.post(link, follow=True).content.decode()
    assert f"{reverse('fund:apply')}?plan={made.initiative.slug}" in plan_page
    assert telephone.get(reverse("fund:write", args=[made.uuid, "kosten"])).status_code == 200
    for step in ("wanneer", "kosten", "wie-betaalt", "rekening"):
        assert telephone.post(reverse("fund:write", args=[made.uuid, step]), party[step]).status_code == 302
    assert client.post(reverse("fund:write", args=[made.uuid, "versturen"])).status_code == 302
    made.refresh_from_db()
    assert made.contact.person.email == "kees@example.nl"
    assert client.post(reverse("fund:choose_mail", args=[made.uuid])).status_code == 302
    made.refresh_from_db()
    assert made.send_by == SentBy.EMAIL


def test_a_link_to_go_on_later_goes_to_an_address_only(client, party, queued):
    client.post(reverse("fund:apply"), party["plan"])
    page = reverse("fund:later", args=[Application.objects.get().uuid])
    sent = client.post(reverse("fund:write", args=[Application.objects.get().uuid, "wanneer"]), party["wanneer"] | {"later": "1"})
    assert sent["Location"] == page
    assert client.get(page).status_code == 200
    assert client.post(page, {"email": "geen adres"}).status_code == 422
    assert not queued()
    assert client.post(page, {"email": "buur@example.nl"}).status_code == 302
    assert queued()[0][1]["to"] == "buur@example.nl"


def test_a_draft_is_thrown_away_and_the_plan_stays(client, party):
    client.post(reverse("fund:apply"), party["plan"])
    client.post(reverse("fund:throw_away", args=[Application.objects.get().uuid]))
    assert not Application.objects.exists()
    assert Initiative.objects.exists()


def test_how_easy_it_was_is_kept_without_who_said_it_and_once(client, party):
    url, _screens, _typed = walk(client, party)
    made = Application.objects.get()
    assert client.post(reverse("fund:ease", args=[made.uuid]), {"how": "9"}).status_code == 422
    for _time in range(2):
        client.post(reverse("fund:ease", args=[made.uuid]), {"how": "4", "words": "Snel klaar"})
    assert list(Ease.objects.values_list("how", "words", "channel")) == [(4, "Snel klaar", "web")]
    assert "fund:ease" not in client.get(url).content.decode()


def test_hostile_words_stand_as_text(client, party):
    client.post(reverse("fund:apply"), party["plan"] | {"title": "Feest <script>alert(1)</script>"})
    made = Application.objects.get()
    client.post(reverse("fund:write", args=[made.uuid, "kosten"]), {"label_0": "<script>alert(2)</script>", "amount_0": "5"})
    html = client.get(reverse("fund:write", args=[made.uuid, "versturen"])).content.decode()
    assert "<script>alert" not in html
    assert made.costs.get().kind == CostKind.OTHER


def test_no_field_that_is_asked_for_says_that_it_may_be_skipped(client, rules, party):
    skip = "(mag u overslaan)"
    client.post(reverse("fund:apply"), party["plan"])
    made = Application.objects.get()

    def label(step, name):
        page = client.get(reverse("fund:write", args=[made.uuid, step])).content.decode()
        return page[page.index(f'for="id_{name}"') :][:400].partition("</label>")[0]

    assert skip not in label("kosten", "label_0") + label("kosten", "amount_0")
    assert skip in label("kosten", "label_1")
    assert skip not in label("wie-betaalt", "hours")
    assert skip not in label("rekening", "iban")
    assert skip in label("rekening", "phone")


def step_of(page):
    """Which step of how many the screen says it is."""
    now, count = re.search(r"Stap (\d) van (\d)", page.content.decode()).groups()
    return int(now), int(count)


def test_the_number_of_a_screen_stays_when_the_costs_bring_one_more(client, party):
    begun = client.post(reverse("fund:apply"), party["plan"])["Location"]
    uuid = Application.objects.get().uuid
    assert step_of(client.get(begun)) == (2, 7)
    screens = {name: reverse("fund:write", args=[uuid, name]) for name in ("kosten", "wie-betaalt", "buren", "rekening", "versturen")}
    for amount, more in (("650", False), ("1500", True)):
        sent = client.post(screens["kosten"], {"label_0": "Tent", "amount_0": amount})
        assert sent["Location"] == screens["wie-betaalt"]
        assert (client.post(screens["wie-betaalt"], {"hours": "40"})["Location"] == screens["buren"]) is more
        shown = [step_of(client.get(screens[name])) for name in ("kosten", "wie-betaalt", "buren", "rekening", "versturen")]
        assert shown == [(3, 7), (4, 7), (5, 7), (6, 7), (7, 7)]


def test_more_than_the_fund_pays_is_said_where_the_costs_stand(client, party):
    client.post(reverse("fund:apply"), party["plan"])
    made = Application.objects.get()
    costs, pays = (reverse("fund:write", args=[made.uuid, name]) for name in ("kosten", "wie-betaalt"))
    says, much = "U vraagt meer dan", {"label_0": "Tent", "amount_0": "40000"}
    assert says not in client.get(costs).content.decode()
    told = client.post(costs, much)
    assert (told.status_code, says in told.content.decode()) == (200, True)
    made.refresh_from_db()
    assert made.asked == 40_000
    assert client.post(costs, much)["Location"] == pays
    assert says in client.get(pays).content.decode()
    client.post(pays, {"hours": "40", "own_money": "39500"})
    assert says not in client.get(pays).content.decode()


def test_what_the_plan_says_that_it_costs_stands_there_already(client, rules, kees, make_initiative, signed_in):
    plan = make_initiative(of=kees)
    plan.needs.create(kind=NeedKind.MONEY, words="Planten en aarde", amount=Decimal(400))
    plan.needs.create(kind=NeedKind.HANDS, words="Tien mensen")
    client = signed_in(kees)
    client.post(reverse("fund:apply") + f"?plan={plan.slug}&cost=900", {"activity": "green", "who": "neighbours"})
    made = Application.objects.get()
    assert [(line.label, line.amount) for line in made.costs.all()] == [("Planten en aarde", 400)]
    assert made.asked == 400
    assert "Planten en aarde" in client.get(reverse("fund:write", args=[made.uuid, "kosten"])).content.decode()


def test_what_it_costs_roughly_goes_along_from_the_check(client, party):
    client.post(reverse("fund:apply") + "?what=street_party&where=here&who=neighbours&cost=900", party["plan"])
    assert [(line.label, line.amount) for line in Application.objects.get().costs.all()] == [("Alles bij elkaar", 900)]


def test_who_sends_the_same_plan_again_reads_it_on_the_next_screen(client, party):
    walk(client, party)
    number = Application.objects.get().number
    page = client.post(reverse("fund:apply"), party["plan"], follow=True).content.decode()
    assert number in page
    assert "niet nog een keer te sturen" in page
    other = {"title": "Koor", "text": "Zingen op zondag.", "activity": "meeting", "where": "Geuzenwijk", "who": "neighbours"}
    assert number not in client.post(reverse("fund:apply"), other, follow=True).content.decode()
    assert number not in Client().post(reverse("fund:apply"), party["plan"], follow=True).content.decode()
