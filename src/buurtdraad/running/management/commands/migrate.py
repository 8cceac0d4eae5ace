"""`migrate`, and then the rights of the role that the web processes and the worker have."""

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from buurtdraad.running.roles import grant_app


class Command(Migrate):
    """Django's own, followed by the grants: a new table is of use to the app at once."""

    def handle(self, *args, **options):
        super().handle(*args, **options)
        grant_app(connections[options["database"]])
