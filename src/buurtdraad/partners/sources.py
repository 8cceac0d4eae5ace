"""The file of partners: one organisation a row, without people."""

from django.utils.translation import gettext_lazy as _

from buurtdraad.lib.tables.reading import Column

COLUMNS = (
    Column("name", ("naam", "name", "organisatie"), _("The name by which people know it."), required=True, most=150),
    Column("kind", ("soort", "kind"), _("What it is, such as: school, police, housing association."), required=True, most=60),
    Column("website", ("website",), _("The address of its website, with https:// before it."), most=200),
    Column(
        "areas",
        ("gebieden", "areas"),
        _("Where it works: names or codes, with a comma between them. Empty: this stays as it is."),
        most=2000,
    ),
    Column(
        "challenges",
        ("opgaven", "challenges"),
        _("Which challenges it works on: names or codes, with a comma between them. Empty: this stays as it is."),
        most=2000,
    ),
    Column("from_on", ("vanaf", "from"), _("The first day, such as 31-12-2026. Empty: today."), most=20),
    Column("until_on", ("tot en met", "until"), _("The last day. Empty when the end is not known."), most=20),
)
