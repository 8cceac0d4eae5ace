"""`load_schemes`: the schemes that come with the product, with their rules and sources."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from buurtdraad.fund.actions.loading import load_schemes


class Command(BaseCommand):
    help = "Load the schemes that come with the product. What is there stays as it is."

    def handle(self, *args, **options) -> None:
        self.stdout.write(str(load_schemes(at=timezone.now())))
