"""What the API has: one table, from which its addresses and its document follow."""

from buurtdraad.api.resources.agreements import AGREEMENTS
from buurtdraad.api.resources.areas import AREAS
from buurtdraad.api.resources.decisions import DECISIONS
from buurtdraad.api.resources.figures import FIGURES
from buurtdraad.api.resources.initiatives import INITIATIVES
from buurtdraad.api.resources.meetings import MEETINGS
from buurtdraad.api.resources.partners import PARTNERS
from buurtdraad.api.resources.pots import POTS
from buurtdraad.api.resources.reports import REPORTS
from buurtdraad.api.resources.rounds import ROUNDS
from buurtdraad.api.resources.schemes import SCHEMES
from buurtdraad.api.resources.topics import TOPICS
from buurtdraad.api.resources.wishes import WISHES
from buurtdraad.api.resources.works import WORKS
from buurtdraad.api.shape import Resource

RESOURCES: tuple[Resource, ...] = (
    AREAS,
    FIGURES,
    WISHES,
    MEETINGS,
    TOPICS,
    AGREEMENTS,
    INITIATIVES,
    SCHEMES,
    DECISIONS,
    POTS,
    ROUNDS,
    PARTNERS,
    WORKS,
    REPORTS,
)
