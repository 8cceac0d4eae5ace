"""Every dataset that we publish, in the order of the page. Page, codebooks, files, catalogue and tests follow from it."""

from buurtdraad.pages.opening.datasets.agendas import AGENDAS
from buurtdraad.pages.opening.datasets.money import MONEY
from buurtdraad.pages.opening.datasets.neighbourhood import NEIGHBOURHOOD
from buurtdraad.pages.opening.datasets.places import AREAS, FIGURES
from buurtdraad.pages.opening.datasets.voting import REPORTS, VOTING

DATASETS = (AREAS, FIGURES, *AGENDAS, *NEIGHBOURHOOD, *MONEY, *VOTING, REPORTS)
BY_KEY = {dataset.key: dataset for dataset in DATASETS}
