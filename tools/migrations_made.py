"""Whether each change of a model has its migration. On the cluster of the tests: some columns exist only on a real PostgreSQL."""

import os
import sys


def main() -> int:
    """0 when every model has its migration."""
    from buurtdraad import testing  # noqa: PLC0415 (starts the cluster, and names it before the settings are read)

    # Settings of the machine change nothing here: the plugin has taken its key away.
    os.environ["SECRET_KEY"] = "only for this check, and nothing is kept"  # noqa: S105
    try:
        import django  # noqa: PLC0415
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("makemigrations", "--check", "--dry-run")
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        testing.pytest_unconfigure()
    return 0


if __name__ == "__main__":
    sys.exit(main())
