"""What a city should know before it goes live."""

from django.conf import settings
from django.core import checks

from buurtdraad.ui.theme import LOGO_TYPES, measured


@checks.register
def security_contact(**kwargs) -> list[checks.CheckMessage]:
    """Who finds a leak must reach somebody: security.txt renews its own date, so nothing else would tell."""
    if settings.HTTPS and not settings.SECURITY_CONTACT:
        return [checks.Warning("SECURITY_CONTACT is not set: security.txt sends who found a leak to a page only.", id="ui.W001")]
    return []


@checks.register
def mounted_theme(**kwargs) -> list[checks.CheckMessage]:
    """A theme that cannot be read stops; one that is hard to read warns. A logo must be a picture."""
    problems: list[checks.CheckMessage] = []
    if settings.CITY_THEME_CSS:
        try:
            wrong = [pair.problem for pair in measured(settings.CITY_THEME_CSS.read_text()) if pair.problem]
        except (OSError, UnicodeDecodeError) as problem:
            return [checks.Error(f"CITY_THEME_CSS cannot be read: {problem}", id="ui.E001")]
        problems += [checks.Warning(f"CITY_THEME_CSS: {problem}", id="ui.W002") for problem in wrong]
    if settings.CITY_LOGO and (settings.CITY_LOGO.suffix.lower() not in LOGO_TYPES or not settings.CITY_LOGO.is_file()):
        problems.append(checks.Error(f"CITY_LOGO must be a file that ends in {', '.join(LOGO_TYPES)}: {settings.CITY_LOGO}", id="ui.E002"))
    return problems
