"""Parts of the site that are not built yet, and how to do the same thing today.

Each entry goes when its room comes; a page that promises nothing and gives a phone number is better than a dead link.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Coming:
    """One such page: what it will be, and what a person can do now."""

    title: str | Promise
    will_be: str | Promise
    today: str | Promise


COMING = {
    "wishes": Coming(
        _("Wishes of residents"),
        _("Here you will tell what you want or miss in your neighbourhood. You will also see what others want, and what came of it."),
        _("Do you have a wish now? Call us or walk in. We write it down with you."),
    ),
    "agenda": Coming(
        _("Neighbourhood agenda"),
        _("Here you will see what residents, partners and the municipality agree on. And who does what, and when."),
        _("Do you want to know what was agreed in your neighbourhood? Call us or walk in."),
    ),
    "fund": Coming(
        _("Money for plans"),
        _("Here you will see in two minutes whether you can get money for your plan. You can then ask for it at once."),
        _("Do you have a plan now? Call us or walk in. We look at it together."),
    ),
    "meetings": Coming(
        _("Meetings"),
        _("Here you will see when you can come and talk with your neighbours and with us."),
        _("Do you want to know when the next meeting is? Call us or walk in."),
    ),
    "done": Coming(
        _("What has been done?"),
        _("Here you will see what came of the wishes of residents: what was done, what it cost and what it brought."),
        _("Do you want to know what was done in your neighbourhood? Call us or walk in."),
    ),
}
