"""`load_works`: a file of works of a register, such as the street works of a year; lines and areas on the map come along."""

import gzip
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from buurtdraad.accounts.actions import system_person
from buurtdraad.accounts.models import Person
from buurtdraad.lib.refusal import Refused
from buurtdraad.lib.tables.reports import Outcome, refused_lines
from buurtdraad.works.actions import registers
from buurtdraad.works.actions.loading import LoadReport
from buurtdraad.works.models import Register
from buurtdraad.works.sources.columns import COLUMNS, mapping_of, missing
from buurtdraad.works.sources.rows import LARGEST, File, opened, rows_of
from buurtdraad.works.states import WorkKind

KEYS = [column.key for column in COLUMNS]
MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Load works from CSV, XLSX or GeoJSON into a register. Rows that are not right are named, and do not stop the others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--register", required=True, metavar="NAME", help="the list that comes back each year; made when it is new")
        parser.add_argument("--department", default="", help="of a new register: of the works that name none")
        parser.add_argument("--kind", choices=WorkKind.values, default=WorkKind.MAINTENANCE, help="of a new register")
        says = f"which heading is which field, kept for the next time ({', '.join(KEYS)})"
        parser.add_argument("--map", action="append", default=[], metavar="FIELD=HEADING", help=says)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args, **options) -> None:
        path: Path = options["file"]
        by, at = system_person("load_works"), timezone.now()
        try:
            file = opened(content_of(path))
            register = self.register_of(options, by)
            mapping = self.mapping(register, file, options["map"])
            read = rows_of(file, mapping, large=True, with_shapes=True)
            if not options["dry_run"]:
                registers.keep_mapping(register, mapping, by=by, at=at)
            report = registers.load(
                register, read.rows, dry_run=options["dry_run"], by=by, at=at, name=path.name, ignored=read.ignored
            )  # fmt: skip
        except OSError as wrong:
            raise CommandError(f"{path} cannot be read: {wrong.strerror or wrong}") from None
        except Refused as refusal:
            raise CommandError(f"Nothing is loaded. {refusal}") from None
        self.say(path.name, report)

    def register_of(self, options: dict, by: Person) -> Register:
        """The register with this name. One that is new is kept, unless this is a dry run."""
        found = Register.objects.filter(name__iexact=options["register"]).first()
        if found:
            return found
        if not options["department"]:
            raise CommandError(f"There is no register {options['register']}. Give --department to make it.")
        facts = {name: options[name] for name in ("department", "kind")} | {"name": options["register"]}
        if options["dry_run"]:
            return Register(**facts, made_at=timezone.now())
        return registers.make_register(**facts, by=by, at=timezone.now())

    def mapping(self, register: Register, file: File, given: list[str]) -> dict[str, str]:
        """What was kept, with what is given now; the rest by the usual headings."""
        pairs = [one.partition("=") for one in given]
        if wrong := [key for key, sign, _heading in pairs if key not in KEYS or not sign]:
            raise CommandError(f"--map takes FIELD=HEADING; there is no field {', '.join(wrong)}. Fields: {', '.join(KEYS)}.")
        found = mapping_of(file.headings, register.mapping | {key: heading for key, _sign, heading in pairs})
        if lacking := missing(found):
            raise CommandError(f"No heading stands for: {', '.join(lacking)}. Say it with --map. Headings: {', '.join(file.headings)}.")
        return found

    def say(self, name: str, report: LoadReport) -> None:
        self.stdout.write(f"{name}: {report}, {len(report.gone)} gone")
        for row in report.of(Outcome.CHANGED)[:MOST_SHOWN]:
            self.stdout.write(f"row {row.number}: {row.name}: " + "; ".join(f"{one.label} {one.old} -> {one.new}" for one in row.changes))
        for work in report.gone[:MOST_SHOWN]:
            self.stdout.write(f"no longer in the file, and not done: {work.external} {work.title}")
        if report.ignored:
            self.stdout.write(f"unknown columns: {', '.join(report.ignored)}")
        if lines := refused_lines(report):
            raise CommandError(lines)


def content_of(path: Path) -> bytes:
    """The bytes of a file, unpacked where its name ends in .gz."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise CommandError(f"{path} is larger than {LARGEST // 1_000_000} MB.")
    return content
