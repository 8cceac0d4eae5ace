"""An agenda as it hangs on the wall of the community centre: facts for `agendas/agenda.typ`."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtdraad.agendas.agenda.models import Agreement
from buurtdraad.agendas.agenda.queries.agendas import AgendaPage
from buurtdraad.agendas.agenda.queries.words import when, who
from buurtdraad.agendas.agenda.states import SAYS_WHY, Stage
from buurtdraad.messages.emails import address
from buurtdraad.places.queries import city_name


def printed(page: AgendaPage, on: datetime.date) -> dict:
    """Everything on the paper, in the language of the moment."""
    version = page.version
    adopted = {"day": date_format(version.valid_from, "j F Y") if version.valid_from else "", "by": version.adopted_by}
    return {
        "title": _("Neighbourhood agenda %(name)s") % {"name": page.name},
        "city": city_name(),
        "demo": settings.DEMO,
        "lead": version.plain_summary,
        "adopted": _("Since %(day)s. Adopted by: %(by)s.") % adopted,
        "topics": [
            {"title": part.topic.title, "text": part.topic.text, "agreements": [one_line(agreement, on) for agreement in part.agreements]}
            for part in page.parts
        ],
        "none": _("Nothing was agreed about this yet."),
        "site": _("Read everything, or join in: %(address)s") % {"address": address(f"/agenda/{version.area.code}/")},
        "phone": _("Or call %(phone)s.") % {"phone": settings.CITY_PHONE} if settings.CITY_PHONE else "",
    }


def one_line(agreement: Agreement, on: datetime.date) -> dict[str, str]:
    late = agreement.why if agreement.stage in SAYS_WHY else ""
    return {
        "what": agreement.what,
        # "Done on 3 May" says it already.
        "stage": "" if agreement.stage == Stage.DONE else str(Stage(agreement.stage).label),
        "who": who(agreement),
        "when": when(agreement, on),
        "why": late,
    }
