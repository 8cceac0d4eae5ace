"""`forget_second_step`: for an administrator who lost their phone and recovery codes, when no other administrator can help."""

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.models import Person
from buurtdraad.accounts.signing_in.actions.lost import forget_second_step
from buurtdraad.lib.refusal import Refused


class Command(BaseCommand):
    help = "Takes away the second step of the person with this e-mail address, and signs them out everywhere."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL", help="the address that the person signs in with")

    @no_translations
    def handle(self, *args, **options):
        person = Person.objects.people().filter(email__iexact=options["email"].strip()).first()
        if person is None:
            raise CommandError("There is nobody with this e-mail address.")
        try:
            forget_second_step(person, why="on the server", by=system_person("forget_second_step"), at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{person.email} sets up a second step at the next visit.")
