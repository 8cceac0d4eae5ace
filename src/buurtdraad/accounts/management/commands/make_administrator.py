"""`make_administrator`: the first administrator of a city, who then gives others their duties."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from buurtdraad.accounts.access import has_duty
from buurtdraad.accounts.actions import add_person, give_duty, system_person
from buurtdraad.accounts.duties import Duty
from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused


class Command(BaseCommand):
    help = "Makes the person with this e-mail address an administrator; works on an empty city too. Asks before it does so."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL", help="the address that the person signs in with")
        parser.add_argument("--name", default="", help="how the person is called, for somebody who is not known yet")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    @no_translations
    def handle(self, *args, **options):
        email, name = options["email"].strip().lower(), options["name"].strip()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not an e-mail address.") from None
        if len(name) > 150:
            raise CommandError("A name has at most 150 characters.")
        person = Person.objects.filter(email__iexact=email).first()
        if person and has_duty(person, Duty.ADMINISTRATOR):
            self.stdout.write(f"{email} is an administrator already.")
            return
        if not (options["yes"] or self.agreed(email, known=person is not None)):
            raise CommandError("Nothing was changed.")
        try:
            self.make(person, email, name)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{email} is an administrator from today.")

    def agreed(self, email: str, *, known: bool) -> bool:
        who = email if known else f"{email}, who is not known yet,"
        try:
            return input(f"Make {who} an administrator, who can give everybody every duty? [y/N] ").strip().lower() in {
                "y",
                "yes",
                "j",
                "ja",
            }
        except EOFError:
            raise CommandError("There is nobody to ask. Add --yes.") from None

    @transaction.atomic
    def make(self, person: Person | None, email: str, name: str) -> None:
        at, by = timezone.now(), system_person("make_administrator")
        person = person or add_person(name=name, email=email, by=by, at=at)
        give_duty(person=person, duty=Duty.ADMINISTRATOR, area=None, from_on=timezone.localdate(at), by=by, at=at)
