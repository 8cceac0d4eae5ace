"""Forgetting people whose time is past, once an administrator has approved the list. Each gives how many went.

Each looks again whether what is on the list is still due.
"""

import datetime
from collections.abc import Collection
from functools import partial

from django.db import transaction

from buurtdraad.agendas.agenda.models import Owner
from buurtdraad.agendas.meetings.models import SignUp
from buurtdraad.agendas.own.queries import past
from buurtdraad.agendas.wishes.queries.past import givers_due
from buurtdraad.lib.uploads.keeping import forget


@transaction.atomic
def forget_givers(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who gave a wish that ended long ago, of those with these ids that are still due. The wish stays. Returns how many."""
    return givers_due(on).filter(pk__in=ids).update(words="", contact=None)


@transaction.atomic
def forget_sign_ups(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who came to a meeting; how many they were stays."""
    due = list(past.sign_ups_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return SignUp.objects.filter(pk__in=due).update(name="", needs="", contact=None)


@transaction.atomic
def destroy_joiners(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who wanted to join in."""
    return past.joiners_due(on).filter(pk__in=ids).delete()[0]


@transaction.atomic
def destroy_notes(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy what was spoken in and never written down; the sounds go after the commit."""
    due = list(past.notes_due(on).select_for_update(of=("self",)).filter(pk__in=ids))
    for note in due:
        if note.key:
            transaction.on_commit(partial(forget, note.key))
        note.delete()
    return len(due)


@transaction.atomic
def forget_owners(ids: Collection[int], *, on: datetime.date) -> int:
    """Forget who spoke for an owner, and how to reach them; their name on the site and their yes stay."""
    due = list(past.owners_due(on).filter(pk__in=ids).values_list("pk", flat=True))
    return Owner.objects.filter(pk__in=due).update(said_by="", why="", contact=None)


@transaction.atomic
def destroy_comments(ids: Collection[int], *, on: datetime.date) -> int:
    """Destroy comments that do not stand on the site."""
    return past.comments_due(on).filter(pk__in=ids).delete()[0]
