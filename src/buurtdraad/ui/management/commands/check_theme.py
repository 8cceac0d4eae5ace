"""Is a city's token file readable for everybody? Run it before the file is mounted."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from buurtdraad.ui import theme


class Command(BaseCommand):
    help = "Measures the contrast of a theme (a CSS file with design tokens) against the contract of 18 pairs; ends with 1 when one fails."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSS file that CITY_THEME_CSS will name")

    def handle(self, *args, file: Path, **options) -> None:
        try:
            css = file.read_text()
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(f"{file} cannot be read: {problem}") from None
        if not theme.declarations(css):
            raise CommandError(f"{file} holds no design token: a line such as `--buurt-color-accent: #0b5f77;` is needed.")
        pairs = theme.measured(css)
        for pair in pairs:
            if not pair.problem:
                self.stdout.write(f"good  {pair.ratio:5.2f}  {pair.where}")
        wrong = [pair.problem for pair in pairs if pair.problem]
        if wrong:
            raise CommandError("\n".join([f"{len(wrong)} of {len(pairs)} pairs are not readable:", *(f"- {problem}" for problem in wrong)]))
        self.stdout.write(f"All {len(pairs)} pairs of {file.name} are readable.")
