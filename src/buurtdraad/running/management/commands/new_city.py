"""`new_city`: an empty city with its boundaries, in a data folder or database that nobody uses yet."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from buurtdraad.places.models import Area, AreaYear, Kind
from buurtdraad.running.home import find_home
from buurtdraad.running.reloading import is_served

NEXT = """
{name} ({code}) stands, with {neighbourhoods} neighbourhoods and without a single wish. What to do next:

1. Set these where you set PORT and ALLOWED_HOSTS (docs/running.md), for every command and for the server:

       {settings}

2. Start it, where it does not run already:

       {start}

3. Make yourself an administrator, and sign in with that address on /inloggen/ (mail has to work: ./run doctor):

       ./run make_administrator linda@example.nl --name 'Linda'

4. On /werk/taken/ add the first programme manager and give her that duty. She finds the rest on /werk/.
5. The working method, the rules of the fund and official figures, when you want them:

       ./run load_method
       ./run load_schemes
       ./run load_figures --table 86165NED --municipality {code}
"""


class Command(BaseCommand):
    help = "Makes an empty city of a municipality: its boundaries from PDOK or a file, figures from a file; then says what to do next."

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="GM0344", help="the CBS code of the municipality")
        parser.add_argument(
            "--file", type=Path, help="a .geojson, .geojson.gz, .gpkg or .csv with its neighbourhoods; without it live from PDOK"
        )
        parser.add_argument("--year", type=int, help="the year of the boundaries; without it that of the file, or the newest at PDOK")
        parser.add_argument("--figures", type=Path, help="a file of figures, as load_figures takes it")

    def handle(self, *args, code, file, year, figures, **options):
        if not re.fullmatch(r"GM\d{4}", code):
            raise CommandError(f"{code!r} is not the code of a municipality, such as GM0344. CBS lists them, also as `Gemeentecode`.")
        self.refuse_what_is_in_use()
        if file or year:
            call_command("load_places", *([file] if file else []), municipality=code, year=year, stdout=self.stdout, stderr=self.stderr)
        else:
            self.load_newest(code)
        if figures:
            newest = AreaYear.objects.filter(area__code=code).latest("year").year
            call_command("load_figures", figures, year=year or newest, stdout=self.stdout, stderr=self.stderr)
        if settings.EMBEDDED_DATABASE:
            find_home().keep_demo("0")
        self.stdout.write(NEXT.format(**self.facts(code)))

    def refuse_what_is_in_use(self) -> None:
        home = find_home()
        if is_served(home):
            raise CommandError(
                f"The data folder {home.folder} is being served. Stop that first, or name another folder in BUURTDRAAD_HOME."
            )
        if there := Area.objects.filter(kind=Kind.MUNICIPALITY).first() or Area.objects.first():
            where = f"The data folder {home.folder}" if settings.EMBEDDED_DATABASE else "The database of DATABASE_URL"
            raise CommandError(f"{where} holds {there} already. Name another, such as BUURTDRAAD_HOME=/srv/city ./run new_city ...")

    def load_newest(self, code: str) -> None:
        """Boundaries of this year; in its first months they may not be there yet, and then those of the year before."""
        this = timezone.localdate().year
        try:
            call_command("load_places", municipality=code, year=this, stdout=self.stdout, stderr=self.stderr)
        except CommandError as problem:
            self.stderr.write(f"Of {this} there is nothing to load; trying {this - 1}. ({' '.join(str(problem).split())})")
            call_command("load_places", municipality=code, year=this - 1, stdout=self.stdout, stderr=self.stderr)

    def facts(self, code: str) -> dict:
        told = {"CITY_CODE": code}
        start = "./run"
        if settings.EMBEDDED_DATABASE:
            told |= {"BUURTDRAAD_HOME": str(find_home().folder), "DEMO": "0"}
            start = " ".join(f"{name}={value}" for name, value in told.items()) + " ./run"
        return {
            "name": AreaYear.objects.filter(area__code=code).latest("year").name,
            "code": code,
            "neighbourhoods": Area.objects.filter(kind=Kind.NEIGHBOURHOOD, code__startswith=f"BU{code[2:]}").count(),
            "settings": "\n       ".join(f"{name}={value}" for name, value in told.items()),
            "start": start,
        }
