"""The people of the five-minute story. Everybody is invented; so are their organisations."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """One of the cast: who it is, and what to look at through their eyes."""

    slug: str
    name: str
    who: str | Promise
    wants: str | Promise


CAST = (
    Role(
        "emine", "Emine Aydin", _("resident, 68 years old, reads with difficulty"), _("She wants to tell her wish, and hear what happens.")
    ),
    Role("kees", "Kees Vermeer", _("resident with a plan"), _("He wants one person to talk to, and a quick answer.")),
    Role("joris", "Joris Bakker", _("area adviser in Zuilen"), _("He wants everything of his area on one page.")),
    Role("samira", "Samira El Idrissi", _("area adviser in Overvecht"), _("She wants to see what others have learned.")),
    Role("noor", "Noor de Graaf", _("programme manager"), _("She wants to see how all areas are doing.")),
    Role("priya", "Priya Ramdin", _("handles requests for money"), _("She wants to know how many days are left.")),
    Role("bas", "Bas Hoekstra", _("decides on requests for money"), _("He wants to see the reasons on one page.")),
    Role("linda", "Linda Mulder", _("works for housing association De Vechtoever"), _("She wants to confirm an agreement in one click.")),
    Role("tom", "Tom van Dijk", _("engineer of the municipality"), _("He wants to learn from people in the neighbourhood.")),
    Role("anouk", "Anouk Smits", _("alderman"), _("She wants no surprises before a visit.")),
    Role("jansen", "R. Jansen", _("council member"), _("He wants to see what was promised and done.")),
)
BY_SLUG = {role.slug: role for role in CAST}
