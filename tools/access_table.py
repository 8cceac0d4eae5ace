"""`./run access_table`: the table of `docs/access.md`, from the answers of the product in a database made for it."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def main() -> int:
    from buurtdraad import testing  # noqa: PLC0415 (starts the database and names it in the environment)

    os.environ["SECRET_KEY"] = "only for this table, " * 3
    try:
        import django  # noqa: PLC0415

        django.setup()
        sys.stdout.write(made())
    finally:
        testing.pytest_unconfigure()
    return 0


def made() -> str:
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: PLC0415

    from tests import access  # noqa: PLC0415

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return access.table(access.answers(access.World(), access.addresses()))
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
