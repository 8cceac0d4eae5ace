"""Samples of the addresses of the rules of the fund, for `tests.access`: the schemes that come with the product."""

import datetime
from typing import Any

from buurtdraad.fund.actions.loading import load_schemes
from buurtdraad.fund.models import TextBlock
from buurtdraad.fund.queries.rules import our_scheme


def rulebook_samples(at: datetime.datetime) -> dict[str, Any]:
    """A scheme and the day of its newest rules, a text, and another desk."""
    load_schemes(at=at)
    scheme = our_scheme()
    assert scheme
    day = scheme.versions.all()[0].from_on.isoformat()
    block = TextBlock.objects.filter(scheme=scheme)[0].uuid
    return {
        "fund:rules_scheme": scheme.slug,
        "fund:rules_version": {"scheme": scheme.slug, "day": day},
        "fund:work_rules_change": day,
        "fund:work_rules_drop": day,
        "fund:block": block,
        "fund:block_end": block,
        "fund:door": "fiets",
        "fund:door_remove": "fiets",
    }
