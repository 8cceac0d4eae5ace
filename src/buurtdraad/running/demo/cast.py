"""The people of the five-minute story. Everybody is invented; so are their organisations."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtdraad.accounts.duties import Duty

# Where they work: codes of `city`.
ZUILEN, ZUILEN_OOST, GEUZENWIJK, OVERVECHT = "WK034402", "zuilen-oost", "BU03440241", "WK034403"
EVERYWHERE = ""


@dataclass(frozen=True)
class Role:
    """One of the cast: who it is, what to look at through their eyes, and their duties, each with the code of an area.

    An address is for who needs one in the story.
    """

    slug: str
    name: str
    who: str | Promise
    wants: str | Promise
    duties: tuple[tuple[Duty, str], ...] = ()
    email: str = ""


CAST = (
    Role(
        "emine",
        "Emine Aydin",
        _("resident, 68 years old, reads with difficulty"),
        _("She wants to tell her wish, and hear what happens."),
        ((Duty.RESIDENT, GEUZENWIJK),),
    ),
    Role(
        "kees",
        "Kees Vermeer",
        _("resident with a plan"),
        _("He wants one person to talk to, and a quick answer."),
        ((Duty.RESIDENT, GEUZENWIJK), (Duty.INITIATOR, GEUZENWIJK)),
    ),
    Role(
        "joris",
        "Joris Bakker",
        _("area adviser in Zuilen"),
        _("He wants everything of his area on one page."),
        ((Duty.AREA_ADVISER, ZUILEN), (Duty.AREA_ADVISER, ZUILEN_OOST)),
        "joris.bakker@utrecht.example",
    ),
    Role(
        "samira",
        "Samira El Idrissi",
        _("area adviser in Overvecht"),
        _("She wants to see what others have learned."),
        ((Duty.AREA_ADVISER, OVERVECHT),),
        "samira.el.idrissi@utrecht.example",
    ),
    Role(
        "noor",
        "Noor de Graaf",
        _("programme manager"),
        _("She wants to see how all areas are doing."),
        ((Duty.PROGRAMME_MANAGER, EVERYWHERE),),
        "noor.de.graaf@utrecht.example",
    ),
    Role(
        "priya",
        "Priya Ramdin",
        _("handles requests for money"),
        _("She wants to know how many days are left."),
        ((Duty.FUND_HANDLER, EVERYWHERE),),
        "priya.ramdin@utrecht.example",
    ),
    Role(
        "bas",
        "Bas Hoekstra",
        _("decides on requests for money"),
        _("He wants to see the reasons on one page."),
        ((Duty.FUND_DECIDER, EVERYWHERE),),
        "bas.hoekstra@utrecht.example",
    ),
    Role(
        "femke",
        "Femke Verhoeven",
        _("decides with Bas on large amounts"),
        _("She wants to see what somebody else found first."),
        ((Duty.FUND_DECIDER, EVERYWHERE),),
        "femke.verhoeven@utrecht.example",
    ),
    Role(
        "wouter",
        "Wouter Kuiper",
        _("pays what was promised"),
        _("He wants a list that is right the first time."),
        ((Duty.FINANCE, EVERYWHERE),),
        "wouter.kuiper@utrecht.example",
    ),
    Role(
        "linda",
        "Linda Mulder",
        _("works for housing association De Vechtoever"),
        _("She wants to confirm an agreement in one click."),
        ((Duty.PARTNER, EVERYWHERE),),
        "linda@devechtoever.example",
    ),
    Role(
        "tom",
        "Tom van Dijk",
        _("engineer of the municipality"),
        _("He wants to learn from people in the neighbourhood."),
        ((Duty.EMPLOYEE, EVERYWHERE),),
        "tom.van.dijk@utrecht.example",
    ),
    Role(
        "anouk",
        "Anouk Smits",
        _("alderman"),
        _("She wants no surprises before a visit."),
        ((Duty.ALDERMAN, EVERYWHERE),),
        "anouk.smits@utrecht.example",
    ),
    Role(
        "jansen", "R. Jansen", _("council member"), _("He wants to see what was promised and done."), ((Duty.COUNCIL_MEMBER, EVERYWHERE),)
    ),
    Role(
        "hamid",
        "Hamid Bouzian",
        _("reads along before texts are shown"),
        _("He wants to see what people reported."),
        ((Duty.MODERATOR, EVERYWHERE),),
        "hamid.bouzian@utrecht.example",
    ),
    Role(
        "ria",
        "Ria Postma",
        _("administrator"),
        _("She wants to see who has which duty."),
        ((Duty.ADMINISTRATOR, EVERYWHERE), (Duty.FINANCE, EVERYWHERE)),
        "ria.postma@utrecht.example",
    ),
)
BY_SLUG = {role.slug: role for role in CAST}
