"""The console script `buurtdraad`: every management command."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> int:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtdraad.settings")
    execute_from_command_line(["buurtdraad", *sys.argv[1:]])
    return 0
