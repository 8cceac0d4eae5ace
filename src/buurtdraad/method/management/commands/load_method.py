"""`load_method`: the seven steps of a fixed working method, to begin with."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.method.actions.versions import load_first


class Command(BaseCommand):
    help = "Load a fixed working method of seven steps to begin with. Where there is a method already, nothing changes."

    def handle(self, *args, **options) -> None:
        version = load_first(by=system_person("load_method"), at=timezone.now())
        self.stdout.write(f"In use: {version}.")
