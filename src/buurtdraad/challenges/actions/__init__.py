"""The only place of this room that writes."""

from buurtdraad.challenges.actions.load import load_programme
from buurtdraad.challenges.actions.load_promises import load_promises
from buurtdraad.challenges.actions.programme import (
    add_ambition,
    add_challenge,
    change_ambition,
    change_challenge,
    end_ambition,
    end_challenge,
)
from buurtdraad.challenges.actions.promises import add_aim, add_pledge, change_promise, finish_promise, remove_promise, reopen_promise
from buurtdraad.challenges.actions.records import NotChanged

__all__ = [
    "NotChanged",
    "add_aim",
    "add_ambition",
    "add_challenge",
    "add_pledge",
    "change_ambition",
    "change_challenge",
    "change_promise",
    "end_ambition",
    "end_challenge",
    "finish_promise",
    "load_programme",
    "load_promises",
    "remove_promise",
    "reopen_promise",
]
