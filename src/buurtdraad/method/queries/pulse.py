"""Who is asked by the pulse, and what came of it, without giving anybody away."""

import datetime
from dataclasses import dataclass

from django.db.models import Avg, Count

from buurtdraad.accounts.duties import STAFF, Duty
from buurtdraad.accounts.models import DutyHeld
from buurtdraad.method.models import Pulse, PulseAnswer
from buurtdraad.method.models.pulse import QUESTIONS
from buurtdraad.method.states import Group
from buurtdraad.partners.models import Representative
from buurtdraad.partners.queries.joining import running

# Of fewer answers nothing is shown: one could guess whose they are.
LEAST = 10
FIELDS = tuple(field for field, _words in QUESTIONS)
EVERYBODY = ""


def to_ask(*, on: datetime.date) -> list[tuple[str, str]]:
    """Each address once, with its group: who works for the municipality, and who speaks for a partner on this day. Two queries."""
    at_work = DutyHeld.objects.on(on).filter(duty__in=[*STAFF, Duty.EMPLOYEE], person__is_active=True, person__confirmed_at__isnull=False)
    staff = set(at_work.exclude(person__email="").values_list("person__email", flat=True))
    found = {email.lower(): Group.STAFF.value for email in staff if email}
    voices = Representative.objects.on(on).filter(running(on)).exclude(email="", person__isnull=True)
    for email, of_account in voices.values_list("email", "person__email"):
        if address := (email or of_account or "").lower():
            found.setdefault(address, Group.PARTNERS.value)
    return sorted(found.items())


@dataclass(frozen=True)
class Result:
    """Of one group in one year: how many answered and the mean of each question, both None when that is not shown."""

    group: str
    answers: int | None = None
    means: tuple[float, ...] | None = None

    @property
    def shown(self) -> bool:
        return self.means is not None

    def mean(self, number: int) -> float | None:
        """The mean of a question, counted from 0."""
        return self.means[number] if self.means else None


@dataclass(frozen=True)
class Year:
    """A pulse and what came of it, by group; everybody together is the group with no name."""

    pulse: Pulse
    results: dict[str, Result]

    @property
    def everybody(self) -> Result:
        return self.results[EVERYBODY]

    @property
    def groups(self) -> list[tuple[str, Result]]:
        return [(str(group.label), self.results[group.value]) for group in Group]


def years(*, on: datetime.date) -> list[Year]:
    """The pulses that are over, the oldest first, with what may be shown. Two queries, however many years.

    One that still runs shows nothing: whoever compares its figures of two days learns what was answered between them.
    """
    over = list(Pulse.objects.filter(closes_on__lt=on).order_by("year"))
    counted: dict[int, dict[str, tuple[int, tuple[float, ...]]]] = {pulse.pk: {} for pulse in over}
    of_groups = PulseAnswer.objects.filter(pulse__in=over).order_by().values("pulse", "group")
    for row in of_groups.annotate(number=Count("id"), **{f"mean_{field}": Avg(field) for field in FIELDS}):
        counted[row["pulse"]][row["group"]] = (row["number"], tuple(row[f"mean_{field}"] for field in FIELDS))  # type: ignore[literal-required]
    return [Year(pulse, results(counted[pulse.pk])) for pulse in over]


def results(counted: dict[str, tuple[int, tuple[float, ...]]]) -> dict[str, Result]:
    """What may be shown of numbers and means by group.

    A group from 10 answers. Everybody from 10 answers, unless a group is shown beside another that is too small: what is
    left when the one is taken from the whole would be the other.
    """
    small = {group for group, (number, _means) in counted.items() if number < LEAST}
    shown = {group: Result(group, *counted[group]) for group in counted if group not in small}
    made = {group.value: shown.get(group.value, Result(group.value)) for group in Group}
    total = sum(number for number, _means in counted.values())
    if total < LEAST or (small and shown):
        return made | {EVERYBODY: Result(EVERYBODY)}
    means = tuple(sum(number * each[i] for number, each in counted.values()) / total for i in range(len(FIELDS)))
    return made | {EVERYBODY: Result(EVERYBODY, total, means)}
