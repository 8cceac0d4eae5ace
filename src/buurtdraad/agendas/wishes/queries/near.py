"""Wishes that say about the same, for who works here: also what is not on the site."""

from buurtdraad.accounts.access import Reach
from buurtdraad.agendas.similar.rules import key, most_like, shortlist_stems
from buurtdraad.agendas.wishes.models import Wish
from buurtdraad.agendas.wishes.queries.work import in_reach

# So many that share a stem are compared, the newest first.
COMPARED = 200


def near(text: str, reach: Reach, *, codes: frozenset[str] | None = None, but: Wish | None = None, most: int = 3) -> list[Wish]:
    """The wishes in reach (and in these areas) that are most like a text, the most alike first. At most two queries."""
    wanted = key(text)
    asked = shortlist_stems(wanted)
    if not asked:
        return []
    found = in_reach(reach).heads().within(codes).filter(stems__overlap=asked)
    if but:
        found = found.exclude(pk__in=[pk for pk in (but.pk, but.head_id) if pk])
    compared = [(pk, tuple(stems)) for pk, stems in found.values_list("pk", "stems")[:COMPARED]]
    alike = [pk for pk, _likeness in most_like(wanted, compared, most=most)]
    wishes = in_reach(reach).defer("search", "stems").in_bulk(alike)
    return [wishes[pk] for pk in alike if pk in wishes]
