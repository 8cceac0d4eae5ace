"""The files of a programme: ambitions with the challenges under each, and what was promised under them."""

from django.utils.translation import gettext_lazy as _

from buurtdraad.lib.tables.reading import Column

COLUMNS = (
    Column(
        "ambition", ("ambitie", "ambition"), _("The short name of the ambition: small letters, digits and hyphens."), required=True, most=60
    ),
    Column("number", ("nummer", "number"), _("Of an ambition: how the programme counts it."), most=2),
    Column(
        "challenge", ("opgave", "challenge"), _("The short name of the challenge. Empty: this row is about the ambition itself."), most=60
    ),
    Column("name", ("naam", "name"), _("What it is called."), required=True, most=150),
    Column("text", ("tekst", "text", "doel", "goal"), _("What the city wants with it."), most=2000, lines=True),
    Column("owner", ("trekker", "owner"), _("Of a challenge: the department that answers for it."), most=150),
    Column("from_on", ("vanaf", "from"), _("The first day, such as 31-12-2026."), required=True, most=20),
    Column("until_on", ("tot en met", "until"), _("The last day. Empty when the end is not known."), most=20),
)

PROMISE_COLUMNS = (
    Column(
        "kind",
        ("soort", "kind"),
        _("What it is: belofte (of the programme), toezegging (to the council) or motie."),
        required=True,
        most=20,
    ),
    Column("number", ("nummer", "number"), _("Of a pledge or motion: its number. By this we know it the next time."), most=40),
    Column("ambition", ("ambitie", "ambition"), _("The short name of the ambition. A promise of the programme needs one."), most=60),
    Column("challenge", ("opgave", "challenge"), _("The short name of the challenge, if it is for one."), most=60),
    Column(
        "what",
        ("wat", "what"),
        _("What was promised. By these words we know a promise of the programme the next time."),
        required=True,
        most=500,
    ),
    Column("owner", ("afdeling", "department"), _("Of a pledge or motion: the department that answers for it."), most=150),
    Column("made_on", ("gedaan op", "made on"), _("Of a pledge or motion: the day it was made."), most=20),
    Column("due_on", ("voor wanneer", "due on"), _("For which day it was promised, such as 31-12-2026."), most=20),
    Column("done_on", ("klaar op", "done on"), _("The day it was done. Empty when it is not."), most=20),
    Column("told", ("wat ervan kwam", "told"), _("What came of it, or why it is later."), most=2000, lines=True),
    Column("source", ("waar het staat", "source"), _("Of a promise of the programme: where it was promised."), most=300),
)
