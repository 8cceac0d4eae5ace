"""Points of those who assess, and the order that follows from them. Who has an interest gives none (Awb 2:4)."""

import datetime
import secrets
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from buurtdraad.accounts.models import Person
from buurtdraad.fund import access
from buurtdraad.fund.actions.interests import must_be_free
from buurtdraad.fund.actions.records import write_down
from buurtdraad.fund.actions.rounds import NotNow, Ranked, hold, record_ranking
from buurtdraad.fund.models import Application, Criterion, Round, RoundEntry, Score
from buurtdraad.fund.queries import rounds as queries
from buurtdraad.fund.states import RankedBy
from buurtdraad.fund.tally import ranked
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.stages import wrong_stage

SEED_BYTES = 16


class WrongPoints(Refused):
    """Points below nothing or above the most of a criterion, or not on every criterion."""


@transaction.atomic
def give_points(
    round_: Round, application: Application, given: Mapping[Criterion, tuple[int, str]], *, by: Person, at: datetime.datetime
) -> None:
    """The points of one person for one plan, with why, on every criterion. Giving them again changes them, until the order is known.

    Raises `NotFree`, `WrongStage` and `WrongPoints`.
    """
    must_be_free(by, application)
    held = hold(round_)
    if not access.may_score(by, held, application) or not held.entries.filter(application=application).exists():
        raise wrong_stage(f"no points for {application} in {held}")
    if {one.pk for one in given} != set(held.criteria.values_list("pk", flat=True)):
        raise WrongPoints(_("Give points on every criterion."))
    for criterion, (points, why) in given.items():
        if not 0 <= points <= criterion.most:
            raise WrongPoints(_("%(name)s: give at least 0 and at most %(most)s points.") % {"name": criterion, "most": criterion.most})
        facts = {"points": points, "why": why, "at": at}
        Score.objects.update_or_create(criterion=criterion, application=application, given_by=by.uuid, defaults=facts)
    write_down("points.given", application, by=by, at=at)


@transaction.atomic
def rank_by_points(round_: Round, *, by: Person, at: datetime.datetime) -> list[RoundEntry]:
    """Make the order of the points, of equal points by lot with a seed that everybody can read. Raises what `record_ranking` does."""
    held = hold(round_)
    if held.ranked_by != RankedBy.SCORES:
        raise wrong_stage(f"{held} goes by {held.ranked_by}")
    weights = dict(held.criteria.values_list("pk", "weight"))
    scores = queries.scores_of(held)
    by_name: dict[str, Application] = {}
    points: dict[str, Decimal] = {}
    for entry in queries.entries_of(held):
        mean = queries.points_of(weights, scores.get(entry.application_id, {}))
        if mean is None:
            raise NotNow(_("%(number)s has no points on every criterion yet.") % {"number": entry.application})
        by_name[str(entry.application.uuid)], points[str(entry.application.uuid)] = entry.application, mean
    seed = secrets.token_hex(SEED_BYTES)
    ranking = [Ranked(by_name[one.name], one.points) for one in ranked(points, least=held.least_points, seed=seed)]
    assessors = len({score.given_by for each in scores.values() for given in each.values() for score in given})
    with override("nl"):
        how = ngettext("One assessor gave points.", "%(number)s assessors gave points.", assessors) % {"number": assessors}
    return record_ranking(round_, ranking, how=how, seed=seed, by=by, at=at)
