"""A method in use of four steps, and a run of it in Overvecht that Noor started."""

import datetime

import pytest
from django.utils import timezone

from buurtdraad.method.actions import runs as actions
from buurtdraad.method.models import ExitCheck, MethodStep, MethodVersion
from buurtdraad.partners.models import Kind, Organisation, WorksIn

NOW = timezone.now() + datetime.timedelta(minutes=5)
TODAY = timezone.localdate(NOW)
DAY = datetime.timedelta(days=1)
STEPS = (("signaleren", "Signaleren", 2, 4), ("kiezen", "Samen kiezen", 3, 6), ("doen", "Doen", None, None), ("leren", "Leren", 1, 2))


def make_version(number=1, stage="in_use", **facts):
    """A version of four steps: the first asks people, the second two wishes, the others nothing."""
    since = None if stage == "draft" else TODAY
    version = MethodVersion.objects.create(
        number=number, stage=stage, name="Vaste werkwijze", in_use_on=since, made_at=NOW, what_is_new="", **facts
    )
    for place, (key, name, least, most) in enumerate(STEPS, start=1):
        step = MethodStep.objects.create(
            version=version, number=place, key=key, name=name, purpose=f"Waarom wij {name.lower()}.", weeks_least=least, weeks_most=most,
            kinds=["welfare"] if place == 1 else [], for_residents="Kom naar de avond." if place == 1 else "",
        )  # fmt: skip
        if key == "signaleren":
            ExitCheck.objects.create(step=step, number=1, key="herkend", text="Bewoners herkennen het beeld")
        if key == "kiezen":
            ExitCheck.objects.create(step=step, number=1, key="wensen", text="Er zijn wensen verteld", measure="wishes", at_least=2)
    return version


def partner(name, kind, area, **facts):
    """An organisation that works in an area."""
    made = Organisation.objects.create(name=name, kind=kind, from_on=TODAY - 10 * DAY, **facts)
    WorksIn.objects.create(organisation=made, area=area)
    return made


@pytest.fixture
def version(db):
    return make_version()


@pytest.fixture
def brug(areas):
    """Welfare in Overvecht."""
    return partner("Welzijn De Brug", Kind.WELFARE, areas["WK034403"])


@pytest.fixture
def run(areas, version, noor, brug):
    """The run in Overvecht, at its first step since today; De Brug is proposed."""
    return actions.start(areas["WK034403"], first_on=TODAY, by=noor, at=NOW)


@pytest.fixture
def herkend(version):
    """What people answer at the first step."""
    return ExitCheck.objects.get(key="herkend", step__version=version)


@pytest.fixture
def second(run, herkend, noor):
    """The same run, at its second step."""
    actions.meet_check(run, herkend, by=noor, at=NOW)
    actions.go_on(run, by=noor, at=NOW)
    return run
