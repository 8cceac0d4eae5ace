"""The steps of the five-minute story that can be walked today. Each part of the product adds its own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtdraad.running.demo.cast import BY_SLUG


@dataclass(frozen=True)
class Step:
    """A step: what to do, where (an URL name with its arguments) and through whose eyes (a slug of the cast, or anyone)."""

    title: str | Promise
    do: str | Promise
    url_name: str
    url_arguments: tuple[str, ...] = ()
    role: str = ""

    @property
    def name(self) -> str:
        """How who one looks as is called; empty for anyone."""
        return BY_SLUG[self.role].name if self.role else ""


STORY = (
    Step(
        _("What is going on in your neighbourhood?"),
        _("Type Geuzenwijk in the search field. You come to the page of that neighbourhood."),
        "pages:home",
    ),
    Step(
        _("One page for each neighbourhood"),
        _("Read one sentence and three figures, each with its source and year. Press Read aloud to hear the page."),
        "pages:area",
        ("BU03440241",),
    ),
    Step(
        _("One person to turn to"),
        _("At the foot of the page stands who works here: Joris, with a phone number and when you can walk in."),
        "partners:works_here",
        ("BU03440241",),
    ),
    Step(
        _("The area of a neighbourhood agenda"),
        _("Zuilen-Oost is made of three neighbourhoods. It has a page of its own."),
        "pages:area",
        ("zuilen-oost",),
    ),
    Step(
        _("A wish by phone, in half a minute"),
        _("Mrs Aydin calls: no shade and no bench on the Wilgenhof. Type that, choose by phone, and fill in that she wants a call."),
        "agendas:note",
        role="joris",
    ),
    Step(
        _("It was told before"),
        _("Joris joins her wish to ZO-42. Nothing is lost: see who gave it, each in their own words and in their own way."),
        "agendas:work_wish",
        ("ZO-42",),
        role="joris",
    ),
    Step(
        _("The thread of one wish"),
        _("Follow the line of ZO-42: told, looked at, chosen, under way, done. Each step says when and why."),
        "pages:wish",
        ("ZO-42",),
    ),
    Step(
        _("A topic that residents chose"),
        _("Open Groen en ontmoeten: 47 people chose it with stickers, 31 of 141. Linda said yes without an account."),
        "agendas:agenda",
        ("zuilen-oost",),
    ),
    Step(
        _("An agreement that will be later"),
        _("Open Twaalf bomen: it says why it will be later, and the new date. Linda was stuck last week; the answer stands beside it."),
        "agendas:agenda",
        ("zuilen-oost",),
    ),
    Step(
        _("A plan of residents"),
        _("Kees makes the Wilgentuin: 84 neighbours for, 6 against, 14 no opinion. Below you read how the Alexandertuin went."),
        "initiatives:initiative",
        ("wilgentuin",),
    ),
    Step(
        _("Can I get money for my plan?"),
        _("Some short questions, and you know whether you can get money. What your plan says already is not asked again."),
        "fund:check",
    ),
    Step(
        _("How many days are left?"),
        _("Priya opens the request for the Wilgentuin. EUR 500 of food and drink is not accepted, and she says why."),
        "fund:worklist",
        role="priya",
    ),
    Step(
        _("Two people decide"),
        _("Priya cannot decide on this, and Femke said yes already. Bas decides in one click. Then he sends the letter, a PDF."),
        "fund:to_decide",
        role="bas",
    ),
    Step(
        _("Where does the money go?"),
        _("Once Bas decided, EUR 11,900 stands here for the Wilgentuin. Follow it to the wish it began with. No name is shown."),
        "money:area_money",
        ("BU03440241",),
    ),
    Step(
        _("A partner says that it is still right"),
        _("Noor sees what Linda confirmed, and which agreement nobody confirmed for two months. The mail to Linda is in the outbox."),
        "pages:confirmations",
        role="noor",
    ),
    Step(
        _("One way of working for all areas"),
        _("Seven steps, the same everywhere. See in which step each area is, and what we do differently there and why."),
        "method:method",
    ),
    Step(
        _("Made to measure, and why"),
        _("Zuilen-Oost is at step 3 and began like Overvecht. Read what it does differently, and why."),
        "method:run",
        ("zuilen-oost",),
    ),
    Step(
        _("Start in a new neighbourhood"),
        _("Noor chooses a new area, like Overvecht. She sees the steps, dates and partners first, and then presses one button."),
        "method:work_start",
        role="noor",
    ),
    Step(
        _("Tom served a meal, and a rule is simpler"),
        _("In Overvecht he heard: two forms for one bench. See who saw to it, since when it is one form, and what people felt."),
        "placements:placements",
    ),
    Step(
        _("What fits, and what does not?"),
        _("Noor sees: a sewer and a garden in the same place within 12 months. She presses Make an agreement: garden after sewer."),
        "reports:findings",
        role="noor",
    ),
    Step(
        _("Where is attention needed, and is nothing done yet?"),
        _("In the overview, look at young people in Zuilen-Oost. From there you put it on the list of the next meeting."),
        "reports:coherence",
        role="noor",
    ),
    Step(
        _("All work of the municipality"),
        _("Tom keeps his project sheet with four questions: what, where, who, until when. All else is asked when it is needed."),
        "works:works",
        role="tom",
    ),
    Step(
        _("Before a proposal: a Buurtcheck"),
        _("Tom looks at what the neighbourhood asks. He answers three questions, and gets a text to paste, with ZO-42 in it."),
        "works:checks",
        role="tom",
    ),
    Step(
        _("What did the city promise?"),
        _("Four ambitions, what was promised for when, and what is done or not yet."),
        "pages:programme",
    ),
    Step(
        _("The report writes itself"),
        _("Noor presses Make the half-year report. She changes sentences; each number leads to the list behind it."),
        "reports:drafts",
        role="noor",
    ),
    Step(
        _("One area on one A4"),
        _("Anouk visits Zuilen-Oost: what people ask, what was agreed, what is late, and whom to call. She approves the report."),
        "reports:brief",
        ("zuilen-oost",),
        role="anouk",
    ),
    Step(
        _("One figure on the map"),
        _("See one figure for all neighbourhoods, on a map and in a list."),
        "pages:indicator",
        ("corporatiewoningen",),
    ),
    Step(
        _("A few hours in the neighbourhood"),
        _("Tom chooses a shift at a meal in Overvecht, in one form. His manager and the host say yes by a link in a mail."),
        "placements:shifts",
        role="tom",
    ),
    Step(
        _("Somebody waits for a call"),
        _("Joris sees on his work page whom to call. Open the call about a bench and press Called: the phone number is gone."),
        "pages:work",
        role="joris",
    ),
)
