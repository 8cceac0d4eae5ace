"""Making persons."""

from buurtdraad.accounts.models import Person


def system_person(name: str) -> Person:
    """The named person that a job or import acts as, made at its first use (for example `load_places`)."""
    person, _ = Person.objects.get_or_create(system=name, defaults={"name": name, "password": "!"})
    return person
