"""Taking away what this room has of a person, and forgetting people whose time is past."""

from buurtdraad.agendas.own.actions.erasing import erase
from buurtdraad.agendas.own.actions.forgetting import (
    destroy_comments,
    destroy_joiners,
    destroy_notes,
    forget_givers,
    forget_owners,
    forget_sign_ups,
)

__all__ = ["destroy_comments", "destroy_joiners", "destroy_notes", "erase", "forget_givers", "forget_owners", "forget_sign_ups"]
