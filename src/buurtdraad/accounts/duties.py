"""The duties a person can have in a place, and which of them are staff's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Duty(models.TextChoices):
    RESIDENT = "resident", _("resident")
    INITIATOR = "initiator", _("initiator of a plan")
    PARTNER = "partner", _("partner")
    AREA_ADVISER = "area_adviser", _("area adviser")
    AREA_MANAGER = "area_manager", _("area manager")
    FUND_HANDLER = "fund_handler", _("handles requests for money")
    FUND_DECIDER = "fund_decider", _("decides on requests for money")
    FINANCE = "finance", _("pays")
    MODERATOR = "moderator", _("reads along before texts are shown")
    PROGRAMME_MANAGER = "programme_manager", _("programme manager")
    COUNCIL_MEMBER = "council_member", _("council member")
    RESEARCHER = "researcher", _("researcher")
    ADMINISTRATOR = "administrator", _("administrator")
    EMPLOYEE = "employee", _("works for the municipality")
    ALDERMAN = "alderman", _("alderman")


# They see what others gave us in confidence, so they need a second factor at sign-in.
STAFF = frozenset(
    {
        Duty.AREA_ADVISER,
        Duty.AREA_MANAGER,
        Duty.FUND_HANDLER,
        Duty.FUND_DECIDER,
        Duty.FINANCE,
        Duty.MODERATOR,
        Duty.PROGRAMME_MANAGER,
        Duty.ADMINISTRATOR,
        Duty.ALDERMAN,
    }
)

# Who works for the municipality, with a duty of staff or without one.
AT_WORK = STAFF | {Duty.EMPLOYEE}

# What they do has no place: it holds in the whole city or not at all.
CITY_WIDE = frozenset({Duty.ADMINISTRATOR})
